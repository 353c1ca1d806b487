package walk

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// gatewayRoutes finds whether the transit gateway sends packets that enter it at one attachment to the other one, whose VPC has a node.
func (t *trace) gatewayRoutes(w way, from, to *network.GatewayAttachment, node network.Node) result {
	if from == nil || to == nil {
		return assumable("which route table of the transit gateway takes the packets is unknown without both attachments", proof.AssumeTransitGateway, "load the template that attaches the VPCs").at(w.target)
	}
	table, r := t.gatewayTable(from)
	if r.verdict != proof.Reachable {
		return r
	}
	addresses := t.n.AddressesOf(node)
	if len(addresses.Blocks) == 0 {
		return assumable(fmt.Sprintf("the addresses of %s are unknown, and so are the routes of the transit gateway to them", node.Name), proof.AssumeTransitGateway, "give its VPC and its subnets their CIDR blocks").
			at(to.VpcId())
	}
	worst := passes("%s routes packets to %s", table, network.DisplayName(to.Resource)).like(r)
	for _, block := range addresses.Blocks {
		take := t.n.GatewayRouting(from.TransitGatewayId().Value, table, block)
		if !t.run.left.Steps(1 + len(take.Taken) + len(take.Doubtful)) {
			break
		}
		isOverridden := false
		for _, taken := range take.Taken {
			hop := t.gatewayHop(table, taken, to)
			if hop.verdict == proof.Blocked && slices.ContainsFunc(take.Doubtful, func(doubt network.Routed[network.GatewayHop]) bool {
				return doubt.Entry.MayLeadTo(to) && doubt.MayOverride(taken.Routed)
			}) {
				isOverridden = true
				continue // what may override it is reported below
			}
			worst = t.keepEvidence(worst, hop)
		}
		for _, doubt := range take.Doubtful {
			if take.IsComplete && !isOverridden && doubt.Entry.Attachment == to {
				continue
			}
			if doubt.Entry.Rival != nil {
				worst = t.worse(worst, contestedHop(table, doubt.Entry))
				continue
			}
			worst = t.worse(worst, doubtfulHop(table, block.String(), doubt))
		}
		if !take.IsComplete && len(take.Doubtful) == 0 {
			worst = t.worse(worst, t.noGatewayRoute(table, block.String(), to))
		}
	}
	return worst
}

// doubtfulHop is the result for an entry of which it is not known which packets it takes, or whether it is there.
func doubtfulHop(table network.GatewayTable, block string, doubt network.Routed[network.GatewayHop]) result {
	why := cite.Why(doubt.Why.Value)
	if doubt.Why.IsLiteral() {
		why = doubt.Why.Literal() + " is not in the templates"
	}
	return unknownUntil(doubt.Why.Value, "whether %s takes packets to %s at %s is unknown: %s", network.DisplayName(doubt.Why.Resource), block, table, why).at(*doubt.Why)
}

// keepEvidence takes over the evidence of a result that passes, or else the worse result.
func (t *trace) keepEvidence(worst, r result) result {
	if r.verdict == proof.Reachable && worst.verdict == proof.Reachable {
		worst.evidence, worst.uses = append(worst.evidence, r.evidence...), append(worst.uses, r.uses...)
		return worst
	}
	return t.worse(worst, r)
}

// gatewayTable is the route table with which an attachment is associated.
// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html
func (t *trace) gatewayTable(a *network.GatewayAttachment) (network.GatewayTable, result) {
	name := network.DisplayName(a.Resource)
	g := t.n.TransitGateway(a.TransitGatewayId().Value)
	list := t.n.GatewayAssociationsOf(a.Ref())
	if len(list) > 0 {
		id := list[0].TransitGatewayRouteTableId()
		table := network.GatewayTable{ID: id.Value}
		r := t.associated(a, g, list)
		if r.verdict == proof.Reachable {
			r = t.ownTable(table, id, g)
		}
		return table, r
	}
	if unplaced := t.n.UnplacedGatewayAssociations(); len(unplaced) > 0 {
		at := unplaced[0].TransitGatewayAttachmentId()
		why := cite.Why(at.Value)
		if at.IsLiteral() {
			why = "it is for " + at.Literal() + ", and which attachment that is, is not in the templates"
		}
		return network.GatewayTable{}, unknownUntil(at.Value, "whether %s associates %s is unknown: %s", network.DisplayName(unplaced[0].Resource), name, why).at(at)
	}
	if g == nil {
		return network.GatewayTable{}, assumable(
			fmt.Sprintf("with which route table of %s %s is associated is not in the templates", network.NameOf(a.TransitGatewayId().Value), name),
			proof.AssumeTransitGateway, "load the template that associates it",
		).at(a.TransitGatewayId())
	}
	table, is, by := t.n.DefaultAssociationTable(g)
	switch is {
	case network.Yes:
		return table, passes("").at(by).atResource(g.Resource)
	case network.Maybe:
		return table, undecided(by)
	}
	return table, blocks(
		fmt.Sprintf("%s is associated with no route table of %s, which does not associate attachments by itself", name, network.DisplayName(g.Resource)),
		"associate it by AWS::EC2::TransitGatewayRouteTableAssociation",
	).at(a.TransitGatewayId(), by)
}

