package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/contract"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/env"
)

// newProviderSide defines the API with its contract, and the consumers that get the API itself.
func newProviderSide(app awscdk.App) {
	account, consumer := env.Context(app, "providerAccount"), env.Context(app, "consumerAccount")
	stack := env.NewStack(app, "ContractProvider", account, env.Region, env.ZonesOf(app, account))
	vpc := env.NewVpc(stack, "Vpc", env.ZonesOf(stack, account))
	certificate := elbv2.ListenerCertificate_FromArn(jsii.String(env.Context(app, "certificateArn")))
	provider := privateapi.NewPrivateApiProvider(stack, jsii.String("Billing"), &privateapi.PrivateApiProviderProps{
		Vpc:                     vpc,
		DomainNames:             jsii.Strings(domain),
		Certificates:            &[]elbv2.IListenerCertificate{certificate},
		AllowedPrincipals:       &[]awsiam.ArnPrincipal{awsiam.NewAccountPrincipal(&consumer)},
		AcceptanceRequired:      jsii.Bool(false),
		DeletionProtection:      jsii.Bool(false),
		SupportedRegions:        jsii.Strings(farRegion),
		XffHeaderProcessingMode: elbv2.XffHeaderProcessingMode_PRESERVE,
	})
	provider.AddRoute(jsii.String("V1"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"),
		Port:         jsii.Number(8080),
		Targets:      &[]elbv2.IApplicationLoadBalancerTarget{newService(stack, vpc)},
	})
	contract.NewServiceContract(stack, jsii.String("Contract"), &contract.ServiceContractProps{
		Service: provider, Name: jsii.String("billing"), ShareWith: jsii.Strings(consumer),
	})
	contract.NewServiceContract(stack, jsii.String("LatticeContract"), &contract.ServiceContractProps{
		Service: overLattice(stack, provider, certificate), Name: jsii.String("billing-lattice"), ShareWith: jsii.Strings(consumer),
	})
	contract.NewServiceContract(stack, jsii.String("Private"), &contract.ServiceContractProps{
		Service: provider, Name: jsii.String("billing-private"),
	})

	newDirectConsumer(app, "ContractDirect", env.Region, env.ZonesOf(app, consumer), provider)
	newDirectConsumer(app, "ContractFar", farRegion, jsii.Strings(farRegion+"a", farRegion+"b"), provider)
}

// overLattice is the API over VPC Lattice, too, for the account of the consumers.
func overLattice(stack awscdk.Stack, provider privateapi.PrivateApiProvider, certificate elbv2.IListenerCertificate) lattice.Api {
	consumer := env.Context(stack, "consumerAccount")
	return lattice.NewApi(stack, jsii.String("BillingOverLattice"), &lattice.ApiProps{
		DomainName:         jsii.String(domain),
		Certificate:        certificate,
		PrefixList:         prefixList(stack),
		Target:             lattice.Target_FromListener(provider.Listener(), nil),
		ShareWith:          jsii.Strings(consumer),
		AllowedVpcAccounts: jsii.Strings(consumer),
	})
}

// newDirectConsumer defines a consumer of the API that this app defines, in a stack of its own.
func newDirectConsumer(app awscdk.App, id, region string, zones *[]*string, provider privateapi.PrivateApiProvider) {
	stack := env.NewStack(app, id, env.Context(app, "consumerAccount"), region, zones)
	vpc := env.NewVpc(stack, "Vpc", zones)
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Billing"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc, Service: provider, Clients: &[]awsec2.IConnectable{newClient(vpc, "Client")},
	})
}
