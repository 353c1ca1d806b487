package network

import (
	"net/netip"
	"slices"
)

const (
	gatewayTableType       = "AWS::EC2::TransitGatewayRouteTable"
	gatewayAssociationType = "AWS::EC2::TransitGatewayRouteTableAssociation"
	gatewayPropagationType = "AWS::EC2::TransitGatewayRouteTablePropagation"
	gatewayRouteType       = "AWS::EC2::TransitGatewayRoute"
)

// GatewayTable is a route table of a transit gateway: one of the templates, one that is given by its ID, or the default one.
type GatewayTable struct {
	// ID names it; not valid for a default one.
	ID Value
	// DefaultOf is the gateway whose default route table it is; nil for others.
	DefaultOf *TransitGateway
}

// key is the same for all ways to name a table.
func (t GatewayTable) key() key {
	if t.DefaultOf != nil {
		return defaultKey(resourceKey(t.DefaultOf.Resource))
	}
	return valueKey(t.ID)
}

// String is the table as people know it.
func (t GatewayTable) String() string {
	if t.DefaultOf != nil {
		return "the default route table of " + DisplayName(t.DefaultOf.Resource)
	}
	return NameOf(t.ID)
}

// Resource is what is cited for the table; nil if the templates do not define it.
func (t GatewayTable) Resource() *Resource {
	if t.DefaultOf != nil {
		return t.DefaultOf.Resource
	}
	return ofType(t.ID, gatewayTableType)
}

// Is says whether two tables are one.
func (t GatewayTable) Is(other GatewayTable) Tristate {
	if t.DefaultOf != nil || other.DefaultOf != nil {
		return yesOr(t.key() == other.key(), t.DefaultOf != nil && other.DefaultOf != nil || t.Resource() != nil && other.Resource() != nil)
	}
	return Same(t.ID, other.ID)
}

// yesOr is Yes, else No if it is certain, else Maybe.
func yesOr(is, isCertain bool) Tristate {
	switch {
	case is:
		return Yes
	case isCertain:
		return No
	}
	return Maybe
}

// GatewayTableUse associates an attachment with a route table of a transit gateway, or propagates its routes to one.
type GatewayTableUse struct{ *Resource }

// TransitGatewayAttachmentId is the attachment.
func (u *GatewayTableUse) TransitGatewayAttachmentId() Property {
	return property(u.Resource, "TransitGatewayAttachmentId")
}

// TransitGatewayRouteTableId is the route table.
func (u *GatewayTableUse) TransitGatewayRouteTableId() Property {
	return property(u.Resource, "TransitGatewayRouteTableId")
}

// GatewayRoute is a static route of a transit gateway.
type GatewayRoute struct{ *Resource }

// TransitGatewayRouteTableId is the route table.
func (r *GatewayRoute) TransitGatewayRouteTableId() Property {
	return property(r.Resource, "TransitGatewayRouteTableId")
}

// TransitGatewayAttachmentId is the attachment to which packets go.
func (r *GatewayRoute) TransitGatewayAttachmentId() Property {
	return property(r.Resource, "TransitGatewayAttachmentId")
}

// DestinationCidrBlock is the block of packets that the route takes.
func (r *GatewayRoute) DestinationCidrBlock() Property {
	return property(r.Resource, "DestinationCidrBlock")
}

// Blackhole drops the packets. Default: false.
func (r *GatewayRoute) Blackhole() Property { return property(r.Resource, "Blackhole") }

// GatewayAssociationsOf are the associations of an attachment that are resources. AWS takes one.
func (n *Network) GatewayAssociationsOf(attachment Value) []*GatewayTableUse {
	return n.transit.associationsOf.named(attachment)
}

// UnplacedGatewayAssociations are the associations whose attachment is undecided, or given by its ID.
func (n *Network) UnplacedGatewayAssociations() []*GatewayTableUse {
	return n.transit.unplacedAssociations
}

// GatewayAssociations are the associations that are resources.
func (n *Network) GatewayAssociations() []*GatewayTableUse { return n.transit.associations }

// GatewayPropagations are the propagations that are resources.
func (n *Network) GatewayPropagations() []*GatewayTableUse { return n.transit.propagations }

// GatewayRoutes are the static routes of transit gateways.
func (n *Network) GatewayRoutes() []*GatewayRoute { return n.transit.routes }

