package reachability

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// ofType returns the resources of a type that are deployed, or may be.
func (m *Model) ofType(resourceType string) []*assembly.Resource {
	var list []*assembly.Resource
	for _, r := range m.asm.OfType(resourceType) {
		if r.Exists != assembly.No {
			list = append(list, r)
		}
	}
	return list
}

// items returns the elements of a list property. A single value stands for a list of one, as CloudFormation has it.
func items(r *assembly.Resource, path ...any) []assembly.Value {
	v := r.Property(path...)
	if list, ok := v.Items(); ok {
		return list
	}
	if v.Kind() == assembly.Absent {
		return nil
	}
	return []assembly.Value{v}
}

// text returns a literal property as text, or "".
func text(r *assembly.Resource, path ...any) string {
	s, _ := r.Property(path...).Text()
	return s
}

// key is one key for all ways to name a thing: a resource, or something of it, or a literal. Two stacks of one name, in
// two accounts, have different resources. The zero key is of what is not known.
type key struct {
	resource *assembly.Resource
	text     string
}

func resourceKey(r *assembly.Resource) key { return key{resource: r} }

func valueKey(v assembly.Value) key {
	if r, _, ok := v.Reference(); ok {
		return resourceKey(r)
	}
	if text, ok := v.Text(); ok {
		return key{text: "=" + text}
	}
	return key{}
}

// unplaced is the key under which resources are indexed that belong to something which is not known.
var unplaced = key{text: "?"}

// fullName is the stack and the logical ID of a resource.
func fullName(r *assembly.Resource) string { return r.Stack.Name + "/" + r.ID }

// isUndecided reports whether a property is there, and its value is not in the templates.
func isUndecided(v assembly.Value) bool {
	return v.Kind() != assembly.Literal && v.Kind() != assembly.Absent
}

// pathText writes the way to a property, such as "SecurityGroupEgress[0].ToPort".
func pathText(path []any) string {
	var text strings.Builder
	for i, step := range path {
		switch step := step.(type) {
		case int:
			fmt.Fprintf(&text, "[%d]", step)
		default:
			if i > 0 {
				text.WriteByte('.')
			}
			fmt.Fprintf(&text, "%v", step)
		}
	}
	return text.String()
}

// undecided is a doubt about a property whose value is not in the templates, or about whether a resource is deployed.
func undecided(r *assembly.Resource, path ...any) step {
	v := r.Property(path...)
	if len(path) == 0 {
		v = r.Existence()
		return awaits(fmt.Sprintf("whether %s is deployed is not known: %s", displayName(r), why(v)), v).at(r)
	}
	return awaits(fmt.Sprintf("%s of %s is not known: %s", pathText(path), displayName(r), why(v)), v).at(r, path...)
}

// why says what decides a value, for people.
func why(v assembly.Value) string {
	if reason := v.Why(); reason != "" {
		return reason
	}
	return v.String()
}

// displayName is a resource as people know it: its construct path, else its stack and logical ID.
func displayName(r *assembly.Resource) string {
	if r.ConstructPath != "" {
		return r.ConstructPath
	}
	return fullName(r)
}

// nameOf is a value as people know it: the resource that it refers to, or itself.
func nameOf(v assembly.Value) string {
	if r, _, ok := v.Reference(); ok {
		return displayName(r)
	}
	return v.String()
}

// sameName reports whether a name that a person gave is a resource's.
func sameName(given string, r *assembly.Resource) bool {
	return given == r.ConstructPath && given != "" || given == fullName(r) || given == r.ID
}

// evidence points at a resource, or at a property of it.
func evidence(r *assembly.Resource, path ...any) Evidence {
	e := Evidence{Stack: r.Stack.Name, LogicalID: r.ID, Type: r.Type, ConstructPath: r.ConstructPath, File: r.Stack.File}
	e.Property = pathText(path)
	switch v := r.Property(path...); v.Kind() {
	case assembly.Literal, assembly.Reference, assembly.Text, assembly.Part:
		e.Value = v.String()
	}
	return e
}

// evidenceOf points at the resource that a value refers to, if it does.
func evidenceOf(v assembly.Value) []Evidence {
	if r, _, ok := v.Reference(); ok {
		return []Evidence{evidence(r)}
	}
	return nil
}

// settle returns what would settle a value that is not known.
func settle(v assembly.Value) Settlement {
	if v.Kind() == assembly.Literal {
		return Settlement{Kind: proof.SettleByTemplate, Subject: "the template that defines " + v.String()}
	}
	s := v.Settle()
	return Settlement{Kind: settlementKinds[s.Kind], Subject: s.Subject}
}

var settlementKinds = map[assembly.SettlementKind]proof.SettlementKind{
	assembly.ByDeployment:  proof.SettleByDeployment,
	assembly.ByParameter:   proof.SettleByParameter,
	assembly.ByEnvironment: proof.SettleByEnvironment,
	assembly.ByTemplate:    proof.SettleByTemplate,
}
