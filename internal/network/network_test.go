package network_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// indexCase is one case of a file in testdata: the resources of a template, and what the network knows of them.
type indexCase struct {
	Name      string
	Resources yaml.Node
	// Elsewhere are the resources of a second stack.
	Elsewhere yaml.Node
	// Want has lists of facts by question: "listeners of Alb", "ingress of Group for Client". The questions are in
	// questions_test.go. Resources stand for themselves by their logical IDs, properties by "ID.Path".
	Want map[string][]string
}

// Every template of a case has a parameter without a value, a condition that depends on it, and one that is false.
const header = `
Parameters: {Undecided: {Type: String}}
Conditions:
  Maybe: {"Fn::Equals": [{Ref: Undecided}, "yes"]}
  Never: {"Fn::Equals": ["yes", "no"]}
`

const (
	stackName = "Net"
	account   = "111111111111"
)

func TestIndex(t *testing.T) {
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			for _, c := range readCases(t, file) {
				t.Run(c.Name, c.check)
			}
		})
	}
}

func readCases(t *testing.T, file string) []indexCase {
	t.Helper()
	text, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = text.Close() }()
	decoder := yaml.NewDecoder(text)
	decoder.KnownFields(true)
	var cases []indexCase
	if err := decoder.Decode(&cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

func (c indexCase) check(t *testing.T) {
	n := c.load(t)
	if len(c.Want) == 0 {
		t.Error("the case wants nothing")
	}
	for _, key := range slices.Sorted(maps.Keys(c.Want)) {
		text, subject, _ := strings.Cut(key, " of ")
		subject, other, _ := strings.Cut(subject, " for ")
		ask := questions[text]
		if ask == nil {
			t.Errorf("%q is not a question", text)
			continue
		}
		if got := ask(&question{t: t, n: n, subject: subject, other: other}); !slices.Equal(got, c.Want[key]) {
			t.Errorf("%s\n got: %q\nwant: %q", key, got, c.Want[key])
		}
	}
}

func (c indexCase) load(t *testing.T) *network.Network {
	t.Helper()
	inputs := []assembly.Input{writeTemplate(t, stackName, &c.Resources)}
	if !c.Elsewhere.IsZero() {
		inputs = append(inputs, writeTemplate(t, "Elsewhere", &c.Elsewhere))
	}
	asm, err := assembly.Load(inputs...)
	if err != nil {
		t.Fatal(err)
	}
	return network.New(asm)
}

func writeTemplate(t *testing.T, name string, resources *yaml.Node) assembly.Input {
	t.Helper()
	text, err := yaml.Marshal(map[string]*yaml.Node{"Resources": resources})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), name+".yaml")
	if err := os.WriteFile(file, append([]byte(header), text...), 0o600); err != nil {
		t.Fatal(err)
	}
	return assembly.Input{Template: file, Name: name, Account: account, Region: "eu-west-1"}
}
