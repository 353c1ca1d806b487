package contract_test

import (
	"fmt"
	"os"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsssm"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/contract"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// examplePricing is the app of the team that owns the API.
func examplePricing(app awscdk.App) (awscdk.Stack, privateapi.PrivateApiProvider) {
	stack := awscdk.NewStack(app, jsii.String("Pricing"), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String("222222222222"), Region: jsii.String("eu-west-1")},
	})
	return stack, privateapi.NewPrivateApiProvider(stack, jsii.String("Pricing"), &privateapi.PrivateApiProviderProps{
		Vpc: vpcOf(stack, "Vpc"), DomainNames: jsii.Strings("api.pricing.internal.company.com"), AllowedAccounts: jsii.Strings("111111111111"),
		Certificates: &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String(certificateArn))},
	})
}

// exampleCheckout is the app of a team that calls it.
func exampleCheckout(app awscdk.App) (awscdk.Stack, awsec2.IVpc) {
	stack := awscdk.NewStack(app, jsii.String("Checkout"), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String("111111111111"), Region: jsii.String("eu-west-1")},
	})
	return stack, vpcOf(stack, "CheckoutVpc")
}

// The owner publishes the contract, and shares it with the account of the other team.
func ExampleNewServiceContract() {
	app := awscdk.NewApp(nil)
	stack, pricing := examplePricing(app)

	contract.NewServiceContract(stack, jsii.String("Contract"), &contract.ServiceContractProps{
		Service:   pricing,
		Name:      jsii.String("pricing"),
		ShareWith: jsii.Strings("111111111111"),
	})

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 1
}

// One app: the provider itself is the contract.
func ExampleNewServiceContract_oneApp() {
	app := awscdk.NewApp(nil)
	_, pricing := examplePricing(app)
	stack, vpc := exampleCheckout(app)

	privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc:     vpc,
		Service: pricing,
	})

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 2
}

// Two SSM parameters: the contract is looked up at synthesis, and the name of the service is read at deploy time.
func ExampleNewServiceContract_parameters() {
	app := awscdk.NewApp(nil)
	stack, vpc := exampleCheckout(app)

	const arn = "arn:aws:ssm:eu-west-1:222222222222:parameter/private-api/pricing/"
	text := awsssm.StringParameter_ValueFromLookup(stack, jsii.String(arn+"contract"), nil, nil)
	name := awsssm.StringParameter_FromStringParameterArn(stack, jsii.String("ServiceName"), jsii.String(arn+"service-name"))
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc:     vpc,
		Service: privateapi.PrivateApiService_FromContract(stack, jsii.String("PricingService"), text, &privateapi.ContractOptions{ServiceName: name.StringValue()}),
		ZoneIds: &map[string]*string{"eu-west-1a": jsii.String("euw1-az3"), "eu-west-1b": jsii.String("euw1-az1")},
	})

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 1
}

// A file that privateapi contract wrote, and that the team committed.
func ExampleNewServiceContract_file() {
	app := awscdk.NewApp(nil)
	stack, vpc := exampleCheckout(app)

	text, err := os.ReadFile("testdata/pricing.contract.json")
	if err != nil {
		panic(err)
	}
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc:     vpc,
		Service: privateapi.PrivateApiService_FromContract(stack, jsii.String("PricingService"), jsii.String(string(text)), nil),
	})

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 1
}

// Attributes: what the other team says, by hand.
func ExampleNewServiceContract_attributes() {
	app := awscdk.NewApp(nil)
	stack, vpc := exampleCheckout(app)

	privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc,
		Service: privateapi.PrivateApiService_FromAttributes(stack, jsii.String("PricingService"), &privateapi.PrivateApiServiceAttributes{
			ServiceName: jsii.String("com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"),
			DomainNames: jsii.Strings("api.pricing.internal.company.com"),
		}),
	})

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 1
}
