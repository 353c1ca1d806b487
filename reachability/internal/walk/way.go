package walk

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// way is how packets get from the client's VPC to another one and back. The zero way is within a VPC, or not known.
type way struct {
	// kind is what routes lead to: a peering connection or a transit gateway.
	kind network.RouteTargetKind
	// target is the property of a route that names it.
	target network.Property
	// role is what the client calls, such as "endpoint".
	role string

	connection *network.PeeringConnection // nil if the templates do not define it
	own, other *network.GatewayAttachment // of the client's VPC, and of that of what it calls; nil if unknown
}

// same says whether two ways are one.
func (w way) same(other way) network.Tristate {
	if w.kind != other.kind {
		return network.No
	}
	return network.Same(w.target.Value, other.target.Value)
}

// between takes the hops of what connects two VPCs, there and back.
func (t *trace) between(w way, to network.Node) way {
	if w.kind == network.ToPeering {
		w.connection = t.n.PeeringConnection(w.target.Value)
		t.take(proof.HopPeering, t.peered(w, to))
		return w
	}
	w, r := t.attached(w, to)
	t.take(proof.HopAttachment, r)
	t.take(proof.HopGatewayRoute, t.gatewayRoutes(w, w.own, w.other, to))
	t.take(proof.HopGatewayRouteBack, t.gatewayRoutes(w, w.other, w.own, t.client))
	return w
}

// routedBack finds whether responses get back to the client on the way of its requests.
func (t *trace) routedBack(w way, from network.Node) result {
	ways, r := t.routesTo(from, t.client)
	if r.verdict != proof.Reachable {
		return r
	}
	for _, back := range ways {
		if back.same(w) == network.Yes || w.connection != nil && t.n.PeeringConnection(back.target.Value) == w.connection {
			continue
		}
		if r := t.carriesBack(back, from); r.verdict == proof.Blocked {
			r.message = fmt.Sprintf("responses go over %s, and requests over %s: %s", network.NameOf(back.target.Value), network.NameOf(w.target.Value), r.message)
			return r.at(back.target, w.target)
		}
		return assumable(
			fmt.Sprintf("responses go over %s, and requests over %s", network.NameOf(back.target.Value), network.NameOf(w.target.Value)),
			proof.AssumeRoutes, "route both over one of them",
		).at(back.target, w.target)
	}
	return r
}

// carriesBack finds whether a way that requests do not take carries responses of a node to the client.
func (t *trace) carriesBack(back way, from network.Node) result {
	if back.kind == network.ToPeering {
		back.connection = t.n.PeeringConnection(back.target.Value)
		return t.peered(back, from)
	}
	back, r := t.attached(back, from)
	return t.worse(r, t.gatewayRoutes(back, back.other, back.own, t.client))
}

// routesTo finds where the route tables of a node's subnets send packets to another VPC.
func (t *trace) routesTo(from, to network.Node) ([]way, result) {
	if len(from.Subnets) == 0 {
		return nil, assumable(
			fmt.Sprintf("%s is in %s and %s in %s, and the subnets of %s are unknown, so their routes are too", from.Name, network.NameOf(from.VPC), to.Name, network.NameOf(to.VPC), from.Name),
			proof.AssumeRoutes, "name its subnets",
		)
	}
	addresses := t.n.AddressesOf(to)
	worst := passes("routes lead from %s to %s", from.Name, to.Name).concerningNodes(from, to)
	var ways []way
	for _, subnet := range from.Subnets {
		r := t.routesOf(subnet, from, to, addresses, func(w way) {
			if !slices.ContainsFunc(ways, func(other way) bool { return other.same(w) == network.Yes }) {
				ways = append(ways, w)
			}
		})
		if r.verdict == proof.Reachable {
			worst = worst.at(tables(t, subnet)...)
		}
		worst = t.worse(worst, r)
	}
	return ways, worst
}

// tables is the property that says which route table a subnet has.
func tables(t *trace, subnet network.Value) []network.Property {
	if a := t.n.TableAssociation(subnet); a != nil {
		return []network.Property{a.RouteTableId()}
	}
	return nil
}

