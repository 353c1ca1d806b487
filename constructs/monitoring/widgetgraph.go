package monitoring

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
)

type graphProperties struct {
	Title   string `json:"title"`
	View    string `json:"view"`
	Stacked bool   `json:"stacked"`
	Region  string `json:"region"`
	Metrics []any  `json:"metrics"`
	YAxis   yAxis  `json:"yAxis"`
}

// yAxis begins at zero: a graph that begins at its minimum shows a fall where there is hardly one.
type yAxis struct {
	Left struct {
		Min int `json:"min"`
	} `json:"left"`
}

// place is the account and the Region in which metrics are published.
type place struct {
	account string // empty for that of the dashboard
	region  string
}

// or returns the place in a Region, unless that is nil.
func (p place) or(region *string) place {
	if region != nil {
		p.region = *region
	}
	return p
}

// line is a line of a graph. If a dimension has no value, it is a search: a line for each metric that has the others.
type line struct {
	metric metrics.Metric
	label  string
	place  place
}

// lineOptions are the options of a line.
type lineOptions struct {
	Expression string `json:"expression,omitempty"`
	ID         string `json:"id,omitempty"`
	Label      string `json:"label"`
	Stat       string `json:"stat,omitempty"`
	Period     int    `json:"period"`
	AccountID  string `json:"accountId,omitempty"`
	Region     string `json:"region"`
}

// graph returns a graph of lines, each of which says its Region itself.
func graph(title, region string, width int, lines []line) widget {
	properties := graphProperties{Title: title, View: "timeSeries", Region: region, Metrics: []any{}}
	for i, l := range lines {
		properties.Metrics = append(properties.Metrics, l.row(i))
	}
	return widget{Type: "metric", Width: width, Height: graphHeight, Properties: properties}
}

// row is a line as the body has it: the namespace, the metric, its dimensions, and the options.
func (l line) row(index int) []any {
	m := l.metric
	options := lineOptions{Label: l.label, Period: m.Period, Region: l.place.region}
	if l.isSearch() {
		options.Expression, options.ID = l.search(), fmt.Sprint("search", index)
		return []any{options}
	}
	options.Stat, options.AccountID = m.Statistic, l.place.account
	row := []any{m.Namespace, m.Name}
	for _, name := range m.DimensionNames() {
		row = append(row, name, *m.Dimensions[name])
	}
	return append(row, options)
}

func (l line) isSearch() bool {
	for _, value := range l.metric.Dimensions {
		if value == nil {
			return true
		}
	}
	return false
}

// search is an expression that finds metrics which the dashboard cannot name: those of target groups that routes add later, and of endpoints
// of which not all is known. It finds what had data in the last two weeks.
//
// See https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
func (l line) search() string {
	m := l.metric
	schema, terms := []string{m.Namespace}, []string{`MetricName="` + m.Name + `"`}
	for _, name := range m.DimensionNames() {
		quoted := name
		if strings.Contains(name, " ") {
			quoted = `"` + name + `"`
		}
		schema = append(schema, quoted)
		if value := m.Dimensions[name]; value != nil {
			terms = append(terms, quoted+`="`+*value+`"`)
		}
	}
	if l.place.account != "" {
		terms = append(terms, `:aws.AccountId="`+l.place.account+`"`)
	}
	return fmt.Sprintf("SEARCH('{%s} %s', '%s')", strings.Join(schema, ","), strings.Join(terms, " "), m.Statistic)
}
