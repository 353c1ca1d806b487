package reachability

import (
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

// key is one key for all ways to name a group; "" for what is not known.
func (g groupID) key() string {
	if g.isDefault {
		return defaultKey(valueKey(g.defaultOf))
	}
	if r, attribute, ok := g.value.Reference(); ok && attribute == "DefaultSecurityGroup" {
		return defaultKey(resourceKey(r))
	}
	return valueKey(g.value)
}

func defaultKey(vpc string) string {
	if vpc == "" {
		return ""
	}
	return vpc + "#default"
}

func (g groupID) String() string {
	if g.isDefault {
		return "the default security group of " + nameOf(g.defaultOf)
	}
	return nameOf(g.value)
}

// same finds whether two groups are one.
func (g groupID) same(other groupID) assembly.Tristate {
	a, b := g.key(), other.key()
	if strings.HasSuffix(a, "#default") || strings.HasSuffix(b, "#default") {
		if a == b {
			return assembly.Yes
		}
		if a == "" || b == "" || a[0] == '=' || b[0] == '=' {
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

func (r groupRule) at(name string) []any { return append(append([]any{}, r.path...), name) }

// group is what the templates know of a security group.
type group struct {
	resource *assembly.Resource // nil for a group that is defined elsewhere, and for default groups
	rules    [2][]groupRule
	// open says that EC2's own default rules are there, by direction: all egress, and for default groups all ingress
	// from their own members.
	open [2]bool
	// unread is the property that has rules which are not known, nil where all are.
	unread [2][]any
}

// indexGroups collects the rules of all security groups, by the group's key.
func (m *Model) indexGroups() {
	m.groups = map[string]*group{}
	of := func(key string) *group {
		if m.groups[key] == nil {
			m.groups[key] = &group{}
		}
		return m.groups[key]
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
			key := groupID{value: r.Property("GroupId")}.key()
			if key == "" {
				m.unplacedRules[d] = append(m.unplacedRules[d], groupRule{resource: r})
				continue
			}
			g := of(key)
			g.rules[d] = append(g.rules[d], groupRule{resource: r})
		}
	}
	for _, g := range m.groups {
		if g.resource != nil {
			g.open[egress] = len(g.rules[egress]) == 0 && g.unread[egress] == nil
		}
	}
	for _, r := range m.ofType("Custom::VpcRestrictDefaultSG") {
		if key := (groupID{value: r.Property("DefaultSecurityGroupId")}).key(); key != "" {
			of(key).open = [2]bool{}
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
