package check

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// webACLSource finds a rule of a web ACL that tells sources apart, on an ALB behind the NLB of an endpoint service. On an internet-facing ALB the
// address and the country of those that do not come over PrivateLink are their own, but a rate still counts all that do together.
func webACLSource(p *pass) {
	for _, nlb := range p.nlbsOfServices() {
		for _, alb := range p.albsBehind(nlb) {
			for _, a := range p.certainWebACLs() {
				if acl := p.WebAcl(a.WebACLArn().Value); acl != nil && network.IsCertain(acl.Resource) && p.LoadBalancer(a.ResourceArn().Value) == alb {
					p.sourcesOf(acl, nlb, alb)
				}
			}
		}
	}
}

// sourcesOf reports each rule of a web ACL once.
func (p *pass) sourcesOf(acl *network.WebAcl, nlb, alb *network.LoadBalancer) {
	isPublic := alb.Scheme().Literal() == "internet-facing"
	for _, rule := range acl.Rules() {
		if rule.Action() == network.WebAclCount {
			continue
		}
		for source := range p.Sources(rule.Statement()) {
			isRate := source.What == "the rate of an address"
			if isPublic && !isRate && !source.IsForwarded {
				continue
			}
			if source.At.Kind() == network.IPSetStatement && !source.IsForwarded && p.mindsNLB(acl, nlb) {
				continue
			}
			sees := "which over PrivateLink is that of NLB " + network.DisplayName(nlb.Resource) + ", whoever calls"
			if source.IsForwarded {
				sees = "by a header that the caller writes"
			}
			p.report(at{rule.At}, "rule %s of web ACL %s looks at %s of the source, %s", nameOf(rule), network.DisplayName(acl.Resource), source.What, sees)
			break
		}
	}
}

// mindsNLB reports whether the IP sets of a web ACL decide over the NLB, or may: one has a subnet of it, or the web ACL blocks one, which is an
// error of its own.
func (p *pass) mindsNLB(acl *network.WebAcl, nlb *network.LoadBalancer) bool {
	for _, id := range nlb.Subnets() {
		s := p.Subnet(id.Value)
		if s == nil {
			return true
		}
		block, ok := network.Block(s.CidrBlock().Value)
		if !ok {
			return true
		}
		has := func(set network.Property) network.Tristate { return p.HasBlock(set.Value, block) }
		if allows, _ := p.WebAclAllows(acl, has); allows != network.Yes {
			return true
		}
		for _, rule := range acl.Rules() {
			for source := range p.Sources(rule.Statement()) {
				if source.At.Kind() != network.IPSetStatement {
					continue
				}
				if is, isKnown := p.InSet(source.At.Arn().Value, has); is != network.No || !isKnown {
					return true
				}
			}
		}
	}
	return false
}

// nameOf is the name of a rule, in quotes; its place in the web ACL for one that is not known.
func nameOf(rule network.WebAclRule) string {
	if name := rule.Name().Literal(); name != "" {
		return `"` + name + `"`
	}
	return rule.At.Path()
}
