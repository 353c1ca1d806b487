package network

import "cmp"

// key identifies what a value names, whichever way it names it: a resource, or an ID that the template has as text. Two
// stacks of one name, in two accounts, have different resources. The zero key is that of an undecided value.
type key struct {
	resource *Resource
	text     string
}

func resourceKey(r *Resource) key { return key{resource: r} }

func valueKey(v Value) key {
	if r, _, ok := v.Reference(); ok {
		return resourceKey(r)
	}
	if text, ok := v.Text(); ok {
		return key{text: "=" + text}
	}
	return key{}
}

// IsIdentified reports whether a value names one thing for certain: a resource, or an ID as text.
func IsIdentified(v Value) bool { return valueKey(v) != (key{}) }

// unplaced is the key of facts whose owner is undecided.
var unplaced = key{text: "?"}

// owned are facts of one kind by what they belong to.
type owned[T any] struct{ by map[key][]T }

func (o *owned[T]) add(owner Value, fact T) { o.addTo(valueKey(owner), fact) }

// addTo adds a fact to an owner by its key.
func (o *owned[T]) addTo(owner key, fact T) {
	if o.by == nil {
		o.by = map[key][]T{}
	}
	k := cmp.Or(owner, unplaced)
	o.by[k] = append(o.by[k], fact)
}

// of are the facts of a resource.
func (o *owned[T]) of(r *Resource) []T { return o.by[resourceKey(r)] }

// named are the facts of what a value names; none for an undecided value.
func (o *owned[T]) named(v Value) []T {
	k := valueKey(v)
	if k == (key{}) {
		return nil
	}
	return o.by[k]
}

// unplaced are the facts whose owner is undecided.
func (o *owned[T]) unplaced() []T { return o.by[unplaced] }

// facts are all facts of one kind, in the order of stacks and logical IDs. References find those that are not deployed too.
type facts[T any] struct {
	list []T
	by   map[*Resource]T
}

// collect makes the facts of a type.
func collect[T any](n *Network, f *facts[T], resourceType string, newFact func(*Resource) T) {
	f.by = map[*Resource]T{}
	for _, r := range n.asm.OfType(resourceType) {
		fact := newFact(r)
		f.by[r] = fact
		if r.Exists != No {
			f.list = append(f.list, fact)
		}
	}
}

// referred is the fact that a value refers to; the zero value if it refers to none of the kind.
func (f *facts[T]) referred(v Value) T {
	r, _, ok := v.Reference()
	if !ok {
		var none T
		return none
	}
	return f.by[r]
}

// Identical reports whether two values name one thing for certain: the same resource, or the same ID as text.
func Identical(a, b Value) bool { return IsIdentified(a) && valueKey(a) == valueKey(b) }
