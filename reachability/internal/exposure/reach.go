package exposure

import (
	"net/netip"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// reach finds from where packets get to a node by route, and answers back.
type reach struct {
	n           *network.Network
	to          network.Node
	blocks      []netip.Prefix // of its addresses
	prefixLists map[string][]string
	vpcs        []neighbour // other VPCs of the templates that a network connects with its own, or may
}

// neighbour is a VPC that a network connects with that of a node, or may.
type neighbour struct {
	vpc    network.Value
	blocks []netip.Prefix
	routed network.Tristate // both ways
	refers network.Tristate // whether inbound rules of the node may name its security groups
}

func newReach(n *network.Network, to network.Node, prefixLists map[string][]string) *reach {
	r := &reach{n: n, to: to, blocks: n.AddressesOf(to).Blocks, prefixLists: prefixLists}
	for _, vpc := range n.VPCs() {
		v := neighbour{vpc: vpc.Ref(), blocks: n.AddressesIn(vpc.Ref()).Blocks}
		if network.Equal(v.vpc, to.VPC) != network.No {
			continue
		}
		v.routed, v.refers = r.from(v)
		if v.routed != network.No {
			r.vpcs = append(r.vpcs, v)
		}
	}
	return r
}

// neighbour is the VPC with a value; ok is false if no network connects it, or it is none of the templates.
func (r *reach) neighbour(vpc network.Value) (v neighbour, ok bool) {
	for _, v := range r.vpcs {
		if network.Identical(v.vpc, vpc) {
			return v, true
		}
	}
	return neighbour{}, false
}

// way is one network between two VPCs: whether it carries packets there and back, and whether inbound rules may name groups of the other
// side. Answers may take another way than requests.
type way struct{ there, back, refers network.Tristate }

// from says whether packets get to the node from a VPC, and answers back.
func (r *reach) from(v neighbour) (routed, refers network.Tristate) {
	var there, back network.Tristate
	ways := slices.Concat(r.peerings(v), r.gateways(v))
	for _, w := range ways {
		there, back = max(there, w.there), max(back, w.back)
	}
	for _, w := range ways {
		refers = max(refers, min(w.there, back, w.refers))
	}
	return min(there, back), refers
}

// peerings are the peering connections with a VPC.
func (r *reach) peerings(v neighbour) []way {
	var ways []way
	for _, c := range r.n.PeeringConnections() {
		is := min(c.Connects(v.vpc, r.to.VPC), c.Exists)
		ways = append(ways, way{
			min(is, r.leadsThere(v, network.ToPeering, c.Ref())), min(is, r.leadsBack(v, network.ToPeering, c.Ref())), r.isInRegionOf(r.n.VPC(v.vpc)),
		})
	}
	return ways
}

// isInRegionOf says whether the node is in the Region of a VPC: only there rules may name groups over a peering connection.
func (r *reach) isInRegionOf(vpc *network.VPC) network.Tristate {
	switch own, other := r.to.Resource.Stack.Region, vpc.Stack.Region; {
	case own == "" || other == "":
		return network.Maybe
	case own != other:
		return network.No
	}
	return network.Yes
}

// gateways are the transit gateways to which a VPC and that of the node are attached.
func (r *reach) gateways(v neighbour) []way {
	var ways []way
	for _, a := range r.n.AttachmentsOf(v.vpc) {
		for _, own := range r.n.AttachmentsOf(r.to.VPC) {
			gateway := a.TransitGatewayId().Value
			is := min(network.Same(gateway, own.TransitGatewayId().Value), a.Exists, own.Exists)
			if is == network.No {
				continue
			}
			ways = append(ways, way{
				min(is, r.leadsThere(v, network.ToTransitGateway, gateway), r.passes(gateway, a, own, r.blocks)),
				min(is, r.leadsBack(v, network.ToTransitGateway, gateway), r.passes(gateway, own, a, v.blocks)),
				r.refersOver(gateway, a, own),
			})
		}
	}
	return ways
}

// leadsThere says whether a route table of a VPC leads to a network, for addresses of the node.
func (r *reach) leadsThere(v neighbour, kind network.RouteTargetKind, over network.Value) network.Tristate {
	var subnets []network.Value
	for _, s := range r.n.SubnetsIn(v.vpc) {
		subnets = append(subnets, s.Ref())
	}
	return r.leads(subnets, v.vpc, r.blocks, kind, over)
}

// leadsBack says whether a route table of the node leads to a network, for addresses of a VPC.
func (r *reach) leadsBack(v neighbour, kind network.RouteTargetKind, over network.Value) network.Tristate {
	return r.leads(r.to.Subnets, r.to.VPC, v.blocks, kind, over)
}

// leads says whether a route table of some subnets sends packets for some blocks to a network.
func (r *reach) leads(subnets []network.Value, vpc network.Value, blocks []netip.Prefix, kind network.RouteTargetKind, over network.Value) network.Tristate {
	if len(subnets) == 0 || len(blocks) == 0 || len(r.n.UnplacedTableAssociations()) > 0 {
		return network.Maybe
	}
	is := network.No
	for _, subnet := range subnets {
		association := r.n.TableAssociation(subnet)
		if association == nil {
			is = max(is, network.Maybe) // people add routes to the main route table
			continue
		}
		if !r.n.IsDefinedRouteTable(association.RouteTableId().Value) || association.Exists != network.Yes {
			is = max(is, network.Maybe) // other templates add routes to its table
		}
		for _, block := range blocks {
			take := r.n.Routing(association.RouteTableId().Value, vpc, block, r.prefixLists)
			for _, taken := range take.Taken {
				is = max(is, leadsTo(taken.Entry, kind, over))
			}
			for _, doubtful := range take.Doubtful {
				is = max(is, min(leadsTo(doubtful.Entry, kind, over), network.Maybe))
			}
		}
	}
	return is
}

// leadsTo says whether a route leads to a network.
func leadsTo(route *network.Route, kind network.RouteTargetKind, over network.Value) network.Tristate {
	if route == nil {
		return network.No // the local one
	}
	is, target := route.Target()
	if is != kind {
		return network.No
	}
	return network.Same(target.Value, over)
}

// passes says whether a gateway sends packets from one attachment to another.
func (r *reach) passes(gateway network.Value, from, to *network.GatewayAttachment, blocks []netip.Prefix) network.Tristate {
	g := r.n.TransitGateway(gateway)
	if g == nil || len(blocks) == 0 || len(r.n.UnplacedGatewayAssociations()) > 0 {
		return network.Maybe
	}
	table, is, _ := r.n.DefaultAssociationTable(g)
	for _, association := range r.n.GatewayAssociationsOf(from.Ref()) {
		table, is = network.GatewayTable{ID: association.TransitGatewayRouteTableId().Value}, association.Exists
	}
	if is == network.No {
		return network.No
	}
	leads := network.No
	for _, block := range blocks {
		take := r.n.GatewayRouting(gateway, table, block)
		for _, taken := range take.Taken {
			leads = max(leads, r.hopLeads(taken.Entry, to))
		}
		for _, doubtful := range take.Doubtful {
			leads = max(leads, min(r.hopLeads(doubtful.Entry, to), network.Maybe))
		}
	}
	return min(is, leads)
}

// hopLeads says whether a route of a gateway sends packets to an attachment.
func (r *reach) hopLeads(hop network.GatewayHop, to *network.GatewayAttachment) network.Tristate {
	switch {
	case hop.Route != nil && !hop.Route.Blackhole().IsUndecided() && hop.Route.Blackhole().Is(true):
		return network.No
	case hop.Route != nil:
		return network.Same(hop.Route.TransitGatewayAttachmentId().Value, to.Ref())
	case hop.Attachment == nil:
		return network.Maybe
	}
	return network.Same(hop.Attachment.Ref(), to.Ref())
}

// refersOver says whether inbound rules may name groups of another VPC over a gateway.
func (r *reach) refersOver(gateway network.Value, from, to *network.GatewayAttachment) network.Tristate {
	g := r.n.TransitGateway(gateway)
	if g == nil {
		return network.Maybe
	}
	return min(network.Switch(g.SecurityGroupReferencingSupport(), network.No), network.Switch(from.SecurityGroupReferencingSupport(), network.Yes),
		network.Switch(to.SecurityGroupReferencingSupport(), network.Yes))
}

// leadsElsewhere reports whether the node may get packets from a block, and answer them, over something that the templates do not have
// whole: a connection or an attachment of a VPC from elsewhere, a VPN, or a route table that others change too.
func (r *reach) leadsElsewhere(block netip.Prefix) bool {
	return slices.ContainsFunc(r.to.Subnets, func(subnet network.Value) bool {
		association := r.n.TableAssociation(subnet)
		if association == nil || !r.n.IsDefinedRouteTable(association.RouteTableId().Value) {
			return true
		}
		take := r.n.Routing(association.RouteTableId().Value, r.to.VPC, block, r.prefixLists)
		return slices.ContainsFunc(take.Taken, func(taken network.Taken[*network.Route]) bool { return r.isOpenEnded(taken.Entry) }) ||
			slices.ContainsFunc(take.Doubtful, func(doubtful network.Routed[*network.Route]) bool { return r.isOpenEnded(doubtful.Entry) })
	})
}

// isOpenEnded reports whether a route may lead beyond the VPCs of the templates.
func (r *reach) isOpenEnded(route *network.Route) bool {
	if route == nil {
		return false
	}
	kind, target := route.Target()
	switch kind {
	case network.ToPeering:
		c := r.n.PeeringConnection(target.Value)
		return c == nil || r.n.VPC(c.VpcId().Value) == nil || r.n.VPC(c.PeerVpcId().Value) == nil
	case network.ToTransitGateway:
		isElsewhere := func(a *network.GatewayAttachment) bool {
			return network.Same(a.TransitGatewayId().Value, target.Value) != network.No && r.n.VPC(a.VpcId().Value) == nil
		}
		return r.n.TransitGateway(target.Value) == nil || slices.ContainsFunc(r.n.GatewayAttachments(), isElsewhere)
	case network.ToNatGateway, network.ToNothing, network.ToLocal, network.ToEgressOnly:
		return false // nobody behind it can begin a connection to a private address
	case network.ToGateway:
		return !isInternetGateway(target.Value)
	}
	return true
}

// isInternetGateway reports whether a value names an internet gateway, from where no packet has a private address as its destination.
func isInternetGateway(v network.Value) bool {
	if r, _, ok := v.Reference(); ok {
		return r.Type == "AWS::EC2::InternetGateway"
	}
	text, _ := v.Text()
	return len(text) > len("igw-") && text[:len("igw-")] == "igw-"
}
