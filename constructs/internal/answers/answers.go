// Package answers keeps the answers of CDK. A question to CDK is a round trip to another process, and many constructs ask
// the same question about one VPC or stack.
//
// Only answers that cannot change are kept, and they live as long as their app: each construct of ours holds its [Stack],
// and a Stack holds the answers that its constructs asked for. The index that finds them again has weak pointers only, so
// it neither keeps an app alive nor mixes two apps.
package answers

import (
	"reflect"
	"weak"
)

// source is an object of CDK, and its answers by question.
type source struct {
	object  any
	answers map[string]any
}

// identity is the type and address of an object: an object that is the first field of another shares its address.
type identity struct {
	kind    reflect.Type
	address uintptr
}

// index finds sources by their objects. A source that is alive holds its object, so that no other object gets its address.
type index struct {
	sources map[identity]weak.Pointer[source]
	sweepAt int
}

// known finds the sources that are alive. Without it, finding them would take a call: a construct of CDK is a proxy in Go,
// to which no value can be attached.
var known index

// minSweep is the size at which an index is swept for the first time.
const minSweep = 256

// source returns the source of an object: the same one for as long as anybody holds it. A value that is not a pointer has
// no identity, so its source cannot be found again.
func (x *index) source(object any) *source {
	v := reflect.ValueOf(object)
	if v.Kind() != reflect.Pointer {
		return newSource(object)
	}
	id := identity{v.Type(), v.Pointer()}
	if found := x.sources[id].Value(); found != nil {
		return found
	}
	x.sweep()
	s := newSource(object)
	x.sources[id] = weak.Make(s)
	return s
}

func newSource(object any) *source { return &source{object: object, answers: map[string]any{}} }

// sweep removes sources that are gone, each time that the index has doubled in size.
func (x *index) sweep() {
	if x.sources == nil {
		x.sources, x.sweepAt = map[identity]weak.Pointer[source]{}, minSweep
	}
	if len(x.sources) < x.sweepAt {
		return
	}
	for id, s := range x.sources {
		if s.Value() == nil {
			delete(x.sources, id)
		}
	}
	x.sweepAt = max(minSweep, 2*len(x.sources))
}

// answer returns the answer of a source to a question. It asks the first time only.
func answer[V any](s *source, question string, ask func() V) V {
	if kept, ok := s.answers[question].(V); ok {
		return kept
	}
	asked := ask()
	s.answers[question] = asked
	return asked
}
