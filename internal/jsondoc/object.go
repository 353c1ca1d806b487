package jsondoc

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/placeholder"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Object is a JSON object, with its members in their order. Its methods report what is wrong with a member.
type Object struct {
	form    *Form
	report  *rules.Report
	path    string
	names   []string
	members map[string]any
}

// Check is a check of package rules on a text.
type Check func(r *rules.Report, property, value string)

// Path is the path of a member.
func (o *Object) Path(name string) string { return Join(o.path, name) }

// Names are the names of the members, in their order.
func (o *Object) Names() []string { return o.names }

// Problem reports what is wrong with a member; with the object itself if the name is "".
func (o *Object) Problem(name, format string, args ...any) {
	path := o.path
	switch {
	case name != "":
		path = o.Path(name)
	case path == "":
		path = o.form.Name
	}
	o.report.Add(o.form.Rule, path, format, args...)
}

// Has reports whether there is a member.
func (o *Object) Has(name string) bool {
	_, ok := o.members[name]
	return ok
}

// Only reports members that are not among those that are known.
func (o *Object) Only(known ...string) {
	for _, name := range o.names {
		if !slices.Contains(known, name) {
			o.report.AddWithFix(o.form.Rule, o.Path(name), o.form.Unknown, "is not a member of %s; here it has %s", o.form.OfVersion, strings.Join(known, ", "))
		}
	}
}

// Member returns a member. A required one that is missing is reported.
func (o *Object) Member(name string, required bool) (value any, ok bool) {
	value, ok = o.members[name]
	if !ok && required {
		o.report.AddWithFix(rules.Required, o.Path(name), o.form.Missing, "is missing")
	}
	return value, ok
}

// HasVersion reports a member "version" that is missing, or by a rule that it is another one.
func (o *Object) HasVersion(want float64, other rules.Rule) bool {
	value, has := o.Member("version", false)
	if !has {
		o.report.AddWithFix(rules.Required, o.Path("version"), fmt.Sprintf("add \"version\": %g", want), "is missing")
		return false
	}
	if number, ok := AsNumber(value); !ok || number != want {
		o.report.Add(other, o.Path("version"), "is %s", Show(value))
		return false
	}
	return true
}

// Object returns a member that is an object.
func (o *Object) Object(name string, required bool) (*Object, bool) {
	value, ok := o.Member(name, required)
	if !ok {
		return nil, false
	}
	return o.asObject(o.Path(name), value)
}

func (o *Object) asObject(path string, value any) (*Object, bool) {
	below, ok := value.(*Object)
	if !ok {
		o.report.Add(o.form.Rule, path, "is %s, but must be an object", Show(value))
	}
	return below, ok
}

// Text returns a member that is a text, and not an empty one.
func (o *Object) Text(name string, required bool) (string, bool) {
	value, ok := o.Member(name, required)
	if !ok {
		return "", false
	}
	return o.asText(o.Path(name), value)
}

func (o *Object) asText(path string, value any) (string, bool) {
	text, ok := value.(string)
	switch {
	case !ok:
		o.report.Add(o.form.Rule, path, "is %s, but must be a text", Show(value))
	case text == "":
		o.report.Add(o.form.Rule, path, "is empty")
		return "", false
	}
	return text, ok
}

// Checked returns a text that a check accepts unless synthesis does not know it.
func (o *Object) Checked(name string, required bool, accept Check) string {
	text, ok := o.Text(name, required)
	if ok && IsKnown(text) {
		accept(o.report, o.Path(name), text)
	}
	return text
}

// Bool returns a member that is true or false; nil without one.
func (o *Object) Bool(name string) *bool {
	value, ok := o.members[name]
	if !ok {
		return nil
	}
	b, ok := value.(bool)
	if !ok {
		o.report.Add(o.form.Rule, o.Path(name), "is %s, but must be true or false", Show(value))
		return nil
	}
	return &b
}

// Number returns a member that is a number; ok is false without one.
func (o *Object) Number(name string, required bool) (number float64, ok bool) {
	value, ok := o.Member(name, required)
	if !ok {
		return 0, false
	}
	number, ok = AsNumber(value)
	if !ok {
		o.report.Add(o.form.Rule, o.Path(name), "is %s, but must be a number", Show(value))
	}
	return number, ok
}

// List returns the elements of a member that is a list. It reports an element that is listed twice, and an empty list.
func (o *Object) List(name string, required bool) []any {
	value, ok := o.Member(name, required)
	if !ok {
		return nil
	}
	path := o.Path(name)
	list, ok := value.([]any)
	switch {
	case !ok:
		o.report.Add(o.form.Rule, path, "is %s, but must be a list", Show(value))
	case len(list) == 0:
		o.report.Add(o.form.Rule, path, "is an empty list")
	}
	seen := map[string]bool{}
	for i, element := range list {
		if key, ok := keyOf(element); ok && seen[key] {
			o.report.AddWithFix(o.form.Rule, At(path, i), "remove the duplicate", "%s is listed twice", Show(element))
		} else if ok {
			seen[key] = true
		}
	}
	return list
}

// keyOf is the same for equal elements that are no objects or lists: two of those are never the same.
func keyOf(element any) (key string, ok bool) {
	switch v := element.(type) {
	case *Object, []any:
		return "", false
	case json.Number:
		f, _ := v.Float64()
		return fmt.Sprint("number ", f), true
	case string:
		return "text " + v, true
	}
	return fmt.Sprint(element), true
}

// Objects returns the elements of a list of objects, and skips others, which are reported.
func (o *Object) Objects(name string, required bool) (objects []*Object) {
	for i, element := range o.List(name, required) {
		if below, ok := o.asObject(At(o.Path(name), i), element); ok {
			objects = append(objects, below)
		}
	}
	return objects
}

// Texts returns the elements of a list of texts, each of which a check accepts unless synthesis does not know it. A text that is empty, or
// none, is reported and left out.
func (o *Object) Texts(name string, required bool, accept Check) (texts []string) {
	for i, element := range o.List(name, required) {
		at := At(o.Path(name), i)
		text, ok := o.asText(at, element)
		if !ok {
			continue
		}
		if IsKnown(text) {
			accept(o.report, at, text)
		}
		texts = append(texts, text)
	}
	return texts
}

// IsKnown reports whether a text has neither a token nor what CDK gives for a lookup that has no answer yet.
func IsKnown(text string) bool { return !placeholder.IsToken(text) && !placeholder.In(text) }

// AsNumber returns a number; it is infinite if no float64 has it.
func AsNumber(value any) (float64, bool) {
	number, ok := value.(json.Number)
	if !ok {
		return 0, false
	}
	f, _ := number.Float64()
	return f, true
}

// Show is a value in a message: at most a few words of it.
func Show(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case *Object:
		return "an object"
	case []any:
		return "a list"
	case json.Number:
		return v.String()
	case string:
		if runes := []rune(v); len(runes) > 80 {
			return fmt.Sprintf("%q", string(runes[:80])+"…")
		}
		return fmt.Sprintf("%q", v)
	}
	return fmt.Sprint(value)
}

// Plain is a value without the paths of its objects: map[string]any for *Object.
func Plain(value any) any {
	switch v := value.(type) {
	case *Object:
		plain := make(map[string]any, len(v.members))
		for name, member := range v.members {
			plain[name] = Plain(member)
		}
		return plain
	case []any:
		list := make([]any, len(v))
		for i, element := range v {
			list[i] = Plain(element)
		}
		return list
	}
	return value
}