// DefaultAssociationTable is the table with which the gateway of an attachment associates it by itself. is is No if it does not,
// and Maybe if that is undecided, with the property that decides it.
func (n *Network) DefaultAssociationTable(gateway *TransitGateway) (table GatewayTable, is Tristate, by Property) {
	by = gateway.DefaultRouteTableAssociation()
	return defaultTable(gateway, gateway.AssociationDefaultRouteTableId()), Switch(by, Yes), by
}

// defaultTable is the table that a property of a gateway names, else its own default one.
func defaultTable(gateway *TransitGateway, named Property) GatewayTable {
	if named.IsAbsent() {
		return GatewayTable{DefaultOf: gateway}
	}
	return GatewayTable{ID: named.Value}
}

// GatewayHop is where a route of a transit gateway sends packets.
type GatewayHop struct {
	// Route is the static route; nil for a propagated one.
	Route *GatewayRoute
	// Attachment is the attachment that the route was propagated from; nil for a static one.
	Attachment *GatewayAttachment
	// Propagation is the resource that propagates it; nil if the gateway does by itself.
	Propagation *GatewayTableUse
	// Rival is an attachment of a VPC that overlaps that of Attachment, in the same route table; nil for none.
	Rival *Rival
}

// Rival is an attachment that competes with another one: AWS propagates the blocks of one of the two.
type Rival struct {
	Attachment *GatewayAttachment
	// Own is a block of the other attachment, and Block the one of this that overlaps it.
	Own, Block netip.Prefix
}

// At is the property that says where packets go.
func (h GatewayHop) At() Property {
	switch {
	case h.Route != nil && !h.Route.TransitGatewayAttachmentId().IsAbsent():
		return h.Route.TransitGatewayAttachmentId()
	case h.Route != nil:
		return Whole(h.Route.Resource)
	case h.Propagation != nil:
		return h.Propagation.TransitGatewayAttachmentId()
	}
	return Whole(h.Attachment.Resource)
}

// MayLeadTo reports whether the entry may send packets to an attachment.
func (h GatewayHop) MayLeadTo(to *GatewayAttachment) bool {
	switch {
	case h.Route != nil:
		return Same(h.Route.TransitGatewayAttachmentId().Value, to.Ref()) != No
	case h.Attachment == nil:
		return true // of an undecided attachment
	}
	return h.Attachment == to
}

// GatewayRouting is what a route table of a transit gateway does with packets to a block. Where VPCs that overlap are propagated, AWS
// propagates one of them, and which one is not in the templates.
// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
func (n *Network) GatewayRouting(gateway Value, table GatewayTable, block netip.Prefix) Take[GatewayHop] {
	type of struct{ gateway, table key }
	entries := Derive(n, of{valueKey(gateway), table.key()}, func(of) *routedIndex[GatewayHop] {
		return newRoutedIndex(append(n.staticEntries(table), n.propagatedEntries(gateway, table)...))
	})
	return TakePackets(entries.of(block), block)
}

// staticEntries are the static routes of a route table.
func (n *Network) staticEntries(table GatewayTable) []Routed[GatewayHop] {
	var entries []Routed[GatewayHop]
	for _, r := range slices.Concat(n.transit.routesOf.by[table.key()], n.transit.routesOf.unplaced()) {
		entry := Routed[GatewayHop]{Entry: GatewayHop{Route: r}, Why: doubtOf(r.Resource, r.TransitGatewayRouteTableId())}
		entries = append(entries, entry.to(r.DestinationCidrBlock(), r.DestinationCidrBlock().Value))
	}
	return entries
}

// propagatedEntries are the routes that attachments propagate to a route table.
func (n *Network) propagatedEntries(gateway Value, table GatewayTable) []Routed[GatewayHop] {
	var entries []Routed[GatewayHop]
	propagated := map[*Resource]bool{}
	for _, u := range slices.Concat(n.transit.propagationsTo.by[table.key()], n.transit.propagationsTo.unplaced()) {
		id := u.TransitGatewayAttachmentId()
		hop := GatewayHop{Propagation: u, Attachment: n.GatewayAttachment(id.Value)}
		why := doubtOf(u.Resource, u.TransitGatewayRouteTableId())
		if hop.Attachment == nil {
			entries = append(entries, Routed[GatewayHop]{Entry: hop, Rank: propagatedRank, Why: &id})
			continue
		}
		if why == nil {
			propagated[hop.Attachment.Resource] = true
		}
		entries = append(entries, n.propagated(hop, why)...)
	}
	for _, a := range n.transit.attachmentsTo.named(gateway) {
		if propagated[a.Resource] {
			continue
		}
		if is, why := n.propagatesByItself(gateway, table); is != No {
			entries = append(entries, n.propagated(GatewayHop{Attachment: a}, why)...)
		}
	}
	markRivals(entries)
	return entries
}

