package onecall

import "github.com/aws/constructs-go/constructs/v10"

// Import adds what imports something below an item, such as [elbv2.NetworkLoadBalancer_FromNetworkLoadBalancerAttributes].
func Import[S constructs.Construct, A, R any](below *Item[S], function func(constructs.Construct, *string, A) R, id string, a A) *Item[R] {
	if below.reference == "" {
		return made(below.batch, function(*below.object, &id, a))
	}
	return imported[R](below.batch, below.reference, function, id, a)
}

// Import2 is [Import] for a function of one more argument.
func Import2[S constructs.Construct, A, B, R any](below *Item[S], function func(constructs.Construct, *string, A, B) R, id string, a A, b B) *Item[R] {
	if below.reference == "" {
		return made(below.batch, function(*below.object, &id, a, b))
	}
	return imported[R](below.batch, below.reference, function, id, a, b)
}

func imported[R any](b *Batch, below reference, function any, id string, args ...any) *Item[R] {
	m := member(function)
	s := step{Class: m.class, Member: m.name, Args: []any{below.placeholder(), id}}
	for _, arg := range args {
		s.Args = append(s.Args, b.encode(m.name, arg))
	}
	return add[R](b, b.next(), s)
}
