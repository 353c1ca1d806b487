package oracletest

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// hop is the fate at one hop.
type hop struct {
	name string
	fate fate
}

// hops are the fates at hops, in their order.
type hops []hop

func (h *hops) add(name string, fate fate) { *h = append(*h, hop{name, fate}) }

// must adds a hop that passes or drops.
func (h *hops) must(name string, passes bool) {
	if passes {
		h.add(name, delivered)
	} else {
		h.add(name, dropped)
	}
}

// segment adds the three hops of a segment.
func (h *hops) segment(l segment, egress, acl, ingress string) {
	h.add(egress, l.egress())
	h.add(acl, l.acl())
	h.add(ingress, l.ingress())
}

// fate is the fate of all hops, and where it may be decided: at the first hop that drops for certain, and at those
// before it that pass only sometimes.
func (h hops) fate() verdict {
	v := verdict{}
	for _, hop := range h {
		if hop.fate == delivered {
			continue
		}
		v.fate = max(v.fate, hop.fate)
		v.at = append(v.at, hop.name)
		if hop.fate == dropped {
			break
		}
	}
	return v
}

// verdict is what the oracle finds for a network.
type verdict struct {
	fate fate
	at   []string
}

// judge walks the network by brute force.
func (n *network) judge() verdict {
	var h hops
	n.walkConsumer(&h)
	n.walkNLB(&h)
	targets := []int{0}
	if n.alb != nil {
		targets = n.walkALB(&h)
	}
	v := h.fate()
	if v.fate == dropped {
		return v
	}
	for _, i := range targets {
		tail := n.walkTarget(n.services[i]).fate()
		v.fate = max(v.fate, tail.fate)
		v.at = append(v.at, tail.at...)
	}
	slices.Sort(v.at)
	v.at = slices.Compact(v.at)
	return v
}

// walkConsumer walks from the name to the endpoint service.
func (n *network) walkConsumer(h *hops) {
	n.walkName(h)
	h.segment(segment{from: n.consumer.placed(n.client), to: n.consumer.placed(n.endpoint), port: n.port, cidrs: n.cidrs()},
		reachability.HopClientEgress, reachability.HopClientNacl, reachability.HopEndpointIngress)
	h.must(reachability.HopEndpointZones, !slices.ContainsFunc(n.endpoint.subnets, func(s *subnet) bool {
		return !n.nlb.inZone(s.zone)
	}))
	h.must(reachability.HopAllowedPrincipal, n.sameAccount || n.allowed == "root" || n.allowed == "*")
}

// walkNLB walks into the NLB and to its target group. Its inbound rules see the private address of the client, and none
// of its groups.
func (n *network) walkNLB(h *hops) {
	if len(n.nlb.groups) > 0 && n.enforcement != "off" {
		client := location{subnets: n.client.subnets}
		h.add(reachability.HopNlbIngress, segment{from: client, to: n.nlb, port: n.port, cidrs: n.cidrs()}.ingress())
	}
	h.must(reachability.HopNlbListener, n.port == n.nlbPort)
}

// walkALB walks from the NLB through the ALB, and returns the services that get a share of the request.
func (n *network) walkALB(h *hops) []int {
	a := n.alb
	if a.targetPort != a.port {
		// AWS refuses to register the ALB; the health check asks the same port, so either hop may decide.
		h.add(reachability.HopNlbTargetGroup, depends)
	}
	h.must(reachability.HopNlbHealthCheck, a.targetPort == a.port && a.healthy())
	if !n.crossZone {
		h.add(reachability.HopNlbHealthCheck, n.enteredZones().served(a.location))
	}
	to := n.provider.placed(a.location)
	h.segment(segment{from: n.nlb, to: to, port: a.targetPort, cidrs: n.cidrs(), unused: n.unused},
		reachability.HopNlbEgress, reachability.HopNlbNacl, reachability.HopAlbIngress)
	h.must(reachability.HopCertificate, a.certificate == n.domain || a.certificate == "*.pricing.example.com")
	action := a.action(n.domain, n.path)
	h.must(reachability.HopAlbRule, action.kind == "forward")
	var services []int
	for _, t := range action.targets {
		if t.weight > 0 {
			services = append(services, t.service)
		}
	}
	return services
}

