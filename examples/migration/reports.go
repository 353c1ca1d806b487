package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
)

// NewReportsStack defines a function that calls the API. It connects later than Checkout, and all its calls move at once. The record is a
// weighted one all the same: so its zone comes after the endpoint, and the name is not missing for long.
func NewReportsStack(app awscdk.App, network *Network, pricing *Pricing) {
	stack := awscdk.NewStack(app, jsii.String("MigrationReports"), &awscdk.StackProps{Env: reportsEnv})
	reports := awslambda.NewFunction(stack, jsii.String("Reports"), &awslambda.FunctionProps{
		Vpc:     network.Vpc,
		Runtime: awslambda.Runtime_NODEJS_24_X(),
		Handler: jsii.String("index.handler"),
		Code:    awslambda.Code_FromInline(jsii.String(`exports.handler = async () => (await fetch("https://` + domain + `/v1/quotes")).text()`)),
	})
	if !isFrom(stack, publicapi.Phase_WATCH) {
		return
	}
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc:           network.Vpc,
		Service:       pricing.Private,
		RoutingPolicy: privateapi.RoutingPolicy_WEIGHTED,
		Clients:       &[]awsec2.IConnectable{reports},
	})
}
