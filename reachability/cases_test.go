package reachability_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/casetest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

const caseFiles = "testdata/cases"

func TestCases(t *testing.T) {
	for _, file := range casetest.Files(t, caseFiles) {
		t.Run(file.Name, func(t *testing.T) {
			for _, c := range file.Cases {
				t.Run(c.Name, func(t *testing.T) { checkCase(t, c) })
			}
			if err := file.Rewrite(); err != nil {
				t.Error(err)
			}
		})
	}
}

func checkCase(t *testing.T, c *casetest.Case) {
	t.Helper()
	model := loadCase(t, c.Load(t))
	report := model.Prove(questionOf(c))
	checkAnswers(t, c, report)
	if c.Nothing != nil {
		if len(report.Answers) > 0 {
			t.Fatalf("there are answers:\n%s", report)
		}
		c.Nothing.Check(t, report.WhyNothing())
	}
	if got := inventoryOf(report.Inventory); c.Inventory != nil && !slices.Equal(got, c.Inventory) {
		t.Errorf("the inventory is %q, want %q", got, c.Inventory)
	}
	if c.AlsoAsksEverything() {
		report = model.Prove(everything(c))
		checkEverything(t, c, report)
	}
	if verdict := report.Verdict().String(); c.Report != "" && verdict != c.Report {
		t.Errorf("the verdict of the report is %s, want %s:\n%s", verdict, c.Report, report)
	}
	if c.Findings != nil {
		checkFindings(t, *c.Findings, report)
	}
	if c.Others != nil {
		checkOthers(t, c, report)
	}
	for i, edit := range c.Unless {
		checkNoFindings(t, fmt.Sprintf("unless %d", i+1), c.Load(t, edit))
	}
	for i, edit := range c.Near {
		checkNoFindings(t, fmt.Sprintf("near %d", i+1), c.Instead(edit).Load(t))
	}
}

// findCase returns a case by its file and its name.
func findCase(t testing.TB, file, name string) *casetest.Case {
	t.Helper()
	for _, f := range casetest.Files(t, caseFiles) {
		for _, c := range f.Cases {
			if f.Name == file && c.Name == name {
				return c
			}
		}
	}
	t.Fatalf("%s has no case %q", file, name)
	return nil
}

func loadCase(t testing.TB, stacks *casetest.Stacks) *reachability.Model {
	t.Helper()
	return loadInputs(t, stacks.Write(t, t.TempDir(), json.Marshal))
}

func loadInputs(t testing.TB, stacks []casetest.Stack) *reachability.Model {
	t.Helper()
	var inputs []reachability.Input
	for _, s := range stacks {
		inputs = append(inputs, reachability.Input{
			Contract: s.Contract, Template: s.Template, Name: s.Name, Account: s.Account, Region: s.Region, Parameters: s.Parameters,
		})
	}
	model, err := reachability.Load(inputs...)
	if err != nil {
		t.Fatal(err)
	}
	return model
}

// checkAnswers compares the answers with what is wanted, in their order.
func checkAnswers(t *testing.T, c *casetest.Case, report *reachability.Report) {
	t.Helper()
	outcomes := c.Outcomes()
	if outcomes == nil {
		return // the case is about findings alone
	}
	if len(report.Answers) != len(outcomes) {
		t.Fatalf("%d answers, want %d:\n%s", len(report.Answers), len(outcomes), report)
	}
	for i, want := range outcomes {
		checkAnswer(t, want, report.Answers[i])
	}
}

