package exposure

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// networkLoadBalancer adds everything that can send traffic to an NLB on some ports, and to what is behind it.
func (c *chain) networkLoadBalancer(nlb *network.LoadBalancer, ports []int) {
	to := link{Node: c.n.LoadBalancerNode(nlb), hop: proof.HopNlbIngress, ports: ports}
	c.loadBalancer(nlb, to)
	for _, l := range c.n.ListenersOf(nlb) {
		c.behind(to.Node, l.DefaultActions)
	}
}

// applicationLoadBalancer adds everything that can send traffic to an ALB, and to what is behind its listeners on a port.
// Other listeners expose the API too if they forward to the same target groups.
func (c *chain) applicationLoadBalancer(alb *network.LoadBalancer, port int, previous *network.Node) {
	c.exposed[alb] = true
	own, others := c.listenersOn(alb, port)
	to := link{Node: c.n.LoadBalancerNode(alb), hop: proof.HopAlbIngress, previous: previous}
	if previous == nil {
		to.reach = c.reach
	}
	to.ports = append([]int{port}, c.portsOf(slices.Concat(own, c.sharingTargets(others, own)))...)
	c.loadBalancer(alb, to)
	for _, l := range own {
		if c.entered[l] {
			continue
		}
		c.entered[l] = true
		for _, actions := range c.n.ActionsOf(l) {
			c.behind(to.Node, actions)
		}
	}
}

// listenersOn splits the listeners of a load balancer into those that may be on a port and the others.
func (c *chain) listenersOn(lb *network.LoadBalancer, port int) (own, others []*network.Listener) {
	for _, l := range c.n.ListenersOf(lb) {
		if listens := l.Port().Int(); listens == port || listens == anyPort || port == anyPort {
			own = append(own, l)
		} else {
			others = append(others, l)
		}
	}
	return own, others
}

// sharingTargets are the listeners that forward, or may forward, to a target group of the API's own listeners.
func (c *chain) sharingTargets(listeners, own []*network.Listener) []*network.Listener {
	if len(c.n.UnplacedListenerRules()) > 0 {
		return listeners
	}
	var targets []network.Value
	for _, l := range own {
		for _, actions := range c.n.ActionsOf(l) {
			for _, f := range actions.Forwards {
				targets = append(targets, f.TargetGroup.Value)
			}
		}
	}
	isTarget := func(f network.Forward) bool {
		group := f.TargetGroup.Value
		return !network.IsIdentified(group) || slices.ContainsFunc(targets, func(t network.Value) bool { return network.Identical(t, group) })
	}
	var sharing []*network.Listener
	for _, l := range listeners {
		if slices.ContainsFunc(c.n.ActionsOf(l), func(a network.Actions) bool {
			return !a.List.IsList() || slices.ContainsFunc(a.Forwards, isTarget)
		}) {
			sharing = append(sharing, l)
		}
	}
	return sharing
}

// portsOf are the ports of listeners. Listeners whose load balancer is undecided may add any port.
func (c *chain) portsOf(listeners []*network.Listener) []int {
	var ports []int
	for _, l := range listeners {
		ports = append(ports, l.Port().Int())
	}
	if len(c.n.UnplacedListeners()) > 0 {
		ports = append(ports, anyPort)
	}
	return ports
}

// loadBalancer adds everything that can send traffic to a load balancer.
func (c *chain) loadBalancer(lb *network.LoadBalancer, to link) {
	scheme := lb.Scheme()
	x := proof.Exposure{Hop: to.hop, Evidence: cite.Property(scheme)}
	switch value, ok := scheme.Text(); {
	case scheme.IsAbsent() || value == "internet-facing":
		x.From, x.Verdict = "the internet: the load balancer is internet-facing", proof.Reachable
		c.add(x)
	case !ok:
		x.From, x.Verdict = "the internet, unless the load balancer is internal", proof.Unknown
		c.add(x)
	}
	if to.Unfiltered {
		c.add(proof.Exposure{
			Hop: to.hop, From: "every address with a route to it: it has no security group", Verdict: proof.Reachable,
			Evidence: cite.Resource(lb.Resource),
		})
		return
	}
	c.securityGroups(to)
}

// albTarget adds everything that can send traffic to the ALB in a target group, and to what is behind it.
func (c *chain) albTarget(tg *network.TargetGroup, from *network.Node) {
	id := tg.TargetId(0)
	alb := c.n.LoadBalancer(id.Value)
	if alb == nil {
		c.unknown(proof.HopAlbIngress, fmt.Sprintf("anything %s allows, which is not in the templates", id), id)
		return
	}
	c.applicationLoadBalancer(alb, tg.Port().Int(), from)
}
