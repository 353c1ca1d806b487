package lock_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/casetest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/lock"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// A case is an edit of an app, and what the lock of the app finds. The first case of a file is the app as it is.
func TestCases(t *testing.T) {
	found := map[string]bool{}
	for _, file := range casetest.Files(t, "testdata/cases") {
		t.Run(file.Name, func(t *testing.T) {
			locked := lockOf(t, loadCase(t, file.Cases[0]))
			for _, c := range file.Cases {
				t.Run(c.Name, func(t *testing.T) {
					for _, f := range checkCase(t, c, locked) {
						found[f.Rule.ID] = true
					}
				})
			}
			if err := file.Rewrite(); err != nil {
				t.Error(err)
			}
		})
	}
	for _, rule := range rules.Lock()[3:] { // without those of the file, which have samples
		if !found[rule.ID] {
			t.Errorf("no case breaks %s", rule.ID)
		}
	}
}

func checkCase(t *testing.T, c *casetest.Case, locked *lock.Lock) []lock.Finding {
	t.Helper()
	report := locked.Compare(loadCase(t, c))
	var got, want []string
	for _, f := range report.Findings {
		got = append(got, strings.TrimPrefix(f.Rule.ID, "privateapi:")+" at "+f.Where())
		if f.Fix == "" || f.IsUnknown && f.IsWarning() {
			t.Errorf("%+v", f)
		}
	}
	for _, entry := range *c.Findings {
		want = append(want, entry.Key)
	}
	if !slices.Equal(got, want) {
		t.Fatalf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for i := range *c.Findings {
		(*c.Findings)[i].Words.Check(t, report.Findings[i].What)
	}
	if got := string(report.Verdict()); got != c.Report {
		t.Errorf("the verdict is %s, want %s", got, c.Report)
	}
	return report.Findings
}

func loadCase(t *testing.T, c *casetest.Case) *assembly.Assembly {
	t.Helper()
	var inputs []assembly.Input
	for _, s := range c.Load(t).Write(t, t.TempDir(), json.Marshal) {
		inputs = append(inputs, assembly.Input{Template: s.Template, Name: s.Name, Account: s.Account, Region: s.Region, Parameters: s.Parameters})
	}
	return load(t, inputs...)
}

func load(t *testing.T, inputs ...assembly.Input) *assembly.Assembly {
	t.Helper()
	a, err := assembly.Load(inputs...)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// lockOf returns the lock of an assembly as it is read from its file.
func lockOf(t *testing.T, a *assembly.Assembly) *lock.Lock {
	t.Helper()
	r := &rules.Report{}
	l := lock.Of(r, a)
	if l == nil {
		t.Fatal(r.Err("the assembly"))
	}
	read, err := lock.Parse(lock.Marshal(l))
	if err != nil {
		t.Fatal(err)
	}
	return read
}
