package monitoring_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/monitoring"
)

// A topic is told when the API is unavailable, and of whatever else is wrong with it.
func ExampleNewProviderAlarms() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Pricing"), nil)
	api := alarmedAPI(stack, "Quote") // a PrivateApiProvider

	alarms := monitoring.NewProviderAlarms(stack, jsii.String("Alarms"), &monitoring.ProviderAlarmsProps{
		Service:      api,
		Certificates: alarmedCertificates(), // those of the API
		Topics:       &[]awssns.ITopic{awssns.NewTopic(stack, jsii.String("OnCall"), nil)},
	})

	fmt.Println(*alarms.ApiUnavailable().Node().Path())
	// Output: Pricing/Alarms/ApiUnavailable
}

// Two alarms are tuned, one is dropped, and one that is off otherwise is on.
func ExampleAlarmSettings() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Pricing"), nil)

	alarms := monitoring.NewProviderAlarms(stack, jsii.String("Alarms"), &monitoring.ProviderAlarmsProps{
		Service: alarmedAPI(stack, "Quote"),
		Alarms: &map[string]*monitoring.AlarmSettings{
			"RstPacketsSent": {Threshold: jsii.Number(500)},
			"SlowResponses":  {Threshold: jsii.Number(0.8), Period: awscdk.Duration_Minutes(jsii.Number(5)), EvaluationPeriods: jsii.Number(3)},
			"UnhealthyZone":  {Enabled: jsii.Bool(false)},
			"NoEndpoints":    {Enabled: jsii.Bool(true), TreatMissingData: awscloudwatch.TreatMissingData_IGNORE},
		},
	})

	fmt.Println(len(*alarms.Alarms(jsii.String("UnhealthyZone"))), len(*alarms.Alarms(jsii.String("NoEndpoints"))))
	// Output: 0 1
}
