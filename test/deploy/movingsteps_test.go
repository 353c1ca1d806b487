package deploy_test

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// way is a transport, with the hops of a proof that not every one has.
type way string

const (
	byPrivateLink way = "PrivateLink"
	byLattice     way = "VPC Lattice"
	byPeering     way = "VPC peering"
	byGateway     way = "Transit Gateway"
)

var hopsOf = map[way][]string{
	byPrivateLink: {
		reachability.HopEndpointIngress, reachability.HopEndpointZones, reachability.HopEndpointService, reachability.HopAllowedPrincipal,
		reachability.HopAcceptance, reachability.HopNlbIngress, reachability.HopNlbListener,
	},
	byLattice: {
		reachability.HopVpcAssociation, reachability.HopAssociationIngress, reachability.HopServiceAssociation, reachability.HopResourceShare,
		reachability.HopServiceDomain, reachability.HopServiceListener, reachability.HopServicePolicy, reachability.HopServiceTargetGroup,
	},
	byPeering: {reachability.HopPeering, reachability.HopRouteBack},
	byGateway: {
		reachability.HopAttachment, reachability.HopGatewayRoute, reachability.HopGatewayRouteBack, reachability.HopRouteBack, reachability.HopAttachmentNacl,
	},
}

// moving is a move from PrivateLink to another transport and back.
type moving struct {
	to    way
	app   string // the transport in the context of test/deploy/apps/moving
	steps []movingStep
}

// marker is before the table of the move in docs/deploy.md.
func (of *moving) marker() string { return "<!-- moves over " + string(of.to) + " -->" }

// movingStep is a deployment of a consumer that moves.
type movingStep struct {
	name    string // of the assembly that test/deploy/apps/moving writes
	text    string
	changes consequences // to the stack of the consumer
	leads   way          // where the name leads afterwards
	stand   []way        // the ways that exist afterwards
}

// The resources of one way in the stack of the consumer.
var (
	ofEndpoint    = []string{"Endpoint", "SecurityGroup", "rule of CheckoutGroup", "rule of SecurityGroup"}
	ofAssociation = []string{
		"ServiceAssociation", "Vpc/PrivateApiServiceNetwork", "Vpc/PrivateApiServiceNetwork/SecurityGroup",
		"Vpc/PrivateApiServiceNetwork/VpcAssociation", "rule of CheckoutGroup", "rule of CheckoutGroup",
		"rule of Vpc/PrivateApiServiceNetwork/SecurityGroup",
	}
	// Publish lets the stack of the provider's account that comes after refer to outputs.
	ofPeering = []string{
		"Peering/Connection", "Peering/Route-PrivateSubnet1-10.0.0.0-16", "Peering/Route-PrivateSubnet2-10.0.0.0-16",
		"Publish/GetStackOutputPolicy", "Publish/GetStackOutputRole",
	}
	ofSpoke = []string{
		"Publish/GetStackOutputPolicy", "Publish/GetStackOutputRole", "Spoke/Attachment",
		"Spoke/Route-PrivateSubnet1-10.0.0.0-16", "Spoke/Route-PrivateSubnet2-10.0.0.0-16", "Spoke/RouteTable",
		"Spoke/Subnet-10.1.255.0-28", "Spoke/Subnet-10.1.255.16-28",
		"Spoke/SubnetRouteTable-10.1.255.0-28", "Spoke/SubnetRouteTable-10.1.255.16-28",
	}
	movingRecord = []string{"HostedZone-" + movingDomain + "/A"}
	movingClient = []string{"CheckoutGroup"}
	ofClient     = []string{"Checkout/Service", "rule of CheckoutGroup", "rule of SecurityGroup"} // they refer to the ID of its group
)

// modifiedInPlace are the resources that a move modifies, with the only property that it changes. Rules that name blocks are properties of
// the client's security group.
var modifiedInPlace = map[string]string{movingRecord[0]: "AliasTarget", movingClient[0]: "SecurityGroupEgress"}

const removed = "`Previous` is removed"

// moves are the moves. The record is listed where CloudFormation does not know the name of a connection before it makes it, or the stack of the
// provider tells it.
var moves = []*moving{
	{byLattice, "lattice", []movingStep{
		{
			name: "leaving", text: "`Service` over VPC Lattice, `Previous` over PrivateLink", changes: consequences{added: ofAssociation, listed: movingRecord},
			leads: byLattice, stand: []way{byPrivateLink, byLattice},
		},
		{name: "moved", text: removed, changes: consequences{removed: ofEndpoint}, leads: byLattice, stand: []way{byLattice}},
		{
			name: "returning", text: "`Service` over PrivateLink, `Previous` over VPC Lattice", changes: consequences{added: ofEndpoint, listed: movingRecord},
			leads: byPrivateLink, stand: []way{byPrivateLink, byLattice},
		},
		{name: "returned", text: removed, changes: consequences{removed: ofAssociation}, leads: byPrivateLink, stand: []way{byPrivateLink}},
	}},
	routedMove(byPeering, "peering", ofPeering),
	routedMove(byGateway, "gateway", ofSpoke),
}

// routedMove is a move to a network whose far end is in a stack that comes after that of the consumer, in the account of the provider. So the
// consumer is connected first, and its name follows when the way back exists.
func routedMove(to way, app string, ofNetwork []string) *moving {
	both := []way{byPrivateLink, to}
	there, back := "`Service` over "+string(to)+", `Previous` over PrivateLink", "`Service` over PrivateLink, `Previous` over "+string(to)
	return &moving{to, app, []movingStep{
		{name: "connecting", text: back, changes: consequences{added: ofNetwork, modified: movingClient, listed: ofClient}, leads: byPrivateLink, stand: both},
		{name: "leaving", text: there, changes: consequences{modified: movingRecord}, leads: to, stand: both},
		{name: "moved", text: removed, changes: consequences{removed: ofEndpoint}, leads: to, stand: []way{to}},
		{name: "returning", text: back, changes: consequences{added: ofEndpoint, listed: movingRecord}, leads: byPrivateLink, stand: both},
		{name: "returned", text: removed, changes: consequences{removed: slices.Clone(ofNetwork), modified: movingClient, listed: ofClient}, leads: byPrivateLink, stand: []way{byPrivateLink}},
	}}
}