// worse is the worse one of two results. What is assumed, or can be, hides nothing that is not. If it passes, or is assumed to, it
// rests on what both rest on.
func (t *trace) worse(a, b result) result {
	if t.severity(b) > t.severity(a) {
		a, b = b, a
	}
	if t.severity(a) > 1 {
		return a
	}
	return a.restsOn(b.uses...).concerning(b.concerns...)
}

// severity orders results: what passes, what is assumed, what can be, what is unknown, what blocks.
func (t *trace) severity(r result) int {
	switch {
	case r.verdict == proof.Reachable:
		return 0
	case r.verdict == proof.Blocked:
		return 4
	case r.assumption == "":
		return 3
	case t.assumes(r.assumption):
		return 1
	}
	return 2
}

// routesOf finds where the route table of a subnet sends packets to a node.
func (t *trace) routesOf(subnet network.Value, from, to network.Node, addresses network.Addresses, found func(way)) result {
	association, r := t.tableOf(subnet, from, fmt.Sprintf("%s is in %s and %s in %s", from.Name, network.NameOf(from.VPC), to.Name, network.NameOf(to.VPC)), to.Name)
	if association == nil {
		return r
	}
	if len(addresses.Blocks) == 0 {
		return assumable(fmt.Sprintf("the addresses of %s are unknown, and so are the routes to them", to.Name), proof.AssumeRoutes, "give its VPC and its subnets their CIDR blocks").
			at(association.RouteTableId())
	}
	worst := passes("")
	for _, block := range addresses.Blocks {
		take := t.n.Routing(association.RouteTableId().Value, from.VPC, block, t.facts.PrefixLists)
		if !t.run.left.Steps(1 + len(t.n.RoutesOf(association.RouteTableId().Value))) {
			break
		}
		one := routeTake{t: t, table: association, from: from, to: to, block: block, Take: take}
		worst = t.worse(worst, one.check(found))
	}
	if worst.verdict == proof.Reachable && !t.n.IsDefinedRouteTable(association.RouteTableId().Value) {
		return assumable(
			fmt.Sprintf("route table %s is defined elsewhere, and may have more specific routes", network.NameOf(association.RouteTableId().Value)),
			proof.AssumeRoutes, "load the template that defines it",
		).at(association.RouteTableId())
	}
	return worst
}

// tableOf is the association of a subnet with its route table; nil, with the reason, if the route table is not known. apart says why a
// route is needed, and to what.
func (t *trace) tableOf(subnet network.Value, from network.Node, apart, to string) (*network.TableAssociation, result) {
	association := t.n.TableAssociation(subnet)
	if association != nil {
		if table := association.RouteTableId(); !network.IsIdentified(table.Value) {
			return nil, undecided(table).assumedBy(proof.AssumeRoutes)
		}
		return association, result{}
	}
	if !network.IsIdentified(subnet) {
		return nil, unknownUntil(subnet, "a subnet of %s, and so its route table, is unknown: %s", from.Name, cite.Why(subnet)).assumedBy(proof.AssumeRoutes)
	}
	if list := t.n.UnplacedTableAssociations(); len(list) > 0 {
		at := list[0].SubnetId()
		return nil, unknownUntil(at.Value, "%s, and whether %s has route table %s is unknown", apart, network.NameOf(subnet), network.NameOf(list[0].RouteTableId().Value)).
			at(at).assumedBy(proof.AssumeRoutes)
	}
	why := "uses the main route table of its VPC, which no template defines"
	if isDefinedElsewhere(subnet) {
		why = "is defined elsewhere, and so is its route table"
	}
	r := assumable(fmt.Sprintf("%s, and subnet %s %s", apart, network.NameOf(subnet), why), proof.AssumeRoutes, "associate the subnet with a route table that has routes to "+to)
	if s := t.n.Subnet(subnet); s != nil {
		r = r.at(s.VpcId())
	}
	return nil, r
}
