package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// named takes a rule that names a group of the peer. Between VPCs that does not always hold.
func (c *groupCheck) named(m ruleMatch, p network.Property) {
	r := c.reference(m, p)
	switch r.verdict {
	case proof.Reachable:
		c.matched(m, p)
	case proof.Unknown:
		c.doubtful(r)
	case proof.Blocked:
		if c.useless == nil {
			c.useless = &r
		}
	}
}

// reference finds whether a rule may name a group of the peer's VPC.
// https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-transit-gateways.html#create-tgw-sg-referencing
func (c *groupCheck) reference(m ruleMatch, p network.Property) result {
	switch c.over.kind {
	case network.ToPeering:
		if r := c.overPeering(p); r.verdict != proof.Reachable {
			return r
		}
	case network.ToTransitGateway:
		if r := c.overGateway(p); r.verdict != proof.Reachable {
			return r
		}
	default:
		return passes("")
	}
	return c.groupOwner(m, p)
}

// byAddress is what a rule names instead of a group.
func (c *groupCheck) byAddress() string {
	return fmt.Sprintf("name the CIDR blocks of %s instead", network.NameOf(c.peer.VPC))
}

// overPeering finds a reference over a peering connection between Regions.
func (c *groupCheck) overPeering(p network.Property) result {
	a, b := regionOf(c.of), regionOf(c.peer)
	if conn := c.over.connection; conn != nil && (a == "" || b == "") {
		a, b = conn.Stack.Region, conn.Region()
	}
	switch {
	case a == "" && b == "" && c.over.connection != nil && c.over.connection.PeerRegion().IsAbsent():
		return passes("")
	case a == "" || b == "":
		return unknown(fmt.Sprintf("whether %s and %s are in one Region, where a rule may name a group of the other, is unknown", c.of.Name, c.peer.Name), c.byAddress()).at(p)
	case a != b:
		return blocks(
			fmt.Sprintf("the rule names security group %s of %s, and a rule of %s cannot name groups of another Region", network.NameOf(p.Value), b, a), c.byAddress(),
		).at(p)
	}
	return passes("")
}

// regionOf is the Region of a node; "" if that is not known.
func regionOf(node network.Node) string {
	if r, _, ok := node.VPC.Reference(); ok {
		return r.Stack.Region
	}
	if node.Resource != nil {
		return node.Resource.Stack.Region
	}
	return ""
}

// overGateway finds a reference over a transit gateway that does nothing: an outbound one, or an inbound one without support of the
// gateway and of both attachments.
func (c *groupCheck) overGateway(p network.Property) result {
	group := network.NameOf(p.Value)
	if c.d == network.Egress {
		return blocks(
			fmt.Sprintf("the egress rule names security group %s of another VPC, and over a transit gateway only ingress rules can: it does nothing", group), c.byAddress(),
		).at(p)
	}
	if c.over.role == "endpoint" {
		return blocks(
			fmt.Sprintf("the ingress rule names security group %s of another VPC, which an endpoint does not support over a transit gateway", group), c.byAddress(),
		).at(p)
	}
	gateway := c.n.TransitGateway(c.over.target.Value)
	if gateway == nil || c.over.own == nil || c.over.other == nil {
		return unknown("whether the transit gateway and both attachments support references to security groups is not in the templates", c.byAddress()).
			assumedBy(proof.AssumeTransitGateway).at(p, c.over.target)
	}
	for _, flag := range []struct {
		on network.Property
		is network.Tristate
	}{
		{gateway.SecurityGroupReferencingSupport(), network.Switch(gateway.SecurityGroupReferencingSupport(), network.No)},
		{c.over.own.SecurityGroupReferencingSupport(), network.Switch(c.over.own.SecurityGroupReferencingSupport(), network.Yes)},
		{c.over.other.SecurityGroupReferencingSupport(), network.Switch(c.over.other.SecurityGroupReferencingSupport(), network.Yes)},
	} {
		switch flag.is {
		case network.No:
			return blocks(
				fmt.Sprintf("the ingress rule names security group %s of another VPC, and %s of %s is not enable: it does nothing", group, flag.on.Path(), network.DisplayName(flag.on.Resource)),
				"set SecurityGroupReferencingSupport to enable, at the transit gateway and at both attachments, or "+c.byAddress(),
			).at(p, flag.on)
		case network.Maybe:
			return undecided(flag.on).at(p)
		}
	}
	return passes("")
}

// groupOwner finds a rule that names a group of another account without that account. Egress rules of CloudFormation have no property
// for it.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html
func (c *groupCheck) groupOwner(m ruleMatch, p network.Property) result {
	if c.d == network.Egress || c.peer.Resource == nil {
		return passes("")
	}
	owner, by := c.peer.Resource.Stack.Account, m.rule.Resource.Stack.Account
	if r, _, ok := p.Reference(); ok {
		owner = r.Stack.Account
	}
	said := m.rule.OwnerProperty()
	switch {
	case said.IsUndecided() && !said.IsLiteral():
		return passes("") // of whatever account the deployment names
	case owner == "" || by == "":
		return passes("")
	case said.IsAbsent() && owner == by, said.Literal() == owner:
		return passes("")
	case said.IsAbsent():
		return blocks(
			fmt.Sprintf("the ingress rule names security group %s of account %s without SourceSecurityGroupOwnerId, so EC2 looks for it in account %s", network.NameOf(p.Value), owner, by),
			fmt.Sprintf("set SourceSecurityGroupOwnerId to %q", owner),
		).at(p)
	}
	return blocks(
		fmt.Sprintf("SourceSecurityGroupOwnerId is %s, and security group %s is of account %s", said.Literal(), network.NameOf(p.Value), owner), fmt.Sprintf("set it to %q", owner),
	).at(said, p)
}
