// Package casetest reads test cases from files: templates, an edit of them, and what is wanted of the result. It does not
// know the proof, whose tests make the comparison. reachability/testdata/cases/README.md describes the form of the files.
package casetest

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// File is a file of cases.
type File struct {
	// Name is the path of the file below the directory of all cases, without its extension.
	Name  string
	Cases []*Case

	path string
	text []byte
}

// Base is what the cases of a file have in common. Paths are relative to the directory of the test.
type Base struct {
	// Account and Region are the defaults of stacks.
	Account, Region string
	Stacks          map[string]*Stack
	// Edit is applied before the edits of a case.
	Edit Edit
	// Edits are edits that cases refer to by name.
	Edits map[string]Edit
	// Ask, Facts and Call are the defaults of cases.
	Ask   Question
	Facts Facts
	Call  string
	// Only has the clients that may reach the API.
	Only []string
}

// Stack is a template and where it is deployed.
type Stack struct {
	// Name is the name of the stack. Default: its key.
	Name            string
	Template        string
	Account, Region string
	Parameters      map[string]string
	// Names are readable logical IDs, each with the logical ID of the CDK that it replaces, without its hash.
	Names map[string]string
	// Contract is the file of a contract, which stands in place of a stack.
	Contract string `yaml:"-"`
}

// Question is the call that a case is about. An empty field means all.
type Question struct {
	Client, Domain, Path string
	Port                 int
}

// Facts are what templates do not contain.
type Facts struct {
	Zones, Services, Connections, Verifications map[string]string
	Certificates                                map[string][]string
	ZoneNames                                   map[string][]string `yaml:"zoneNames"`
	PrefixLists                                 map[string][]string `yaml:"prefixLists"`
	LatticePrefixLists                          map[string]string   `yaml:"latticePrefixLists"`
	PublicAddresses                             map[string][]string `yaml:"publicAddresses"`
	Assume                                      []string
}

// or returns the facts, with those of the base where a case has none.
func (f Facts) or(base Facts) Facts {
	for _, pair := range [][2]*map[string]string{
		{&f.Zones, &base.Zones},
		{&f.Services, &base.Services},
		{&f.Connections, &base.Connections},
		{&f.Verifications, &base.Verifications},
		{&f.LatticePrefixLists, &base.LatticePrefixLists},
	} {
		if *pair[0] == nil {
			*pair[0] = *pair[1]
		}
	}
	if f.Certificates == nil {
		f.Certificates = base.Certificates
	}
	if f.ZoneNames == nil {
		f.ZoneNames = base.ZoneNames
	}
	if f.PrefixLists == nil {
		f.PrefixLists = base.PrefixLists
	}
	if f.PublicAddresses == nil {
		f.PublicAddresses = base.PublicAddresses
	}
	if f.Assume == nil {
		f.Assume = base.Assume
	}
	return f
}

// Case is an edit of the base, and what is wanted of it.
type Case struct {
	Name string
	// With has the names of edits of the base or the file. They come before Edit.
	With []string
	Edit Edit
	// Unless has edits on top of the case's own, and Near has edits instead of it. None of them breaks a rule.
	Unless, Near []Edit
	// Stacks change, add or remove stacks of the base. Parameters are by "Stack.Name".
	Stacks     map[string]yaml.Node
	Parameters map[string]string
	// Contracts are contracts by file name.
	Contracts map[string]map[string]any
	Ask       *Question
	Facts     Facts
	Only      []string

	// Outcome is what is wanted of the only answer. If there is not exactly one, Answers has the outcomes.
	Outcome `yaml:",inline"`
	Answers []*Outcome
	// Report is the verdict of the whole report.
	Report string
	// Findings are the findings, and Others everything else that can reach the API and is not in Only; nil if the
	// case does not check them.
	Findings, Others *[]Entry
	// Nothing says why there is no answer, and Inventory has what there is, such as "client Consumer/Client".
	Nothing   *Text
	Inventory []string

	base *Base
}

