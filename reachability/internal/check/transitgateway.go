package check

import (
	"net/netip"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// transitOption finds an option that is neither enable nor disable.
func transitOption(p *pass) {
	var options []network.Property
	for _, g := range p.routed.gateways {
		options = append(options, g.Options()...)
	}
	for _, a := range p.routed.attachments {
		options = append(options, a.Options()...)
	}
	for _, option := range options {
		if option.IsLiteral() && option.Literal() != "enable" && option.Literal() != "disable" {
			p.report(at{option}, "%s is %s", option.Path(), option)
		}
	}
}

// transitDefaultTable warns of a gateway that routes every VPC to every other: one that other accounts attach to, or three VPCs.
func transitDefaultTable(p *pass) {
	const two = 2 // that must reach each other, or why attach them
	for _, g := range p.routed.gateways {
		if network.Switch(g.DefaultRouteTableAssociation(), network.Yes) != network.Yes || network.Switch(g.DefaultRouteTablePropagation(), network.Yes) != network.Yes {
			continue
		}
		attachments := p.certainAttachmentsTo(g.Ref())
		switch share, isShared := p.shareOf(g); {
		case isShared:
			p.report(at{network.Whole(g.Resource), share}, "the gateway is shared, and its default route table routes every VPC to every other")
		case len(attachments) > two:
			p.report(at{network.Whole(g.Resource), network.Whole(attachments[0].Resource)}, "the gateway has %d attachments, and its default route table routes every VPC "+
				"to every other", len(attachments))
		}
	}
}

// shareOf is where a resource share names a gateway.
func (p *pass) shareOf(g *network.TransitGateway) (arn network.Property, ok bool) {
	for _, share := range p.GatewaySharesOf(g.Ref()) {
		if network.IsCertain(share.Resource) {
			return share.Arn, true
		}
	}
	return network.Property{}, false
}

// transitAcceptance warns of a gateway that is shared, and whose owner has to accept each attachment.
func transitAcceptance(p *pass) {
	for _, g := range p.routed.gateways {
		accept := g.AutoAcceptSharedAttachments()
		if share, isShared := p.shareOf(g); isShared && (accept.IsAbsent() || accept.Literal() == "disable") {
			p.report(at{accept, share}, "the gateway is shared, and does not accept attachments of other accounts")
		}
	}
}

// transitAttachmentType warns of an attachment that a change of its subnets replaces.
func transitAttachmentType(p *pass) {
	for _, a := range p.routed.attachments {
		if a.IsReplacedBySubnets() {
			p.report(at{network.Whole(a.Resource)}, "a change of SubnetIds replaces the attachment")
		}
	}
}

// transitTwice finds a second attachment of a VPC to a gateway.
func transitTwice(p *pass) {
	type key struct{ gateway, vpc identified }
	first := map[key]*network.GatewayAttachment{}
	for _, a := range p.routed.attachments {
		k := key{identify(a.TransitGatewayId().Value), identify(a.VpcId().Value)}
		switch other := first[k]; {
		case !k.gateway.isKnown() || !k.vpc.isKnown():
		case other != nil:
			p.report(at{a.VpcId(), network.Whole(other.Resource)}, "%s has another attachment to the gateway, %s", network.NameOf(a.VpcId().Value),
				network.DisplayName(other.Resource))
		default:
			first[k] = a
		}
	}
}

// transitAttachmentZone finds an attachment with two subnets in one zone.
func transitAttachmentZone(p *pass) {
	for _, a := range p.routed.attachments {
		subnets, _ := a.Subnets()
		p.sameZone(subnets)
	}
}

// transitPublicSubnet warns of an attachment in a subnet whose route table leads to an internet gateway.
func transitPublicSubnet(p *pass) {
	for _, a := range p.routed.attachments {
		subnets, _ := a.Subnets()
		for _, subnet := range subnets {
			table := p.TableAssociation(subnet.Value)
			if table == nil || !network.IsCertain(table.Resource) {
				continue
			}
			if route := p.internetRoute(table.RouteTableId().Value); route != nil {
				_, gateway := route.Target()
				p.report(at{subnet, gateway}, "subnet %s has a route to an internet gateway, %s", network.NameOf(subnet.Value), network.DisplayName(route.Resource))
			}
		}
	}
}

// internetRoute is a route of a table that leads to an internet gateway for certain; nil if none does.
func (p *pass) internetRoute(table network.Value) *network.Route {
	for _, r := range p.RoutesOf(table) {
		_, target := r.Target()
		to := identify(target.Value)
		isInternet := to.resource != nil && to.resource.Type == "AWS::EC2::InternetGateway" || strings.HasPrefix(to.id, "igw-")
		if isInternet && network.IsCertain(r.Resource) {
			return r
		}
	}
	return nil
}

// transitAssociation warns of an attachment to a gateway that associates none by itself, and that nothing associates.
func transitAssociation(p *pass) {
	for _, a := range p.routed.attachments {
		g := p.gatewayOf(a)
		if g == nil || network.Switch(g.DefaultRouteTableAssociation(), network.Yes) != network.No || p.MayBeChangedByCustomResource(a.Resource) {
			continue
		}
		if len(p.GatewayAssociationsOf(a.Ref()))+len(p.UnplacedGatewayAssociations()) == 0 {
			p.report(at{network.Whole(a.Resource), g.DefaultRouteTableAssociation()}, "the attachment of %s is associated with no route table of %s",
				network.NameOf(a.VpcId().Value), network.DisplayName(g.Resource))
		}
	}
}

// transitIdentical warns of two VPCs whose blocks overlap, and which one route table of a gateway gets propagated.
func transitIdentical(p *pass) {
	reported := map[[2]*network.GatewayAttachment]bool{}
	for _, attachments := range p.propagatedTogether() {
		for _, pair := range p.nested(attachments) {
			a, b := pair[0], pair[1]
			from, to := a.VpcId().Value, b.VpcId().Value
			if own, other, overlap := p.overlapping(from, to); overlap && !reported[pair] {
				reported[pair] = true
				p.report(at{network.Whole(a.Resource), own, other, network.Whole(b.Resource)}, "%s of %s overlaps %s of %s, and both are propagated to one route table",
					own, network.NameOf(from), other, network.NameOf(to))
			}
		}
	}
}

// nested are pairs of attachments, the later one first, of which a block of one has a block of the other: one for each block of the smaller
// one, because all pairs of many VPCs with one block would be too many to read.
func (p *pass) nested(attachments []*network.GatewayAttachment) (pairs [][2]*network.GatewayAttachment) {
	var owners []int
	var blocks []netip.Prefix
	for i, a := range attachments {
		for _, block := range p.AddressesIn(a.VpcId().Value).Blocks {
			owners, blocks = append(owners, i), append(blocks, block)
		}
	}
	for i, enclosing := range network.Enclosing(blocks) {
		if enclosing < 0 || network.Identical(attachments[owners[i]].VpcId().Value, attachments[owners[enclosing]].VpcId().Value) {
			continue
		}
		first, second := min(owners[i], owners[enclosing]), max(owners[i], owners[enclosing])
		pairs = append(pairs, [2]*network.GatewayAttachment{attachments[second], attachments[first]})
	}
	return pairs
}

// propagatedTogether are the attachments that are certain to be propagated to one route table, for each table.
func (p *pass) propagatedTogether() (groups [][]*network.GatewayAttachment) {
	for _, g := range p.routed.gateways {
		if network.Switch(g.DefaultRouteTablePropagation(), network.Yes) == network.Yes {
			groups = append(groups, p.certainAttachmentsTo(g.Ref()))
		}
	}
	of := map[identified]int{}
	for _, u := range p.GatewayPropagations() {
		table, a := identify(u.TransitGatewayRouteTableId().Value), p.GatewayAttachment(u.TransitGatewayAttachmentId().Value)
		if !network.IsCertain(u.Resource) || !table.isKnown() || a == nil || !network.IsCertain(a.Resource) {
			continue
		}
		if _, known := of[table]; !known {
			of[table], groups = len(groups), append(groups, nil)
		}
		groups[of[table]] = append(groups[of[table]], a)
	}
	return groups
}
