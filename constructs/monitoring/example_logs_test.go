package monitoring_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/monitoring"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// A consumer records the calls of its endpoint and all traffic of its clients, and saves queries that tell internal calls from others.
func ExampleNewSavedQueries() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Checkout"), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String("111111111111"), Region: jsii.String("eu-west-1")},
	})

	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	pricing := privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc,
		Service: privateapi.PrivateApiService_FromAttributes(stack, jsii.String("PricingService"), &privateapi.PrivateApiServiceAttributes{
			ServiceName: jsii.String("com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"),
			DomainNames: jsii.Strings("api.pricing.internal.company.com"),
		}),
	})
	monitoring.NewSavedQueries(stack, jsii.String("Queries"), &monitoring.SavedQueriesProps{
		ClientLogs:   monitoring.NewSubnetFlowLogs(stack, jsii.String("ClientLogs"), &monitoring.SubnetFlowLogsProps{Vpc: vpc, EcsFields: jsii.Bool(true)}),
		EndpointLogs: monitoring.NewConsumerFlowLogs(stack, jsii.String("PricingLogs"), &monitoring.ConsumerFlowLogsProps{Consumer: pricing}),
	})

	fmt.Println(*pricing.Node().Path())
	// Output: Checkout/Pricing
}

// A provider has the logs of its ALB in CloudWatch Logs, with queries over them.
func ExampleNewLoadBalancerLogDelivery() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Pricing"), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String("222222222222"), Region: jsii.String("eu-west-1")},
	})

	api := privateapi.NewPrivateApiProvider(stack, jsii.String("Api"), &privateapi.PrivateApiProviderProps{
		Vpc:             awsec2.NewVpc(stack, jsii.String("Vpc"), nil),
		DomainNames:     jsii.Strings("api.pricing.internal.company.com"),
		Certificates:    &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"))},
		AllowedAccounts: jsii.Strings("111111111111"),
	})
	logs := monitoring.NewLoadBalancerLogDelivery(stack, jsii.String("AlbLogs"), &monitoring.LoadBalancerLogDeliveryProps{
		LoadBalancer: api.LoadBalancer(),
		LogTypes:     &[]monitoring.LoadBalancerLogType{monitoring.LoadBalancerLogType_ALB_ACCESS_LOGS, monitoring.LoadBalancerLogType_ALB_CONNECTION_LOGS},
	})
	monitoring.NewSavedQueries(stack, jsii.String("Queries"), &monitoring.SavedQueriesProps{LoadBalancerLogs: logs})

	fmt.Println(*api.Node().Path())
	// Output: Pricing/Api
}
