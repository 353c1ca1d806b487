package walk

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// anywhere are all addresses of IPv4: before a deployment, an ALB may have any public one of them.
var anywhere = netip.MustParsePrefix("0.0.0.0/0")

// exits finds where the route tables of the client's subnets send packets to the public addresses of an ALB.
func (t *trace) exits(to network.Node) ([]exit, result) {
	if len(t.client.Subnets) == 0 {
		return nil, assumable(fmt.Sprintf("the subnets of %s are unknown, so their routes are too", t.client.Name), proof.AssumeRoutes, "name its subnets").
			atResource(t.client.Resource)
	}
	worst := passes("routes lead from %s to the internet", t.client.Name).concerningNodes(t.client)
	var list []exit
	for _, subnet := range t.client.Subnets {
		q := publicQuestion{subnet: subnet, from: t.client, to: to.Name, block: anywhere}
		r := t.internetRoutes(q, func(route *network.Route) { list = withExit(list, route, subnet) })
		worst = t.worse(worst, r)
	}
	if worst.verdict != proof.Reachable {
		return list, worst
	}
	for _, subnet := range t.client.Subnets {
		worst = worst.at(tables(t, subnet)...)
	}
	return list, worst
}

// withExit adds the target of a route to a list of ways out.
func withExit(list []exit, route *network.Route, subnet network.Value) []exit {
	kind, target := route.Target()
	for i, e := range list {
		if e.kind == kind && network.Same(e.target.Value, target.Value) == network.Yes {
			list[i].from = append(list[i].from, subnet)
			return list
		}
	}
	e := exit{kind: kind, target: target, from: []network.Value{subnet}}
	if e.isDirect() {
		e.gateway = target
	}
	return append(list, e)
}

// exitsOf are the ways out of a client's subnets, as far as the templates have them.
func exitsOf(n *network.Network, client network.Node) []exit {
	var list []exit
	for _, subnet := range client.Subnets {
		association := n.TableAssociation(subnet)
		if association == nil {
			continue
		}
		for _, route := range network.Derive(n, association, func(a *network.TableAssociation) []*network.Route { return publicRoutes(n, a) }) {
			list = withExit(list, route, subnet)
		}
	}
	return list
}

// publicRoutes are the routes of a subnet for public addresses that lead to the internet, or may.
func publicRoutes(n *network.Network, a *network.TableAssociation) []*network.Route {
	vpc, _ := n.VpcOfTable(a.RouteTableId().Value)
	var list []*network.Route
	for _, taken := range n.Routing(a.RouteTableId().Value, vpc, anywhere, nil).Taken {
		if takesPublic(taken) && leavesVpc(taken.Entry, false) != isBlocked {
			list = append(list, taken.Entry)
		}
	}
	return list
}

// takesPublic reports whether a route takes packets to public addresses.
func takesPublic(taken network.Taken[*network.Route]) bool {
	return taken.Entry != nil && network.IsPublicBlock(taken.Of)
}

// publicQuestion asks what the route table of a node's subnet does with packets to public addresses.
type publicQuestion struct {
	subnet network.Value
	from   network.Node
	// to is where the packets go, as people know it, and block the addresses that are asked about: all, or some.
	to    string
	block netip.Prefix
	// direct asks for an internet gateway, as a NAT gateway and an ALB need one, and not for a NAT gateway.
	direct bool
}

// internetRoutes answers the question, and calls found with each route that leads to the internet, or may.
func (t *trace) internetRoutes(q publicQuestion, found func(*network.Route)) result {
	association, r := t.tableOf(q.subnet, q.from, fmt.Sprintf("%s and %s are at two ends of the internet", q.from.Name, q.to), "the internet")
	if association == nil {
		return r
	}
	table := association.RouteTableId()
	take := t.n.Routing(table.Value, q.from.VPC, q.block, t.facts.PrefixLists)
	if !t.run.left.Steps(1 + len(t.n.RoutesOf(table.Value))) {
		return passes("")
	}
	r = publicTake{publicQuestion: q, t: t, table: association, Take: take}.check(found)
	if r.verdict == proof.Reachable && !t.n.IsDefinedRouteTable(table.Value) {
		return assumable(
			fmt.Sprintf("route table %s is defined elsewhere, and may have more specific routes", network.NameOf(table.Value)), proof.AssumeRoutes, "load the template that defines it",
		).at(table)
	}
	return r
}

// publicTake is what a route table does with the packets of a question.
type publicTake struct {
	publicQuestion
	t     *trace
	table *network.TableAssociation
	network.Take[*network.Route]
}

