package onecall

import (
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
)

// Children are constructs that a call adds to others.
type Children struct {
	reference reference
	made      []constructs.IConstruct // if it has no reference
}

// AddedBy is [Call3] for a method that adds children to constructs, such as the rules of security groups. It returns these children.
func AddedBy[R, A, B, C, P any](on *Item[R], method func(R, A, B, C), a A, b B, c C, within ...*Item[*[]P]) *Children {
	if on.reference == "" {
		before := childrenOf(within)
		method(*on.object, a, b, c)
		return &Children{made: slices.DeleteFunc(childrenOf(within), func(child constructs.IConstruct) bool { return slices.Contains(before, child) })}
	}
	batch := on.batch
	r := batch.call(on.reference, method, a, b, c)
	added := &batch.steps[len(batch.steps)-1]
	for _, parents := range within {
		added.Within = append(added.Within, parents.reference.placeholder())
	}
	return &Children{reference: r}
}

// childrenOf returns the children of constructs.
func childrenOf[P any](within []*Item[*[]P]) (children []constructs.IConstruct) {
	for _, parents := range within {
		for _, parent := range **parents.object {
			if construct, ok := any(parent).(constructs.IConstruct); ok {
				children = append(children, *construct.Node().Children()...)
			}
		}
	}
	return children
}

// WaitForAll makes children that a call added wait for others by the next call of b, as far as the children are in the stack of b's
// construct: their stack then depends on those of the others.
func WaitForAll(b *Batch, waits *Children, others ...Dependency) {
	if len(others) == 0 {
		return
	}
	if waits.reference != "" {
		s := step{Waiting: waits.reference.placeholder()}
		for _, other := range others {
			s.Others = append(s.Others, other.dependency(b))
		}
		add[any](b, b.next(), s)
		return
	}
	stack := *awscdk.Stack_Of(b.construct).Node().Path()
	isHere := func(c constructs.IConstruct) bool { return *awscdk.Stack_Of(c).Node().Path() == stack }
	for _, child := range waits.made {
		for _, other := range others {
			for _, c := range other.constructs() {
				if isHere(child) {
					child.Node().AddDependency(c)
				}
			}
		}
	}
}

// Waiting makes the resources of a type in something wait for others by the next call of b, as far as it is a construct, and all are in
// the stack of b's construct. What waits for such a resource in turn is left out when CDK synthesises, unless each item is made by a
// call of its own.
func Waiting(b *Batch, something any, resourceType string, others ...Dependency) {
	if !oneByOne {
		s := step{Waiting: b.encode("", something), Type: resourceType}
		for _, other := range others {
			s.Others = append(s.Others, other.dependency(b))
		}
		add[any](b, b.next(), s)
		return
	}
	construct, ok := something.(constructs.IConstruct)
	if !ok {
		return
	}
	stack := *awscdk.Stack_Of(b.construct).Node().Path()
	isHere := func(c constructs.IConstruct) bool { return *awscdk.Stack_Of(c).Node().Path() == stack }
	for _, found := range *construct.Node().FindAll(constructs.ConstructOrder_PREORDER) {
		resource, isResource := found.(awscdk.CfnResource)
		if !isResource || *resource.CfnResourceType() != resourceType || !isHere(resource) {
			continue
		}
		for _, other := range others {
			for _, c := range other.constructs() {
				if isHere(c) {
					resource.Node().AddDependency(c)
				}
			}
		}
	}
}

// Dependency is what [Waiting] makes resources wait for: an [Item] that is a construct, or [Children].
type Dependency interface {
	dependency(b *Batch) any
	constructs() []constructs.IConstruct
}

func (i *Item[R]) dependency(b *Batch) any {
	if i.reference == "" {
		return b.encode("", *i.object)
	}
	return i.reference.placeholder()
}

func (i *Item[R]) constructs() []constructs.IConstruct {
	construct, _ := any(*i.object).(constructs.IConstruct)
	return []constructs.IConstruct{construct}
}

func (c *Children) dependency(*Batch) any { return c.reference.placeholder() }

func (c *Children) constructs() []constructs.IConstruct { return c.made }