// associated finds associations of an attachment that EC2 refuses, as it takes one.
func (t *trace) associated(a *network.GatewayAttachment, g *network.TransitGateway, list []*network.GatewayTableUse) result {
	first := list[0].TransitGatewayRouteTableId()
	if len(list) > 1 {
		return blocks(
			fmt.Sprintf("%s associates %s, which %s associates already: EC2 takes one", network.DisplayName(list[1].Resource), network.DisplayName(a.Resource), network.DisplayName(list[0].Resource)),
			"keep one of the associations",
		).at(list[1].TransitGatewayRouteTableId(), first)
	}
	if g == nil {
		return passes("").at(first)
	}
	switch _, is, by := t.n.DefaultAssociationTable(g); is {
	case network.Yes:
		return blocks(
			fmt.Sprintf("%s associates %s with its default route table, so EC2 refuses another association", network.DisplayName(g.Resource), network.DisplayName(a.Resource)),
			"set DefaultRouteTableAssociation of the transit gateway to disable",
		).at(first, by)
	case network.Maybe:
		return undecided(by)
	}
	return passes("").at(first)
}

// ownTable finds a route table of another gateway, or one that the templates do not define.
func (t *trace) ownTable(table network.GatewayTable, id network.Property, g *network.TransitGateway) result {
	r := table.Resource()
	if r == nil {
		if !network.IsIdentified(id.Value) {
			return undecided(id)
		}
		return assumable(fmt.Sprintf("route table %s of the transit gateway is not in the templates", network.NameOf(id.Value)), proof.AssumeTransitGateway, "load the template that defines it").at(id)
	}
	if gateway := r.Property("TransitGatewayId"); g != nil && network.Equal(gateway, g.Ref()) == network.No {
		return blocks(fmt.Sprintf("%s belongs to %s, not to %s", network.DisplayName(r), network.NameOf(gateway), network.DisplayName(g.Resource)), "use a route table of that transit gateway").at(id)
	}
	return passes("").at(id).atResource(r)
}

// gatewayHop finds whether an entry of a route table leads to an attachment.
func (t *trace) gatewayHop(table network.GatewayTable, taken network.Taken[network.GatewayHop], to *network.GatewayAttachment) result {
	hop := taken.Entry
	if hop.Route == nil {
		if hop.Attachment == to {
			r := passes("").at(hop.At())
			if hop.Propagation != nil {
				r = r.restsOn(hop.Propagation.Resource)
			}
			return r
		}
		return t.wrongHop(table, taken, network.DisplayName(hop.Attachment.Resource), to)
	}
	id := hop.Route.TransitGatewayAttachmentId()
	switch blackhole := hop.Route.Blackhole(); {
	case blackhole.Is(true):
		return blocks(
			fmt.Sprintf("route %s of %s drops packets to %s: it is a blackhole", network.DisplayName(hop.Route.Resource), table, taken.Of),
			"remove the route, or route to "+network.DisplayName(to.Resource),
		).at(blackhole, hop.Route.DestinationCidrBlock())
	case !blackhole.IsAbsent() && !blackhole.Is(false):
		return undecided(blackhole)
	}
	attachment := t.n.GatewayAttachment(id.Value)
	switch {
	case attachment == to:
		return passes("").at(id)
	case attachment != nil:
		return t.wrongHop(table, taken, network.DisplayName(attachment.Resource), to)
	}
	if r, _, isReference := id.Reference(); isReference {
		return unknown(
			fmt.Sprintf("route %s of %s sends packets to %s, the addresses of %s, to %s, which is not followed", network.DisplayName(hop.Route.Resource), table, taken.Of, network.NameOf(to.VpcId().Value), network.DisplayName(r)),
			"route to "+network.DisplayName(to.Resource),
		).at(id)
	}
	return unknownUntil(id.Value, "whether %s, to which route %s sends packets to %s, is %s is unknown", network.NameOf(id.Value), network.DisplayName(hop.Route.Resource), taken.Of, network.DisplayName(to.Resource)).at(id)
}

// wrongHop is the result for an entry that leads to another attachment.
func (t *trace) wrongHop(table network.GatewayTable, taken network.Taken[network.GatewayHop], leads string, to *network.GatewayAttachment) result {
	return blocks(
		fmt.Sprintf("%s sends packets to %s, the addresses of %s, to %s", table, taken.Of, network.NameOf(to.VpcId().Value), leads),
		fmt.Sprintf("remove the route for %s, or route it to %s", taken.Block, network.DisplayName(to.Resource)),
	).at(taken.Entry.At())
}

// contestedHop is the result for an entry that an attachment propagates, where another one propagates a block that overlaps.
// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
func contestedHop(table network.GatewayTable, hop network.GatewayHop) result {
	own, rival := network.DisplayName(hop.Attachment.Resource), network.DisplayName(hop.Rival.Attachment.Resource)
	message := fmt.Sprintf("%s and %s both propagate %s to %s, and AWS takes one of them", own, rival, hop.Rival.Own, table)
	if hop.Rival.Own != hop.Rival.Block {
		message = fmt.Sprintf("%s propagates %s and %s propagates %s to %s, which overlap, and AWS takes one of them", own, hop.Rival.Own, rival, hop.Rival.Block, table)
	}
	return unknown(message, "give the VPCs blocks that do not overlap, or route the blocks by AWS::EC2::TransitGatewayRoute").at(hop.At(), hop.Rival.Attachment.VpcId())
}

// noGatewayRoute is the result for packets that no entry of a route table takes.
func (t *trace) noGatewayRoute(table network.GatewayTable, block string, to *network.GatewayAttachment) result {
	r := blocks(
		fmt.Sprintf("%s has no route for %s, the addresses of %s", table, block, network.NameOf(to.VpcId().Value)),
		fmt.Sprintf("propagate %s to it by AWS::EC2::TransitGatewayRouteTablePropagation", network.DisplayName(to.Resource)),
	)
	if resource := table.Resource(); resource != nil {
		r = r.atResource(resource)
	}
	return r.related(cite.Resource(to.Resource))
}
