package exposure

import (
	"net/netip"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// routedALB is the entrance of an API whose clients send packets to an internal ALB, from its VPC or by route.
type routedALB struct{ *network.LoadBalancer }

// routedALBs are the internal ALBs to which records lead, or routes from other VPCs where nothing else stands in front.
func routedALBs(n *network.Network) []routedALB {
	var list []routedALB
	for _, lb := range n.LoadBalancers() {
		if lb.IsInternalALB() && (len(n.LoadBalancerRecords(lb)) > 0 || !isTarget(n, lb) && isRouted(n, lb)) {
			list = append(list, routedALB{lb})
		}
	}
	return list
}

// isTarget reports whether a target group registers a load balancer: it is behind another one, or behind VPC Lattice.
func isTarget(n *network.Network, lb *network.LoadBalancer) bool {
	is := func(id network.Property) bool { return n.LoadBalancer(id.Value) == lb }
	for _, tg := range n.TargetGroups() {
		for i := range tg.Targets().Items() {
			if is(tg.TargetId(i)) {
				return true
			}
		}
	}
	for _, tg := range n.LatticeTargetGroups() {
		for i := range tg.Targets().Items() {
			if is(tg.TargetId(i)) {
				return true
			}
		}
	}
	return false
}

// isRouted reports whether a route table of a load balancer leads to a network between VPCs.
func isRouted(n *network.Network, lb *network.LoadBalancer) bool {
	for _, subnet := range lb.Subnets() {
		association := n.TableAssociation(subnet.Value)
		if association == nil {
			continue
		}
		for _, route := range n.RoutesOf(association.RouteTableId().Value) {
			if kind, _ := route.Target(); kind == network.ToPeering || kind == network.ToTransitGateway {
				return true
			}
		}
	}
	return false
}

func (a routedALB) api() string { return network.DisplayName(a.Resource) }

func (a routedALB) expose(c *chain) {
	c.reach = newReach(c.n, c.n.LoadBalancerNode(a.LoadBalancer), c.prefixLists)
	defer func() { c.reach = nil }()
	done := map[int]bool{}
	for _, port := range c.portsOf(c.n.ListenersOf(a.LoadBalancer)) {
		if !done[port] {
			done[port] = true
			c.applicationLoadBalancer(a.LoadBalancer, port, nil)
		}
	}
}

// routedBlock adds the VPCs of which a rule lets addresses in, and from which routes lead to the node; then the block itself, if it may
// also be somewhere else. It adds nothing for every address, or if nothing is known of the routes.
func (c *chain) routedBlock(x proof.Exposure, block netip.Prefix, to link) bool {
	if block.Bits() == 0 || !block.Addr().Is4() || len(to.reach.blocks) == 0 {
		return false
	}
	own := neighbour{vpc: to.VPC, blocks: c.n.AddressesIn(to.VPC).Blocks, routed: network.Yes}
	var known []netip.Prefix
	for _, v := range append([]neighbour{own}, to.reach.vpcs...) {
		known = append(known, v.blocks...)
		if network.Cover(block, v.blocks) == network.None && len(v.blocks) > 0 {
			continue
		}
		in := x
		in.From += block.String() + " in " + network.NameOf(v.vpc)
		if v.routed == network.Maybe || len(v.blocks) == 0 {
			in.Verdict = proof.Unknown
		}
		in.Clients = c.callers(c.withAddressesIn(c.n.WorkloadsIn(v.vpc), block))
		c.add(in)
	}
	return network.Cover(block, known) == network.All || !to.reach.leadsElsewhere(block)
}

// withAddressesIn are the nodes that have or may have an address of a block.
func (c *chain) withAddressesIn(nodes []network.Node, block netip.Prefix) []network.Node {
	var list []network.Node
	for _, node := range nodes {
		if blocks := c.n.AddressesOf(node).Blocks; len(blocks) == 0 || network.Cover(block, blocks) != network.None {
			list = append(list, node)
		}
	}
	return list
}

// groupOf is the exposure by a rule that names a group: blocked if no route leads from the group's VPC for certain, or if rules cannot
// name groups over what leads.
func (r *reach) groupOf(x proof.Exposure, group network.GroupID) proof.Exposure {
	defined := r.n.DefinedGroup(group.Value)
	if defined == nil || network.Equal(defined.VpcId().Value, r.to.VPC) != network.No {
		return x
	}
	v, ok := r.neighbour(defined.VpcId().Value)
	switch is := min(v.routed, v.refers); {
	case !ok && r.n.VPC(defined.VpcId().Value) == nil:
		x.Verdict = proof.Unknown
	case is == network.No:
		x.Verdict = proof.Blocked
	case is == network.Maybe:
		x.Verdict = proof.Unknown
	}
	return x
}
