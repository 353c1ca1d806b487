package casetest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.yaml.in/yaml/v3"
)

// Stacks are the stacks of a case, with its edits.
type Stacks struct {
	stacks map[string]*Stack
	docs   map[string]map[string]any // the templates that were edited

	contracts map[string]map[string]any // by file name
}

// Load reads the templates of a case and applies its edits, and then more.
func (c *Case) Load(t testing.TB, more ...Edit) *Stacks {
	t.Helper()
	s, err := c.load(more)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (c *Case) load(more []Edit) (*Stacks, error) {
	s := &Stacks{stacks: map[string]*Stack{}, docs: map[string]map[string]any{}, contracts: c.Contracts}
	for key, stack := range c.base.Stacks {
		clone := *stack
		clone.Parameters = maps.Clone(stack.Parameters)
		s.stacks[key] = &clone
	}
	if err := s.override(c); err != nil {
		return nil, err
	}
	edits := []Edit{c.base.Edit}
	for _, name := range c.With {
		edit, ok := c.base.Edits[name]
		if !ok {
			return nil, fmt.Errorf("there is no edit %q", name)
		}
		edits = append(edits, edit)
	}
	for _, edit := range slices.Concat(edits, []Edit{c.Edit}, more) {
		for _, change := range edit {
			doc, err := s.doc(change.stack)
			if err == nil {
				err = change.apply(doc)
			}
			if err != nil {
				return nil, err
			}
		}
	}
	return s, nil
}

// override changes, adds and removes stacks, and gives them parameters.
func (s *Stacks) override(c *Case) error {
	for key, node := range c.Stacks {
		if node.ShortTag() == "!!null" {
			delete(s.stacks, key)
			continue
		}
		if s.stacks[key] == nil {
			s.stacks[key] = &Stack{}
		}
		if err := decodeNode(&node, s.stacks[key]); err != nil {
			return err
		}
	}
	for _, stack := range s.stacks {
		stack.Account, stack.Region = cmp.Or(stack.Account, c.base.Account), cmp.Or(stack.Region, c.base.Region)
	}
	for name, value := range c.Parameters {
		key, parameter, _ := strings.Cut(name, ".")
		stack := s.stacks[key]
		if stack == nil {
			return fmt.Errorf("there is no stack for the parameter %s", name)
		}
		if stack.Parameters == nil {
			stack.Parameters = map[string]string{}
		}
		stack.Parameters[parameter] = value
	}
	return nil
}

// Keys returns the keys of the stacks, sorted.
func (s *Stacks) Keys() []string { return slices.Sorted(maps.Keys(s.stacks)) }

// Doc returns the template of a stack, which the caller may edit.
func (s *Stacks) Doc(t testing.TB, key string) map[string]any {
	t.Helper()
	doc, err := s.doc(key)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func (s *Stacks) doc(key string) (map[string]any, error) {
	if s.docs[key] != nil {
		return s.docs[key], nil
	}
	stack := s.stacks[key]
	if stack == nil {
		return nil, fmt.Errorf("there is no stack %s", key)
	}
	doc, err := template(stack.Template, stack.Names)
	s.docs[key] = doc
	return doc, err
}

// Write writes the templates that were edited into a directory, and returns all stacks with their files.
func (s *Stacks) Write(t testing.TB, dir string, encode func(any) ([]byte, error)) []Stack {
	t.Helper()
	var written []Stack
	for _, key := range s.Keys() {
		stack := *s.stacks[key]
		if stack.Name == "" {
			stack.Name = key
		}
		if doc := s.docs[key]; doc != nil {
			data, err := encode(doc)
			if err != nil {
				t.Fatal(err)
			}
			stack.Template = filepath.Join(dir, key+".json")
			if err := os.WriteFile(stack.Template, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		written = append(written, stack)
	}
	for _, name := range slices.Sorted(maps.Keys(s.contracts)) {
		data, err := json.Marshal(s.contracts[name])
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		written = append(written, Stack{Contract: file})
	}
	return written
}

var templates sync.Map // by file and names

// template returns a copy of a template, which the caller may edit.
func template(file string, names map[string]string) (map[string]any, error) {
	key := fmt.Sprint(file, names)
	if doc, ok := templates.Load(key); ok {
		return copyOf(doc).(map[string]any), nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var node yaml.Node
	if err := yaml.Unmarshal(text, &node); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	value, err := valueOf(node.Content[0])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	doc, err := renamed(value.(map[string]any), names)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	templates.Store(key, doc)
	return copyOf(doc).(map[string]any), nil
}

// renamed replaces logical IDs that end in a hash of the CDK with readable ones.
func renamed(doc map[string]any, names map[string]string) (map[string]any, error) {
	if len(names) == 0 {
		return doc, nil
	}
	text, err := json.Marshal(doc)
	if err != nil {
		return nil, err
	}
	resources, _ := doc["Resources"].(map[string]any)
	for name, readable := range names {
		pattern := regexp.MustCompile("^" + readable + `([0-9A-F]{8}\d+)?[0-9A-F]{8}$`)
		var found []string
		for id := range resources {
			if pattern.MatchString(id) {
				found = append(found, id)
			}
		}
		if len(found) != 1 {
			return nil, fmt.Errorf("%s: %d logical IDs are %s and a hash: %v", name, len(found), readable, found)
		}
		text = regexp.MustCompile(`\b`+found[0]+`\b`).ReplaceAll(text, []byte(name))
	}
	var result map[string]any
	return result, json.Unmarshal(text, &result)
}
