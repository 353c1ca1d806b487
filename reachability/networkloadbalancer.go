package reachability

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
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
			t.take(HopNlbListener, awaits(fmt.Sprintf("load balancer %s is not in the templates", arn), arn).at(service, "NetworkLoadBalancerArns"))
		case nlb.Type == loadBalancerType && isUndecided(nlb.Property("Type")):
			t.take(HopNlbListener, undecided(nlb, "Type"))
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
	if text(listener, "Protocol") == "TLS" && !t.take(HopCertificate, t.certificate(listener)) {
		return
	}
	groups, s := forwardsTo(listener, "DefaultActions")
	if s.verdict != Reachable {
		t.take(HopNlbTargetGroup, s)
		return
	}
	t.forward(listener, "DefaultActions", groups, func(t *trail, group assembly.Value) {
		tg, _, ok := group.Reference()
		switch {
		case !ok:
			t.take(HopNlbTargetGroup, awaits(fmt.Sprintf("target group %s is not in the templates", group), group).at(listener, "DefaultActions"))
		case isUndecided(tg.Property("TargetType")):
			t.take(HopNlbTargetGroup, undecided(tg, "TargetType"))
		case text(tg, "TargetType") == "alb":
			t.throughAlb(nlb, listener, tg)
		default:
			if s, wrong := albInOtherType(tg); wrong {
				t.take(HopNlbTargetGroup, s)
				return
			}
			t.toTargets(nlb, listener, tg)
		}
	})
}

