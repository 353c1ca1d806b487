package lock

import (
	"encoding/json"
	"strings"
)

// scope has what the values of a resource use, now or as locked: a name that is a parameter there is no resource.
type scope []map[string]any

// differ reports whether two values of a stack's template are certain to be two values once deployed: two literals, or references to two resources.
func (s scope) differ(a, b any) bool {
	if isLiteral(a) && isLiteral(b) {
		return canonical(a) != canonical(b)
	}
	first, firstOK := s.resourceOf(a)
	second, secondOK := s.resourceOf(b)
	return firstOK && secondOK && first != second
}

// changesMeaning says which name in a value, that both templates have, is a parameter in one of them and a resource in the other; empty if none.
func (s scope) changesMeaning(value any) (what string) {
	for _, name := range namesIn(value) {
		_, was := s[0]["Parameters."+name]
		_, is := s[1]["Parameters."+name]
		switch {
		case was && !is:
			return name + ", to which it refers, was a parameter and is none"
		case is && !was:
			return name + ", to which it refers, is a parameter and was none"
		}
	}
	return ""
}

// resourceOf is the logical ID of the resource that a value refers to.
func (s scope) resourceOf(value any) (id string, ok bool) {
	id, ok = referenceOf(value)
	for _, uses := range s {
		_, isParameter := uses["Parameters."+id]
		ok = ok && !isParameter
	}
	return id, ok
}

// referenceOf is the logical ID, or the name of a parameter, that a value refers to.
func referenceOf(value any) (id string, ok bool) {
	object, _ := value.(map[string]any)
	name, argument, isFunction := function(object)
	if !isFunction {
		return "", false
	}
	switch name {
	case "Ref":
		id, ok = argument.(string)
		return id, ok && !strings.HasPrefix(id, "AWS::")
	case "Fn::GetAtt":
		list, _ := normal(object).(map[string]any)[name].([]any)
		if len(list) > 0 {
			id, ok = list[0].(string)
		}
		return id, ok
	}
	return "", false
}

// maxShown is how much of a value a message shows.
const maxShown = 120

// show is a value of a template in a message.
func show(value any) string {
	switch v := value.(type) {
	case nil:
		return "no value"
	case json.Number:
		return v.String()
	}
	if list, ok := value.([]any); ok {
		shown := make([]string, len(list))
		for i, item := range list {
			shown[i] = show(item)
		}
		return cut(strings.Join(shown, ", "))
	}
	if id, ok := referenceOf(value); ok {
		if object, _ := normal(value).(map[string]any); object["Fn::GetAtt"] != nil {
			return strings.Join(words(object["Fn::GetAtt"]), ".")
		}
		return id
	}
	return cut(canonicalText(value))
}

// words are the texts of a list.
func words(list any) (found []string) {
	items, _ := list.([]any)
	for _, item := range items {
		if text, ok := item.(string); ok {
			found = append(found, text)
		}
	}
	return found
}

func cut(text string) string {
	if runes := []rune(text); len(runes) > maxShown {
		return string(runes[:maxShown]) + "…"
	}
	return text
}
