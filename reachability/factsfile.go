package reachability

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
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
}

// Assumption is something that the proof takes as given, and why.
type Assumption struct {
	// ID is one of [Assumptions].
	ID string `json:"id"`
	// Reason says why it holds.
	Reason string `json:"reason"`
	// Date is the day on which somebody last made sure of it, such as "2026-11-28".
	Date string `json:"date"`
}

// factsJSON is the form of the file.
type factsJSON struct {
	Schema string `json:"$schema,omitempty"`
	// ZoneIDs are by account and zone name.
	ZoneIDs       map[string]map[string]string `json:"zoneIds,omitempty"`
	SubnetZoneIDs map[string]string            `json:"subnetZoneIds,omitempty"`
	Parameters    map[string]string            `json:"parameters,omitempty"`
	Nested        map[string]string            `json:"nestedTemplates,omitempty"`
	Services      map[string]string            `json:"services,omitempty"`
	Certificates  map[string][]string          `json:"certificates,omitempty"`
	PrefixLists   map[string][]string          `json:"prefixLists,omitempty"`
	Assumptions   []Assumption                 `json:"assumptions,omitempty"`
}

// LoadFacts reads a facts file. It refuses fields that it does not know: with a typing error, a fact would be lost.
func LoadFacts(file string) (*FactsFile, error) {
	text, err := readFacts(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var from factsJSON
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&from); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: more than one JSON value", file)
	}
	if err := from.validate(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return from.facts(filepath.Dir(file)), nil
}

// Load is [Load] with the parameters and the nested templates of the file. Those that an input has come first.
//
// Several repositories can share one file: values for stacks that are not loaded are ignored, and a notice of the report
// lists them, since a misspelt stack is such a stack. A parameter that is bound to the output of a stack that is not loaded
// is unknown. What a loaded stack has no use for is an error.
func (f *FactsFile) Load(inputs ...Input) (*Model, error) { return f.LoadWithin(Limits{}, inputs...) }

// LoadWithin is like Load, with other limits.
func (f *FactsFile) LoadWithin(limits Limits, inputs ...Input) (*Model, error) {
	return load(limits, assembly.Shared{Parameters: f.Parameters, Nested: f.Nested}, inputs)
}

// readFacts reads a regular file of limited size: a pipe would not end.
func readFacts(file string) ([]byte, error) {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return nil, errors.Unwrap(err)
	case !info.Mode().IsRegular():
		return nil, errors.New("not a regular file")
	case info.Size() > maxFactsFile:
		return nil, fmt.Errorf("larger than %d MiB", maxFactsFile>>20)
	}
	return os.ReadFile(file)
}

// facts are the facts of a file in a directory.
func (f factsJSON) facts(dir string) *FactsFile {
	facts := Facts{ZoneIDs: map[string]string{}, Services: f.Services, Certificates: f.Certificates, PrefixLists: f.PrefixLists}
	for account, zones := range f.ZoneIDs {
		for name, id := range zones {
			facts.ZoneIDs[account+"/"+name] = id
		}
	}
	maps.Copy(facts.ZoneIDs, f.SubnetZoneIDs)
	for _, a := range f.Assumptions {
		facts.Assume = append(facts.Assume, a.ID)
	}
	nested := map[string]string{}
	for id, file := range f.Nested {
		if !filepath.IsAbs(file) {
			file = filepath.Join(dir, file)
		}
		nested[id] = file
	}
	return &FactsFile{Facts: facts, Parameters: f.Parameters, Nested: nested}
}

// validate reports all that is wrong, in an order that is the same in every run.
func (f factsJSON) validate() error {
	var r rules.Report
	for _, account := range slices.Sorted(maps.Keys(f.ZoneIDs)) {
		if !rules.IsAccountID(account) {
			return fmt.Errorf("zoneIds: %q is not an account ID", account)
		}
		for _, name := range slices.Sorted(maps.Keys(f.ZoneIDs[account])) {
			rules.CheckAvailabilityZoneID(&r, fmt.Sprintf("zoneIds.%s.%s", account, name), f.ZoneIDs[account][name])
		}
	}
	for _, subnet := range slices.Sorted(maps.Keys(f.SubnetZoneIDs)) {
		if !strings.HasPrefix(subnet, "subnet-") {
			return fmt.Errorf("subnetZoneIds: %q is not a subnet ID", subnet)
		}
		rules.CheckAvailabilityZoneID(&r, "subnetZoneIds."+subnet, f.SubnetZoneIDs[subnet])
	}
	for _, id := range slices.Sorted(maps.Keys(f.PrefixLists)) {
		if !strings.HasPrefix(id, "pl-") {
			return fmt.Errorf("prefixLists: %q is not the ID of a prefix list", id)
		}
		for i, block := range f.PrefixLists[id] {
			rules.CheckCIDR(&r, fmt.Sprintf("prefixLists.%s[%d]", id, i), block)
		}
	}
	if problems := r.Problems(); len(problems) > 0 {
		return fmt.Errorf("%v", problems[0])
	}
	for i, a := range f.Assumptions {
		if err := a.validate(); err != nil {
			return fmt.Errorf("assumptions[%d]: %w", i, err)
		}
	}
	return nil
}

func (a Assumption) validate() error {
	_, err := time.Parse(time.DateOnly, a.Date)
	switch {
	case !IsAssumption(a.ID):
		return fmt.Errorf("%q is not an assumption; want one of %s", a.ID, strings.Join(Assumptions(), ", "))
	case strings.TrimSpace(a.Reason) == "":
		return errors.New("give a reason")
	case err != nil:
		return fmt.Errorf("the date %q is not of the form 2026-11-28", a.Date)
	}
	return nil
}
