package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// NewCheckoutStack defines a client of the API in all its ways. Which certificate and token it has is its own business: nothing of them is in
// a template.
func NewCheckoutStack(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("IdentityCheckout"), &awscdk.StackProps{Env: checkoutEnv})
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	client := awslambda.NewFunction(stack, jsii.String("Checkout"), &awslambda.FunctionProps{
		Vpc:         vpc,
		Runtime:     awslambda.Runtime_NODEJS_24_X(),
		Handler:     jsii.String("index.handler"),
		Code:        awslambda.Code_FromInline(jsii.String("exports.handler = async () => fetch(process.env.LEDGER_URL)")),
		Environment: &map[string]*string{"LEDGER_URL": jsii.String("https://" + tokenDomain)},
	})
	for _, way := range []struct{ id, domain string }{{"Verified", verifiedDomain}, {"Presented", presentedDomain}, {"Token", tokenDomain}} {
		privateapi.NewPrivateApiConsumer(stack, jsii.String(way.id), &privateapi.PrivateApiConsumerProps{
			Vpc: vpc,
			Service: privateapi.PrivateApiService_FromAttributes(stack, jsii.String(way.id+"Service"), &privateapi.PrivateApiServiceAttributes{
				ServiceName: parameter(stack, way.id+"ServiceName"), DomainNames: jsii.Strings(way.domain),
			}),
			Clients: &[]awsec2.IConnectable{client},
		})
	}
}
