package network

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// Unmodelled is a property that a resource gives and that the proof does not model.
type Unmodelled struct {
	Property
	// Name is the type and the path without indexes, such as "AWS::EC2::Subnet.Ipv6Native".
	Name string
	// Label is the path as people know it: the key of an item in place of its index.
	Label string
	// IsModelledFor says that the proof models some values of the property.
	IsModelledFor bool
	// About is what the property can do; "" if the proof does not know the property.
	About string
}

// Unmodelled are the properties of a resource, and of what it depends on, that the proof does not model.
func (n *Network) Unmodelled(r *Resource) []Unmodelled { return n.unmodelled[r] }

// HasUnmodelled reports whether any resource has a property that the proof does not model.
func (n *Network) HasUnmodelled() bool { return len(n.unmodelled) > 0 }

// indexUnmodelled collects the properties that the proof does not model.
func (n *Network) indexUnmodelled() {
	n.unmodelled = map[*Resource][]Unmodelled{}
	for _, c := range propertyTypes().list {
		for _, r := range n.OfType(c.Name) {
			u := unmodelledReader{resource: r}
			u.fields(c.tree, r.Property(), nil)
			if len(u.found) > 0 {
				n.unmodelled[r] = u.found
			}
		}
	}
	if len(n.unmodelled) > 0 {
		n.passOnUnmodelled()
	}
}

// passOnUnmodelled gives properties that are not modelled to the resources that depend on the one that has them. The
// longest way needs two rounds: from DHCP options over their association to a VPC, and from there to its subnets.
func (n *Network) passOnUnmodelled() {
	given := map[unmodelledAt]bool{}
	give := func(from, to *Resource) {
		for _, u := range n.unmodelled[from] {
			at := unmodelledAt{to, u.Resource, u.Path()}
			if u.Resource == to || given[at] {
				continue
			}
			given[at] = true
			n.unmodelled[to] = append(n.unmodelled[to], u)
		}
	}
	for range 2 {
		for _, c := range propertyTypes().list {
			if len(c.follows)+len(c.leads) == 0 {
				continue
			}
			for _, r := range n.OfType(c.Name) {
				for _, path := range c.follows {
					if of, _, ok := r.Property(path...).Reference(); ok {
						give(of, r)
					}
				}
				for _, path := range c.leads {
					if to, _, ok := r.Property(path...).Reference(); ok {
						give(r, to)
					}
				}
			}
		}
	}
}

// unmodelledAt is a property of a resource that was given to another one.
type unmodelledAt struct {
	to, of *Resource
	path   string
}

// unmodelledReader collects the properties of one resource that are not modelled.
type unmodelledReader struct {
	resource *Resource
	found    []Unmodelled
}

// fields reads the fields of an object, the items of a list, or a list of keys and values.
func (u *unmodelledReader) fields(node *propertyNode, v Value, path []any) {
	switch v.Kind() {
	case assembly.Map:
		if node.isKeyed {
			u.keyed(node, v, path)
			return
		}
		for _, name := range v.Fields() {
			u.property(node, name, v, path)
		}
	case assembly.List:
		items, _ := v.Items()
		for i, item := range items {
			u.fields(node, item, append(slices.Clip(path), i))
		}
	case assembly.Absent, assembly.Literal:
	default:
		if node.isKeyed || node.hidesUnmodelled() {
			u.add(path, "", nil)
			u.found[len(u.found)-1].IsModelledFor = true
		}
	}
}

// property reads one field of an object.
func (u *unmodelledReader) property(node *propertyNode, name string, v Value, path []any) {
	child := node.children[name]
	switch {
	case name == "Tags" && len(path) == 0:
		// Some tools tag every resource, and no tag changes a path.
	case child != nil && len(child.children) > 0:
		u.fields(child, v.Field(name), append(slices.Clip(path), name))
	case child != nil:
		u.value(child.class, v.Field(name), append(slices.Clip(path), name), "")
	case node.class == nil || node.class.Class == NotModelled:
		u.value(node.class, v.Field(name), append(slices.Clip(path), name), "")
	}
}

// keyed reads an item of a list of keys and values.
func (u *unmodelledReader) keyed(node *propertyNode, item Value, path []any) {
	key, ok := item.Field("Key").Text()
	if !ok {
		u.value(nil, item.Field("Key"), append(slices.Clip(path), "Key"), "")
		return
	}
	var class *ClassifiedProperty
	if child := node.children["["+key+"]"]; child != nil {
		class = child.class
	}
	u.value(class, item.Field("Value"), append(slices.Clip(path), "Value"), key)
}

// value reads a value of a class; key is that of an item of a list of keys and values.
func (u *unmodelledReader) value(class *ClassifiedProperty, v Value, path []any, key string) {
	switch {
	case v.Kind() == assembly.Absent, u.isModelled(class, v):
		return
	}
	u.add(path, key, class)
}

// isModelled reports whether the proof reads a value of a property, or the value changes no path.
func (u *unmodelledReader) isModelled(p *ClassifiedProperty, v Value) bool {
	switch {
	case p == nil || p.Class == NotModelled:
		return false
	case p.Condition == "":
		return true
	case p.Condition == Beside:
		return !slices.ContainsFunc(p.Values, func(other string) bool { return u.resource.Property(other).Kind() == assembly.Absent })
	}
	text, ok := v.Text()
	listed := slices.ContainsFunc(p.Values, func(value string) bool { return strings.EqualFold(value, text) })
	return ok && listed == (p.Condition == ForValues)
}

func (u *unmodelledReader) add(path []any, key string, class *ClassifiedProperty) {
	p := property(u.resource, path[0].(string), path[1:]...)
	var names []string
	for _, step := range path {
		if name, ok := step.(string); ok {
			names = append(names, name)
		}
	}
	label := p.Path()
	if key != "" {
		names[len(names)-1] = key // in place of Value
		label = strings.Join(names, ".")
	}
	if class != nil && class.isByValue() && p.IsLiteral() {
		label += " " + p.Literal()
	}
	found := Unmodelled{Property: p, Name: u.resource.Type + "." + strings.Join(names, "."), Label: label}
	if class != nil {
		found.IsModelledFor = class.isByValue()
		if class.Class == NotModelled {
			found.About = class.About
		}
	}
	u.found = append(u.found, found)
}
