package assembly

// Line returns the line of a property in the template, counted from 1. The path is that of [Resource.Property]. If the
// template does not have all of the path, Line returns the line of the innermost part that it has, such as a property
// that is set by a function, or else the line of the resource. It returns 0 if the line is not known.
func (r *Resource) Line(path ...any) int {
	node := r.Stack.template.resources.field(r.ID)
	line := node.line()
	node = node.field("Properties")
	resolved := r.Property()
	for _, step := range path {
		node = r.Stack.child(r.Stack.chosen(node), resolved, step)
		resolved = resolved.step(step)
		if node == nil {
			break
		}
		line = node.line()
	}
	return line
}

// line is the line of a node of a template; 0 if it is not known.
func (v *value) line() int {
	if v == nil || v.is(Part) {
		return 0
	}
	return int(v.pos)
}

// child returns the field of a node at a key (string), or its item at an index (int). The index does not count items
// that are AWS::NoValue, as they are not part of the resolved list.
func (s *Stack) child(node *value, resolved Value, step any) *value {
	index, ok := step.(int)
	if !ok || !node.is(List) || resolved.Kind() == List && resolved.Len() == len(node.items) {
		return node.at(step)
	}
	for _, item := range node.items {
		if s.isNoValue(item) {
			continue
		}
		if index == 0 {
			return item
		}
		index--
	}
	return nil
}

// step is the field at a key, or the item at an index.
func (v Value) step(step any) Value {
	if index, ok := step.(int); ok {
		return v.Item(index)
	}
	key, _ := step.(string)
	return v.Field(key)
}

func (s *Stack) isNoValue(node *value) bool {
	node = s.chosen(node)
	if !node.is(Map) || len(node.items) != 1 {
		return false
	}
	ref := node.field("Ref")
	return ref.isText() && ref.text == "AWS::NoValue"
}

// chosen returns the value that Fn::If chooses if node is one and its condition is decided, otherwise node.
func (s *Stack) chosen(node *value) *value {
	for node.is(Map) && len(node.items) == 1 {
		arg := node.field("Fn::If")
		if !arg.is(List) || len(arg.items) != 3 || !arg.items[0].isText() {
			break
		}
		condition := s.conditions[arg.items[0].text]
		if condition == nil || condition.value.is(Unknown) {
			break
		}
		node = arg.items[2]
		if tristate(condition.value) == Yes {
			node = arg.items[1]
		}
	}
	return node
}
