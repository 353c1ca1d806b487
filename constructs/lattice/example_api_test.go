package lattice_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// An API of one account that a task of another account calls with signed requests.
func ExampleNewApi() {
	app := awscdk.NewApp(nil)
	stackOf := func(id, account string) awscdk.Stack {
		return awscdk.NewStack(app, jsii.String(id), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String("eu-west-1")}})
	}
	provider, consumer := stackOf("Provider", "222222222222"), stackOf("Checkout", "111111111111")

	api := lattice.NewApi(provider, jsii.String("Pricing"), &lattice.ApiProps{
		DomainName:  jsii.String("api.pricing.internal.company.com"),
		Certificate: elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef")),
		PrefixList:  awsec2.PrefixList_FromPrefixListId(provider, jsii.String("Lattice"), jsii.String("pl-0721453c7ac4ec009")),
		Target:      lattice.Target_FromFunctionArn(jsii.String("arn:aws:lambda:eu-west-1:222222222222:function:pricing")),
		ShareWith:   jsii.Strings("111111111111"),
	})
	api.AddRoute(jsii.String("V2"), &lattice.RouteOptions{
		PathPrefix: jsii.String("/v2"),
		Target:     lattice.Target_FromFunctionArn(jsii.String("arn:aws:lambda:eu-west-1:222222222222:function:pricing-v2")),
	})

	vpc := awsec2.NewVpc(consumer, jsii.String("Vpc"), nil)
	privateapi.NewPrivateApiConsumer(consumer, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc:     vpc,
		Service: api,
		Clients: &[]awsec2.IConnectable{newCheckoutService(consumer, vpc)}, // a Fargate service, say
	})
	task := awsiam.NewRole(consumer, jsii.String("Task"), &awsiam.RoleProps{
		RoleName:  jsii.String("checkout-task"), // by which the auth policy of the other stack can name it
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("ecs-tasks.amazonaws.com"), nil),
	})
	api.GrantInvoke(task)

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 2
}