// markRivals marks the entries of attachments whose VPCs overlap those of others.
func markRivals(entries []Routed[GatewayHop]) {
	var known []*Routed[GatewayHop]
	var blocks []netip.Prefix
	for i := range entries {
		if e := &entries[i]; e.Block.IsValid() {
			known, blocks = append(known, e), append(blocks, e.Block)
		}
	}
	rivals := map[*GatewayAttachment]*Rival{}
	for i, enclosing := range Enclosing(blocks) {
		if enclosing < 0 || known[enclosing].Entry.Attachment == known[i].Entry.Attachment {
			continue
		}
		inner, outer := known[i], known[enclosing]
		rivals[inner.Entry.Attachment] = &Rival{Attachment: outer.Entry.Attachment, Own: inner.Block, Block: outer.Block}
		rivals[outer.Entry.Attachment] = &Rival{Attachment: inner.Entry.Attachment, Own: outer.Block, Block: inner.Block}
	}
	for _, e := range known {
		if rival := rivals[e.Entry.Attachment]; rival != nil {
			vpc := e.Entry.Attachment.VpcId()
			e.Entry.Rival, e.Why = rival, &vpc
		}
	}
}

// propagatesByItself says whether a gateway propagates the routes of all attachments to a table, and what leaves that open.
func (n *Network) propagatesByItself(gateway Value, table GatewayTable) (Tristate, *Property) {
	g := n.TransitGateway(gateway)
	if g == nil {
		return No, nil // of a gateway from elsewhere, whose tables are not known either
	}
	on := g.DefaultRouteTablePropagation()
	to := defaultTable(g, g.PropagationDefaultRouteTableId())
	is := min(Switch(on, Yes), table.Is(to))
	if is != Maybe {
		return is, nil
	}
	if Switch(on, Yes) != Maybe {
		on = g.PropagationDefaultRouteTableId()
	}
	return Maybe, &on
}

// propagated are the entries that an attachment propagates: the blocks of its VPC.
func (n *Network) propagated(hop GatewayHop, why *Property) []Routed[GatewayHop] {
	vpc := hop.Attachment.VpcId()
	if why == nil && hop.Attachment.Exists == Maybe {
		why = doubtOf(hop.Attachment.Resource, hop.Attachment.VpcId())
	}
	blocks := n.AddressesIn(vpc.Value).Blocks
	if len(blocks) == 0 {
		return []Routed[GatewayHop]{{Entry: hop, Rank: propagatedRank, Why: &vpc}}
	}
	entries := make([]Routed[GatewayHop], len(blocks))
	for i, block := range blocks {
		entries[i] = Routed[GatewayHop]{Entry: hop, Rank: propagatedRank, Block: block, Why: why}
	}
	return entries
}

// doubtOf is what leaves open whether a resource is deployed, or which thing it belongs to; nil if both are certain.
func doubtOf(r *Resource, owner Property) *Property {
	switch {
	case !IsIdentified(owner.Value):
		return &owner
	case r.Exists == Maybe:
		whole := Whole(r)
		return &whole
	}
	return nil
}

func (n *Network) indexGatewayTables() {
	for _, r := range n.OfType(gatewayAssociationType) {
		u := &GatewayTableUse{r}
		n.transit.associations = append(n.transit.associations, u)
		n.transit.associationsOf.add(u.TransitGatewayAttachmentId().Value, u)
		if _, _, isReference := u.TransitGatewayAttachmentId().Reference(); !isReference {
			n.transit.unplacedAssociations = append(n.transit.unplacedAssociations, u)
		}
	}
	for _, r := range n.OfType(gatewayPropagationType) {
		u := &GatewayTableUse{r}
		n.transit.propagations = append(n.transit.propagations, u)
		n.transit.propagationsTo.add(u.TransitGatewayRouteTableId().Value, u)
	}
	for _, r := range n.OfType(gatewayRouteType) {
		route := &GatewayRoute{r}
		n.transit.routes = append(n.transit.routes, route)
		n.transit.routesOf.add(route.TransitGatewayRouteTableId().Value, route)
	}
}
