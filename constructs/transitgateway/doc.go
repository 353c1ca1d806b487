// Package transitgateway connects VPCs by a transit gateway, over which clients reach APIs of package routedapi: a hub with segments, and a
// spoke for each VPC.
//
//	hub := transitgateway.NewHub(network, jsii.String("Hub"), &transitgateway.HubProps{
//		Segments: &[]*transitgateway.Segment{
//			{Name: jsii.String("apis")},
//			{Name: jsii.String("shops"), Reaches: jsii.Strings("apis")},
//			{Name: jsii.String("lab")},
//		},
//		ShareWith: jsii.Strings("111111111111"),
//	})
//	spoke := transitgateway.NewSpoke(checkout, jsii.String("Spoke"), &transitgateway.SpokeProps{
//		Hub: hub, Vpc: checkoutVpc, Segment: jsii.String("shops"),
//		Destinations:     jsii.Strings("10.0.0.0/8"),
//		SubnetCidrBlocks: jsii.Strings("10.1.255.0/28", "10.1.255.16/28"),
//		HubScope:         joined,
//	})
//	privateapi.NewPrivateApiConsumer(checkout, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
//		Vpc: checkoutVpc, Service: api.Over(spoke), Clients: &[]awsec2.IConnectable{client},
//	})
//
// The VPC of the API needs a spoke, too, with Destinations that lead back to the clients.
//
// # Segments
//
// The default route table of a transit gateway lets all spokes reach each other, so a hub has none. The spokes of a segment share a route table,
// which has the routes to the spokes of the segments that it reaches: both ways, because a client that gets no answer reaches nothing. A spoke
// that is added, and a segment, move no resource of others.
//
// # Accounts
//
// The hub is shared by AWS RAM, and accepts attachments of those with whom it is shared. The association with a segment and the propagations belong
// to the account of the hub, and wait for the attachment, which waits for the hub. So they are in a stack of the hub's account after both: the
// HubScope. The constructs make each stack wait for those before it: between accounts, CDK's own references order no stacks.
//
// # Security
//
// A hub lets nobody in: security groups do. Inbound rules may name security groups of other spokes, unless SecurityGroupReferencing is false; an
// outbound rule that names one matches nothing, so clients are let out to blocks.
//
// # Limits
//
// Blocks of spokes that one segment reaches must not overlap. A hub has one Region, at most 20 segments by default, and one attachment for each
// VPC. Private hosted zones are not resolved across it: each consumer has its own. The constructs route IPv4.
package transitgateway
