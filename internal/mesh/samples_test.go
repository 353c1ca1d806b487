package mesh_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/cdk-private-api/cdk-private-api-go/internal/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/internal/schematest"
)

// sample is the base with an edit, and what is wrong with it.
type sample struct {
	Name     string
	Edit     map[string]any
	Problems []string
	Schema   string
}

type samples struct {
	Base    any
	Samples []sample
}

func readSamples(t *testing.T) *samples {
	t.Helper()
	text, err := os.ReadFile("testdata/samples.yaml")
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	var s samples
	if err := decoder.Decode(&s); err != nil {
		t.Fatal(err)
	}
	return &s
}

// text returns a sample as JSON.
func (s *samples) text(t *testing.T, of *sample) string {
	t.Helper()
	return schematest.Document(t, s.Base, of.Edit)
}

func problems(r *rules.Report) (list []string) {
	for _, p := range r.Problems() {
		list = append(list, fmt.Sprintf("%s: %s [%s]", p.Property, p.What, p.Rule.ID))
	}
	return list
}

func TestParse(t *testing.T) {
	all := readSamples(t)
	for _, tc := range all.Samples {
		t.Run(tc.Name, func(t *testing.T) {
			r := &rules.Report{}
			d := mesh.Read(r, all.text(t, &tc))
			if got, want := strings.Join(problems(r), "\n"), strings.Join(tc.Problems, "\n"); got != want {
				t.Errorf("problems:\n%s\nwant:\n%s", got, want)
			}
			if (d != nil) != (len(tc.Problems) == 0) {
				t.Errorf("the mesh is %v, with %d problems", d, len(tc.Problems))
			}
		})
	}
}

// Parser and schema accept the same meshes, apart from what no schema can see.
func TestSchema(t *testing.T) {
	all := readSamples(t)
	schema := schematest.Read(t, "../../docs/privateapi.mesh.schema.json")
	for _, tc := range all.Samples {
		t.Run(tc.Name, func(t *testing.T) {
			var value any
			if err := json.Unmarshal([]byte(all.text(t, &tc)), &value); err != nil {
				t.Fatal(err)
			}
			accepts := len(tc.Problems) == 0
			if got := schema.Refuses(value); (got == "") != (accepts || tc.Schema == "accepts") {
				t.Errorf("the schema says %q", got)
			}
			if accepts && tc.Schema != "" {
				t.Errorf("schema: %q says nothing new", tc.Schema)
			}
		})
	}
}

// Every rule that a declaration can break has a sample.
func TestSamplesOfAllRules(t *testing.T) {
	var all strings.Builder
	for _, tc := range readSamples(t).Samples {
		fmt.Fprintln(&all, tc.Problems)
	}
	elsewhere := []rules.Rule{rules.MeshContract, rules.MeshEnvironment, rules.MeshStack, rules.MeshHostedZoneQuota, rules.MeshLatticeQuota}
	for _, rule := range rules.Mesh() {
		isElsewhere := false
		for _, other := range elsewhere {
			isElsewhere = isElsewhere || other.ID == rule.ID
		}
		if strings.Contains(all.String(), "["+rule.ID+"]") == isElsewhere {
			t.Errorf("%s: in a sample: %v", rule.ID, !isElsewhere)
		}
	}
}

func TestParseError(t *testing.T) {
	_, err := mesh.Parse([]byte("{}"))
	const want = "mesh: 1 problem\n- version: is missing [privateapi:required]\n    AWS: has no default to use\n    Fix: add \"version\": 1"
	if err == nil || err.Error() != want {
		t.Errorf("%v\nwant\n%s", err, want)
	}
}
