package reachability_test

import "pgregory.net/rapid"

// drawACLs gives some subnets network ACLs that let the ports and the answers pass.
func (s *simSide) drawACLs(t *rapid.T, ports []int) {
	for i := range simPick(t, "ACLs", 0, 1, 2) {
		a := &simACL{id: s.name + "Acl" + string(rune('A'+i))}
		s.acls = append(s.acls, a)
		for _, egress := range []bool{false, true} {
			s.drawEntries(t, a, egress, ports)
		}
	}
	for _, subnet := range s.subnets {
		if len(s.acls) > 0 && simChance(t, "subnet has ACL", 60) {
			subnet.acl = simPick(t, "ACL", s.acls...)
		}
	}
}

// drawEntries opens one direction, behind entries that deny what nobody sends.
func (s *simSide) drawEntries(t *rapid.T, a *simACL, egress bool, ports []int) {
	number := simPick(t, "number", 100, 1, 50)
	add := func(action string, protocol int, cidr string, from, to int) {
		a.entries = append(a.entries, &simEntry{number, egress, protocol, cidr, from, to, action, false})
		number += simPick(t, "step", 1, 10, 100)
	}
	for range simPick(t, "denials", 0, 0, 1, 2) {
		switch simPick(t, "denial", "udp", "ssh", "elsewhere", "ipv6") {
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
	cidr := simPick(t, "cidr", "0.0.0.0/0", s.cidr(), "10.0.0.0/8")
	switch simPick(t, "way", "all", "tcp", "ports", "ports", "split") {
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
		middle := simPick(t, "middle", 32768, 8080, 49152)
		add("allow", 6, cidr, middle, 65535)
		add("allow", 6, cidr, 0, middle-1)
	}
	if simChance(t, "deny the rest", 30) {
		add("deny", -1, "0.0.0.0/0", 0, 65535)
	}
}

// change changes one thing, which may break the way or not.
func (n *simNetwork) change(t *rapid.T) {
	changes := []func(*rapid.T){
		n.changeRule, n.changeRule, n.changeRule, n.changeRule, n.changeRule, n.changeEntry, n.changeEntry, n.changeSubnetACL,
		n.changePlace, n.changePort, n.changeMisc,
	}
	if n.alb != nil {
		changes = append(changes, n.changeListenerRules, n.changeListenerRules, n.changeListenerRules)
	}
	simPick(t, "change", changes...)(t)
}

func (n *simNetwork) anySide(t *rapid.T) *simSide { return simPick(t, "side", n.consumer, n.provider) }

// changeRule changes, drops or adds a rule of a security group, most often one of a group that has rules.
func (n *simNetwork) changeRule(t *rapid.T) {
	s := n.anySide(t)
	var lists []*[]*simRule
	for _, g := range s.groups {
		for _, list := range []*[]*simRule{&g.in, &g.out} {
			if len(*list) > 0 {
				lists = append(lists, list)
			}
		}
	}
	if len(lists) == 0 || simChance(t, "add", 10) {
		g := simPick(t, "group", s.groups...)
		if g.isDefault || simChance(t, "in", 30) {
			g.in = append(g.in, s.drawRule(t))
		} else {
			g.out = append(g.out, s.drawRule(t))
		}
		return
	}
	s.changeOneOf(t, simPick(t, "list", lists...))
}

// changeOneOf changes or drops a rule. A group that loses its last egress rule lets nothing out.
func (s *simSide) changeOneOf(t *rapid.T, list *[]*simRule) {
	i := rapid.IntRange(0, len(*list)-1).Draw(t, "rule")
	r := (*list)[i]
	switch simPick(t, "what", "drop", "port", "peer", "protocol", "drop", "port", "range", "resource") {
	case "port":
		r.from += simPick(t, "by", 1, -1, 1000)
		r.from = max(r.from, 0)
		r.to = max(r.from, r.to)
	case "range":
		r.to = max(r.from, r.to-simPick(t, "less", 1, 10, 60000))
	case "protocol":
		r.protocol = simPick(t, "protocol", "udp", "17", "icmp", "6", "-1", "tcp")
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
func (n *simNetwork) changeEntry(t *rapid.T) {
	s := n.anySide(t)
	if len(s.acls) == 0 {
		s.drawACLs(t, n.ports())
		return
	}
	a := simPick(t, "ACL", s.acls...)
	i := rapid.IntRange(0, max(len(a.entries)-1, 0)).Draw(t, "entry")
	if len(a.entries) == 0 || simChance(t, "add", 30) {
		a.add(s.drawEntry(t))
		return
	}
	e := a.entries[i]
	if e.builtIn {
		return
	}
	switch simPick(t, "what", "action", "from", "to", "cidr", "protocol", "drop", "direction", "number") {
	case "action":
		e.action = map[string]string{"allow": "deny", "deny": "allow"}[e.action]
	case "from":
		e.from = min(simPick(t, "from", 1024, 1025, 32768, 443, 444), e.to)
	case "to":
		e.to = max(simPick(t, "to", 65534, 61000, 49151, 443, 8442), e.from)
	case "protocol":
		e.protocol = simPick(t, "protocol", 17, 6, -1, 1)
	case "cidr":
		e.cidr = simPick(t, "cidr", s.someCidrs(t)...)
	case "number":
		a.entries = append(a.entries[:i:i], a.entries[i+1:]...)
		e.number = simPick(t, "number", 2, 55, 105, 999)
		a.add(e)
	case "direction":
		a.entries = append(a.entries[:i:i], a.entries[i+1:]...)
		e.egress = !e.egress
		a.add(e)
	case "drop":
		a.entries = append(a.entries[:i:i], a.entries[i+1:]...)
	}
}

// add adds an entry under the next number that is free.
func (a *simACL) add(e *simEntry) {
	for i := 0; i < len(a.entries); i++ {
		if other := a.entries[i]; other.number == e.number && other.egress == e.egress {
			e.number++
			i = -1
		}
	}
	a.entries = append(a.entries, e)
}

// drawEntry is any entry.
func (s *simSide) drawEntry(t *rapid.T) *simEntry {
	e := &simEntry{
		number:   simPick(t, "number", 5, 60, 110, 2000),
		egress:   simChance(t, "egress", 50),
		protocol: simPick(t, "protocol", 6, 6, -1, 17, 1),
		cidr:     simPick(t, "cidr", s.someCidrs(t)...),
		action:   simPick(t, "action", "deny", "deny", "allow"),
	}
	e.from = simPick(t, "from", 443, 0, 1, 1024, 8080, 32768, 60000, 65535)
	e.to = max(e.from, simPick(t, "to", 443, 1023, 8443, 61000, 65535))
	return e
}

// changeSubnetACL gives a subnet another ACL: a new one without entries, one that is there, or the default one.
func (n *simNetwork) changeSubnetACL(t *rapid.T) {
	s := n.anySide(t)
	subnet := simPick(t, "subnet", s.subnets...)
	switch {
	case simChance(t, "default ACL", 20):
		s.defaultACL().add(s.drawEntry(t))
	case simChance(t, "empty ACL", 20):
		subnet.acl = &simACL{id: s.name + "Empty" + string(rune('A'+len(s.acls)))}
		s.acls = append(s.acls, subnet.acl)
	case len(s.acls) > 0 && simChance(t, "another ACL", 70):
		subnet.acl = simPick(t, "ACL", s.acls...)
	default:
		subnet.acl = nil
	}
}

// defaultACL is the ACL of the subnets without another.
func (s *simSide) defaultACL() *simACL {
	for _, a := range s.acls {
		if a.isDefault {
			return a
		}
	}
	a := &simACL{id: s.name + "DefaultAcl", isDefault: true}
	for _, egress := range []bool{false, true} {
		a.entries = append(a.entries, &simEntry{100, egress, -1, "0.0.0.0/0", 0, 65535, "allow", true})
	}
	s.acls = append(s.acls, a)
	for _, subnet := range s.subnets {
		if subnet.acl == nil {
			subnet.acl = a
		}
	}
	return a
}
