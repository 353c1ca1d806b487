package reachability_test

import (
	"net/netip"
	"slices"
)

// simFate is what becomes of a request at a hop.
type simFate int

const (
	simDelivered simFate = iota
	// simMoot is a hop that fails only between subnets that nothing uses as long as the load balancer stays in its zones.
	simMoot
	// simDepends is a hop that only some addresses of a subnet pass: which one an interface gets is decided at deploy time.
	simDepends
	// simDropped is a hop that whatever addresses are given, some packet does not pass.
	simDropped
)

// simPacket is one packet between two network interfaces.
type simPacket struct {
	src, dst             netip.Addr
	srcGroups, dstGroups []*simGroup
	srcPort, dstPort     int
}

// simLeg is one connection on the way: between which interfaces, to which port.
type simLeg struct {
	from, to simPlace
	port     int
	cidrs    []string             // all blocks that anything in the network names
	unused   func(e simEnds) bool // pairs of subnets that are not used; nil for none
}

// simEnds is a pair of subnets that a leg connects.
type simEnds struct{ from, to *simSubnet }

// fate tries every packet: between each pair of subnets, with all kinds of addresses that interfaces there may get.
func (l simLeg) fate(pass func(p simPacket, ends simEnds) bool) simFate {
	worst := simDelivered
	for _, from := range l.from.subnets {
		for _, to := range l.to.subnets {
			ends := simEnds{from, to}
			fate := l.between(ends, pass)
			if fate != simDelivered && l.unused != nil && l.unused(ends) {
				fate = simMoot
			}
			worst = max(worst, fate)
		}
	}
	return worst
}

// between is the fate between two subnets. Where no addresses help, it drops for certain.
func (l simLeg) between(ends simEnds, pass func(p simPacket, ends simEnds) bool) simFate {
	passed, failed := 0, 0
	for _, src := range simAddresses(ends.from, l.cidrs) {
		for _, dst := range simAddresses(ends.to, l.cidrs) {
			p := simPacket{src: src, dst: dst, srcGroups: l.from.groups, dstGroups: l.to.groups, dstPort: l.port}
			if pass(p, ends) {
				passed++
			} else {
				failed++
			}
		}
	}
	switch {
	case failed == 0:
		return simDelivered
	case passed == 0:
		return simDropped
	}
	return simDepends
}

// egress is the fate at the security groups of the sender. An interface without any passes.
func (l simLeg) egress() simFate {
	return l.fate(func(p simPacket, _ simEnds) bool {
		return len(p.srcGroups) == 0 || slices.ContainsFunc(p.srcGroups, func(g *simGroup) bool { return g.letsOut(p) })
	})
}

// ingress is the fate at the security groups of the receiver.
func (l simLeg) ingress() simFate {
	return l.fate(func(p simPacket, _ simEnds) bool {
		return slices.ContainsFunc(p.dstGroups, func(g *simGroup) bool { return g.letsIn(p) })
	})
}

// acl is the fate at the network ACLs: the request, and the answer to each port that the sender may have taken. Within
// one subnet there is none.
func (l simLeg) acl() simFate {
	return l.fate(func(p simPacket, ends simEnds) bool {
		if ends.from == ends.to {
			return true
		}
		if !ends.from.acl.pass(p, true) || !ends.to.acl.pass(p, false) {
			return false
		}
		for _, port := range simEphemeral(ends.from.acl, ends.to.acl) {
			answer := simPacket{src: p.dst, dst: p.src, srcPort: p.dstPort, dstPort: port}
			if !ends.to.acl.pass(answer, true) || !ends.from.acl.pass(answer, false) {
				return false
			}
		}
		return true
	})
}

// pass evaluates the entries one by one, lowest number first. What none matches is denied.
func (a *simACL) pass(p simPacket, egress bool) bool {
	if a == nil {
		return true
	}
	entries := slices.Clone(a.entries)
	slices.SortFunc(entries, func(x, y *simEntry) int { return x.number - y.number })
	other := p.src
	if egress {
		other = p.dst
	}
	for _, e := range entries {
		if e.egress != egress || !simContains(e.cidr, other) {
			continue
		}
		switch e.protocol {
		case 6:
			if p.dstPort < e.from || p.dstPort > e.to {
				continue
			}
		case -1:
		default:
			continue
		}
		return e.action == "allow"
	}
	return false
}

// simEphemeral are the ports that senders may have taken, as far as entries tell them apart.
func simEphemeral(acls ...*simACL) []int {
	ports := []int{1024, 65535}
	for _, a := range acls {
		if a == nil {
			continue
		}
		for _, e := range a.entries {
			for _, port := range []int{e.from - 1, e.from, e.to, e.to + 1} {
				ports = append(ports, min(max(port, 1024), 65535))
			}
		}
	}
	slices.Sort(ports)
	return slices.Compact(ports)
}

// letsOut reports whether a rule lets the packet out.
func (g *simGroup) letsOut(p simPacket) bool {
	if g.isDefault || len(g.out) == 0 && !g.closed {
		return true
	}
	return slices.ContainsFunc(g.out, func(r *simRule) bool { return r.matches(p, p.dst, p.dstGroups) })
}

// letsIn reports whether a rule lets the packet in.
func (g *simGroup) letsIn(p simPacket) bool {
	if g.isDefault && slices.Contains(p.srcGroups, g) {
		return true
	}
	return slices.ContainsFunc(g.in, func(r *simRule) bool { return r.matches(p, p.src, p.srcGroups) })
}

func (r *simRule) matches(p simPacket, other netip.Addr, groups []*simGroup) bool {
	switch r.protocol {
	case "tcp", "6":
		if p.dstPort < r.from || p.dstPort > r.to {
			return false
		}
	case "-1":
	default:
		return false
	}
	switch {
	case r.peer.group != nil:
		return slices.Contains(groups, r.peer.group)
	case r.peer.list != nil:
		return slices.ContainsFunc(r.peer.list.cidrs, func(cidr string) bool { return simContains(cidr, other) })
	}
	return simContains(r.peer.cidr, other)
}

func simContains(cidr string, addr netip.Addr) bool {
	prefix, err := netip.ParsePrefix(cidr)
	return err == nil && prefix.Contains(addr)
}

// simAddresses are addresses of a subnet that an interface may get, one of each kind that CIDR blocks tell apart. AWS
// keeps the first four and the last.
func simAddresses(s *simSubnet, cidrs []string) []netip.Addr {
	subnet := netip.MustParsePrefix(s.cidr)
	first := subnet.Masked().Addr().As4()
	first[3] += 4
	kinds := []netip.Addr{netip.AddrFrom4(first)}
	for _, text := range cidrs {
		prefix, err := netip.ParsePrefix(text)
		if err != nil || !prefix.Addr().Is4() || prefix.Bits() <= subnet.Bits() || !subnet.Overlaps(prefix) {
			continue
		}
		start := prefix.Masked().Addr()
		size := 1 << (32 - prefix.Bits())
		last := start.As4()
		for _, addr := range []netip.Addr{start, netip.AddrFrom4([4]byte{last[0], last[1], last[2], byte(int(last[3]) + size)})} {
			if n := addr.As4()[3]; subnet.Contains(addr) && n >= 4 && n < 255 {
				kinds = append(kinds, addr)
			}
		}
	}
	return kinds
}
