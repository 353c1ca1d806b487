package assembly

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// Input is one source of stacks. Exactly one of Dir and Template is set.
type Input struct {
	// Dir is a cloud assembly: a directory with a manifest.json. The cloud assemblies of its stages are loaded too.
	Dir string

	// Template is a template file, JSON or YAML.
	Template string

	// Name is the stack name for Template.
	//
	// Default: the file name without .template.json, .template.yaml, .json, .yaml or .yml.
	Name string

	// Account is the account ID for Template; empty if it is not known.
	Account string

	// Region is the Region for Template; empty if it is not known.
	Region string

	// Parameters are values of parameters, by "Name" or "Stack.Name". The value "@Stack.Output" is the output of another
	// stack that is loaded; "@@x" is the text "@x". For a parameter of an SSM parameter type, pass the value stored in
	// Parameter Store, not the name of the entry. Nested stacks get their values from their parent. Values for
	// parameters that no stack of this input has apply to the stacks of the other inputs that do not set them.
	Parameters map[string]string
}

// loader collects the stacks of all inputs.
type loader struct {
	assembly  *Assembly
	resolver  *resolver
	templates map[string]*template
	declared  map[string]bool // keys of the parameters that the stacks of the input declare
	readFile  func(file string) ([]byte, error)
}

// Load reads inputs and resolves references across all of them.
//
// Errors name the file, the logical ID and the property. Load fails for templates that CloudFormation would reject, if
// that keeps values from being resolved, and for templates of excessive size.
func Load(inputs ...Input) (*Assembly, error) { return loadWith(readFile, inputs) }

func loadWith(readFile func(file string) ([]byte, error), inputs []Input) (*Assembly, error) {
	a := &Assembly{}
	l := &loader{
		assembly:  a,
		resolver:  newResolver(a),
		templates: map[string]*template{},
		readFile:  readFile,
	}
	if len(inputs) == 0 {
		return nil, errors.New("no input: load a cloud assembly or a template")
	}
	for _, in := range inputs {
		l.declared = map[string]bool{}
		if err := l.load(in); err != nil {
			return nil, err
		}
		if err := l.keepUnclaimed(in.Parameters); err != nil {
			return nil, err
		}
	}
	if err := l.checkDuplicates(); err != nil {
		return nil, err
	}
	a.index()
	l.resolver.run()
	if err := l.resolver.err(); err != nil {
		return nil, err
	}
	return a, l.checkUnclaimed()
}

func (l *loader) load(in Input) error {
	switch {
	case in.Dir != "" && in.Template != "":
		return fmt.Errorf("%s, %s: an input must be a cloud assembly or a template, not both", in.Dir, in.Template)
	case in.Dir != "":
		return l.loadDir(in, in.Dir, 0)
	case in.Template != "":
		name := in.Name
		if name == "" {
			name = stackName(in.Template)
		}
		return l.add(&Stack{
			Name: name, File: in.Template, Account: in.Account, Region: in.Region, given: in.Parameters,
		}, source{root: filepath.Dir(in.Template)})
	}
	return errors.New("an input must be a cloud assembly or a template")
}

func stackName(file string) string {
	name := filepath.Base(file)
	for _, ext := range []string{".template.json", ".template.yaml", ".template.yml", ".json", ".yaml", ".yml", ".template"} {
		if trimmed, ok := strings.CutSuffix(name, ext); ok && trimmed != "" {
			return trimmed
		}
	}
	return name
}

// source says where the templates of nested stacks may be, and whether they must exist.
type source struct {
	root   string
	strict bool
}

// add adds a stack and then the stacks nested in it.
func (l *loader) add(s *Stack, from source) error {
	if len(l.assembly.Stacks) >= maxStacks {
		return fmt.Errorf("%s: more than %d stacks", s.File, maxStacks)
	}
	t, err := l.readTemplate(s.File)
	if err != nil {
		return err
	}
	s.template = t
	l.assembly.Stacks = append(l.assembly.Stacks, s)
	s.define(l.resolver)
	t.parameters.each(func(name string, _ *value) {
		for _, key := range s.keys(name) {
			l.declared[key] = true
		}
	})
	return l.addNested(s, from)
}

// checkDuplicates rejects a stack that is loaded twice: its resources would appear to be different ones.
func (l *loader) checkDuplicates() error {
	type id struct{ name, account, region string }
	files := map[id]string{}
	for _, s := range l.assembly.Stacks {
		key := id{s.Name, s.Account, s.Region}
		if file, ok := files[key]; ok {
			return fmt.Errorf("%s: stack %s is loaded twice, also from %s", s.File, s.Name, file)
		}
		files[key] = s.File
	}
	return nil
}

// keepUnclaimed keeps the parameters that no stack of their input has, for the stacks of the other inputs.
func (l *loader) keepUnclaimed(given map[string]string) error {
	var errs []error
	for key, text := range given {
		if l.declared[key] {
			continue
		}
		if before, ok := l.resolver.unclaimed[key]; ok && before != text {
			errs = append(errs, fmt.Errorf("the parameter %s has two values, %s and %s", key, short(before), short(text)))
		}
		l.resolver.unclaimed[key] = text
	}
	return sorted(errs)
}

// checkUnclaimed rejects values for parameters that no stack has: with a typing error, the parameter would be unknown.
func (l *loader) checkUnclaimed() error {
	unused := maps.Clone(l.resolver.unclaimed)
	for _, s := range l.assembly.Stacks {
		s.template.parameters.each(func(name string, _ *value) {
			for _, key := range s.keys(name) {
				delete(unused, key)
			}
		})
	}
	var errs []error
	for key := range unused {
		errs = append(errs, fmt.Errorf("the parameter %s is given, but no stack has it", key))
	}
	return sorted(errs)
}

// sorted joins errors in an order that is the same in every run.
func sorted(errs []error) error {
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(errs...)
}
