package reachability

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// inZonesOf finds whether a target is in Availability Zones of its load balancer: a target elsewhere is registered, and
// gets no requests. One subnet in a zone of it is enough, since others get requests there.
func (t *trail) inZonesOf(balancer, target party) (step, bool) {
	theirs := subnetsOfLoadBalancer(balancer.resource)
	if len(theirs) == 0 || len(target.subnets) == 0 {
		return step{}, false
	}
	for _, subnet := range target.subnets {
		own := zoneOf(subnet, t.facts)
		for _, their := range theirs {
			same, _ := own.same(zoneOf(their, t.facts))
			if same != assembly.No || assembly.Equal(subnet, their) == assembly.Yes {
				return step{}, false
			}
		}
	}
	return blocks(
		fmt.Sprintf("%s is in %s, which is no zone of %s, so it gets no requests", target.name, zoneOf(target.subnets[0], t.facts), balancer.name),
		"put both into the same Availability Zones",
	).at(target.resource).near(evidence(balancer.resource)), true
}

// crossZone reports whether the nodes of a load balancer may send to targets in zones of others: for an NLB, that is off
// by default.
func crossZone(balancer *assembly.Resource) bool {
	attributes := balancer.Property("LoadBalancerAttributes")
	if attributes.Kind() != assembly.List && attributes.Kind() != assembly.Absent {
		return true
	}
	v, i := keyed(balancer, "LoadBalancerAttributes", "load_balancing.cross_zone.enabled")
	return i >= 0 && !isBool(v, false)
}
