package lock_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/cdk-private-api/cdk-private-api-go/internal/lock"
	"github.com/cdk-private-api/cdk-private-api-go/internal/schematest"
)

// sample is a lock: the base with an edit, and what is wrong with it.
type sample struct {
	Name     string
	Edit     map[string]any
	Problems []string
	Schema   string
}

func samples(t *testing.T) (base any, all []sample) {
	t.Helper()
	text, err := os.ReadFile("testdata/samples.yaml")
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	var file struct {
		Base    map[string]any
		Samples []sample
	}
	if err := decoder.Decode(&file); err != nil {
		t.Fatal(err)
	}
	return file.Base, file.Samples
}

// Parser and schema judge the same, and what is written is read as it was.
func TestSamples(t *testing.T) {
	base, all := samples(t)
	schema := schematest.Read(t, "../../docs/privateapi.lock.schema.json")
	for _, tc := range all {
		t.Run(tc.Name, func(t *testing.T) {
			text := schematest.Document(t, base, tc.Edit)
			l, err := lock.Parse([]byte(text))
			if got, want := problemsOf(err), strings.Join(tc.Problems, "\n"); got != want {
				t.Errorf("problems:\n%s\nwant:\n%s", got, want)
			}
			var value any
			if err := json.Unmarshal([]byte(text), &value); err != nil {
				t.Fatal(err)
			}
			want := len(tc.Problems) == 0 || tc.Schema == "accepts"
			if got := schema.Refuses(value); (got == "") != want {
				t.Errorf("the schema says %q; accepted: want %v", got, want)
			}
			if l == nil {
				return
			}
			written := lock.Marshal(l)
			again, err := lock.Parse(written)
			if err != nil {
				t.Fatal(err)
			}
			if second := lock.Marshal(again); !bytes.Equal(written, second) || !bytes.HasSuffix(written, []byte("}\n")) || bytes.ContainsRune(written, '\r') {
				t.Errorf("written twice:\n%s\n%s", written, second)
			}
		})
	}
}

// problemsOf are the first lines of the problems of an error.
func problemsOf(err error) string {
	if err == nil {
		return ""
	}
	var problems []string
	for line := range strings.Lines(err.Error()) {
		if problem, ok := strings.CutPrefix(line, "- "); ok {
			problems = append(problems, strings.TrimSpace(problem))
		}
	}
	return strings.Join(problems, "\n")
}

func TestParseText(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "lock: is not JSON: line 1: unexpected EOF [privateapi:lock]",
		"[]":                           "lock: is a list, but must be an object [privateapi:lock]",
		`{"version": 1, "version": 1}`: "version: is there twice [privateapi:lock]\nstacks: is missing [privateapi:required]",
		"<<<<<<< HEAD\n{}":             "lock: is not JSON: line 1: invalid character '<' looking for beginning of value [privateapi:lock]",
	} {
		l, err := lock.Parse([]byte(text))
		if got := problemsOf(err); l != nil || got != want {
			t.Errorf("%q: %v\n%s\nwant\n%s", text, l, got, want)
		}
	}
}
