package metricstest_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/metricstest"
)

const (
	alarm     = `{"Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": %s}}`
	dashboard = `{"Dashboard": {"Type": "AWS::CloudWatch::Dashboard", "Properties": {"DashboardBody": %s}}}`
	service   = `"Namespace": "AWS/PrivateLinkServices", "MetricName": "RstPacketsSent", "Dimensions": [{"Name": "Service Id", "Value": {"Ref": "X"}}]`
)

// widgets is a dashboard with a body of metric widgets.
func widgets(metrics string) string {
	body, err := json.Marshal(fmt.Sprintf(`{"widgets": [{"type": "metric", "properties": {"stat": "Sum", "metrics": %s}}]}`, metrics))
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf(dashboard, body)
}

// search is a row that searches for metrics.
func search(text string) string {
	expression, err := json.Marshal(fmt.Sprintf("SEARCH('%s', 'Sum')", text))
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf(`[[{"expression": %s}]]`, expression)
}

func TestProblems(t *testing.T) {
	for name, tc := range map[string]struct{ resources, wants string }{
		"alarm": {fmt.Sprintf(alarm, `{"Statistic": "Sum", `+service+`}`), ""},
		"alarm by zone and NLB, in any order": {fmt.Sprintf(alarm, `{"Statistic": "Sum", "Namespace": "AWS/PrivateLinkServices", "MetricName": "RstPacketsSent",
			"Dimensions": [{"Name": "Service Id", "Value": "x"}, {"Name": "Load Balancer Arn", "Value": "x"}, {"Name": "Az", "Value": "x"}]}`), ""},
		"alarm without dimensions": {fmt.Sprintf(alarm, `{"Statistic": "Sum", "Namespace": "AWS/Scheduler", "MetricName": "InvocationDroppedCount"}`), ""},
		"percentile": {fmt.Sprintf(alarm, `{"ExtendedStatistic": "p99", "Namespace": "AWS/ApplicationELB", "MetricName": "TargetResponseTime",
			"Dimensions": [{"Name": "LoadBalancer", "Value": "x"}]}`), ""},
		"percentile as a simple statistic": {fmt.Sprintf(alarm, `{"Statistic": "p99", `+service+`}`), `has Statistic "p99"`},
		"no statistic":                     {fmt.Sprintf(alarm, `{`+service+`}`), `has Statistic ""`},
		"a statistic that there is not":    {fmt.Sprintf(alarm, `{"ExtendedStatistic": "sum", `+service+`}`), `the statistic "sum"`},
		"math": {fmt.Sprintf(alarm, `{"Metrics": [{"Id": "r", "Expression": "100 * e / r"},
			{"Id": "e", "MetricStat": {"Metric": {`+service+`}, "Stat": "Sum"}}]}`), ""},
		"math without metrics":       {fmt.Sprintf(alarm, `{"Metrics": [{"Id": "r", "Expression": "100 * e / r"}]}`), "no metric but expressions"},
		"a search":                   {fmt.Sprintf(alarm, `{"Metrics": [{"Expression": "SEARCH('{AWS/X} y', 'Sum')"}]}`), "names metrics by itself"},
		"a wrong metric in the math": {fmt.Sprintf(alarm, `{"Metrics": [{"MetricStat": {"Metric": {"Namespace": "AWS/X", "MetricName": "Y"}, "Stat": "Sum"}}]}`), "publishes no AWS/X Y"},
		"a metric that nobody publishes": {
			fmt.Sprintf(alarm, `{"Statistic": "Sum", "Namespace": "AWS/PrivateLinkServices", "MetricName": "PacketsDropped"}`),
			"publishes no AWS/PrivateLinkServices PacketsDropped",
		},
		"names of dimensions without spaces": {fmt.Sprintf(alarm, `{"Statistic": "Sum", "Namespace": "AWS/PrivateLinkServices", "MetricName": "RstPacketsSent",
			"Dimensions": [{"Name": "ServiceId", "Value": "x"}]}`), "not by {ServiceId}"},
		"an empty dimension": {fmt.Sprintf(alarm, `{"Statistic": "Sum", "Namespace": "AWS/PrivateLinkServices", "MetricName": "RstPacketsSent",
			"Dimensions": [{"Name": "Service Id", "Value": ""}]}`), "has the dimension"},
		"an alarm without anything": {fmt.Sprintf(alarm, `{"Statistic": "Sum"}`), "publishes no"},
		"nothing to check":          {`{"Bucket": {"Type": "AWS::S3::Bucket"}}`, "nothing is checked"},
		"one more with no metric": {`{"A": {"Type": "AWS::CloudWatch::Alarm", "Properties": {"Metrics": []}},
			"B": {"Type": "AWS::CloudWatch::Alarm", "Properties": {"Statistic": "Sum", ` + service + `}}}`, "no metric"},

		"dashboard":                          {widgets(`[["AWS/PrivateLinkServices", "RstPacketsSent", "Service Id", "x", {"label": "y"}]]`), ""},
		"as above":                           {widgets(`[["AWS/PrivateLinkServices", "RstPacketsSent", "Service Id", "x"], [".", "EndpointsCount", ".", "."], ["...", {"stat": "p90"}]]`), ""},
		"the rest as above":                  {widgets(`[["AWS/PrivateLinkServices", "RstPacketsSent", "Service Id", "x"], ["...", "y"]]`), ""},
		"as above with nothing":              {widgets(`[[".", "EndpointsCount", "Service Id", "x"]]`), "no namespace, name"},
		"wrong, as above":                    {widgets(`[["AWS/PrivateLinkServices", "RstPacketsSent", "Service Id", "x", "Az", "y"], [".", "EndpointsCount", ".", ".", ".", "."]]`), "not by {Az, Service Id}"},
		"half a pair":                        {widgets(`[["AWS/PrivateLinkServices", "RstPacketsSent", "Service Id"]]`), "no namespace, name"},
		"a row that is none":                 {widgets(`["AWS/PrivateLinkServices"]`), "cannot be read"},
		"an expression of metrics":           {widgets(`[[{"expression": "m1 / 60"}], ["AWS/PrivateLinkServices", "RstPacketsSent", "Service Id", "x", {"id": "m1"}]]`), ""},
		"a search by a dimension":            {widgets(search(`{AWS/ApplicationELB,LoadBalancer,TargetGroup} MetricName="HealthyHostCount" LoadBalancer="x"`)), ""},
		"a search by one with a space":       {widgets(search(`{AWS/PrivateLinkServices,"Service Id","VPC Endpoint Id"} MetricName="NewConnections" "Service Id"="x"`)), ""},
		"a search in an account":             {widgets(search(`{AWS/PrivateLinkServices,"Service Id"} MetricName="NewConnections" "Service Id"="x" :aws.AccountId="1"`)), ""},
		"a search for what nobody publishes": {widgets(search(`{AWS/ApplicationELB,TargetGroup} MetricName="HealthyHostCount" TargetGroup="x"`)), "not by {TargetGroup}"},
		"a search outside its schema":        {widgets(search(`{AWS/PrivateLinkServices,"Service Id"} MetricName="NewConnections" Az="x"`)), "searches by Az"},
		"a search without quotation marks":   {widgets(search(`{AWS/PrivateLinkServices,Service Id} MetricName="NewConnections" "Service Id"="x"`)), "without quotation marks"},
		"a search for everything":            {widgets(search(`{AWS/PrivateLinkServices,"Service Id"} MetricName="NewConnections"`)), "every resource"},
		"a search for no metric":             {widgets(search(`{AWS/PrivateLinkServices,"Service Id"} "Service Id"="x"`)), "names metrics by itself"},
		"only an expression":                 {widgets(`[[{"expression": "1 + 1"}]]`), "no metric but expressions"},
		"a widget without metrics":           {widgets(`[]`), "has no metric"},
		"a body with tokens": {fmt.Sprintf(dashboard, `{"Fn::Join": ["", ["{\"widgets\": [{\"type\": \"metric\", \"properties\": {\"metrics\": [[\"AWS/PrivateLinkServices\", \"RstPacketsSent\", \"Service Id\", \"",
			{"Ref": "X"}, "\"]]}}]}"]]}`), ""},
		"a body by Fn::Sub": {fmt.Sprintf(dashboard, `{"Fn::Sub": "{\"widgets\": [{\"type\": \"text\", \"properties\": {\"markdown\": \"${!literal}\"}}, {\"type\": \"metric\", \"properties\": {\"metrics\": [[\"AWS/PrivateLinkServices\", \"RstPacketsSent\", \"Service Id\", \"${X}\"]]}}]}"}`), ""},
		"a body by Fn::Sub with variables": {fmt.Sprintf(dashboard, `{"Fn::Sub": ["{\"widgets\": [{\"type\": \"metric\", \"properties\": {\"metrics\": [[\"AWS/PrivateLinkServices\", \"Oops\", \"Service Id\", \"${X}\"]]}}]}",
			{"X": {"Ref": "Y"}}]}`), "publishes no AWS/PrivateLinkServices Oops"},
		"a body that is no JSON": {fmt.Sprintf(dashboard, `"{"`), "no JSON"},
		"a body of a parameter":  {fmt.Sprintf(dashboard, `{"Ref": "X"}`), "cannot be read"},
		"only text":              {fmt.Sprintf(dashboard, `"{\"widgets\": [{\"type\": \"text\"}]}"`), "has no metric"},
		"an unknown widget":      {fmt.Sprintf(dashboard, `"{\"widgets\": [{\"type\": \"explorer\"}]}"`), `"explorer", which cannot be read`},
	} {
		t.Run(name, func(t *testing.T) {
			var resources map[string]any
			if err := json.Unmarshal([]byte(tc.resources), &resources); err != nil {
				t.Fatal(err)
			}
			uses, problems := metricstest.Problems(resources)
			if tc.wants == "" && (len(problems) > 0 || len(uses) == 0) {
				t.Errorf("problems = %v with the metrics %v, want none", problems, uses)
			}
			if tc.wants != "" && !slices.ContainsFunc(problems, func(p string) bool { return strings.Contains(p, tc.wants) }) {
				t.Errorf("problems = %v, want %s", problems, tc.wants)
			}
		})
	}
}
