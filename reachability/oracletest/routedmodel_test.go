package oracletest

import (
	"net/netip"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// The model of routes is written from the user guides:
// https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
// https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
// https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html

// judge walks the network by brute force.
func (n *routedNetwork) judge() verdict {
	var h hops
	h.must(reachability.HopHostedZone, n.zoneOf == "consumer")
	h.must(reachability.HopRecord, n.record == "ALB")
	n.walkWay(&h)
	return n.walkInternalALB(&h)
}

// stage is where a packet between two VPCs is lost, in the order in which the proof names them.
type stage int

const (
	arrives stage = iota
	lostAtRoute
	lostAtPeering
	lostAtAcceptance
	lostAtAttachment
	lostAtAttachmentBack
	lostAtGatewayTable
	lostAtGatewayTableBack
	lostAtRouteBack
)

// hopsOfStages are the hops at which the proof may say so.
var hopsOfStages = map[stage]string{
	lostAtRoute:            reachability.HopRoute,
	lostAtPeering:          reachability.HopPeering,
	lostAtAcceptance:       reachability.HopAttachment,
	lostAtAttachment:       reachability.HopAttachment,
	lostAtGatewayTable:     reachability.HopGatewayRoute,
	lostAtGatewayTableBack: reachability.HopGatewayRouteBack,
	lostAtAttachmentBack:   reachability.HopAttachment,
	lostAtRouteBack:        reachability.HopRouteBack,
}

// way is how one packet goes from a subnet to an address in the other VPC.
type way struct {
	fate     fate
	lost     stage // as if it were the request
	peering  *peering
	gateway  *gateway
	out, in  *attachment
	delivery []*subnet // of the attachment, where packets may leave the gateway
	sent     *subnet   // of the attachment, where they enter it
}

// sideOf is the VPC of a subnet.
func (n *routedNetwork) sideOf(s *subnet) *side {
	for _, side := range n.sides() {
		if slices.Contains(side.subnets, s) {
			return side
		}
	}
	return nil
}

// send sends a packet from a subnet of one VPC to an address of another: the most specific route decides, and the local ones are
// those of the VPC's own blocks.
func (n *routedNetwork) send(from *subnet, to *side, dst netip.Addr) way {
	own := n.sideOf(from)
	bits, best := -1, (*vpcRoute)(nil)
	for _, block := range own.blocks() {
		if p := netip.MustParsePrefix(block); p.Contains(dst) {
			bits = p.Bits()
		}
	}
	if from.table != nil {
		for _, r := range from.table.routes {
			if p := netip.MustParsePrefix(r.cidr); p.Contains(dst) && p.Bits() > bits {
				bits, best = p.Bits(), r
			}
		}
	}
	switch {
	case best == nil && bits < 0 && from.table == nil: // people may have given the main route table a route
		return way{fate: depends, lost: lostAtRoute}
	case best == nil: // its own VPC has the address, or nothing
		return way{fate: dropped, lost: lostAtRoute}
	case best.peering != nil:
		return n.sendOverPeering(best.peering, own, to)
	case best.gateway != nil:
		return n.sendOverGateway(best.gateway, from, to, dst)
	}
	return way{fate: dropped, lost: lostAtRoute}
}

// sendOverPeering sends a packet to a peering connection: it leads to the other VPC, and nowhere else.
func (n *routedNetwork) sendOverPeering(p *peering, from, to *side) way {
	switch {
	case !p.connects(from, to):
		return way{fate: dropped, lost: lostAtPeering, peering: p}
	case overlap(p.requester, p.accepter):
		// The status is failed, even if only other blocks are used. A route to it is a blackhole.
		return way{fate: dropped, lost: lostAtPeering, peering: p}
	case n.account(p.requester) != n.account(p.accepter) && !p.role:
		// Someone accepts it, or nobody does.
		return way{fate: depends, lost: lostAtPeering, peering: p}
	}
	return way{peering: p}
}

func (p *peering) connects(a, b *side) bool {
	return p.requester == a && p.accepter == b || p.requester == b && p.accepter == a
}

func overlap(a, b *side) bool {
	return slices.ContainsFunc(a.blocks(), func(x string) bool {
		return slices.ContainsFunc(b.blocks(), func(y string) bool { return netip.MustParsePrefix(x).Overlaps(netip.MustParsePrefix(y)) })
	})
}

// sendOverGateway sends a packet to a gateway, and on.
func (n *routedNetwork) sendOverGateway(g *gateway, from *subnet, to *side, dst netip.Addr) way {
	own := n.sideOf(from)
	out := g.attachmentOf(own)
	if out == nil || g.attachmentOf(to) == nil {
		return way{fate: dropped, lost: lostAtAttachment, gateway: g}
	}
	w := way{gateway: g, out: out}
	zone := slices.IndexFunc(out.subnets, func(s *subnet) bool { return s.zone == from.zone })
	if zone < 0 {
		// Only what has an attachment in its own zone can reach the gateway.
		return way{fate: dropped, lost: lostAtAttachment, gateway: g}
	}
	w.sent = out.subnets[zone]
	consent := n.consent(g, own)
	if out.table == nil {
		return way{fate: dropped, lost: lostAtGatewayTable, gateway: g}
	}
	in, certain := out.table.next(g, dst)
	if in == nil || in.of != to {
		return way{fate: dropped, lost: lostAtGatewayTable, gateway: g}
	}
	w.in = in
	consent = max(consent, n.consent(g, to))
	for _, s := range in.subnets {
		if s.zone == from.zone {
			w.delivery = []*subnet{s}
		}
	}
	if len(w.delivery) == 0 {
		w.delivery = in.subnets
	}
	switch {
	case consent != delivered:
		w.fate, w.lost = consent, lostAtAcceptance
	case !certain:
		w.fate, w.lost = depends, lostAtGatewayTable
	}
	return w
}

func (g *gateway) attachmentOf(s *side) *attachment {
	for _, a := range g.attachments {
		if a.of == s {
			return a
		}
	}
	return nil
}

// consent is the fate of the attachment of a VPC: the gateway's account shares it with others, and accepts what they attach.
func (n *routedNetwork) consent(g *gateway, s *side) fate {
	switch {
	case n.account(g.owner) == n.account(s):
		return delivered
	case !slices.Contains(g.sharedWith, n.account(s)):
		return dropped
	case g.autoAccept != "enable":
		return depends
	}
	return delivered
}

// next is the attachment to which a table of a gateway sends a packet: the most specific route decides, then a static one. A VPC whose
// block overlaps with that of one that propagates already is not propagated, whichever comes first.
func (table *gatewayTable) next(g *gateway, dst netip.Addr) (to *attachment, certain bool) {
	bits, certain := -1, true
	for _, a := range g.attachments {
		if !slices.Contains(a.propagates, table) {
			continue
		}
		for _, block := range a.of.blocks() {
			if p := netip.MustParsePrefix(block); p.Contains(dst) && p.Bits() > bits {
				bits, to = p.Bits(), a
			}
		}
	}
	if to != nil {
		for _, a := range g.attachments {
			if a != to && slices.Contains(a.propagates, table) && overlap(a.of, to.of) {
				certain = false
			}
		}
	}
	for _, r := range table.routes {
		if p := netip.MustParsePrefix(r.cidr); p.Contains(dst) && p.Bits() >= bits {
			bits, to, certain = p.Bits(), r.to, true
		}
	}
	return to, certain
}

func (w way) is(lost stage, f fate) bool { return w.lost == lost && w.fate == f }

// journey is a request and its answer, as far as routes carry them.
type journey struct{ there, back way }

// isOpen reports whether it is unknown where the request goes.
func (j journey) isOpen() bool { return j.there.is(lostAtRoute, depends) }

// journey routes a request and its answer.
func (n *routedNetwork) journey(p packet, e ends) journey {
	j := journey{there: n.send(e.from, n.provider, p.dst)}
	if j.isOpen() {
		return j // it is for people to say where it goes
	}
	j.back = n.send(e.to, n.consumer, p.src)
	if g := j.there.gateway; g != nil && j.back.is(lostAtRoute, dropped) {
		// It does not leave its VPC. If it did, the gateway that took the request would drop it.
		if over := n.sendOverGateway(g, e.to, n.consumer, p.src); over.fate == dropped {
			j.back = over
		}
	}
	j.back.lost = map[stage]stage{
		arrives: arrives, lostAtRoute: lostAtRouteBack, lostAtPeering: lostAtPeering,
		lostAtAcceptance: lostAtAcceptance, lostAtAttachment: lostAtAttachmentBack,
		lostAtGatewayTable: lostAtGatewayTableBack,
	}[j.back.lost]
	return j
}

// walkWay adds the hops between the client and the ALB.
func (n *routedNetwork) walkWay(h *hops) {
	client, alb := n.consumer.placed(n.client), n.provider.placed(n.alb.location)
	l := segment{from: client, to: alb, port: n.port, cidrs: n.allCidrs()}
	isAsymmetric := n.isAsymmetric(l)
	for s := lostAtRoute; s <= lostAtRouteBack; s++ {
		if isAsymmetric && s == lostAtAttachment {
			h.add(hopsOfStages[s], moot) // of an attachment in zones that only the answers would need, if they came back over the gateway
		}
		h.add(hopsOfStages[s], max(
			l.fate(func(p packet, e ends) bool {
				j := n.journey(p, e)
				return !j.there.is(s, dropped) && !j.back.is(s, dropped)
			}),
			n.unsureAt(l, s),
		))
	}
	if isAsymmetric {
		h.add(reachability.HopRouteBack, moot)
	}
	h.add(reachability.HopClientEgress, l.fate(func(p packet, e ends) bool {
		j := n.journey(p, e)
		if !n.refersBothWays(j) && !j.isOpen() {
			p.dstGroups = nil
		}
		return slices.ContainsFunc(p.srcGroups, func(g *group) bool { return g.letsOut(p) })
	}))
	h.add(reachability.HopClientNacl, n.aclFate(l, way.passesEndACLs))
	h.add(reachability.HopAttachmentNacl, n.aclFate(l, way.passesAttachmentACLs))
	h.add(reachability.HopAlbIngress, l.fate(func(p packet, e ends) bool {
		j := n.journey(p, e)
		if !n.refersBothWays(j) && !n.refersInbound(j) && !j.isOpen() {
			p.srcGroups = nil
		}
		return slices.ContainsFunc(p.dstGroups, func(g *group) bool { return g.letsIn(p) })
	}))
}

// unsureAt is depends if only people or the deployment decide at a stage.
func (n *routedNetwork) unsureAt(l segment, s stage) fate {
	unsure := delivered
	l.fate(func(p packet, e ends) bool {
		j := n.journey(p, e)
		if j.there.is(s, depends) || j.back.is(s, depends) {
			unsure = depends
		}
		return true
	})
	return unsure
}

// isAsymmetric reports whether some answer takes another way than its request. It arrives, and nobody should rely on it.
func (n *routedNetwork) isAsymmetric(l segment) bool {
	is := false
	l.fate(func(p packet, e ends) bool {
		j := n.journey(p, e)
		isKnown := (j.there.peering != nil || j.there.gateway != nil) && (j.back.peering != nil || j.back.gateway != nil)
		is = is || isKnown && (j.there.peering != j.back.peering || j.there.gateway != j.back.gateway)
		return true
	})
	return is
}

// refersBothWays reports whether rules of either side may name a group of the other: over a peering connection in one Region.
func (n *routedNetwork) refersBothWays(j journey) bool {
	return j.there.peering != nil && n.consumer.regionName() == n.provider.regionName()
}

// refersInbound reports whether inbound rules may name a group of the other side: over a gateway, if it and both attachments enable
// it. The default of a gateway is not to, that of an attachment is to.
func (n *routedNetwork) refersInbound(j journey) bool {
	return j.there.gateway != nil && j.there.in != nil && j.there.gateway.references == "enable" && j.there.out.references != "disable" &&
		j.there.in.references != "disable"
}

// aclFate is the fate at some of the network ACLs: of the request, and of the answer to each port that the sender may have taken.
func (n *routedNetwork) aclFate(l segment, pass func(w way, p packet, from, to *subnet) bool) fate {
	return l.fate(func(p packet, e ends) bool {
		j := n.journey(p, e)
		if !pass(j.there, p, e.from, e.to) {
			return false
		}
		acls := []*acl{e.from.acl, e.to.acl}
		for _, s := range slices.Concat(j.back.delivery, []*subnet{j.back.sent}) {
			if s != nil {
				acls = append(acls, s.acl)
			}
		}
		for _, port := range ephemeral(acls...) {
			if !pass(j.back, packet{src: p.dst, dst: p.src, srcPort: p.dstPort, dstPort: port}, e.to, e.from) {
				return false
			}
		}
		return true
	})
}

// passesEndACLs reports whether a packet passes the network ACLs of the subnets of both ends. Nothing evaluates what a gateway delivers in
// the subnet of its own attachment.
func (w way) passesEndACLs(p packet, from, to *subnet) bool {
	if !from.acl.pass(p, true) {
		return false
	}
	isEvaluated := len(w.delivery) == 0 || slices.ContainsFunc(w.delivery, func(s *subnet) bool { return s != to })
	return !isEvaluated || to.acl.pass(p, false)
}

// passesAttachmentACLs reports whether a packet passes the network ACLs of the subnets where it enters and leaves a gateway, wherever it
// leaves: inbound with its source, and outbound with its destination.
func (w way) passesAttachmentACLs(p packet, _, to *subnet) bool {
	if w.sent != nil && !w.sent.acl.pass(p, false) {
		return false
	}
	return !slices.ContainsFunc(w.delivery, func(s *subnet) bool { return s != to && !s.acl.pass(p, true) })
}

// walkInternalALB walks through the ALB to the targets.
func (n *routedNetwork) walkInternalALB(h *hops) verdict {
	a := n.alb
	h.must(reachability.HopAlbListener, n.port == a.port)
	h.must(reachability.HopCertificate, covers(a.certificate, n.domain))
	action := a.action(n.domain, n.path)
	h.must(reachability.HopAlbRule, action.kind == "forward")
	v := h.fate()
	if v.fate == dropped {
		return v
	}
	for _, t := range action.targets {
		if t.weight == 0 {
			continue
		}
		tail := n.walkBehindALB(n.services[t.service]).fate()
		v.fate = max(v.fate, tail.fate)
		v.at = append(v.at, tail.at...)
	}
	slices.Sort(v.at)
	v.at = slices.Compact(v.at)
	return v
}

// walkBehindALB walks from the ALB to the tasks of a service, which are in its VPC.
func (n *routedNetwork) walkBehindALB(s *service) hops {
	var h hops
	h.must(reachability.HopTargetHealthCheck, len(zonesOf(n.alb.location).of(s.location)) > 0)
	l := segment{from: n.provider.placed(n.alb.location), to: n.provider.placed(s.location), port: s.port, cidrs: n.allCidrs()}
	h.segment(l, reachability.HopLoadBalancerEgress, reachability.HopTargetNacl, reachability.HopTargetIngress)
	h.must(reachability.HopTarget, s.port == s.containerPort)
	return h
}

// allCidrs are all address blocks that anything in the network names.
func (n *routedNetwork) allCidrs() []string {
	cidrs := n.cidrs()
	for _, s := range n.sides() {
		for _, table := range s.tables {
			for _, r := range table.routes {
				cidrs = append(cidrs, r.cidr)
			}
		}
	}
	for _, g := range n.gateways {
		for _, table := range g.tables {
			for _, r := range table.routes {
				cidrs = append(cidrs, r.cidr)
			}
		}
	}
	slices.Sort(cidrs)
	return slices.Compact(cidrs)
}
