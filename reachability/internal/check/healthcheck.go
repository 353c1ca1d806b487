package check

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// healthCheck finds a health check of an ALB by its NLB that AWS does not accept, or that an ALB can never pass.
func healthCheck(p *pass) {
	for _, tg := range p.targetGroups {
		if isForALB(tg) {
			p.healthCheckNumbers(tg, rules.CheckHealthCheckNumber)
			p.healthCheckOff(tg)
			p.healthCheckValues(tg)
		}
	}
	for _, e := range p.albTargets {
		p.healthCheckOfALB(e)
	}
}

// healthCheckNumbers reports times and counts that no target group accepts.
func (p *pass) healthCheckNumbers(tg *network.TargetGroup, check func(report *rules.Report, property string, value float64, accepted rules.Range)) {
	for _, n := range []struct {
		property network.Property
		accepted rules.Range
	}{
		{tg.HealthCheckIntervalSeconds(), rules.HealthCheckIntervals},
		{tg.HealthCheckTimeoutSeconds(), rules.HealthCheckTimeouts},
		{tg.HealthyThresholdCount(), rules.HealthCheckThresholds},
		{tg.UnhealthyThresholdCount(), rules.HealthCheckThresholds},
	} {
		p.number(n.property, func(report *rules.Report, property string, value float64) { check(report, property, value, n.accepted) })
	}
}

// healthCheckOff reports health checks that are off, which only a target group of functions accepts.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
func (p *pass) healthCheckOff(tg *network.TargetGroup) {
	if kind := tg.TargetType(); tg.HealthCheckEnabled().Is(false) && !kind.IsUndecidedOr(rules.LambdaTargets) {
		p.reportWithFix("set HealthCheckEnabled to true, or leave it out", at{tg.HealthCheckEnabled(), kind}, "health checks are off, and only a target group of type lambda accepts that")
	}
}

// healthCheckValues reports what no target group for an ALB accepts.
func (p *pass) healthCheckValues(tg *network.TargetGroup) {
	if protocol := tg.HealthCheckProtocol(); protocol.IsLiteral() && !isHTTP(protocol) {
		p.reportWithFix("set HealthCheckProtocol to the protocol of the ALB's listener, HTTPS or HTTP", at{protocol}, "HealthCheckProtocol is %s", protocol)
	}
	p.text(tg.HealthCheckPath(), func(report *rules.Report, property, path string) {
		rules.CheckHealthCheckPath(report, property, path, false)
	})
	p.text(tg.HTTPCodes(), func(report *rules.Report, property, codes string) {
		rules.CheckHTTPCodes(report, property, codes, false)
	})
}

func isHTTP(protocol network.Property) bool {
	return protocol.Literal() == "HTTP" || protocol.Literal() == "HTTPS"
}

// healthCheckOfALB reports a health check that does not match the listener of the ALB, or that the ALB answers with an
// unhealthy code.
func (p *pass) healthCheckOfALB(e albTargetEntry) {
	port := e.tg.HealthCheckPort()
	hasOwn := !port.IsAbsent() && port.Literal() != "traffic-port"
	if !hasOwn {
		port = e.port()
	}
	number, ok := port.Number()
	listeners := p.portsOf(e.alb)
	if !ok || !listeners.known {
		return
	}
	l := listeners.by[int(number)]
	switch {
	case l != nil && differInProtocol(e.tg, l):
		protocol := l.Protocol().Literal()
		p.reportWithFix("set HealthCheckProtocol to "+protocol, at{e.tg.HealthCheckProtocol(), l.Protocol()},
			"HealthCheckProtocol is %s, but the ALB's listener on port %v uses %s", e.tg.HealthCheckProtocol(), number, protocol)
	case l != nil:
		p.healthCheckAnswer(e.tg, l)
	case hasOwn: // the target's own port is a matter of [onePort]
		p.reportWithFix("set HealthCheckPort to traffic-port", at{port},
			"HealthCheckPort is %v, but ALB %s listens on %s", number, network.DisplayName(e.alb.Resource), listeners)
	}
}

// differInProtocol reports whether health checks are certain to use another protocol than the listener that gets them.
func differInProtocol(tg *network.TargetGroup, l *network.Listener) bool {
	return isHTTP(tg.HealthCheckProtocol()) && differ(tg.HealthCheckProtocol().Literal(), l.Protocol().Literal()) && network.IsCertain(l.Resource)
}

// healthCheckAnswer reports health checks that the ALB answers itself, with a code that does not count as healthy.
func (p *pass) healthCheckAnswer(tg *network.TargetGroup, l *network.Listener) {
	path, ok := healthCheckPath(tg)
	if !ok || !network.IsCertain(l.Resource) || !p.allRulesPlaced || slices.ContainsFunc(p.RulesOf(l), (*network.ListenerRule).CanMatchAddress) {
		return
	}
	first := p.Outcomes(l, network.Request{Host: network.HealthCheckHost, Path: path})[0]
	actions := first.Actions()
	if first.Maybe || !network.IsCertain(first.Resource()) || len(actions.Items) != 1 {
		return
	}
	code, _, _ := actions.Answer()
	if code != "" && isUnhealthy(tg, code) {
		p.reportWithFix(
			"add a listener rule without a host condition that answers or forwards the path, or add "+code+" to HttpCode of the matcher",
			at{tg.HealthCheckPath(), tg.HTTPCodes(), actions.List}, "the ALB answers health checks of %s with %s", path, code,
		)
	}
}

// healthCheckPath is the path of health checks, without the query; ok is false if it is unknown.
func healthCheckPath(tg *network.TargetGroup) (path string, ok bool) {
	if tg.HealthCheckPath().IsAbsent() {
		return "/", true
	}
	path, ok = tg.HealthCheckPath().Text()
	path, _, _ = strings.Cut(path, "?")
	return path, ok
}

// isUnhealthy reports whether a target group is certain to take an HTTP code for unhealthy: without a matcher, errors are.
func isUnhealthy(tg *network.TargetGroup, code string) bool {
	codes, ok := tg.HTTPCodes().Text()
	return ok && !rules.CodeMatches(codes, code) || tg.Matcher().IsAbsent() && code >= "400"
}
