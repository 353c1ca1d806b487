package network

import (
	"cmp"
	"slices"
)

// NetworkAclEntry is an entry of a network ACL.
type NetworkAclEntry struct{ *Resource }

// RuleNumber is the place of the entry: EC2 evaluates entries in the order of their numbers.
func (e *NetworkAclEntry) RuleNumber() Property { return property(e.Resource, "RuleNumber") }

// RuleAction is "allow" or "deny".
func (e *NetworkAclEntry) RuleAction() Property { return property(e.Resource, "RuleAction") }

// Protocol is the number of the protocol; -1 for all.
func (e *NetworkAclEntry) Protocol() Property { return property(e.Resource, "Protocol") }

// CidrBlock is the IPv4 block; absent for an entry of IPv6.
func (e *NetworkAclEntry) CidrBlock() Property { return property(e.Resource, "CidrBlock") }

// PortFrom is the first port.
func (e *NetworkAclEntry) PortFrom() Property { return property(e.Resource, "PortRange", "From") }

// PortTo is the last port.
func (e *NetworkAclEntry) PortTo() Property { return property(e.Resource, "PortRange", "To") }

// Egress is true for an entry of outbound traffic. Default: false.
func (e *NetworkAclEntry) Egress() Property { return property(e.Resource, "Egress") }

// Directions are the directions of the entry; both if that is undecided.
func (e *NetworkAclEntry) Directions() []Direction {
	out, known := e.Egress().Bool()
	switch {
	case out:
		return []Direction{Egress}
	case known || e.Egress().IsAbsent():
		return []Direction{Ingress}
	}
	return []Direction{Ingress, Egress}
}

// Undecided is the property, or the condition, that leaves open whether and how the entry matches; ok is false if there
// is none.
func (e *NetworkAclEntry) Undecided() (p Property, ok bool) {
	for _, p := range []Property{e.CidrBlock(), e.RuleAction(), e.RuleNumber(), e.Protocol(), e.PortFrom(), e.PortTo(), e.Egress()} {
		if p.IsUndecided() {
			return p, true
		}
	}
	if e.Exists == Maybe {
		return Whole(e.Resource), true
	}
	return Property{}, false
}

// NetworkAcl is the network ACL of a subnet, in one direction.
type NetworkAcl struct {
	// Resource is the ACL, or the VPC of a default ACL.
	Resource *Resource
	// Entries are in the order of their numbers.
	Entries []*NetworkAclEntry
	// IsDefault says that it is the default ACL of a VPC, which allows what no entry is for.
	IsDefault bool
}

// Name is the ACL as people know it.
func (a NetworkAcl) Name() string {
	if a.IsDefault {
		return "the default network ACL of " + DisplayName(a.Resource)
	}
	return DisplayName(a.Resource)
}

// AclAssociation associates a network ACL with a subnet.
type AclAssociation struct{ *Resource }

// NetworkAclId is the ACL.
func (a *AclAssociation) NetworkAclId() Property { return property(a.Resource, "NetworkAclId") }

// SubnetId is the subnet.
func (a *AclAssociation) SubnetId() Property { return property(a.Resource, "SubnetId") }

// HasAcls reports whether the templates have network ACLs, or entries of default ones.
func (n *Network) HasAcls() bool {
	return len(n.aclOf) > 0 || len(n.aclEntries) > 0 || n.unplacedAcl != nil
}

// UnplacedAcl is the property that leaves open which ACL an entry, or which subnet an association, belongs to; nil if all
// are known.
func (n *Network) UnplacedAcl() *Property { return n.unplacedAcl }

// AclAssociation is the association of a subnet; nil if the templates have none.
func (n *Network) AclAssociation(subnet Value) *AclAssociation { return n.aclOf[valueKey(subnet)] }

// HasDefaultAclEntries reports whether the templates add entries to the default ACL of a VPC.
func (n *Network) HasDefaultAclEntries(vpc Value) bool {
	return n.aclEntries[key{valueKey(vpc).resource, ofDefault}] != nil
}

