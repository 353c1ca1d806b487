// Package answers keeps what CDK answered. A question to CDK is a round trip to another process, and many constructs
// ask the same of one VPC or stack.
//
// Only answers that cannot change are kept, and they live as long as the app that gave them: each construct of ours
// holds the [Stack] that it stands in, and a Stack holds the answers that were asked for in it. The index by which they
// are found again has weak pointers only, so it neither keeps an app alive nor mixes two of them.
package answers

import (
	"reflect"
	"weak"
)

// source is an object of CDK, and what it answered by question.
type source struct {
	object  any
	answers map[string]any
}

// identity tells objects apart by type and address. An object that is embedded first in another shares its address.
type identity struct {
	kind    reflect.Type
	address uintptr
}

// index finds sources by their objects. A source that is alive holds its object, so that no other object gets its address.
type index struct {
	sources map[identity]weak.Pointer[source]
	sweepAt int
}

// known has the sources that are alive. It is the one way to find them without a call: neither a construct nor CDK's
// proxy of one has room for a value of ours.
var known index

// minSweep is the size at which an index is first cleared of what is gone.
const minSweep = 256

// source returns the source of an object, the same as long as somebody holds it. A value that is not a pointer has no
// identity by which its source could be found again.
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

// sweep clears the index of what is gone, each time that it has doubled.
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

// answer returns the answer of a source to a question, and asks the first time.
func answer[V any](s *source, question string, ask func() V) V {
	if kept, ok := s.answers[question].(V); ok {
		return kept
	}
	asked := ask()
	s.answers[question] = asked
	return asked
}
