package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/vpcpeering"
)

// NewCheckoutStack defines a Fargate service that calls the API over a VPC peering connection, and in links the routes back.
func NewCheckoutStack(app awscdk.App, pricing *Pricing, links awscdk.Stack) {
	stack := awscdk.NewStack(app, jsii.String("RoutedCheckout"), &awscdk.StackProps{Env: checkoutEnv})
	vpc := newVpc(stack, checkoutBlock)
	peering := vpcpeering.NewVpcPeering(stack, jsii.String("Peering"), &vpcpeering.VpcPeeringProps{
		Requester:     &vpcpeering.Side{Vpc: vpc},
		Accepter:      &vpcpeering.Side{Vpc: pricing.Vpc},
		AccepterRole:  pricing.Accepter,
		AccepterScope: links,
	})
	cluster := awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc})
	checkout := newService(cluster, "Checkout", "checkout:3.1", &map[string]*string{"PRICING_URL": jsii.String("https://" + domain + "/v1")})
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc:     vpc,
		Service: pricing.Api.Over(peering),
		Clients: &[]awsec2.IConnectable{checkout},
	})
	letIn(links, "Checkout", pricing.Api, peering, checkout)
}

// letIn lets a client of another account in. Only the account of the API can: it is deployed after the client.
func letIn(links awscdk.Stack, id string, api routedapi.Api, network routedapi.INetwork, client awsec2.IConnectable) {
	group := (*client.Connections().SecurityGroups())[0]
	routedapi.NewClientAccess(links, jsii.String(id+"Access"), &routedapi.ClientAccessProps{
		Api:            api,
		Network:        network,
		SecurityGroups: &[]*routedapi.ClientSecurityGroup{{SecurityGroupId: group.SecurityGroupId(), Account: group.Env().Account}},
	})
}
