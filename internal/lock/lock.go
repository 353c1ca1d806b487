package lock

import (
	"bytes"
	"encoding/json"
)

// Version is the version of the form that this package writes and reads.
const Version = 1

// Lock is what consumers hold in place in the stacks of an app.
type Lock struct {
	// Stacks are by name. A name that stands for stacks of several environments is followed by "@" and the environment.
	Stacks map[string]*Stack
}

// Stack is a stack that has resources to be held.
type Stack struct {
	// Environment is ACCOUNT/REGION; empty if the app leaves it open.
	Environment string `json:"environment,omitempty"`
	// Resources are by logical ID.
	Resources map[string]*Resource `json:"resources"`
}

// Resource is a resource to be held.
type Resource struct {
	Type string `json:"type"`
	// Path is the path of its construct, by which people find it.
	Path string `json:"path,omitempty"`
	// Condition is the name of its condition.
	Condition string `json:"condition,omitempty"`
	// Removable says that it can go, but not change: a target group of a route, or what another resource refers to.
	Removable bool `json:"removable,omitempty"`
	// Pinned are the properties whose change replaces the resource, as the template has them; nil if it does not.
	Pinned map[string]any `json:"pinned"`
	// Resolved are the values of those, and of what is kept, that refer to something else than resources of the stack, as far as the templates determine
	// them. Of a list it is the list as JSON.
	Resolved map[string]string `json:"resolved,omitempty"`
	// Kept is what AWS refuses to change, or what consumers rely on, in properties that CloudFormation changes in place.
	Kept map[string]any `json:"kept,omitempty"`
	// Uses are the parameters and conditions of the template that decide pinned values, by "Parameters.Name".
	Uses map[string]any `json:"uses,omitempty"`
}

// document is the form of the file.
type document struct {
	Version int               `json:"version"`
	Stacks  map[string]*Stack `json:"stacks"`
}

// Marshal returns a lock as the file has it: the same text for the same lock, sorted, indented, and with a newline at its end.
func Marshal(l *Lock) []byte {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(document{Version, l.Stacks}); err != nil {
		panic(err) // all of it came from JSON
	}
	return text.Bytes()
}

// Count returns how many resources the lock holds.
func (l *Lock) Count() (resources int) {
	for _, s := range l.Stacks {
		resources += len(s.Resources)
	}
	return resources
}
