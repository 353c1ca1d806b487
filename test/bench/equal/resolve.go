package equal

import (
	"fmt"
	"slices"
	"strings"
)

// resolver turns the content of a template into values with references to resources, also across stacks.
type resolver struct {
	templates map[string]*template
}

// resource fills in the value of a resource.
func (r *resolver) resource(t *template, to *resource, entry map[string]any) error {
	whole := map[string]any{}
	for key, value := range entry {
		switch key {
		case "Type", "Metadata":
		case "DependsOn":
			dependencies, err := t.dependencies(to, value)
			if err != nil {
				return err
			}
			if len(dependencies) > 0 {
				whole[key] = dependencies
			}
		default:
			resolved, err := r.value(t, value)
			if err != nil {
				return err
			}
			whole[key] = resolved
		}
	}
	tolerate(to.kind, whole)
	to.value = whole
	return nil
}

// dependencies returns a set: their order has no meaning.
func (t *template) dependencies(of *resource, value any) (set, error) {
	var ids []any
	switch value := value.(type) {
	case string:
		ids = []any{value}
	case []any:
		ids = value
	}
	var all set
	for _, id := range ids {
		name, _ := id.(string)
		to := t.resources[name]
		if to == nil {
			return nil, fmt.Errorf("DependsOn %v, which is not a resource", id)
		}
		if !toleratedDependency(of.kind, to.kind) {
			all = append(all, &reference{to, "DependsOn"})
		}
	}
	return all, nil
}

// set is a list whose order has no meaning.
type set []any

func (r *resolver) value(t *template, value any) (any, error) {
	switch value := value.(type) {
	case []any:
		resolved := make([]any, len(value))
		for i, element := range value {
			var err error
			if resolved[i], err = r.value(t, element); err != nil {
				return nil, err
			}
		}
		return resolved, nil
	case map[string]any:
		if len(value) == 1 {
			for key, argument := range value {
				if key == "Ref" || strings.HasPrefix(key, "Fn::") {
					return r.function(t, key, argument)
				}
			}
		}
		resolved := make(map[string]any, len(value))
		for key, element := range value {
			var err error
			if resolved[key], err = r.value(t, element); err != nil {
				return nil, err
			}
		}
		return resolved, nil
	default:
		return value, nil
	}
}

func (r *resolver) function(t *template, name string, argument any) (any, error) {
	switch name {
	case "Ref":
		return t.ref(argument)
	case "Fn::GetAtt":
		return t.attribute(argument)
	case "Fn::GetStackOutput":
		return r.stackOutput(argument)
	case "Fn::ImportValue":
		return r.imported(argument)
	case "Fn::Join":
		return r.join(t, argument)
	case "Fn::Select", "Fn::Split":
		resolved, err := r.value(t, argument)
		return map[string]any{name: resolved}, err
	default:
		return nil, fmt.Errorf("%s is not compared", name)
	}
}

func (t *template) ref(argument any) (any, error) {
	id, _ := argument.(string)
	switch {
	case id == "AWS::Region" && t.region != "" && t.region != "unknown-region":
		return t.region, nil // the stack is for one Region, so the two are the same
	case strings.HasPrefix(id, "AWS::"):
		return map[string]any{"Ref": id}, nil
	case t.resources[id] == nil:
		return nil, fmt.Errorf("references %v, which is not a resource", argument)
	}
	return &reference{t.resources[id], refOf(t.resources[id].kind)}, nil
}

func (t *template) attribute(argument any) (any, error) {
	var id, attribute string
	switch argument := argument.(type) {
	case string:
		id, attribute, _ = strings.Cut(argument, ".")
	case []any:
		if len(argument) == 2 {
			id, _ = argument[0].(string)
			attribute, _ = argument[1].(string)
		}
	}
	if t.resources[id] == nil || attribute == "" {
		return nil, fmt.Errorf("references %v, which is not an attribute of a resource", argument)
	}
	return &reference{t.resources[id], attribute}, nil
}

// stackOutput follows a reference to an output of another stack: only the value of the output counts.
func (r *resolver) stackOutput(argument any) (any, error) {
	arguments, _ := argument.(map[string]any)
	stack, _ := arguments["StackName"].(string)
	output, _ := arguments["OutputName"].(string)
	t := r.templates[stack]
	if t == nil || t.outputs[output] == nil {
		return nil, fmt.Errorf("references output %q of stack %q, which does not exist", output, stack)
	}
	return r.value(t, t.outputs[output]["Value"])
}

func (r *resolver) imported(argument any) (any, error) {
	for _, t := range r.templates {
		for _, output := range t.outputs {
			export, _ := output["Export"].(map[string]any)
			if export["Name"] == argument {
				return r.value(t, output["Value"])
			}
		}
	}
	return nil, fmt.Errorf("imports %v, which no stack exports", argument)
}

// join flattens a text into its parts, so it does not matter how the text was put together.
func (r *resolver) join(t *template, argument any) (any, error) {
	arguments, _ := argument.([]any)
	if len(arguments) != 2 {
		return nil, fmt.Errorf("Fn::Join of %v", argument)
	}
	separator, isText := arguments[0].(string)
	parts, isList := arguments[1].([]any)
	if !isText || !isList {
		return nil, fmt.Errorf("Fn::Join of %v", argument)
	}
	var flat []any
	for i, part := range parts {
		resolved, err := r.value(t, part)
		if err != nil {
			return nil, err
		}
		if i > 0 && separator != "" {
			flat = appendText(flat, separator)
		}
		flat = appendText(flat, resolved)
	}
	if len(flat) == 1 {
		return flat[0], nil
	}
	return map[string]any{"Fn::Join": []any{"", flat}}, nil
}

// appendText appends a part of a text, joined to the one before if both are literal.
func appendText(parts []any, part any) []any {
	text, ok := part.(string)
	if ok && len(parts) > 0 {
		if before, ok := parts[len(parts)-1].(string); ok {
			parts[len(parts)-1] = before + text
			return parts
		}
	}
	return append(slices.Clip(parts), part)
}
