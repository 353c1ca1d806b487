package reachability

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

const loadBalancerType = "AWS::ElasticLoadBalancingV2::LoadBalancer"

// loadBalancer is a load balancer as a party.
func (m *Model) loadBalancer(r *assembly.Resource) party {
	groups := items(r, "SecurityGroups")
	p := m.newParty(r, groups, subnetsOfLoadBalancer(r))
	if len(groups) == 0 && text(r, "Type") == "network" {
		p.groups, p.bare = nil, true
	}
	return p
}

// serve walks from the service through each of its NLBs.
func (t *trail) serve(service *assembly.Resource) {
	arns := items(service, "NetworkLoadBalancerArns")
	if len(arns) == 0 {
		t.take(HopNlbListener, blocks(displayName(service)+" has no NLB", "name NetworkLoadBalancerArns").at(service))
		return
	}
	each(t, arns, func(t *trail, arn assembly.Value) {
		nlb, _, ok := arn.Reference()
		switch {
		case !ok:
			t.take(HopNlbListener, doubts(fmt.Sprintf("load balancer %s is not in the templates", arn), settle(arn)).at(service, "NetworkLoadBalancerArns"))
		case nlb.Type == loadBalancerType && isUndecided(nlb.Property("Type")):
			t.take(HopNlbListener, doubts(fmt.Sprintf("the type of %s is not known: %s", displayName(nlb), nlb.Property("Type")), settle(nlb.Property("Type"))).at(nlb, "Type"))
		case nlb.Type != loadBalancerType || text(nlb, "Type") != "network":
			t.take(HopNlbListener, blocks(
				fmt.Sprintf("%s is no NLB: EC2 refuses it for an endpoint service", displayName(nlb)), "put an NLB in front of it, and name that",
			).breaks(rules.ServiceLoadBalancer.ID).at(nlb, "Type").at(service, "NetworkLoadBalancerArns"))
		default:
			t.throughNlb(nlb)
		}
	})
}

// throughNlb walks through one NLB.
func (t *trail) throughNlb(r *assembly.Resource) {
	nlb := t.m.loadBalancer(r)
	if !t.take(HopNlbIngress, t.nlbIngress(nlb)) {
		return
	}
	listener, s := t.nlbListener(r)
	if !t.take(HopNlbListener, s) || listener == nil {
		return
	}
	groups, s := forwardsTo(listener, "DefaultActions")
	if s.verdict != Reachable {
		t.take(HopNlbTargetGroup, s)
		return
	}
	each(t, groups, func(t *trail, group assembly.Value) {
		tg, _, ok := group.Reference()
		switch {
		case !ok:
			t.take(HopNlbTargetGroup, doubts(fmt.Sprintf("target group %s is not in the templates", group), settle(group)).at(listener, "DefaultActions"))
		case isUndecided(tg.Property("TargetType")):
			t.take(HopNlbTargetGroup, doubts(fmt.Sprintf("the type of %s is not known: %s", displayName(tg), tg.Property("TargetType")), settle(tg.Property("TargetType"))).at(tg, "TargetType"))
		case text(tg, "TargetType") == "alb":
			t.throughAlb(nlb, listener, tg)
		default:
			t.toTargets(nlb, listener, tg)
		}
	})
}

// nlbIngress finds whether the NLB's security groups hold PrivateLink traffic back. They see the client's private
// address, never its security group.
func (t *trail) nlbIngress(nlb party) step {
	const property = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"
	if nlb.bare {
		return passes(nlb.name + " has no security group, so nothing holds traffic back").at(nlb.resource)
	}
	v := nlb.resource.Property(property)
	enforced, ok := v.Text()
	switch {
	case ok && enforced == "off":
		return passes("the NLB lets PrivateLink traffic past its security groups").at(nlb.resource, property)
	case !ok && v.Kind() != assembly.Absent:
		return doubts(fmt.Sprintf("%s is not known: %s", property, v), settle(v)).at(nlb.resource, property)
	}
	client := t.client
	client.groups = nil
	s := t.m.allows(nlb, ingress, t.port, client)
	if s.verdict == Blocked {
		s.says = "the NLB holds PrivateLink traffic to its security groups, and " + s.says
		s.fix = fmt.Sprintf("set %s to off, or %s", property, s.fix)
		s.uses = append(s.uses, nlb.resource)
		s.evidence = append([]Evidence{evidence(nlb.resource, property)}, s.evidence...)
	}
	return s
}

