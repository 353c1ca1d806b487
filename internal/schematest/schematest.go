// Package schematest checks values against a JSON schema, as far as those of this repository need it: parsers and schemas must accept the same. It
// makes the documents for that, each a base with an edit.
package schematest

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Schema is a JSON schema.
type Schema struct {
	root map[string]any
}

// Read reads the schema in a file.
func Read(t *testing.T, file string) *Schema {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := &Schema{}
	if err := json.Unmarshal(text, &s.root); err != nil {
		t.Fatal(err)
	}
	return s
}

// Refuses says why the schema refuses a value; empty if it accepts it.
func (s *Schema) Refuses(value any) string { return s.check(s.root, value) }

// check panics on a keyword that it does not know: what is not checked must not count as accepted.
func (s *Schema) check(by any, value any) string {
	if accepts, isBool := by.(bool); isBool {
		if accepts {
			return ""
		}
		return "is not allowed"
	}
	keywords := by.(map[string]any)
	for _, keyword := range slices.Sorted(maps.Keys(keywords)) {
		if why := s.keyword(keywords, keyword, value); why != "" {
			return why
		}
	}
	return ""
}

func (s *Schema) keyword(in map[string]any, keyword string, value any) string {
	is := func(ok bool) string {
		if ok {
			return ""
		}
		return fmt.Sprintf("%v breaks %s: %v", value, keyword, in[keyword])
	}
	argument := in[keyword]
	object, isObject := value.(map[string]any)
	list, isList := value.([]any)
	text, isText := value.(string)
	number, isNumber := value.(float64)
	switch keyword {
	case "$schema", "title", "description", "$defs", "then":
	case "$ref":
		return s.check(s.root["$defs"].(map[string]any)[strings.TrimPrefix(argument.(string), "#/$defs/")], value)
	case "type":
		_, isBool := value.(bool)
		return is(map[string]bool{
			"object": isObject, "array": isList, "string": isText, "boolean": isBool, "integer": isNumber && number == math.Trunc(number),
		}[argument.(string)])
	case "const":
		return is(reflect.DeepEqual(value, argument))
	case "enum":
		return is(slices.Contains(argument.([]any), value))
	case "pattern":
		return is(!isText || regexp.MustCompile(argument.(string)).MatchString(text))
	case "minLength":
		return is(!isText || float64(len(text)) >= argument.(float64))
	case "maxLength":
		return is(!isText || float64(len(text)) <= argument.(float64))
	case "minimum":
		return is(!isNumber || number >= argument.(float64))
	case "maximum":
		return is(!isNumber || number <= argument.(float64))
	case "minItems":
		return is(!isList || float64(len(list)) >= argument.(float64))
	case "maxItems":
		return is(!isList || float64(len(list)) <= argument.(float64))
	case "uniqueItems":
		return is(!slices.ContainsFunc(list, func(a any) bool {
			return len(slices.Collect(func(yield func(any) bool) {
				for _, b := range list {
					if reflect.DeepEqual(a, b) && !yield(b) {
						return
					}
				}
			})) > 1
		}))
	case "items":
		for _, element := range list {
			if why := s.check(argument, element); why != "" {
				return why
			}
		}
	case "required":
		for _, name := range argument.([]any) {
			if _, has := object[name.(string)]; isObject && !has {
				return fmt.Sprintf("lacks %s", name)
			}
		}
	case "properties":
		for _, name := range slices.Sorted(maps.Keys(object)) {
			if by, ok := argument.(map[string]any)[name]; ok {
				if why := s.check(by, object[name]); why != "" {
					return name + ": " + why
				}
			}
		}
	case "additionalProperties":
		known, _ := in["properties"].(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(object)) {
			if _, ok := known[name]; ok {
				continue
			}
			if why := s.check(argument, object[name]); why != "" {
				return name + " " + why
			}
		}
	case "allOf":
		for _, by := range argument.([]any) {
			if why := s.check(by, value); why != "" {
				return why
			}
		}
	case "if":
		if s.check(argument, value) == "" {
			return s.check(in["then"], value)
		}
	default:
		panic("unknown keyword " + keyword)
	}
	return ""
}
