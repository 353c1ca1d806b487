package reachability

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// ephemeral are the ports from which clients call, so to which answers go: those of load balancers, Lambda and every
// operating system are within 1024 to 65535.
var ephemeral = portSpan{1024, 65535}

// aclEntries are the entries of a network ACL in the order of their numbers, by direction.
type aclEntries [2][]*assembly.Resource

// indexAcls collects the network ACLs by subnet, and their entries.
func (m *Model) indexAcls() {
	m.aclOf = map[key]*assembly.Resource{}
	m.aclEntries = map[key]*aclEntries{}
	for _, r := range m.ofType("AWS::EC2::SubnetNetworkAclAssociation") {
		m.aclOf[cmp.Or(valueKey(r.Property("SubnetId")), unplaced)] = r
	}
	for _, entry := range m.ofType("AWS::EC2::NetworkAclEntry") {
		acl := aclKey(entry.Property("NetworkAclId"))
		if acl == (key{}) {
			m.aclOf[unplaced] = entry
			continue
		}
		if m.aclEntries[acl] == nil {
			m.aclEntries[acl] = &aclEntries{}
		}
		for _, d := range sidesOf(entry) {
			m.aclEntries[acl][d] = append(m.aclEntries[acl][d], entry)
		}
	}
	for _, both := range m.aclEntries {
		for _, entries := range both {
			slices.SortStableFunc(entries, func(a, b *assembly.Resource) int {
				x, _ := a.Property("RuleNumber").Number()
				y, _ := b.Property("RuleNumber").Number()
				return int(x - y)
			})
		}
	}
}

// aclKey is the key of a network ACL, which may be the default one of a VPC.
func aclKey(v assembly.Value) key {
	k := valueKey(v)
	if _, attribute, ok := v.Reference(); ok && attribute == "DefaultNetworkAcl" {
		k.text = ofDefault
	}
	return k
}

// defaultRule is the number of the entries of EC2's default ACLs that let everything pass.
const defaultRule = 100

// defaultAcl is the walk through the default ACL of a VPC: entries of the templates with lower numbers, then EC2's own.
func (m *Model) defaultAcl(vpc assembly.Value, d direction, ports portSpan) (aclWalk, bool) {
	r, _, ok := vpc.Reference()
	if !ok {
		return aclWalk{}, false
	}
	both := m.aclEntries[key{r, ofDefault}]
	if both == nil {
		return aclWalk{}, false
	}
	w := aclWalk{acl: r, ports: ports, open: true}
	for _, entry := range both[d] {
		if n, ok := entry.Property("RuleNumber").Number(); !ok || n < defaultRule {
			w.entries = append(w.entries, entry)
		}
	}
	return w, true
}

// hasAcl reports whether the templates have an ACL for a place, or entries of the default one of its VPC.
func (m *Model) hasAcl(p place) bool {
	return m.aclOf[valueKey(p.id)] != nil || m.aclEntries[key{valueKey(p.vpc).resource, ofDefault}] != nil || isElsewhere(p.id)
}

// isElsewhere reports whether a subnet is given by its ID: what ACL it has is not in the templates.
func isElsewhere(subnet assembly.Value) bool {
	_, isID := subnet.Text()
	return isID
}

// sidesOf returns the directions of an entry; both if that is not known.
func sidesOf(entry *assembly.Resource) []direction {
	v := entry.Property("Egress")
	out, known := v.Bool()
	switch {
	case out:
		return []direction{egress}
	case known || v.Kind() == assembly.Absent:
		return []direction{ingress}
	}
	return []direction{ingress, egress}
}

