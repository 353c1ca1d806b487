package deploy_test

import (
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// way is a transport, with the hops of a proof that only it has.
type way string

const (
	byPrivateLink way = "PrivateLink"
	byLattice     way = "VPC Lattice"
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
}

// movingStep is a deployment of a consumer that moves.
type movingStep struct {
	name    string // of the assembly that test/deploy/apps/moving writes
	text    string
	changes consequences
	leads   way   // where the name leads afterwards
	stand   []way // the ways that exist afterwards
}

// ofEndpoint and ofAssociation are the resources of one way in the stack of the consumer.
var (
	ofEndpoint    = []string{"Endpoint", "SecurityGroup", "rule of CheckoutGroup", "rule of SecurityGroup"}
	ofAssociation = []string{
		"ServiceAssociation", "Vpc/PrivateApiServiceNetwork", "Vpc/PrivateApiServiceNetwork/SecurityGroup",
		"Vpc/PrivateApiServiceNetwork/VpcAssociation", "rule of CheckoutGroup", "rule of CheckoutGroup",
		"rule of Vpc/PrivateApiServiceNetwork/SecurityGroup",
	}
	movingRecord = []string{"HostedZone-" + movingDomain + "/A"}
)

// movingSteps are a move from PrivateLink to VPC Lattice and back. The record is listed, because CloudFormation does not know the name of a
// connection before it makes it.
var movingSteps = []movingStep{
	{
		name: "leaving", text: "`Service` over VPC Lattice, `Previous` over PrivateLink", changes: consequences{added: ofAssociation, listed: movingRecord},
		leads: byLattice, stand: []way{byPrivateLink, byLattice},
	},
	{name: "moved", text: "`Previous` is removed", changes: consequences{removed: ofEndpoint}, leads: byLattice, stand: []way{byLattice}},
	{
		name: "returning", text: "`Service` over PrivateLink, `Previous` over VPC Lattice", changes: consequences{added: ofEndpoint, listed: movingRecord},
		leads: byPrivateLink, stand: []way{byPrivateLink, byLattice},
	},
	{name: "returned", text: "`Previous` is removed", changes: consequences{removed: ofAssociation}, leads: byPrivateLink, stand: []way{byPrivateLink}},
}
