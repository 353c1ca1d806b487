package lock

import (
	"maps"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// What is kept of a list of security groups: whether there are any.
const (
	someGroups = "some"
	noGroups   = "none"
)

// keeping is how a property is kept that CloudFormation changes in place.
type keeping struct {
	rule rules.Rule
	// breaks says what a change breaks; empty if nothing. isUnknown says that only the deployment knows.
	breaks func(in scope, old, next any) (what string, isUnknown bool)
}

// keepings are the members of kept, by name, for each type.
var keepings = map[string]map[string]keeping{
	typeLoadBalancer: {
		"SecurityGroups": {rules.LockNlbGroups, changesGroups(true)},
		"Subnets":        {rules.LockNlbSubnets, removes("subnets")},
		"Vpc":            {rules.LockVpc, changesVpc},
	},
	typeService: {
		"NetworkLoadBalancerArns": {rules.LockServiceNlbs, removes("load balancers")},
		"GatewayLoadBalancerArns": {rules.LockServiceNlbs, removes("load balancers")},
		"PayerResponsibility":     {rules.LockPayer, changes("the payer")},
		"PrivateDnsName":          {rules.LockPrivateDnsName, changes("the private DNS name")},
	},
	typeEndpoint: {
		"PrivateDnsEnabled": {rules.LockPrivateDns, changes("private DNS")},
	},
	typeListener: {
		"Port":     {rules.LockPort, changes("the port")},
		"Protocol": {rules.LockPort, changes("the protocol")},
	},
	typeRecordGroup: {
		"RecordSets": {rules.LockRecordNames, removes("names")},
	},
	typeLatticeVpc: {
		"SecurityGroupIds": {rules.LockAssociationGroups, changesGroups(false)},
	},
}

// keep records what is kept of a resource.
func (p *plan) keep(r *assembly.Resource) {
	switch r.Type {
	case typeLoadBalancer:
		if kind, _ := r.Property("Type").Text(); kind == "network" {
			p.keepGroups(r, "SecurityGroups")
			p.keepList(r, "Subnets", subnetsOf(r), subnetValues(r), "SubnetId")
			p.follow(r.Property("Subnets"))
			p.follow(r.Property("SubnetMappings"))
		}
		p.keepVpc(r)
	case typeService:
		for _, property := range []string{"NetworkLoadBalancerArns", "GatewayLoadBalancerArns"} {
			if list, ok := sourceOf(r, property); ok {
				p.keepList(r, property, list, r.Property(property), "")
			}
		}
		p.keepValue(r, "PayerResponsibility")
		p.keepValue(r, "PrivateDnsName")
	case typeEndpoint:
		if isEnabled, isKnown := r.Property("PrivateDnsEnabled").Bool(); isEnabled || !isKnown {
			p.keepValue(r, "PrivateDnsEnabled")
		}
	case typeListener:
		p.keepValue(r, "Port")
		p.keepValue(r, "Protocol")
	case typeLatticeVpc:
		p.keepGroups(r, "SecurityGroupIds")
	case typeRecordGroup:
		p.keepList(r, "RecordSets", membersOf(r, "RecordSets", "Name"), r.Property("RecordSets"), "Name")
	}
}

// keepValue records a property that is one value.
func (p *plan) keepValue(r *assembly.Resource, property string) {
	if source, ok := sourceOf(r, property); ok {
		p.entries[r].Kept[property] = source
		p.record(r, property, source, r.Property(property), assembly.Value.String)
	}
}

// keepList records a list whose order means nothing; of objects, a member of each.
func (p *plan) keepList(r *assembly.Resource, name string, source any, value assembly.Value, member string) {
	elements := func(value assembly.Value) string {
		return canonicalText(sorted(elementsOf(r.Stack, source, value, member)))
	}
	if list, ok := source.([]any); ok {
		source = sorted(list)
	}
	p.entries[r].Kept[name] = source
	p.record(r, name, source, value, elements)
}

func sorted(list []any) []any {
	return slices.SortedFunc(slices.Values(list), func(a, b any) int { return strings.Compare(canonical(a), canonical(b)) })
}

// elementsOf are the elements of a list: as the template has them, or as they are known to be if they refer to something else than resources of the stack.
func elementsOf(stack *assembly.Stack, source any, value assembly.Value, member string) (elements []any) {
	list, _ := source.([]any)
	items, _ := value.Items()
	for i, item := range items {
		if len(list) == len(items) && read(stack, list[i]).isSimple {
			elements = append(elements, list[i])
			continue
		}
		if item.Kind() == assembly.Map {
			item = item.Field(member)
		}
		elements = append(elements, item.String())
	}
	return elements
}

// keepGroups records whether a resource has security groups; where only the deployment knows, the value itself.
func (p *plan) keepGroups(r *assembly.Resource, property string) {
	value := r.Property(property)
	source, _ := sourceOf(r, property)
	e := p.entries[r]
	list, isList := source.([]any)
	items, _ := value.Items()
	switch {
	case value.Kind() == assembly.Absent || isList && len(list) == 0:
		e.Kept[property] = noGroups
	case slices.ContainsFunc(items, func(item assembly.Value) bool { return !item.MayBeAbsent() }):
		e.Kept[property] = someGroups
	default:
		e.Kept[property] = source
	}
	maps.Copy(e.Uses, read(r.Stack, source).uses)
}

// subnetsOf are the subnets of a load balancer, as the template has them.
func subnetsOf(r *assembly.Resource) any {
	if list, ok := sourceOf(r, "Subnets"); ok {
		return list
	}
	return membersOf(r, "SubnetMappings", "SubnetId")
}

// membersOf are a member of each object in a list, as the template has it; the list itself if one has no such member.
func membersOf(r *assembly.Resource, property, member string) any {
	objects, _ := sourceOf(r, property)
	list, ok := objects.([]any)
	if !ok {
		return objects
	}
	members := []any{}
	for _, one := range list {
		object, _ := one.(map[string]any)
		value, ok := object[member]
		if !ok {
			return objects
		}
		members = append(members, value)
	}
	return members
}

// subnetValues are the subnets of a load balancer, resolved.
func subnetValues(r *assembly.Resource) assembly.Value {
	if value := r.Property("Subnets"); value.Kind() != assembly.Absent {
		return value
	}
	return r.Property("SubnetMappings")
}

// keepVpc records the VPC of the subnets of a load balancer, if the assembly defines one of them: as the template has it, or as it is known to be if
// another stack has the subnet.
func (p *plan) keepVpc(r *assembly.Resource) {
	for _, subnet := range append(referred(r.Property("Subnets")), referred(r.Property("SubnetMappings"))...) {
		if subnet.Type != typeSubnet {
			continue
		}
		source, ok := sourceOf(subnet, "VpcId")
		value := subnet.Property("VpcId")
		switch _, isUnknown := unknownIn(value); {
		case !ok:
		case subnet.Stack == r.Stack:
			p.entries[r].Kept["Vpc"] = source
			p.record(r, "Vpc", source, value, assembly.Value.String)
			return
		case !isUnknown:
			p.entries[r].Kept["Vpc"] = value.String()
			return
		}
	}
}

// changes breaks with another value. One that the template no longer says is unknown.
func changes(what string) func(in scope, old, next any) (string, bool) {
	return func(in scope, old, next any) (string, bool) {
		if canonical(old) == canonical(next) {
			return "", false
		}
		return what + " changes from " + show(old) + " to " + show(next), !in.differ(old, next)
	}
}

// changesVpc breaks with another VPC, which is not known of subnets that the stack does not define.
func changesVpc(in scope, old, next any) (string, bool) {
	if next == nil {
		return "it is not known whether its subnets are still in " + show(old), true
	}
	return changes("the VPC")(in, old, next)
}

// changesGroups breaks when the last security group goes, and for some resources when a first one comes.
func changesGroups(breaksWithFirst bool) func(in scope, old, next any) (string, bool) {
	return func(_ scope, old, next any) (string, bool) {
		switch {
		case canonical(old) == canonical(next), old == noGroups && next == someGroups && !breaksWithFirst:
			return "", false
		case old == someGroups && next == noGroups:
			return "its security groups are removed", false
		case old == noGroups && next == someGroups:
			return "it gets security groups, and was created without", false
		}
		return "it is not known whether it has security groups: " + show(old) + " becomes " + show(next), true
	}
}

// removes breaks when an element of a list goes.
func removes(what string) func(in scope, old, next any) (string, bool) {
	return func(in scope, old, next any) (string, bool) {
		before, isList := old.([]any)
		after, isListNow := next.([]any)
		if !isList || !isListNow {
			if canonical(old) == canonical(next) {
				return "", false
			}
			return "it is not known whether " + what + " are removed: " + show(old) + " becomes " + show(next), true
		}
		gone, come := without(before, after), without(after, before)
		if len(gone) == 0 {
			return "", false
		}
		isUnknown := false
		for _, element := range gone {
			for _, other := range come {
				isUnknown = isUnknown || !in.differ(element, other)
			}
		}
		if isUnknown {
			return "it is not known whether these " + what + " stay: " + show(gone), true
		}
		return what + " are removed: " + show(gone), false
	}
}

// without are the elements of a list that another one lacks.
func without(list, other []any) (rest []any) {
	for _, element := range list {
		if !slices.ContainsFunc(other, func(o any) bool { return canonical(o) == canonical(element) }) {
			rest = append(rest, element)
		}
	}
	return rest
}
