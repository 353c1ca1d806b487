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
	if r, off := healthCheckOff(tg); off {
		return r
	}
	switch p := tg.HealthCheckProtocol(); {
	case p.IsUndecided():
		return undecided(p)
	case !from.isNetwork() && p.IsLiteral() && p.Literal() != "HTTP" && p.Literal() != "HTTPS":
		return blocks(
			fmt.Sprintf("the health check of an ALB's targets is HTTP or HTTPS, not %s", p.Literal()), "set HealthCheckProtocol to HTTP, or leave it out",
		).at(p)
	}
	if to.Resource != nil {
		if _, r := t.healthPort(from.node, to.Node, tg, to.Port); r.verdict != proof.Reachable {
			return r
		}
	}
	if codes, ok := tg.HTTPCodes().Text(); ok {
		report := &rules.Report{}
		rules.CheckHTTPCodes(report, "HttpCode", codes, false)
		if report.HasErrors() {
			problem := report.Problems()[0]
			return blocks(problem.What, problem.Fix).breaks(rules.HealthCheck).at(tg.HTTPCodes())
		}
	}
	return passes("the health check reaches the target; what the target answers is not in the templates").atResource(tg.Resource)
}

// healthCheckOff finds health checks that are off, which only a target group of functions accepts.
func healthCheckOff(tg *network.TargetGroup) (r result, found bool) {
	switch p := tg.HealthCheckEnabled(); {
	case p.IsUndecided():
		return undecided(p), true
	case p.Is(false):
		return blocks("health checks are off, and ELB accepts that only for a target group of type lambda", "set HealthCheckEnabled to true, or leave it out").
			breaks(rules.HealthCheck).at(p, tg.TargetType()), true
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
