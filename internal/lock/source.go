package lock

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// reading is what a value of a template refers to.
type reading struct {
	stack *assembly.Stack
	// uses are the parameters, mappings and conditions of the template, by "Parameters.Name".
	uses map[string]any
	// isSimple says that the value depends on nothing but resources of the stack, and its own account and Region.
	isSimple bool
}

// read follows what a value of a stack refers to within the template.
func read(stack *assembly.Stack, value any) *reading {
	r := &reading{stack: stack, uses: map[string]any{}, isSimple: true}
	r.value(value)
	return r
}

func (r *reading) value(value any) {
	switch v := value.(type) {
	case string:
		r.isSimple = r.isSimple && !isDynamic(v)
	case []any:
		for _, item := range v {
			r.value(item)
		}
	case map[string]any:
		if name, argument, ok := function(v); ok {
			r.function(name, argument)
			return
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			r.value(v[key])
		}
	}
}

// function returns the function that an object is.
func function(object map[string]any) (name string, argument any, ok bool) {
	for name, argument = range object {
		return name, argument, len(object) == 1 && (name == "Ref" || name == "Condition" || strings.HasPrefix(name, "Fn::"))
	}
	return "", nil, false
}

func isFunction(value any) bool {
	object, ok := value.(map[string]any)
	if ok {
		_, _, ok = function(object)
	}
	return ok
}

// isDynamic reports whether a text has a dynamic reference, such as to an SSM parameter, which CloudFormation resolves as it deploys.
func isDynamic(text string) bool { return strings.Contains(text, "{{resolve:") }

// substituted are the names in a text of Fn::Sub.
var substituted = regexp.MustCompile(`\$\{([^!][^}.]*)(\.[^}]*)?\}`)

func (r *reading) function(name string, argument any) {
	list, _ := argument.([]any)
	first := argument
	if len(list) > 0 {
		first = list[0]
	}
	text, _ := first.(string)
	switch name {
	case "Ref":
		r.name(text)
		return
	case "Fn::GetAtt":
		id, _, _ := strings.Cut(text, ".")
		r.nested(id)
		return
	case "Condition":
		r.declaration("Conditions", text)
		return
	case "Fn::If":
		r.declaration("Conditions", text)
	case "Fn::FindInMap":
		r.declaration("Mappings", text)
	case "Fn::Sub":
		for _, m := range substituted.FindAllStringSubmatch(text, -1) {
			r.name(m[1])
			r.nested(m[1])
		}
	case "Fn::Join", "Fn::Select", "Fn::Split":
	default: // such as Fn::ImportValue
		r.isSimple = false
	}
	r.value(argument)
}

// name follows a name that is a resource, a pseudo parameter or a parameter.
func (r *reading) name(name string) {
	if r.stack.Resource(name) == nil && !strings.HasPrefix(name, "AWS::") {
		r.declaration("Parameters", name)
	}
}

// nested notes that a value is an output of a nested stack, whose template says what that is.
func (r *reading) nested(id string) {
	if of := r.stack.Resource(id); of != nil && of.Type == "AWS::CloudFormation::Stack" {
		r.isSimple = false
	}
}

// namesIn are the names to which a value refers, of resources and parameters.
func namesIn(value any) (names []string) {
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			names = append(names, namesIn(item)...)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			first := v[key]
			if list, _ := first.([]any); key == "Fn::Sub" && len(list) > 0 {
				first = list[0]
			}
			text, isText := first.(string)
			switch {
			case key == "Ref" && isText:
				names = append(names, text)
			case key == "Fn::Sub" && isText:
				for _, m := range substituted.FindAllStringSubmatch(text, -1) {
					names = append(names, m[1])
				}
			default:
				names = append(names, namesIn(v[key])...)
			}
		}
	}
	return names
}

// declaration follows what a part of the template declares.
func (r *reading) declaration(section, name string) {
	r.isSimple = false
	key := section + "." + name
	if _, known := r.uses[key]; known {
		return
	}
	declared, ok := r.stack.Source(section, name)
	if !ok {
		return // such as a variable of Fn::Sub
	}
	if parameter, isObject := declared.(map[string]any); isObject && section == "Parameters" {
		maps.DeleteFunc(parameter, func(member string, _ any) bool { return member != "Type" && member != "Default" })
	}
	r.uses[key] = declared
	if section == "Conditions" {
		r.value(declared)
	}
}

// sourceOf returns a property as the template has it: where a function has the whole of an object, that of its members too.
func sourceOf(resource *assembly.Resource, path string) (value any, ok bool) {
	value, ok = resource.Stack.Source("Resources", resource.ID, "Properties")
	for _, key := range strings.Split(path, ".") {
		object, isObject := value.(map[string]any)
		if !isObject {
			return nil, false
		}
		if isFunction(value) {
			return value, true
		}
		if value, ok = object[key]; !ok {
			return nil, false
		}
	}
	return value, ok
}

// resolvedOf returns the resolved value of a property.
func resolvedOf(resource *assembly.Resource, path string) assembly.Value {
	var steps []any
	for _, key := range strings.Split(path, ".") {
		steps = append(steps, key)
	}
	return resource.Property(steps...)
}

// unknownIn returns the first value in a resolved value that is not known before deployment.
func unknownIn(v assembly.Value) (unknown assembly.Value, found bool) {
	var inner []assembly.Value
	switch v.Kind() {
	case assembly.List:
		inner, _ = v.Items()
	case assembly.Map:
		for _, key := range v.Fields() {
			inner = append(inner, v.Field(key))
		}
	}
	for _, value := range inner {
		if unknown, found = unknownIn(value); found {
			return unknown, true
		}
	}
	return v, v.Why() != ""
}

// referred are the resources that a resolved value refers to, in any stack.
func referred(v assembly.Value) (found []*assembly.Resource) {
	if r, _, ok := v.Reference(); ok {
		return []*assembly.Resource{r}
	}
	items, _ := v.Items()
	items = append(items, v.Parts()...)
	for _, key := range v.Fields() {
		items = append(items, v.Field(key))
	}
	if _, _, of, ok := v.Part(); ok {
		items = append(items, of)
	}
	for _, item := range items {
		found = append(found, referred(item)...)
	}
	return found
}

// canonical is a value of a template as text that is the same for values that CloudFormation takes for the same: 443 and "443", both forms of
// Fn::GetAtt, objects in any order.
func canonical(value any) string { return canonicalText(normal(value)) }

// canonicalText is a value as JSON on one line, with the members of objects sorted.
func canonicalText(value any) string {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err) // all of it came from JSON
	}
	return strings.TrimSuffix(text.String(), "\n")
}

func normal(value any) any {
	switch v := value.(type) {
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = normal(item)
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(v))
		for key, item := range v {
			if text, ok := item.(string); ok && key == "Fn::GetAtt" {
				id, attribute, _ := strings.Cut(text, ".")
				item = []any{id, attribute}
			}
			object[key] = normal(item)
		}
		return object
	}
	return value
}

// isLiteral reports whether a value has no function in it.
func isLiteral(value any) bool {
	switch v := value.(type) {
	case string:
		return !isDynamic(v)
	case []any:
		return !slices.ContainsFunc(v, func(item any) bool { return !isLiteral(item) })
	case map[string]any:
		if isFunction(v) {
			return false
		}
		for _, item := range v {
			if !isLiteral(item) {
				return false
			}
		}
	}
	return true
}
