package network

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// The types of internal/assembly that facts are made of.
type (
	// Value is the value of a property.
	Value = assembly.Value
	// Resource is a resource of a template.
	Resource = assembly.Resource
	// Stack is a stack that was loaded.
	Stack = assembly.Stack
	// Tristate is No, Maybe or Yes.
	Tristate = assembly.Tristate
)

// The answers of a [Tristate].
const (
	No    = assembly.No
	Maybe = assembly.Maybe
	Yes   = assembly.Yes
)

// Equal says whether two values are the same once they are deployed.
func Equal(a, b Value) Tristate { return assembly.Equal(a, b) }

// Same is [Equal] that also recognizes an undecided value by its origin, such as the same parameter.
func Same(a, b Value) Tristate { return assembly.Same(a, b) }

// Property is a property of a resource: its value, and its place in the template. The property of a whole resource has
// an empty path.
type Property struct {
	Value
	Resource *Resource

	name string
	rest []any // keys and indexes below the name
}

// property returns a property of a resource by its path.
func property(r *Resource, name string, rest ...any) Property {
	v := r.Property(name)
	for _, step := range rest {
		switch step := step.(type) {
		case string:
			v = v.Field(step)
		case int:
			v = v.Item(step)
		}
	}
	return Property{Value: v, Resource: r, name: name, rest: rest}
}

// Whole is a resource in place of a property of it; its value says whether the resource is deployed.
func Whole(r *Resource) Property { return Property{Value: r.Existence(), Resource: r} }

// IsWhole reports whether the property stands for the whole resource.
func (p Property) IsWhole() bool { return p.name == "" }

// Path is the path to the property, such as "SecurityGroupEgress[0].ToPort"; empty for the whole resource.
func (p Property) Path() string {
	if len(p.rest) == 0 {
		return p.name
	}
	var text strings.Builder
	text.WriteString(p.name)
	for _, step := range p.rest {
		if index, ok := step.(int); ok {
			fmt.Fprintf(&text, "[%d]", index)
			continue
		}
		fmt.Fprintf(&text, ".%v", step)
	}
	return text.String()
}

// Steps is the path to the property as keys and indexes; none for the whole resource.
func (p Property) Steps() []any {
	if p.name == "" {
		return nil
	}
	return append([]any{p.name}, p.rest...)
}

// Field is the property below a key.
func (p Property) Field(key string) Property {
	return Property{Value: p.Value.Field(key), Resource: p.Resource, name: p.name, rest: append(slices.Clip(p.rest), key)}
}

// At is the property at an index of a list.
func (p Property) At(index int) Property {
	return Property{Value: p.Value.Item(index), Resource: p.Resource, name: p.name, rest: append(slices.Clip(p.rest), index)}
}

// Items are the items of a list. A single value stands for a list of one, as CloudFormation has it; an absent property
// has none.
func (p Property) Items() []Property {
	if p.Kind() == assembly.Absent {
		return nil
	}
	if p.Kind() != assembly.List {
		return []Property{p}
	}
	return p.listed()
}

// listed are the items of a list that the template has; none of anything else.
func (p Property) listed() []Property {
	if p.Kind() != assembly.List {
		return nil
	}
	values, _ := p.Value.Items()
	list := make([]Property, len(values))
	for i, v := range values {
		list[i] = p.At(i)
		list[i].Value = v // as a member of the list, also where members before it may be absent
	}
	return list
}

// IsAbsent reports whether the template leaves the property out.
func (p Property) IsAbsent() bool { return p.Kind() == assembly.Absent }

// IsLiteral reports whether the template has the value as text, a number or a bool.
func (p Property) IsLiteral() bool { return p.Kind() == assembly.Literal }

// IsList reports whether the template has the items of the list.
func (p Property) IsList() bool { return p.Kind() == assembly.List }

// IsMap reports whether the template has the fields of the object.
func (p Property) IsMap() bool { return p.Kind() == assembly.Map }

// IsUnknown reports whether only the deployment decides the value, and nothing else is known of it.
func (p Property) IsUnknown() bool { return p.Kind() == assembly.Unknown }

// IsUndecided reports whether the property is there, and is not a literal.
func (p Property) IsUndecided() bool {
	return p.Kind() != assembly.Literal && p.Kind() != assembly.Absent
}

// IsUndecidedOr reports whether the property is undecided, or is a text.
func (p Property) IsUndecidedOr(text string) bool { return p.IsUndecided() || p.Literal() == text }

// IsListOrAbsent reports whether all items of a list are in the template.
func (p Property) IsListOrAbsent() bool {
	return p.Kind() == assembly.List || p.Kind() == assembly.Absent
}

// IsEmpty reports whether the property is certain to be absent or to have no items.
func (p Property) IsEmpty() bool {
	return p.Kind() == assembly.Absent || p.Kind() == assembly.List && p.Len() == 0
}

// HasItem reports whether a list has an item for certain.
func (p Property) HasItem() bool {
	return slices.ContainsFunc(p.listed(), func(item Property) bool { return item.Kind() != assembly.Unknown })
}

// Literal is the literal as text, or "".
func (p Property) Literal() string {
	text, _ := p.Text()
	return text
}

// Int is the literal as a whole number, or 0.
func (p Property) Int() int {
	n, _ := p.Number()
	return int(n)
}

// Is reports whether the property is a literal bool with this value.
func (p Property) Is(want bool) bool {
	is, ok := p.Bool()
	return ok && is == want
}

// keyed is the value under a key in a list of keys and values, such as the attributes of a load balancer; ok says
// whether the list has the key.
func (p Property) keyed(key string) (value Property, ok bool) {
	for _, item := range p.Items() {
		if name, isText := item.Field("Key").Text(); isText && name == key {
			return item.Field("Value"), true
		}
	}
	return Property{Resource: p.Resource, name: p.name}, false
}

// ofType is the resource of a type that a value refers to, if it is or may be deployed; nil for any other value.
func ofType(v Value, resourceType string) *Resource {
	if r, _, ok := v.Reference(); ok && r.Type == resourceType && r.Exists != No {
		return r
	}
	return nil
}

// partOf is the resource of a type that a value is made of, such as the service in a service name; nil if there is none.
func partOf(v Value, resourceType string) *Resource {
	if r := ofType(v, resourceType); r != nil {
		return r
	}
	if _, _, of, ok := v.Part(); ok {
		return partOf(of, resourceType)
	}
	for _, part := range v.Parts() {
		if r := partOf(part, resourceType); r != nil {
			return r
		}
	}
	return nil
}
