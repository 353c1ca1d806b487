package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/transitgateway"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/vpcpeering"
)

// Pricing is what the other teams need of the provider.
type Pricing struct {
	Vpc      awsec2.IVpc
	Api      routedapi.Api
	Accepter awsiam.IRole // accepts the peering connection of Checkout
	Hub      transitgateway.Hub
}

// NewPricingStack defines the API in front of a Fargate service, and the transit gateway.
func NewPricingStack(app awscdk.App) *Pricing {
	stack := awscdk.NewStack(app, jsii.String("RoutedPricing"), &awscdk.StackProps{Env: pricingEnv})
	vpc := newVpc(stack, pricingBlock)
	certificateArn := awscdk.NewCfnParameter(stack, jsii.String("CertificateArn"), nil) // in ACM, for the domain
	api := routedapi.NewApi(stack, jsii.String("Api"), &routedapi.ApiProps{
		Vpc:          vpc,
		DomainNames:  jsii.Strings(domain),
		Certificates: &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(certificateArn.ValueAsString())},
	})
	cluster := awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc})
	api.AddRoute(jsii.String("Quotes"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"),
		Targets:      &[]elbv2.IApplicationLoadBalancerTarget{newService(cluster, "Pricing", "pricing:2.4", nil)},
		HealthCheck:  &elbv2.HealthCheck{Path: jsii.String("/health")},
	})

	hub := transitgateway.NewHub(stack, jsii.String("Hub"), &transitgateway.HubProps{
		Segments: &[]*transitgateway.Segment{
			{Name: jsii.String(segmentApis)},
			{Name: jsii.String(segmentClients), Reaches: jsii.Strings(segmentApis)},
			{Name: jsii.String(segmentLab)},
		},
		ShareWith: &[]*string{reportsEnv.Account, labEnv.Account},
	})
	transitgateway.NewSpoke(stack, jsii.String("Spoke"), &transitgateway.SpokeProps{
		Hub:              hub,
		Vpc:              vpc,
		Segment:          jsii.String(segmentApis),
		Destinations:     jsii.Strings(company),
		SubnetCidrBlocks: jsii.Strings("10.0.255.0/28", "10.0.255.16/28"), // one for each zone
	})
	accepter := vpcpeering.NewAccepterRole(stack, jsii.String("Accepter"), &vpcpeering.AccepterRoleProps{
		Vpc: vpc, RequesterAccounts: &[]*string{checkoutEnv.Account},
	})
	return &Pricing{Vpc: vpc, Api: api, Accepter: accepter, Hub: hub}
}