// Outcome is what is wanted of an answer.
type Outcome struct {
	// Call is the client and what it calls, such as "Consumer/Client calls https://api.company.com/v1/*".
	Call string
	// Want is the verdict and the hop that decides, such as "blocked at record".
	Want string
	// At is the first evidence of that hop, such as "Consumer/Record.Type".
	At string
	// Rule is the rule that is broken, without its prefix. Default: the hop's own.
	Rule string
	// Words are the message of the hop, and Fix is what to do.
	Words, Fix *Text
	// Note is the message of a hop that passes, as "hop: message".
	Note *Text
	// Hops are all hops of the answer.
	Hops []string
	// Blocked are all blocked hops of the answer, such as "record at Consumer/Record.Type".
	Blocked []string
}

// Files reads all files of cases below a directory.
func Files(t testing.TB, dir string) []*File {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*", "*.yaml"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s has no cases: %v", dir, err)
	}
	var files []*File
	for _, path := range paths {
		if filepath.Base(filepath.Dir(path)) == "bases" {
			continue
		}
		f, err := read(path)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		f.Name = strings.TrimSuffix(strings.TrimPrefix(path, dir+string(filepath.Separator)), ".yaml")
		files = append(files, f)
	}
	return files
}

func read(path string) (*File, error) {
	f := &File{path: path}
	var err error
	if f.text, err = os.ReadFile(path); err != nil {
		return nil, err
	}
	var document struct {
		Base  yaml.Node
		Edits map[string]Edit
		Cases []*Case
	}
	if err := decode(f.text, &document); err != nil {
		return nil, err
	}
	base, err := readBase(path, &document.Base)
	if err != nil {
		return nil, err
	}
	for name, edit := range document.Edits {
		base.Edits[name] = edit
	}
	f.Cases = document.Cases
	names := map[string]bool{}
	for _, c := range f.Cases {
		c.complete(base)
		if c.Name == "" || names[c.Name] {
			err = errors.Join(err, fmt.Errorf("%q: a case needs a unique name", c.Name))
		}
		if c.Want == "" && c.Answers == nil && c.Findings == nil && c.Nothing == nil {
			err = errors.Join(err, fmt.Errorf("%q: a case needs want, answers, findings or nothing", c.Name))
		}
		names[c.Name] = true
	}
	return f, err
}

// complete fills in what a case takes from its base.
func (c *Case) complete(base *Base) {
	c.base = base
	c.Facts = c.Facts.or(base.Facts)
	c.Only = slices.Concat(base.Only, c.Only)
	for _, o := range c.Outcomes() {
		o.Call = cmp.Or(o.Call, base.Call)
	}
}

// Outcomes returns what is wanted, in the order of the answers.
func (c *Case) Outcomes() []*Outcome {
	if c.Want != "" {
		return []*Outcome{&c.Outcome}
	}
	return c.Answers
}

// Question returns the case's own question, or else the base's.
func (c *Case) Question() Question {
	if c.Ask != nil {
		return *c.Ask
	}
	return c.base.Ask
}

// AlsoAsksEverything reports whether the case has the question of its base. Such a case is also proven without a question.
func (c *Case) AlsoAsksEverything() bool { return c.Ask == nil && c.base.Ask != Question{} }

// readBase reads the base that a file names or contains.
func readBase(path string, node *yaml.Node) (*Base, error) {
	base := &Base{Edits: map[string]Edit{}}
	if node.Kind != yaml.ScalarNode {
		return base, decodeNode(node, base)
	}
	text, err := os.ReadFile(filepath.Join(filepath.Dir(path), "..", "bases", node.Value+".yaml"))
	if err != nil {
		return nil, err
	}
	return base, decode(text, base)
}

// decode decodes YAML, and rejects unknown fields.
func decode(text []byte, v any) error {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(v); !errors.Is(err, io.EOF) {
		return err
	}
	return errors.New("the file is empty")
}

// decodeNode decodes a part of a file as decode does.
func decodeNode(node *yaml.Node, v any) error {
	text, err := yaml.Marshal(node)
	if err != nil {
		return err
	}
	return decode(text, v)
}

// Instead returns the case with another edit instead of its own.
func (c *Case) Instead(edit Edit) *Case {
	other := *c
	other.With, other.Edit = nil, edit
	return &other
}
