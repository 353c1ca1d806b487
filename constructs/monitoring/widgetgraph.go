package monitoring

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
)

// place is where metrics are published, as far as it differs from where the dashboard is.
type place struct {
	account string // empty for that of the dashboard
	region  string // never empty
}

// line is a line of a graph, or one for each metric that a search finds.
type line struct {
	metric metrics.Metric
	label  string
	place  place
	// isSearch finds the metrics that have the dimensions of the metric; those without a value have any.
	isSearch bool
}

// lineOptions are the options of a line, in the order of the documentation.
type lineOptions struct {
	Expression string `json:"expression,omitempty"`
	ID         string `json:"id,omitempty"`
	Label      string `json:"label"`
	Stat       string `json:"stat,omitempty"`
	Period     int    `json:"period"`
	AccountID  string `json:"accountId,omitempty"`
	Region     string `json:"region"`
}

// graph returns a graph of lines. It is of the Region of the dashboard; each line says its own.
func graph(title, region string, width int, lines ...line) widget {
	properties := graphProperties{Title: title, View: "timeSeries", Region: region, YAxis: &yAxis{}, Metrics: []any{}}
	for i, l := range lines {
		properties.Metrics = append(properties.Metrics, l.row(i))
	}
	return widget{Type: "metric", Width: width, Height: graphHeight, Properties: properties}
}

// row is a line as the body has it: the namespace, the metric, its dimensions, and the options.
func (l line) row(index int) []any {
	m := l.metric
	options := lineOptions{Label: l.label, Period: m.Period, Region: l.place.region}
	if l.isSearch {
		options.Expression, options.ID = l.search(), fmt.Sprint("search", index)
		return []any{options}
	}
	options.Stat, options.AccountID = m.Statistic, l.place.account
	row := []any{m.Namespace, m.Name}
	for _, name := range slices.Sorted(maps.Keys(m.Dimensions)) {
		row = append(row, name, *m.Dimensions[name])
	}
	return append(row, options)
}

// search is an expression that finds metrics which the dashboard cannot name: those of target groups that routes add later, and of endpoints
// of which only the service is known.
//
// See https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
func (l line) search() string {
	names := slices.Sorted(maps.Keys(l.metric.Dimensions))
	schema, terms := []string{l.metric.Namespace}, []string{fmt.Sprintf("MetricName=%q", l.metric.Name)}
	for _, name := range names {
		quoted := name
		if strings.Contains(name, " ") {
			quoted = `"` + name + `"`
		}
		schema = append(schema, quoted)
		if value := l.metric.Dimensions[name]; value != nil {
			terms = append(terms, quoted+`="`+*value+`"`)
		}
	}
	if l.place.account != "" {
		terms = append(terms, `:aws.AccountId="`+l.place.account+`"`)
	}
	return fmt.Sprintf("SEARCH('{%s} %s', '%s')", strings.Join(schema, ","), strings.Join(terms, " "), l.metric.Statistic)
}
