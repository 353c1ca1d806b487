package reachability_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

const templates = "testdata/templates/"

// The accounts of the two sides, where they are not the same.
const (
	consumerAccount = "111111111111"
	providerAccount = "222222222222"
)

// templateCase is a question about templates that people wrote by hand, and what AWS does.
type templateCase struct {
	inputs   []reachability.Input
	question reachability.Question
	// want says of every answer what it is; each entry is for one answer or more.
	want []wantAnswer
	// findings are IDs of rules that are reported beside the answers, among others.
	findings []string
}

// wantAnswer is what is expected of the answers of a client, a domain and a path; an empty one is any.
type wantAnswer struct {
	client, domain, path string
	port                 int
	verdict              reachability.Verdict
	// hop is the one that decides, if the answer is not reachable.
	hop string
	// says are parts of what the hop that decides says, or of its fix.
	says []string
	// passes are hops that the way leads through.
	passes []string
}

func (w wantAnswer) isOf(a reachability.Answer) bool {
	same := func(want, got string) bool { return want == "" || want == got }
	return same(w.client, a.Client) && same(w.domain, a.Domain) && same(w.path, a.Path) && (w.port == 0 || w.port == a.Port)
}

func (w wantAnswer) check(t *testing.T, a reachability.Answer) {
	t.Helper()
	decisive := a.Decisive()
	if a.Verdict != w.verdict {
		t.Errorf("want %s, got %s:\n%s", w.verdict, a.Verdict, a)
	}
	if w.verdict != reachability.Reachable && decisive.Name != w.hop {
		t.Errorf("want %s decided at %q, got %q:\n%s", w.verdict, w.hop, decisive.Name, a)
	}
	for _, part := range w.says {
		if !strings.Contains(fmt.Sprint(decisive.Message, decisive.Fix, decisive.Settle), part) {
			t.Errorf("want %q in what the hop says:\n%s", part, a)
		}
	}
	for _, hop := range w.passes {
		if !slices.ContainsFunc(a.Hops, func(h reachability.Hop) bool { return h.Name == hop && h.Verdict == reachability.Reachable }) {
			t.Errorf("want the hop %q passed:\n%s", hop, a)
		}
	}
}

// template is the input of one of the templates, with values of parameters as "Name=value".
func handWritten(file, account, region string, parameters ...string) reachability.Input {
	in := reachability.Input{Template: templates + file, Account: account, Region: region}
	for _, p := range parameters {
		name, value, _ := strings.Cut(p, "=")
		if in.Parameters == nil {
			in.Parameters = map[string]string{}
		}
		in.Parameters[name] = value
	}
	return in
}

func prove(t testing.TB, c templateCase) *reachability.Report {
	t.Helper()
	model, err := reachability.Load(c.inputs...)
	if err != nil {
		t.Fatal(err)
	}
	return model.Prove(c.question)
}

// allTemplateCases are the cases of all scenarios, by "scenario: what is asked".
func allTemplateCases() map[string]templateCase {
	all := map[string]templateCase{}
	for _, cases := range []map[string]templateCase{
		straightCases(), networkAclCases(), abroadCases(),
		importCases(), enforcementCases(), environmentCases(), nestedCases(), clientCases(),
		vendorCases(), consentCases(), privateDnsCases(), sourceCases(), mistakeCases(),
	} {
		for name, c := range cases {
			if _, twice := all[name]; twice {
				panic("two cases are named " + name)
			}
			all[name] = c
		}
	}
	return all
}

func TestTemplates(t *testing.T) {
	for name, c := range allTemplateCases() {
		t.Run(name, func(t *testing.T) {
			report := prove(t, c)
			used := make([]bool, len(c.want))
			for _, a := range report.Answers {
				i := slices.IndexFunc(c.want, func(w wantAnswer) bool { return w.isOf(a) })
				if i < 0 {
					t.Errorf("nobody asked for this:\n%s", a)
					continue
				}
				used[i] = true
				c.want[i].check(t, a)
			}
			for i, found := range used {
				if !found {
					t.Errorf("no answer for %+v:\n%s", c.want[i], report)
				}
			}
		})
	}
}

func TestTemplateFindings(t *testing.T) {
	for name, c := range allTemplateCases() {
		t.Run(name, func(t *testing.T) {
			report := prove(t, c)
			for _, id := range c.findings {
				if !slices.ContainsFunc(report.Findings, func(f reachability.Finding) bool { return f.Rule == id }) {
					t.Errorf("no finding of %s:\n%s", id, report)
				}
			}
		})
	}
}

// Maps are walked in another order each time; the answers must not be.
func TestTemplatesGiveTheSameReportTwice(t *testing.T) {
	for name, c := range allTemplateCases() {
		t.Run(name, func(t *testing.T) {
			var reports [2][]byte
			for i := range reports {
				text, err := json.Marshal(prove(t, c))
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

// Every template loads on its own too, without the stacks that it needs and without values for its parameters, and no
// call is proven from less than the whole.
func TestTemplatesLoadAlone(t *testing.T) {
	whole := map[string]bool{} // the scenarios of a single stack, which need nothing else
	for _, file := range []string{"fargate-direct/quotes.yaml", "two-nlbs/ledger.json", "environments/tariffs.json", "nested/root.yaml"} {
		whole[file] = true
	}
	used := map[string]bool{}
	for _, c := range allTemplateCases() {
		for _, in := range c.inputs {
			used[in.Template] = true
		}
	}
	err := fs.WalkDir(os.DirFS(templates), ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		t.Run(file, func(t *testing.T) {
			if !used[templates+file] && filepath.Dir(file) != "nested" {
				t.Errorf("no case proves %s", file)
			}
			report := prove(t, templateCase{inputs: []reachability.Input{handWritten(file, consumerAccount, "us-east-1")}})
			for _, a := range report.Answers {
				if a.Verdict == reachability.Reachable && !whole[file] {
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
