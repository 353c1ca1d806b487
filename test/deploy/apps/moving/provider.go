package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/env"
)

// The blocks of the two VPCs.
const (
	providerBlock = "10.0.0.0/16"
	consumerBlock = "10.1.0.0/16"
)

// provider is the side of the API: one ALB that is reached over two transports, under one name.
type provider struct {
	stack       awscdk.Stack
	vpc         awsec2.Vpc
	consumer    string // its account
	domain      string
	certificate elbv2.IListenerCertificate
	privateLink privateapi.PrivateApiProvider
	another     offer
}

// offer is the API over another transport than PrivateLink.
type offer interface {
	// connect connects the VPC of the consumer, and returns the API as the consumer reaches it.
	connect(*provider, *consumer) privateapi.IPrivateApiService
	// values returns what the stack of the consumer refers to while it is connected, by names for outputs.
	values() map[string]*string
}

// offers define the API over each other transport, by their names in the context of the app.
var offers = map[string]func(*provider) offer{"lattice": newLattice, "peering": newPeering, "gateway": newGateway}

// newProvider defines the stack of the API.
func newProvider(app awscdk.App) *provider {
	account := env.Context(app, "providerAccount")
	stack := env.NewStack(app, "MovingProvider", account, env.Region, env.ZonesOf(app, account))
	p := &provider{
		stack:       stack,
		vpc:         env.NewVpcOf(stack, "Vpc", providerBlock, env.ZonesOf(stack, account)),
		consumer:    env.Context(stack, "consumerAccount"),
		domain:      env.Context(stack, "domain"),
		certificate: elbv2.ListenerCertificate_FromArn(jsii.String(env.Context(stack, "certificateArn"))),
	}
	p.privateLink = privateapi.NewPrivateApiProvider(stack, jsii.String("Orders"), &privateapi.PrivateApiProviderProps{
		Vpc:                     p.vpc,
		DomainNames:             jsii.Strings(p.domain),
		Certificates:            &[]elbv2.IListenerCertificate{p.certificate},
		AllowedPrincipals:       &[]awsiam.ArnPrincipal{awsiam.NewAccountPrincipal(jsii.String(p.consumer))},
		AcceptanceRequired:      jsii.Bool(false),
		DeletionProtection:      jsii.Bool(false), // the test deletes the stack
		XffHeaderProcessingMode: elbv2.XffHeaderProcessingMode_PRESERVE,
	})
	p.privateLink.AddRoute(jsii.String("V1"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"),
		Port:         jsii.Number(8080),
		Targets:      &[]elbv2.IApplicationLoadBalancerTarget{newService(stack, "Orders1", p.vpc)},
	})
	p.another = offers[env.Context(stack, "another")](p)
	return p
}
