package privateapi_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/jsii-runtime-go"
)

// An alarm on the connections that the service resets, and a metric of one consumer for a graph.
func ExampleEndpointServiceMetrics() {
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Provider"), nil)
	provider := newProvider(stack)

	provider.MetricRstPacketsSent(nil).CreateAlarm(stack, jsii.String("Resets"), &awscloudwatch.CreateAlarmOptions{
		Threshold: jsii.Number(10), EvaluationPeriods: jsii.Number(5), TreatMissingData: awscloudwatch.TreatMissingData_NOT_BREACHING,
	})
	checkout := provider.MetricNewConnections(&awscloudwatch.MetricOptions{
		Label:         jsii.String("checkout"),
		DimensionsMap: &map[string]*string{"VPC Endpoint Id": jsii.String("vpce-0123456789abcdef0")},
	})

	fmt.Println(*checkout.Namespace(), *checkout.MetricName(), *checkout.Statistic())
	// Output: AWS/PrivateLinkServices NewConnections Sum
}
