package onecall

import "github.com/aws/constructs-go/constructs/v10"

// Call calls a method of an item, or sets a property, when the batch is made. Method is that of CDK's Go interface, such as
// awsec2.CfnSecurityGroup.OverrideLogicalId.
func Call[R, A any](on *Item[R], method func(R, A), a A) {
	if on.reference == "" {
		method(*on.object, a)
		return
	}
	on.batch.call(on.reference, method, a)
}

// Call2 is [Call] for a method of two arguments.
func Call2[R, A, B any](on *Item[R], method func(R, A, B), a A, b B) {
	if on.reference == "" {
		method(*on.object, a, b)
		return
	}
	on.batch.call(on.reference, method, a, b)
}

// Call3 is [Call] for a method of three arguments.
func Call3[R, A, B, C any](on *Item[R], method func(R, A, B, C), a A, b B, c C) {
	if on.reference == "" {
		method(*on.object, a, b, c)
		return
	}
	on.batch.call(on.reference, method, a, b, c)
}

// Result is [Call] for a method that returns something, as an item.
func Result[R, A, T any](on *Item[R], method func(R, A) T, a A) *Item[T] {
	if on.reference == "" {
		return made(on.batch, method(*on.object, a))
	}
	return &Item[T]{batch: on.batch, reference: on.batch.call(on.reference, method, a)}
}

// WaitFor makes the resources in one construct wait for those in another by the next call of b, which may be the batch of neither.
func WaitFor[R constructs.IConstruct, S constructs.IDependable](b *Batch, waits *Item[R], other *Item[S]) {
	if waits.reference == "" {
		(*waits.object).Node().AddDependency(other.Object())
		return
	}
	var dependency any = other.reference.placeholder()
	if other.reference == "" {
		dependency = *other.object
	}
	node := waits.reference.property(member(constructs.IConstruct.Node).name)
	b.call(node, constructs.Node.AddDependency, dependency)
}

func (b *Batch) call(on reference, method any, args ...any) reference {
	m := member(method)
	encoded := make([]any, len(args))
	for n, arg := range args {
		encoded[n] = b.encode(m.name, arg)
	}
	result := b.next()
	b.steps = append(b.steps, step{Reference: string(result), On: on.placeholder(), Member: m.name, Args: encoded})
	return result
}

// Static adds what a static method of CDK returns, such as [awsec2.Peer_Ipv4].
func Static[A, R any](b *Batch, function func(A) R, a A) *Item[R] {
	if oneByOne {
		return made(b, function(a))
	}
	m := member(function)
	return add[R](b, b.next(), step{Class: m.class, Member: m.name, Args: []any{b.encode(m.name, a)}})
}

// Static2 is [Static] for a static method of two arguments.
func Static2[A, B, R any](b *Batch, function func(A, B) R, a A, second B) *Item[R] {
	if oneByOne {
		return made(b, function(a, second))
	}
	m := member(function)
	return add[R](b, b.next(), step{Class: m.class, Member: m.name, Args: []any{b.encode(m.name, a), b.encode(m.name, second)}})
}
