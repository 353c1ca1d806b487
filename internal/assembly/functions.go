package assembly

import (
	"slices"
	"strconv"
	"strings"
)

// function returns the name and the argument of the function that a map calls, or "".
func (s *scope) function(v *value) (name string, arg *value) {
	keys := v.fields.keys
	if len(keys) == 1 {
		if keys[0] == "Ref" || strings.HasPrefix(keys[0], "Fn::") {
			return keys[0], v.items[0]
		}
		return "", nil
	}
	for i, key := range keys {
		switch {
		case key == "Fn::Transform", strings.HasPrefix(key, loopPrefix):
			return key, v.items[i]
		case strings.HasPrefix(key, "Fn::"):
			s.fail("%s must be the only key", key)
			return "", nil
		}
	}
	return "", nil
}

// call resolves a function.
func (s *scope) call(name string, arg *value) *value {
	switch name {
	case "Ref":
		return s.ref(arg)
	case "Fn::GetAtt":
		return s.getAtt(arg)
	case "Fn::Sub":
		return s.sub(arg)
	case "Fn::Join":
		return s.join(arg)
	case "Fn::Select":
		return s.selectItem(arg)
	case "Fn::Split":
		return s.split(arg)
	case "Fn::If":
		return s.branch(arg)
	case "Fn::FindInMap":
		return s.findInMap(arg)
	case "Fn::ImportValue":
		return s.importValue(arg)
	case "Fn::GetStackOutput":
		return s.stackOutput(arg)
	case "Fn::GetAZs":
		return s.getAZs(arg)
	case "Fn::Length":
		return s.length(arg)
	case "Fn::Transform":
		return unknown("the macro in Fn::Transform sets the value during deployment", Settlement{})
	}
	if strings.HasPrefix(name, loopPrefix) {
		return unknown(short(name)+" repeats a collection that is not known before deployment", s.stack.processed())
	}
	return s.opaque(name, arg)
}

// opaque returns unknown for a function that is not evaluated. It still resolves the argument, to find its errors.
func (s *scope) opaque(name string, arg *value) *value {
	if u := s.unknown(s.args(arg)); u != nil {
		return u
	}
	return unknown(name+" is not evaluated before deployment", Settlement{})
}

// unknown returns an unknown for a value that is computed from v: that of the first unknown in v, or nil.
func (s *scope) unknown(v *value) *value {
	s.charge(v)
	if u := v.unknown(); u != nil {
		return unknown(u.text, u.about.settle)
	}
	return nil
}

// charge counts the work of reading a whole value.
func (s *scope) charge(v *value) {
	if v == nil || !s.r.step() {
		return
	}
	if v.is(Literal) {
		s.r.addText(len(v.text))
	}
	for _, item := range v.items {
		s.charge(item)
	}
}

// args resolves the argument of a function. Its items are not part of the path in errors.
func (s *scope) args(v *value) *value {
	if v.is(List) {
		return s.items(v, false)
	}
	return s.resolve(v)
}

// pair returns the two arguments of a function.
func pair(arg *value) (first, second *value, ok bool) {
	if !arg.is(List) || len(arg.items) != 2 {
		return nil, nil, false
	}
	return arg.items[0], arg.items[1], true
}

func (s *scope) join(arg *value) *value {
	separator, of, ok := pair(arg)
	if !ok || !separator.isText() {
		return s.fail("Fn::Join takes a separator and a list")
	}
	items := s.args(of)
	switch items.Kind() {
	case List:
		return s.joinItems(separator.text, items)
	case Unknown, Reference, Part:
		why, settle := "the number of items in "+items.short()+" is not known before deployment", Settlement{}
		if u := s.unknown(items); u != nil {
			why, settle = u.text, u.about.settle
		}
		joined := unknown(why, settle)
		joined.about.joined, joined.about.with = items, separator.text
		return joined
	}
	return s.fail("Fn::Join takes a separator and a list")
}

