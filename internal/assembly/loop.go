package assembly

import (
	"fmt"
	"strings"
	"unicode"
)

const loopPrefix = "Fn::ForEach::"

// expand replaces Fn::ForEach in the template of a stack by what it repeats. A loop over a collection that is not known
// before deployment is left out.
func (l *loader) expand(s *Stack, t *template) (*template, error) {
	if !t.parsing.loops {
		return t, nil
	}
	expanded := *t
	values, bytes := l.files.values, l.files.bytes
	for _, section := range []struct {
		name string
		of   **value
	}{{"Conditions", &expanded.conditions}, {"Outputs", &expanded.outputs}, {"Resources", &expanded.resources}} {
		if *section.of == nil {
			continue
		}
		e := &expander{loader: l, stack: s, template: t, section: section.name}
		v, err := e.entries(*section.of)
		if err != nil {
			return nil, fmt.Errorf("%s: %s.%w", s.File, section.name, err)
		}
		*section.of = v
	}
	l.resolver.maxSteps += stepsPerValue * (l.files.values - values)
	l.resolver.maxText += textPerByte * (l.files.bytes - bytes)
	return &expanded, nil
}

// expander expands the loops of one section of a template.
type expander struct {
	loader   *loader
	stack    *Stack
	template *template
	section  string
	depth    int       // of maps
	bound    []binding // innermost last
}

// binding is the value of the identifier of a loop.
type binding struct{ identifier, value string }

// value expands the loops in a value, and replaces identifiers of the loops around it.
func (e *expander) value(v *value) (*value, error) {
	if err := e.loader.files.spend(1, 0); err != nil {
		return nil, err
	}
	switch v.Kind() {
	case Literal:
		return e.literal(v)
	case List:
		return e.list(v)
	case Map:
		if to, ok := e.ref(v); ok {
			return to, nil
		}
		return e.entries(v)
	}
	return v, nil
}

func (e *expander) literal(v *value) (*value, error) {
	text, err := e.text(v.text)
	if err != nil || text == v.text {
		return v, err
	}
	replaced := *v
	replaced.text = text
	return &replaced, nil
}

func (e *expander) list(v *value) (*value, error) {
	items := make([]*value, len(v.items))
	changed := false
	for i, item := range v.items {
		out, err := e.value(item)
		if err != nil {
			return nil, err
		}
		items[i], changed = out, changed || out != item
	}
	if !changed {
		return v, nil
	}
	replaced := *v
	replaced.items = items
	return &replaced, nil
}

// ref returns the value of a Ref to the identifier of a loop.
func (e *expander) ref(v *value) (*value, bool) {
	if len(v.items) != 1 || v.fields.keys[0] != "Ref" || !v.items[0].isText() {
		return nil, false
	}
	for i := len(e.bound) - 1; i >= 0; i-- {
		if e.bound[i].identifier == v.items[0].text {
			return &value{kind: uint8(Literal), text: e.bound[i].value, pos: v.pos}, true
		}
	}
	return nil, false
}

// entries expands the loops among the entries of a map and in their values.
func (e *expander) entries(v *value) (*value, error) {
	out := &value{kind: uint8(Map), pos: v.pos, fields: &fields{}}
	changed := false
	top := e.depth == 0
	e.depth++
	defer func() { e.depth-- }()
	for i, key := range v.fields.keys {
		grown, err := e.entry(out, key, v.items[i], top)
		if err != nil {
			return nil, err
		}
		changed = changed || grown || out.items[len(out.items)-1] != v.items[i]
	}
	if !changed {
		return v, nil
	}
	return out, nil
}

// entry adds an entry to a map, or what it repeats. It reports whether the map got other keys than this one.
func (e *expander) entry(out *value, key string, v *value, top bool) (bool, error) {
	if len(e.bound) > 0 {
		if err := e.loader.files.spend(valuesPerRepeat, 0); err != nil {
			return false, err
		}
	}
	name, err := e.text(key)
	if err != nil {
		return false, err
	}
	if strings.HasPrefix(name, loopPrefix) {
		return true, e.loop(out, name, v, top)
	}
	item, err := e.value(v)
	if err != nil {
		return false, fmt.Errorf("%s: %w", short(name), err)
	}
	if !out.fields.add(name) {
		return false, fmt.Errorf("%s: duplicate key", short(name))
	}
	out.items = append(out.items, item)
	return name != key, nil
}

// loop adds what a loop repeats to a map.
func (e *expander) loop(out *value, name string, arg *value, top bool) error {
	if !arg.is(List) || len(arg.items) != 3 || !arg.items[0].isText() || !arg.items[2].is(Map) {
		return fmt.Errorf("%s: Fn::ForEach takes an identifier, a collection and an object", short(name))
	}
	of, err := e.value(arg.items[1])
	if err != nil {
		return err
	}
	values, why, settle := e.collection(of)
	if why != "" {
		return e.leaveOut(out, name, arg, top, Unread{ID: name, Kind: UnreadLoop, Why: why, Settle: settle})
	}
	body := arg.items[2]
	for _, value := range values {
		e.bound = append(e.bound, binding{arg.items[0].text, value})
		for i, key := range body.fields.keys {
			if _, err := e.entry(out, key, body.items[i], top); err != nil {
				return fmt.Errorf("%s: %w", short(name), err)
			}
		}
		e.bound = e.bound[:len(e.bound)-1]
	}
	return nil
}

// leaveOut leaves out a loop. Inside of a property, the loop stays: its map is then unknown.
func (e *expander) leaveOut(out *value, name string, arg *value, top bool, u Unread) error {
	switch {
	case !top:
		if !out.fields.add(name) {
			return fmt.Errorf("%s: duplicate key", short(name))
		}
		out.items = append(out.items, arg)
	case e.section == "Resources":
		e.stack.leaveOut(u)
	default:
		e.stack.unreadLoop = name
	}
	return nil
}

// text replaces the identifiers of the loops around a text: ${Identifier} by the value, and &{Identifier} by the value
// without characters that are not allowed in a logical ID.
func (e *expander) text(text string) (string, error) {
	if len(e.bound) == 0 {
		return text, nil
	}
	if err := e.loader.files.spend(0, len(text)); err != nil {
		return "", err
	}
	var out strings.Builder
	rest := text
	for {
		brace := strings.IndexByte(rest, '{')
		if brace < 0 {
			break
		}
		end := strings.IndexByte(rest[brace:], '}')
		if end < 0 {
			break
		}
		value, ok := e.variable(rest[max(0, brace-1):brace], rest[brace+1:brace+end])
		if !ok {
			out.WriteString(rest[:brace+1])
			rest = rest[brace+1:]
			continue
		}
		if err := e.loader.files.spend(0, len(value)); err != nil {
			return "", err
		}
		out.WriteString(rest[:brace-1])
		out.WriteString(value)
		rest = rest[brace+end+1:]
	}
	if rest == text {
		return text, nil
	}
	return out.String() + rest, nil
}

// variable returns the value of the identifier of a loop after a dollar sign or an ampersand.
func (e *expander) variable(sign, identifier string) (string, bool) {
	if sign != "$" && sign != "&" {
		return "", false
	}
	for i := len(e.bound) - 1; i >= 0; i-- {
		switch b := e.bound[i]; {
		case b.identifier != identifier:
		case sign == "&":
			return alphanumeric(b.value), true
		default:
			return b.value, true
		}
	}
	return "", false
}

func alphanumeric(text string) string {
	return strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return -1
	}, text)
}
