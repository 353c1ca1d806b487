// Package exposure lists everything that can send traffic to the APIs of the templates.
//
// The vocabulary:
//
//   - An entrance is how an API is published, such as an endpoint service (endpointservice.go) or a service of VPC Lattice
//     (lattice.go), an ALB to which clients have routes (routed.go), or an internet-facing one (public.go).
//   - The chain is what a request passes behind the entrance: load balancers (loadbalancer.go), then targets (target.go).
//   - A link is one node of the chain. What its security groups allow is exposure (securitygroup.go). The link before it
//     belongs to the chain; anything else with the same security group does not (member.go).
//
// To add an entrance: write its file, and add it to [entrances]. The chain behind it stays the same.
package exposure

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/budget"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// List returns everything that can send traffic to a hop of an API that the templates publish, by API. It ends early if nothing
// is left of the budget.
func List(n *network.Network, facts proof.Facts, left *budget.Budget) []proof.Exposure {
	list := []proof.Exposure{}
	exposed := map[*network.LoadBalancer]bool{}
	expose := func(e entrance) {
		c := &chain{
			n: n, left: left, prefixLists: facts.PrefixLists, api: e.api(), seen: map[string]int{}, entered: map[*network.Listener]bool{},
			exposed: exposed,
		}
		e.expose(c)
		c.unread()
		if !slices.Contains(facts.Assume, proof.AssumeMacro) {
			c.macros()
		}
		list = append(list, c.list...)
	}
	for _, e := range entrances(n, facts) {
		expose(e)
	}
	for _, alb := range publicALBs(n) {
		if !exposed[alb.LoadBalancer] {
			expose(alb)
		}
	}
	slices.SortStableFunc(list, func(a, b proof.Exposure) int { return cmp.Compare(a.API, b.API) })
	return list
}

// entrance is one way to publish an API.
type entrance interface {
	// api is the API as people know it.
	api() string
	// expose adds everything that can send traffic to the entrance and to the chain behind it.
	expose(c *chain)
}

// entrances are the entrances that may be in front of public ALBs.
func entrances(n *network.Network, facts proof.Facts) []entrance {
	var list []entrance
	for _, s := range endpointServices(n, facts) {
		list = append(list, s)
	}
	for _, s := range latticeServices(n, facts) {
		list = append(list, s)
	}
	for _, alb := range routedALBs(n) {
		list = append(list, alb)
	}
	return list
}

// chain collects the exposures of one API.
type chain struct {
	n           *network.Network
	left        *budget.Budget
	prefixLists map[string][]string // that people gave
	api         string
	list        []proof.Exposure
	seen        map[string]int                 // indexes in the list
	entered     map[*network.Listener]bool     // listeners of ALBs: rules can form a loop
	exposed     map[*network.LoadBalancer]bool // ALBs that some chain has, of this API or of others
	// admits says which callers policies may admit, where packets alone get nobody in; nil elsewhere.
	admits func(network.Node) bool
	// reach is from where routes lead to an ALB at the entrance; nil elsewhere.
	reach *reach
}

// link is one node of the chain.
type link struct {
	network.Node
	hop      string        // at which it receives requests
	ports    []int         // on which it receives them
	previous *network.Node // the node that sends them; nil at the entrance
	reach    *reach        // from where routes lead to it; nil if only rules count
}

// anyPort stands for an undecided port.
const anyPort = 0

func (c *chain) add(x proof.Exposure) {
	if c.admits != nil && len(x.Clients) == 0 {
		return // whoever gets in is named by a policy, and listed there
	}
	x.API = c.api
	key := x.Hop + "\x00" + x.From + "\x00" + x.Evidence.String()
	switch at, again := c.seen[key]; {
	case !again:
		c.seen[key] = len(c.list)
		c.list = append(c.list, x)
	case x.Chain && !c.list[at].Chain: // of two links before a node, each is the chain to its own rule
		c.list[at] = x
	}
}

// unread adds the parts of the templates that were not read: anything in them may reach the API.
func (c *chain) unread() {
	for _, u := range c.n.Unread() {
		c.add(proof.Exposure{
			Hop: proof.HopEndpointIngress, From: fmt.Sprintf("anything in %s %s, which was not read: %s", u.Kind, u, u.Why),
			Verdict: proof.Unknown, Evidence: cite.Unread(u),
		})
	}
}

// macros adds the stacks that macros change: a macro can add anything.
func (c *chain) macros() {
	for _, s := range c.n.Stacks() {
		if macro := network.Macro(s); macro != "" {
			c.add(proof.Exposure{
				Hop: proof.HopEndpointIngress, From: fmt.Sprintf("anything that the macro %s adds to stack %s", macro, s.Name),
				Verdict: proof.Unknown, Evidence: cite.Stack(s),
			})
		}
	}
}

// callers are nodes as clients, without those that policies keep out.
func (c *chain) callers(nodes []network.Node) []proof.Client {
	if c.admits != nil {
		nodes = slices.DeleteFunc(slices.Clone(nodes), func(node network.Node) bool { return !c.admits(node) })
	}
	return clients(nodes)
}

// unknown adds an exposure that only the deployment decides.
func (c *chain) unknown(hop, from string, at network.Property) {
	c.add(proof.Exposure{Hop: hop, From: from, Verdict: proof.Unknown, Evidence: cite.Property(at)})
}