// check finds whether all of the packets leave for the internet.
func (c publicTake) check(found func(*network.Route)) result {
	worst := passes("").restsOn(c.table.Resource)
	var out []*network.Route
	for _, taken := range c.Taken {
		if !takesPublic(taken) {
			continue
		}
		r := c.target(taken)
		if r.verdict != proof.Blocked {
			found(taken.Entry)
			out = append(out, taken.Entry)
		}
		worst = c.t.worse(worst, r.restsOn(taken.Entry.Resource))
	}
	for _, doubt := range c.Doubtful {
		switch {
		case doubt.Block.IsValid() && !network.IsPublicBlock(doubt.Block), c.IsComplete && leadTo(out, doubt.Entry):
			continue
		case len(out) == 0 && leavesVpc(doubt.Entry, c.direct) != isBlocked:
			found(doubt.Entry)
			out = append(out, doubt.Entry)
		}
		worst = c.t.worse(worst, routeTake{t: c.t, table: c.table, block: c.block}.doubtful(doubt))
	}
	if !c.IsComplete && len(c.Doubtful) == 0 {
		worst = c.t.worse(worst, c.nowhere(len(out) > 0))
	}
	return worst
}

// leadTo reports whether routes, of which there is one at least, and another one have one target.
func leadTo(list []*network.Route, other *network.Route) bool {
	kind, target := other.Target()
	return len(list) > 0 && !slices.ContainsFunc(list, func(route *network.Route) bool {
		k, p := route.Target()
		return k != kind || network.Same(p.Value, target.Value) != network.Yes
	})
}

// What becomes of packets to public addresses at the target of a route.
type fate int

const (
	isOut     fate = iota // they leave for the internet
	isUnknown             // they go where the proof does not follow them
	isBlocked             // they are dropped
)

// leavesVpc is what becomes of packets to public addresses at the target of a route; direct says that a NAT gateway does not do.
// https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-limitations
func leavesVpc(route *network.Route, direct bool) fate {
	switch kind, target := route.Target(); kind {
	case network.ToNatGateway:
		if direct {
			return isBlocked
		}
		return isOut
	case network.ToGateway:
		if network.IsInternetGateway(target.Value) {
			return isOut
		}
		return isUnknown
	case network.ToPeering, network.ToLocal, network.ToNothing, network.ToEgressOnly, network.ToOdbNetwork:
		return isBlocked
	}
	return isUnknown
}

// target is the result for packets that a route takes.
func (c publicTake) target(taken network.Taken[*network.Route]) result {
	kind, target := taken.Entry.Target()
	through := fmt.Sprintf("route %s sends packets to %s to %s", network.DisplayName(taken.Entry.Resource), describe(taken.Of), kind)
	open := ""
	if taken.Of != c.block {
		open = fmt.Sprintf("; whether %s has an address there is unknown", c.to)
	}
	switch leavesVpc(taken.Entry, c.direct) {
	case isOut:
		return passes("")
	case isBlocked:
		r := blocks(through+c.drops(kind), fmt.Sprintf("route %s to %s", taken.Of, c.needed())).at(taken.Entry.Destination(), target)
		if r.message += open; open != "" {
			r.verdict = proof.Unknown
		}
		return r
	}
	if kind == network.ToGateway && target.IsUndecided() && !target.IsLiteral() && referred(target) == nil {
		return unknownUntil(target.Value, "%s, and which is unknown: %s", through, cite.Why(target.Value)).at(target).assumedBy(proof.AssumeRoutes)
	}
	return assumable(through+", behind which they are not followed"+open, proof.AssumeRoutes, "make sure that requests leave for the internet there, and responses come back").
		at(taken.Entry.Destination(), target)
}

// describe is a block as people know it.
func describe(block netip.Prefix) string {
	if block == anywhere {
		return "public addresses"
	}
	return block.String()
}

// nowhere is the result for packets that no route takes: all of them, or only some.
func (c publicTake) nowhere(some bool) result {
	table := c.table.RouteTableId()
	r := blocks(
		fmt.Sprintf("no route of %s takes packets to %s", network.NameOf(table.Value), describe(c.block)),
		"add a route for 0.0.0.0/0 to "+c.needed(),
	).at(table)
	switch {
	case !c.t.n.IsDefinedRouteTable(table.Value):
		r = assumable(r.message+" in the templates", proof.AssumeRoutes, r.fix).at(table)
	case some:
		r.verdict, r.message = proof.Unknown, fmt.Sprintf("the routes of %s take packets to some public addresses, and not to all that %s may have", network.NameOf(table.Value), c.to)
	}
	return r
}

// needed is what the routes have to lead to.
func (c publicTake) needed() string {
	if c.direct {
		return "an internet gateway"
	}
	return "a NAT gateway, or to an internet gateway where " + c.from.Name + " has public addresses"
}

// drops says why packets do not get to the internet by the target of a route.
func (c publicTake) drops(kind network.RouteTargetKind) string {
	if kind == network.ToNatGateway {
		return ", and " + c.from.Name + " needs a subnet that leads to an internet gateway itself"
	}
	return ", which carries none to the internet"
}
