package walk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// albHealth finds whether the health check of a target group of type alb can succeed. The NLB sends requests to a port of
// the ALB.
func (t *trace) albHealth(nlb network.Node, alb loadBalancer, tg *network.TargetGroup, port int) result {
	if r, off := healthCheckOff(tg, rules.HealthCheck); off {
		return r
	}
	p := tg.HealthCheckProtocol()
	protocol, ok := p.Text()
	switch {
	case p.IsAbsent():
		return unknown(
			"the health check has no protocol, and AWS does not document the default for an ALB as the target",
			"set HealthCheckProtocol to the protocol of the ALB's listener",
		).at(p)
	case !ok:
		return undecided(p)
	case protocol != "HTTP" && protocol != "HTTPS":
		return blocks(fmt.Sprintf("the health check of an ALB is HTTP or HTTPS, not %s", protocol), rules.HealthCheck.Fix).breaks(rules.HealthCheck).at(p)
	}
	if own, r := t.healthPort(nlb, alb.node, tg, port); own != port {
		if r.verdict != proof.Reachable {
			return r
		}
		port = own
	}
	for _, listener := range t.n.ListenersOf(alb.LoadBalancer) {
		if listener.ListensOn(port) != network.Yes {
			continue
		}
		if speaks := listener.Protocol(); speaks.IsLiteral() && speaks.Literal() != protocol {
			return blocks(
				fmt.Sprintf("the health check uses %s on port %d, and the protocol of the ALB's listener is %s", protocol, port, speaks.Literal()),
				"set HealthCheckProtocol to "+speaks.Literal(),
			).breaks(rules.HealthCheck).at(p, speaks)
		}
		return t.listenerHealth(tg, listener)
	}
	if t.n.HasUndecidedPort(alb.LoadBalancer) {
		return unknown("the port of a listener of the ALB is unknown", "write it into the template").at(tg.HealthCheckPort())
	}
	return blocks(
		fmt.Sprintf("the health check uses port %d, on which the ALB has no listener", port), "use the port of a listener; the default is traffic-port",
	).breaks(rules.HealthCheck).at(tg.HealthCheckPort()).atResource(alb.Resource).unless(t.unplacedListeners())
}

// listenerHealth finds what a listener of the ALB answers to a health check, which does not send the name of the API.
func (t *trace) listenerHealth(tg *network.TargetGroup, listener *network.Listener) result {
	if mode := listener.MutualAuthenticationMode(); mode.Literal() == "verify" && !t.assumes(proof.AssumeMutualTLS) {
		return assumable(
			"the listener rejects clients without a certificate, and health checks have none",
			proof.AssumeMutualTLS, "check health on a listener that does not verify clients",
		).at(mode)
	}
	path, isPath := tg.HealthCheckPath().Text()
	if tg.HealthCheckPath().IsAbsent() {
		path, isPath = "/", true
	}
	codes, areCodes := tg.HTTPCodes().Text()
	if tg.Matcher().IsAbsent() {
		codes, areCodes = "200-399", true
	}
	switch {
	case !isPath:
		return undecided(tg.HealthCheckPath())
	case !areCodes:
		return undecided(tg.HTTPCodes())
	}
	path, _, _ = strings.Cut(path, "?") // rules match the path alone
	r := t.healthAnswer(tg, listener, path, codes)
	list := t.n.RulesOf(listener)
	if i := slices.IndexFunc(list, (*network.ListenerRule).CanMatchAddress); i >= 0 && r.verdict == proof.Blocked {
		return unknown(
			network.DisplayName(list[i].Resource)+" may match the health check, whose host is the address of the ALB",
			"answer health checks with a rule without a host condition",
		).at(list[i].ConditionsProperty())
	}
	return r
}

// healthAnswer finds whether a listener can answer a health check with a code that counts as healthy. If only some of its
// outcomes do, the result is unknown.
func (t *trace) healthAnswer(tg *network.TargetGroup, listener *network.Listener, path, codes string) result {
	outcomes := t.n.Outcomes(listener, network.Request{Host: network.HealthCheckHost, Path: path})
	var unhealthy []result
	for _, o := range outcomes {
		switch code, answers, isDecided := o.Actions().Answer(); {
		case !isDecided:
			return undecided(o.Actions().List)
		case answers && !rules.CodeMatches(codes, code):
			unhealthy = append(unhealthy, blocks(
				fmt.Sprintf("the ALB answers the health check of %s with %s, and only %s counts as healthy", path, code, codes),
				"add a rule without a host condition that answers "+path,
			).breaks(rules.HealthCheck).at(tg.HealthCheckPath(), o.Actions().List))
		}
	}
	switch {
	case len(unhealthy) == len(outcomes):
		return unhealthy[0]
	case len(unhealthy) > 0:
		return whyMaybe(outcomes[0])
	}
	r := passes("the ALB can answer the health check of %s with %s", path, codes).at(tg.HealthCheckPath())
	for _, o := range outcomes {
		r = r.concerning(o.Resource()).concerning(t.n.UnmodelledBefore(o)...)
	}
	return r
}
