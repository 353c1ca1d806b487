package check

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// listenerRequired finds an endpoint service's NLB that listens on no port.
func listenerRequired(p *pass) {
	if !p.allListenersPlaced {
		return
	}
	for _, lb := range p.nlbsOfServices() {
		if len(p.ListenersOf(lb)) == 0 {
			service := p.EndpointServicesBehind(lb)[0]
			p.report(at{network.Whole(lb.Resource), network.Whole(service.Resource)}, "the NLB of an endpoint service has no listener")
		}
	}
}

// listenerPort finds two listeners of a load balancer on one port.
func listenerPort(p *pass) {
	seen := map[*network.Listener]bool{}
	for _, l := range p.listeners {
		lb := p.loadBalancer(l.LoadBalancerArn().Value)
		if lb == nil || l.Port().IsUndecided() || seen[l] {
			continue
		}
		if other := p.SamePort(lb, l); other != nil && network.IsCertain(other.Resource) {
			seen[other] = true
			p.report(at{other.Port(), l.Port()}, "listener %s has port %v too", network.DisplayName(l.Resource), l.Port())
		}
	}
}

// listenerTLS finds what only a listener with TLS has.
func listenerTLS(p *pass) {
	for _, l := range p.listeners {
		protocol := l.Protocol()
		if !slices.Contains([]string{"TCP", "UDP", "TCP_UDP", "HTTP"}, protocol.Literal()) {
			continue
		}
		for _, property := range []network.Property{l.CertificatesProperty(), l.SslPolicy(), l.AlpnPolicy()} {
			if property.IsLiteral() || property.IsList() && !property.IsEmpty() {
				p.report(at{property, protocol}, "%s is set, but the listener speaks %s", property.Path(), protocol)
			}
		}
	}
}

// networkTarget finds a load balancer in a target group of another type.
func networkTarget(p *pass) {
	for _, tg := range p.targetGroups {
		if isForALB(tg) || tg.TargetType().IsUndecided() || isHTTP(tg.Protocol()) {
			continue
		}
		for i := range tg.Targets().Items() {
			if lb := p.loadBalancer(tg.TargetId(i).Value); lb != nil {
				p.report(at{tg.TargetId(i), tg.TargetType()}, "%s is a load balancer", network.DisplayName(lb.Resource))
			}
		}
	}
}

// networkTargetHealthCheck finds a health check of an NLB's targets that AWS does not accept.
func networkTargetHealthCheck(p *pass) {
	for _, tg := range p.targetGroups {
		if isForALB(tg) || isHTTP(tg.Protocol()) || tg.TargetType().Literal() == rules.LambdaTargets {
			continue
		}
		p.healthCheckNumbers(tg, rules.CheckNetworkTargetHealthCheckNumber)
		p.healthCheckOff(tg)
		p.text(tg.HealthCheckProtocol(), rules.CheckNetworkTargetHealthCheckProtocol)
		protocol := tg.HealthCheckProtocol()
		if isHTTP(protocol) {
			p.text(tg.HealthCheckPath(), rules.CheckNetworkTargetHealthCheckPath)
			p.text(tg.HTTPCodes(), rules.CheckNetworkTargetHTTPCodes)
		}
		if !protocol.IsUndecided() {
			p.networkTargetHealthCheckTimes(tg, protocol.Literal())
		}
	}
}

// networkTargetHealthCheckTimes reports a timeout that is longer than the interval, of which either may be ELB's default.
func (p *pass) networkTargetHealthCheckTimes(tg *network.TargetGroup, protocol string) {
	interval, timeout := rules.NetworkTargetHealthCheckTimes(protocol)
	of := tg.HealthCheckIntervalSeconds()
	interval, intervalOk := numberOr(of, interval)
	timeout, timeoutOk := numberOr(tg.HealthCheckTimeoutSeconds(), timeout)
	if intervalOk && timeoutOk {
		p.values(of, func(report *rules.Report, property string) {
			rules.CheckNetworkTargetHealthCheckTimes(report, property, interval, timeout)
		})
	}
}

// proxyProtocolHealthCheck warns of HTTP health checks that begin with the header of proxy protocol.
func proxyProtocolHealthCheck(p *pass) {
	for _, tg := range p.targetGroups {
		if on, _ := tg.ProxyProtocol(); on == network.Yes {
			p.text(tg.HealthCheckProtocol(), rules.CheckProxyProtocolHealthCheck)
		}
	}
}

// clientIPPreservation warns of target groups that preserve client IP addresses, which PrivateLink hides.
func clientIPPreservation(p *pass) {
	seen := map[*network.TargetGroup]bool{}
	for _, lb := range p.nlbsOfServices() {
		for _, tg := range p.TargetGroupsOf(lb) {
			if on, attribute := tg.PreservesClientIP(); on == network.Yes && !isForALB(tg) && network.IsCertain(tg.Resource) && !seen[tg] {
				seen[tg] = true
				p.report(at{attribute}, "%s preserves client IP addresses, but its NLB is that of an endpoint service", network.DisplayName(tg.Resource))
			}
		}
	}
}
