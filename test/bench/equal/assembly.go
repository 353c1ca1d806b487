// Package equal reports whether two cloud assemblies are equal in substance: the same resources in the same stacks, with
// the same properties and the same references, whatever their logical IDs.
//
// tolerated.go lists the differences that it tolerates, each with its reason. It fails on anything that it does not know.
package equal

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Assembly is what an app synthesised.
type Assembly struct {
	Name      string // of the app, for messages
	defined   int
	resources []*resource // as they are compared: rules of security groups are resources
}

// Resources returns how many resources the templates of an assembly have.
func (a *Assembly) Resources() int { return a.defined }

type resource struct {
	stack, id, kind string
	value           any  // attributes and properties, references as *reference
	inside          bool // whether it is a rule inside a security group, which nothing can reference
}

// reference refers to an attribute of a resource in any stack. For Ref, the attribute is "Ref".
type reference struct {
	to        *resource
	attribute string
}

// template is a file of a cloud assembly.
type template struct {
	name, region string
	sections     map[string]json.RawMessage
	entries      map[string]map[string]any
	outputs      map[string]map[string]any
	resources    map[string]*resource
}

// Load reads the cloud assembly in a directory.
func Load(name, dir string) (*Assembly, error) {
	templates, err := readTemplates(dir)
	if err != nil {
		return nil, err
	}
	a := &Assembly{Name: name}
	for _, t := range templates {
		for id, entry := range t.entries {
			kind, _ := entry["Type"].(string)
			t.resources[id] = &resource{stack: t.name, id: id, kind: kind}
		}
	}
	r := &resolver{templates: templates}
	for _, name := range slices.Sorted(maps.Keys(templates)) {
		t := templates[name]
		for _, id := range slices.Sorted(maps.Keys(t.resources)) {
			if err := r.resource(t, t.resources[id], t.entries[id]); err != nil {
				return nil, fmt.Errorf("%s: %s: %s: %w", a.Name, t.name, id, err)
			}
			a.resources = append(a.resources, t.resources[id])
		}
	}
	if a.defined = len(a.resources); a.defined == 0 {
		return nil, fmt.Errorf("%s: no resources in %s", name, dir)
	}
	if err := a.liftRules(); err != nil {
		return nil, err
	}
	return a, nil
}

// readTemplates reads the stacks that the manifest of an assembly names.
func readTemplates(dir string) (map[string]*template, error) {
	manifest := struct {
		Artifacts map[string]struct {
			Type, Environment string
			Properties        struct{ TemplateFile, StackName string }
		}
	}{}
	if err := readJSON(filepath.Join(dir, "manifest.json"), &manifest); err != nil {
		return nil, err
	}
	templates := map[string]*template{}
	for id, artifact := range manifest.Artifacts {
		if artifact.Type != "aws:cloudformation:stack" {
			continue
		}
		t := &template{name: id, region: artifact.Environment[strings.LastIndex(artifact.Environment, "/")+1:], resources: map[string]*resource{}}
		if artifact.Properties.StackName != "" {
			t.name = artifact.Properties.StackName
		}
		if err := t.read(filepath.Join(dir, artifact.Properties.TemplateFile)); err != nil {
			return nil, err
		}
		templates[t.name] = t
	}
	return templates, nil
}

func (t *template) read(file string) error {
	if err := readJSON(file, &t.sections); err != nil {
		return err
	}
	for section, content := range t.sections {
		var err error
		switch section {
		case "Resources":
			err = json.Unmarshal(content, &t.entries)
		case "Outputs":
			err = json.Unmarshal(content, &t.outputs)
		case "Parameters", "Rules": // CDK's bootstrap version in all apps: see resolver.ref
		default:
			err = fmt.Errorf("section %s is not compared", section)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}

func readJSON(file string, into any) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(content, into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}