func checkAnswer(t *testing.T, want *casetest.Outcome, a reachability.Answer) {
	t.Helper()
	hop := a.Decisive()
	same := func(what, got, want string) bool {
		if got != want {
			t.Errorf("%s is %q, want %q:\n%s", what, got, want, a)
		}
		return got == want
	}
	if want.Call != "" {
		same("the call", callOf(a), want.Call)
	}
	if want.Hops != nil {
		same("the list of hops", strings.Join(hopsOf(a), ", "), strings.Join(want.Hops, ", "))
	}
	if want.Note != nil {
		name, _, _ := strings.Cut(want.Note.Value, ": ")
		i := slices.IndexFunc(a.Hops, func(h reachability.Hop) bool { return h.Name == name && h.Verdict == reachability.Reachable })
		if i < 0 {
			t.Fatalf("no hop %q passes:\n%s", name, a)
		}
		want.Note.Check(t, name+": "+a.Hops[i].Message)
	}
	if want.Blocked != nil {
		same("the list of blocked hops", strings.Join(blockedHops(a), ", "), strings.Join(want.Blocked, ", "))
	}
	if !same("the answer", decisionOf(a), want.Want) || a.Verdict == reachability.Reachable {
		return
	}
	if !same("the evidence", placeOf(hop.Evidence...), want.At) || !same("the rule", ruleOf(hop), want.Rule) {
		return
	}
	if want.Words == nil {
		t.Fatal("the case has no words")
	}
	want.Words.Check(t, messageOf(hop))
	if want.Fix != nil {
		want.Fix.Check(t, fixOf(hop))
	}
	if fixOf(hop) == "" {
		t.Errorf("the answer does not explain what to do:\n%s", a)
	}
}

// checkEverything compares the report on everything with the answer to one call, unless the case expects them to differ.
func checkEverything(t *testing.T, c *casetest.Case, report *reachability.Report) {
	t.Helper()
	if c.Report != "" {
		return
	}
	if verdict, _, _ := strings.Cut(c.Want, " "); report.Verdict().String() != verdict {
		t.Errorf("the report on everything is %s, want %s:\n%s", report.Verdict(), verdict, report)
	}
	if !slices.ContainsFunc(report.Answers, func(a reachability.Answer) bool { return decisionOf(a) == c.Want }) {
		t.Errorf("no answer in the report on everything is %s:\n%s", c.Want, report)
	}
}

func checkFindings(t *testing.T, want []casetest.Entry, report *reachability.Report) {
	t.Helper()
	var keys, words []string
	for _, f := range report.Findings {
		keys = append(keys, strings.TrimPrefix(f.Rule, rulePrefix)+" at "+placeOf(f.Evidence...))
		words = append(words, messageOfFinding(f))
		rule, ok := proof.FindRule(f.Rule)
		if !ok || string(f.Severity) != string(rule.Severity) || f.AWS != rule.AWS || f.Source != rule.Source || f.Fix == "" {
			t.Errorf("the finding differs from its rule:\n%s", f)
		}
		for _, e := range f.Evidence {
			if isContract := e.Stack == "" && e.File != ""; !isContract && (e.LogicalID == "" || e.Type == "") {
				t.Errorf("the evidence %v names no resource:\n%s", e, f)
			}
		}
	}
	checkEntries(t, "findings", want, keys, words)
}

// checkOthers compares what RequireOnly reports: who gets in beside the clients.
func checkOthers(t *testing.T, c *casetest.Case, report *reachability.Report) {
	t.Helper()
	var failed failure
	report.RequireOnly(&failed, c.Only...)
	keys, words := exposuresIn(report, failed.text)
	if failed.text != "" && len(keys) == 0 {
		t.Errorf("the assertion fails without a reason: %s", failed.text)
	}
	checkEntries(t, "others who get in", *c.Others, keys, words)
}

// checkEntries compares keys first. Only if they are the same does it look at the words.
func checkEntries(t *testing.T, what string, want []casetest.Entry, keys, words []string) {
	t.Helper()
	var wanted []string
	for _, e := range want {
		wanted = append(wanted, e.Key)
	}
	if !slices.Equal(keys, wanted) {
		t.Errorf("%s\n  %s\nwant\n  %s", what, strings.Join(keys, "\n  "), strings.Join(wanted, "\n  "))
		return
	}
	for i := range want {
		want[i].Words.Check(t, words[i])
	}
}

func checkNoFindings(t *testing.T, what string, stacks *casetest.Stacks) {
	t.Helper()
	for _, f := range loadCase(t, stacks).Prove(reachability.Question{}).Findings {
		t.Errorf("%s: found %s", what, f)
	}
}

// failure is a [reachability.TB] that keeps the message of a failed assertion.
type failure struct{ text string }

func (*failure) Helper() {}

func (f *failure) Fatalf(format string, args ...any) { f.text = fmt.Sprintf(format, args...) }
