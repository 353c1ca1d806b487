package assembly

import "slices"

// Equal reports whether two values are equal once deployed, as far as that is known now. Literals are compared as text,
// numbers as numbers. The same attribute of the same resource is equal; the IDs of two resources of one type are not.
// Anything unknown results in Maybe, unless other parts of the values differ.
func Equal(a, b Value) Tristate { return comparer{}.equal(a.v, b.v) }

// Same is like Equal, but also recognizes an unknown value by its origin, such as a parameter without a value or the
// AWS::Region of a stack. Values below an unknown, or made from one, are still Maybe.
func Same(a, b Value) Tristate { return comparer{identical: true}.equal(a.v, b.v) }

// comparer compares values. If identical is set, an unknown equals itself.
type comparer struct{ identical bool }

func (c comparer) equal(a, b *value) Tristate {
	ka, kb := a.Kind(), b.Kind()
	switch {
	case ka == Unknown || kb == Unknown:
		if c.identical && a == b {
			return Yes
		}
		return Maybe
	case ka == Absent || kb == Absent:
		return yesOrNo(ka == kb)
	case ka == Text || kb == Text:
		return c.equalText(a, b)
	case ka != kb:
		// A reference can stand for any text or list. A list, a map and a literal are never equal to each other.
		return maybeIfEither(a, b, Reference, Part)
	}
	switch ka {
	case Literal:
		return yesOrNo(equalLiteral(a, b))
	case List:
		return c.equalList(a, b)
	case Map:
		return c.equalMap(a, b)
	case Reference:
		return equalReference(a, b)
	}
	return c.equalPart(a, b)
}

func yesOrNo(same bool) Tristate {
	if same {
		return Yes
	}
	return No
}

// maybeIfEither returns Maybe if one of the values is of one of the kinds, otherwise No.
func maybeIfEither(a, b *value, kinds ...Kind) Tristate {
	if slices.Contains(kinds, a.Kind()) || slices.Contains(kinds, b.Kind()) {
		return Maybe
	}
	return No
}

func equalLiteral(a, b *value) bool {
	if a.text == b.text {
		return true
	}
	if a.scalar != number && b.scalar != number || !decimal.MatchString(a.text) || !decimal.MatchString(b.text) {
		return false
	}
	x, okX := Value{a}.Number()
	y, okY := Value{b}.Number()
	return okX && okY && x == y
}

func (c comparer) equalList(a, b *value) Tristate {
	if a.optional || b.optional {
		return Maybe
	}
	if len(a.items) != len(b.items) {
		return No
	}
	answer := Yes
	for i := range a.items {
		answer = min(answer, c.equal(a.items[i], b.items[i]))
	}
	return answer
}

func (c comparer) equalMap(a, b *value) Tristate {
	answer := Yes
	for i, key := range a.fields.keys {
		answer = min(answer, c.equal(a.items[i], b.field(key)))
	}
	for i, key := range b.fields.keys {
		if _, ok := a.fields.find(key); !ok {
			answer = min(answer, c.equal(nil, b.items[i]))
		}
	}
	return answer
}

// equalPart compares parts of two values. The zones of a Region differ from each other.
func (c comparer) equalPart(a, b *value) Tristate {
	if za, zb := zonesOf(a), zonesOf(b); za != nil && zb != nil {
		return equalZone(za, zb, a.pos == b.pos)
	}
	if a.pos != b.pos || a.text != b.text {
		return Maybe
	}
	if c.equal(a.items[0], b.items[0]) == Yes {
		return Yes
	}
	return Maybe
}

// equalText compares two texts. It trims what they have in common at both ends; the rest decides.
func (c comparer) equalText(a, b *value) Tristate {
	if a.is(List) || b.is(List) || a.is(Map) || b.is(Map) {
		return No
	}
	x, y := c.trimSame(partsOf(a), partsOf(b), false)
	x, y = c.trimSame(x, y, true)
	switch {
	case len(x) == 0 && len(y) == 0:
		return Yes
	case len(x) == 0 || len(y) == 0:
		// One text is longer, provided that what remains of it is not empty.
		literal := func(p *value) bool { return p.is(Literal) }
		if slices.ContainsFunc(x, literal) || slices.ContainsFunc(y, literal) {
			return No
		}
		return Maybe
	case len(x) == 1 && len(y) == 1:
		return c.equal(x[0], y[0])
	case differ(x[0], y[0]) || differ(x[len(x)-1], y[len(y)-1]):
		return No
	}
	return Maybe
}

// differ reports whether the first or the last parts of two texts differ after trimming.
func differ(a, b *value) bool { return a.is(Literal) && b.is(Literal) }

func partsOf(v *value) []*value {
	switch {
	case v.is(Text):
		return v.items
	case v.is(Literal) && v.text == "":
		return nil
	}
	return []*value{v}
}

// trimSame trims the parts that two texts have in common at the start, or at the end.
func (c comparer) trimSame(x, y []*value, atEnd bool) (restX, restY []*value) {
	for len(x) > 0 && len(y) > 0 {
		i, j := 0, 0
		if atEnd {
			i, j = len(x)-1, len(y)-1
		}
		a, b := x[i], y[j]
		if !a.is(Literal) || !b.is(Literal) {
			if c.equal(a, b) != Yes {
				break
			}
			x, y = without(x, i), without(y, j)
			continue
		}
		n := commonLength(a.text, b.text, atEnd)
		if n == 0 {
			break
		}
		x, y = shorten(x, i, n, atEnd), shorten(y, j, n, atEnd)
	}
	return x, y
}

// without removes the first or the last part.
func without(parts []*value, i int) []*value {
	if i == 0 {
		return parts[1:]
	}
	return parts[:i]
}

// shorten removes n bytes of the literal part i, which is the first or the last.
func shorten(parts []*value, i, n int, atEnd bool) []*value {
	text := parts[i].text
	if n == len(text) {
		return without(parts, i)
	}
	if atEnd {
		text = text[:len(text)-n]
	} else {
		text = text[n:]
	}
	parts = slices.Clone(parts)
	parts[i] = literal(text)
	return parts
}

// commonLength returns how many bytes two texts have in common at the start, or at the end.
func commonLength(a, b string, atEnd bool) int {
	n := 0
	for n < len(a) && n < len(b) {
		if atEnd && a[len(a)-1-n] != b[len(b)-1-n] || !atEnd && a[n] != b[n] {
			break
		}
		n++
	}
	return n
}
