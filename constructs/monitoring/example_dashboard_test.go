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

// The provider's account is the monitoring account. Of one consumer the endpoint is known; the other's are searched for by the service.
func ExampleNewDashboard() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Pricing"), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String("222222222222"), Region: jsii.String("eu-west-1")},
	})

	certificate := jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef")
	api := privateapi.NewPrivateApiProvider(stack, jsii.String("Api"), &privateapi.PrivateApiProviderProps{
		Vpc:                awsec2.NewVpc(stack, jsii.String("Vpc"), nil),
		DomainNames:        jsii.Strings("api.pricing.internal.company.com"),
		Certificates:       &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(certificate)},
		AcceptanceRequired: jsii.Bool(true),
	})
	dashboard := monitoring.NewDashboard(stack, jsii.String("Dashboard"), &monitoring.DashboardProps{
		Provider: &monitoring.DashboardProvider{Service: api, CertificateArns: &[]*string{certificate}},
		Consumers: &[]*monitoring.DashboardConsumer{
			{
				Label: jsii.String("checkout"), Account: jsii.String("111111111111"),
				VpcEndpointId: jsii.String("vpce-0123456789abcdef0"), VpcId: jsii.String("vpc-0123456789abcdef0"),
			},
			{Label: jsii.String("reports"), Account: jsii.String("333333333333")},
		},
		Start: jsii.String("-PT6H"),
	})

	fmt.Println(*dashboard.Node().Path())
	// Output: Pricing/Dashboard
}
