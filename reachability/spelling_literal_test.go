package reachability_test

import (
	"fmt"
	"strings"
)

// addAlways adds a condition that holds.
func (t template) addAlways() {
	t.section("Conditions")["Always"] = object{"Fn::Equals": array{"a", "a"}}
}

// addCondition gives a condition that holds to every resource that has none.
func addCondition(t template) {
	t.addAlways()
	eachResource(func(t template, id string) {
		if t.resource(id)["Condition"] == nil {
			t.resource(id)["Condition"] = "Always"
		}
	})(t)
}

// eachLiteral replaces every literal in the properties, but not what functions take.
func eachLiteral(f func(any) any) func(template) {
	return eachResource(func(t template, id string) {
		for key, value := range t.properties(id) {
			t.properties(id)[key] = respelled(value, f)
		}
	})
}

func respelled(node any, f func(any) any) any {
	switch n := node.(type) {
	case object:
		for key, value := range n {
			if key == "Ref" || strings.HasPrefix(key, "Fn::") {
				return n
			}
			n[key] = respelled(value, f)
		}
		return n
	case array:
		for i, value := range n {
			n[i] = respelled(value, f)
		}
		return n
	}
	return f(node)
}

func asText(v any) any { return fmt.Sprint(v) }

func bySub(v any) any {
	if text, ok := v.(string); ok {
		return object{"Fn::Sub": text}
	}
	return v
}

func byJoin(v any) any {
	if text, ok := v.(string); ok {
		return object{"Fn::Join": array{"", array{text[:len(text)/2], text[len(text)/2:]}}}
	}
	return v
}

// eachNumber replaces every number in the properties.
func eachNumber(f func(number any) any) func(template) {
	return eachLiteral(func(v any) any {
		switch v.(type) {
		case int, float64:
			return f(v)
		}
		return v
	})
}

func numbersByIf(t template) {
	t.addAlways()
	eachNumber(func(number any) any { return object{"Fn::If": array{"Always", number, 0}} })(t)
}

// numbersByMapping moves every number into a mapping.
func numbersByMapping(t template) {
	numbers := object{}
	eachNumber(func(number any) any {
		key := "of" + fmt.Sprint(number)
		numbers[key] = number
		return object{"Fn::FindInMap": array{"Numbers", "All", key}}
	})(t)
	t["Mappings"] = object{"Numbers": object{"All": numbers}}
}

// numbersByParameter makes every number the default of a parameter.
func numbersByParameter(t template) {
	eachNumber(func(number any) any {
		name := "Number" + fmt.Sprint(number)
		t.section("Parameters")[name] = object{"Type": "Number", "Default": number}
		return ref(name)
	})(t)
}
