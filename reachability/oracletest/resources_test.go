package oracletest

import (
	"fmt"
	"slices"
	"strings"
)

// writeSide writes a VPC.
func (w *writer) writeSide(s *side) {
	w.enter(s, "Network")
	for _, g := range s.groups {
		w.home[g.id] = w.stack // rules name groups that are not written yet
	}
	vpc := s.name + "Vpc"
	w.add(vpc, "AWS::EC2::VPC", object{"CidrBlock": s.cidr(), "EnableDnsSupport": true, "EnableDnsHostnames": true})
	for _, a := range s.acls {
		w.writeACL(s, a)
	}
	for _, subnet := range s.subnets {
		w.add(subnet.id, "AWS::EC2::Subnet", object{
			"VpcId": w.ref(vpc), "CidrBlock": subnet.cidr, "AvailabilityZone": subnet.zone,
		})
		if subnet.acl != nil && !subnet.acl.isDefault {
			w.add(subnet.id+"Acl", "AWS::EC2::SubnetNetworkAclAssociation", object{
				"SubnetId": w.ref(subnet.id), "NetworkAclId": w.ref(subnet.acl.id),
			})
		}
	}
	for _, l := range s.lists {
		entries := set{}
		for i := range l.cidrs {
			entries = append(entries, object{"Cidr": literal(w, &l.cidrs[i], l.cidrs[i])})
		}
		w.add(l.id, "AWS::EC2::PrefixList", object{
			"PrefixListName": l.id, "AddressFamily": "IPv4", "MaxEntries": len(entries) + 1, "Entries": entries,
		})
	}
	for i := range s.groups {
		w.writeGroup(s, i)
	}
}

func (w *writer) writeACL(s *side, a *acl) {
	var id any
	if a.isDefault {
		id = w.att(s.name+"Vpc", "DefaultNetworkAcl")
	} else {
		w.add(a.id, "AWS::EC2::NetworkAcl", object{"VpcId": w.ref(s.name + "Vpc")})
		id = w.ref(a.id)
	}
	for i, e := range a.entries {
		if !e.builtIn {
			w.add(fmt.Sprintf("%sEntry%d", a.id, i), "AWS::EC2::NetworkAclEntry", w.entry(id, e))
		}
	}
}

func (w *writer) entry(acl any, e *aclEntry) object {
	p := object{
		"NetworkAclId": acl, "RuleNumber": literal(w, &e.number, e.number), "Protocol": literal(w, &e.protocol, e.protocol),
		"RuleAction": literal(w, &e.action, e.action),
	}
	block := "CidrBlock"
	if strings.Contains(e.cidr, ":") {
		block = "Ipv6CidrBlock"
	}
	p[block] = literal(w, &e.cidr, e.cidr)
	if e.egress || w.style.Verbose {
		p["Egress"] = e.egress
	}
	if e.protocol == 1 {
		p["Icmp"] = object{"Type": -1, "Code": -1}
	}
	if e.protocol == 6 || e.protocol == 17 || w.style.Verbose || w.hole == any(&e.protocol) {
		p["PortRange"] = object{"From": literal(w, &e.from, e.from), "To": literal(w, &e.to, e.to)}
	}
	return p
}

// group refers to a security group.
func (w *writer) group(g *group) any {
	if g.isDefault {
		return w.att(strings.TrimSuffix(g.id, "Default")+"Vpc", "DefaultSecurityGroup")
	}
	if w.style.ByRef {
		return w.ref(g.id)
	}
	return w.att(g.id, "GroupId")
}

