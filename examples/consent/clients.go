package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// NewClientStack defines a team that calls the API, in an account of its own. All that it needs is the name of the service: it cannot tell whether the
// acceptor lists it.
func NewClientStack(app awscdk.App, team string, env *awscdk.Environment) {
	stack := awscdk.NewStack(app, jsii.String("Consent"+team), &awscdk.StackProps{Env: env})
	vpc := newVpc(stack)
	client := awslambda.NewFunction(stack, jsii.String(team), &awslambda.FunctionProps{
		Vpc:        vpc,
		VpcSubnets: &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED},
		Runtime:    awslambda.Runtime_NODEJS_24_X(),
		Handler:    jsii.String("index.handler"),
		Code:       awslambda.Code_FromInline(jsii.String(`exports.handler = async () => (await fetch("https://` + domain + `/v1/quote")).text()`)),
	})
	serviceName := awscdk.NewCfnParameter(stack, jsii.String("PricingServiceName"), nil)
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc,
		Service: privateapi.PrivateApiService_FromAttributes(stack, jsii.String("PricingService"), &privateapi.PrivateApiServiceAttributes{
			ServiceName:        serviceName.ValueAsString(),
			DomainNames:        jsii.Strings(domain),
			AcceptanceRequired: jsii.Bool(true),
		}),
		Clients: &[]awsec2.IConnectable{client},
	})
}
