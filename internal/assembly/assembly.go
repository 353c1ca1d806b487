// Package assembly reads CDK cloud assemblies and CloudFormation templates, and resolves what their properties say
// across all of their stacks. It is made for proofs, so it never guesses: a value is a literal, a reference to an
// attribute of a resource, text with references in it, or unknown, with what decides it and what would settle it.
// It knows neither jsii nor awscdk.
//
// All is resolved by [Load]. What it returns never changes, so that it is safe to read from many goroutines.
package assembly

import "slices"

// Tristate is an answer that may have to wait for the deployment.
type Tristate int

// The three answers.
const (
	No Tristate = iota
	Maybe
	Yes
)

// String is "no", "maybe" or "yes".
func (t Tristate) String() string {
	switch t {
	case No:
		return "no"
	case Yes:
		return "yes"
	}
	return "maybe"
}

// Assembly is every stack that was loaded.
type Assembly struct {
	// Stacks has the stacks in the order in which they were loaded, nested stacks after their parent.
	Stacks []*Stack

	byName map[string]*Stack
	byType map[string][]*Resource
}

// Stack returns the first stack of that name, or nil if there is none.
func (a *Assembly) Stack(name string) *Stack { return a.byName[name] }

// OfType returns the resources of a type over all stacks, by the order of the stacks and then by logical ID.
func (a *Assembly) OfType(resourceType string) []*Resource {
	return slices.Clone(a.byType[resourceType])
}

// index makes the look-ups of the assembly, once all of its stacks are there.
func (a *Assembly) index() {
	a.byName = map[string]*Stack{}
	a.byType = map[string][]*Resource{}
	for _, s := range a.Stacks {
		if a.byName[s.Name] == nil {
			a.byName[s.Name] = s
		}
		for _, r := range s.resources {
			a.byType[r.Type] = append(a.byType[r.Type], r)
		}
	}
}

// Stack is one stack: a template with the account and the Region that it is for.
type Stack struct {
	// Name is the name of the stack; a nested stack is named by its parent, a slash and its logical ID there.
	Name string

	// File is the template.
	File string

	// Account is the account; empty if it is not known.
	Account string

	// Region is the Region; empty if it is not known.
	Region string

	// Parent is the stack that a nested stack belongs to; nil for others.
	Parent *Stack

	// Transforms names the macros that CloudFormation runs over the template before it deploys it. What they
	// change is not in the template, so not in the resources either.
	Transforms []string

	template  *template
	given     map[string]string // by the caller
	manifest  map[string]string // by the cloud assembly
	in        *Resource         // the resource of the parent that is this stack
	nested    map[string]*Stack // by logical ID
	resources []*Resource       // sorted by logical ID
	byID      map[string]*Resource
	params    map[string]*memo
	outputs   map[string]*memo
	verdicts  map[string]*memo      // of conditions
	pseudo    map[string]*value     // unknown pseudo parameters
	echoed    map[propertyKey]*memo // properties that attributes return, as far as they were needed early
}

// top is the stack that is not nested.
func (s *Stack) top() *Stack {
	for s.Parent != nil {
		s = s.Parent
	}
	return s
}

// Resource returns the resource with that logical ID, or nil if there is none.
func (s *Stack) Resource(id string) *Resource { return s.byID[id] }

// Resources returns the resources, sorted by logical ID.
func (s *Stack) Resources() []*Resource { return slices.Clone(s.resources) }

// OfType returns the resources of a type, sorted by logical ID.
func (s *Stack) OfType(resourceType string) []*Resource {
	var found []*Resource
	for _, r := range s.resources {
		if r.Type == resourceType {
			found = append(found, r)
		}
	}
	return found
}

// Output returns the value of an output; Absent if there is none.
func (s *Stack) Output(name string) Value {
	if m := s.outputs[name]; m != nil {
		return Value{m.value}
	}
	return Value{}
}

// Resource is one resource of a stack.
type Resource struct {
	// Stack is the stack that it belongs to.
	Stack *Stack

	// ID is the logical ID.
	ID string

	// Type is the type, such as AWS::EC2::VPC.
	Type string

	// ConstructPath is the path of its construct, without /Resource or /Default at the end; empty if it has none.
	ConstructPath string

	// DependsOn has the logical IDs that it depends on explicitly.
	DependsOn []string

	// Exists says whether its condition lets it be deployed: Maybe if that is decided at deploy time. A reference
	// to a resource that does not exist is still a reference.
	Exists Tristate

	existence  *value
	properties *value
	implicit   []*Resource
}

// Existence is Exists as a value: the literal true or false, or unknown with what decides it.
func (r *Resource) Existence() Value { return Value{r.existence} }

// Property returns the value at a path of keys (string) and indexes (int); Absent if there is none. What lies below
// an unknown value is unknown too; an item of a list that is not known is a Part.
func (r *Resource) Property(path ...any) Value {
	v := r.properties
	for _, step := range path {
		v = v.at(step)
	}
	return Value{v}
}

// Implicit returns the resources of the same stack that its properties refer to for certain, sorted by logical ID.
// What only one branch of an undecided condition refers to is not among them.
func (r *Resource) Implicit() []*Resource { return slices.Clone(r.implicit) }

// Ref is what Ref returns for the resource.
func (r *Resource) Ref() Value { return Value{reference(r, "Ref")} }

// String is the stack, a slash and the logical ID.
func (r *Resource) String() string { return r.Stack.Name + "/" + r.ID }
