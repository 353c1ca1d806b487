package acceptance_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/acceptance"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// Two teams are accepted by themselves, one of them until the end of the year. Everybody else waits for a person.
func ExampleNewAcceptor() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Pricing"), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String("222222222222"), Region: jsii.String("eu-west-1")},
	})

	api := privateapi.NewPrivateApiProvider(stack, jsii.String("Api"), &privateapi.PrivateApiProviderProps{
		Vpc:                awsec2.NewVpc(stack, jsii.String("Vpc"), nil),
		DomainNames:        jsii.Strings("api.pricing.internal.company.com"),
		Certificates:       &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"))},
		AcceptanceRequired: jsii.Bool(true),
	})
	acceptor := acceptance.NewAcceptor(stack, jsii.String("Acceptor"), &acceptance.AcceptorProps{
		Service: api,
		Consumers: &[]*acceptance.Consumer{
			{Label: jsii.String("checkout"), Account: jsii.String("111111111111")},
			{Label: jsii.String("reports"), Account: jsii.String("333333333333"), Expires: jsii.String("2099-12-31")},
		},
		AlarmTopics: &[]awssns.ITopic{awssns.NewTopic(stack, jsii.String("OnCall"), nil)},
	})

	fmt.Println(*acceptor.Node().Path())
	// Output: Pricing/Acceptor
}
