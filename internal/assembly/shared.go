package assembly

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Shared are values of a file that several repositories share, so that not all of the stacks in it have to be loaded.
type Shared struct {
	// Parameters are like [Input.Parameters], which come first. If the output in a value "@Stack.Output" is of a stack that
	// is not loaded, the parameter is unknown.
	Parameters map[string]string

	// Nested are like [Input.Nested], which come first.
	Nested map[string]string

	// Stored are entries of Parameter Store, by [StoredKey]. What templates define comes first.
	Stored map[string]string
}

// NotLoaded is a value of [Shared] for a stack that is not loaded.
type NotLoaded struct {
	// Key is the key of the value.
	Key string

	// Similar is the key of a parameter of that name that nobody gave, in a stack that is loaded; empty if there is none. The
	// stack in Key may be a typing error.
	Similar string
}

// checkShared lists the values for stacks that are not loaded. It rejects those that a loaded stack has no use for: with a
// typing error, the value would be unknown.
func (l *loader) checkShared() error {
	used, names := map[string]bool{}, map[string]bool{}
	similar := map[string]string{} // by parameter
	for _, s := range l.assembly.Stacks {
		names[s.Name] = true
		s.template.parameters.each(func(name string, _ *value) {
			_, isGiven := s.scope(l.resolver, "Parameters", name).givenText(name)
			for _, key := range s.keys(name) {
				used[key] = true
			}
			if !isGiven && s.Parent == nil && similar[name] == "" {
				similar[name] = s.Name + "." + name
			}
		})
	}
	var errs []error
	for _, key := range slices.Sorted(maps.Keys(l.shared.Parameters)) {
		stack := beforeLast(key, ".")
		switch {
		case used[key]:
		case names[stack]:
			errs = append(errs, fmt.Errorf("the parameter %s is given, but no stack has it", key))
		default:
			name := strings.TrimPrefix(key, stack+".")
			l.assembly.NotLoaded = append(l.assembly.NotLoaded, NotLoaded{key, similar[name]})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(l.shared.Nested)) {
		stack := beforeLast(key, "/")
		switch {
		case l.placed[key]:
		case names[stack]:
			errs = append(errs, fmt.Errorf("a template is given for the nested stack %s, but no stack has it", key))
		default:
			l.assembly.NotLoaded = append(l.assembly.NotLoaded, NotLoaded{Key: key})
		}
	}
	return sorted(errs)
}

// beforeLast is the text before the last separator; empty if there is none.
func beforeLast(text, separator string) string {
	return text[:max(0, strings.LastIndex(text, separator))]
}
