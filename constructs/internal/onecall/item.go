package onecall

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

// Item is an object of CDK that a batch makes, or a property of one.
type Item[R any] struct {
	batch     *Batch    // nil if the object was never of a batch
	reference reference // if it is of a batch
	standIn   *R        // what Placeholder returns; nil until it is needed
	object    *R        // nil until it is fetched
}

// reference is the number of a batch and of one of its items, and names of properties: 7.0.attrGroupId.
type reference string

// placeholder is how a text, or a property that takes text, refers to an item.
func (r reference) placeholder() string { return "\x01" + string(r) + "\x02" }

// property is the reference to a property.
func (r reference) property(name string) reference { return r + reference("."+name) }

// Scope is where an item is added: a [Batch], or an [Item] that is a construct.
type Scope interface {
	place() (b *Batch, parent reference, construct func() constructs.Construct)
}

func (b *Batch) place() (*Batch, reference, func() constructs.Construct) {
	return b, "", func() constructs.Construct { return b.construct }
}

func (i *Item[R]) place() (*Batch, reference, func() constructs.Construct) {
	return i.batch, i.reference, func() constructs.Construct { return constructOf(*i.object) }
}

// constructOf returns an object as a construct. An import is one in JavaScript, but in Go it has the methods of its interface only.
func constructOf(object any) (construct constructs.Construct) {
	construct, ok := object.(constructs.Construct)
	if !ok {
		jsii.UnsafeCast(object, &construct)
	}
	return construct
}

// Add adds a child of scope; constructor is the function by which CDK's Go packages define it. It panics if a required property
// is missing.
func Add[S constructs.Construct, P, R any](scope Scope, constructor func(S, *string, *P) R, id string, props *P) *Item[R] {
	b, parent, construct := scope.place()
	if oneByOne {
		return made(b, constructor(construct().(S), &id, props))
	}
	s := step{New: className[R](), ID: id, Props: b.encode(id, props)}
	if parent != "" {
		s.Under = parent.placeholder()
	}
	return add[R](b, b.next(), s)
}

// Connections adds the connections of a construct that [BeginConnectable] began.
func Connections(b *Batch, props *awsec2.ConnectionsProps) *Item[awsec2.Connections] {
	if oneByOne {
		return made(b, awsec2.NewConnections(props))
	}
	first := reference(fmt.Sprintf("%d.0", b.number))
	return add[awsec2.Connections](b, first, step{New: className[awsec2.Connections](), Props: b.encode("Connections", props)})
}

// AddPeer adds a peer to connections that have one, which nothing but a batch can do: CDK's constructor takes one.
func AddPeer(connections *Item[awsec2.Connections], peer *Item[awsec2.IPeer]) {
	if oneByOne {
		panic(errors.New("connections of two peers cannot be made by calls of their own: build without -tags onecall_one_by_one"))
	}
	b := connections.batch
	add[any](b, b.next(), step{Peers: connections.reference.placeholder(), Value: b.encode("", peer.Placeholder())})
}

// AddOpened adds a security group to connections that takes the rules by which they are opened, and that no rule of others names: these
// name the peers alone. Nothing but a batch can do so: CDK's method makes it a peer too.
func AddOpened(connections *Item[awsec2.Connections], group *Item[awsec2.ISecurityGroup]) {
	if oneByOne {
		panic(errors.New("connections with a security group that is no peer cannot be made by calls of their own: build without -tags onecall_one_by_one"))
	}
	b := connections.batch
	add[any](b, b.next(), step{Opened: connections.reference.placeholder(), Value: b.encode("", group.Placeholder())})
}

// Use returns an item for an object that exists, to call its methods and read its properties when the batch is made.
func Use[R any](b *Batch, object R) *Item[R] {
	if oneByOne {
		return made(b, object)
	}
	return add[R](b, b.next(), step{Value: b.encode("", object)})
}

// Through returns an item that another batch made for use in this one.
func Through[R any](b *Batch, item *Item[R]) *Item[R] {
	if item.batch == b || item.reference == "" {
		return item
	}
	return &Item[R]{batch: b, reference: item.reference, object: item.object}
}

// Known returns an item for an object that exists. Its methods and properties are called at once.
func Known[R any](object R) *Item[R] { return made[R](nil, object) }

// Get returns an item for a property of another, which need not be made yet.
func Get[R, T any](of *Item[R], property func(R) T) *Item[T] {
	if of.reference == "" {
		return made(of.batch, property(*of.object))
	}
	return &Item[T]{batch: of.batch, reference: of.reference.property(member(property).name)}
}

// ClassName returns an item for the name of an object's class in JavaScript, which tells apart what Go has as one interface. It is empty
// where each item is made by a call of its own.
func ClassName[R any](of *Item[R]) *Item[*string] {
	if of.reference == "" {
		return made(of.batch, jsii.String(""))
	}
	return &Item[*string]{batch: of.batch, reference: of.reference.property("constructor").property("name")}
}

// As returns an item as a type that it has too, such as an interface.
func As[R, T any](i *Item[R], as func(R) T) *Item[T] {
	if i.reference == "" {
		return made(i.batch, as(*i.object))
	}
	return &Item[T]{batch: i.batch, reference: i.reference}
}

func made[R any](b *Batch, object R) *Item[R] { return &Item[R]{batch: b, object: &object} }

func add[R any](b *Batch, r reference, s step) *Item[R] {
	s.Reference = string(r)
	b.steps = append(b.steps, s)
	return &Item[R]{batch: b, reference: r}
}

// Placeholder returns what stands for the item in the properties and arguments of other items of its batch, and nowhere else:
// CDK does not know it.
func (i *Item[R]) Placeholder() R {
	if i.reference == "" {
		return *i.object
	}
	if i.standIn == nil {
		i.standIn = new(R)
		switch it := any(i.standIn).(type) {
		case **string:
			*it = jsii.String(i.reference.placeholder())
		case **[]*string:
			*it = jsii.Strings(i.reference.placeholder())
		default:
			if v := reflect.ValueOf(i.standIn).Elem(); v.Kind() == reflect.Pointer {
				v.Set(reflect.New(v.Type().Elem())) // a struct of properties
			} else {
				_jsii_.InitJsiiProxy(i.standIn)
			}
			i.batch.placeholders[*i.standIn] = i.reference
		}
	}
	return *i.standIn
}

// Object returns the item itself. The first time takes a call, which makes what the batch still has to make, unless
// [Batch.Flush] fetched it.
func (i *Item[R]) Object() R {
	if i.object == nil {
		i.batch.Flush(i)
	}
	return *i.object
}
