package reachability_test

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// simHop is the fate at one hop.
type simHop struct {
	name string
	fate simFate
}

// simHops are the fates at hops, in their order.
type simHops []simHop

func (h *simHops) add(name string, fate simFate) { *h = append(*h, simHop{name, fate}) }

// must adds a hop that passes or drops.
func (h *simHops) must(name string, passes bool) {
	if passes {
		h.add(name, simDelivered)
	} else {
		h.add(name, simDropped)
	}
}

// leg adds the three hops of a leg.
func (h *simHops) leg(l simLeg, egress, acl, ingress string) {
	h.add(egress, l.egress())
	h.add(acl, l.acl())
	h.add(ingress, l.ingress())
}

// fate is that of all hops, and where it may be decided: the first hop that drops for certain, and those before it that
// pass only sometimes.
func (h simHops) fate() simVerdict {
	v := simVerdict{}
	for _, hop := range h {
		if hop.fate == simDelivered {
			continue
		}
		v.fate = max(v.fate, hop.fate)
		v.at = append(v.at, hop.name)
		if hop.fate == simDropped {
			break
		}
	}
	return v
}

// simVerdict is what the oracle says of a network.
type simVerdict struct {
	fate simFate
	at   []string
}

// judge walks the network by brute force.
func (n *simNetwork) judge() simVerdict {
	var h simHops
	n.walkConsumer(&h)
	n.walkNLB(&h)
	targets := []int{0}
	if n.alb != nil {
		targets = n.walkALB(&h)
	}
	v := h.fate()
	if v.fate == simDropped {
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
func (n *simNetwork) walkConsumer(h *simHops) {
	h.must(reachability.HopHostedZone, n.zoneOf == "consumer")
	h.must(reachability.HopRecord, n.record == "endpoint")
	h.leg(simLeg{from: n.consumer.placed(n.client), to: n.consumer.placed(n.endpoint), port: n.port, cidrs: n.cidrs()},
		reachability.HopClientEgress, reachability.HopClientNacl, reachability.HopEndpointIngress)
	h.must(reachability.HopEndpointZones, !slices.ContainsFunc(n.endpoint.subnets, func(s *simSubnet) bool {
		return !n.nlb.inZone(s.zone)
	}))
	h.must(reachability.HopAllowedPrincipal, n.sameAccount || n.allowed == "root" || n.allowed == "*")
}

// walkNLB walks into the NLB and to its target group. Its inbound rules see the private address of the client, and no
// group of it.
func (n *simNetwork) walkNLB(h *simHops) {
	if len(n.nlb.groups) > 0 && n.enforcement != "off" {
		client := simPlace{subnets: n.client.subnets}
		h.add(reachability.HopNlbIngress, simLeg{from: client, to: n.nlb, port: n.port, cidrs: n.cidrs()}.ingress())
	}
	h.must(reachability.HopNlbListener, n.port == n.nlbPort)
}

// walkALB walks from the NLB through the ALB, and returns the services that get a share of the request.
func (n *simNetwork) walkALB(h *simHops) []int {
	a := n.alb
	if a.targetPort != a.port {
		// AWS refuses to register the ALB; the health check asks the same port, so that either hop may tell.
		h.add(reachability.HopNlbTargetGroup, simDepends)
	}
	h.must(reachability.HopNlbHealthCheck, a.targetPort == a.port && a.healthy())
	to := n.provider.placed(a.simPlace)
	h.leg(simLeg{from: n.nlb, to: to, port: a.targetPort, cidrs: n.cidrs(), unused: n.unused},
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
func (n *simNetwork) walkTarget(s *simService) simHops {
	var h simHops
	leg := simLeg{from: n.nlb, to: n.provider.placed(s.simPlace), port: s.port, cidrs: n.cidrs(), unused: n.unused}
	if n.alb != nil {
		leg.from, leg.unused = n.provider.placed(n.alb.simPlace), nil
	}
	h.leg(leg, reachability.HopLoadBalancerEgress, reachability.HopTargetNacl, reachability.HopTargetIngress)
	h.must(reachability.HopTarget, s.port == s.containerPort)
	return h
}

// unused reports whether no traffic flows between a node of the NLB and a target: PrivateLink stays in the zones of the
// endpoint, and without cross-zone load balancing a node sends to targets of its own zone.
func (n *simNetwork) unused(e simEnds) bool {
	return !n.endpoint.inZone(e.from.zone) || !n.crossZone && e.from.zone != e.to.zone
}

func (p simPlace) inZone(zone string) bool {
	return slices.ContainsFunc(p.subnets, func(s *simSubnet) bool { return s.zone == zone })
}

// placed is a place with the groups that its interfaces get: the VPC's default group where none is named.
func (s *simSide) placed(p simPlace) simPlace {
	if len(p.groups) == 0 {
		p.groups = []*simGroup{s.defaultGroup()}
	}
	return p
}

// cidrs are all address blocks that anything in the network names.
func (n *simNetwork) cidrs() []string {
	var cidrs []string
	for _, side := range []*simSide{n.consumer, n.provider} {
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
