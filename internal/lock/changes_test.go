package lock_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/lock"
)

// The changes of docs/deploy.md: the everyday ones break nothing that is locked, each of the others does. The tests of deployments write the file, and
// compare it with what their apps synthesise.
func TestChanges(t *testing.T) {
	content, err := os.ReadFile("testdata/changes.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Templates map[string]any
		Changes   []struct {
			Name, Text string
			IsEveryday bool
			Patches    map[string]any
		}
	}
	if err := json.Unmarshal(content, &file); err != nil {
		t.Fatal(err)
	}
	locked, count := lockOf(t, synthesised(t, file.Templates, nil)), 0
	for _, c := range file.Changes {
		t.Run(c.Name, func(t *testing.T) {
			if c.IsEveryday {
				count++
			}
			report := locked.Compare(synthesised(t, file.Templates, c.Patches))
			if isHeld := report.Verdict() == lock.Held; isHeld != c.IsEveryday {
				t.Errorf("%s: the verdict is %s: %v", c.Text, report.Verdict(), report.Findings)
			}
		})
	}
	if count != 21 || len(file.Changes) != 30 {
		t.Errorf("%d everyday changes, %d changes", count, len(file.Changes))
	}
}

// synthesised loads templates with patches.
func synthesised(t *testing.T, templates, patches map[string]any) *assembly.Assembly {
	t.Helper()
	accounts := map[string]string{"Provider": "222222222222", "Consumer": "111111111111"}
	var inputs []assembly.Input
	for _, stack := range slices.Sorted(maps.Keys(templates)) {
		text, err := json.Marshal(patched(templates[stack], patches[stack]))
		file := filepath.Join(t.TempDir(), stack+".json")
		if err == nil {
			err = os.WriteFile(file, text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		inputs = append(inputs, assembly.Input{Template: file, Account: accounts[stack], Region: "eu-west-1"})
	}
	return load(t, inputs...)
}

// patched applies a JSON merge patch. Without one, the value stays.
func patched(value, patch any) any {
	changes, ok := patch.(map[string]any)
	if !ok {
		if patch == nil {
			return value
		}
		return patch
	}
	object, _ := value.(map[string]any)
	result := maps.Clone(object)
	if result == nil {
		result = map[string]any{}
	}
	for name, change := range changes {
		if change == nil {
			delete(result, name)
			continue
		}
		result[name] = patched(result[name], change)
	}
	return result
}