// walkTarget walks from the last load balancer to the tasks of a service.
func (n *network) walkTarget(s *service) hops {
	var h hops
	leg := segment{from: n.nlb, to: n.provider.placed(s.location), port: s.port, cidrs: n.cidrs(), unused: n.unused}
	entered, crosses := n.enteredZones(), n.crossZone
	if n.alb != nil {
		crosses = true
		if !n.crossZone {
			entered = entered.of(n.alb.location)
		} else {
			entered = zonesOf(n.alb.location)
		}
		h.add(reachability.HopTargetGroup, n.alb.speaks(s.version))
	}
	if s.crossZone != "" {
		crosses = s.crossZone == "true"
	}
	if !crosses {
		h.add(reachability.HopTargetHealthCheck, entered.served(s.location))
	}
	last := n.nlb
	if n.alb != nil {
		last = n.alb.location
	}
	// A load balancer sends nothing to targets outside its zones.
	h.must(reachability.HopTargetHealthCheck, len(zonesOf(last).of(s.location)) > 0)
	if n.alb != nil {
		leg.from = n.provider.placed(n.alb.location)
	}
	leg.unused = func(e ends) bool { return !entered[e.from.zone] || !crosses && e.from.zone != e.to.zone }
	h.segment(leg, reachability.HopLoadBalancerEgress, reachability.HopTargetNacl, reachability.HopTargetIngress)
	h.must(reachability.HopTarget, s.port == s.containerPort)
	return h
}

// zones are Availability Zones in which a request enters a load balancer.
type zones map[string]bool

func zonesOf(p location) zones {
	z := zones{}
	for _, s := range p.subnets {
		z[s.zone] = true
	}
	return z
}

// of are the zones that a location is in too.
func (z zones) of(p location) zones {
	both := zonesOf(p)
	for zone := range both {
		if !z[zone] {
			delete(both, zone)
		}
	}
	return both
}

// served is the fate of requests that stay in their zone: a zone without a target drops them. Whether they enter such a
// zone as long as another one works is up to DNS.
func (z zones) served(targets location) fate {
	switch len(z.of(targets)) {
	case len(z):
		return delivered
	case 0:
		return dropped
	}
	return depends
}

// enteredZones are the zones of the NLB that PrivateLink uses: those of the endpoint.
func (n *network) enteredZones() zones { return zonesOf(n.endpoint).of(n.nlb) }

// speaks is the fate of a request to a target group of a protocol version, from a client whose version is not known.
func (a *alb) speaks(version string) fate {
	switch {
	case version == "" || version == "HTTP1":
		return delivered
	case a.http2 == "false":
		return dropped
	}
	return depends
}

// unused reports whether no traffic flows between a node of the NLB and a target: PrivateLink stays in the zones of the
// endpoint, and without cross-zone load balancing a node sends to targets of its own zone.
func (n *network) unused(e ends) bool {
	return !n.endpoint.inZone(e.from.zone) || !n.crossZone && e.from.zone != e.to.zone
}

func (p location) inZone(zone string) bool {
	return slices.ContainsFunc(p.subnets, func(s *subnet) bool { return s.zone == zone })
}

// placed is a location with the groups that its interfaces get: the VPC's default group, if it names none.
func (s *side) placed(p location) location {
	if len(p.groups) == 0 {
		p.groups = []*group{s.defaultGroup()}
	}
	return p
}

// cidrs are all address blocks that anything in the network names.
func (n *network) cidrs() []string {
	var cidrs []string
	for _, side := range []*side{n.consumer, n.provider} {
		for _, g := range side.groups {
			for _, r := range append(slices.Clone(g.in), g.out...) {
				cidrs = append(cidrs, r.peer.cidr)
			}
		}
		for _, l := range side.lists {
			cidrs = append(cidrs, l.cidrs...)
		}
		for _, a := range side.acls {
			for _, e := range a.entries {
				cidrs = append(cidrs, e.cidr)
			}
		}
	}
	slices.Sort(cidrs)
	return slices.Compact(cidrs)
}
