package check

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// targetGroupLoadBalancer finds a target group to which a second load balancer forwards.
func targetGroupLoadBalancer(p *pass) {
	for _, lb := range p.loadBalancers {
		var found []network.Value
		for _, actions := range p.certainActionsOf(lb) {
			for _, f := range actions.Forwards {
				group := f.TargetGroup
				isKnown := slices.ContainsFunc(found, func(v network.Value) bool { return network.Identical(v, group.Value) })
				if first := p.firstForwarder(group.Value); first != nil && first != lb && !isKnown {
					found = append(found, group.Value)
					p.values(group, func(report *rules.Report, property string) {
						rules.CheckTargetGroupLoadBalancer(report, property, network.DisplayName(first.Resource))
					})
				}
			}
		}
	}
}

// firstForwarder is the first load balancer that is certain to forward to a target group; nil if none is, or the group is undecided.
func (f *facts) firstForwarder(group network.Value) *network.LoadBalancer {
	if !network.IsIdentified(group) {
		return nil
	}
	for _, by := range f.ForwardedBy(group) {
		if by.IsCertain() && isCertain(by.LoadBalancer) {
			return by.LoadBalancer
		}
	}
	return nil
}

// certainActionsOf are the actions of those listeners and rules of a load balancer that are certain to be deployed.
func (f *facts) certainActionsOf(lb *network.LoadBalancer) []network.Actions {
	var list []network.Actions
	for _, l := range f.ListenersOf(lb) {
		if !network.IsCertain(l.Resource) {
			continue
		}
		list = append(list, l.DefaultActions)
		for _, r := range f.RulesOf(l) {
			if network.IsCertain(r.Resource) {
				list = append(list, r.Actions)
			}
		}
	}
	return list
}
