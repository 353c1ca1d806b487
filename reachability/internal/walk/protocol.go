package walk

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// protocolBehind is TCP or TLS if every front door of a destination listens on the port of the request with it, and forwards to
// targets without an ALB. It is empty if not, and if that is unknown.
func (t *trace) protocolBehind(to destination) string {
	if to == nil {
		return ""
	}
	return agreed(to.frontDoors(), t.protocolOf)
}

// protocolOf is the protocol of one front door.
func (t *trace) protocolOf(lb *network.LoadBalancer) string {
	if lb.Kind() != network.NetworkKind {
		return ""
	}
	listeners := t.n.ListenersOn(lb, t.port)
	t.run.left.Steps(len(listeners))
	var onPort []*network.Listener
	for _, listener := range listeners {
		if listener.Exists != network.No {
			onPort = append(onPort, listener)
		}
	}
	return agreed(onPort, t.protocolToTargets)
}

// agreed is the protocol that all of a list have; empty if they differ.
func agreed[T any](list []T, protocolOf func(T) string) string {
	protocol := ""
	for i, one := range list {
		own := protocolOf(one)
		if i > 0 && own != protocol {
			return ""
		}
		protocol = own
	}
	return protocol
}

// protocolToTargets is the protocol of a listener whose target groups are all known to have no ALB.
func (t *trace) protocolToTargets(listener *network.Listener) string {
	groups := listener.DefaultActions.Targets().Groups
	hasALB := func(group network.Property) bool {
		tg := t.n.TargetGroup(group.Value)
		if tg == nil || tg.TargetType().IsUndecided() || isALBGroup(tg) {
			return true // or may have one
		}
		_, wrong := t.albInOtherType(tg)
		return wrong
	}
	if len(groups) == 0 || slices.ContainsFunc(groups, hasALB) {
		return ""
	}
	switch listener.Protocol().Literal() {
	case "TCP", "TCP_UDP":
		return "TCP"
	case "TLS":
		return "TLS"
	}
	return ""
}
