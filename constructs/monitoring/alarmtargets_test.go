package monitoring_test

import (
	"slices"
	"strings"
	"testing"

	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	elbtargets "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// functionRoute sends requests to a function.
func functionRoute(scope constructs.Construct, id string, check *elbv2.HealthCheck) *privateapi.RouteOptions {
	function := awslambda.NewFunction(scope, &id, &awslambda.FunctionProps{
		Code:    awslambda.Code_FromInline(jsii.String("exports.handler = async () => ({ statusCode: 200 })")),
		Runtime: awslambda.Runtime_NODEJS_LATEST(), Handler: jsii.String("index.handler"),
	})
	return &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/" + id), TargetType: elbv2.TargetType_LAMBDA, HealthCheck: check,
		Targets: &[]elbv2.IApplicationLoadBalancerTarget{elbtargets.NewLambdaTarget(function)},
	}
}

// greenRoute sends requests to targets of its own, and to a group that exists.
func greenRoute(path string, group elbv2.IApplicationTargetGroup) *privateapi.RouteOptions {
	route := alarmedRoute(path)
	route.TargetGroups = &[]*elbv2.WeightedTargetGroup{{TargetGroup: group, Weight: jsii.Number(0)}}
	route.Weight = jsii.Number(1)
	return route
}

func existingGroup(scope constructs.Construct, id string) elbv2.IApplicationTargetGroup {
	return elbv2.ApplicationTargetGroup_FromTargetGroupAttributes(scope, &id, &elbv2.TargetGroupAttributes{
		TargetGroupArn: jsii.String("arn:aws:elasticloadbalancing:eu-west-1:222222222222:targetgroup/" + id + "/0123456789abcdef"),
	})
}

// What the counts of a target group mean decides its alarms: a function is not checked, and of several groups one may be empty.
func TestAlarmsOfTargetGroups(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	watched, stack := stackOf(app, "Watched"), stackOf(app, "Alarms")
	api := alarmedAPI(watched, "Quote", "quote")
	api.AddRoute(jsii.String("Quote 2"), alarmedRoute("/v2")) // in IDs, all three are alike
	api.AddRoute(jsii.String("Trade"), greenRoute("/Trade", existingGroup(watched, "green")))
	shared := existingGroup(watched, "shared")
	for _, id := range []string{"Shared", "Again"} {
		route := greenRoute("/"+id, shared)
		if id == "Again" {
			route.Targets, route.Weight, route.Port = nil, nil, nil
			(*route.TargetGroups)[0].Weight = nil
		}
		api.AddRoute(jsii.String(id), route)
	}
	api.AddRoute(jsii.String("Unchecked"), functionRoute(watched, "unchecked", nil))
	api.AddRoute(jsii.String("Checked"), functionRoute(watched, "checked", &elbv2.HealthCheck{Enabled: jsii.Bool(true), Path: jsii.String("/")}))
	newProviderAlarms(stack, api, func(p *providerAlarms) { p.ActionArns = jsii.Strings(onCallArn) })
	template := cdktest.SynthTemplate(t, stack)

	const part, alone = "part, breaching", "acts, notBreaching"
	want := map[string]string{
		"Quote": part, "Quote2": part, "Quote3": part, // Quote 2 has the second
		"Trade": alone, "Trade2": alone, // requests are divided among them
		"Shared": alone, "Shared2": part, // without the second, nobody answers the other route
		"Checked": part,
	}
	got := map[string]string{}
	for _, id := range template.OfType(typeAlarm) {
		properties := template.Section("Resources")[id].(map[string]any)["Properties"].(map[string]any)
		group, isOne := strings.CutPrefix(id[:len(id)-8], "AlarmsNoHealthyTarget")
		if !isOne {
			continue
		}
		got[group] = "part, "
		if properties["AlarmActions"] != nil {
			got[group] = "acts, "
		}
		got[group] += properties["TreatMissingData"].(string)
		if group == "Quote2" && !strings.HasSuffix(properties["AlarmDescription"].(string), "(Quote 2)") {
			t.Errorf("another route takes the ID of route Quote 2: %v", properties["AlarmDescription"])
		}
	}
	for group, says := range want {
		if got[group] != says {
			t.Errorf("NoHealthyTarget%s: %q, want %q", group, got[group], says)
		}
		delete(got, group)
	}
	if len(got) > 0 {
		t.Errorf("more alarms: %v", got)
	}
	if slices.ContainsFunc(template.OfType(typeAlarm), func(id string) bool { return strings.Contains(id, "Unchecked") }) {
		t.Error("a function that is not checked has alarms on its health")
	}
}
