package assembly

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

const nestedType = "AWS::CloudFormation::Stack"

// nestedTypes are the types of nested stacks, with the property that has the template. The macro
// AWS::Serverless-2016-10-31 replaces an application by a nested stack.
var nestedTypes = map[string]string{
	nestedType:                     "TemplateURL",
	"AWS::Serverless::Application": "Location",
}

// addNested adds the nested stacks of a stack, as far as their templates are available.
func (l *loader) addNested(s *Stack, from *source) error {
	type child struct {
		stack *Stack
		from  *source
	}
	var children []child
	for _, r := range s.resources {
		if nestedTypes[r.Type] == "" {
			continue
		}
		file, below, why, err := l.findNested(r, from)
		if err != nil {
			return fmt.Errorf("%s: Resources.%s: %w", s.File, r.ID, err)
		}
		if why != "" {
			s.leaveOut(Unread{ID: r.ID, Kind: UnreadNestedStack, Why: why, Settle: r.nestedTemplate()})
			continue
		}
		nested := &Stack{
			Name: r.String(), File: file, Account: s.Account, Region: s.Region, Parent: s, origin: r, given: s.given, lookups: s.lookups,
		}
		l.files.bytes += len(nested.Name)
		l.files.prefetch(file, below.rootOf(file))
		children = append(children, child{nested, below})
	}
	slices.SortFunc(s.unread, func(a, b Unread) int { return strings.Compare(a.ID, b.ID) })
	for _, c := range children {
		if s.nested == nil {
			s.nested = map[string]*Stack{}
		}
		s.nested[c.stack.origin.ID] = c.stack
		if err := l.add(c.stack, c.from); err != nil {
			return err
		}
	}
	return nil
}

// findNested returns the template of a nested stack and where the templates nested in it may be, or why there is none.
func (l *loader) findNested(r *Resource, from *source) (file string, below *source, why string, err error) {
	if file, err := l.givenTemplate(r, from.input); file != "" || err != nil {
		return file, sourceOf(from.input, file), "", err
	}
	v := r.Stack.template.resources.field(r.ID)
	url := v.field("Properties").field(nestedTypes[r.Type])
	missing := ""
	for _, path := range []*value{v.field("Metadata").field("aws:asset:path"), url} {
		if !path.isText() || strings.Contains(path.text, ":") {
			continue
		}
		file, err := r.Stack.fileBelow(path.text, from)
		switch {
		case err != nil && path == url: // a template written by hand may be anywhere, but only the caller may say so
			return "", nil, err.Error(), nil
		case err != nil:
			return "", nil, "", err
		}
		if l.files.exists(file) {
			return file, from, "", nil
		}
		missing = file
	}
	file, err = l.assetFile(from, url)
	switch {
	case err != nil:
		return "", nil, "", err
	case file != "" && l.files.exists(file):
		return file, from, "", nil
	case file != "":
		missing = file
	}
	if missing != "" {
		return "", nil, "its template " + missing + " does not exist", nil
	}
	return "", nil, whereIs(url), nil
}

// fileBelow returns the path of a file by its path in a template. The file must be inside of the directory of the input.
func (s *Stack) fileBelow(path string, from *source) (string, error) {
	file := filepath.Join(filepath.Dir(s.File), path)
	below, err := filepath.Rel(from.root, file)
	if err != nil || filepath.IsAbs(path) || !filepath.IsLocal(below) {
		return "", fmt.Errorf("its template %q is outside of %s", path, from.root)
	}
	return file, nil
}

// givenTemplate returns the template that the caller names for a nested stack; empty if there is none.
func (l *loader) givenTemplate(r *Resource, in Input) (string, error) {
	for _, key := range []string{r.String(), r.ID} {
		if file := in.Nested[key]; file != "" {
			l.placed[key] = true
			return file, nil
		}
	}
	for _, key := range []string{r.String(), r.ID} {
		found := ""
		for _, other := range l.inputs {
			file := other.Nested[key]
			if file != "" && found != "" && file != found {
				return "", fmt.Errorf("two templates are given for it, %s and %s", found, file)
			}
			found = max(found, file)
		}
		if found != "" {
			l.placed[key] = true
			return found, nil
		}
	}
	for _, key := range []string{r.String(), r.ID} {
		if file := l.shared.Nested[key]; file != "" {
			l.placed[key] = true
			return file, nil
		}
	}
	return "", nil
}

// checkNested rejects templates for nested stacks that no stack has: with a typing error, the stack would not be read.
func (l *loader) checkNested() error {
	var errs []error
	for _, in := range l.inputs {
		for key := range in.Nested {
			if !l.placed[key] {
				l.placed[key] = true
				errs = append(errs, fmt.Errorf("a template is given for the nested stack %s, but no stack has it", key))
			}
		}
	}
	return sorted(errs)
}

// nestedTemplate is a settlement by the template of a nested stack.
func (r *Resource) nestedTemplate() Settlement { return Settlement{ByNestedTemplate, r.String()} }

// nestedOutput resolves Fn::GetAtt of an output of a nested stack.
func (s *scope) nestedOutput(r *Resource, name string) *value {
	child := s.stack.nested[r.ID]
	switch {
	case child == nil:
		return unknown("the output "+name+" is unknown: the template of the nested stack "+r.String()+" is not loaded", r.nestedTemplate())
	case child.outputs[name] != nil:
		return s.imported(export{child, name})
	case child.addsMore() != "":
		return unknown(child.addsMore()+" decides whether stack "+child.Name+" has the output "+short(name), child.processed())
	}
	return s.fail("refers to the output %s, which %s does not have", name, child.File)
}
