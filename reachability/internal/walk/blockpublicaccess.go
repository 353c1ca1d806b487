package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// publicAccess finds whether VPC Block Public Access lets the client out to the internet and requests in to the ALB. It is off unless an
// account turns it on in a Region.
// https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
func (t *trace) publicAccess(o overInternet) result {
	client := accessSide{node: t.client, out: true, isDirect: o.exit.isDirect(), subnets: o.exit.from}
	if nat := t.n.NatGateway(o.exit.target.Value); nat != nil {
		client.nat = nat.SubnetId()
	}
	alb := accessSide{node: o.alb.node, subnets: o.alb.node.Subnets}
	return t.worse(t.worse(passes("VPC Block Public Access lets requests out of %s and into %s", network.NameOf(t.client.VPC), network.NameOf(o.alb.node.VPC)), t.sideAccess(client)), t.sideAccess(alb))
}

// accessSide is one side of the internet: packets go out of subnets of a VPC, or come in.
type accessSide struct {
	node    network.Node
	subnets []network.Value
	nat     network.Property // the subnet of the NAT gateway that takes the packets; absent for none
	out     bool
	// isDirect says that packets go to the internet gateway without a NAT gateway.
	isDirect bool
}

// stack is the stack whose account and Region have the VPC.
func (s accessSide) stack() *network.Stack {
	if vpc, _, ok := s.node.VPC.Reference(); ok {
		return vpc.Stack
	}
	return s.node.Resource.Stack
}

// sideAccess finds whether VPC Block Public Access lets packets pass on one side.
func (t *trace) sideAccess(s accessSide) result {
	worst := passes("")
	for _, b := range t.n.BlocksPublicAccess(s.stack()) {
		r := t.blockedBy(b, s)
		if b.IsOf(s.stack()) == network.Maybe && r.verdict == proof.Blocked {
			missing := s.stack()
			if missing.Account != "" && missing.Region != "" {
				missing = b.Stack
			}
			r = unknown("whether it is that of the account and the Region is unknown: "+r.message, "deploy the stack to a named account and Region", environment(missing)).like(r)
		}
		worst = t.worse(worst, r)
	}
	return worst
}

// blockedBy finds whether one setting blocks packets.
func (t *trace) blockedBy(b *network.BlockPublicAccess, s accessSide) result {
	mode := b.Mode()
	if mode.IsUndecided() {
		return undecided(mode)
	}
	onlyIn := mode.Literal() == "block-ingress"
	if onlyIn && s.out && !s.isDirect {
		return passes("").restsOn(b.Resource)
	}
	switch is, doubt := t.excluded(s, onlyIn); {
	case is == network.Yes:
		return passes("").restsOn(b.Resource)
	case is == network.Maybe && !s.nat.IsAbsent() && network.Same(doubt.Value, s.nat.Value) == network.Yes:
		return unknown(
			fmt.Sprintf("VPC Block Public Access excludes %s, and not the subnets of %s", network.NameOf(s.nat.Value), s.node.Name), "exclude the VPC, or these subnets too",
		).at(mode, doubt)
	case is == network.Maybe:
		return unknownUntil(doubt.Value, "whether an exclusion from VPC Block Public Access is for %s is unknown", s.node.Name).at(doubt, mode)
	}
	what := "requests into " + s.node.Name
	if s.out {
		what = "what leaves " + network.NameOf(s.node.VPC)
	}
	return blocks(
		fmt.Sprintf("VPC Block Public Access is %s, and blocks %s", mode.Literal(), what), "exclude the VPC or the subnets with an AWS::EC2::VPCBlockPublicAccessExclusion, or call over PrivateLink",
	).at(mode)
}

// excluded says whether exclusions exempt one side: its VPC, or all of its subnets and that of the NAT gateway. doubt is what leaves it open:
// the subnet of the NAT gateway, if that alone is excluded, of which AWS does not say that it suffices.
func (t *trace) excluded(s accessSide, onlyIn bool) (is network.Tristate, doubt network.Property) {
	is, doubt = t.excludes(s.node.VPC, s, onlyIn)
	own, why := t.allExcluded(s.subnets, s, onlyIn)
	if !s.nat.IsAbsent() {
		gateway, whyGateway := t.excludes(s.nat.Value, s, onlyIn)
		switch {
		case gateway == network.Yes && own == network.No:
			own, why = network.Maybe, s.nat
		case gateway < own:
			own, why = gateway, whyGateway
		}
	}
	if own > is {
		return own, why
	}
	return is, doubt
}

// allExcluded says whether exclusions exempt all of some subnets.
func (t *trace) allExcluded(subnets []network.Value, s accessSide, onlyIn bool) (is network.Tristate, doubt network.Property) {
	if len(subnets) > 0 {
		is = network.Yes
	}
	for _, subnet := range subnets {
		if own, why := t.excludes(subnet, s, onlyIn); own < is {
			is, doubt = own, why
		}
	}
	return is, doubt
}

// excludes says whether an exclusion of a VPC or a subnet lets packets of one side pass.
func (t *trace) excludes(of network.Value, s accessSide, onlyIn bool) (is network.Tristate, doubt network.Property) {
	for _, e := range t.n.BlockPublicAccessExclusions(of) {
		own := network.Same(e.Of().Value, of)
		at := e.Of()
		switch mode := e.Mode(); {
		case mode.IsUndecided() && !mode.IsLiteral():
			own, at = min(own, network.Maybe), mode
		case mode.Literal() == "allow-egress" && (!s.out || onlyIn):
			own = network.No // it holds in the bidirectional mode alone
		}
		if e.Exists == network.Maybe && own == network.Yes {
			own, at = network.Maybe, network.Whole(e.Resource)
		}
		if own > is {
			is, doubt = own, at
		}
	}
	return is, doubt
}