// albInOtherType finds an ALB that is registered in a target group of another type than alb.
func albInOtherType(tg *assembly.Resource) (step, bool) {
	for i := range tg.Property("Targets").Len() {
		if r, _, ok := tg.Property("Targets", i, "Id").Reference(); ok && r.Type == loadBalancerType {
			return blocks(
				fmt.Sprintf("%s is a load balancer, and the target group is of type %q", displayName(r), cmp.Or(text(tg, "TargetType"), "instance")), "set TargetType to alb",
			).at(tg, "TargetType").at(tg, "Targets", i, "Id"), true
		}
	}
	return step{}, false
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
		if s, wrong := t.m.foreignGroup(nlb); wrong {
			return s
		}
		return passes("the NLB lets PrivateLink traffic past its security groups").at(nlb.resource, property)
	case !ok && v.Kind() != assembly.Absent:
		return undecided(nlb.resource, property)
	}
	if s, wrong := t.m.foreignGroup(nlb); wrong {
		return s
	}
	client := t.client
	client.groups = nil
	s := t.m.allows(nlb, ingress, t.port, client)
	if s.verdict == Blocked {
		s.message = "the NLB holds PrivateLink traffic to its security groups, and " + s.message
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
			s := undecided(listener, "Port")
			doubt = &s
			continue
		}
		if int(port) != t.port {
			near = append(near, evidence(listener, "Port"))
			continue
		}
		if s, twice := t.m.listensTwice(nlb, listener, t.port); twice {
			return nil, s
		}
		protocol, ok := listener.Property("Protocol").Text()
		switch {
		case !ok:
			return nil, undecided(listener, "Protocol")
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

// listensTwice finds another listener of a load balancer on the port of one: ELB takes a port once. TCP and UDP of one
// port are one, but for QUIC.
func (m *Model) listensTwice(balancer, listener *assembly.Resource, port int) (step, bool) {
	for _, other := range m.listenersOf[resourceKey(balancer)] {
		if other == listener || number(other, "Port") != port {
			continue
		}
		s := blocks(
			fmt.Sprintf("%s and %s listen on port %d of %s, which ELB refuses", displayName(listener), displayName(other), port, displayName(balancer)), "keep one of them",
		).at(other, "Port").at(listener, "Port")
		if other.Exists != assembly.Yes || listener.Exists != assembly.Yes {
			s.verdict, s.fix, s.uses = Unknown, "let their conditions exclude each other", nil
			for _, l := range []*assembly.Resource{other, listener} {
				if l.Exists != assembly.Yes {
					s.settle = append(s.settle, settle(l.Existence()))
				}
			}
		}
		return s, true
	}
	return step{}, false
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
	if s, wrong := t.inZonesOf(nlb, balancer); wrong && !crossZone(nlb.resource) {
		t.take(HopNlbHealthCheck, s)
		return
	}
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
	if isUndecided(tg.Property("Protocol")) {
		return nil, 0, undecided(tg, "Protocol")
	}
	if protocol, _ := tg.Property("Protocol").Text(); protocol != "TCP" {
		return nil, 0, blocks(fmt.Sprintf("a target group of type alb has protocol TCP, not %q", protocol), "set Protocol to TCP").
			breaks(rules.NetworkListenerTCP.ID).at(tg, "Protocol")
	}
	if s, wrong := t.m.sharedGroup(tg, nlb); wrong {
		return nil, 0, s
	}
	targets := tg.Property("Targets")
	switch {
	case targets.Kind() == assembly.Absent || targets.Kind() == assembly.List && targets.Len() == 0:
		return nil, 0, assumable(displayName(tg)+" has no target in the templates", proof.AssumeTargets, "register the ALB in its Targets").at(tg, "Targets")
	case targets.Kind() != assembly.List:
		return nil, 0, undecided(tg, "Targets")
	}
	id := tg.Property("Targets", 0, "Id")
	alb, _, ok := id.Reference()
	switch {
	case !ok:
		return nil, 0, awaits(fmt.Sprintf("target %s is not in the templates", id), id).at(tg, "Targets", 0, "Id")
	case alb.Type == loadBalancerType && isUndecided(alb.Property("Type")):
		return nil, 0, undecided(alb, "Type")
	case alb.Type == loadBalancerType && alb.Property("Subnets").Kind() == assembly.Unknown:
		return nil, 0, undecided(alb, "Subnets")
	case alb.Type != loadBalancerType || text(alb, "Type") != "application" && alb.Property("Type").Kind() != assembly.Absent:
		return nil, 0, blocks(displayName(alb)+" is no ALB", "register an ALB in a target group of type alb").at(tg, "Targets", 0, "Id")
	}
	path := targetPort(tg, 0)
	v := tg.Property(path...)
	n, ok := v.Number()
	own, ownOk := tg.Property("Port").Number()
	switch {
	case !ok:
		return nil, 0, undecided(tg, path...)
	case ownOk && own != n:
		return nil, 0, blocks(
			fmt.Sprintf("the target is registered on port %.0f, and the port of its group is %.0f", n, own), "give both the port of the ALB's listener",
		).breaks(rules.OnePort.ID).at(tg, path...).at(tg, "Port")
	}
	if s, wrong := t.sameVpc(tg, nlb); wrong {
		return nil, 0, s
	}
	if s := t.m.listensOn(alb, int(n), tg, path); s.verdict != Reachable {
		return nil, 0, s
	}
	return alb, int(n), passes(fmt.Sprintf("%s forwards to %s on port %.0f", displayName(tg), displayName(alb), n)).at(tg, path...).at(listener, "DefaultActions").at(alb)
}

// listensOn finds whether an ALB listens on the port of a target: ELB registers it only then.
func (m *Model) listensOn(alb *assembly.Resource, port int, tg *assembly.Resource, path []any) step {
	list := m.listenersOf[resourceKey(alb)]
	for _, listener := range list {
		if s, twice := m.listensTwice(alb, listener, port); twice && number(listener, "Port") == port {
			return s
		}
	}
	if m.unknownPort(alb) || slices.ContainsFunc(list, func(l *assembly.Resource) bool { return number(l, "Port") == port }) {
		return passes("")
	}
	says := fmt.Sprintf("the target is registered on port %d, and %s listens on none", port, displayName(alb))
	if len(list) > 0 {
		says = fmt.Sprintf("the target is registered on port %d, and %s listens on %d", port, displayName(alb), number(list[0], "Port"))
	}
	s := blocks(says, "give the target group and its target the port of the ALB's listener").breaks(rules.OnePort.ID).at(tg, path...)
	if len(list) > 0 {
		s = s.at(list[0], "Port")
	}
	return unless(s, m.listenersOf, "LoadBalancerArn")
}

// indexBalancers collects the load balancers that forward to a target group, by the group.
func (m *Model) indexBalancers() {
	m.balancersOf = map[key][]*assembly.Resource{}
	for _, balancer := range m.ofType(loadBalancerType) {
		for _, listener := range m.listenersOf[resourceKey(balancer)] {
			for _, f := range forwardsOf(listener, "DefaultActions") {
				m.addBalancer(f.to, balancer)
			}
			for _, rule := range m.rulesOf[resourceKey(listener)] {
				for _, f := range forwardsOf(rule, "Actions") {
					m.addBalancer(f.to, balancer)
				}
			}
		}
	}
}

func (m *Model) addBalancer(tg assembly.Value, balancer *assembly.Resource) {
	k := valueKey(tg)
	if list := m.balancersOf[k]; len(list) == 0 || list[len(list)-1] != balancer {
		m.balancersOf[k] = append(list, balancer)
	}
}

// sharedGroup finds a target group to which another load balancer forwards too: ELB takes one.
func (m *Model) sharedGroup(tg *assembly.Resource, balancer party) (step, bool) {
	for _, other := range m.balancersOf[resourceKey(tg)] {
		if other == balancer.resource || kindOf(other) != kindOf(balancer.resource) { // one of another kind has a problem of its own
			continue
		}
		s := blocks(
			fmt.Sprintf("%s and %s forward to %s, and a target group takes one load balancer", balancer.name, displayName(other), displayName(tg)),
			"give each load balancer a target group of its own",
		).at(tg).near(evidence(other))
		if other.Exists != assembly.Yes {
			s = s.until(other.Existence())
		}
		return s, true
	}
	return step{}, false
}

// sameVpc finds whether a target group is in another VPC than its load balancer.
func (t *trail) sameVpc(tg *assembly.Resource, of party) (step, bool) {
	v := tg.Property("VpcId")
	if v.Kind() == assembly.Unknown && assembly.Same(v, of.vpc) != assembly.Yes {
		return undecided(tg, "VpcId"), true
	}
	if v.Kind() == assembly.Absent {
		return blocks(displayName(tg)+" is in no VPC, which only a target group of functions is", "set VpcId").at(tg, "VpcId"), true
	}
	if assembly.Equal(v, of.vpc) != assembly.No {
		return step{}, false
	}
	return blocks(
		fmt.Sprintf("%s is in %s, and %s in %s", displayName(tg), nameOf(tg.Property("VpcId")), of.name, nameOf(of.vpc)), "use one VPC for both",
	).breaks(rules.LoadBalancerVpc.ID).at(tg, "VpcId"), true
}

// unknownPort reports whether a listener of a load balancer has a port that is not known.
func (m *Model) unknownPort(balancer *assembly.Resource) bool {
	return slices.ContainsFunc(m.listenersOf[resourceKey(balancer)], func(l *assembly.Resource) bool {
		_, ok := l.Property("Port").Number()
		return !ok
	})
}
