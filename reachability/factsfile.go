package reachability

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/limit"
)

// FactsFileName is the file with facts that the command reads by default.
const FactsFileName = "privateapi.facts.json"

// maxFactsFile is the size of the largest facts file.
const maxFactsFile = 1 << 20

// FactsFile is what a facts file has: the facts of a question, and what inputs need. The command, a test and
// ProveReachability read the same file; docs/privateapi.facts.schema.json is its JSON schema.
type FactsFile struct {
	// Facts are the facts of a question.
	Facts Facts
	// Parameters are values of parameters, as in [Input].
	Parameters map[string]string
	// Nested are template files of nested stacks, as in [Input]. The file has paths that are relative to it.
	Nested map[string]string
	// Contracts are files of contracts, as in [Input]. The file has paths that are relative to it.
	Contracts []string
}

// LoadFacts reads a facts file. It refuses fields that it does not know: with a typing error, a fact would be lost. A value
// that is null is not given, and nor is an assumption without reason and date.
func LoadFacts(file string) (*FactsFile, error) {
	form, err := readFactsForm(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return form.facts(filepath.Dir(file)), nil
}

// readFactsForm reads a facts file as it is written.
func readFactsForm(file string) (*factsForm, error) {
	text, err := limit.ReadFile(file, maxFactsFile)
	if err != nil {
		return nil, err
	}
	var form factsForm
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&form); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one JSON value")
	}
	return &form, form.validate()
}

// Load is [Load] with the parameters, the nested templates and the contracts of the file. Those that an input has come first.
//
// Several repositories can share one file: values for stacks that are not loaded are ignored, and a notice of the report
// lists them, since a misspelt stack is such a stack. A parameter that is bound to the output of a stack that is not loaded
// is unknown. What a loaded stack has no use for is an error.
func (f *FactsFile) Load(inputs ...Input) (*Model, error) { return f.LoadWithin(Limits{}, inputs...) }

// LoadWithin is like Load, with other limits.
func (f *FactsFile) LoadWithin(limits Limits, inputs ...Input) (*Model, error) {
	for _, file := range f.Contracts {
		inputs = append(slices.Clip(inputs), Contract(file))
	}
	return load(limits, assembly.Shared{Parameters: f.Parameters, Nested: f.Nested}, inputs)
}
