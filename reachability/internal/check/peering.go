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

// peeringRole finds a peering connection with a VPC of another account, and no role that accepts it.
func peeringRole(p *pass) {
	for _, c := range p.routed.peerings {
		owner := c.PeerOwnerId()
		account := owner.Literal()
		if vpc := p.VPC(c.PeerVpcId().Value); owner.IsAbsent() && vpc != nil {
			owner, account = c.PeerVpcId(), vpc.Stack.Account
		}
		if differ(account, c.Stack.Account) && c.PeerRoleArn().IsAbsent() {
			p.report(at{owner}, "the VPC is of account %s, and the connection has no PeerRoleArn", account)
		}
	}
}
