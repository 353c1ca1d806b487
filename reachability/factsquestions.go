package reachability

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// FactsQuestions is a facts file with a place for each value that would settle something unknown.
type FactsQuestions struct {
	// Text is the file.
	Text []byte
	// Open are the values that are not given, old and new.
	Open []OpenFact
	// Added is how many of them are new.
	Added int
	// Elsewhere is what would settle more, and is no fact: templates, accounts and Regions.
	Elsewhere []Settlement
}

// OpenFact is a value that a facts file does not give.
type OpenFact struct {
	// Field is where the file has it, such as "zoneIds.111111111111.eu-west-1a".
	Field string
	// Command is a command of the AWS CLI that answers it; empty if there is none.
	Command string
	// Comment says what is asked, if that is not plain.
	Comment string
}

// AskForFacts adds a place for each value that would settle an unknown path of a report, or a part that was not read, to what
// a facts file has. The file need not exist, and is not written. What it gives stays as it is.
func AskForFacts(file string, report *Report) (*FactsQuestions, error) {
	form, err := readFactsForm(file)
	if _, missing := os.Lstat(file); errors.Is(missing, fs.ErrNotExist) {
		form, err = &factsForm{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	before := len(form.open())
	q := &FactsQuestions{}
	for _, hop := range unknownHops(report) {
		for _, s := range factsOf(hop.Settle) {
			if !form.ask(s, hop.Message) && s.Kind != proof.SettleByDeployment && !slices.Contains(q.Elsewhere, s) {
				q.Elsewhere = append(q.Elsewhere, s)
			}
		}
	}
	q.Open = form.open()
	q.Added = len(q.Open) - before
	q.Text, err = form.text()
	return q, err
}

// unknownHops are the hops that keep paths unknown, and the notices of what was not read as hops.
func unknownHops(report *Report) []Hop {
	var list []Hop
	for _, a := range report.Answers {
		for _, hop := range a.Hops {
			if a.Verdict == Unknown && hop.Verdict == Unknown {
				list = append(list, hop)
			}
		}
	}
	for _, n := range report.Notices {
		list = append(list, Hop{Message: n.Message, Settle: slices.DeleteFunc(slices.Clone(n.Settle), func(s Settlement) bool {
			return s.Kind != proof.SettleByNestedTemplate
		})})
	}
	return list
}

// factsOf are the settlements to ask for: an assumption only where nothing else settles it.
func factsOf(list []Settlement) []Settlement {
	values := slices.DeleteFunc(slices.Clone(list), func(s Settlement) bool {
		return s.Kind == proof.SettleByAssumption || s.Kind == proof.SettleByDeployment
	})
	if len(values) > 0 {
		return values
	}
	return list
}

// ask adds a place for what settles something, unless there is one. It reports whether the file can have it.
func (f *factsForm) ask(s Settlement, why string) bool {
	q := questionOf(s)
	switch s.Kind {
	case proof.SettleByZone:
		account, name, isName := strings.Cut(s.Subject, "/")
		if !isName {
			addQuestion(&f.SubnetZoneIDs, s.Subject, q)
			return true
		}
		zones := f.ZoneIDs[account]
		addQuestion(&zones, name, q)
		if f.ZoneIDs == nil {
			f.ZoneIDs = map[string]map[string]factValue[string]{}
		}
		f.ZoneIDs[account] = zones
	case proof.SettleByZoneNames:
		addQuestion(&f.ZoneNames, s.Subject, q)
	case proof.SettleByParameter, proof.SettleByOutput:
		addQuestion(&f.Parameters, s.Subject, q)
	case proof.SettleByNestedTemplate:
		addQuestion(&f.Nested, s.Subject, q)
	case proof.SettleByService:
		addQuestion(&f.Services, s.Subject, q)
	case proof.SettleByCertificate:
		addQuestion(&f.Certificates, s.Subject, q)
	case proof.SettleByPrefixList:
		addQuestion(&f.PrefixLists, s.Subject, q)
	case proof.SettleByPublicAddress:
		addQuestion(&f.PublicAddresses, s.Subject, q)
	case proof.SettleByLatticePrefixList:
		addQuestion(&f.LatticePrefixLists, s.Subject, q)
	case proof.SettleByAssumption:
		f.askForAssumption(s.Subject, q, why)
	default:
		return false
	}
	return true
}

func addQuestion[V any](to *map[string]factValue[V], key string, q factQuestion) {
	if _, ok := (*to)[key]; ok {
		return
	}
	if *to == nil {
		*to = map[string]factValue[V]{}
	}
	(*to)[key] = factValue[V]{question: q}
}

func (f *factsForm) askForAssumption(id string, q factQuestion, why string) {
	if slices.ContainsFunc(f.Assumptions, func(a assumption) bool { return a.ID == id }) {
		return
	}
	q.Comment = why
	f.Assumptions = append(f.Assumptions, assumption{ID: id, factQuestion: q})
}

// open are the values that are not given.
func (f *factsForm) open() []OpenFact {
	var list []OpenFact
	for _, account := range slices.Sorted(maps.Keys(f.ZoneIDs)) {
		list = append(list, openIn("zoneIds."+account, f.ZoneIDs[account])...)
	}
	list = slices.Concat(list,
		openIn("subnetZoneIds", f.SubnetZoneIDs), openIn("zoneNames", f.ZoneNames), openIn("parameters", f.Parameters), openIn("nestedTemplates", f.Nested),
		openIn("services", f.Services), openIn("certificates", f.Certificates), openIn("prefixLists", f.PrefixLists),
		openIn("latticePrefixLists", f.LatticePrefixLists), openIn("publicAddresses", f.PublicAddresses), openIn("connections", f.Connections), openIn("verifications", f.Verifications),
	)
	for _, a := range f.Assumptions {
		if !a.isMade() {
			list = append(list, OpenFact{"assumptions." + a.ID, a.Command, a.Comment})
		}
	}
	return list
}

func openIn[V any](field string, facts map[string]factValue[V]) []OpenFact {
	var list []OpenFact
	for _, key := range slices.Sorted(maps.Keys(facts)) {
		if fact := facts[key]; !fact.isGiven {
			list = append(list, OpenFact{field + "." + key, fact.question.Command, fact.question.Comment})
		}
	}
	return list
}

// text is the file as it is written.
func (f *factsForm) text() ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(f)
	return text.Bytes(), err
}
