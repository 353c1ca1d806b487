package oracletest

import (
	"net/netip"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// The model of the internet is written from the user guides:
// https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
// https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
// https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-processing.html

// trip is one connection over the internet, with the addresses that both ends happen to have.
type trip struct {
	from, to *subnet    // of the client and of the ALB
	alb      netip.Addr // the public address of the ALB
	nat      *nat       // through which the client leaves; nil if it leaves straight
	source   netip.Addr // the public address that the client's packets come from
	address  *elasticIP // that the source is; nil if AWS picks it
	lost     string     // why the packets do not leave their subnet: "no route", or "main table" if people may have added one to it
}

// step is the fate of a trip at a hop.
type step int

const (
	passes step = iota
	unsure
	fails
)

// judge walks the network by brute force.
func (n *publicNetwork) judge() verdict {
	var h hops
	n.walkName(&h)
	n.walkInternet(&h)
	return n.walkInternalALB(&h)
}

// walkName resolves the name: a private zone of the client's VPC hides the public one.
func (n *publicNetwork) walkName(h *hops) {
	h.must(reachability.HopHostedZone, n.zone != "other")
	h.must(reachability.HopRecord, n.record == "ALB")
}

// walkInternet adds the hops between the client and the listener of the ALB.
func (n *publicNetwork) walkInternet(h *hops) {
	for _, hop := range []struct {
		name string
		at   func(trip) step
	}{
		{reachability.HopInternetRoute, n.atRoute},
		{reachability.HopClientEgress, n.atClientGroups},
		{reachability.HopClientNacl, n.atClientACL},
		{reachability.HopNatGateway, leaves(n.atNat)},
		{reachability.HopNatNacl, leaves(n.atNatACL)},
		{reachability.HopInternetGateway, leaves(n.atGateway)},
		{reachability.HopBlockPublicAccess, n.atBlock},
		{reachability.HopPublicSubnet, n.atPublicSubnet},
		{reachability.HopAlbNacl, n.atALBACL},
		{reachability.HopAlbIngress, leaves(n.atALBGroups)},
		{reachability.HopAlbListener, n.atFilter},
	} {
		fate := n.fateAt(hop.at)
		if hop.name == reachability.HopAlbListener && !n.blocksForCertain() {
			fate = delivered // the question assumes that the web ACL lets the rest pass
		}
		h.add(hop.name, fate)
	}
}

// leaves is the step at a hop that depends on the client's way out: by a route that people add, packets may leave by another one, with another
// address.
func leaves(at func(trip) step) func(trip) step {
	return func(one trip) step {
		if one.lost == "main table" {
			return min(at(one), unsure)
		}
		return at(one)
	}
}

// fateAt is the fate at one hop: of each pair of subnets all trips pass, some or none.
func (n *publicNetwork) fateAt(at func(trip) step) fate {
	worst := delivered
	for _, from := range n.client.subnets {
		for _, to := range n.alb.subnets {
			seen := map[step]bool{}
			for _, one := range n.trips(from, to) {
				seen[at(one)] = true
			}
			switch {
			case len(seen) == 1 && seen[passes]:
			case len(seen) == 1 && seen[fails]:
				worst = max(worst, dropped)
			default:
				worst = max(worst, depends)
			}
		}
	}
	return worst
}

// trips are all connections between two subnets: to each kind of public address that the ALB may have, and from each that the client may.
// By a route that people add, the client may leave by any way.
func (n *publicNetwork) trips(from, to *subnet) []trip {
	var list []trip
	for _, alb := range n.publicKinds() {
		one := trip{from: from, to: to, alb: alb}
		route, isMain := n.out.route(from, alb)
		nats := []*nat{nil}
		switch {
		case isMain:
			one.lost = "main table"
			nats = append(nats, n.out.nats...)
		case route == nil:
			one.lost = "no route"
		default:
			nats[0] = route.nat
		}
		for _, g := range nats {
			one.nat = g
			for _, a := range n.sourcesBy(g) {
				one.address = a
				for _, source := range n.kindsOf(a) {
					one.source = source
					list = append(list, one)
				}
			}
		}
	}
	return list
}

// sourcesBy are the addresses of a NAT gateway, or the client's own; nil for one that AWS picks.
func (n *publicNetwork) sourcesBy(g *nat) []*elasticIP {
	switch {
	case g == nil:
		return []*elasticIP{n.address}
	case len(g.addresses) == 0:
		return []*elasticIP{nil}
	}
	return g.addresses
}

// kindsOf are the addresses that an Elastic IP address may be, or any that AWS picks.
func (n *publicNetwork) kindsOf(a *elasticIP) []netip.Addr {
	if a != nil && a.addr != "" {
		return []netip.Addr{netip.MustParseAddr(a.addr)}
	}
	return n.publicKinds()
}

// publicKinds are public addresses, one for each range between boundaries of CIDR blocks.
func (n *publicNetwork) publicKinds() []netip.Addr {
	kinds := []netip.Addr{netip.MustParseAddr("54.72.10.9")}
	add := func(a netip.Addr) {
		if isPublic(a) && !slices.Contains(kinds, a) {
			kinds = append(kinds, a)
		}
	}
	for _, text := range n.blocks() {
		block, err := netip.ParsePrefix(text)
		if err != nil || !block.Addr().Is4() || block.Bits() == 0 {
			continue
		}
		if add(block.Addr().Next()); block.Bits() > 30 {
			add(block.Addr())
		}
		last := block.Addr().As4()
		for bit := block.Bits(); bit < 32; bit++ {
			last[bit/8] |= 0x80 >> (bit % 8)
		}
		add(netip.AddrFrom4(last).Next())
	}
	return kinds
}

// isPublic reports whether packets from the internet can have an address.
func isPublic(a netip.Addr) bool {
	return a.IsValid() && a.Is4() && a.IsGlobalUnicast() && !a.IsPrivate() && !contains("100.64.0.0/10", a) && a.As4()[0] < 224 && a.As4()[0] > 0
}

// blocks are all address blocks that anything in the network names.
func (n *publicNetwork) blocks() []string {
	blocks := n.cidrs()
	for _, e := range []*edge{n.out, n.in} {
		for _, table := range e.tables {
			for _, r := range table.routes {
				blocks = append(blocks, r.cidr)
			}
		}
	}
	if n.filter != nil {
		for _, r := range n.filter.rules {
			for _, s := range r.sets {
				for _, p := range s.blocks {
					blocks = append(blocks, p.cidr)
				}
			}
		}
	}
	slices.Sort(blocks)
	return slices.Compact(blocks)
}

// route is the route that takes packets from a subnet to a public address: the most specific one. isMain says that the subnet has the main
// route table, to which people may have added routes.
func (e *edge) route(from *subnet, to netip.Addr) (route *internetRoute, isMain bool) {
	table := e.tableOf[from]
	if table == nil {
		return nil, true
	}
	bits := -1
	for _, r := range table.routes {
		if p := netip.MustParsePrefix(r.cidr); p.Contains(to) && p.Bits() > bits {
			bits, route = p.Bits(), r
		}
	}
	return route, false
}

// throughGateway is the step of packets that a subnet with a public address sends to the internet gateway by its own route.
func (e *edge) throughGateway(from *subnet, to netip.Addr) step {
	route, isMain := e.route(from, to)
	switch {
	case isMain:
		return unsure
	case route == nil || route.nat != nil: // a NAT gateway behind a NAT gateway, or in front of a load balancer, translates nothing
		return fails
	}
	return e.attached()
}

// attached is the step at the internet gateway: packets pass one that is attached to their VPC.
func (e *edge) attached() step {
	return map[string]step{"attached": passes, "detached": fails, "imported": unsure}[e.gateway]
}

func (n *publicNetwork) atRoute(one trip) step {
	return map[string]step{"": passes, "no route": fails, "main table": unsure}[one.lost]
}

func (n *publicNetwork) atNat(one trip) step {
	switch {
	case one.nat == nil:
		return passes
	case one.nat.private: // its packets keep a private address, which no internet gateway carries
		return fails
	}
	route, isMain := n.out.route(one.nat.subnet, one.alb)
	switch {
	case isMain:
		return unsure
	case route == nil || route.nat != nil:
		return fails
	}
	return passes
}

// atGateway is the internet gateway of the client's VPC: it translates the address of what has a public one.
func (n *publicNetwork) atGateway(one trip) step {
	switch {
	case one.lost == "no route":
		return passes
	case one.nat == nil && !n.publicIP && n.address == nil:
		return fails
	case one.nat != nil && n.out.tableOf[one.nat.subnet] == nil: // to an internet gateway that people attach
		return min(n.out.attached(), unsure)
	}
	return n.out.attached()
}

// atBlock is VPC Block Public Access, on both sides. Ingress-only leaves NAT gateways alone, and closes internet gateways for all else.
func (n *publicNetwork) atBlock(one trip) step {
	out := leaves(func(one trip) step {
		from := one.from
		if one.nat != nil {
			from = one.nat.subnet
		}
		return n.out.lets(from, one.nat != nil, "allow-bidirectional", "allow-egress")
	})
	return max(out(one), n.in.lets(one.to, false, "allow-bidirectional"))
}

// lets is the step of packets through the internet gateway, of a subnet that some exclusions exempt.
func (e *edge) lets(s *subnet, isNat bool, modes ...string) step {
	if e.block == "" || e.block == "block-ingress" && isNat {
		return passes
	}
	for _, x := range e.exclusions {
		if (x.subnet == nil || x.subnet == s) && slices.Contains(modes, x.mode) {
			if x.mode == "allow-egress" && e.block == "block-ingress" {
				return unsure // an egress exclusion applies to the bidirectional mode alone, says the user guide
			}
			return passes
		}
	}
	return fails
}

// atPublicSubnet is the way from the internet to the ALB, and that of its answers. An internal ALB has no public address.
func (n *publicNetwork) atPublicSubnet(one trip) step {
	switch {
	case n.scheme == "internal":
		return fails
	case one.lost == "no route":
		return passes
	}
	return n.in.throughGateway(one.to, one.source)
}

func (n *publicNetwork) atClientGroups(one trip) step {
	p := packet{src: privateOf(one.from), dst: one.alb, dstPort: n.port}
	return stepOf(slices.ContainsFunc(n.consumer.placed(n.client).groups, func(g *group) bool { return g.letsOut(p) }))
}

// atALBGroups sees the public address of the client, and no group of it.
func (n *publicNetwork) atALBGroups(one trip) step {
	if one.lost == "no route" {
		return passes
	}
	p := packet{src: one.source, srcAddress: one.address, dst: privateOf(one.to), dstPort: n.port}
	return stepOf(slices.ContainsFunc(n.provider.placed(n.alb.location).groups, func(g *group) bool { return g.letsIn(p) }))
}

func stepOf(is bool) step {
	if is {
		return passes
	}
	return fails
}

// privateOf is an address of a subnet.
func privateOf(s *subnet) netip.Addr { return addresses(s, nil)[0] }

// atClientACL is the network ACL of the client's subnet. Within one subnet there is none.
func (n *publicNetwork) atClientACL(one trip) step {
	if one.nat != nil && one.nat.subnet == one.from {
		return passes
	}
	return n.bothWays(one.from.acl, true, privateKinds(n, one.from), []netip.Addr{one.alb}, n.port)
}

// atNatACL is that of the subnet of the NAT gateway: from the client and back, where that is elsewhere, and to the internet and back.
func (n *publicNetwork) atNatACL(one trip) step {
	if one.nat == nil {
		return passes
	}
	s := one.nat.subnet
	result := n.bothWays(s.acl, true, privateKinds(n, s), []netip.Addr{one.alb}, n.port)
	if s != one.from {
		result = max(result, n.bothWays(s.acl, false, privateKinds(n, one.from), []netip.Addr{one.alb}, n.port))
	}
	return result
}

// atALBACL is that of the ALB's subnet.
func (n *publicNetwork) atALBACL(one trip) step {
	return n.bothWays(one.to.acl, false, []netip.Addr{one.source}, privateKinds(n, one.to), n.port)
}

func privateKinds(n *publicNetwork, s *subnet) []netip.Addr { return addresses(s, n.blocks()) }

// bothWays is the step of requests and of answers at one ACL; egress says that the requests leave its subnet.
func (n *publicNetwork) bothWays(a *acl, egress bool, sources, destinations []netip.Addr, port int) step {
	seen := map[bool]bool{}
	for _, src := range sources {
		for _, dst := range destinations {
			seen[n.passesACL(a, egress, packet{src: src, dst: dst, dstPort: port})] = true
		}
	}
	switch {
	case len(seen) == 2:
		return unsure
	case seen[true]:
		return passes
	}
	return fails
}

func (n *publicNetwork) passesACL(a *acl, egress bool, p packet) bool {
	if !a.pass(p, egress) {
		return false
	}
	return !slices.ContainsFunc(ephemeral(a), func(port int) bool {
		return !a.pass(packet{src: p.dst, dst: p.src, srcPort: p.dstPort, dstPort: port}, !egress)
	})
}