// nlbListener returns the listener of the port that clients call.
func (t *trail) nlbListener(nlb *assembly.Resource) (*assembly.Resource, step) {
	var doubt *step
	var near []Evidence
	for _, listener := range t.m.listenersOf[resourceKey(nlb)] {
		port, ok := listener.Property("Port").Number()
		if !ok {
			v := listener.Property("Port")
			s := doubts(fmt.Sprintf("the port of %s is not known: %s", displayName(listener), v), settle(v)).at(listener, "Port")
			doubt = &s
			continue
		}
		if int(port) != t.port {
			near = append(near, evidence(listener, "Port"))
			continue
		}
		protocol, ok := listener.Property("Protocol").Text()
		switch {
		case !ok:
			v := listener.Property("Protocol")
			return nil, doubts(fmt.Sprintf("the protocol of %s is not known: %s", displayName(listener), v), settle(v)).at(listener, "Protocol")
		case !slices.Contains([]string{"TCP", "TCP_UDP", "TLS"}, protocol):
			near = append(near, evidence(listener, "Protocol"))
			continue
		case protocol != "TCP" && t.forwardsToAlb(listener):
			return nil, blocks(
				fmt.Sprintf("the listener is %s, and only a TCP listener can forward to an ALB", protocol), rules.NetworkListenerTCP.Fix,
			).breaks(rules.NetworkListenerTCP.ID).at(listener, "Protocol")
		}
		return listener, passes(fmt.Sprintf("%s %d", protocol, t.port)).at(listener, "Port")
	}
	if doubt != nil {
		return nil, *doubt
	}
	s := blocks(
		fmt.Sprintf("%s has no TCP listener on port %d", displayName(nlb), t.port), fmt.Sprintf("add a TCP listener on port %d, or call another port", t.port),
	).near(near...).near(evidence(nlb))
	return nil, unless(s, t.m.listenersOf, "LoadBalancerArn")
}

func (t *trail) forwardsToAlb(listener *assembly.Resource) bool {
	groups, _ := forwardsTo(listener, "DefaultActions")
	return slices.ContainsFunc(groups, func(v assembly.Value) bool {
		tg, _, ok := v.Reference()
		return ok && text(tg, "TargetType") == "alb"
	})
}

// throughAlb walks from an NLB through a target group of type alb.
func (t *trail) throughAlb(nlb party, listener, tg *assembly.Resource) {
	alb, port, s := t.albTarget(nlb, listener, tg)
	if !t.take(HopNlbTargetGroup, s) || alb == nil {
		return
	}
	balancer := t.m.loadBalancer(alb)
	if !t.take(HopNlbHealthCheck, t.albHealth(nlb, balancer, tg, port)) {
		return
	}
	if t.take(HopNlbEgress, t.m.allows(nlb, egress, port, balancer)) &&
		t.take(HopNlbNacl, t.m.acls(nlb, balancer, port)) &&
		t.take(HopAlbIngress, t.m.allows(balancer, ingress, port, nlb)) {
		t.throughListener(balancer, nlb, port)
	}
}

