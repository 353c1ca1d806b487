package monitoring_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// event is a log event, or a row of a result: fields by their names.
type event map[string]string

// table is what one command passes to the next.
type table struct {
	rows    []event
	columns []string // of a result; none before stats
}

// discovered are the fields that CloudWatch Logs Insights finds in flow logs: a query must not call something else so.
//
// See https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
var discovered = []string{
	"accountId", "action", "bytes", "dstAddr", "dstPort", "endTime", "interfaceId", "logStatus", "packets", "protocol", "srcAddr", "srcPort", "startTime", "version",
}

// runQuery runs the small part of the query language that saved queries use, and returns the result as text. It stops at what it does not know.
//
// See https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
func runQuery(query string, lines []string) (result string, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("%v", problem)
		}
	}()
	t := &table{}
	for _, line := range lines {
		t.rows = append(t.rows, newEvent(line))
	}
	for command := range strings.SplitSeq(query, "\n| ") {
		name, rest, _ := strings.Cut(command, " ")
		run, known := map[string]func(*table, string){
			"parse": (*table).parse, "filter": (*table).filter, "fields": (*table).fields, "stats": (*table).stats, "sort": (*table).sort,
		}[name]
		if !known {
			return "", fmt.Errorf("unknown command %q", name)
		}
		run(t, rest)
	}
	return t.text(), nil
}

// newEvent has the fields of JSON, which CloudWatch discovers by their names.
func newEvent(line string) event {
	e := event{"@message": line}
	if strings.HasPrefix(line, "{") {
		fields := map[string]string{}
		if err := json.Unmarshal([]byte(line), &fields); err != nil {
			panic(err)
		}
		for name, value := range fields {
			e[name] = value
		}
	}
	return e
}

func (t *table) define(e event, name, value string) {
	checkName(name)
	if _, taken := e[name]; taken {
		panic(fmt.Errorf("the name %s is taken", name))
	}
	e[name] = value
}

func checkName(name string) {
	if slices.Contains(discovered, name) {
		panic(fmt.Errorf("the name %s is that of a field which is discovered", name))
	}
}

var parseForm = regexp.MustCompile(`^@message "([^"]*)" as (.*)$`)

func (t *table) parse(text string) {
	m := parseForm.FindStringSubmatch(text)
	if m == nil {
		panic("parse " + text)
	}
	names, stars := strings.Split(m[2], ", "), strings.Split(m[1], "*")
	if len(names) != len(stars)-1 {
		panic(fmt.Errorf("%d names for %d stars", len(names), len(stars)-1))
	}
	for _, name := range names {
		checkName(name)
	}
	pattern := regexp.QuoteMeta(stars[0])
	for i, part := range stars[1:] {
		wild := "(.*?)"
		if i == len(names)-1 {
			wild = "(.*)"
		}
		pattern += wild + regexp.QuoteMeta(part)
	}
	glob := regexp.MustCompile("^" + pattern + "$")
	for _, e := range t.rows {
		values := glob.FindStringSubmatch(e["@message"])
		if values == nil {
			continue // as an event that a pattern does not match stays, without the fields
		}
		for i, name := range names {
			t.define(e, name, values[i+1])
		}
	}
}

func (t *table) filter(text string) {
	condition := parseExpression(text)
	t.rows = slices.DeleteFunc(t.rows, func(e event) bool { return condition(e) != "1" })
}

var aliasForm = regexp.MustCompile(`^(.*) as (\w+)$`)

func (t *table) fields(text string) {
	m := aliasForm.FindStringSubmatch(text)
	if m == nil {
		panic("fields " + text)
	}
	value := parseExpression(m[1])
	for _, e := range t.rows {
		t.define(e, m[2], value(e))
	}
}

var (
	statsForm     = regexp.MustCompile(`^(.*) by (.*)$`)
	aggregates    = regexp.MustCompile(`, (\w+\()`)
	aggregateForm = regexp.MustCompile(`^(\w+)\(([\w*]+)(?:, (\d+))?\) as (\w+)$`)
)

func (t *table) stats(text string) {
	m := statsForm.FindStringSubmatch(text)
	if m == nil {
		panic("stats " + text)
	}
	by := strings.Split(m[2], ", ")
	groups, order := map[string][]event{}, []string{}
	for _, e := range t.rows {
		var key []string
		for _, name := range by {
			key = append(key, e.field(name))
		}
		k := strings.Join(key, "\x00")
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], e)
	}
	t.rows, t.columns = nil, slices.Clone(by)
	for _, k := range order {
		row := event{}
		for i, value := range strings.Split(k, "\x00") {
			row[by[i]] = value
		}
		t.rows = append(t.rows, row)
	}
	for _, one := range strings.Split(aggregates.ReplaceAllString(m[1], "\x00$1"), "\x00") {
		a := aggregateForm.FindStringSubmatch(one)
		if a == nil {
			panic("stats " + one)
		}
		t.columns = append(t.columns, a[4])
		for i, k := range order {
			t.define(t.rows[i], a[4], aggregate(a[1], a[2], a[3], groups[k]))
		}
	}
}

func aggregate(function, field, argument string, events []event) string {
	var numbers []float64
	for _, e := range events {
		if field != "*" {
			numbers = append(numbers, number(e.field(field)))
		}
	}
	slices.Sort(numbers)
	switch {
	case function == "count" && field == "*":
		return strconv.Itoa(len(events))
	case function == "sum":
		var sum float64
		for _, n := range numbers {
			sum += n
		}
		return plain(sum)
	case function == "max":
		return plain(numbers[len(numbers)-1])
	case function == "pct":
		rank := int(math.Ceil(number(argument) / 100 * float64(len(numbers))))
		return plain(numbers[max(rank, 1)-1])
	}
	panic("unknown aggregate " + function)
}

func plain(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

func number(text string) float64 {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic(err)
	}
	return n
}

func (t *table) sort(text string) {
	name, order, _ := strings.Cut(text, " ")
	if order != "desc" || !slices.Contains(t.columns, name) {
		panic("sort " + text)
	}
	slices.SortStableFunc(t.rows, func(a, b event) int { return cmp.Compare(number(b[name]), number(a[name])) })
}

func (e event) field(name string) string {
	value, ok := e[name]
	if !ok {
		panic(errors.New("no field " + name))
	}
	return value
}

// text is the result with aligned columns.
func (t *table) text() string {
	lines := make([]string, len(t.rows)+1)
	for i, name := range t.columns {
		cells := []string{name}
		for _, row := range t.rows {
			cells = append(cells, row.field(name))
		}
		width := 0
		for _, cell := range cells {
			width = max(width, len(cell))
		}
		for n, cell := range cells {
			if lines[n] += cell; i < len(t.columns)-1 {
				lines[n] += strings.Repeat(" ", width-len(cell)+2)
			}
		}
	}
	return strings.Join(lines, "\n") + "\n"
}
