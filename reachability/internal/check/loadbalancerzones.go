package check

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/placeholder"
)

// loadBalancerZones warns of an NLB that keeps connections in their zones, and is in one where its ALB is not.
func loadBalancerZones(p *pass) {
	for _, e := range p.albTargets {
		for _, nlb := range p.forwardersTo(e.tg) {
			on, crossZone := nlb.CrossZone(e.tg)
			if nlb.Kind() != network.NetworkKind || on != network.No {
				continue
			}
			for _, property := range nlb.Subnets() {
				if subnet := p.Subnet(property.Value); subnet != nil && p.isElsewhere(subnet, e.alb) {
					p.report(at{property, subnet.Zone(), crossZone, e.alb.SubnetsProperty()}, "the NLB is in %s, where ALB %s is not",
						zoneName(subnet.Zone().Value), network.DisplayName(e.alb.Resource))
				}
			}
		}
	}
}

// isElsewhere reports whether a load balancer is certain to have no subnet in the zone of one.
func (p *pass) isElsewhere(subnet *network.Subnet, lb *network.LoadBalancer) bool {
	if !lb.SubnetsProperty().IsList() || !network.IsCertain(subnet.Resource) || p.MayBeChangedByCustomResource(lb.Resource) {
		return false
	}
	for _, property := range lb.Subnets() {
		other := p.Subnet(property.Value)
		if other == nil || !network.IsCertain(other.Resource) || !areOtherZones(subnet.Zone(), other.Zone()) {
			return false
		}
	}
	return true
}

// areOtherZones reports whether two zones are certain to differ: both have a name or both an ID, or both are items of
// Fn::GetAZs.
func areOtherZones(a, b network.Property) bool {
	i, isItem := network.ZoneListItem(a.Value)
	j, isOtherItem := network.ZoneListItem(b.Value)
	if isItem && isOtherItem {
		return i != j && a.Resource.Stack == b.Resource.Stack
	}
	if placeholder.IsZone(a.Literal()) != placeholder.IsZone(b.Literal()) {
		return false
	}
	return a.Path() == b.Path() && differ(a.Literal(), b.Literal())
}
