package publicapi_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/metricstest"
)

// TestMetrics: what alarms on the web ACL and the ALB look at is what AWS publishes, and the web ACL has metrics of that name.
func TestMetrics(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	api := newApi(stack)
	client := &awscloudwatch.MetricOptions{DimensionsMap: &map[string]*string{"Rule": jsii.String("Checkout")}}
	for id, metric := range map[string]awscloudwatch.Metric{
		"Blocked": api.MetricWebAcl(jsii.String("BlockedRequests"), nil),
		"Client":  api.MetricWebAcl(jsii.String("AllowedRequests"), client),
		"Errors":  api.LoadBalancer().Metrics().HttpCodeElb("ELB_5XX_COUNT", nil),
	} {
		metric.CreateAlarm(stack, &id, &awscloudwatch.CreateAlarmOptions{Threshold: jsii.Number(1), EvaluationPeriods: jsii.Number(1)})
	}
	var measured []string
	for _, resource := range api.MetricResources() {
		measured = append(measured, resource.Kind.Name)
	}
	if want := []string{"a web ACL", "an ALB"}; !slices.Equal(measured, want) {
		t.Errorf("measured are %q, want %q", measured, want)
	}

	template := cdktest.SynthTemplate(t, stack)
	if uses := metricstest.Check(t, template.Section("Resources")); len(uses) != 3 {
		t.Errorf("%d metrics are checked, want 3", len(uses))
	}
	_, acl := template.Only(t, "AWS::WAFv2::WebACL")
	name := acl.Properties["VisibilityConfig"].(map[string]any)["MetricName"]
	alarms := metricstest.Alarms(template.Section("Resources"))
	for id, want := range map[string]string{
		"Blocked": fmt.Sprintf("AWS/WAFV2 BlockedRequests Sum 60 Region=%s, Rule=ALL, WebACL=%s", cdktest.Region, name),
		"Client":  fmt.Sprintf("AWS/WAFV2 AllowedRequests Sum 60 Region=%s, Rule=Checkout, WebACL=%s", cdktest.Region, name),
	} {
		if alarms[id] != want {
			t.Errorf("%s looks at\n%s\nwant\n%s", id, alarms[id], want)
		}
	}

	own := newApi(cdktest.Stack(t), func(p *publicapi.ApiProps) {
		p.AllowedClients, p.AllowEveryone, p.WebAclArn = nil, jsii.Bool(true), jsii.String("arn:aws:wafv2:eu-west-1:222222222222:regional/webacl/a/b")
	})
	cdktest.WantPanic(t, "privateapi:metricResource", func() { own.MetricWebAcl(jsii.String("BlockedRequests"), nil) })
	if kinds := own.MetricResources(); len(kinds) != 1 {
		t.Errorf("%d resources are measured of an API with a web ACL of the caller, want the ALB alone", len(kinds))
	}
}
