package network

import "strings"

// BlockPublicAccess is VPC Block Public Access of an account in a Region.
// https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
type BlockPublicAccess struct{ *Resource }

// Mode is block-bidirectional or block-ingress.
func (b *BlockPublicAccess) Mode() Property {
	return property(b.Resource, "InternetGatewayBlockMode")
}

// IsOf says whether it is that of the account and the Region of a stack.
func (b *BlockPublicAccess) IsOf(s *Stack) Tristate {
	if b.Stack == s {
		return Yes
	}
	return min(sameIfKnown(b.Stack.Account, s.Account), sameIfKnown(b.Stack.Region, s.Region))
}

// sameIfKnown says whether two texts are one; each can be unknown.
func sameIfKnown(a, b string) Tristate {
	if a == "" || b == "" {
		return Maybe
	}
	return yesOrNo(strings.EqualFold(a, b))
}

// BlocksPublicAccess are the settings of the templates that are those of a stack's account and Region, or may be.
func (n *Network) BlocksPublicAccess(s *Stack) []*BlockPublicAccess {
	var list []*BlockPublicAccess
	for _, b := range n.internet.blockOptions {
		if b.IsOf(s) != No {
			list = append(list, b)
		}
	}
	return list
}

// BlockPublicAccessExclusion exempts a VPC or a subnet.
type BlockPublicAccessExclusion struct{ *Resource }

// Mode is allow-bidirectional or allow-egress.
func (e *BlockPublicAccessExclusion) Mode() Property {
	return property(e.Resource, "InternetGatewayExclusionMode")
}

// Of is the VPC or the subnet.
func (e *BlockPublicAccessExclusion) Of() Property {
	if vpc := property(e.Resource, "VpcId"); !vpc.IsAbsent() {
		return vpc
	}
	return property(e.Resource, "SubnetId")
}

// BlockPublicAccessExclusions are the exclusions of a VPC or a subnet, and those that may be.
func (n *Network) BlockPublicAccessExclusions(of Value) []*BlockPublicAccessExclusion {
	return append(n.internet.blockExclusions.named(of), n.internet.blockExclusions.unplaced()...)
}

func (n *Network) indexBlockPublicAccess() {
	for _, r := range n.OfType("AWS::EC2::VPCBlockPublicAccessOptions") {
		n.internet.blockOptions = append(n.internet.blockOptions, &BlockPublicAccess{r})
	}
	for _, r := range n.OfType("AWS::EC2::VPCBlockPublicAccessExclusion") {
		e := &BlockPublicAccessExclusion{r}
		n.internet.blockExclusions.add(e.Of().Value, e)
	}
}
