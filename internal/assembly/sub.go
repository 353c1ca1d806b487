package assembly

import "strings"

// sub resolves Fn::Sub, which takes a text, or a text and a map of variables.
func (s *scope) sub(arg *value) *value {
	var variables *value
	text := arg
	if first, second, ok := pair(arg); ok {
		text, variables = first, second
		if !variables.is(Map) {
			return s.fail("Fn::Sub takes a text, or a text and a map of variables")
		}
		variables = s.variables(variables)
	}
	if !text.isText() {
		return s.fail("Fn::Sub takes a text, or a text and a map of variables")
	}
	var parts []*value
	rest := text.text
	for !s.r.spent {
		before, after, ok := strings.Cut(rest, "${")
		name, after, closed := strings.Cut(after, "}")
		if !ok || !closed {
			parts = append(parts, literal(rest))
			break
		}
		parts = append(parts, literal(before), s.variable(name, variables))
		rest = after
	}
	return s.concat(parts)
}

// variables resolves the variables of Fn::Sub. A key such as Fn::X is the name of a variable here, not a function.
func (s *scope) variables(v *value) *value {
	out := &value{kind: uint8(Map), fields: v.fields, items: make([]*value, len(v.items))}
	for i, item := range v.items {
		out.items[i] = s.resolve(item)
	}
	return out
}

// variable returns the value of ${name}.
func (s *scope) variable(name string, variables *value) *value {
	if kept, ok := strings.CutPrefix(name, "!"); ok {
		return literal("${" + kept + "}")
	}
	if name == "" || strings.Trim(name, nameCharacters) != "" {
		return s.fail("Fn::Sub: ${%s} is not a valid name", name)
	}
	var v *value
	if i, ok := find(variables, name); ok {
		v = variables.items[i]
	} else if id, attribute, ok := strings.Cut(name, "."); ok {
		v = s.attribute(id, attribute)
	} else {
		v = s.name(name)
	}
	if v.is(List) || v.is(Map) {
		return s.fail("Fn::Sub: ${%s} is a %s, not text", name, v.Kind())
	}
	return v
}

const nameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:-"

func find(variables *value, name string) (int, bool) {
	if variables == nil {
		return 0, false
	}
	return variables.fields.find(name)
}
