package transitgateway_test

import (
	"fmt"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/transitgateway"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/metricstest"
)

// TestMetrics: what alarms on the metrics of hubs and spokes look at is what AWS publishes. Those of an attachment have the gateway too.
func TestMetrics(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	hub := newHub(stack)
	spoke := newSpoke(stack, "Spoke", hub, newVpc(stack, "Vpc", "10.1.0.0/16"), "apis")
	imported := importHub(stack, func(*hubAttributes) {})
	importedSpoke := transitgateway.Spoke_FromAttributes(stack, jsii.String("ImportedSpoke"), &transitgateway.SpokeAttributes{
		Hub: imported, Vpc: newVpc(stack, "OtherVpc", "10.2.0.0/16"), TransitGatewayAttachmentId: jsii.String("tgw-attach-0123456789abcdef0"), Segment: jsii.String("apis"),
	})
	zone := &awscloudwatch.MetricOptions{DimensionsMap: &map[string]*string{"AvailabilityZone": jsii.String("eu-west-1a")}}
	for id, metric := range map[string]awscloudwatch.Metric{
		"HubIn":           hub.MetricBytesIn(zone),
		"HubOut":          hub.MetricBytesOut(nil),
		"SpokeBlackhole":  spoke.MetricPacketDropCountBlackhole(nil),
		"SpokeNoRoute":    spoke.MetricPacketDropCountNoRoute(nil),
		"ImportedHubIn":   imported.Metric(jsii.String("PacketsIn"), nil),
		"ImportedSpokeIn": importedSpoke.MetricBytesIn(nil),
	} {
		metric.CreateAlarm(stack, &id, &awscloudwatch.CreateAlarmOptions{Threshold: jsii.Number(1), EvaluationPeriods: jsii.Number(1)})
	}
	if measured := spoke.MetricResources(); len(measured) != 1 || measured[0].Kind.Name != "an attachment to a transit gateway" {
		t.Errorf("measured are %v", measured)
	}

	template := cdktest.SynthTemplate(t, stack)
	if uses := metricstest.Check(t, template.Section("Resources")); len(uses) != 6 {
		t.Errorf("%d metrics are checked, want 6", len(uses))
	}
	gatewayID, _ := template.Only(t, typeGateway)
	attachmentID, _ := template.Only(t, typeAttachment)
	gateway := fmt.Sprintf("TransitGateway=map[Fn::GetAtt:[%s Id]]", gatewayID)
	attachment := fmt.Sprintf("%s, TransitGatewayAttachment=map[Fn::GetAtt:[%s Id]]", gateway, attachmentID)
	alarms := metricstest.Alarms(template.Section("Resources"))
	for id, want := range map[string]string{
		"HubIn":           "AWS/TransitGateway BytesIn Sum 60 AvailabilityZone=eu-west-1a, " + gateway,
		"HubOut":          "AWS/TransitGateway BytesOut Sum 60 " + gateway,
		"SpokeBlackhole":  "AWS/TransitGateway PacketDropCountBlackhole Sum 60 " + attachment,
		"SpokeNoRoute":    "AWS/TransitGateway PacketDropCountNoRoute Sum 60 " + attachment,
		"ImportedHubIn":   "AWS/TransitGateway PacketsIn Sum 60 TransitGateway=" + *imported.TransitGatewayId(),
		"ImportedSpokeIn": "AWS/TransitGateway BytesIn Sum 60 TransitGateway=" + *imported.TransitGatewayId() + ", TransitGatewayAttachment=tgw-attach-0123456789abcdef0",
	} {
		if alarms[id] != want {
			t.Errorf("%s looks at\n%s\nwant\n%s", id, alarms[id], want)
		}
	}
	cdktest.WantPanic(t, "privateapi:metricDimensions", func() { spoke.MetricBytesIn(zone) })
}
