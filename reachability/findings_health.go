package reachability

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// healthCheck reviews the health check of a target group of type alb, which the ALB answers by its listener rules.
func (v *review) healthCheck(group *assembly.Resource) {
	switch protocol := group.Property("HealthCheckProtocol"); {
	case protocol.Kind() == assembly.Literal && textOf(protocol) != "HTTP" && textOf(protocol) != "HTTPS":
		v.addWithFix(rules.HealthCheck, "set HealthCheckProtocol to the protocol of the ALB's listener, HTTPS or HTTP",
			[]Evidence{evidence(group, "HealthCheckProtocol")}, "HealthCheckProtocol is %s", protocol)
	}
	v.checkText(group, []any{"HealthCheckPath"}, func(report *rules.Report, property, path string) {
		rules.CheckHealthCheckPath(report, property, path, false)
	})
	v.checkText(group, []any{"Matcher", "HttpCode"}, func(report *rules.Report, property, codes string) {
		rules.CheckHTTPCodes(report, property, codes, false)
	})
	for i, target := range items(group, "Targets") {
		if alb := refersTo(target.Field("Id"), cfnLoadBalancer); v.isSure(alb) {
			v.healthCheckOf(group, alb, i)
		}
	}
}

// healthCheckOf reviews a health check against the listeners of the ALB.
func (v *review) healthCheckOf(group, alb *assembly.Resource, i int) {
	path := []any{"HealthCheckPort"}
	value := group.Property(path...)
	isOwn := value.Kind() != assembly.Absent && textOf(value) != "traffic-port"
	if !isOwn {
		path = targetPort(group, i)
		value = group.Property(path...)
	}
	number, ok := value.Number()
	ports := v.portsOfAlb(alb)
	if !ok || !ports.known {
		return
	}
	listener := ports.byPort[int(number)]
	if listener == nil {
		if isOwn { // of the target's own port, onePort tells
			v.addWithFix(rules.HealthCheck, "let HealthCheckPort be traffic-port", []Evidence{evidence(group, path...)},
				"HealthCheckPort is %v, but the ALB %s listens on %s", number, displayName(alb), ports)
		}
		return
	}
	protocol, speaks := text(group, "HealthCheckProtocol"), text(listener, "Protocol")
	if (protocol == "HTTP" || protocol == "HTTPS") && speaks != "" && protocol != speaks && v.isSure(listener) {
		v.addWithFix(rules.HealthCheck, "set HealthCheckProtocol to "+speaks,
			[]Evidence{evidence(group, "HealthCheckProtocol"), evidence(listener, "Protocol")},
			"HealthCheckProtocol is %s, but the ALB's listener on port %v is %s", protocol, number, speaks)
		return
	}
	v.healthAnswer(group, listener)
}

// healthAnswer finds a health check that the ALB itself answers, with a code that is not taken for healthy.
func (v *review) healthAnswer(group, listener *assembly.Resource) {
	path := group.Property("HealthCheckPath")
	checked, ok := path.Text()
	if path.Kind() == assembly.Absent {
		checked, ok = "/", true
	}
	if !ok || !v.isSure(listener) || v.strayRule {
		return
	}
	checked, _, _ = strings.Cut(checked, "?")
	first := v.m.outcomes(listener, asked{host: healthHost, path: checked})[0]
	actions := items(first.resource, first.property)
	if first.maybe || !v.isSure(first.resource) || len(actions) != 1 || slices.ContainsFunc(v.rulesOf[listener], canTakeAddress) {
		return
	}
	code, _, _ := first.code()
	codes, isCode := group.Property("Matcher", "HttpCode").Text()
	switch {
	case code == "":
	case isCode && !rules.CodeMatches(codes, code), group.Property("Matcher").Kind() == assembly.Absent && code >= "400":
		v.addWithFix(rules.HealthCheck, "add a listener rule for the path, without a host condition, that answers or forwards it, or let the "+
			"matcher take "+code,
			[]Evidence{evidence(group, "HealthCheckPath"), evidence(group, "Matcher", "HttpCode"), evidence(first.resource, first.property)},
			"the ALB answers the health check of %s with %s", checked, code)
	}
}

// canTakeAddress reports whether a rule has a host condition for addresses, such as 10.0.*: that of a health check is
// one, and not known.
func canTakeAddress(rule *assembly.Resource) bool {
	return slices.ContainsFunc(items(rule, "Conditions"), func(condition assembly.Value) bool {
		if textOf(condition.Field("Field")) != "host-header" {
			return false
		}
		_, hosts := patternsOf(condition)
		return slices.ContainsFunc(hosts, func(host assembly.Value) bool {
			pattern := textOf(host)
			return strings.ContainsAny(pattern, "0123456789") && strings.Trim(pattern, "0123456789.*?") == ""
		})
	})
}
