package assembly

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const nestedType = "AWS::CloudFormation::Stack"

// addNested adds the nested stacks of a stack, as far as their templates are available.
func (l *loader) addNested(s *Stack, from source) error {
	for _, r := range s.resources {
		if r.Type != nestedType {
			continue
		}
		file, err := s.nestedFile(r, from)
		if err != nil {
			return err
		}
		if file == "" {
			continue
		}
		for up := s; up != nil; up = up.Parent {
			if up.File == file {
				return fmt.Errorf("%s: Resources.%s: a nested stack contains itself", s.File, r.ID)
			}
		}
		child := &Stack{
			Name: s.Name + "/" + r.ID, File: file, Account: s.Account, Region: s.Region,
			Parent: s, origin: r, given: s.given,
		}
		if s.nested == nil {
			s.nested = map[string]*Stack{}
		}
		s.nested[r.ID] = child
		if err := l.add(child, from); err != nil {
			return err
		}
	}
	return nil
}

// nestedFile returns the template of a nested stack: the asset in the CDK metadata, or the local file in a hand-written
// template; empty if the template is stored elsewhere.
func (s *Stack) nestedFile(r *Resource, from source) (string, error) {
	v := s.template.resources.field(r.ID)
	path := v.field("Metadata").field("aws:asset:path")
	asset := path.isText()
	if !asset {
		path = v.field("Properties").field("TemplateURL")
		if !path.isText() || strings.Contains(path.text, ":") {
			return "", nil
		}
	}
	file := filepath.Join(filepath.Dir(s.File), path.text)
	below, err := filepath.Rel(from.root, file)
	if err != nil || filepath.IsAbs(path.text) || !filepath.IsLocal(below) {
		return "", fmt.Errorf("%s: Resources.%s: the template %q is outside of %s", s.File, r.ID, path.text, from.root)
	}
	if _, err := os.Stat(file); err != nil && (!asset || !from.strict) {
		return "", nil
	}
	return file, nil
}

// nestedOutput resolves Fn::GetAtt of an output of a nested stack.
func (s *scope) nestedOutput(r *Resource, name string) *value {
	child := s.stack.nested[r.ID]
	if child == nil {
		what := "the template of the nested stack " + r.String()
		return unknown("the output "+name+" is unknown: "+what+" is not loaded", byTemplate(what))
	}
	if child.outputs[name] == nil {
		return s.fail("refers to the output %s, which %s does not have", name, child.File)
	}
	return s.imported(export{child, name})
}
