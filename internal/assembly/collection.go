package assembly

import "strings"

// collection returns the values that a loop repeats: a list, or a parameter that is one. If they are not known before
// deployment, it returns why, and what would settle it.
func (e *expander) collection(v *value) (values []string, why string, settle Settlement) {
	settle = e.stack.processed()
	if ref := v.field("Ref"); ref.isText() {
		return e.parameter(ref.text)
	}
	if !v.is(List) {
		return nil, "its collection is not a list or a parameter", settle
	}
	for _, item := range v.items {
		if !item.is(Literal) || item.scalar == null || strings.Contains(item.text, dynamicStart) {
			return nil, "its collection has an item that is not text", settle
		}
		values = append(values, item.text)
	}
	return values, "", Settlement{}
}

// parameter returns the values of a parameter that is a list, as far as they do not depend on other stacks.
func (e *expander) parameter(name string) (values []string, why string, settle Settlement) {
	what := "parameter " + short(name) + " of stack " + e.stack.Name
	v := e.template.parameters.field(name)
	kind := v.field("Type")
	if !kind.isText() || !isListType(kind.text) {
		return nil, "its collection is " + short(name) + ", which is not a parameter with a list", e.stack.processed()
	}
	text, ok := e.givenText(name)
	if !ok && !isStored(kind.text) {
		text, ok = e.ownText(name, v.field("Default"))
	}
	if !ok || strings.TrimSpace(text) == "" || strings.Contains(text, dynamicStart) {
		return nil, "its collection is " + what + ", whose value is not known", Settlement{ByParameter, e.stack.Name + "." + name}
	}
	for value := range strings.SplitSeq(text, ",") {
		values = append(values, strings.TrimSpace(value))
	}
	if err := e.loader.files.spend(len(values), 0); err != nil {
		return nil, err.Error(), e.stack.processed()
	}
	return values, "", Settlement{}
}

// givenText returns the text that the caller passes for a parameter. A value of another stack is not known yet.
func (e *expander) givenText(name string) (text string, ok bool) {
	maps := []map[string]string{e.stack.given}
	for _, in := range e.loader.inputs {
		maps = append(maps, in.Parameters)
	}
	for _, given := range maps {
		for _, key := range e.stack.keys(name) {
			if text, ok := given[key]; ok {
				rest, bound := strings.CutPrefix(text, "@")
				return rest, !bound || strings.HasPrefix(rest, "@")
			}
		}
	}
	return "", false
}

// ownText returns the text of a parameter that the caller does not pass: from the cloud assembly, from the parent stack
// or the default.
func (e *expander) ownText(name string, fallback *value) (text string, ok bool) {
	s := e.stack
	if text, ok := s.manifest[name]; ok {
		return text, true
	}
	if s.origin != nil {
		passed := s.Parent.template.resources.field(s.origin.ID).field("Properties").field("Parameters")
		switch v := passed.field(name); {
		case v.is(Literal):
			return v.text, true
		case v != nil, passed != nil && isCall(passed):
			return "", false
		}
	}
	return fallback.literalText()
}

// isCall reports whether a node is a call of a function.
func isCall(v *value) bool {
	return v.is(Map) && len(v.items) == 1 && (v.fields.keys[0] == "Ref" || strings.HasPrefix(v.fields.keys[0], "Fn::"))
}

func (v *value) literalText() (string, bool) {
	if !v.is(Literal) || v.scalar == null {
		return "", false
	}
	return v.text, true
}
