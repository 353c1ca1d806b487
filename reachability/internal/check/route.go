package check

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// routeTargets finds a route without a target or a destination, or with two.
func routeTargets(p *pass) {
	for _, r := range p.routed.routes {
		p.oneOf(r.Resource, "target", r.Targets())
		p.oneOf(r.Resource, "destination", r.Destinations())
	}
}

// oneOf reports a resource that has none of some properties, or more than one.
func (p *pass) oneOf(r *network.Resource, what string, list []network.Property) {
	isAbsent := !slices.ContainsFunc(list, func(property network.Property) bool { return !property.IsAbsent() })
	has := slices.DeleteFunc(slices.Clone(list), func(property network.Property) bool {
		return !property.IsLiteral() && !identify(property.Value).isKnown()
	})
	switch {
	case isAbsent:
		p.report(at{network.Whole(r)}, "the route has no %s", what)
	case len(has) > 1:
		names := make([]string, len(has))
		for i, property := range has {
			names[i] = property.Path()
		}
		p.report(has, "the route has %d %ss: %s", len(has), what, strings.Join(names, ", "))
	}
}

// routeOwner finds a second route of a route table for one block.
func routeOwner(p *pass) {
	type key struct {
		table identified
		block netip.Prefix
	}
	first := map[key]*network.Route{}
	for _, r := range p.routed.routes {
		to, table := r.DestinationCidrBlock(), r.RouteTableId()
		block, ok := network.Block(to.Value)
		k := key{identify(table.Value), block}
		switch other := first[k]; {
		case !ok || !k.table.isKnown():
		case other != nil:
			p.report(at{to, other.DestinationCidrBlock()}, "%s has another route to %s, %s", network.NameOf(table.Value), block, network.DisplayName(other.Resource))
		default:
			first[k] = r
		}
	}
}

// routeBack warns of a route to another VPC, none of whose route tables has a route back over the same network.
func routeBack(p *pass) {
	type pair struct{ from, to identified }
	seen := map[pair]bool{}
	for _, r := range p.routed.routes {
		from, isDefined := p.VpcOfTable(r.RouteTableId().Value)
		block, isBlock := network.Block(r.DestinationCidrBlock().Value)
		if !isDefined || !isBlock {
			continue
		}
		over, to, ok := p.leadsTo(r, from, block)
		k := pair{identify(from), identify(to)}
		if !ok || seen[k] || p.mayLeadBack(over, to, from) {
			continue
		}
		seen[k] = true
		p.report(at{over, network.Whole(k.to.resource)}, "a route leads from %s to %s, and none leads back", network.NameOf(from), network.NameOf(to))
	}
}

// leadsTo is the VPC that has addresses of a block, and to which a route leads over a peering connection or a gateway; ok is false unless
// the templates define it. The default route leads to everything, and says nothing.
func (p *pass) leadsTo(r *network.Route, from network.Value, block netip.Prefix) (over network.Property, to network.Value, ok bool) {
	kind, over := r.Target()
	var others []network.Value
	switch kind {
	case network.ToPeering:
		if c := p.PeeringConnection(over.Value); c != nil && network.IsCertain(c.Resource) {
			others = []network.Value{c.VpcId().Value, c.PeerVpcId().Value}
		}
	case network.ToTransitGateway:
		for _, a := range p.certainAttachmentsTo(over.Value) {
			others = append(others, a.VpcId().Value)
		}
	}
	if block.Bits() == 0 || !slices.ContainsFunc(others, func(v network.Value) bool { return network.Identical(v, from) }) {
		return over, to, false
	}
	for _, to := range others {
		if vpc := p.VPC(to); vpc != nil && network.IsCertain(vpc.Resource) && !network.Identical(to, from) && p.isPartOf(block, to) {
			return over, to, true
		}
	}
	return over, to, false
}

// mayLeadBack reports whether a route may lead from a VPC to blocks of another over a network. One of a table that the templates do
// not define may, and so may one whose destination or target is undecided.
func (p *pass) mayLeadBack(over network.Property, from, to network.Value) bool {
	return slices.ContainsFunc(p.Routes(), func(r *network.Route) bool {
		vpc, isDefined := p.VpcOfTable(r.RouteTableId().Value)
		_, target := r.Target()
		if isDefined && network.Equal(vpc, from) == network.No || target.Path() == over.Path() && network.Equal(target.Value, over.Value) == network.No {
			return false
		}
		block, isBlock := network.Block(r.DestinationCidrBlock().Value)
		return target.Path() == over.Path() && (!isBlock || len(p.AddressesIn(to).Blocks) == 0 || p.isPartOf(block, to))
	})
}
