package main

import (
	"maps"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/env"
)

// transport is a way to the API: PrivateLink, or another.
type transport string

const (
	privateLink transport = "PrivateLink"
	another     transport = "another"
)

// step is where a consumer is in its move.
type step struct {
	service, previous transport // previous is "" unless both ways stand
}

// consumer is the side of the clients.
type consumer struct {
	stack  awscdk.Stack
	vpc    awsec2.Vpc
	client awsecs.FargateService
}

// newConsumerStack defines the consumer in another account. Only Service and Previous differ between the steps, and what the other way needs
// besides.
func newConsumerStack(app awscdk.App, p *provider, s step) {
	account := env.Context(app, "consumerAccount")
	stack := env.NewStack(app, "MovingConsumer", account, env.Region, env.ZonesOf(app, account))
	vpc := env.NewVpcOf(stack, "Vpc", consumerBlock, env.ZonesOf(stack, account))
	c := &consumer{stack, vpc, newService(stack, "Checkout", vpc)}
	apis := map[transport]privateapi.IPrivateApiService{privateLink: p.privateLink}
	if s.service == another || s.previous == another {
		apis[another] = p.another.connect(p, c)
	}
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Orders"), &privateapi.PrivateApiConsumerProps{
		Vpc:      vpc,
		Service:  apis[s.service],
		Previous: apis[s.previous],
		Clients:  &[]awsec2.IConnectable{c.client},
	})
	// They keep what both ways refer to outputs of the provider's stack, so that the provider deploys nothing when the consumer moves.
	awscdk.NewCfnOutput(stack, jsii.String("ServiceName"), &awscdk.CfnOutputProps{Value: p.privateLink.ServiceName()})
	values := p.another.values()
	for _, name := range slices.Sorted(maps.Keys(values)) {
		awscdk.NewCfnOutput(stack, jsii.String(name), &awscdk.CfnOutputProps{Value: values[name]})
	}
}
