package assembly

import "encoding/json"

// Source returns what the template of the stack has at a path, such as "Resources", "Service", "Properties": functions as they are, those of YAML in
// their long form. Objects are map[string]any, lists []any, numbers json.Number. It returns false where the template has nothing.
func (s *Stack) Source(section string, path ...string) (plain any, ok bool) {
	t := s.template
	node := map[string]*value{
		"Resources": t.resources, "Parameters": t.parameters, "Conditions": t.conditions, "Mappings": t.mappings, "Outputs": t.outputs,
	}[section]
	for _, key := range path {
		if !node.is(Map) {
			return nil, false
		}
		i, found := node.fields.find(key)
		if !found {
			return nil, false
		}
		node = node.items[i]
	}
	if node == nil {
		return nil, false
	}
	return node.plain(), true
}

// plain is a node of a template as encoding/json decodes it with numbers as json.Number.
func (v *value) plain() any {
	switch v.Kind() {
	case List:
		list := make([]any, len(v.items))
		for i, item := range v.items {
			list[i] = item.plain()
		}
		return list
	case Map:
		object := make(map[string]any, len(v.items))
		v.each(func(key string, item *value) { object[key] = item.plain() })
		return object
	}
	if v == nil {
		return nil
	}
	switch v.scalar {
	case number:
		return json.Number(v.text)
	case boolean:
		return v.text == "true"
	case null:
		return nil
	}
	return v.text
}
