package assembly

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/constructpath"
)

// template is a parsed template file. Several stacks can share one.
type template struct {
	parsing    *parsing
	transforms []string
	parameters *value
	mappings   *value
	conditions *value
	outputs    *value
	resources  *value
}

// readTemplate reads a template file, which must be inside of root.
func (l *loader) readTemplate(file, root string) (*template, error) {
	p, err := l.files.parse(file, root)
	if err != nil {
		return nil, err
	}
	t := l.templates[p]
	if t == nil {
		if t, err = newTemplate(p); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		l.templates[p] = t
	}
	l.resolver.maxSteps += stepsPerValue * p.count
	l.resolver.maxText += textPerByte * p.size
	return t, nil
}

// sections are the keys of a template. A file with another key and without Resources is not a template.
var sections = []string{
	"AWSTemplateFormatVersion", "Conditions", "Description", "Hooks", "Mappings", "Metadata", "Outputs", "Parameters", "Resources",
	"Rules", "Transform",
}

func newTemplate(p *parsing) (*template, error) {
	root := p.root
	t := &template{parsing: p, resources: root.field("Resources")}
	switch {
	case !root.is(Map), t.resources != nil && !t.resources.is(Map), t.resources == nil && !onlySections(root):
		return nil, errors.New("not a template: no Resources object")
	case t.resources == nil:
		t.resources = &value{kind: uint8(Map), fields: &fields{}}
	}
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

func onlySections(root *value) bool {
	for _, key := range root.fields.keys {
		if !slices.Contains(sections, key) {
			return false
		}
	}
	return true
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
	case id == "Fn::Transform":
		s.leaveOut(Unread{ID: id, Kind: UnreadTransform, Why: "CloudFormation adds its result during deployment", Settle: s.processed()})
		return nil
	case strings.HasPrefix(id, loopPrefix):
		s.leaveOut(Unread{ID: id, Kind: UnreadLoop, Why: "it is not expanded", Settle: s.processed()})
		return nil
	case strings.HasPrefix(id, "Fn::"):
		sc.fail("%s cannot define resources", id)
		return nil
	case !v.is(Map) || !v.field("Type").isText() || v.field("Type").text == "":
		sc.fail("a resource must be an object with a Type")
		return nil
	}
	res := &Resource{Stack: s, ID: id, Type: v.field("Type").text}
	switch {
	case strings.HasSuffix(res.Type, "::MODULE"):
		s.leaveOut(Unread{ID: id, Kind: UnreadModule, Why: "CloudFormation replaces it by the resources of " + short(res.Type), Settle: s.processed()})
	case res.Type == "AWS::CloudFormation::StackSet":
		s.leaveOut(Unread{ID: id, Kind: UnreadStackSet, Why: "its stacks are not loaded", Settle: byTemplate("the templates of the stack set " + res.String())})
	}
	if path := v.field("Metadata").field("aws:cdk:path"); path.isText() {
		res.ConstructPath = constructpath.Trim(path.text)
	}
	return res
}
