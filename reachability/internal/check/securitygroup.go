package check

import (
	"net/netip"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

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
