package network

// MayConnect reports whether the templates connect two VPCs, or may: by a peering, or by attachments of both to transit
// gateways. What other templates connect is not known.
func (n *Network) MayConnect(a, b Value) bool {
	for _, r := range n.OfType("AWS::EC2::VPCPeeringConnection") {
		from, to := r.Property("VpcId"), r.Property("PeerVpcId")
		if r.Exists != No && (mayBe(a, from) && mayBe(b, to) || mayBe(a, to) && mayBe(b, from)) {
			return true
		}
	}
	return n.mayBeAttached(a) && n.mayBeAttached(b)
}

// mayBeAttached reports whether a VPC is attached to a transit gateway, or may be.
func (n *Network) mayBeAttached(vpc Value) bool {
	for _, attachment := range []string{"AWS::EC2::TransitGatewayAttachment", "AWS::EC2::TransitGatewayVpcAttachment"} {
		for _, r := range n.OfType(attachment) {
			if r.Exists != No && mayBe(vpc, r.Property("VpcId")) {
				return true
			}
		}
	}
	return false
}

func mayBe(a, b Value) bool { return Equal(a, b) != No }