// acls finds whether the network ACLs between two parties let requests to a port pass, and their answers: an ACL has no
// memory. Subnets without an ACL in the templates have EC2's default one, which lets everything pass.
func (m *Model) acls(from, to party, port int) step {
	if len(m.aclOf) == 0 && len(m.aclEntries) == 0 && !slices.ContainsFunc(slices.Concat(from.subnets, to.subnets), isElsewhere) {
		return passes("no network ACL in the templates, so EC2's default lets everything pass")
	}
	if r := m.aclOf[unplaced]; r != nil {
		if valueKey(r.Property("NetworkAclId")) == (key{}) {
			return undecided(r, "NetworkAclId")
		}
		return undecided(r, "SubnetId")
	}
	worst := passes(fmt.Sprintf("requests and answers pass between the subnets of %s and %s", from.name, to.name))
	for _, a := range m.subnetsOf(from) {
		for _, b := range m.subnetsOf(to) {
			if !m.hasAcl(a) && !m.hasAcl(b) || assembly.Equal(a.id, b.id) == assembly.Yes {
				continue // traffic within a subnet passes no ACL
			}
			for _, leg := range []struct {
				at, other place
				d         direction
				ports     portSpan
				what      string
			}{
				{a, b, egress, portSpan{port, port}, "requests out of"},
				{b, a, ingress, portSpan{port, port}, "requests into"},
				{b, a, egress, ephemeral, "answers out of"},
				{a, b, ingress, ephemeral, "answers into"},
			} {
				s := m.aclAllows(leg.at, leg.d, leg.ports, leg.other)
				if a.maybe || b.maybe {
					s = unlessCertain(s)
				}
				hides := s.verdict == Unknown && worst.verdict == Unknown && s.assumption == "" && worst.assumption != "" // what is assumed hides nothing
				if s.verdict.WorseThan(worst.verdict) || hides {
					s.message = fmt.Sprintf("%s %s: %s", leg.what, nameOf(leg.at.id), s.message)
					if len(s.evidence) == 0 && from.resource != nil {
						s = s.near(evidence(from.resource))
					}
					worst = s
				}
			}
			if worst.verdict == Blocked {
				return worst
			}
		}
	}
	return worst
}

// unlessCertain makes a doubt of a block that holds in some subnets only, when it is not known in which the party is.
func unlessCertain(s step) step {
	if s.verdict == Blocked {
		s.verdict, s.fix = Unknown, "name the subnets of the party, or "+s.fix
	}
	return s
}

// place is a subnet that a party is in, or may be in.
type place struct {
	id     assembly.Value
	vpc    assembly.Value
	blocks addresses
	maybe  bool
}

// subnetsOf returns the subnets of a party; where it names none, those of its VPC that have an ACL.
func (m *Model) subnetsOf(p party) []place {
	var places []place
	known := len(p.subnets) > 0
	for _, subnet := range p.subnets {
		unknown := valueKey(subnet) == (key{})
		known = known && !unknown
		places = append(places, place{id: subnet, vpc: p.vpc, blocks: m.blocksOf(party{vpc: p.vpc, subnets: []assembly.Value{subnet}}), maybe: unknown})
	}
	if known {
		return places
	}
	for _, subnet := range slices.Concat(m.subnetsIn[valueKey(p.vpc)], m.subnetsIn[unplaced]) {
		if m.aclOf[resourceKey(subnet)] == nil || assembly.Equal(subnet.Property("VpcId"), p.vpc) == assembly.No {
			continue
		}
		id := m.aclOf[resourceKey(subnet)].Property("SubnetId")
		places = append(places, place{id: id, vpc: p.vpc, blocks: m.blocksOf(party{vpc: p.vpc, subnets: []assembly.Value{id}}), maybe: true})
	}
	return append(places, place{vpc: p.vpc, blocks: m.vpcBlocks(p.vpc), maybe: true})
}

// aclAllows finds whether a subnet's ACL lets a span of ports pass to or from another subnet.
func (m *Model) aclAllows(at place, d direction, ports portSpan, other place) step {
	association := m.aclOf[valueKey(at.id)]
	isDefault := association == nil || aclKey(association.Property("NetworkAclId")).isDefault()
	w, changed := m.defaultAcl(at.vpc, d, ports)
	switch {
	case association == nil && isElsewhere(at.id):
		return assumable(fmt.Sprintf("subnet %s is defined elsewhere, and so is its network ACL", at.id), proof.AssumeNetworkACL, fmt.Sprintf("load the template that defines it, or see that it lets %s pass", ports))
	case isDefault && !changed:
		return passes("the default network ACL")
	case !isDefault:
		acl, _, ok := association.Property("NetworkAclId").Reference()
		if !ok {
			v := association.Property("NetworkAclId")
			return awaits(fmt.Sprintf("network ACL %s is not in the templates", v), v).at(association, "NetworkAclId")
		}
		w = aclWalk{acl: acl, ports: ports}
		if both := m.aclEntries[resourceKey(acl)]; both != nil {
			w.entries = both[d]
		}
	}
	if len(other.blocks.list) == 0 {
		return w.anyBlock()
	}
	worst := passes(w.name() + " lets it pass")
	for _, block := range other.blocks.list {
		s := w.block(block)
		if s.verdict == Blocked && !other.blocks.exact && len(other.blocks.list) > 1 {
			s = unlessCertain(s)
		}
		if s.verdict.WorseThan(worst.verdict) {
			worst = s
		}
	}
	if association != nil && association.Exists == assembly.Maybe && worst.verdict == Blocked {
		worst.verdict = Unknown
	}
	return worst
}
