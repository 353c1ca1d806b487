package assembly

import "strings"

// keys returns the keys under which a caller can pass the value of a parameter.
func (s *Stack) keys(parameter string) []string {
	keys := []string{s.Name + "." + parameter}
	if s.Parent == nil {
		keys = append(keys, parameter)
	}
	return keys
}

// parameter resolves a parameter once. Its value is the one from the caller, from the cloud assembly or from the parent
// stack, or the default. A value from Parameter Store is unknown unless the caller passes it.
func (r *resolver) parameter(stack *Stack, name string) *value {
	s := stack.scope(r, "Parameters", name)
	return s.once(stack.params[name], func() *value {
		v := stack.template.parameters.field(name)
		kind := v.field("Type")
		if !kind.isText() {
			return unknown("a parameter without a type", Settlement{})
		}
		if given, ok := s.given(name); ok {
			return s.typed(kind.text, given)
		}
		return s.typed(kind.text, s.notGiven(name, kind.text, v.field("Default")))
	})
}

// notGiven returns the value of a parameter that the caller does not pass.
func (s *scope) notGiven(name, kind string, fallback *value) *value {
	settle := Settlement{ByParameter, s.stack.Name + "." + name}
	what := "parameter " + name + " of stack " + s.stack.Name
	if isStored(kind) {
		if v, ok := s.stored(fallback); ok {
			return v
		}
		return unknown(what+" is read from Parameter Store", settle)
	}
	if text, ok := s.stack.manifest[name]; ok {
		return s.text(literal(text))
	}
	if s.stack.origin != nil {
		if v, ok := s.fromParent(name); ok {
			return v
		}
	}
	switch {
	case fallback.is(Literal) && fallback.scalar != null:
		return s.text(fallback)
	case fallback != nil:
		return s.failAt("Default", "must be text")
	}
	return unknown(what+" has no value", settle)
}

// fromParent returns the value that the parent of a nested stack passes.
func (s *scope) fromParent(name string) (*value, bool) {
	parent := s.stack.Parent
	given := parent.template.resources.field(s.stack.origin.ID).field("Properties").field("Parameters")
	if given == nil {
		return nil, false
	}
	up := parent.scope(s.r, "Resources", s.stack.origin.ID, "Properties", "Parameters")
	if function, arg := up.function(given); function != "" {
		given = up.call(function, arg) // such as Fn::If around the whole map
		v := given.field(name)
		return v, v != nil
	}
	v := given.field(name)
	if v == nil {
		return nil, false
	}
	v = up.at(name, v)
	return v, v != nil
}

// typed converts a value to the type of its parameter: for a list type, it splits text into a list.
func (s *scope) typed(kind string, v *value) *value {
	switch {
	case v.is(Map):
		return s.fail("must be text or a list, not an object")
	case !isListType(kind) || v == nil || v.is(List):
		return v
	}
	if v.is(Unknown) && v.about.joined == nil {
		return v
	}
	items := s.splitValue(",", v)
	if !items.is(List) {
		return items
	}
	trimmed := make([]*value, len(items.items))
	for i, item := range items.items {
		trimmed[i] = item
		if item.isText() {
			trimmed[i] = literal(strings.TrimSpace(item.text))
		}
	}
	return list(trimmed)
}

const storedPrefix = "AWS::SSM::Parameter::Value<"

// isStored reports whether parameters of a type have their value in Parameter Store.
func isStored(kind string) bool { return strings.HasPrefix(kind, storedPrefix) }

// isListType reports whether parameters of a type are lists.
func isListType(kind string) bool {
	kind = strings.TrimPrefix(kind, storedPrefix)
	return strings.HasPrefix(kind, "CommaDelimitedList") || strings.HasPrefix(kind, "List<")
}
