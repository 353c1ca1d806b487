package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
)

// share is the percentage of Checkout's queries that lead to the endpoint while both ways are in use.
const share = 10

// NewCheckoutStack defines a Fargate service that calls the API. Until it connects it does so over the internet. From then on, its VPC has a
// private hosted zone of the same name: a part of the queries leads to the endpoint, and later all of them.
func NewCheckoutStack(app awscdk.App, network *Network, pricing *Pricing) {
	stack := awscdk.NewStack(app, jsii.String("MigrationCheckout"), &awscdk.StackProps{Env: checkoutEnv})
	checkout := newService(stack, "Checkout", network.Vpc, "checkout:3.1", &map[string]*string{"PRICING_URL": jsii.String("https://" + domain + "/v1")})
	if !isFrom(stack, publicapi.Phase_DUAL_RUN) {
		return
	}
	props := &privateapi.PrivateApiConsumerProps{
		Vpc:           network.Vpc,
		Service:       pricing.Private,
		RoutingPolicy: privateapi.RoutingPolicy_WEIGHTED,
		Clients:       &[]awsec2.IConnectable{checkout},
	}
	switch phaseOf(stack) {
	case publicapi.Phase_DUAL_RUN:
		props.Previous, props.Weight, props.PreviousWeight = pricing.Public, jsii.Number(share), jsii.Number(100-share)
	case publicapi.Phase_WATCH: // all of them, and one deployment is enough to go back
		props.Previous, props.Weight, props.PreviousWeight = pricing.Public, jsii.Number(100), jsii.Number(0)
	}
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), props)
}
