package metricstest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var hash = regexp.MustCompile(`[0-9A-F]{8}$`)

// Alarms returns what the alarms of a template look at, by their logical IDs without the hash: namespace, metric, statistic, period, and the
// dimensions with their values as the template has them. Those on expressions are left out.
func Alarms(resources map[string]any) map[string]string {
	alarms := map[string]string{}
	for id, resource := range resources {
		resource, _ := resource.(map[string]any)
		p, _ := resource["Properties"].(map[string]any)
		if resource["Type"] != "AWS::CloudWatch::Alarm" || p["MetricName"] == nil {
			continue
		}
		var dimensions []string
		list, _ := p["Dimensions"].([]any)
		for _, dimension := range list {
			pair, _ := dimension.(map[string]any)
			dimensions = append(dimensions, fmt.Sprintf("%v=%v", pair["Name"], pair["Value"]))
		}
		slices.Sort(dimensions)
		statistic := p["Statistic"]
		if statistic == nil {
			statistic = p["ExtendedStatistic"]
		}
		alarms[hash.ReplaceAllString(id, "")] = fmt.Sprintf("%v %v %v %v %s", p["Namespace"], p["MetricName"], statistic, p["Period"], strings.Join(dimensions, ", "))
	}
	return alarms
}
