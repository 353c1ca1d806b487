package network

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed properties.txt
var propertyTable string

// PropertyClass says what the proof does with a property.
type PropertyClass int

// The classes of properties.
const (
	// NotModelled is a property that can change a path in a way that the proof does not model, or that is in no class.
	NotModelled PropertyClass = iota
	// Read is a property that the proof reads.
	Read
	// Harmless is a property that changes no path.
	Harmless
)

// ClassifiedType has the classes of the properties of a type.
type ClassifiedType struct {
	// Name is the type, such as "AWS::EC2::VPC".
	Name string
	// Properties are in the order of the table.
	Properties []ClassifiedProperty

	tree           *propertyNode
	follows, leads [][]any // paths to references
}

// ClassifiedProperty is a property, or all values under a key, with its class.
type ClassifiedProperty struct {
	// Path is the path without indexes, such as "Targets.Port" or "LoadBalancerAttributes[deletion_protection.enabled]".
	Path  string
	Class PropertyClass
	// About are the hops that a property decides if it is read, or what it can do if it is not modelled.
	About string
	// Condition restricts a property that is read or harmless; "" for none.
	Condition PropertyCondition
	// Values are the values, or the properties, of the condition.
	Values []string
}

// isByValue reports whether the value decides whether the property is modelled.
func (p *ClassifiedProperty) isByValue() bool {
	return p.Condition == ForValues || p.Condition == ExceptValues
}

// PropertyCondition says when a property that is read or harmless is modelled.
type PropertyCondition string

// The conditions.
const (
	// ForValues is for some values.
	ForValues PropertyCondition = "="
	// ExceptValues is for all values but some.
	ExceptValues PropertyCondition = "!="
	// Beside is beside other properties, which win over it.
	Beside PropertyCondition = "beside"
)

// ClassifiedTypes are the types whose properties the proof reads.
func ClassifiedTypes() []*ClassifiedType { return propertyTypes().list }

// Class is the class of the property at a path, and ok whether it has one.
func (c *ClassifiedType) Class(path string) (class PropertyClass, ok bool) {
	node := c.tree
	for _, step := range steps(path) {
		child := node.children[step]
		if child == nil {
			break
		}
		node = child
	}
	if node.class == nil {
		return NotModelled, false
	}
	return node.class.Class, true
}

// HasClassBelow reports whether properties below a path have classes of their own.
func (c *ClassifiedType) HasClassBelow(path string) bool {
	node := c.tree
	for _, step := range steps(path) {
		if node = node.children[step]; node == nil {
			return false
		}
	}
	return len(node.children) > 0
}

// propertyNode is a property in the tree of a type. Keys of a list of keys and values begin with a bracket.
type propertyNode struct {
	class    *ClassifiedProperty // its own, else that of what it is below; nil if it has none
	children map[string]*propertyNode
	isKeyed  bool
}

func (n *propertyNode) child(step string) *propertyNode {
	if n.children == nil {
		n.children = map[string]*propertyNode{}
	}
	if n.children[step] == nil {
		n.children[step] = &propertyNode{}
	}
	n.isKeyed = n.isKeyed || strings.HasPrefix(step, "[")
	return n.children[step]
}

// inherit gives nodes without a class that of the node above.
func (n *propertyNode) inherit(class *ClassifiedProperty) {
	if n.class == nil {
		n.class = class
	}
	for _, child := range n.children {
		child.inherit(n.class)
	}
}

// hidesUnmodelled reports whether a value that is undecided as a whole can have a property that is not modelled, and none
// that the proof reads: nothing else then finds that it is undecided.
func (n *propertyNode) hidesUnmodelled() bool {
	found := false
	for _, child := range n.children {
		switch {
		case len(child.children) > 0:
			if !child.hidesUnmodelled() {
				continue
			}
		case child.class.Class == Read:
			return false
		case child.class.Class == Harmless && child.class.Condition == "":
			continue
		}
		found = true
	}
	return found
}

// steps splits a path, such as "A.B" or "A[b.c]".
func steps(path string) []string {
	name, key, isKeyed := strings.Cut(path, "[")
	list := strings.Split(name, ".")
	if isKeyed {
		list = append(list, "["+key)
	}
	return list
}

type classifiedTypes struct {
	list   []*ClassifiedType
	byName map[string]*ClassifiedType
}

var propertyTypes = sync.OnceValue(func() classifiedTypes { return readPropertyTable(propertyTable) })

// readPropertyTable reads the table; its form is described in its head.
func readPropertyTable(table string) classifiedTypes {
	types := classifiedTypes{byName: map[string]*ClassifiedType{}}
	var current *ClassifiedType
	for line := range strings.Lines(table) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || words[0] == "#":
		case words[0] == "type":
			current = &ClassifiedType{Name: words[1], tree: &propertyNode{}}
			types.list = append(types.list, current)
			types.byName[current.Name] = current
		case words[0] == "follows":
			current.follows = append(current.follows, anySteps(words[1]))
		case words[0] == "leads":
			current.leads = append(current.leads, anySteps(words[1]))
		default:
			current.Properties = append(current.Properties, readClasses(words)...)
		}
	}
	for _, c := range types.list {
		for i, p := range c.Properties {
			node := c.tree
			for _, step := range steps(p.Path) {
				node = node.child(step)
			}
			node.class = &c.Properties[i]
		}
		c.tree.inherit(nil)
	}
	return types
}

func anySteps(path string) []any {
	var list []any
	for _, step := range steps(path) {
		list = append(list, step)
	}
	return list
}

// readClasses reads a line of the table that classifies properties.
func readClasses(words []string) []ClassifiedProperty {
	class := map[string]PropertyClass{"read": Read, "harmless": Harmless, "unmodelled": NotModelled}[words[0]]
	paths, about := words[1:], ""
	if i := slices.Index(paths, ":"); i >= 0 {
		paths, about = paths[:i], strings.Join(paths[i+1:], " ")
	}
	if i := slices.IndexFunc(paths, isCondition); i >= 0 {
		return []ClassifiedProperty{{
			Path: paths[0], Class: class, About: about, Condition: PropertyCondition(paths[i]), Values: paths[i+1:],
		}}
	}
	list := make([]ClassifiedProperty, len(paths))
	for i, path := range paths {
		list[i] = ClassifiedProperty{Path: path, Class: class, About: about}
	}
	return list
}

func isCondition(word string) bool {
	return slices.Contains([]PropertyCondition{ForValues, ExceptValues, Beside}, PropertyCondition(word))
}
