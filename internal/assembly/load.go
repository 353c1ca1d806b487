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
	// Dir is a cloud assembly: a directory with a manifest.json. Those of its stages are read too.
	Dir string

	// Template is a template file, JSON or YAML.
	Template string

	// Name is the name of the stack of Template.
	//
	// Default: the name of the file without .template.json, .template.yaml, .json, .yaml or .yml.
	Name string

	// Account is the account of Template; empty if it is not known.
	Account string

	// Region is the Region of Template; empty if it is not known.
	Region string

	// Parameters are the values given to parameters, by "Name" or by "Stack.Name". A value "@Stack.Output" is the
	// output of another stack that is loaded; "@@x" is the text "@x". A parameter that reads Parameter Store is given
	// what is there, not the name of the entry. Nested stacks get theirs from their parent. What no stack of this input
	// has is for the stacks of the other inputs, unless these are given it too.
	Parameters map[string]string
}

// loader collects the stacks of all inputs.
type loader struct {
	assembly  *Assembly
	resolver  *resolver
	templates map[string]*template
	had       map[string]bool // keys of the parameters that the stacks of the input have
	readFile  func(file string) ([]byte, error)
}

// Load reads inputs and resolves references across all of them.
//
// Its errors name the file, the logical ID and the property. It fails for what CloudFormation would refuse, as far
// as that stops values from being resolved, and for templates whose size is beyond all reason.
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
		return nil, errors.New("give a cloud assembly or a template")
	}
	for _, in := range inputs {
		l.had = map[string]bool{}
		if err := l.load(in); err != nil {
			return nil, err
		}
		if err := l.keep(in.Parameters); err != nil {
			return nil, err
		}
	}
	if err := l.checkTwice(); err != nil {
		return nil, err
	}
	a.index()
	l.resolver.run()
	if err := l.resolver.err(); err != nil {
		return nil, err
	}
	return a, l.checkGiven()
}

func (l *loader) load(in Input) error {
	switch {
	case in.Dir != "" && in.Template != "":
		return fmt.Errorf("%s, %s: an input is a cloud assembly or a template, not both", in.Dir, in.Template)
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
	return errors.New("an input is a cloud assembly or a template")
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

// source says where the templates of nested stacks may lie, and whether they must be there.
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
			l.had[key] = true
		}
	})
	return l.addNested(s, from)
}

// checkTwice refuses a stack that is there twice: its resources would seem to be different ones.
func (l *loader) checkTwice() error {
	type id struct{ name, account, region string }
	files := map[id]string{}
	for _, s := range l.assembly.Stacks {
		key := id{s.Name, s.Account, s.Region}
		if file, ok := files[key]; ok {
			return fmt.Errorf("%s: the stack %s is loaded twice, from %s too", s.File, s.Name, file)
		}
		files[key] = s.File
	}
	return nil
}

// keep keeps the given parameters that no stack of their input has for the stacks of the others.
func (l *loader) keep(given map[string]string) error {
	var errs []error
	for key, text := range given {
		if l.had[key] {
			continue
		}
		if before, ok := l.resolver.elsewhere[key]; ok && before != text {
			errs = append(errs, fmt.Errorf("the parameter %s is given twice, as %s and as %s", key, short(before), short(text)))
		}
		l.resolver.elsewhere[key] = text
	}
	return sorted(errs)
}

// checkGiven refuses values for parameters that no stack has: a typing error would leave the parameter unknown.
func (l *loader) checkGiven() error {
	unused := maps.Clone(l.resolver.elsewhere)
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

// sorted joins errors in an order that does not change from run to run.
func sorted(errs []error) error {
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(errs...)
}
