package check

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// tcpIdleTimeout finds a TCP idle timeout that no listener accepts.
func tcpIdleTimeout(p *pass) {
	for _, l := range p.listeners {
		if timeout, ok := l.IdleTimeout(); ok {
			p.number(timeout, rules.CheckIdleTimeout)
		}
	}
}

// albIdleTimeout finds an idle timeout that no ALB accepts.
func albIdleTimeout(p *pass) {
	for _, lb := range p.loadBalancers {
		if timeout, ok := lb.IdleTimeout(); ok {
			p.number(timeout, rules.CheckAlbIdleTimeout)
		}
	}
}

// idleTimeoutOrder warns of an ALB that keeps idle connections longer than an NLB in front of it.
func idleTimeoutOrder(p *pass) {
	shortest := map[*network.LoadBalancer]float64{} // of the NLBs in front of each ALB
	for _, e := range p.albTargets {
		for _, by := range p.ForwardedBy(e.tg.Ref()) {
			seconds, ok := tcpIdleTimeoutOf(by.Listener)
			if earlier, has := shortest[e.alb]; ok && by.IsCertain() && isCertain(by.LoadBalancer) && (!has || seconds < earlier) {
				shortest[e.alb] = seconds
			}
		}
	}
	for _, lb := range p.loadBalancers {
		timeout, _ := lb.IdleTimeout()
		own, isSet := timeout.Number() // the ALB's default is the least that an NLB accepts
		if network, ok := shortest[lb]; ok && isSet {
			p.values(timeout, func(report *rules.Report, property string) { rules.CheckIdleTimeouts(report, property, own, network) })
		}
	}
}

// tcpIdleTimeoutOf is the TCP idle timeout of a listener in seconds; ok is false if only the deployment decides it.
func tcpIdleTimeoutOf(l *network.Listener) (seconds float64, ok bool) {
	timeout, isSet := l.IdleTimeout()
	if !isSet {
		return rules.DefaultIdleTimeout, !l.MayHaveIdleTimeout()
	}
	return timeout.Number()
}
