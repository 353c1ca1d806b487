package check

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// publicWebACL warns of an internet-facing ALB that forwards requests of somebody on the internet, and with which no template associates a
// web ACL.
func publicWebACL(p *pass) {
	for _, alb := range p.publicALBs() {
		if len(p.WebAcls(alb)) == 0 && p.isCalled(alb) {
			p.report(at{network.Whole(alb.Resource), alb.Scheme()}, "no web ACL is associated with internet-facing ALB %s", network.DisplayName(alb.Resource))
		}
	}
}

// isCalled reports whether a security group of an internet-facing ALB lets public addresses in.
func (p *pass) isCalled(alb *network.LoadBalancer) bool {
	return slices.ContainsFunc(groupIDs(alb.SecurityGroups()), func(id network.GroupID) bool {
		g := p.DefinedGroup(id.Value)
		return g != nil && slices.ContainsFunc(g.Rules[network.Ingress], func(r network.Rule) bool {
			return network.IsCertain(r.Resource) && slices.ContainsFunc(r.Blocks(), func(block network.Property) bool {
				prefix, ok := network.Block(block.Value)
				return ok && network.IsPublicBlock(prefix) || p.ElasticIPOfBlock(block.Value) != nil
			})
		})
	})
}

// publicALBs are the internet-facing ALBs that forward requests.
func (p *pass) publicALBs() []*network.LoadBalancer {
	var list []*network.LoadBalancer
	for _, lb := range p.loadBalancers {
		if lb.Kind() == network.Application && lb.IsInternetFacing() == network.Yes && len(p.TargetGroupsOf(lb)) > 0 {
			list = append(list, lb)
		}
	}
	return list
}

// publicIngress warns of an internet-facing ALB whose security group lets every address in on a port on which it forwards requests. Of those
// that an endpoint service stands in front of, [openIngress] does.
func publicIngress(p *pass) {
	for _, alb := range p.publicALBsInFront() {
		for _, id := range groupIDs(alb.SecurityGroups()) {
			if g := p.DefinedGroup(id.Value); g != nil && network.IsCertain(g.Resource) {
				p.openTo(alb, g)
			}
		}
	}
}

// publicALBsInFront are those that no endpoint service stands in front of.
func (p *pass) publicALBsInFront() []*network.LoadBalancer {
	return slices.DeleteFunc(p.publicALBs(), func(alb *network.LoadBalancer) bool {
		return slices.Contains(p.apiPath().loadBalancers, alb)
	})
}

// openTo reports the rules of a security group that let every address in on a port on which an ALB forwards requests.
func (p *pass) openTo(alb *network.LoadBalancer, g *network.SecurityGroup) {
	for _, r := range certainRules(g) {
		if r.block.Bits() != 0 || !r.block.Addr().Is4() {
			continue
		}
		for _, l := range p.ListenersOf(alb) {
			if port, ok := l.Port().Number(); ok && network.IsCertain(l.Resource) && r.traffic.hasPort(port) && p.forwards(l) {
				p.report(at{r.property, l.Port()}, "the security group of internet-facing ALB %s allows %s on port %d", network.DisplayName(alb.Resource), r.block, int(port))
				break
			}
		}
	}
}

// forwards reports whether a listener forwards some requests.
func (p *pass) forwards(l *network.Listener) bool {
	for _, actions := range p.ActionsOf(l) {
		if len(actions.Targets().Groups) > 0 {
			return true
		}
	}
	return false
}

// hasPort reports whether the traffic includes TCP on a port.
func (t traffic) hasPort(port float64) bool {
	return t.protocol == "-1" || (t.protocol == "tcp" || t.protocol == "6") && t.text == "" && t.from <= port && port <= t.to
}
