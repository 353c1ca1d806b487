package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/transitgateway"
)

// NewReportsStack defines a function that calls the API over the transit gateway, and in links what makes its VPC a client.
func NewReportsStack(app awscdk.App, pricing *Pricing, links awscdk.Stack) {
	stack := awscdk.NewStack(app, jsii.String("RoutedReports"), &awscdk.StackProps{Env: reportsEnv})
	vpc := newVpc(stack, reportsBlock)
	spoke := transitgateway.NewSpoke(stack, jsii.String("ReportsSpoke"), &transitgateway.SpokeProps{
		Hub:              pricing.Hub,
		Vpc:              vpc,
		Segment:          jsii.String(segmentClients),
		Destinations:     jsii.Strings(company),
		SubnetCidrBlocks: jsii.Strings("10.2.255.0/28", "10.2.255.16/28"),
		HubScope:         links,
	})
	reports := newFunction(vpc, "Reports")
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc:     vpc,
		Service: pricing.Api.Over(spoke),
		Clients: &[]awsec2.IConnectable{reports},
	})
	letIn(links, "Reports", pricing.Api, spoke, reports)
}
