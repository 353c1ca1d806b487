package lattice_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/metricstest"
)

// TestMetrics: what alarms on the metrics of an API look at is what AWS publishes.
func TestMetrics(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	api := newApi(stack)
	api.AddRoute(jsii.String("Quote"), &lattice.RouteOptions{Path: jsii.String("/v1"), Targets: &[]*lattice.WeightedTarget{
		{Id: jsii.String("Blue"), Target: addresses(stack, "Quotes")}, {Id: jsii.String("Green"), Target: addresses(stack, "More")},
	}})
	importOf := func(id string, arn *string) lattice.IApi {
		return lattice.Api_FromAttributes(stack, &id, &lattice.ApiAttributes{ServiceArn: arn, PrefixList: listOfLattice(stack, id+"List")})
	}
	zone := &awscloudwatch.MetricOptions{DimensionsMap: &map[string]*string{"AvailabilityZone": jsii.String("eu-west-1a")}}
	for id, metric := range map[string]awscloudwatch.Metric{
		"Requests": api.MetricTotalRequestCount(nil),
		"Time":     api.MetricRequestTime(zone),
		"Timeouts": api.MetricRequestTimeoutCount(nil),
		"Clients":  api.MetricHttpCode4xxCount(nil),
		"Servers":  api.MetricHttpCode5xxCount(nil),
		"Denied":   api.Metric(jsii.String("HTTPCode_VpcLattice_403_Count"), nil),
		"Import":   importOf("Imported", jsii.String(importedArn)).MetricTotalRequestCount(nil),
		"OfToken":  importOf("Later", awscdk.NewCfnParameter(stack, jsii.String("ApiArn"), nil).ValueAsString()).MetricTotalRequestCount(nil),
	} {
		metric.CreateAlarm(stack, &id, &awscloudwatch.CreateAlarmOptions{Threshold: jsii.Number(1), EvaluationPeriods: jsii.Number(1)})
	}
	var measured []string
	for _, resource := range api.MetricResources() {
		measured = append(measured, resource.Kind.Name+" "+resource.Label)
	}
	if want := []string{"a service of VPC Lattice ", "a target group of VPC Lattice default", "a target group of VPC Lattice Quote", "a target group of VPC Lattice Quote 2"}; !slices.Equal(measured, want) {
		t.Errorf("measured are %q, want %q", measured, want)
	}

	template := cdktest.SynthTemplate(t, stack)
	if uses := metricstest.Check(t, template.Section("Resources")); len(uses) != 8 {
		t.Errorf("%d metrics are checked, want 8", len(uses))
	}
	service, _ := template.Only(t, typeService)
	of := fmt.Sprintf("Service=map[Fn::GetAtt:[%s Id]]", service)
	alarms := metricstest.Alarms(template.Section("Resources"))
	for id, want := range map[string]string{
		"Requests": "AWS/VpcLattice TotalRequestCount Sum 60 " + of,
		"Time":     "AWS/VpcLattice RequestTime p99 60 AvailabilityZone=eu-west-1a, " + of,
		"Timeouts": "AWS/VpcLattice RequestTimeoutCount Sum 60 " + of,
		"Clients":  "AWS/VpcLattice HTTPCode_4XX_Count Sum 60 " + of,
		"Servers":  "AWS/VpcLattice HTTPCode_5XX_Count Sum 60 " + of,
		"Denied":   "AWS/VpcLattice HTTPCode_VpcLattice_403_Count Sum 60 " + of,
		"Import":   "AWS/VpcLattice TotalRequestCount Sum 60 Service=" + importedArn[len(importedArn)-len("svc-0123456789abcdef0"):],
		"OfToken":  "AWS/VpcLattice TotalRequestCount Sum 60 Service=map[Fn::Select:[1 map[Fn::Split:[:service/ map[Ref:ApiArn]]]]]",
	} {
		if alarms[id] != want {
			t.Errorf("%s looks at\n%s\nwant\n%s", id, alarms[id], want)
		}
	}
	cdktest.WantPanic(t, "privateapi:metricName", func() { api.Metric(jsii.String("TargetCount"), nil) })
}
