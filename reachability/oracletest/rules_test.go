package oracletest

import "pgregory.net/rapid"

// drawACLs gives some subnets network ACLs that let the ports and the answers pass.
func (s *side) drawACLs(t *rapid.T, ports []int) {
	for i := range pick(t, "ACLs", 0, 1, 2) {
		a := &acl{id: s.name + "Acl" + string(rune('A'+i))}
		s.acls = append(s.acls, a)
		for _, egress := range []bool{false, true} {
			s.drawEntries(t, a, egress, ports)
		}
	}
	for _, subnet := range s.subnets {
		if len(s.acls) > 0 && chance(t, "subnet has ACL", 60) {
			subnet.acl = pick(t, "ACL", s.acls...)
		}
	}
}

// drawEntries opens one direction, after entries that deny traffic that nobody sends.
func (s *side) drawEntries(t *rapid.T, a *acl, egress bool, ports []int) {
	number := pick(t, "number", 100, 1, 50)
	add := func(action string, protocol int, cidr string, from, to int) {
		a.entries = append(a.entries, &aclEntry{number, egress, protocol, cidr, from, to, action, false})
		number += pick(t, "step", 1, 10, 100)
	}
	for range pick(t, "denials", 0, 0, 1, 2) {
		switch pick(t, "denial", "udp", "ssh", "elsewhere", "ipv6") {
		case "udp":
			add("deny", 17, "0.0.0.0/0", 0, 65535)
		case "ssh":
			add("deny", 6, "0.0.0.0/0", 22, 22)
		case "elsewhere":
			add("deny", -1, "192.168.0.0/16", 0, 65535)
		case "ipv6":
			add("deny", -1, "::/0", 0, 65535)
		}
	}
	cidr := pick(t, "cidr", "0.0.0.0/0", s.cidr(), "10.0.0.0/8")
	switch pick(t, "way", "all", "tcp", "ports", "ports", "split") {
	case "all":
		add("allow", -1, cidr, 0, 65535)
	case "tcp":
		add("allow", 6, cidr, 0, 65535)
	case "ports":
		for _, port := range ports {
			add("allow", 6, cidr, port, port)
		}
		add("allow", 6, cidr, 1024, 65535)
	case "split":
		middle := pick(t, "middle", 32768, 8080, 49152)
		add("allow", 6, cidr, middle, 65535)
		add("allow", 6, cidr, 0, middle-1)
	}
	if chance(t, "deny the rest", 30) {
		add("deny", -1, "0.0.0.0/0", 0, 65535)
	}
}

// change changes one thing, which may or may not break the path.
func (n *network) change(t *rapid.T) {
	changes := []func(*rapid.T){
		n.changeRule, n.changeRule, n.changeRule, n.changeRule, n.changeRule, n.changeEntry, n.changeEntry, n.changeSubnetACL,
		n.changeLocation, n.changePort, n.changeOther,
	}
	if n.alb != nil {
		changes = append(changes, n.changeListenerRules, n.changeListenerRules, n.changeListenerRules)
	}
	pick(t, "change", changes...)(t)
}

func (n *network) anySide(t *rapid.T) *side { return pick(t, "side", n.consumer, n.provider) }

// changeRule changes, drops or adds a rule of a security group, usually of one that has rules.
func (n *network) changeRule(t *rapid.T) {
	s := n.anySide(t)
	var lists []*[]*rule
	for _, g := range s.groups {
		for _, list := range []*[]*rule{&g.in, &g.out} {
			if len(*list) > 0 {
				lists = append(lists, list)
			}
		}
	}
	if len(lists) == 0 || chance(t, "add", 10) {
		g := pick(t, "group", s.groups...)
		if g.isDefault || chance(t, "in", 30) {
			g.in = append(g.in, s.drawRule(t))
		} else {
			g.out = append(g.out, s.drawRule(t))
		}
		return
	}
	s.changeOneOf(t, pick(t, "list", lists...))
}

// changeOneOf changes or drops a rule. A group that loses its last egress rule lets nothing out.
func (s *side) changeOneOf(t *rapid.T, list *[]*rule) {
	i := rapid.IntRange(0, len(*list)-1).Draw(t, "rule")
	r := (*list)[i]
	switch pick(t, "what", "drop", "port", "peer", "protocol", "drop", "port", "range", "resource") {
	case "port":
		r.from += pick(t, "by", 1, -1, 1000)
		r.from = max(r.from, 0)
		r.to = max(r.from, r.to)
	case "range":
		r.to = max(r.from, r.to-pick(t, "less", 1, 10, 60000))
	case "protocol":
		r.protocol = pick(t, "protocol", "udp", "17", "icmp", "6", "-1", "tcp")
	case "peer":
		r.peer = s.drawPeer(t)
	case "resource":
		r.separate = !r.separate
	case "drop":
		*list = append((*list)[:i:i], (*list)[i+1:]...)
		for _, g := range s.groups {
			g.closed = g.closed || list == &g.out
		}
	}
}

