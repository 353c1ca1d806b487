package walk

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// protocolBehind is TCP or TLS if the API behind a destination is known not to be one over HTTP. It is empty if not, and if that is
// unknown.
func (t *trace) protocolBehind(to destination) string {
	if to == nil {
		return ""
	}
	return to.front().protocol(t)
}

// protocol is TCP or TLS if every front door takes the request with it, and forwards to targets without an ALB.
func (f frontDoors) protocol(t *trace) string { return common(f.list, t.protocolOf) }

// protocolOf is the protocol of one front door. Where it does not listen on the port of the request, it is TCP if no listener speaks
// HTTP.
func (t *trace) protocolOf(lb *network.LoadBalancer) string {
	if lb.Kind() != network.NetworkKind {
		return ""
	}
	if onPort := t.deployedOf(t.n.ListenersOn(lb, t.port)); len(onPort) > 0 {
		return common(onPort, t.protocolToTargets)
	}
	if common(t.deployedOf(t.n.ListenersOf(lb)), t.protocolToTargets) == "" {
		return ""
	}
	return tcp
}

// deployedOf are the listeners that may be deployed.
func (t *trace) deployedOf(listeners []*network.Listener) []*network.Listener {
	t.run.left.Steps(len(listeners))
	var list []*network.Listener
	for _, listener := range listeners {
		if listener.Exists != network.No {
			list = append(list, listener)
		}
	}
	return list
}

// common is the protocol that a list has in common: TCP if some have TLS, which is over TCP. It is empty if that of one is empty.
func common[T any](list []T, protocolOf func(T) string) string {
	protocol := ""
	for i, one := range list {
		switch own := protocolOf(one); {
		case own == "":
			return ""
		case i > 0 && own != protocol:
			protocol = tcp
		default:
			protocol = own
		}
	}
	return protocol
}

// The protocols of a front door without an ALB.
const (
	tcp = "TCP"
	tls = "TLS"
)

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
		return tcp
	case "TLS":
		return tls
	}
	return ""
}
