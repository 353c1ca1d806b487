package reachability

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// direction is the side of a security group that a rule is on.
type direction int

const (
	ingress direction = iota
	egress
)

func (d direction) String() string { return [...]string{"ingress", "egress"}[d] }

// ruleProperties name what a rule has, by direction.
var ruleProperties = [...]struct{ inline, resourceType, group, prefixList string }{
	ingress: {"SecurityGroupIngress", "AWS::EC2::SecurityGroupIngress", "SourceSecurityGroupId", "SourcePrefixListId"},
	egress:  {"SecurityGroupEgress", "AWS::EC2::SecurityGroupEgress", "DestinationSecurityGroupId", "DestinationPrefixListId"},
}

// groupID names a security group: by its ID, or as the default group of a VPC.
type groupID struct {
	value     assembly.Value
	isDefault bool
	defaultOf assembly.Value // the VPC
}

// key is one key for all ways to name a group.
func (g groupID) key() key {
	if g.isDefault {
		return defaultKey(valueKey(g.defaultOf))
	}
	if r, attribute, ok := g.value.Reference(); ok && attribute == "DefaultSecurityGroup" {
		return defaultKey(resourceKey(r))
	}
	return valueKey(g.value)
}

// ofDefault is the text in the key of the default group of a VPC.
const ofDefault = "#default"

func defaultKey(vpc key) key {
	if vpc == (key{}) {
		return key{}
	}
	return key{vpc.resource, vpc.text + ofDefault}
}

func (k key) isDefault() bool { return strings.HasSuffix(k.text, ofDefault) }

func (g groupID) String() string {
	if g.isDefault {
		return "the default security group of " + nameOf(g.defaultOf)
	}
	return nameOf(g.value)
}

// same finds whether two groups are one.
func (g groupID) same(other groupID) assembly.Tristate {
	a, b := g.key(), other.key()
	if a.isDefault() || b.isDefault() {
		switch {
		case a == b:
			return assembly.Yes
		case a.resource == nil || b.resource == nil:
			return assembly.Maybe
		}
		return assembly.No
	}
	if g.isDefault || other.isDefault {
		return assembly.Maybe // of a VPC that is not known
	}
	return assembly.Equal(g.value, other.value)
}

// groupRule is one rule of a security group, inline or a resource of its own.
type groupRule struct {
	resource *assembly.Resource
	path     []any // to the rule within the resource
}

func (r groupRule) field(name string) assembly.Value {
	v := r.resource.Property(r.path...)
	return v.Field(name)
}

// isCertain reports whether a rule is there if its group is.
func (r groupRule) isCertain() bool { return len(r.path) > 0 || r.resource.Exists == assembly.Yes }

func (r groupRule) at(name string) []any { return append(append([]any{}, r.path...), name) }

// group is what the templates know of a security group.
type group struct {
	resource *assembly.Resource // nil for a group that is defined elsewhere, and for default groups
	rules    [2][]groupRule
	// open says that EC2's own default rules are there, by direction: all egress, and for default groups all ingress
	// from their own members.
	open [2]bool
	// mayBeOpen says that EC2's default egress is there unless a rule is deployed of which that is not known.
	mayBeOpen bool
	// unread is the property that has rules which are not known, nil where all are.
	unread [2][]any
	// byPeer are the rules that name a group for certain, by the group; rest are the others. Both are places in rules.
	byPeer [2]map[key][]int
	rest   [2][]int
}

// indexPeers sorts the rules of each group by whom they name, so that a group with many rules is not read for each peer.
func (m *Model) indexPeers() {
	names := map[string]int{}
	for _, s := range m.asm.Stacks {
		names[s.Name]++
	}
	m.soleStack = func(s *assembly.Stack) bool { return names[s.Name] == 1 }
	for _, g := range m.groups {
		for d, rules := range g.rules {
			g.byPeer[d] = map[key][]int{}
			for i, rule := range rules {
				if k := m.peerKey(rule.field(ruleProperties[d].group)); k != (key{}) {
					g.byPeer[d][k] = append(g.byPeer[d][k], i)
				} else {
					g.rest[d] = append(g.rest[d], i)
				}
			}
		}
	}
}

// peerKey is the key of a group which is certain to be another than any group of another key; the zero key for others.
func (m *Model) peerKey(v assembly.Value) key {
	r, attribute, ok := v.Reference()
	if !ok || r.Type != "AWS::EC2::SecurityGroup" || attribute != "GroupId" && attribute != "Ref" || !m.soleStack(r.Stack) {
		return key{}
	}
	return resourceKey(r)
}

// rulesFor returns the rules of a side that can be for a peer, in their order.
func (m *Model) rulesFor(g *group, d direction, peer party) []groupRule {
	places := slices.Clone(g.rest[d])
	for _, own := range peer.groups {
		k := m.peerKey(own.value)
		if own.isDefault || k == (key{}) {
			return g.rules[d]
		}
		places = append(places, g.byPeer[d][k]...)
	}
	if len(places) == len(g.rules[d]) {
		return g.rules[d]
	}
	slices.Sort(places)
	list := make([]groupRule, len(places))
	for i, place := range places {
		list[i] = g.rules[d][place]
	}
	return list
}

// indexGroups collects the rules of all security groups, by the group's key.
func (m *Model) indexGroups() {
	m.groups = map[key]*group{}
	of := func(k key) *group {
		if m.groups[k] == nil {
			m.groups[k] = &group{}
		}
		return m.groups[k]
	}
	for _, r := range m.ofType("AWS::EC2::VPC") {
		of(defaultKey(resourceKey(r))).open = [2]bool{true, true}
	}
	for _, r := range m.ofType("AWS::EC2::SecurityGroup") {
		g := of(resourceKey(r))
		g.resource = r
		for d, names := range ruleProperties {
			switch list := r.Property(names.inline); list.Kind() {
			case assembly.Absent:
			case assembly.List:
				for i := range list.Len() {
					g.rules[d] = append(g.rules[d], groupRule{r, []any{names.inline, i}})
				}
			case assembly.Map:
				g.rules[d] = append(g.rules[d], groupRule{r, []any{names.inline}})
			default:
				g.unread[d] = []any{names.inline}
			}
		}
	}
	for d, names := range ruleProperties {
		for _, r := range m.ofType(names.resourceType) {
			id := groupID{value: r.Property("GroupId")}.key()
			if id == (key{}) {
				m.unplacedRules[d] = append(m.unplacedRules[d], groupRule{resource: r})
				continue
			}
			g := of(id)
			g.rules[d] = append(g.rules[d], groupRule{resource: r})
		}
	}
	for _, g := range m.groups {
		if g.resource != nil {
			g.open[egress] = len(g.rules[egress]) == 0 && g.unread[egress] == nil
			g.mayBeOpen = !g.open[egress] && g.unread[egress] == nil && !slices.ContainsFunc(g.rules[egress], groupRule.isCertain)
		}
	}
	for _, r := range m.ofType("Custom::VpcRestrictDefaultSG") {
		if id := (groupID{value: r.Property("DefaultSecurityGroupId")}).key(); id != (key{}) {
			of(id).open = [2]bool{}
		}
	}
}

func groupNames(ids []groupID) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = id.String()
	}
	return strings.Join(names, ", ")
}
