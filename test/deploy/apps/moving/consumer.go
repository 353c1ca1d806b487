package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/env"
)

// step is where a consumer is in its move.
type step struct {
	service, previous transport // previous is "" unless both ways stand
}

// newConsumerStack defines the consumer in another account. Only Service and Previous differ between the steps.
func newConsumerStack(app awscdk.App, apis map[transport]privateapi.IPrivateApiService, s step) {
	account := env.Context(app, "consumerAccount")
	stack := env.NewStack(app, "MovingConsumer", account, env.Region, env.ZonesOf(app, account))
	vpc := env.NewVpc(stack, "Vpc", env.ZonesOf(stack, account))
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Orders"), &privateapi.PrivateApiConsumerProps{
		Vpc:      vpc,
		Service:  apis[s.service],
		Previous: apis[s.previous],
		Clients:  &[]awsec2.IConnectable{newService(stack, "Checkout", vpc)},
	})
	// They keep both names outputs of the provider's stack, so that the provider deploys nothing when the consumer moves.
	awscdk.NewCfnOutput(stack, jsii.String("ServiceName"), &awscdk.CfnOutputProps{Value: apis[privateLink].(privateapi.PrivateApiProvider).ServiceName()})
	awscdk.NewCfnOutput(stack, jsii.String("ServiceArn"), &awscdk.CfnOutputProps{Value: apis[vpcLattice].(lattice.IApi).ServiceArn()})
}
