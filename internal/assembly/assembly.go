// Package assembly reads CDK cloud assemblies and CloudFormation templates, and resolves the values of their properties
// across all stacks. It serves proofs, so it never guesses: a value is a literal, a reference to an attribute of a
// resource, text that contains references, or unknown, with the reason and what would settle it. The package does not
// depend on jsii or awscdk.
//
// [Load] resolves everything. The result never changes, so it is safe for concurrent use.
package assembly

import "slices"

// Tristate is an answer that may not be known before deployment.
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

// Assembly holds all stacks that were loaded.
type Assembly struct {
	// Stacks are in the order in which they were loaded; nested stacks follow their parent.
	Stacks []*Stack

	// Unread are the parts of the templates that may define resources and were not read, in the order of the stacks and
	// then of their IDs.
	Unread []Unread

	// NotLoaded are the values of [Shared] for stacks that are not loaded: parameters, then nested stacks, each sorted.
	NotLoaded []NotLoaded

	byName map[string]*Stack
	byType map[string][]*Resource
}

// Stack returns the first stack with that name, or nil if there is none.
func (a *Assembly) Stack(name string) *Stack { return a.byName[name] }

// OfType returns the resources of a type from all stacks, in the order of the stacks and then of their logical IDs.
func (a *Assembly) OfType(resourceType string) []*Resource {
	return slices.Clone(a.byType[resourceType])
}

// index builds the lookups of the assembly once all of its stacks are loaded.
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

// Stack is one stack: a template with the account and the Region it is deployed to.
type Stack struct {
	// Name is the name of the stack. The name of a nested stack is its parent's name, a slash and its logical ID.
	Name string

	// File is the path of the template.
	File string

	// Account is the account ID; empty if it is not known.
	Account string

	// Region is the Region; empty if it is not known.
	Region string

	// Parent is the stack that contains a nested stack; nil for other stacks.
	Parent *Stack

	// Transforms has the names of the macros that CloudFormation runs on the template before deployment. Their changes
	// are not in the template, so they are not in the resources either.
	Transforms []string

	template   *template
	unread     []Unread          // sorted by ID
	unreadLoop string            // a Fn::ForEach that may define outputs or conditions and was not read
	given      map[string]string // parameters from the caller
	manifest   map[string]string // parameters from the cloud assembly
	lookups    *lookups          // without an answer yet; nil if there are none
	origin     *Resource         // the resource in the parent that defines this stack
	nested     map[string]*Stack // by logical ID
	resources  []*Resource       // sorted by logical ID
	byID       map[string]*Resource
	params     map[string]*memo
	outputs    map[string]*memo
	conditions map[string]*memo
	pseudo     map[string]*value     // unknown pseudo parameters
	echoed     map[propertyKey]*memo // properties that attributes returned before their resource was resolved
}

// top returns the outermost stack around a nested stack, or the stack itself.
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

// Output returns the value of an output, or Absent if there is none.
func (s *Stack) Output(name string) Value {
	if m := s.outputs[name]; m != nil {
		return Value{m.value}
	}
	return Value{}
}

// Resource is a resource of a stack.
type Resource struct {
	// Stack is the stack that contains the resource.
	Stack *Stack

	// ID is the logical ID.
	ID string

	// Type is the resource type, such as AWS::EC2::VPC.
	Type string

	// ConstructPath is the path of the CDK construct, without a final /Resource or /Default; empty if it has none.
	ConstructPath string

	// DependsOn has the logical IDs in the DependsOn attribute.
	DependsOn []string

	// Exists says whether the condition of the resource is true: Maybe if that is only known at deployment. A reference
	// to a resource that does not exist is still a reference.
	Exists Tristate

	existence  *value
	properties *value
	implicit   []*Resource
}

// Existence returns Exists as a value: the literal true or false, or unknown with the reason.
func (r *Resource) Existence() Value { return Value{r.existence} }

// Property returns the value at a path of keys (string) and indexes (int), or Absent if there is none. Everything below
// an unknown value is unknown too. An item of a list that is not known is a Part.
func (r *Resource) Property(path ...any) Value {
	v := r.properties
	for _, step := range path {
		v = v.at(step)
	}
	return Value{v}
}

// Implicit returns the resources of the same stack that the properties refer to, sorted by logical ID. It leaves out
// those that only one branch of an undecided condition refers to.
func (r *Resource) Implicit() []*Resource { return slices.Clone(r.implicit) }

// Ref returns a reference to the resource, as Ref does.
func (r *Resource) Ref() Value { return Value{reference(r, "Ref")} }

// String returns the stack name, a slash and the logical ID.
func (r *Resource) String() string { return r.Stack.Name + "/" + r.ID }
