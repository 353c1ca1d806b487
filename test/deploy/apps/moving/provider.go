package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/env"
)

// transport is a way to the API.
type transport string

const (
	privateLink transport = "PrivateLink"
	vpcLattice  transport = "VPC Lattice"
)

// newProviderStack defines one ALB with an API over each transport, both of the same name.
func newProviderStack(app awscdk.App) map[transport]privateapi.IPrivateApiService {
	account := env.Context(app, "providerAccount")
	stack := env.NewStack(app, "MovingProvider", account, env.Region, env.ZonesOf(app, account))
	vpc := env.NewVpc(stack, "Vpc", env.ZonesOf(stack, account))
	consumer := env.Context(stack, "consumerAccount")
	domain := env.Context(stack, "domain")
	certificate := elbv2.ListenerCertificate_FromArn(jsii.String(env.Context(stack, "certificateArn")))

	provider := privateapi.NewPrivateApiProvider(stack, jsii.String("Orders"), &privateapi.PrivateApiProviderProps{
		Vpc:                     vpc,
		DomainNames:             jsii.Strings(domain),
		Certificates:            &[]elbv2.IListenerCertificate{certificate},
		AllowedPrincipals:       &[]awsiam.ArnPrincipal{awsiam.NewAccountPrincipal(jsii.String(consumer))},
		AcceptanceRequired:      jsii.Bool(false),
		DeletionProtection:      jsii.Bool(false), // the test deletes the stack
		XffHeaderProcessingMode: elbv2.XffHeaderProcessingMode_PRESERVE,
	})
	provider.AddRoute(jsii.String("V1"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"),
		Port:         jsii.Number(8080),
		Targets:      &[]elbv2.IApplicationLoadBalancerTarget{newService(stack, "Orders1", vpc)},
	})
	api := lattice.NewApi(stack, jsii.String("OrdersOverLattice"), &lattice.ApiProps{
		DomainName:         jsii.String(domain),
		Certificate:        certificate,
		PrefixList:         awsec2.PrefixList_FromPrefixListId(stack, jsii.String("PrefixList"), jsii.String(env.Context(stack, "prefixList"))),
		Target:             lattice.Target_FromListener(provider.Listener(), nil),
		ShareWith:          jsii.Strings(consumer),
		AllowedVpcAccounts: jsii.Strings(consumer),
	})
	return map[transport]privateapi.IPrivateApiService{privateLink: provider, vpcLattice: api}
}
