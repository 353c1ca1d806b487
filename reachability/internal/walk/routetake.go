package walk

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// routeTake is what a route table does with packets from a node to a block of another.
type routeTake struct {
	t        *trace
	table    *network.TableAssociation
	from, to network.Node
	block    netip.Prefix
	network.Take[*network.Route]
}

// check finds whether all of the packets go to what connects the VPCs, and calls found with each way.
func (c routeTake) check(found func(way)) result {
	worst := passes("").restsOn(c.table.Resource)
	var ways []way
	isOverridden := false
	for _, taken := range c.Taken {
		if c.mayBeOverridden(taken) {
			isOverridden = true
			continue // what may override it is reported below
		}
		if worst.verdict == proof.Blocked && !leadsToVpc(taken.Entry) {
			continue // one is enough
		}
		w, r := c.target(taken.Entry, taken.Of)
		if w.kind != "" && !slices.ContainsFunc(ways, func(other way) bool { return other.same(w) == network.Yes }) {
			ways = append(ways, w)
			found(w)
		}
		if taken.Entry != nil {
			r = r.restsOn(taken.Entry.Resource)
		}
		worst = c.t.worse(worst, r)
	}
	for _, doubt := range c.Doubtful {
		kind, target := doubt.Entry.Target()
		w := way{kind: kind, target: target}
		leads := leadsToVpc(doubt.Entry)
		if c.IsComplete && !isOverridden && leads && len(ways) == 1 && ways[0].same(w) == network.Yes {
			continue // with or without it
		}
		if leads && len(ways) == 0 {
			ways = append(ways, w)
			found(w)
		}
		worst = c.t.worse(worst, c.doubtful(doubt))
	}
	if !c.IsComplete && len(c.Doubtful) == 0 {
		worst = c.t.worse(worst, c.nowhere())
	}
	return worst
}

// mayBeOverridden reports whether a route that leads elsewhere may be less specific than one to what connects the VPCs, of which the deployment
// decides which packets it takes. No such route overrides the local one.
func (c routeTake) mayBeOverridden(taken network.Taken[*network.Route]) bool {
	return taken.Entry != nil && !leadsToVpc(taken.Entry) && slices.ContainsFunc(c.Doubtful, func(doubt network.Routed[*network.Route]) bool {
		return leadsToVpc(doubt.Entry) && doubt.MayOverride(taken.Routed)
	})
}

// leadsToVpc reports whether a route leads to what connects VPCs; the local route, which is nil, does not.
func leadsToVpc(route *network.Route) bool {
	if route == nil {
		return false
	}
	kind, _ := route.Target()
	return kind == network.ToPeering || kind == network.ToTransitGateway
}

// doubtful is the result for a route of which it is not known which packets it takes, or whether it is deployed.
func (c routeTake) doubtful(doubt network.Routed[*network.Route]) result {
	name := network.DisplayName(doubt.Entry.Resource)
	if id, hasID := network.PrefixListID(doubt.Why.Value); hasID {
		return unknown(
			fmt.Sprintf("whether route %s takes packets to %s is unknown, as the entries of prefix list %s are not in the templates", name, c.block, id),
			"", proof.Settlement{Kind: proof.SettleByPrefixList, Subject: id},
		).at(*doubt.Why)
	}
	return unknownUntil(doubt.Why.Value, "whether route %s takes packets to %s is unknown: %s", name, c.block, cite.Why(doubt.Why.Value)).at(*doubt.Why)
}

// nowhere is the result for packets that no route takes.
func (c routeTake) nowhere() result {
	table := c.table.RouteTableId()
	r := blocks(
		fmt.Sprintf("no route of %s takes packets to %s, the addresses of %s", network.NameOf(table.Value), c.block, c.to.Name),
		fmt.Sprintf("add a route for %s to the peering connection or the transit gateway that connects the two VPCs", c.block),
	).at(table)
	if !c.t.n.IsDefinedRouteTable(table.Value) {
		r = assumable(r.message+" in the templates", proof.AssumeRoutes, r.fix).at(table)
	}
	for _, route := range c.t.n.RoutesOf(table.Value) {
		if leadsToVpc(route) {
			return r.related(cite.Property(route.Destination()))
		}
	}
	return r
}

