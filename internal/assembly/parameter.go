package assembly

import "strings"

// keys are the keys under which a caller gives the value of a parameter.
func (s *Stack) keys(parameter string) []string {
	keys := []string{s.Name + "." + parameter}
	if s.Parent == nil {
		keys = append(keys, parameter)
	}
	return keys
}

// parameter resolves a parameter, once: what the caller gives, what the cloud assembly or the parent gives, or the
// default. What reads Parameter Store is unknown unless the caller gives it.
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

// notGiven is the value of a parameter that the caller does not give.
func (s *scope) notGiven(name, kind string, fallback *value) *value {
	settle := Settlement{ByParameter, s.stack.Name + "." + name}
	what := "parameter " + name + " of stack " + s.stack.Name
	if strings.HasPrefix(kind, "AWS::SSM::Parameter::Value<") {
		return unknown(what+" is read from Parameter Store", settle)
	}
	if text, ok := s.stack.manifest[name]; ok {
		return s.dynamic(literal(text))
	}
	if s.stack.in != nil {
		if v, ok := s.fromParent(name); ok {
			return v
		}
	}
	switch {
	case fallback.is(Literal) && fallback.scalar != null:
		return s.dynamic(fallback)
	case fallback != nil:
		return s.failAt("Default", "must be text")
	}
	return unknown(what+" has no value", settle)
}

// fromParent is the value that the parent of a nested stack gives.
func (s *scope) fromParent(name string) (*value, bool) {
	parent := s.stack.Parent
	given := parent.template.resources.field(s.stack.in.ID).field("Properties").field("Parameters")
	if given == nil {
		return nil, false
	}
	up := parent.scope(s.r, "Resources", s.stack.in.ID, "Properties", "Parameters")
	if function, arg := up.function(given); function != "" {
		given = up.call(function, arg) // such as Fn::If over the whole map
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

// typed is a value as the type of its parameter makes it: the text of a list type is a list.
func (s *scope) typed(kind string, v *value) *value {
	kind = strings.TrimPrefix(kind, "AWS::SSM::Parameter::Value<")
	isList := strings.HasPrefix(kind, "CommaDelimitedList") || strings.HasPrefix(kind, "List<")
	switch {
	case v.is(Map):
		return s.fail("is given an object")
	case !isList || v == nil || v.is(List):
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
