package metricstest

import (
	"regexp"
	"strings"
)

// searchForm is a search for one metric by a schema and values of its dimensions: SEARCH('{Namespace,Dimension} MetricName="X" Dimension="y"', 'Sum').
var (
	searchForm = regexp.MustCompile(`^SEARCH\('\{([^}']+)\} MetricName="(\w+)"((?: (?:"[\w ]+"|[\w:.]+)="[^"']+")*)', '([\w.]+)'\)$`)
	searchTerm = regexp.MustCompile(` (?:"([\w ]+)"|([\w:.]+))="`)
)

// search reads a search as the metric that it finds, and reports whether it could. A term must be of a dimension of the schema, or an account.
func (r *reader) search(where, expression string) bool {
	parts := searchForm.FindStringSubmatch(expression)
	if parts == nil {
		return false
	}
	schema := strings.Split(parts[1], ",")
	use := Use{Where: where, Namespace: schema[0], Name: parts[2], Dimensions: []string{}, Statistic: parts[4]}
	names := map[string]bool{":aws.AccountId": true}
	for _, name := range schema[1:] {
		unquoted := strings.Trim(name, `"`)
		if strings.Contains(unquoted, " ") && unquoted == name {
			r.say(where, "has the dimension %s without quotation marks in its schema", name)
		}
		use.Dimensions, names[unquoted] = append(use.Dimensions, unquoted), true
	}
	terms := searchTerm.FindAllStringSubmatch(parts[3], -1)
	for _, term := range terms {
		if !names[term[1]+term[2]] {
			r.say(where, "searches by %s, which is not in its schema", term[1]+term[2])
		}
	}
	if len(terms) == 0 {
		r.say(where, "searches for every resource of the account")
	}
	r.use(use)
	return true
}