// Acl is the ACL of an association in one direction; ok is false if it is not in the templates.
func (n *Network) Acl(a *AclAssociation, d Direction) (acl NetworkAcl, ok bool) {
	r, _, ok := a.NetworkAclId().Reference()
	if !ok {
		return NetworkAcl{}, false
	}
	return NetworkAcl{Resource: r, Entries: n.aclEntries[resourceKey(r)].in(d)}, true
}

// UsesDefaultAcl reports whether an association names the default ACL of a VPC.
func (a *AclAssociation) UsesDefaultAcl() bool { return aclKey(a.NetworkAclId().Value).isDefault() }

// defaultEntry is the number of EC2's own entries in default ACLs, which allow everything.
const defaultEntry = 100

// DefaultAcl is the default ACL of a VPC in one direction: the entries of the templates in front of EC2's own. ok is
// false if the templates add none.
func (n *Network) DefaultAcl(vpc Value, d Direction) (acl NetworkAcl, ok bool) {
	r, _, ok := vpc.Reference()
	if !ok {
		return NetworkAcl{}, false
	}
	both := n.aclEntries[key{r, ofDefault}]
	if both == nil {
		return NetworkAcl{}, false
	}
	acl = NetworkAcl{Resource: r, IsDefault: true}
	for _, entry := range both[d] {
		if number, ok := entry.RuleNumber().Number(); !ok || number < defaultEntry {
			acl.Entries = append(acl.Entries, entry)
		}
	}
	return acl, true
}

// AssociatedSubnets are the subnets that may be in a VPC and have an ACL in the templates.
func (n *Network) AssociatedSubnets(vpc Value) []Value {
	var list []Value
	for _, s := range slices.Concat(n.subnetsIn.named(vpc), n.subnetsIn.unplaced()) {
		association := n.aclOf[resourceKey(s.Resource)]
		if association != nil && Equal(s.VpcId().Value, vpc) != No {
			list = append(list, association.SubnetId().Value)
		}
	}
	return list
}

// aclEntries are the entries of a network ACL by direction.
type aclEntries [2][]*NetworkAclEntry

func (e *aclEntries) in(d Direction) []*NetworkAclEntry {
	if e == nil {
		return nil
	}
	return e[d]
}

// aclKey is the key of a network ACL, which may be the default one of a VPC.
func aclKey(v Value) key {
	k := valueKey(v)
	if _, attribute, ok := v.Reference(); ok && attribute == "DefaultNetworkAcl" {
		k.text = ofDefault
	}
	return k
}

// indexAcls collects the network ACLs by subnet, and their entries.
func (n *Network) indexAcls() {
	n.aclOf = map[key]*AclAssociation{}
	n.aclEntries = map[key]*aclEntries{}
	for _, r := range n.OfType("AWS::EC2::SubnetNetworkAclAssociation") {
		a := &AclAssociation{r}
		if k := valueKey(a.SubnetId().Value); k != (key{}) {
			n.aclOf[k] = a
			continue
		}
		n.unplaceAcl(a.NetworkAclId(), a.SubnetId())
	}
	for _, r := range n.OfType("AWS::EC2::NetworkAclEntry") {
		n.addAclEntry(&NetworkAclEntry{r})
	}
	for _, both := range n.aclEntries {
		for _, entries := range both {
			slices.SortStableFunc(entries, func(a, b *NetworkAclEntry) int {
				x, _ := a.RuleNumber().Number()
				y, _ := b.RuleNumber().Number()
				return cmp.Compare(int(x), int(y))
			})
		}
	}
}

func (n *Network) addAclEntry(entry *NetworkAclEntry) {
	id := property(entry.Resource, "NetworkAclId")
	acl := aclKey(id.Value)
	if acl == (key{}) {
		n.unplaceAcl(id, property(entry.Resource, "SubnetId"))
		return
	}
	if n.aclEntries[acl] == nil {
		n.aclEntries[acl] = &aclEntries{}
	}
	for _, d := range entry.Directions() {
		n.aclEntries[acl][d] = append(n.aclEntries[acl][d], entry)
	}
}

// unplaceAcl notes the first of two properties that is undecided.
func (n *Network) unplaceAcl(acl, subnet Property) {
	if valueKey(acl.Value) != (key{}) {
		acl = subnet
	}
	n.unplacedAcl = &acl
}