// writeGroup writes a group and its rules. A rule that would make a circular reference is a resource.
func (w *writer) writeGroup(s *side, index int) {
	g := s.groups[index]
	isForeign := func(r *rule) bool {
		return w.defers && (r.peer.address != nil || r.peer.group != nil && !slices.Contains(s.groups, r.peer.group))
	}
	isResource := func(r *rule) bool {
		return r.separate || g.isDefault || slices.Contains(s.groups[index:], r.peer.group) || w.hole == any(&r.peer.group)
	}
	in, out := set{}, set{}
	for _, r := range g.in {
		if !isResource(r) && !isForeign(r) {
			in = append(in, w.rule(r, false))
		}
	}
	for _, r := range g.out {
		if !isResource(r) && !isForeign(r) {
			out = append(out, w.rule(r, true))
		}
	}
	if g.closed && len(g.out) == 0 {
		out = append(out, object{"CidrIp": "255.255.255.255/32", "IpProtocol": "icmp", "FromPort": 252, "ToPort": 86})
	}
	if !g.isDefault {
		p := object{"GroupDescription": g.id, "VpcId": w.ref(s.name + "Vpc")}
		if len(in) > 0 || w.style.Verbose {
			p["SecurityGroupIngress"] = in
		}
		if len(out) > 0 {
			p["SecurityGroupEgress"] = out
		}
		w.add(g.id, "AWS::EC2::SecurityGroup", p)
	}
	for i, r := range g.in {
		switch id := fmt.Sprintf("%sIn%d", g.id, i); {
		case isForeign(r):
			w.foreign = append(w.foreign, foreignRule{s, g, r, id, false})
		case isResource(r):
			w.writeRule(g, r, id, false)
		}
	}
	for i, r := range g.out {
		switch id := fmt.Sprintf("%sOut%d", g.id, i); {
		case isForeign(r):
			w.foreign = append(w.foreign, foreignRule{s, g, r, id, true})
		case isResource(r):
			w.writeRule(g, r, id, true)
		}
	}
}

// foreignRule is a rule that names a group or an address of another VPC.
type foreignRule struct {
	of     *side
	group  *group
	rule   *rule
	id     string
	egress bool
}

func (w *writer) writeRule(g *group, r *rule, id string, egress bool) {
	p := w.rule(r, egress)
	p["GroupId"] = w.group(g)
	kind := "AWS::EC2::SecurityGroupIngress"
	if egress {
		kind = "AWS::EC2::SecurityGroupEgress"
	}
	w.add(id, kind, p)
}

func (w *writer) rule(r *rule, egress bool) object {
	p := object{"IpProtocol": literal(w, &r.protocol, r.protocol)}
	switch {
	case strings.HasPrefix(r.protocol, "icmp"):
		p["FromPort"], p["ToPort"] = -1, -1
	case r.protocol != "-1" || w.style.Verbose || w.hole == any(&r.protocol):
		p["FromPort"], p["ToPort"] = literal(w, &r.from, r.from), literal(w, &r.to, r.to)
	}
	end := "Source"
	if egress {
		end = "Destination"
	}
	switch {
	case r.peer.group != nil:
		p[end+"SecurityGroupId"] = orHole(w, &r.peer.group, func() any { return w.group(r.peer.group) })
	case r.peer.list != nil:
		p[end+"PrefixListId"] = w.prefixList(r.peer.list)
	case strings.Contains(r.peer.cidr, ":"):
		p["CidrIpv6"] = literal(w, &r.peer.cidr, r.peer.cidr)
	default:
		p["CidrIp"] = literal(w, &r.peer.cidr, r.peer.cidr)
	}
	return p
}

func (w *writer) prefixList(l *list) any {
	if l.given != "" {
		return literal(w, &l.given, l.given)
	}
	return w.att(l.id, "PrefixListId")
}

func (w *writer) subnets(p location) set {
	list := set{}
	for i, s := range p.subnets {
		list = append(list, orHole(w, &p.subnets[i], func() any { return w.ref(s.id) }))
	}
	return list
}

// groups are the groups that a location names; without groups, the property is left out.
func (w *writer) groups(properties object, key string, p location) {
	list := set{}
	for i, g := range p.groups {
		list = append(list, orHole(w, &p.groups[i], func() any { return w.group(g) }))
	}
	if len(list) > 0 {
		properties[key] = list
	}
}

// orHole is a reference, or the parameter in its place.
func orHole[T any](w *writer, at *T, reference func() any) any {
	if w.hole == any(at) {
		return literal(w, at, "")
	}
	return reference()
}

// writeStranger writes another VPC: wide open, and closed by its ACL.
func (w *writer) writeStranger() {
	s := &side{name: "Stranger", prefix: "10.0"}
	closed := &acl{id: "StrangerAcl"}
	s.acls = []*acl{closed}
	s.subnets = []*subnet{{id: "StrangerNet", cidr: "10.0.0.0/24", zone: "eu-west-1a", acl: closed}}
	open := &rule{protocol: "-1", peer: peer{cidr: "0.0.0.0/0"}}
	s.groups = []*group{{id: "StrangerDefault", isDefault: true}, {id: "StrangerGroup", in: []*rule{open}}}
	w.writeSide(s)
	w.enter(s, "Api")
	w.workload("StrangerClient", "AWS::ECS::Service", location{s.groups[1:], s.subnets}, object{})
}
