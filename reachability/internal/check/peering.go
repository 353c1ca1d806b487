package check

import "github.com/cdk-private-api/cdk-private-api-go/internal/network"

// peeringOverlap finds a peering connection between VPCs with blocks that overlap.
func peeringOverlap(p *pass) {
	for _, c := range p.routed.peerings {
		from, to := c.VpcId(), c.PeerVpcId()
		if network.Identical(from.Value, to.Value) {
			continue
		}
		if own, other, overlap := p.overlapping(from.Value, to.Value); overlap {
			p.report(at{to, own, other}, "%s of %s overlaps %s of %s", own, network.NameOf(from.Value), other, network.NameOf(to.Value))
		}
	}
}

// peeringSelf finds a peering connection of a VPC with itself.
func peeringSelf(p *pass) {
	for _, c := range p.routed.peerings {
		if to := c.PeerVpcId(); network.Identical(c.VpcId().Value, to.Value) {
			p.report(at{to}, "both ends are %s", network.NameOf(to.Value))
		}
	}
}
