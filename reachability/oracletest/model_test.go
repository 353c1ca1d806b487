package oracletest

import (
	"net/netip"
	"slices"
)

// fate is what happens to a request at a hop.
type fate int

const (
	delivered fate = iota
	// moot is a hop that fails only between subnets that nothing uses as long as the load balancer stays in its zones.
	moot
	// depends is a hop that only some requests pass: the address of an interface decides, the zone, or what the client speaks.
	depends
	// dropped is a hop at which some packet is dropped, whatever addresses are assigned.
	dropped
)

// packet is one packet between two network interfaces.
type packet struct {
	src, dst             netip.Addr
	srcGroups, dstGroups []*group
	srcPort, dstPort     int
	list                 *list      // the prefix list of the service of AWS at one end; nil for none
	srcAddress           *elasticIP // that the source is; nil for others
}

// segment is one connection of the path: between which interfaces, and to which port.
type segment struct {
	from, to location
	port     int
	cidrs    []string          // all blocks that anything in the network names
	unused   func(e ends) bool // pairs of subnets that are not used; nil for none
}

// ends is a pair of subnets that a segment connects.
type ends struct{ from, to *subnet }

// fate tries every packet: between each pair of subnets, with all kinds of addresses that interfaces there may get.
func (l segment) fate(pass func(p packet, ends ends) bool) fate {
	worst := delivered
	for _, from := range l.from.subnets {
		for _, to := range l.to.subnets {
			ends := ends{from, to}
			fate := l.between(ends, pass)
			if fate != delivered && l.unused != nil && l.unused(ends) {
				fate = moot
			}
			worst = max(worst, fate)
		}
	}
	return worst
}

// between is the fate between two subnets: dropped if no addresses pass.
func (l segment) between(ends ends, pass func(p packet, ends ends) bool) fate {
	passed, failed := 0, 0
	for _, src := range addresses(ends.from, l.cidrs) {
		for _, dst := range addresses(ends.to, l.cidrs) {
			p := packet{src: src, dst: dst, srcGroups: l.from.groups, dstGroups: l.to.groups, dstPort: l.port}
			if pass(p, ends) {
				passed++
			} else {
				failed++
			}
		}
	}
	switch {
	case failed == 0:
		return delivered
	case passed == 0:
		return dropped
	}
	return depends
}

// egress is the fate at the security groups of the sender. An interface without groups passes.
func (l segment) egress() fate {
	return l.fate(func(p packet, _ ends) bool {
		return len(p.srcGroups) == 0 || slices.ContainsFunc(p.srcGroups, func(g *group) bool { return g.letsOut(p) })
	})
}

// ingress is the fate at the security groups of the receiver.
func (l segment) ingress() fate {
	return l.fate(func(p packet, _ ends) bool {
		return slices.ContainsFunc(p.dstGroups, func(g *group) bool { return g.letsIn(p) })
	})
}

// acl is the fate at the network ACLs: the request, and the answer to each port that the sender may have taken. Within
// one subnet there is none.
func (l segment) acl() fate {
	return l.fate(func(p packet, ends ends) bool {
		if ends.from == ends.to {
			return true
		}
		if !ends.from.acl.pass(p, true) || !ends.to.acl.pass(p, false) {
			return false
		}
		for _, port := range ephemeral(ends.from.acl, ends.to.acl) {
			answer := packet{src: p.dst, dst: p.src, srcPort: p.dstPort, dstPort: port}
			if !ends.to.acl.pass(answer, true) || !ends.from.acl.pass(answer, false) {
				return false
			}
		}
		return true
	})
}

// pass evaluates the entries one by one, lowest number first. What none matches is denied.
func (a *acl) pass(p packet, egress bool) bool {
	if a == nil {
		return true
	}
	entries := slices.Clone(a.entries)
	slices.SortFunc(entries, func(x, y *aclEntry) int { return x.number - y.number })
	other := p.src
	if egress {
		other = p.dst
	}
	for _, e := range entries {
		if e.egress != egress || !contains(e.cidr, other) {
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

// ephemeral are source ports that senders may use, one on each side of every boundary in the entries.
func ephemeral(acls ...*acl) []int {
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
func (g *group) letsOut(p packet) bool {
	if g.isDefault || len(g.out) == 0 && !g.closed {
		return true
	}
	return slices.ContainsFunc(g.out, func(r *rule) bool { return r.matches(p, p.dst, p.dstGroups) })
}

// letsIn reports whether a rule lets the packet in.
func (g *group) letsIn(p packet) bool {
	if g.isDefault && slices.Contains(p.srcGroups, g) {
		return true
	}
	return slices.ContainsFunc(g.in, func(r *rule) bool { return r.matches(p, p.src, p.srcGroups) })
}

func (r *rule) matches(p packet, other netip.Addr, groups []*group) bool {
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
	case r.peer.address != nil:
		return r.peer.address == p.srcAddress
	case r.peer.list != nil:
		return r.peer.list == p.list || slices.ContainsFunc(r.peer.list.cidrs, func(cidr string) bool { return contains(cidr, other) })
	}
	return contains(r.peer.cidr, other)
}

func contains(cidr string, addr netip.Addr) bool {
	prefix, err := netip.ParsePrefix(cidr)
	return err == nil && prefix.Contains(addr)
}

// addresses are addresses that an interface in a subnet may get, one for each range between boundaries of CIDR blocks.
// AWS reserves the first four and the last.
func addresses(s *subnet, cidrs []string) []netip.Addr {
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
