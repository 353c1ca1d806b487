package main

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
)

// Network is the VPC of a team that calls the API.
type Network struct {
	Vpc awsec2.Vpc
	// Client is how the API knows the team: by the addresses of its NAT gateways, which are all that it sees.
	Client *publicapi.AllowedClient
}

// NewNetworkStack defines a VPC with a NAT gateway in each of two zones, and the addresses that they keep.
func NewNetworkStack(app awscdk.App, team string, env *awscdk.Environment) *Network {
	stack := awscdk.NewStack(app, jsii.String("Migration"+team+"Network"), &awscdk.StackProps{Env: env})
	var allocations, blocks []*string
	for i := range 2 {
		address := awsec2.NewCfnEIP(stack, jsii.String(fmt.Sprint("NatAddress", i+1)), &awsec2.CfnEIPProps{Domain: jsii.String("vpc")})
		allocations, blocks = append(allocations, address.AttrAllocationId()), append(blocks, jsii.String(*address.Ref()+"/32"))
	}
	return &Network{
		Vpc:    newVpc(stack, awsec2.NatProvider_Gateway(&awsec2.NatGatewayProps{EipAllocationIds: &allocations})),
		Client: &publicapi.AllowedClient{Name: jsii.String(team), CidrBlocks: &blocks},
	}
}

// newVpc defines a VPC of public subnets, and of private ones that send to the internet through NAT gateways. All VPCs have the same block,
// which is no problem over the internet, nor over PrivateLink.
func newVpc(stack awscdk.Stack, nat awsec2.NatProvider) awsec2.Vpc {
	return awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{
		IpAddresses:        awsec2.IpAddresses_Cidr(jsii.String("10.0.0.0/16")),
		MaxAzs:             jsii.Number(2),
		NatGatewayProvider: nat,
		SubnetConfiguration: &[]*awsec2.SubnetConfiguration{
			{Name: jsii.String("Public"), SubnetType: awsec2.SubnetType_PUBLIC, CidrMask: jsii.Number(24)},
			{Name: jsii.String("Private"), SubnetType: awsec2.SubnetType_PRIVATE_WITH_EGRESS, CidrMask: jsii.Number(20)},
		},
	})
}
