package exposure

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// publicALB is the entrance of an API whose clients send packets to an internet-facing ALB, over the internet.
type publicALB struct{ *network.LoadBalancer }

// publicALBs are the ALBs that are internet-facing, or may be, and forward requests. One that stands behind another entrance is exposed
// there, with what is in front of it.
func publicALBs(n *network.Network) []publicALB {
	var list []publicALB
	for _, lb := range n.LoadBalancers() {
		if lb.IsPublicALB() && slices.ContainsFunc(n.ListenersOf(lb), func(l *network.Listener) bool { return mayForward(n, l) }) {
			list = append(list, publicALB{lb})
		}
	}
	return list
}

// mayForward reports whether a listener forwards requests, or may: one that answers all by itself, such as by redirects, exposes nothing.
func mayForward(n *network.Network, l *network.Listener) bool {
	return len(n.UnplacedListenerRules()) > 0 || slices.ContainsFunc(n.ActionsOf(l), func(a network.Actions) bool {
		targets := a.Targets()
		return len(targets.Groups) > 0 || targets.Undecided != nil
	})
}

func (a publicALB) api() string { return network.DisplayName(a.Resource) }

func (a publicALB) expose(c *chain) {
	done := map[int]bool{}
	for _, l := range c.n.ListenersOf(a.LoadBalancer) {
		if port := l.Port().Int(); !done[port] && mayForward(c.n, l) {
			done[port] = true
			c.applicationLoadBalancer(a.LoadBalancer, port, nil)
		}
	}
}
