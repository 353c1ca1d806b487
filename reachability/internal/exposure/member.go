package exposure

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// otherMembers adds what shares the security group of the previous node: a rule that names the group allows it too.
func (c *chain) otherMembers(x proof.Exposure, group network.GroupID, to link) {
	var others []network.Node
	var names []string
	for _, member := range c.n.Members(group, to.previous.Resource) {
		if c.sendsTo(member, to.Node) {
			others, names = append(others, member), append(names, member.Name)
		}
	}
	if len(others) == 0 {
		return
	}
	x.Chain, x.Clients = false, c.callers(others)
	x.From += ", shared by " + strings.Join(names, ", ")
	c.add(x)
}

// sendsTo reports whether a member of a security group can send traffic to a node. A load balancer sends to its targets
// only.
func (c *chain) sendsTo(member, to network.Node) bool {
	lb := c.n.LoadBalancer(member.Resource.Ref())
	if lb == nil || len(c.n.UnplacedListeners()) > 0 || len(c.n.UnplacedListenerRules()) > 0 {
		return true
	}
	return slices.ContainsFunc(c.n.ListenersOf(lb), func(l *network.Listener) bool {
		return slices.ContainsFunc(c.n.ActionsOf(l), func(a network.Actions) bool { return c.forwardsTo(a, to) })
	})
}

// forwardsTo reports whether actions forward to a target group in which a node is registered, or may be.
func (c *chain) forwardsTo(actions network.Actions, to network.Node) bool {
	return slices.ContainsFunc(actions.Forwards, func(f network.Forward) bool {
		tg := c.n.TargetGroup(f.TargetGroup.Value)
		if tg == nil {
			_, _, isOther := f.TargetGroup.Reference() // ELB refuses what is not a target group
			return !isOther
		}
		if tg.TargetType().Literal() == "alb" {
			alb, _, ok := tg.TargetId(0).Reference()
			return !ok || alb == to.Resource
		}
		targets, _ := c.n.TargetsOf(tg)
		return slices.ContainsFunc(targets, func(t network.Target) bool { return t.Resource == nil || t.Resource == to.Resource })
	})
}

// clients are nodes as clients.
func clients(nodes []network.Node) []proof.Client {
	list := make([]proof.Client, len(nodes))
	for i, node := range nodes {
		list[i] = cite.Client(node)
	}
	return list
}
