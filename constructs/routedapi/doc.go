// Package routedapi offers private APIs behind an internal Application Load Balancer that clients reach by route: over a VPC peering connection
// (package vpcpeering), over a transit gateway (package transitgateway), or in the VPC of the API itself. The owner defines the API:
//
//	api := routedapi.NewApi(stack, jsii.String("Pricing"), &routedapi.ApiProps{
//		Vpc:          vpc,
//		DomainNames:  jsii.Strings("api.pricing.internal.company.com"),
//		Certificates: &[]elbv2.IListenerCertificate{certificate},
//	})
//	api.AddRoute(jsii.String("Quotes"), &privateapi.RouteOptions{PathPatterns: jsii.Strings("/v1/*"), Targets: targets})
//
// A consumer in another VPC names the network over which it reaches the API. Names, zones, records and clients are as with PrivateLink, so a
// consumer moves from one way to the other by its Service and its Previous:
//
//	privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
//		Vpc: clientVpc, Service: api.Over(peering), Clients: &[]awsec2.IConnectable{checkout},
//	})
//
// # Security
//
// The security group of the ALB is closed until clients are named. A consumer of the account and Region of the API adds a rule for the
// security group of each client. It cannot do so in another account: there the owner of the API names clients, by AllowedCidrs,
// AllowedSecurityGroups or a [ClientAccess]. A route itself lets nobody in, but it lets packets of all workloads reach every address of the
// block to which it leads: what else is in these subnets needs security groups as narrow as the ALB's.
//
// # Outbound rules of clients
//
// Over a peering connection in one account and Region, clients are let out to the security group of the ALB. Over a transit gateway, from another
// Region and from another account they are let out to CidrBlocks, the blocks of the subnets of the ALB. Over a transit gateway an outbound rule
// that names a security group matches nothing, between Regions a rule may name none, and the outbound rule of CloudFormation cannot say whose
// a security group is.
//
// # Order
//
// EC2 accepts a rule that names a security group of another VPC only while a network connects the two VPCs. The rules of Clients and of
// AllowClient wait for the network, as records do. Those that CDK adds by Connections of a client do not: deploy the network before.
//
// # Addresses
//
// No load balancer and no endpoint stands between clients and the ALB: it sees their own addresses, in X-Forwarded-For, in conditions on the
// source address and in its access logs. The CIDR blocks of the VPCs must not overlap; where they do, use PrivateLink.
package routedapi
