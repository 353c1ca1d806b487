package cdktest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Changes lists what changes from one assembly to another, by stack: what is added (+), removed (-) and changed (~), and of what is changed
// each value. It has no line for a stack that stays as it is.
func Changes(t testing.TB, before, after Assembly) string {
	t.Helper()
	var text strings.Builder
	for _, stack := range stacksOf(t, before, after) {
		c := &changes{}
		was, is := before.sections(t, stack), after.sections(t, stack)
		for _, section := range keysOf(was, is) {
			c.section(section, entries(was[section]), entries(is[section]))
		}
		if len(c.lines) > 0 {
			fmt.Fprintf(&text, "%s\n%s\n", stack, strings.Join(c.lines, "\n"))
		}
	}
	return text.String()
}

// stacksOf are the names of the stacks of two assemblies.
func stacksOf(t testing.TB, assemblies ...Assembly) []string {
	t.Helper()
	names := map[string]any{}
	for _, a := range assemblies {
		files, err := filepath.Glob(filepath.Join(a.dir, "*.template.json"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no templates in %s: %v", a.dir, err)
		}
		for _, file := range files {
			names[strings.TrimSuffix(filepath.Base(file), ".template.json")] = nil
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func (a Assembly) sections(t testing.TB, stack string) map[string]any {
	if _, err := os.Stat(filepath.Join(a.dir, stack+".template.json")); err != nil {
		return nil // the other assembly has the stack
	}
	return a.Template(t, stack).raw
}

func entries(section any) map[string]any {
	all, _ := section.(map[string]any)
	return all
}

func keysOf(a, b map[string]any) []string {
	all := maps.Clone(a)
	if all == nil {
		all = map[string]any{}
	}
	maps.Copy(all, b)
	return slices.Sorted(maps.Keys(all))
}

// changes are the lines about one stack.
type changes struct{ lines []string }

func (c *changes) section(name string, before, after map[string]any) {
	for _, id := range keysOf(before, after) {
		was, wasThere := before[id]
		is, isThere := after[id]
		switch {
		case !wasThere:
			c.add("  + %s", titleOf(name, id, is))
		case !isThere:
			c.add("  - %s", titleOf(name, id, was))
		case !reflect.DeepEqual(was, is):
			c.add("  ~ %s", titleOf(name, id, is))
			c.value("", was, is)
		}
	}
}

func (c *changes) add(format string, args ...any) {
	c.lines = append(c.lines, fmt.Sprintf(format, args...))
}

// titleOf is the type of a resource and its ID, or the section of another entry.
func titleOf(section, id string, entry any) string {
	if kind, ok := entries(entry)["Type"].(string); ok && section == "Resources" {
		return kind + " " + id
	}
	return strings.TrimSuffix(section, "s") + " " + id
}

// value lists what changes in a value: objects by their keys, lists by their elements.
func (c *changes) value(at string, was, is any) {
	if reflect.DeepEqual(was, is) {
		return
	}
	wasList, wasOne := was.([]any)
	list, isOne := is.([]any)
	switch {
	case isObject(was) && isObject(is):
		for _, key := range keysOf(entries(was), entries(is)) {
			c.value(strings.TrimPrefix(at+"."+key, "."), entries(was)[key], entries(is)[key])
		}
	case wasOne && isOne && len(list) == len(wasList):
		for i := range list {
			c.value(fmt.Sprintf("%s[%d]", at, i), wasList[i], list[i])
		}
	case wasOne && (isOne || is == nil), isOne && was == nil:
		c.elements(at, "-", wasList, list)
		c.elements(at, "+", list, wasList)
	default:
		c.add("      %s: %s → %s", property(at), shown(was), shown(is))
	}
}

// elements lists the elements that another list lacks.
func (c *changes) elements(at, sign string, list, other []any) {
	for _, element := range list {
		if !slices.ContainsFunc(other, func(o any) bool { return reflect.DeepEqual(o, element) }) {
			c.add("      %s: %s %s", property(at), sign, shown(element))
		}
	}
}

func property(at string) string { return strings.TrimPrefix(at, "Properties.") }

// isObject reports whether a value is an object, and not an intrinsic function.
func isObject(value any) bool {
	object, ok := value.(map[string]any)
	if !ok || len(object) != 1 {
		return ok
	}
	for key := range object {
		ok = key != "Ref" && !strings.HasPrefix(key, "Fn::")
	}
	return ok
}

// shown is a value as JSON, with references as Go has them: ID, and ID.Attribute.
func shown(value any) string {
	if object := entries(value); len(object) == 1 {
		if id, ok := object["Ref"].(string); ok {
			return id
		}
		if attribute, ok := object["Fn::GetAtt"].([]any); ok && len(attribute) == 2 {
			return fmt.Sprintf("%v.%v", attribute...)
		}
	}
	if value == nil {
		return "none"
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err) // it was JSON
	}
	return strings.TrimSpace(text.String())
}
