package check

import (
	"net/netip"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// securityGroupRuleQuota warns of a security group with more rules than it has by default.
func securityGroupRuleQuota(p *pass) {
	for _, g := range p.SecurityGroups() {
		for _, list := range g.Rules {
			byVersion := map[bool]int{} // whether a rule is for IPv6
			for _, rule := range list {
				if network.IsCertain(rule.Resource) {
					byVersion[isIPv6(rule.Blocks())]++
				}
			}
			p.values(network.Whole(g.Resource), func(report *rules.Report, property string) {
				rules.CheckSecurityGroupRules(report, property, max(byVersion[true], byVersion[false]))
			})
		}
	}
}

// isIPv6 reports whether all CIDR blocks of a rule are known to be IPv6. A rule for a group counts as one for each version.
func isIPv6(blocks []network.Property) bool {
	for _, block := range blocks {
		if prefix, err := netip.ParsePrefix(block.Literal()); err != nil || !prefix.Addr().Is6() {
			return false
		}
	}
	return len(blocks) > 0
}

// cidr finds a rule of a security group whose CIDR block is not one. Host bits are not a problem: EC2 removes them.
func cidr(p *pass) {
	for _, g := range p.SecurityGroups() {
		for _, list := range g.Rules {
			for _, rule := range list {
				if rule.IsInline() {
					p.cidrBlocks(rule)
				}
			}
		}
	}
	for _, d := range []network.Direction{network.Ingress, network.Egress} {
		for rule := range p.StandaloneRules(d) {
			p.cidrBlocks(rule)
		}
	}
}

func (p *pass) cidrBlocks(rule network.Rule) {
	if !network.IsCertain(rule.Resource) {
		return
	}
	for _, block := range rule.Blocks() {
		p.text(block, func(report *rules.Report, property, value string) {
			if _, err := netip.ParsePrefix(value); err != nil {
				rules.CheckCIDR(report, property, value)
			}
		})
	}
}
