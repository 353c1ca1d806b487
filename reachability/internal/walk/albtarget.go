package walk

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// throughALBTarget takes a request from an NLB to the ALB that is the target of a group of type alb.
func (t *trace) throughALBTarget(from forwarder, tg *network.TargetGroup) {
	lb, port, r := t.albTarget(from, tg)
	isRegistered := t.take(proof.HopNlbTargetGroup, r.onPort(port))
	if lb == nil {
		return
	}
	nlb, alb := from.node, t.loadBalancer(lb)
	if !isRegistered { // which port the hops to the ALB are about, the fix decides
		t.leave(from, tg)
		t.throughALB(alb, port, sources{Addresses: t.n.AddressesOf(nlb)})
		return
	}
	health := t.albHealth(nlb, alb, tg, port)
	if r, found := t.zonal(from, tg, []network.Node{alb.node}); found {
		health = t.worse(health, r)
	}
	t.leave(from, tg)
	t.take(proof.HopNlbHealthCheck, health)
	t.take(proof.HopNlbEgress, t.allows(nlb, network.Egress, port, alb.node))
	t.take(proof.HopNlbNacl, t.acls(nlb, alb.node, port))
	t.take(proof.HopAlbIngress, t.allows(alb.node, network.Ingress, port, nlb))
	t.throughALB(alb, port, sources{Addresses: t.n.AddressesOf(nlb)})
}

// albTarget returns the ALB that is the target of a group, and the port on which it receives requests. If its only listener
// has another port, the walk goes on behind that. It returns nil if no ALB is known.
func (t *trace) albTarget(from forwarder, tg *network.TargetGroup) (alb *network.LoadBalancer, port int, r result) {
	switch protocol := tg.Protocol(); {
	case protocol.IsUndecided():
		return nil, 0, undecided(protocol)
	case protocol.Literal() != "TCP":
		return nil, 0, blocks(fmt.Sprintf("the protocol of a target group of type alb is TCP, not %q", protocol.Literal()), "set Protocol to TCP").
			breaks(rules.NetworkListenerTCP).at(protocol)
	}
	if r, wrong := t.sharedGroup(tg, from.loadBalancer); wrong {
		return nil, 0, r
	}
	alb, r = t.registeredALB(tg)
	if alb == nil {
		return nil, 0, r
	}
	p := tg.TargetPort(0)
	number, ok := p.Number()
	group, isDecided := tg.Port().Number()
	switch {
	case !ok:
		return nil, 0, undecided(p)
	case isDecided && group != number:
		return nil, 0, blocks(
			fmt.Sprintf("the target is registered on port %.0f, and the port of its group is %.0f", number, group), "set both to the port of the ALB's listener",
		).breaks(rules.OnePort).at(p, tg.Port())
	}
	port = int(number)
	if r, wrong := otherVpc(tg, from.node); wrong {
		return nil, 0, r
	}
	if vpc := t.loadBalancer(alb).node.VPC; network.Equal(vpc, tg.VpcId().Value) == network.No {
		return nil, 0, blocks(
			fmt.Sprintf("%s is in %s, and %s belongs to %s", network.DisplayName(alb.Resource), network.NameOf(vpc), network.DisplayName(tg.Resource), network.NameOf(tg.VpcId().Value)),
			"use one VPC for both",
		).breaks(rules.LoadBalancerVpc).at(tg.TargetId(0), tg.VpcId())
	}
	if r, wrong := otherFamily(tg, from.loadBalancer); wrong {
		return nil, 0, r
	}
	if r, wrong := t.doesNotListen(alb, port, p); wrong {
		if list := t.n.ListenersOf(alb); r.verdict == proof.Blocked && len(list) == 1 {
			return alb, list[0].Port().Int(), r
		}
		return nil, 0, r
	}
	return alb, port, passes("%s forwards to %s on port %d", network.DisplayName(tg.Resource), network.DisplayName(alb.Resource), port).
		at(p, from.actions.List).atResource(alb.Resource)
}

// registeredALB is the ALB that is registered in a target group; nil, with the reason, if none is known to be.
func (t *trace) registeredALB(tg *network.TargetGroup) (*network.LoadBalancer, result) {
	targets, id := tg.Targets(), tg.TargetId(0)
	switch {
	case targets.IsEmpty():
		return nil, noTarget(tg, "register the ALB in its Targets")
	case !targets.IsList():
		return nil, undecided(targets)
	}
	r, _, isReference := id.Reference()
	alb := t.n.LoadBalancer(id.Value)
	switch {
	case !isReference:
		return nil, unknownUntil(id.Value, "target %s is not in the templates", id).at(id)
	case alb != nil && alb.Type().IsUndecided():
		return nil, undecided(alb.Type())
	case alb != nil && alb.SubnetsProperty().IsUnknown():
		return nil, undecided(alb.SubnetsProperty())
	case alb == nil || alb.Kind() != network.Application:
		return nil, blocks(network.DisplayName(r)+" is not an ALB", "register an ALB in a target group of type alb").at(id)
	}
	return alb, result{}
}

// noTarget is the result for a target group without targets.
func noTarget(tg *network.TargetGroup, fix string) result {
	return noTargetIn(tg.Resource, tg.Targets(), fix)
}

func noTargetIn(group *network.Resource, targets network.Property, fix string) result {
	return assumable(network.DisplayName(group)+" has no target in the templates", proof.AssumeTargets, fix).at(targets)
}

// doesNotListen finds an ALB without exactly one listener on the port of a target: ELB then refuses the target. The
// property has the port.
func (t *trace) doesNotListen(alb *network.LoadBalancer, port int, p network.Property) (r result, found bool) {
	listeners := t.n.ListenersOf(alb)
	listens := func(l *network.Listener) bool { return l.ListensOn(port) == network.Yes }
	if i := slices.IndexFunc(listeners, listens); i >= 0 {
		return t.samePort(alb, listeners[i])
	}
	if t.n.HasUndecidedPort(alb) {
		return result{}, false
	}
	name, has := network.DisplayName(alb.Resource), "has no listener"
	if len(listeners) > 0 {
		has = fmt.Sprintf("listens on port %d", listeners[0].Port().Int())
	}
	r = blocks(
		fmt.Sprintf("the target is registered on port %d, and %s %s", port, name, has), "give the target group and its target the port of the ALB's listener",
	).breaks(rules.OnePort).at(p)
	if len(listeners) > 0 {
		r = r.at(listeners[0].Port())
	}
	r = r.unless(t.unplacedListeners())
	return r, true
}
