package network

import (
	"iter"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

const securityGroupType = "AWS::EC2::SecurityGroup"

// Direction is the side of a security group or a network ACL that a rule is on.
type Direction int

// The directions.
const (
	Ingress Direction = iota
	Egress
)

// String is "ingress" or "egress".
func (d Direction) String() string { return [...]string{"ingress", "egress"}[d] }

// GroupID names a security group: by its ID, or as the default group of a VPC.
type GroupID struct {
	// Value is the ID; absent for a default group.
	Value Value
	// IsDefault says that it is the default group of a VPC, and DefaultOf of which.
	IsDefault bool
	DefaultOf Value
}

// key is the same for all ways to name a group.
func (g GroupID) key() key {
	if g.IsDefault {
		return defaultKey(valueKey(g.DefaultOf))
	}
	if r, attribute, ok := g.Value.Reference(); ok && attribute == "DefaultSecurityGroup" {
		return defaultKey(resourceKey(r))
	}
	return valueKey(g.Value)
}

// IsUndecided reports whether it is not known which group it is.
func (g GroupID) IsUndecided() bool { return g.key() == (key{}) }

// IsDefaultGroup reports whether it is known to be the default group of a VPC, whichever way it is named.
func (g GroupID) IsDefaultGroup() bool { return g.key().isDefault() }

// ofDefault is the text in the key of the default group, or the default network ACL, of a VPC.
const ofDefault = "#default"

func defaultKey(vpc key) key {
	if vpc == (key{}) {
		return key{}
	}
	return key{vpc.resource, vpc.text + ofDefault}
}

func (k key) isDefault() bool { return strings.HasSuffix(k.text, ofDefault) }

// String is the group as people know it.
func (g GroupID) String() string {
	if g.IsDefault {
		return "the default security group of " + NameOf(g.DefaultOf)
	}
	return NameOf(g.Value)
}

// Is says whether two IDs name one group.
func (g GroupID) Is(other GroupID) Tristate {
	a, b := g.key(), other.key()
	if a.isDefault() || b.isDefault() {
		switch {
		case a == b:
			return Yes
		case a.resource == nil || b.resource == nil:
			return Maybe
		}
		return No
	}
	if g.IsDefault || other.IsDefault {
		return Maybe // of an undecided VPC
	}
	return Equal(g.Value, other.Value)
}

// GroupNames lists groups as people know them.
func GroupNames(ids []GroupID) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = id.String()
	}
	return strings.Join(names, ", ")
}

// SecurityGroup is what the templates know of a security group.
type SecurityGroup struct {
	// Resource is nil for a group that is defined elsewhere, and for default groups.
	*Resource
	// Rules are its rules, by direction.
	Rules [2][]Rule
	// Open says that EC2's own default rules apply, by direction: all egress, and for default groups all ingress from
	// their own members.
	Open [2]bool
	// MayBeOpen says that EC2's default egress applies unless an undecided rule is deployed.
	MayBeOpen bool
	// Unread is the property whose rules are undecided, by direction; nil if all rules are known.
	Unread [2]*Property

	// byPeer are the rules that are certain to name one group, by that group; others are the rest. Both are indexes
	// into Rules.
	byPeer [2]map[key][]int
	others [2][]int
}

// VpcId is the VPC of the group.
func (g *SecurityGroup) VpcId() Property { return property(g.Resource, "VpcId") }

// SecurityGroups are the groups that the templates define.
func (n *Network) SecurityGroups() []*SecurityGroup { return n.securityGroups.list }

// DefinedGroup is the security group that a value refers to; nil if the templates do not define it.
func (n *Network) DefinedGroup(v Value) *SecurityGroup { return n.securityGroups.referred(v) }

// SecurityGroup is what is known of a group, including one that is defined elsewhere and has rules in the templates; nil
// if nothing is known.
func (n *Network) SecurityGroup(id GroupID) *SecurityGroup { return n.groups[id.key()] }

// UnplacedRules are the rules whose security group is undecided.
func (n *Network) UnplacedRules(d Direction) []Rule { return n.unplacedRules[d] }

// StandaloneRules are the rules of one direction that are resources of their own, whatever group they belong to.
func (n *Network) StandaloneRules(d Direction) iter.Seq[Rule] {
	return func(yield func(Rule) bool) {
		for _, r := range n.OfType(ruleNames[d].resourceType) {
			if !yield(newRule(Property{Resource: r}, d)) {
				return
			}
		}
	}
}

// RulesFor are the rules of one direction that can apply to a peer, in their order.
func (n *Network) RulesFor(g *SecurityGroup, d Direction, peer Node) []Rule {
	places := slices.Clone(g.others[d])
	for _, own := range peer.Groups {
		k := n.peerKey(own.Value)
		if own.IsDefault || k == (key{}) {
			return g.Rules[d]
		}
		places = append(places, g.byPeer[d][k]...)
	}
	if len(places) == len(g.Rules[d]) {
		return g.Rules[d]
	}
	slices.Sort(places)
	list := make([]Rule, len(places))
	for i, place := range places {
		list[i] = g.Rules[d][place]
	}
	return list
}