// albTarget returns the ALB that is the target of a group, and the port on which it gets requests.
func (t *trail) albTarget(nlb party, listener, tg *assembly.Resource) (alb *assembly.Resource, port int, s step) {
	if protocol, ok := tg.Property("Protocol").Text(); ok && protocol != "TCP" {
		return nil, 0, blocks(fmt.Sprintf("a target group of type alb has protocol TCP, not %s", protocol), "set Protocol to TCP").
			breaks(rules.NetworkListenerTCP.ID).at(tg, "Protocol")
	}
	targets := tg.Property("Targets")
	switch {
	case targets.Kind() == assembly.Absent || targets.Kind() == assembly.List && targets.Len() == 0:
		return nil, 0, assumable(displayName(tg)+" has no target in the templates", "targets", "register the ALB in its Targets").at(tg, "Targets")
	case targets.Kind() != assembly.List:
		return nil, 0, doubts(fmt.Sprintf("the targets of %s are not known: %s", displayName(tg), targets), settle(targets)).at(tg, "Targets")
	}
	id := tg.Property("Targets", 0, "Id")
	alb, _, ok := id.Reference()
	switch {
	case !ok:
		return nil, 0, doubts(fmt.Sprintf("target %s is not in the templates", id), settle(id)).at(tg, "Targets", 0, "Id")
	case alb.Type != loadBalancerType || text(alb, "Type") != "application" && alb.Property("Type").Kind() != assembly.Absent:
		return nil, 0, blocks(displayName(alb)+" is no ALB", "register an ALB in a target group of type alb").at(tg, "Targets", 0, "Id")
	}
	v, path := tg.Property("Targets", 0, "Port"), []any{"Targets", 0, "Port"}
	if v.Kind() == assembly.Absent {
		v, path = tg.Property("Port"), []any{"Port"}
	}
	n, ok := v.Number()
	own, ownOk := tg.Property("Port").Number()
	switch {
	case !ok:
		return nil, 0, doubts(fmt.Sprintf("the port of the target is not known: %s", v), settle(v)).at(tg, path...)
	case ownOk && own != n:
		return nil, 0, blocks(
			fmt.Sprintf("the target is registered on port %.0f, and the port of its group is %.0f", n, own), "give both the port of the ALB's listener",
		).breaks(rules.OnePort.ID).at(tg, path...).at(tg, "Port")
	}
	if s, wrong := t.sameVpc(tg, nlb); wrong {
		return nil, 0, s
	}
	return alb, int(n), passes(fmt.Sprintf("%s forwards to %s on port %.0f", displayName(tg), displayName(alb), n)).at(tg, path...).at(listener, "DefaultActions")
}

// sameVpc finds whether a target group is in another VPC than its load balancer.
func (t *trail) sameVpc(tg *assembly.Resource, of party) (step, bool) {
	if assembly.Equal(tg.Property("VpcId"), of.vpc) != assembly.No || tg.Property("VpcId").Kind() == assembly.Absent {
		return step{}, false
	}
	return blocks(
		fmt.Sprintf("%s is in %s, and %s in %s", displayName(tg), nameOf(tg.Property("VpcId")), of.name, nameOf(of.vpc)), "use one VPC for both",
	).breaks(rules.LoadBalancerVpc.ID).at(tg, "VpcId"), true
}

// albHealth finds whether the health check of a target group of type alb can find the ALB healthy.
func (t *trail) albHealth(nlb, alb party, tg *assembly.Resource, port int) step {
	protocol := tg.Property("HealthCheckProtocol")
	name, ok := protocol.Text()
	switch {
	case protocol.Kind() == assembly.Absent:
		return blocks("the health check has no protocol, and TCP, the default, is not for an ALB", rules.HealthCheck.Fix).breaks(rules.HealthCheck.ID).at(tg, "HealthCheckProtocol")
	case !ok:
		return doubts(fmt.Sprintf("the protocol of the health check is not known: %s", protocol), settle(protocol)).at(tg, "HealthCheckProtocol")
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
		return doubts(fmt.Sprintf("the port of the health check is not known: %s", v), settle(v)).at(tg, "HealthCheckPort"), 0
	}
	port := int(n)
	for _, s := range []step{t.m.allows(from, egress, port, to), t.m.acls(from, to, port), t.m.allows(to, ingress, port, from)} {
		if s.verdict != Reachable {
			s.says = fmt.Sprintf("health checks go to port %d: %s", port, s.says)
			return s.at(tg, "HealthCheckPort"), port
		}
	}
	return passes(""), port
}

