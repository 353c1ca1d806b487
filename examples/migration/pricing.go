package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
)

// Pricing is what the other teams need of the API.
type Pricing struct {
	Private privateapi.PrivateApiProvider // nil in Phase_STATUS_QUO
	Public  publicapi.IApi                // nil in Phase_INTERNAL
}

// NewPricingStack defines the API of a Fargate service: public, private or both, by phase.
func NewPricingStack(app awscdk.App, clients ...*Network) *Pricing {
	stack := awscdk.NewStack(app, jsii.String("MigrationPricing"), &awscdk.StackProps{Env: pricingEnv})
	// One certificate is for both ALBs, because the name stays.
	certificates := &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(setting(stack, "certificateArn"))}
	props := &publicapi.MigrationProps{
		Phase: phaseOf(stack),
		Begin: jsii.Bool(stack.Node().TryGetContext(jsii.String("begin")) != nil),
		Provider: &privateapi.PrivateApiProviderProps{
			DomainNames:     jsii.Strings(domain),
			Certificates:    certificates,
			AllowedAccounts: &[]*string{checkoutEnv.Account, reportsEnv.Account},
		},
	}
	pricing := &Pricing{}
	var vpc awsec2.IVpc
	if hasExisting(stack) {
		vpc, pricing.Public = useExisting(stack, props)
	} else {
		vpc = newVpc(stack, nil)
		props.PublicApi = publicApiProps(stack, vpc, certificates, clients)
	}
	props.Provider.Vpc = vpc

	migration := publicapi.NewMigration(stack, jsii.String("Migration"), props)
	migration.AddRoute(jsii.String("Quotes"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"),
		Targets:      &[]elbv2.IApplicationLoadBalancerTarget{newService(stack, "Pricing", vpc, "pricing:2.4", nil)},
		HealthCheck:  &elbv2.HealthCheck{Path: jsii.String("/health")},
	})
	if pricing.Private = migration.Provider(); pricing.Public == nil {
		pricing.Public = migration.PublicApi()
	}
	return pricing
}

// publicApiProps are those of the API as it begins: an internet-facing ALB that lets in the addresses of its clients' NAT gateways.
func publicApiProps(stack awscdk.Stack, vpc awsec2.IVpc, certificates *[]elbv2.IListenerCertificate, clients []*Network) *publicapi.ApiProps {
	var allowed []*publicapi.AllowedClient
	for _, client := range clients {
		allowed = append(allowed, client.Client)
	}
	return &publicapi.ApiProps{
		Vpc:         vpc,
		DomainNames: jsii.Strings(domain),
		HostedZone: awsroute53.HostedZone_FromHostedZoneAttributes(stack, jsii.String("Zone"), &awsroute53.HostedZoneAttributes{
			HostedZoneId: setting(stack, "hostedZoneId"),
			ZoneName:     jsii.String(zoneName),
		}),
		Certificates:   certificates,
		AllowedClients: &allowed,
	}
}

// setting is a context value of cdk.json, or of -c.
func setting(stack awscdk.Stack, key string) *string {
	value, _ := stack.Node().GetContext(jsii.String(key)).(string)
	return &value
}
