package assembly

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// template is a parsed template file. Several nested stacks can share one.
type template struct {
	file       string
	transforms []string
	parameters *value
	mappings   *value
	conditions *value
	outputs    *value
	resources  *value
}

// readTemplate reads a template file. It reads each file once.
func (l *loader) readTemplate(file string) (*template, error) {
	if t := l.templates[file]; t != nil {
		return t, nil
	}
	root, err := l.read(file)
	if err != nil {
		return nil, err
	}
	t, err := newTemplate(file, root)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	l.templates[file] = t
	return t, nil
}

// read parses a JSON or YAML file.
func (l *loader) read(file string) (*value, error) {
	data, err := l.readFile(file)
	if err != nil {
		return nil, err
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(data) {
		return nil, fmt.Errorf("%s: not UTF-8", file)
	}
	parse := parseYAML
	if isJSON(file, data) {
		parse = parseJSON
	}
	v, count, err := parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	l.resolver.maxSteps += stepsPerValue * count
	l.resolver.maxText += textPerByte * len(data)
	return v, nil
}

// isJSON tells JSON from YAML. Text that begins with a brace is JSON, except in YAML files where it is flow style that
// JSON does not allow.
func isJSON(file string, data []byte) bool {
	switch ext := filepath.Ext(file); {
	case ext == ".json":
		return true
	case !bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("{")):
		return false
	case ext == ".yaml" || ext == ".yml":
		_, _, err := parseJSON(data)
		return err == nil
	}
	return true
}

// readFile reads a regular file of limited size.
func readFile(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fileError(file, err)
	}
	defer f.Close() //nolint:errcheck // it is only read
	info, err := f.Stat()
	if err != nil {
		return nil, fileError(file, err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: not a regular file", file)
	}
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, fileError(file, err)
	}
	if len(data) > maxFile {
		return nil, fmt.Errorf("%s: larger than %d MiB", file, maxFile>>20)
	}
	return data, nil
}

// fileError returns an error that starts with the file name, as all errors of this package do, and has it only once.
func fileError(file string, err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("%s: %w", file, err)
}

func newTemplate(file string, root *value) (*template, error) {
	if !root.is(Map) || !root.field("Resources").is(Map) {
		return nil, errors.New("not a template: no Resources object")
	}
	t := &template{file: file, resources: root.field("Resources")}
	for _, section := range []struct {
		name string
		into **value
	}{
		{"Parameters", &t.parameters},
		{"Mappings", &t.mappings},
		{"Conditions", &t.conditions},
		{"Outputs", &t.outputs},
	} {
		v := root.field(section.name)
		if v != nil && !v.is(Map) {
			return nil, fmt.Errorf("%s: must be an object", section.name)
		}
		*section.into = v
	}
	t.transforms = transforms(root.field("Transform"))
	return t, nil
}

// transforms returns the names of the macros of a template.
func transforms(v *value) []string {
	switch v.Kind() {
	case Literal:
		return []string{v.text}
	case Map:
		if name := v.field("Name"); name.is(Literal) {
			return []string{name.text}
		}
		return []string{"a macro"}
	case List:
		var names []string
		for _, item := range v.items {
			if !item.is(List) {
				names = append(names, transforms(item)...)
			}
		}
		return names
	}
	return nil
}

// each calls f for every key of a map, in order. A nil map has no keys.
func (v *value) each(f func(key string, v *value)) {
	if !v.is(Map) {
		return
	}
	for i, key := range v.fields.keys {
		f(key, v.items[i])
	}
}

// define creates the resources of a stack from its template. Their properties are resolved later.
func (s *Stack) define(r *resolver) {
	t := s.template
	s.Transforms = slices.Clone(t.transforms)
	s.byID = make(map[string]*Resource, len(t.resources.items))
	t.resources.each(func(id string, v *value) {
		if res := newResource(r, s, id, v); res != nil {
			s.byID[id] = res
			s.resources = append(s.resources, res)
		}
	})
	slices.SortFunc(s.resources, func(a, b *Resource) int { return strings.Compare(a.ID, b.ID) })
	t.parameters.each(func(name string, v *value) {
		sc := s.scope(r, "Parameters", name)
		if s.byID[name] != nil {
			sc.fail("a resource has the same logical ID")
		}
		if !v.field("Type").isText() {
			sc.fail("a parameter must be an object with a Type")
		}
	})
}

func newResource(r *resolver, s *Stack, id string, v *value) *Resource {
	sc := s.scope(r, "Resources", id)
	switch {
	case !r.step():
		return nil
	case strings.HasPrefix(id, "Fn::"):
		sc.fail("%s is not expanded; load the processed template", id)
		return nil
	case !v.is(Map) || !v.field("Type").isText() || v.field("Type").text == "":
		sc.fail("a resource must be an object with a Type")
		return nil
	}
	res := &Resource{Stack: s, ID: id, Type: v.field("Type").text}
	if path := v.field("Metadata").field("aws:cdk:path"); path.isText() {
		trimmed, ok := strings.CutSuffix(path.text, "/Resource")
		if !ok {
			trimmed = strings.TrimSuffix(path.text, "/Default")
		}
		res.ConstructPath = trimmed
	}
	return res
}
