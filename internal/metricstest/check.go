package metricstest

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"testing"
)

// Check fails t unless AWS publishes each metric of each alarm and each dashboard of a template, under exactly its dimensions, and returns the
// metrics. The resources are the Resources of the template. It fails on what it cannot read, and if there is nothing to check.
func Check(t testing.TB, resources map[string]any) []Use {
	t.Helper()
	uses, problems := Problems(resources)
	for _, problem := range problems {
		t.Error(problem)
	}
	return uses
}

// Problems is [Check] without a test.
func Problems(resources map[string]any) (uses []Use, problems []string) {
	r := &reader{}
	for _, id := range slices.Sorted(maps.Keys(resources)) {
		resource, _ := resources[id].(map[string]any)
		properties, _ := resource["Properties"].(map[string]any)
		before := len(r.uses) + len(r.problems)
		switch resource["Type"] {
		case "AWS::CloudWatch::Alarm":
			r.alarm(id, properties)
		case "AWS::CloudWatch::Dashboard":
			r.dashboard(id, properties["DashboardBody"])
		default:
			continue
		}
		if len(r.uses)+len(r.problems) == before {
			r.say(id, "has no metric")
		}
	}
	published := Published()
	for _, use := range r.uses {
		if problem := use.problem(published); problem != "" {
			r.problems = append(r.problems, problem)
		}
	}
	if len(r.uses) == 0 && len(r.problems) == 0 {
		r.problems = append(r.problems, "the template has neither alarms nor dashboards, so nothing is checked")
	}
	return r.uses, r.problems
}

// reader collects the metrics of a template.
type reader struct {
	uses     []Use
	problems []string
}

func (r *reader) say(where, format string, args ...any) {
	r.problems = append(r.problems, where+": "+fmt.Sprintf(format, args...))
}

func (r *reader) alarm(id string, properties map[string]any) {
	queries, isMath := properties["Metrics"].([]any)
	if !isMath {
		statistic, _ := properties["Statistic"].(string)
		extended, _ := properties["ExtendedStatistic"].(string)
		if (statistic == "") == (extended == "") || statistic != "" && !simple.MatchString(statistic) || extended != "" && simple.MatchString(extended) {
			r.say(id, "has Statistic %q and ExtendedStatistic %q", statistic, extended)
		}
		r.ofAlarm(id, properties, statistic+extended)
		return
	}
	expressions := 0
	for i, query := range queries {
		where := fmt.Sprintf("%s Metrics[%d]", id, i)
		query, _ := query.(map[string]any)
		if stat, ok := query["MetricStat"].(map[string]any); ok {
			metric, _ := stat["Metric"].(map[string]any)
			statistic, _ := stat["Stat"].(string)
			r.ofAlarm(where, metric, statistic)
		} else if expression, ok := query["Expression"].(string); ok {
			expressions++
			r.expression(where, expression)
		} else {
			r.say(where, "is neither a metric nor an expression")
		}
	}
	if expressions == len(queries) {
		r.say(id, "has no metric but expressions")
	}
}

func (r *reader) ofAlarm(where string, metric map[string]any, statistic string) {
	namespace, _ := metric["Namespace"].(string)
	name, _ := metric["MetricName"].(string)
	use := Use{Where: where, Namespace: namespace, Name: name, Dimensions: []string{}, Statistic: statistic}
	dimensions, _ := metric["Dimensions"].([]any)
	for _, dimension := range dimensions {
		pair, _ := dimension.(map[string]any)
		name, isText := pair["Name"].(string)
		if value := pair["Value"]; !isText || value == nil || value == "" {
			r.say(where, "has the dimension %v", dimension)
		}
		use.Dimensions = append(use.Dimensions, name)
	}
	r.use(use)
}

func (r *reader) use(use Use) {
	if use.Statistic != "" && !simple.MatchString(use.Statistic) && !extended.MatchString(use.Statistic) {
		r.say(use.Where, "has the statistic %q", use.Statistic)
	}
	slices.Sort(use.Dimensions)
	r.uses = append(r.uses, use)
}

var (
	simple   = regexp.MustCompile(`^(Average|Maximum|Minimum|SampleCount|Sum)$`)
	extended = regexp.MustCompile(`^(p\d{1,2}(\.\d+)?|p100|(tm|wm|tc|ts|IQM|TM|WM|TC|TS|PR).*|iqm)$`)
	// searches are expressions that name metrics by themselves, of which this package reads one form.
	searches = regexp.MustCompile(`\b(SEARCH|INSIGHT_RULE_METRIC|DB_PERF_INSIGHTS|LAMBDA|SELECT)\b`)
)

// expression takes arithmetic over the other metrics only.
func (r *reader) expression(where, expression string) {
	if searches.MatchString(expression) {
		r.say(where, "has an expression that names metrics by itself: %s", expression)
	}
}
