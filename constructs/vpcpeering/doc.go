// Package vpcpeering connects two VPCs by a VPC peering connection, over which clients reach APIs of package routedapi: the request, its
// acceptance, also in another account and another Region, and the routes of both sides.
//
//	peering := vpcpeering.NewVpcPeering(checkout, jsii.String("Peering"), &vpcpeering.VpcPeeringProps{
//		Requester: &vpcpeering.Side{Vpc: checkoutVpc},
//		Accepter:  &vpcpeering.Side{Vpc: pricingVpc},
//	})
//	privateapi.NewPrivateApiConsumer(checkout, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
//		Vpc: checkoutVpc, Service: api.Over(peering), Clients: &[]awsec2.IConnectable{client},
//	})
//
// Either side may have the clients, and either the API.
//
// # Another account, another Region
//
// The accepter's account consents by a role that CloudFormation assumes: [NewAccepterRole], in the stack of the accepter's VPC. The routes back
// wait for the connection, which waits for that VPC. So they are in a third stack, the AccepterScope, of the accepter's account and Region. The
// constructs make each stack wait for those before it: between accounts and Regions, CDK's own references order no stacks.
//
// # Security
//
// A peering connection lets nobody in: security groups do. But all workloads in the subnets that have routes reach each address of the blocks
// of the other VPC, as far as security groups there allow. Narrow that with Subnets and CidrBlocks. In one Region, rules may name security groups
// of the other side, inbound and outbound; between Regions they name blocks.
//
// # Limits
//
// No block of one VPC may overlap a block of the other. Peering is not transitive: a VPC reaches neither the peers of its peer, nor its internet
// gateway, NAT gateways, VPN and gateway endpoints. A VPC has 50 connections by default, and 125 at most. The constructs route IPv4.
package vpcpeering
