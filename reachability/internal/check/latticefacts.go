package check

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// latticeFacts are the resources of VPC Lattice that are certain to be deployed as the templates have them.
type latticeFacts struct {
	services        []*network.LatticeService
	serviceNetworks []*network.ServiceNetwork
	listeners       []*network.LatticeListener
	rules           []*network.LatticeRule
	targetGroups    []*network.LatticeTargetGroup
	vpcs            []*network.VpcAssociation
	associations    []*network.ServiceAssociation
	policies        []*network.AuthPolicy
	shares          []*network.ResourceShare
}

func newLatticeFacts(n *network.Network) latticeFacts {
	return latticeFacts{
		services:        certain(n.LatticeServices(), func(s *network.LatticeService) *network.Resource { return s.Resource }),
		serviceNetworks: certain(n.ServiceNetworks(), func(sn *network.ServiceNetwork) *network.Resource { return sn.Resource }),
		listeners:       certain(n.LatticeListeners(), func(l *network.LatticeListener) *network.Resource { return l.Resource }),
		rules:           certain(n.LatticeRules(), func(r *network.LatticeRule) *network.Resource { return r.Resource }),
		targetGroups:    certain(n.LatticeTargetGroups(), func(tg *network.LatticeTargetGroup) *network.Resource { return tg.Resource }),
		vpcs:            certain(n.VpcAssociations(), func(a *network.VpcAssociation) *network.Resource { return a.Resource }),
		associations:    certain(n.ServiceAssociations(), func(a *network.ServiceAssociation) *network.Resource { return a.Resource }),
		policies:        certain(n.AuthPolicies(), func(p *network.AuthPolicy) *network.Resource { return p.Resource }),
		shares:          certain(n.ResourceShares(), func(s *network.ResourceShare) *network.Resource { return s.Resource }),
	}
}

// certainListenersOf are the listeners of a service that are certain to be deployed.
func (f *facts) certainListenersOf(s *network.LatticeService) []*network.LatticeListener {
	return certain(f.LatticeListenersOf(s), func(l *network.LatticeListener) *network.Resource { return l.Resource })
}

// certainRulesOf are the rules of a listener that are certain to be deployed.
func (f *facts) certainRulesOf(l *network.LatticeListener) []*network.LatticeRule {
	return certain(f.LatticeRulesOf(l), func(r *network.LatticeRule) *network.Resource { return r.Resource })
}

// latticeAction is an action, and the listener in which it takes requests; nil if the listener is not in the templates.
type latticeAction struct {
	network.LatticeAction
	listener *network.LatticeListener
}

// latticeActions are the actions of all listeners and rules.
func (f *facts) latticeActions() []latticeAction {
	var list []latticeAction
	for _, l := range f.lattice.listeners {
		list = append(list, latticeAction{l.DefaultAction, l})
	}
	for _, r := range f.lattice.rules {
		l := f.LatticeListener(r.ListenerIdentifier().Value)
		if l != nil && !network.IsCertain(l.Resource) {
			l = nil
		}
		list = append(list, latticeAction{r.Action, l})
	}
	return list
}

// latticeTargetGroup is the target group to which an action forwards; nil if the templates do not define it, or not for certain.
func (f *facts) latticeTargetGroup(forward network.LatticeForward) *network.LatticeTargetGroup {
	tg := f.LatticeTargetGroup(forward.TargetGroup.Value)
	if tg == nil || !network.IsCertain(tg.Resource) {
		return nil
	}
	return tg
}

// servicesTo are the services that are certain to forward to a target group, each once, with the target groups' identifiers.
func (f *facts) servicesTo(tg *network.LatticeTargetGroup) []*network.LatticeService {
	var list []*network.LatticeService
	for _, by := range f.LatticeForwardedBy(tg) {
		isCertain := by.Service != nil && network.IsCertain(by.Service.Resource) && network.IsCertain(by.Listener.Resource) &&
			(by.Rule == nil || network.IsCertain(by.Rule.Resource))
		if isCertain && !slices.ContainsFunc(list, func(s *network.LatticeService) bool { return s.Resource == by.Service.Resource }) {
			list = append(list, by.Service)
		}
	}
	return list
}

// latticeALB is an ALB that a target group of VPC Lattice registers; both are certain to be deployed.
type latticeALB struct {
	tg    *network.LatticeTargetGroup
	index int
	alb   *network.LoadBalancer
}

func (a latticeALB) id() network.Property { return a.tg.TargetId(a.index) }

// latticeALBs are the load balancers in target groups of type ALB.
func (f *facts) latticeALBs() []latticeALB {
	var list []latticeALB
	for _, tg := range f.lattice.targetGroups {
		if tg.Type().Literal() != "ALB" {
			continue
		}
		for i := range tg.Targets().Items() {
			if lb := f.loadBalancer(tg.TargetId(i).Value); isCertain(lb) {
				list = append(list, latticeALB{tg, i, lb})
			}
		}
	}
	return list
}

// environment is where a resource is deployed.
func environment(r *network.Resource) rules.Environment {
	return rules.Environment{Account: r.Stack.Account, Region: r.Stack.Region}
}