// healthAnswer finds what the ALB answers to a health check: it asks without the name of the API.
func (t *trail) healthAnswer(tg, listener *assembly.Resource) step {
	if mode := text(listener, "MutualAuthentication", "Mode"); mode == "verify" {
		return assumable("the listener verifies client certificates, and health checks have none", "mutual-tls", "check health on a listener without").at(listener, "MutualAuthentication", "Mode")
	}
	path, ok := tg.Property("HealthCheckPath").Text()
	if tg.Property("HealthCheckPath").Kind() == assembly.Absent {
		path, ok = "/", true
	}
	matcher, known := tg.Property("Matcher", "HttpCode").Text()
	if tg.Property("Matcher").Kind() == assembly.Absent {
		matcher, known = "200-399", true
	}
	if !ok || !known {
		v := firstKnown(tg, "HealthCheckPath", "Matcher")
		return doubts(fmt.Sprintf("the health check is not known: %s", v), settle(v)).at(tg, "HealthCheckPath")
	}
	outcomes := t.m.outcomes(listener, asked{host: healthHost, path: path})
	for _, o := range outcomes {
		code, fixed := o.code()
		switch {
		case o.maybe && len(outcomes) > 1 && fixed && !rules.CodeMatches(matcher, code):
			return doubts(fmt.Sprintf("whether %s answers the health check is not known", displayName(o.resource)), "let its conditions be literal").at(o.resource)
		case fixed && !rules.CodeMatches(matcher, code):
			return blocks(
				fmt.Sprintf("the ALB answers the health check for %s with %s, and %s is healthy", path, code, matcher),
				"add a rule without a host condition that answers "+path,
			).breaks(rules.HealthCheck.ID).at(tg, "HealthCheckPath").at(o.resource, o.property)
		}
	}
	return passes(fmt.Sprintf("the ALB can answer the health check for %s with %s", path, matcher)).at(tg, "HealthCheckPath")
}

// healthHost stands for the host of a health check, which is the load balancer's own address: no host condition of an
// API matches it.
const healthHost = "0.0.0.0"

// unknownPort reports whether a listener of a load balancer has a port that is not known.
func (m *Model) unknownPort(balancer *assembly.Resource) bool {
	return slices.ContainsFunc(m.listenersOf[resourceKey(balancer)], func(l *assembly.Resource) bool {
		_, ok := l.Property("Port").Number()
		return !ok
	})
}

// forwardsTo returns the target groups of a list of actions to which requests go.
func forwardsTo(r *assembly.Resource, property string) ([]assembly.Value, step) {
	actions := r.Property(property)
	if actions.Kind() != assembly.List {
		return nil, doubts(fmt.Sprintf("the actions of %s are not known: %s", displayName(r), actions), settle(actions)).at(r, property)
	}
	for i := range actions.Len() {
		if text(r, property, i, "Type") != "forward" {
			continue
		}
		groups, weighted := weightedGroups(r, property, i)
		if len(groups) > 0 {
			return groups, passes("")
		}
		if weighted {
			return nil, blocks("all target groups of the action have weight 0, so no request goes to one", "give one a weight").at(r, property, i, "ForwardConfig", "TargetGroups")
		}
		return nil, blocks(displayName(r)+" forwards to no target group", "name a target group").at(r, property, i)
	}
	return nil, blocks(displayName(r)+" forwards to no target group", "add an action of type forward").at(r, property)
}

// weightedGroups returns the target groups of a forward action that have a weight, by either property.
func weightedGroups(r *assembly.Resource, property string, i int) (groups []assembly.Value, weighted bool) {
	list := r.Property(property, i, "ForwardConfig", "TargetGroups")
	for j := range list.Len() {
		weight, ok := r.Property(property, i, "ForwardConfig", "TargetGroups", j, "Weight").Number()
		if !ok || weight > 0 {
			groups = append(groups, r.Property(property, i, "ForwardConfig", "TargetGroups", j, "TargetGroupArn"))
		}
	}
	if list.Len() == 0 {
		if v := r.Property(property, i, "TargetGroupArn"); v.Kind() != assembly.Absent {
			groups = append(groups, v)
		}
	}
	return groups, list.Len() > 0
}
