package walk

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// throughNLB takes a request from PrivateLink through an NLB.
func (t *trace) throughNLB(lb *network.LoadBalancer) {
	nlb := t.loadBalancer(lb)
	t.take(proof.HopNlbIngress, t.privateLinkIngress(nlb))
	// Behind it nothing is left of the client but its request.
	request := t.request
	request.caller = nil
	k := partKey{at: lb.Resource, request: request, nodes: t.enter(nlb)}
	if isAlone(t.expected) {
		k.alone = t.expected
	}
	t.share(k, t.entered, func(t *trace) bool {
		t.insideNLB(nlb)
		return true
	})
}

// insideNLB takes a request from the nodes of an NLB to its targets.
func (t *trace) insideNLB(nlb loadBalancer) {
	listener, r := t.nlbListener(nlb)
	t.take(proof.HopNlbListener, r)
	if listener == nil {
		return
	}
	if listener.Protocol().Literal() == "TLS" {
		t.take(proof.HopCertificate, t.certificate(listener))
	}
	groups, r := forwardedTo(listener.DefaultActions)
	if len(groups) == 0 {
		t.take(proof.HopNlbTargetGroup, r)
		return
	}
	from := forwarder{nlb, listener, listener.DefaultActions}
	t.forward(from.actions.UndecidedWeights(), groups, func(t *trace, group network.Property) { t.behindNLB(from, group) })
}

// behindNLB takes a request from an NLB to a target group: to an ALB, or to other targets.
func (t *trace) behindNLB(from forwarder, group network.Property) {
	_, _, isReference := group.Reference()
	tg := t.n.TargetGroup(group.Value)
	switch {
	case !isReference:
		t.take(proof.HopNlbTargetGroup, groupElsewhere(from, group))
		return
	case tg == nil:
	case tg.TargetType().IsUndecided():
		t.take(proof.HopNlbTargetGroup, undecided(tg.TargetType()))
		return
	case isALBGroup(tg):
		t.throughALBTarget(from, tg)
		return
	default:
		if r, wrong := t.albInOtherType(tg); wrong {
			t.take(proof.HopNlbTargetGroup, r)
			return
		}
	}
	t.toTargets(from, group)
}

// isALBGroup reports whether a target group has the type alb.
func isALBGroup(tg *network.TargetGroup) bool { return tg.TargetType().Literal() == "alb" }

// albInOtherType finds a load balancer that is registered in a target group whose type is not alb.
func (t *trace) albInOtherType(tg *network.TargetGroup) (r result, found bool) {
	for i := range tg.Targets().Len() {
		if lb := t.n.LoadBalancer(tg.TargetId(i).Value); lb != nil {
			return blocks(
				fmt.Sprintf("%s is a load balancer, and the target group is of type %q", network.DisplayName(lb.Resource), targetType(tg)),
				"set TargetType to alb",
			).at(tg.TargetType(), tg.TargetId(i)), true
		}
	}
	return result{}, false
}

// targetType is the type of a target group.
func targetType(tg *network.TargetGroup) string { return cmp.Or(tg.TargetType().Literal(), "instance") }

// privateLinkIngress finds whether the NLB's security groups block traffic from PrivateLink. They see the private address
// of the client, never its security group.
func (t *trace) privateLinkIngress(nlb loadBalancer) result {
	if nlb.node.Unfiltered {
		return passes("%s has no security group, so nothing blocks the traffic", nlb.node.Name).atResource(nlb.Resource)
	}
	p := nlb.EnforcesOnPrivateLink()
	enforced, isDecided := p.Text()
	if !isDecided && !p.IsAbsent() {
		return undecided(p)
	}
	if r, wrong := t.foreignGroup(nlb.node); wrong {
		return r
	}
	if enforced == "off" {
		return passes("the NLB does not apply its security groups to PrivateLink traffic").at(p)
	}
	client := t.client
	client.Groups = nil
	r := t.allows(nlb.node, network.Ingress, t.port, client)
	if r.verdict == proof.Blocked {
		r.message = "the NLB applies its security groups to PrivateLink traffic, and " + r.message
		r.fix = fmt.Sprintf("set %s to off, or %s", p.Path(), r.fix)
		r.evidence = append([]proof.Evidence{cite.Property(p)}, r.evidence...)
		r = r.restsOn(nlb.Resource)
	}
	return r
}

// nlbListener returns the listener on the port that the client calls. If the only listener has another port, the walk goes on
// behind it. It returns nil if no listener is known.
func (t *trace) nlbListener(nlb loadBalancer) (*network.Listener, result) {
	var undecidedPort *network.Property
	var related []proof.Evidence
	for _, listener := range t.n.ListenersOf(nlb.LoadBalancer) {
		port := listener.Port()
		switch listener.ListensOn(t.port) {
		case network.Maybe:
			undecidedPort = &port
			continue
		case network.No:
			related = append(related, cite.Property(port))
			continue
		}
		if r, found := t.samePort(nlb.LoadBalancer, listener); found {
			return nil, r
		}
		protocol, ok := listener.Protocol().Text()
		switch {
		case !ok:
			return nil, undecided(listener.Protocol())
		case networkFits[protocol] == nil:
			related = append(related, cite.Property(listener.Protocol()))
			continue
		case protocol != "TCP" && t.forwardsToALB(listener):
			return nil, blocks(
				fmt.Sprintf("the listener's protocol is %s, and only a TCP listener can forward to an ALB", protocol), rules.NetworkListenerTCP.Fix,
			).breaks(rules.NetworkListenerTCP).at(listener.Protocol())
		}
		if r, found := onlyHTTP2(listener); found {
			return listener, r
		}
		return listener, passes("%s %d", protocol, t.port).at(port)
	}
	if undecidedPort != nil {
		return nil, undecided(*undecidedPort)
	}
	var only *network.Listener
	if list := t.n.ListenersOf(nlb.LoadBalancer); len(list) == 1 && list[0].Protocol().Literal() == "TCP" {
		only = list[0]
	}
	return only, blocks(
		fmt.Sprintf("%s has no TCP listener on port %d", nlb.node.Name, t.port), fmt.Sprintf("add a TCP listener on port %d, or call another port", t.port),
	).related(related...).related(cite.Resource(nlb.Resource)).unless(t.unplacedListeners())
}

// onlyHTTP2 finds a TLS listener that accepts only clients which offer HTTP/2 by ALPN.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-tls-listener.html
func onlyHTTP2(listener *network.Listener) (r result, found bool) {
	p := listener.AlpnPolicy()
	if !p.IsListOrAbsent() {
		return undecided(p), true
	}
	for _, policy := range p.Items() {
		switch {
		case policy.IsUndecided():
			return undecided(policy), true
		case policy.Literal() == "HTTP2Only":
			return assumable(
				"the listener accepts only clients that speak HTTP/2, and what the client speaks is not in the templates",
				proof.AssumeHTTP2, "make sure that the client speaks HTTP/2, or use HTTP2Preferred",
			).at(policy), true
		}
	}
	return result{}, false
}

// unplacedListeners are the properties of listeners whose load balancer is undecided.
func (t *trace) unplacedListeners() []network.Property {
	return owners(t.n.UnplacedListeners(), (*network.Listener).LoadBalancerArn)
}

// forwardsToALB reports whether a listener forwards to a target group of type alb.
func (t *trace) forwardsToALB(listener *network.Listener) bool {
	return slices.ContainsFunc(listener.DefaultActions.Targets().Groups, func(group network.Property) bool {
		tg := t.n.TargetGroup(group.Value)
		return tg != nil && isALBGroup(tg)
	})
}
