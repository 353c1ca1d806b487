package exposure

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// behind adds everything that can send traffic to what a load balancer forwards to by some actions.
func (c *chain) behind(lb network.Node, actions network.Actions) {
	targets := actions.Targets()
	if targets.Undecided != nil {
		from := fmt.Sprintf("anything that reaches the targets of %s, which are unknown", network.DisplayName(actions.List.Resource))
		c.unknown(proof.HopTargetIngress, from, actions.List)
	}
	for _, group := range targets.Groups {
		tg := c.n.TargetGroup(group.Value)
		if tg == nil {
			c.unknownTargetGroup(group, actions.List)
			continue
		}
		switch tg.TargetType().Literal() {
		case "alb":
			c.albTarget(tg, &lb)
		case "lambda": // ELB invokes a function, without packets that a security group would filter
		default:
			c.targets(tg, &lb)
		}
	}
}

// unknownTargetGroup adds everything that can send traffic to targets of which the templates know nothing.
func (c *chain) unknownTargetGroup(group, actions network.Property) {
	if r, _, ok := group.Reference(); ok {
		from := fmt.Sprintf("anything that reaches the targets of %s, which is not a target group", network.DisplayName(r))
		c.unknown(proof.HopTargetIngress, from, network.Whole(r))
		return
	}
	from := fmt.Sprintf("anything that reaches the targets of %s, which is not in the templates", group)
	c.unknown(proof.HopTargetIngress, from, actions)
}

// targets adds everything that can send traffic to what is registered in a target group.
func (c *chain) targets(tg *network.TargetGroup, lb *network.Node) {
	targets, _ := c.n.TargetsOf(tg)
	c.registered(tg.Resource, targets, lb)
}

// registered adds everything that can send traffic to what is registered in a target group, on the ports of requests.
func (c *chain) registered(group *network.Resource, targets []network.Target, previous *network.Node) {
	if len(targets) == 0 {
		from := fmt.Sprintf("anything that reaches the targets of %s, which are not in the templates", network.DisplayName(group))
		c.unknown(proof.HopTargetIngress, from, network.Whole(group))
	}
	for _, target := range targets {
		if target.Resource == nil || len(target.Groups) == 0 {
			from := fmt.Sprintf("anything the security groups of %s allow, which are unknown", target.Name)
			c.unknown(proof.HopTargetIngress, from, target.At)
			continue
		}
		c.securityGroups(link{Node: target.Node, hop: proof.HopTargetIngress, ports: []int{target.Port}, previous: previous})
	}
}
