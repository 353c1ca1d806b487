package network

import "slices"

const peeringType = "AWS::EC2::VPCPeeringConnection"

// PeeringConnection is a peering connection of two VPCs.
type PeeringConnection struct{ *Resource }

// VpcId is the VPC of the requester.
func (c *PeeringConnection) VpcId() Property { return property(c.Resource, "VpcId") }

// PeerVpcId is the VPC of the accepter.
func (c *PeeringConnection) PeerVpcId() Property { return property(c.Resource, "PeerVpcId") }

// PeerOwnerId is the account of the accepter. Default: that of the requester.
func (c *PeeringConnection) PeerOwnerId() Property { return property(c.Resource, "PeerOwnerId") }

// PeerRegion is the Region of the accepter. Default: that of the requester.
func (c *PeeringConnection) PeerRegion() Property { return property(c.Resource, "PeerRegion") }

// PeerRoleArn is the role of the accepter's account with which CloudFormation accepts the connection.
func (c *PeeringConnection) PeerRoleArn() Property { return property(c.Resource, "PeerRoleArn") }

// Account is the account of the accepter, as far as the connection tells; "" if that is undecided.
func (c *PeeringConnection) Account() string { return orOwn(c.PeerOwnerId(), c.Stack.Account) }

// Region is the Region of the accepter, as far as the connection tells; "" if that is undecided.
func (c *PeeringConnection) Region() string { return orOwn(c.PeerRegion(), c.Stack.Region) }

// orOwn is the literal of a property, or what holds where it is absent.
func orOwn(p Property, own string) string {
	if p.IsAbsent() {
		return own
	}
	return p.Literal()
}

// Connects says whether the connection is one of two VPCs, whichever of them requests it.
func (c *PeeringConnection) Connects(a, b Value) Tristate {
	from, to := c.VpcId().Value, c.PeerVpcId().Value
	return max(min(Equal(a, from), Equal(b, to)), min(Equal(a, to), Equal(b, from)))
}

// PeeringConnections are the peering connections of the templates.
func (n *Network) PeeringConnections() []*PeeringConnection { return n.transit.peerings.list }

// PeeringConnection is the peering connection that a value refers to; nil if it refers to none.
func (n *Network) PeeringConnection(v Value) *PeeringConnection {
	return n.transit.peerings.referred(v)
}

// PeeringsOf are the peering connections of which a VPC is a side for certain.
func (n *Network) PeeringsOf(vpc Value) []*PeeringConnection { return n.transit.peeringsOf.named(vpc) }

// MayConnect reports whether the templates connect two VPCs, or may: by a peering, or by attachments of both to transit
// gateways. What other templates connect is not known.
func (n *Network) MayConnect(a, b Value) bool {
	if slices.ContainsFunc(n.transit.peerings.list, func(c *PeeringConnection) bool { return c.Connects(a, b) != No }) {
		return true
	}
	return n.mayBeAttached(a) && n.mayBeAttached(b)
}

// mayBeAttached reports whether a VPC is attached to a transit gateway, or may be.
func (n *Network) mayBeAttached(vpc Value) bool {
	return slices.ContainsFunc(n.transit.attachments.list, func(a *GatewayAttachment) bool { return Equal(vpc, a.VpcId().Value) != No })
}

// OverlappingBlocks are blocks of two VPCs that overlap; ok is false if no known ones do. isKnown says that all blocks are.
// https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-limitations
func (n *Network) OverlappingBlocks(a, b Value) (own, other Property, ok, isKnown bool) {
	ours, knownA := n.blocksOf(a)
	theirs, knownB := n.blocksOf(b)
	for _, p := range ours {
		for _, q := range theirs {
			x, _ := Block(p.Value)
			y, _ := Block(q.Value)
			if x.Overlaps(y) {
				return p, q, true, knownA && knownB
			}
		}
	}
	return Property{}, Property{}, false, knownA && knownB
}

// blocksOf are the blocks of a VPC that are known, as properties; isKnown is false if it has or may have others.
func (n *Network) blocksOf(vpc Value) (list []Property, isKnown bool) {
	v := n.VPC(vpc)
	if v == nil {
		return nil, false
	}
	isKnown = len(n.secondaryCIDRs.unplaced()) == 0
	for _, r := range slices.Concat([]*Resource{v.Resource}, n.secondaryCIDRs.of(v.Resource)) {
		for _, name := range []string{"CidrBlock", "Ipv6CidrBlock"} {
			p := property(r, name)
			if _, ok := Block(p.Value); ok {
				list = append(list, p)
			} else if !p.IsAbsent() || name == "CidrBlock" && len(list) == 0 && r == v.Resource {
				isKnown = false
			}
		}
		for _, name := range []string{"Ipv4IpamPoolId", "Ipv6IpamPoolId"} {
			if !property(r, name).IsAbsent() && property(r, "CidrBlock").IsAbsent() && property(r, "Ipv6CidrBlock").IsAbsent() {
				isKnown = false
			}
		}
	}
	return list, isKnown
}

func (n *Network) indexPeerings() {
	collect(n, &n.transit.peerings, peeringType, func(r *Resource) *PeeringConnection { return &PeeringConnection{r} })
	for _, c := range n.transit.peerings.list {
		n.transit.peeringsOf.add(c.VpcId().Value, c)
		n.transit.peeringsOf.add(c.PeerVpcId().Value, c)
	}
}
