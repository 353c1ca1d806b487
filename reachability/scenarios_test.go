package reachability_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/casetest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// Maps are walked in another order each time. The report must not depend on it.
func TestReportsAreTheSameTwice(t *testing.T) {
	for _, file := range casetest.Files(t, caseFiles) {
		for _, c := range file.Cases {
			t.Run(file.Name+"/"+c.Name, func(t *testing.T) {
				stacks, dir := c.Load(t), t.TempDir()
				var reports [2][]byte
				for i := range reports {
					report := loadInputs(t, stacks.Write(t, dir, json.Marshal)).Prove(questionOf(c))
					text, err := json.Marshal(report)
					if err != nil {
						t.Fatal(err)
					}
					reports[i] = text
				}
				if !bytes.Equal(reports[0], reports[1]) {
					t.Errorf("two reports of one question:\n%s\n%s", reports[0], reports[1])
				}
			})
		}
	}
}

// Every template loads on its own too, without the stacks and parameters that it needs, and no call is proven from less
// than the whole.
func TestTemplatesLoadAlone(t *testing.T) {
	const dir = "testdata/templates"
	whole := map[string]bool{ // scenarios of a single stack
		"fargate-direct/quotes.yaml": true, "two-nlbs/ledger.json": true, "environments/tariffs.json": true, "nested/root.yaml": true,
	}
	used := map[string]bool{}
	for _, file := range casetest.Files(t, caseFiles) {
		for _, c := range file.Cases {
			for _, stack := range c.Load(t).Write(t, t.TempDir(), json.Marshal) {
				used[stack.Template] = true
			}
		}
	}
	err := fs.WalkDir(os.DirFS(dir), ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		t.Run(file, func(t *testing.T) {
			path := dir + "/" + file
			if !used[path] && filepath.Dir(file) != "nested" {
				t.Errorf("no case proves %s", file)
			}
			model, err := reachability.Load(reachability.Input{Template: path, Account: "111111111111", Region: "us-east-1"})
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range model.Prove(reachability.Question{}).Answers {
				isHalf := slices.Contains([]string{reachability.HopEndpointService, reachability.HopServiceAssociation}, a.Hops[0].Name) // a provider alone: it claims no client
				if a.Verdict == reachability.Reachable && !whole[file] && !isHalf {
					t.Errorf("reachable, though the other side is missing:\n%s", a)
				}
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
