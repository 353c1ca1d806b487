package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// targetHealth finds whether the health check of a target group can reach a target. What the target answers is not in the
// templates.
func (t *trace) targetHealth(from loadBalancer, tg *network.TargetGroup, to network.Target) result {
	rule := healthCheckRule(from)
	if r, off := healthCheckOff(tg, rule); off {
		return r
	}
	protocol, codes := tg.HealthCheckProtocol(), tg.HTTPCodes()
	if protocol.IsUndecided() {
		return undecided(protocol)
	}
	if text, ok := protocol.Text(); ok && !from.isNetwork() {
		if r, found := broken(protocol, func(r *rules.Report) { rules.CheckTargetHealthCheckProtocol(r, "HealthCheckProtocol", text) }); found {
			return r
		}
	}
	if to.Resource != nil {
		if _, r := t.healthPort(from.node, to.Node, tg, to.Port); r.verdict != proof.Reachable {
			return r
		}
	}
	version := tg.ProtocolVersion()
	if text, ok := codes.Text(); ok && !version.IsUndecided() {
		check := func(r *rules.Report) { rules.CheckTargetHTTPCodes(r, "HttpCode", text, version.Literal()) }
		if from.isNetwork() {
			check = func(r *rules.Report) { rules.CheckHTTPCodes(r, "HttpCode", text, false) }
		}
		if r, found := broken(codes, check); found {
			return r
		}
	}
	return passes("the health check reaches the target; what the target answers is not in the templates").atResource(tg.Resource)
}

// healthCheckRule is the rule of health checks by a load balancer: an ALB has another one for its targets than an NLB.
func healthCheckRule(from loadBalancer) rules.Rule {
	if from.isNetwork() {
		return rules.HealthCheck
	}
	return rules.TargetHealthCheck
}

// broken finds a value that a rule does not accept.
func broken(at network.Property, check func(*rules.Report)) (r result, found bool) {
	report := &rules.Report{}
	check(report)
	if !report.HasErrors() {
		return result{}, false
	}
	problem := report.Problems()[0]
	return blocks(problem.Property+": "+problem.What, problem.Fix).breaks(problem.Rule).at(at), true
}

// healthCheckOff finds health checks that are off, which only a target group of functions accepts.
func healthCheckOff(tg *network.TargetGroup, rule rules.Rule) (r result, found bool) {
	switch p := tg.HealthCheckEnabled(); {
	case p.IsUndecided():
		return undecided(p), true
	case p.Is(false):
		return blocks("health checks are off, and ELB accepts that only for a target group of type lambda", "set HealthCheckEnabled to true, or leave it out").
			breaks(rule).at(p, tg.TargetType()), true
	}
	return result{}, false
}

// healthPort returns the port of a health check: that of the requests, or one of its own. For one of its own, the result
// says whether security groups and network ACLs allow it; it is 0 if the port is undecided.
func (t *trace) healthPort(from, to network.Node, tg *network.TargetGroup, requests int) (port int, r result) {
	p := tg.HealthCheckPort()
	value, ok := p.Text()
	if p.IsAbsent() || value == "traffic-port" {
		return requests, passes("")
	}
	number, isNumber := rules.PortNumber(value)
	if !ok || !isNumber {
		return 0, undecided(p)
	}
	port = int(number)
	for _, r := range []result{
		t.allows(from, network.Egress, port, to), t.acls(from, to, port), t.allows(to, network.Ingress, port, from),
	} {
		if r.verdict != proof.Reachable {
			r.message = fmt.Sprintf("health checks go to port %d: %s", port, r.message)
			return port, r.at(p)
		}
	}
	return port, passes("")
}
