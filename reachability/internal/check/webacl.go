package check

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// webACL finds a web ACL that an ALB cannot have.
func webACL(p *pass) {
	for _, a := range p.certainWebACLs() {
		if p.loadBalancer(a.ResourceArn().Value).Kind() == network.Application {
			p.text(a.WebACLArn(), func(report *rules.Report, property, arn string) {
				rules.CheckWebACL(report, property, arn, a.Stack.Region)
			})
		}
	}
}

// certainWebACLs are the associations of web ACLs that are there for certain.
func (p *pass) certainWebACLs() []*network.WebAclAssociation {
	return certain(p.WebAclAssociations(), func(a *network.WebAclAssociation) *network.Resource { return a.Resource })
}

// webACLPrivateLink finds a web ACL that blocks a subnet of the NLB in front of its ALB: requests over PrivateLink have addresses of the
// NLB as their source.
func webACLPrivateLink(p *pass) {
	for _, nlb := range p.nlbsOfServices() {
		for _, alb := range p.albsBehind(nlb) {
			for _, a := range p.certainWebACLs() {
				if acl := p.WebAcl(a.WebACLArn().Value); acl != nil && p.LoadBalancer(a.ResourceArn().Value) == alb {
					p.blockedSubnet(nlb, acl)
				}
			}
		}
	}
}

// albsBehind are the ALBs that an NLB forwards to for certain, each once.
func (p *pass) albsBehind(nlb *network.LoadBalancer) []*network.LoadBalancer {
	var list []*network.LoadBalancer
	seen := map[*network.LoadBalancer]bool{}
	for _, l := range certain(p.ListenersOf(nlb), func(l *network.Listener) *network.Resource { return l.Resource }) {
		for _, group := range l.DefaultActions.Targets().Groups {
			tg := p.TargetGroup(group.Value)
			if tg == nil || !network.IsCertain(tg.Resource) {
				continue
			}
			for i := range tg.Targets().Items() {
				if alb := p.loadBalancer(tg.TargetId(i).Value); isCertain(alb) && alb.Kind() == network.Application && !seen[alb] {
					seen[alb] = true
					list = append(list, alb)
				}
			}
		}
	}
	return list
}

// blockedSubnet reports the first subnet of an NLB that a web ACL blocks.
func (p *pass) blockedSubnet(nlb *network.LoadBalancer, acl *network.WebAcl) {
	for _, id := range nlb.Subnets() {
		s := p.Subnet(id.Value)
		if s == nil || !network.IsCertain(s.Resource) {
			continue
		}
		block, ok := network.Block(s.CidrBlock().Value)
		if !ok {
			continue
		}
		allows, by := p.WebAclAllows(acl, func(set network.Property) network.Tristate { return p.HasBlock(set.Value, block) })
		if allows == network.No {
			p.report(at{by, s.CidrBlock()}, "web ACL %s blocks %s, a subnet of NLB %s", network.DisplayName(acl.Resource), block, network.DisplayName(nlb.Resource))
			return
		}
	}
}
