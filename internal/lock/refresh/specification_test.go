package main

import (
	"os"
	"testing"
)

// The table is that of the CDK CLI which package-lock.json pins.
func TestTableIsFresh(t *testing.T) {
	const root = "../../.."
	want, err := Table(root)
	if os.IsNotExist(err) && os.Getenv("CI") == "" {
		t.Skip("the CDK CLI is not installed: make setup installs it")
	}
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(root + "/internal/lock/replacements.txt")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Error("internal/lock/replacements.txt is not what the CDK CLI has; rewrite it with: go run ./internal/lock/refresh")
	}
}

func TestReplacing(t *testing.T) {
	s := &specification{types: map[string]map[string]property{
		"options": {"Preference": {CausesReplacement: "yes"}, "Inner": {Type: valueType{Type: "ref"}}, "Other": {CausesReplacement: "no"}},
	}}
	ref := valueType{Type: "ref"}
	ref.Reference.Ref = "options"
	inner := s.types["options"]["Inner"]
	inner.Type = ref // a type that contains itself
	s.types["options"]["Inner"] = inner
	got := s.replacing("", map[string]property{
		"Name":    {CausesReplacement: "yes", Type: ref},
		"Tenancy": {CausesReplacement: "maybe"},
		"Options": {CausesReplacement: "no", Type: ref},
		"List":    {Type: valueType{Type: "array", Element: &ref}},
		"Either":  {Type: valueType{Type: "union", Types: []valueType{{Type: "string"}, ref}}},
		"Tags":    {CausesReplacement: "no"},
	}, nil)
	want := map[string]bool{"Name": true, "Tenancy?": true, "Options.Preference": true, "List?": true, "Either.Preference": true}
	for _, path := range got {
		if !want[path] {
			t.Errorf("%s replaces", path)
		}
		delete(want, path)
	}
	for path := range want {
		t.Errorf("%s does not replace", path)
	}
}
