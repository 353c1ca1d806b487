package cost_test

import (
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cost"
)

// A delivery costs by its destination, which is a resource of its own.
func TestDeliveries(t *testing.T) {
	const intoLogGroup = "note: what is delivered into log groups is charged as their data"
	for name, tc := range map[string]struct {
		destination object
		want        string
	}{
		"a log group of the template": {object{"DestinationResourceArn": object{"Fn::GetAtt": list{"Group", "Arn"}}}, intoLogGroup},
		"a bucket of the template":    {object{"DestinationResourceArn": object{"Fn::GetAtt": list{"Bucket", "Arn"}}}, "Delivery logs.delivered.gb by use, 0.25?, 0.15? above 10240, 0.075? above 30720, 0.05? above 51200"},
		"a log group by its ARN":      {object{"DestinationResourceArn": "arn:aws:logs:us-east-1:111111111111:log-group:a"}, intoLogGroup},
		"a stream by its ARN":         {object{"DestinationResourceArn": "arn:aws:firehose:us-east-1:111111111111:deliverystream/a"}, "Delivery logs.delivered.gb by use, 0.25?, 0.15? above 10240, 0.075? above 30720, 0.05? above 51200"},
		"its type":                    {object{"DeliveryDestinationType": "CWL"}, intoLogGroup},
		"traces":                      {object{"DeliveryDestinationType": "XRAY"}, "not priced: 1 AWS::Logs::Delivery (the traces that it delivers)"},
		"unknown":                     {object{"DestinationResourceArn": ref("Any")}, "not priced: 1 AWS::Logs::Delivery (where it delivers to, which only the deployment decides)"},
	} {
		t.Run(name, func(t *testing.T) {
			b := bill(t, "us-east-1", object{
				"Destination": resource("AWS::Logs::DeliveryDestination", tc.destination),
				"Group":       resource("AWS::Logs::LogGroup", object{}),
				"Bucket":      resource("AWS::S3::Bucket", object{}),
				"Delivery":    resource("AWS::Logs::Delivery", object{"DeliveryDestinationArn": object{"Fn::GetAtt": list{"Destination", "Arn"}}}),
			}, cost.Options{})
			if got := "\n" + show(b) + "\n"; !strings.Contains(got, "\n"+tc.want+"\n") {
				t.Errorf("bill =%s\nwant %s", got, tc.want)
			}
			if got := show(b); strings.Contains(got, "Delivery logs.") != strings.Contains(tc.want, "Delivery logs.") {
				t.Errorf("bill =\n%s\nwant %s alone", got, tc.want)
			}
		})
	}
}