// Callers are the groups with an egress rule to a group.
func (n *Network) Callers(group GroupID) []GroupID { return n.callersOf[group.key()] }

// indexGroups collects the rules of all security groups.
func (n *Network) indexGroups() {
	n.groups = map[key]*SecurityGroup{}
	for _, vpc := range n.VPCs() {
		n.group(defaultKey(resourceKey(vpc.Resource))).Open = [2]bool{true, true}
	}
	collect(n, &n.securityGroups, securityGroupType, func(r *Resource) *SecurityGroup { return &SecurityGroup{Resource: r} })
	for _, g := range n.securityGroups.list {
		n.groups[resourceKey(g.Resource)] = g
		g.readInline(Ingress)
		g.readInline(Egress)
	}
	n.indexRuleResources(Ingress)
	n.indexRuleResources(Egress)
	for _, g := range n.securityGroups.list {
		g.Open[Egress] = len(g.Rules[Egress]) == 0 && g.Unread[Egress] == nil
		g.MayBeOpen = !g.Open[Egress] && g.Unread[Egress] == nil && !slices.ContainsFunc(g.Rules[Egress], Rule.isCertain)
	}
	for _, r := range n.OfType("Custom::VpcRestrictDefaultSG") {
		if id := (GroupID{Value: r.Property("DefaultSecurityGroupId")}); !id.IsUndecided() {
			n.group(id.key()).Open = [2]bool{}
		}
	}
	n.indexPeers()
	n.indexCallers()
}

func (n *Network) group(k key) *SecurityGroup {
	if n.groups[k] == nil {
		n.groups[k] = &SecurityGroup{}
	}
	return n.groups[k]
}

// readInline reads the rules that the group itself has.
func (g *SecurityGroup) readInline(d Direction) {
	list := property(g.Resource, ruleNames[d].inline)
	switch list.Kind() {
	case assembly.Absent:
	case assembly.List:
		for i := range list.Len() {
			g.Rules[d] = append(g.Rules[d], newRule(list.At(i), d))
		}
	case assembly.Map:
		g.Rules[d] = append(g.Rules[d], newRule(list, d))
	default:
		g.Unread[d] = &list
	}
}

// indexRuleResources collects the rules that are resources of their own.
func (n *Network) indexRuleResources(d Direction) {
	for _, r := range n.OfType(ruleNames[d].resourceType) {
		rule := newRule(Property{Resource: r}, d)
		id := GroupID{Value: r.Property("GroupId")}
		if id.IsUndecided() {
			n.unplacedRules[d] = append(n.unplacedRules[d], rule)
			continue
		}
		g := n.group(id.key())
		g.Rules[d] = append(g.Rules[d], rule)
	}
}

// indexPeers sorts the rules of each group by the group that they name, so that a group with many rules is not read in
// full for each peer.
func (n *Network) indexPeers() {
	n.stacksNamed = map[string]int{}
	for _, s := range n.asm.Stacks {
		n.stacksNamed[s.Name]++
	}
	for _, g := range n.groups {
		for d, rules := range g.Rules {
			g.byPeer[d] = map[key][]int{}
			for i, rule := range rules {
				if k := n.peerKey(rule.Group); k != (key{}) {
					g.byPeer[d][k] = append(g.byPeer[d][k], i)
				} else {
					g.others[d] = append(g.others[d], i)
				}
			}
		}
	}
}

// peerKey is the key of a group that is certain to differ from the group of any other key; the zero key for others.
func (n *Network) peerKey(v Value) key {
	r, attribute, ok := v.Reference()
	if !ok || r.Type != securityGroupType || attribute != "GroupId" && attribute != "Ref" || n.stacksNamed[r.Stack.Name] > 1 {
		return key{}
	}
	return resourceKey(r)
}

// indexCallers collects the security groups that have an egress rule to another, by the other.
func (n *Network) indexCallers() {
	n.callersOf = map[key][]GroupID{}
	add := func(to, from Value) {
		if k := (GroupID{Value: to}).key(); k != (key{}) {
			n.callersOf[k] = append(n.callersOf[k], GroupID{Value: from})
		}
	}
	for _, r := range n.OfType(ruleNames[Egress].resourceType) {
		add(r.Property("DestinationSecurityGroupId"), r.Property("GroupId"))
	}
	for _, g := range n.securityGroups.list {
		for _, rule := range g.Rules[Egress] {
			if rule.IsInline() {
				add(rule.Group, g.Ref())
			}
		}
	}
}
