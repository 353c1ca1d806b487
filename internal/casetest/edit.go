package casetest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Edit is a list of changes to templates, which a file writes as a mapping. A key is a stack ("Consumer"), a resource
// ("Consumer/Record") or a property ("Consumer/Record.AliasTarget.DNSName", "Provider/AlbTargets.Targets[0].Port").
// Its value is merged into what is there, as a JSON merge patch: null removes, lists and functions are replaced.
type Edit []change

type change struct {
	stack string
	steps []any // keys and indexes within the template
	value any
}

// UnmarshalYAML reads a mapping.
func (e *Edit) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	if node.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: an edit is a mapping", node.Line)
	}
	for i := 0; i < len(node.Content); i += 2 {
		c, err := newChange(node.Content[i].Value)
		if err == nil {
			c.value, err = valueOf(node.Content[i+1])
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", node.Content[i].Line, err)
		}
		*e = append(*e, c)
	}
	return nil
}

var stepPattern = regexp.MustCompile(`^(?:\.?([^.\[\]]+)|\[(\d+)\])`)

func newChange(target string) (change, error) {
	stack, rest, isResource := strings.Cut(target, "/")
	c := change{stack: stack}
	if !isResource {
		return c, nil
	}
	id, path, isProperty := strings.Cut(rest, ".")
	c.steps = []any{"Resources", id}
	if isProperty {
		c.steps = append(c.steps, "Properties")
	}
	for path != "" {
		match := stepPattern.FindStringSubmatch(path)
		if match == nil {
			return c, fmt.Errorf("%s: not a path", target)
		}
		if path = path[len(match[0]):]; match[2] == "" {
			c.steps = append(c.steps, match[1])
			continue
		}
		i, err := strconv.Atoi(match[2])
		if err != nil {
			return c, err
		}
		c.steps = append(c.steps, i)
	}
	return c, nil
}

// apply changes a template. A change that changes nothing is an error.
func (c change) apply(doc map[string]any) error {
	if _, err := patched(doc, c.steps, c.value); err != nil {
		return fmt.Errorf("%s/%v: %w", c.stack, c.steps, err)
	}
	if len(c.steps) == 2 && c.value == nil {
		forget(doc, c.steps[1])
	}
	return nil
}

// forget removes a resource from every DependsOn.
func forget(doc map[string]any, id any) {
	resources, _ := doc["Resources"].(map[string]any)
	for _, r := range resources {
		resource, _ := r.(map[string]any)
		if list, ok := resource["DependsOn"].([]any); ok {
			resource["DependsOn"] = slices.DeleteFunc(list, func(on any) bool { return on == id })
		}
	}
}

// patched returns a value with a patch merged in at a path below it.
func patched(in any, steps []any, patch any) (any, error) {
	if len(steps) == 0 {
		before, err := json.Marshal(in)
		if err != nil {
			return nil, err
		}
		value, err := merged(in, patch)
		if after, _ := json.Marshal(value); err == nil && bytes.Equal(before, after) {
			err = errors.New("nothing changes")
		}
		return value, err
	}
	switch step := steps[0].(type) {
	case int:
		list, ok := in.([]any)
		if !ok || step >= len(list) {
			return nil, fmt.Errorf("there is no item %d", step)
		}
		item, err := patched(list[step], steps[1:], patch)
		if err != nil {
			return nil, err
		}
		list[step] = item
		return list, nil
	case string:
		object, ok := in.(map[string]any)
		if in != nil && !ok {
			return nil, fmt.Errorf("there is nothing called %s in %v", step, in)
		}
		if object == nil {
			object = map[string]any{}
		}
		value, err := patched(object[step], steps[1:], patch)
		if object[step] = value; value == nil {
			delete(object, step)
		}
		return object, err
	}
	return nil, errors.New("a step is a key or an index")
}

// merged returns a value with a patch merged in.
func merged(in, patch any) (any, error) {
	changes, ok := patch.(map[string]any)
	if !ok || IsFunction(changes) {
		return copyOf(patch), nil
	}
	object, ok := in.(map[string]any)
	if !ok || IsFunction(object) {
		object = map[string]any{}
	}
	for key, value := range changes {
		if _, has := object[key]; !has && value == nil {
			return nil, fmt.Errorf("there is no %s to remove", key)
		}
		var err error
		if object[key], err = merged(object[key], value); err != nil {
			return nil, err
		}
		if object[key] == nil {
			delete(object, key)
		}
	}
	return object, nil
}

// IsFunction reports whether an object is a CloudFormation function.
func IsFunction(object map[string]any) bool {
	for key := range object {
		return len(object) == 1 && (key == "Ref" || strings.HasPrefix(key, "Fn::"))
	}
	return false
}

// copyOf returns a deep copy of a part of a template.
func copyOf(v any) any {
	switch v := v.(type) {
	case map[string]any:
		c := maps.Clone(v)
		for key, value := range c {
			c[key] = copyOf(value)
		}
		return c
	case []any:
		c := make([]any, len(v))
		for i, value := range v {
			c[i] = copyOf(value)
		}
		return c
	}
	return v
}

// valueOf decodes YAML as CloudFormation does, with its short functions in the long form.
func valueOf(node *yaml.Node) (any, error) {
	if node.Kind == yaml.AliasNode {
		return valueOf(node.Alias)
	}
	tag := node.ShortTag()
	if name, ok := strings.CutPrefix(tag, "!"); ok && !strings.HasPrefix(name, "!") {
		plain := *node
		plain.Tag = ""
		argument, err := valueOf(&plain)
		return function(name, argument), err
	}
	switch node.Kind {
	case yaml.MappingNode:
		object := make(map[string]any, len(node.Content)/2)
		for i := 0; i < len(node.Content); i += 2 {
			value, err := valueOf(node.Content[i+1])
			if err != nil {
				return nil, err
			}
			object[node.Content[i].Value] = value
		}
		return object, nil
	case yaml.SequenceNode:
		list := make([]any, len(node.Content))
		for i, item := range node.Content {
			value, err := valueOf(item)
			if err != nil {
				return nil, err
			}
			list[i] = value
		}
		return list, nil
	}
	var value any
	switch tag {
	case "!!int", "!!float", "!!bool", "!!null":
		return value, node.Decode(&value)
	}
	return node.Value, nil
}

// function returns the long form of a short function.
func function(name string, argument any) any {
	switch name {
	case "Ref", "Condition":
		return map[string]any{name: argument}
	case "GetAtt":
		if text, ok := argument.(string); ok {
			id, attribute, _ := strings.Cut(text, ".")
			argument = []any{id, attribute}
		}
	}
	return map[string]any{"Fn::" + name: argument}
}