func (s *scope) joinItems(separator string, items *value) *value {
	if items.optional {
		return items.item(len(items.items) - 1)
	}
	parts := make([]*value, 0, 2*len(items.items))
	for i, item := range items.items {
		if item.is(List) || item.is(Map) {
			return s.fail("Fn::Join takes a list of text, but an item is a %s", item.Kind())
		}
		if i > 0 && separator != "" {
			parts = append(parts, literal(separator))
		}
		parts = append(parts, item)
	}
	return s.concat(parts)
}

// selectItem resolves Fn::Select.
func (s *scope) selectItem(arg *value) *value {
	at, from, ok := pair(arg)
	if !ok {
		return s.fail("Fn::Select takes an index and a list")
	}
	index, items := s.resolve(at), s.args(from)
	if u := s.unknown(index); u != nil {
		return u
	}
	text, ok := Value{index}.Text()
	n, err := strconv.Atoi(text)
	if !ok || err != nil || n < 0 || n > maxText {
		return s.fail("Fn::Select takes an index and a list, but the index is %s", index.short())
	}
	switch items.Kind() {
	case List:
		out := items.item(n)
		if out == nil {
			return s.fail("Fn::Select takes item %d, counted from 0, of a list of %d", n, len(items.items))
		}
		return out
	case Part:
		if first := items.items[0]; items.pos < 0 && first.is(Text) && first.items[0].is(Literal) {
			s.charge(first.items[0])
			if pieces := strings.SplitN(first.items[0].text, items.text, n+2); n < len(pieces)-1 {
				return literal(pieces[n])
			}
		}
		return items.item(n)
	case Reference, Unknown:
		return items.item(n)
	}
	return s.fail("Fn::Select takes an index and a list")
}

func (s *scope) split(arg *value) *value {
	separator, of, ok := pair(arg)
	if !ok || !separator.isText() || separator.text == "" {
		return s.fail("Fn::Split takes a separator and a text")
	}
	from := s.resolve(of)
	if from == nil || from.is(List) || from.is(Map) {
		return s.fail("Fn::Split takes a separator and a text")
	}
	return s.splitValue(separator.text, from)
}

// splitValue splits a text into a list if no reference in the text can contain the separator. Otherwise it returns a
// Part.
func (s *scope) splitValue(separator string, v *value) *value {
	s.charge(v)
	switch v.Kind() {
	case Literal:
		return s.splitLiteral(separator, v.text)
	case Unknown:
		if v.about.joined != nil && v.about.with == separator && (separator == "||" || separator == ",") {
			return v.about.joined
		}
		return v.derived()
	case Text:
		if slices.ContainsFunc(v.items, func(p *value) bool { return !p.excludes(separator) }) {
			break
		}
		return s.splitText(separator, v)
	case Reference, Part:
		if v.excludes(separator) {
			return list([]*value{v})
		}
	}
	return part(v, -1, separator)
}

func (s *scope) splitLiteral(separator, text string) *value {
	pieces := strings.Split(text, separator)
	items := make([]*value, len(pieces))
	for i, piece := range pieces {
		s.r.step()
		items[i] = literal(piece)
	}
	return list(items)
}

func (s *scope) splitText(separator string, v *value) *value {
	var items, parts []*value
	for _, p := range v.items {
		if !p.is(Literal) {
			parts = append(parts, p)
			continue
		}
		pieces := strings.Split(p.text, separator)
		for i, piece := range pieces {
			s.r.step()
			if i > 0 {
				items = append(items, s.concat(parts))
				parts = nil
			}
			parts = append(parts, literal(piece))
		}
	}
	return list(append(items, s.concat(parts)))
}

// excludes reports whether a part of a text cannot contain the separator. CDK joins lists that cross stacks with "||",
// which no attribute contains. No ID contains a comma.
func (v *value) excludes(separator string) bool {
	switch {
	case v.is(Literal) || separator == "||":
		return true
	case separator != ",":
		return false
	case v.is(Reference):
		return identifies(v.about.resource, v.text)
	case v.is(Part):
		return v.items[0].is(Unknown) && v.items[0].about.zones != nil
	}
	return false
}
