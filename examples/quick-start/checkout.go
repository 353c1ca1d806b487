package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// NewCheckoutStack defines a client of the API, in another account.
func NewCheckoutStack(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("Checkout"), &awscdk.StackProps{Env: checkoutEnv})
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	checkout := awslambda.NewFunction(stack, jsii.String("Checkout"), &awslambda.FunctionProps{
		Vpc:     vpc,
		Runtime: awslambda.Runtime_NODEJS_24_X(),
		Handler: jsii.String("index.handler"),
		Code:    awslambda.Code_FromInline(jsii.String(`exports.handler = async () => (await fetch("https://` + domain + `/v1/quote")).text()`)),
	})

	serviceName := awscdk.NewCfnParameter(stack, jsii.String("PricingServiceName"), nil)
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc,
		Service: privateapi.PrivateApiService_FromAttributes(stack, jsii.String("PricingService"), &privateapi.PrivateApiServiceAttributes{
			ServiceName: serviceName.ValueAsString(),
			DomainNames: jsii.Strings(domain),
		}),
		Clients: &[]awsec2.IConnectable{checkout},
	})
}
