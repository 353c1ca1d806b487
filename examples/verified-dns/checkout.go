package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// NewCheckoutStack defines a client of the API, in another account. It has no hosted zone and no record: AWS answers the name in the VPC.
func NewCheckoutStack(app awscdk.App, pricing privateapi.IPrivateApiService) {
	stack := awscdk.NewStack(app, jsii.String("VerifiedCheckout"), &awscdk.StackProps{Env: checkoutEnv})
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{NatGateways: jsii.Number(0)})
	checkout := awslambda.NewFunction(stack, jsii.String("Checkout"), &awslambda.FunctionProps{
		Vpc:        vpc,
		VpcSubnets: &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED},
		Runtime:    awslambda.Runtime_NODEJS_24_X(),
		Handler:    jsii.String("index.handler"),
		Code:       awslambda.Code_FromInline(jsii.String(`exports.handler = async () => (await fetch("https://` + domain + `/v1/quote")).text()`)),
	})

	consumer := privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc:     vpc,
		Service: pricing,
		DnsMode: privateapi.DnsMode_PRIVATE_DNS,
		Clients: &[]awsec2.IConnectable{checkout},
	})
	awscdk.NewCfnOutput(stack, jsii.String("EndpointId"), &awscdk.CfnOutputProps{Value: consumer.VpcEndpointId()})
}
