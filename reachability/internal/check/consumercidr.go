package check

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// enforcing is the NLB of an endpoint service whose inbound rules apply to PrivateLink traffic, with the blocks that they
// allow. All of its security groups are known.
type enforcing struct {
	*network.LoadBalancer
	// where is the property that enforces the rules, and the security groups.
	where at
	// blocks are the CIDR blocks, and versions those that they are of.
	blocks   []network.Property
	versions rules.Versions
}

// enforcingNLBs are the NLBs that enforce inbound rules, and of which all rules are known.
func (p *pass) enforcingNLBs() []enforcing {
	var list []enforcing
	if !p.allIngressPlaced {
		return nil
	}
	for _, lb := range p.nlbsOfServices() {
		enforced := lb.EnforcesOnPrivateLink()
		if lb.SecurityGroups().IsEmpty() || !enforced.IsAbsent() && enforced.Literal() != "on" {
			continue
		}
		nlb, isKnown := enforcing{LoadBalancer: lb, where: at{enforced}}, true
		for _, id := range lb.SecurityGroups().Items() {
			group := p.DefinedGroup(id.Value)
			isKnown = isKnown && group != nil && group.Exists != network.No && !p.MayBeChangedByCustomResource(group.Resource) && nlb.read(group)
		}
		if isKnown {
			list = append(list, nlb)
		}
	}
	return list
}

// read reads the blocks of a security group; ok is false if a rule may have others.
func (nlb *enforcing) read(group *network.SecurityGroup) (ok bool) {
	if group.Unread[network.Ingress] != nil {
		return false
	}
	nlb.where = append(nlb.where, network.Whole(group.Resource))
	for _, rule := range group.Rules[network.Ingress] {
		if !rule.IsMap() || rule.NamesPrefixList() {
			return false
		}
		nlb.blocks = append(nlb.blocks, rule.Blocks()...)
		nlb.versions.V4 = nlb.versions.V4 || !network.Property{Value: rule.CidrIp}.IsAbsent()
		nlb.versions.V6 = nlb.versions.V6 || !network.Property{Value: rule.CidrIpv6}.IsAbsent()
	}
	return true
}

// networkSecurityGroup finds an NLB whose security groups block all PrivateLink traffic: their ingress rules apply to it,
// and none of them is for the addresses of consumers.
func networkSecurityGroup(p *pass) {
	for _, nlb := range p.enforcingNLBs() {
		if len(nlb.blocks) == 0 {
			p.report(nlb.where, "ingress rules apply to PrivateLink traffic, and none of them names a CIDR block")
		}
	}
}

// consumerCIDR finds an NLB with IPv4 addresses alone, whose ingress rules allow IPv6 alone. That a rule allows every address
// is a matter of [openIngress].
func consumerCIDR(p *pass) {
	for _, nlb := range p.enforcingNLBs() {
		family := nlb.IpAddressType()
		if nlb.versions.V6 && !nlb.versions.V4 && (family.IsAbsent() || family.Literal() == "ipv4") {
			p.report(append(at{nlb.blocks[0], family}, nlb.where...), "ingress rules apply to PrivateLink traffic and allow IPv6 alone, but the NLB is IPv4")
		}
	}
}

// consumerCIDRVersions warns of a version of IP that an endpoint service offers, and that no ingress rule of its NLB is for.
func consumerCIDRVersions(p *pass) {
	for _, nlb := range p.enforcingNLBs() {
		if nlb.IpAddressType().Literal() != "dualstack" {
			continue
		}
		for _, service := range p.EndpointServicesBehind(nlb.LoadBalancer) {
			if offered, ok := versionsOf(service); ok && len(nlb.blocks) > 0 {
				p.values(nlb.blocks[0], func(report *rules.Report, property string) {
					rules.CheckConsumerCIDRVersions(report, property, offered, nlb.versions)
				})
			}
		}
	}
}

// versionsOf are the versions of IP that an endpoint service offers; ok is false if only the deployment decides them.
func versionsOf(service *network.EndpointService) (offered rules.Versions, ok bool) {
	types := service.SupportedIpAddressTypes()
	if types.IsAbsent() {
		return rules.Versions{V4: true}, true
	}
	if !types.IsList() {
		return rules.Versions{}, false
	}
	for _, item := range types.Items() {
		switch item.Literal() {
		case "ipv4":
			offered.V4 = true
		case "ipv6":
			offered.V6 = true
		default:
			return rules.Versions{}, false
		}
	}
	return offered, true
}
