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

	// Account is the account ID for Template, and for those stacks of Dir whose manifest does not name one; empty if it is
	// not known. It is an error if a stack of Dir is in another account.
	Account string

	// Region is the Region; like Account.
	Region string

	// Parameters are values of parameters, by "Name" or "Stack.Name". The value "@Stack.Output" is the output of another
	// stack that is loaded; "@@x" is the text "@x". For a parameter of an SSM parameter type, pass the value stored in
	// Parameter Store, not the name of the entry. Nested stacks get their values from their parent. Values for
	// parameters that no stack of this input has apply to the stacks of the other inputs that do not set them.
	Parameters map[string]string

	// Nested are the templates of nested stacks, by "Stack/LogicalID" or by logical ID. They replace templates that are
	// found otherwise. Like Parameters, those that no stack of this input has apply to the stacks of the other inputs.
	Nested map[string]string
}

// loader collects the stacks of all inputs.
type loader struct {
	assembly  *Assembly
	resolver  *resolver
	files     *files
	limits    Limits
	shared    Shared
	inputs    []Input
	templates map[*parsing]*template
	declared  map[string]bool // keys of the parameters that the stacks of the input declare
	dirs      map[string]bool // cloud assemblies that were read, by real path
	placed    map[string]bool // keys of Input.Nested that were used
}

// Load reads inputs and resolves references across all of them.
//
// Errors name the file, the logical ID and the property. Load fails for templates that CloudFormation would reject, if
// that keeps values from being resolved, and for input that exceeds the default [Limits].
func Load(inputs ...Input) (*Assembly, error) { return LoadWithin(Limits{}, inputs...) }

// LoadWith is like [LoadWithin], with values of a shared file.
func LoadWith(limits Limits, shared Shared, inputs ...Input) (*Assembly, error) {
	return loadFrom(localDisk, limits, shared, inputs)
}

// LoadWithin is like [Load], with other limits.
func LoadWithin(limits Limits, inputs ...Input) (*Assembly, error) {
	return loadFrom(localDisk, limits, Shared{}, inputs)
}

func loadFrom(d disk, limits Limits, shared Shared, inputs []Input) (*Assembly, error) {
	limits = limits.withDefaults()
	a := &Assembly{}
	l := &loader{
		assembly: a, resolver: newResolver(a), files: newFiles(d, limits), limits: limits, shared: shared, inputs: inputs,
		templates: map[*parsing]*template{}, dirs: map[string]bool{}, placed: map[string]bool{},
	}
	defer l.files.stop()
	if err := l.run(); err != nil {
		return nil, printableErrors(err)
	}
	return a, nil
}

func (l *loader) run() error {
	if len(l.inputs) == 0 {
		return errors.New("no input: load a cloud assembly or a template")
	}
	for _, in := range l.inputs {
		if in.Template != "" {
			l.files.prefetch(in.Template, "")
		}
	}
	for _, in := range l.inputs {
		l.declared = map[string]bool{}
		if err := l.load(in); err != nil {
			return err
		}
		if err := l.keepUnclaimed(in.Parameters); err != nil {
			return err
		}
	}
	if err := l.checkDuplicates(); err != nil {
		return err
	}
	if err := l.checkNested(); err != nil {
		return err
	}
	l.resolver.shared, l.resolver.given = l.shared.Parameters, l.shared.Stored
	if err := l.checkShared(); err != nil {
		return err
	}
	l.assembly.index()
	l.resolver.run()
	if err := l.resolver.err(); err != nil {
		return err
	}
	l.assembly.listUnread()
	return l.checkUnclaimed()
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
			Name: name, File: in.Template, Account: in.Account, Region: in.Region, given: in.Parameters, lookups: &lookups{},
		}, sourceOf(in, in.Template))
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

// source says where the templates of nested stacks may be.
type source struct {
	root   string // the directory that they must be in
	top    string // the template that the caller named, which may be anywhere
	input  Input
	assets assets
	// lookups of the cloud assembly without an answer; nil if there are none
	lookups *lookups
}

// sourceOf returns where the templates may be that are nested in one that the caller named.
func sourceOf(in Input, template string) *source {
	return &source{root: filepath.Dir(template), top: template, input: in, assets: assetsBeside(template)}
}

// rootOf returns the directory that a template must be in; empty if it may be anywhere.
func (s *source) rootOf(file string) string {
	if file == s.top {
		return ""
	}
	return s.root
}

// add adds a stack and then the stacks nested in it.
func (l *loader) add(s *Stack, from *source) error {
	if err := within(len(l.assembly.Stacks)+1, l.limits.Stacks, "stacks", "Stacks"); err != nil {
		return fmt.Errorf("%s: %w", s.File, err)
	}
	t, err := l.readTemplate(s.File, from.rootOf(s.File))
	if err != nil {
		return err
	}
	for up := s.Parent; up != nil; up = up.Parent {
		if up.template.parsing == t.parsing {
			return fmt.Errorf("%s: Resources.%s: a nested stack contains itself", s.Parent.File, s.origin.ID)
		}
	}
	if s.template, err = l.expand(s, t); err != nil {
		return err
	}
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
