package cdktest

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"testing"
)

// Template is a CloudFormation template.
type Template struct {
	Resources map[string]Resource `json:"Resources"`
	Outputs   map[string]any      `json:"Outputs"`
	raw       map[string]any
}

// Resource is a resource of a [Template].
type Resource struct {
	Type       string         `json:"Type"`
	Properties map[string]any `json:"Properties"`
	DependsOn  []string       `json:"DependsOn"`
}

func readTemplate(t testing.TB, file string) Template {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	template := Template{}
	if err := json.Unmarshal(content, &template); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &template.raw); err != nil {
		t.Fatal(err)
	}
	return template
}

// Section returns a section of the template, such as Metadata; empty if it has none.
func (tpl Template) Section(name string) map[string]any {
	section, _ := tpl.raw[name].(map[string]any)
	return section
}

// OfType returns the logical IDs of the resources of a type, sorted.
func (tpl Template) OfType(resourceType string) []string {
	var ids []string
	for id, resource := range tpl.Resources {
		if resource.Type == resourceType {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Only returns the one resource of a type and its logical ID.
func (tpl Template) Only(t testing.TB, resourceType string) (string, Resource) {
	t.Helper()
	ids := tpl.OfType(resourceType)
	if len(ids) != 1 {
		t.Fatalf("the template has %d resources of type %s, want 1: %v", len(ids), resourceType, ids)
	}
	return ids[0], tpl.Resources[ids[0]]
}

// Find returns the logical IDs of the resources of a type whose properties contain want.
func (tpl Template) Find(resourceType string, want map[string]any) []string {
	var ids []string
	for _, id := range tpl.OfType(resourceType) {
		if Contains(tpl.Resources[id].Properties, want) {
			ids = append(ids, id)
		}
	}
	return ids
}

// Has fails t unless exactly one resource of a type has properties that contain want, and returns its logical ID.
func (tpl Template) Has(t testing.TB, resourceType string, want map[string]any) string {
	t.Helper()
	ids := tpl.Find(resourceType, want)
	if len(ids) != 1 {
		t.Fatalf("%d resources of type %s have %s, want 1; the template has\n%s", len(ids), resourceType, indented(want), indented(tpl.properties(resourceType)))
	}
	return ids[0]
}

func (tpl Template) properties(resourceType string) map[string]any {
	all := map[string]any{}
	for _, id := range tpl.OfType(resourceType) {
		all[id] = tpl.Resources[id].Properties
	}
	return all
}

// Absent matches a key that is missing, in [Contains].
var Absent any = absent{}

type absent struct{}

// Contains reports whether got has every key of want with a value that contains want's. Lists are equal element by
// element.
func Contains(got, want any) bool {
	switch want := normal(want).(type) {
	case map[string]any:
		got, ok := got.(map[string]any)
		if !ok {
			return false
		}
		for key, value := range want {
			element, has := got[key]
			if _, none := value.(absent); none {
				if has {
					return false
				}
				continue
			}
			if !has || !Contains(element, value) {
				return false
			}
		}
		return true
	case []any:
		got, ok := got.([]any)
		if !ok || len(got) != len(want) {
			return false
		}
		for i := range want {
			if !Contains(got[i], want[i]) {
				return false
			}
		}
		return true
	default:
		return reflect.DeepEqual(got, want)
	}
}

// normal converts a Go integer to the type that JSON decodes to.
func normal(v any) any {
	if n, ok := v.(int); ok {
		return float64(n)
	}
	return v
}

// Ref is a reference to a resource in the form of a template.
func Ref(id string) map[string]any { return map[string]any{"Ref": id} }

// GetAtt is a reference to an attribute of a resource in the form of a template.
func GetAtt(id, attribute string) map[string]any {
	return map[string]any{"Fn::GetAtt": []any{id, attribute}}
}

func indented(v any) string {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err.Error()
	}
	return string(text)
}