// changeEntry changes, drops or adds an entry of a network ACL.
func (n *network) changeEntry(t *rapid.T) {
	s := n.anySide(t)
	if len(s.acls) == 0 {
		s.drawACLs(t, n.ports())
		return
	}
	a := pick(t, "ACL", s.acls...)
	i := rapid.IntRange(0, max(len(a.entries)-1, 0)).Draw(t, "entry")
	if len(a.entries) == 0 || chance(t, "add", 30) {
		a.add(s.drawEntry(t))
		return
	}
	e := a.entries[i]
	if e.builtIn {
		return
	}
	switch pick(t, "what", "action", "from", "to", "cidr", "protocol", "drop", "direction", "number") {
	case "action":
		e.action = map[string]string{"allow": "deny", "deny": "allow"}[e.action]
	case "from":
		e.from = min(pick(t, "from", 1024, 1025, 32768, 443, 444), e.to)
	case "to":
		e.to = max(pick(t, "to", 65534, 61000, 49151, 443, 8442), e.from)
	case "protocol":
		e.protocol = pick(t, "protocol", 17, 6, -1, 1)
	case "cidr":
		e.cidr = pick(t, "cidr", s.someCidrs(t)...)
	case "number":
		a.entries = append(a.entries[:i:i], a.entries[i+1:]...)
		e.number = pick(t, "number", 2, 55, 105, 999)
		a.add(e)
	case "direction":
		a.entries = append(a.entries[:i:i], a.entries[i+1:]...)
		e.egress = !e.egress
		a.add(e)
	case "drop":
		a.entries = append(a.entries[:i:i], a.entries[i+1:]...)
	}
}

// add adds an entry with the next free number.
func (a *acl) add(e *aclEntry) {
	for i := 0; i < len(a.entries); i++ {
		if other := a.entries[i]; other.number == e.number && other.egress == e.egress {
			e.number++
			i = -1
		}
	}
	a.entries = append(a.entries, e)
}

// drawEntry draws any entry.
func (s *side) drawEntry(t *rapid.T) *aclEntry {
	e := &aclEntry{
		number:   pick(t, "number", 5, 60, 110, 2000),
		egress:   chance(t, "egress", 50),
		protocol: pick(t, "protocol", 6, 6, -1, 17, 1),
		cidr:     pick(t, "cidr", s.someCidrs(t)...),
		action:   pick(t, "action", "deny", "deny", "allow"),
	}
	e.from = pick(t, "from", 443, 0, 1, 1024, 8080, 32768, 60000, 65535)
	e.to = max(e.from, pick(t, "to", 443, 1023, 8443, 61000, 65535))
	return e
}

// changeSubnetACL gives a subnet another ACL: a new one without entries, one that is there, or the default one.
func (n *network) changeSubnetACL(t *rapid.T) {
	s := n.anySide(t)
	subnet := pick(t, "subnet", s.subnets...)
	switch {
	case chance(t, "default ACL", 20):
		s.defaultACL().add(s.drawEntry(t))
	case chance(t, "empty ACL", 20):
		subnet.acl = &acl{id: s.name + "Empty" + string(rune('A'+len(s.acls)))}
		s.acls = append(s.acls, subnet.acl)
	case len(s.acls) > 0 && chance(t, "another ACL", 70):
		subnet.acl = pick(t, "ACL", s.acls...)
	default:
		subnet.acl = nil
	}
}

// defaultACL is the ACL of the subnets without another.
func (s *side) defaultACL() *acl {
	for _, a := range s.acls {
		if a.isDefault {
			return a
		}
	}
	a := &acl{id: s.name + "DefaultAcl", isDefault: true}
	for _, egress := range []bool{false, true} {
		a.entries = append(a.entries, &aclEntry{100, egress, -1, "0.0.0.0/0", 0, 65535, "allow", true})
	}
	s.acls = append(s.acls, a)
	for _, subnet := range s.subnets {
		if subnet.acl == nil {
			subnet.acl = a
		}
	}
	return a
}
