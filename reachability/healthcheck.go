package reachability

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// albHealth finds whether the health check of a target group of type alb can find the ALB healthy.
func (t *trail) albHealth(nlb, alb party, tg *assembly.Resource, port int) step {
	protocol := tg.Property("HealthCheckProtocol")
	name, ok := protocol.Text()
	switch {
	case protocol.Kind() == assembly.Absent:
		return doubts("the health check has no protocol, and what an ALB is checked with by default is not documented", "set HealthCheckProtocol to the protocol of the ALB's listener").at(tg, "HealthCheckProtocol")
	case !ok:
		return undecided(tg, "HealthCheckProtocol")
	case name != "HTTP" && name != "HTTPS":
		return blocks(fmt.Sprintf("the health check of an ALB is HTTP or HTTPS, not %s", name), rules.HealthCheck.Fix).breaks(rules.HealthCheck.ID).at(tg, "HealthCheckProtocol")
	}
	if s, own := t.healthPort(nlb, alb, tg, port); own != port {
		if s.verdict != Reachable {
			return s
		}
		port = own
	}
	for _, listener := range t.m.listenersOf[resourceKey(alb.resource)] {
		if n, ok := listener.Property("Port").Number(); !ok || int(n) != port {
			continue
		}
		if got := text(listener, "Protocol"); got != name && listener.Property("Protocol").Kind() == assembly.Literal {
			return blocks(fmt.Sprintf("the health check speaks %s to port %d, where the ALB has a listener for %s", name, port, got), "set HealthCheckProtocol to "+got).
				breaks(rules.HealthCheck.ID).at(tg, "HealthCheckProtocol").at(listener, "Protocol")
		}
		return t.healthAnswer(tg, listener)
	}
	if t.m.unknownPort(alb.resource) {
		return doubts("the port of a listener of the ALB is not known", "write it into the template").at(tg, "HealthCheckPort")
	}
	s := blocks(fmt.Sprintf("the health check asks port %d, where the ALB has no listener", port), "let it ask the port of a listener, traffic-port by default").
		breaks(rules.HealthCheck.ID).at(tg, "HealthCheckPort").at(alb.resource)
	return unless(s, t.m.listenersOf, "LoadBalancerArn")
}

// healthPort returns the port of a health check, and whether security groups let it pass where it is one of its own.
func (t *trail) healthPort(from, to party, tg *assembly.Resource, traffic int) (step, int) {
	v := tg.Property("HealthCheckPort")
	value, ok := v.Text()
	if v.Kind() == assembly.Absent || value == "traffic-port" {
		return passes(""), traffic
	}
	n, isNumber := rules.PortNumber(value)
	if !ok || !isNumber {
		return undecided(tg, "HealthCheckPort"), 0
	}
	port := int(n)
	for _, s := range []step{t.m.allows(from, egress, port, to), t.m.acls(from, to, port), t.m.allows(to, ingress, port, from)} {
		if s.verdict != Reachable {
			s.message = fmt.Sprintf("health checks go to port %d: %s", port, s.message)
			return s.at(tg, "HealthCheckPort"), port
		}
	}
	return passes(""), port
}

// healthAnswer finds what the ALB answers to a health check: it asks without the name of the API.
func (t *trail) healthAnswer(tg, listener *assembly.Resource) step {
	if mode := text(listener, "MutualAuthentication", "Mode"); mode == "verify" && !t.assumes(proof.AssumeMutualTLS) {
		return assumable("the listener verifies client certificates, and health checks have none", proof.AssumeMutualTLS, "check health on a listener without").at(listener, "MutualAuthentication", "Mode")
	}
	path, ok := tg.Property("HealthCheckPath").Text()
	if tg.Property("HealthCheckPath").Kind() == assembly.Absent {
		path, ok = "/", true
	}
	matcher, known := tg.Property("Matcher", "HttpCode").Text()
	if tg.Property("Matcher").Kind() == assembly.Absent {
		matcher, known = "200-399", true
	}
	switch {
	case !ok:
		return undecided(tg, "HealthCheckPath")
	case !known:
		return undecided(tg, "Matcher", "HttpCode")
	}
	path, _, _ = strings.Cut(path, "?") // rules look at the path alone
	s := t.healthOutcome(tg, t.m.outcomes(listener, asked{host: healthHost, path: path}), path, matcher)
	if i := slices.IndexFunc(t.m.rulesOf[resourceKey(listener)], canTakeAddress); i >= 0 && s.verdict == Blocked {
		rule := t.m.rulesOf[resourceKey(listener)][i]
		return doubts(fmt.Sprintf("%s may take the health check, whose host is the address of the ALB", displayName(rule)), "answer health checks by a rule without a host condition").at(rule, "Conditions")
	}
	return s
}

// healthOutcome finds whether what a listener can do with a health check is healthy. Where its outcomes differ, it is not
// known.
func (t *trail) healthOutcome(tg *assembly.Resource, outcomes []outcome, path, matcher string) step {
	var ill []step
	for _, o := range outcomes {
		switch code, answers, known := o.code(); {
		case !known:
			return undecided(o.resource, o.property)
		case answers && !rules.CodeMatches(matcher, code):
			ill = append(ill, blocks(
				fmt.Sprintf("the ALB answers the health check for %s with %s, and %s is healthy", path, code, matcher),
				"add a rule without a host condition that answers "+path,
			).breaks(rules.HealthCheck.ID).at(tg, "HealthCheckPath").at(o.resource, o.property))
		}
	}
	switch {
	case len(ill) == len(outcomes):
		return ill[0]
	case len(ill) > 0:
		return outcomes[0].why
	}
	return passes(fmt.Sprintf("the ALB can answer the health check for %s with %s", path, matcher)).at(tg, "HealthCheckPath")
}

// healthHost stands for the host of a health check, which is the load balancer's own address: no host condition of an
// API matches it.
const healthHost = "0.0.0.0"

// targetHealth finds whether the health check of a target group can pass. What the target answers, only it knows.
func (t *trail) targetHealth(from party, tg *assembly.Resource, to member) step {
	if enabled, ok := tg.Property("HealthCheckEnabled").Bool(); ok && !enabled {
		return passes("health is not checked").at(tg, "HealthCheckEnabled")
	}
	switch protocol := tg.Property("HealthCheckProtocol"); {
	case isUndecided(protocol):
		return undecided(tg, "HealthCheckProtocol")
	case text(from.resource, "Type") != "network" && protocol.Kind() == assembly.Literal && !slices.Contains([]string{"HTTP", "HTTPS"}, text(tg, "HealthCheckProtocol")):
		return blocks(fmt.Sprintf("the health check of an ALB's targets is HTTP or HTTPS, not %s", protocol), "set HealthCheckProtocol to HTTP, or leave it out").at(tg, "HealthCheckProtocol")
	}
	if to.resource != nil {
		if s, _ := t.healthPort(from, to.party, tg, to.port); s.verdict != Reachable {
			return s
		}
	}
	if codes, ok := tg.Property("Matcher", "HttpCode").Text(); ok {
		r := &rules.Report{}
		rules.CheckHTTPCodes(r, "HttpCode", codes, false)
		if r.HasErrors() {
			return blocks(r.Problems()[0].What, r.Problems()[0].Fix).breaks(rules.HealthCheck.ID).at(tg, "Matcher", "HttpCode")
		}
	}
	return passes("the health check reaches the target; what it answers, only it knows").at(tg)
}
