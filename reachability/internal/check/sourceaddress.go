package check

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// sourceIPCondition warns of conditions on the source address in the listener rules of an ALB behind an endpoint service.
func sourceIPCondition(p *pass) {
	behind := map[*network.LoadBalancer]bool{}
	for _, e := range p.albTargets {
		for _, nlb := range p.forwardersTo(e.tg) {
			behind[e.alb] = behind[e.alb] || len(p.EndpointServicesBehind(nlb)) > 0
		}
	}
	for _, r := range p.listenerRules {
		l := p.Listener(r.ListenerArn().Value)
		if l == nil || !behind[p.loadBalancer(l.LoadBalancerArn().Value)] {
			continue
		}
		for _, c := range r.Conditions {
			if c.Kind() == network.SourceIP {
				p.values(c.At, rules.CheckSourceAddress)
			}
		}
	}
}