// target finds what a route sends packets to.
func (c routeTake) target(route *network.Route, of netip.Prefix) (way, result) {
	if route == nil {
		return way{}, blocks(
			fmt.Sprintf("%s, the addresses of %s, is within the blocks of %s too, whose local route takes the packets", of, c.to.Name, network.NameOf(c.from.VPC)),
			"give the VPCs blocks that do not overlap",
		).at(c.table.RouteTableId())
	}
	kind, target := route.Target()
	name := network.DisplayName(route.Resource)
	leads := string(kind)
	if network.IsInternetGateway(target.Value) {
		leads = "an internet gateway"
	}
	through := fmt.Sprintf("route %s sends packets to %s, the addresses of %s, to %s", name, of, c.to.Name, leads)
	elsewhere := func() result {
		return blocks(through+c.overrides(route), fmt.Sprintf("route %s to the peering connection or the transit gateway that connects the two VPCs", of)).at(route.Destination(), target)
	}
	switch kind {
	case network.ToPeering:
		return way{kind: kind, target: target}, passes("")
	case network.ToTransitGateway:
		return way{kind: kind, target: target}, c.waits(route, target)
	case network.ToEgressOnly, network.ToLocal, network.ToNothing:
		return way{}, elsewhere()
	case network.ToGateway:
		if network.IsInternetGateway(target.Value) {
			return way{}, elsewhere()
		}
	case network.ToNatGateway:
		if c.endsAtNat(target) {
			return way{}, elsewhere()
		}
	}
	return way{}, assumable(through+", behind which they are not followed", proof.AssumeRoutes, "make sure that it lets requests and responses pass").at(route.Destination(), target)
}

// overrides says that a less specific route leads to what connects the VPCs.
func (c routeTake) overrides(by *network.Route) string {
	own, ok := network.Block(by.DestinationCidrBlock().Value)
	if !ok {
		return ""
	}
	for _, route := range c.t.n.RoutesOf(c.table.RouteTableId().Value) {
		block, ok := network.Block(route.DestinationCidrBlock().Value)
		if ok && block.Overlaps(c.block) && block.Bits() < own.Bits() && leadsToVpc(route) {
			return fmt.Sprintf(", as it is more specific than %s", network.DisplayName(route.Resource))
		}
	}
	return ""
}

// endsAtNat reports whether packets to another VPC end at a NAT gateway: the routes of its own subnet are known, and lead to neither a
// peering connection nor a transit gateway.
func (c routeTake) endsAtNat(target network.Property) bool {
	nat := c.t.n.NatGateway(target.Value)
	if nat == nil {
		return false
	}
	association := c.t.n.TableAssociation(nat.SubnetId().Value)
	if association == nil || !c.t.n.IsDefinedRouteTable(association.RouteTableId().Value) {
		return false
	}
	take := c.t.n.Routing(association.RouteTableId().Value, c.from.VPC, c.block, c.t.facts.PrefixLists)
	for _, taken := range take.Taken {
		if taken.Entry == nil {
			continue
		}
		if kind, to := taken.Entry.Target(); kind != network.ToGateway || !network.IsInternetGateway(to.Value) {
			return false
		}
	}
	return len(take.Doubtful) == 0
}

// waits finds a route to a transit gateway that EC2 refuses: it is created before the attachment of its VPC.
// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
func (c routeTake) waits(route *network.Route, target network.Property) result {
	a, _ := c.t.n.Attachment(c.from.VPC, target.Value)
	if a == nil || a.Stack != route.Stack {
		return passes("")
	}
	if state, ok := stateOf(c.t.facts.Connections, a.Resource); ok && strings.EqualFold(state, "available") {
		return passes("")
	}
	if network.Depends(route.Resource, func(r *network.Resource) bool { return r == a.Resource }) {
		return passes("")
	}
	return blocks(
		fmt.Sprintf("route %s does not wait for %s: EC2 refuses a route to a transit gateway to which the VPC is not attached yet", network.DisplayName(route.Resource), network.DisplayName(a.Resource)),
		"add the attachment to DependsOn of the route",
	).at(target).atResource(a.Resource)
}
