package rules_test

import (
	"fmt"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// ok stands in a table for a value that breaks no rule.
var ok rules.Rule

// checkCase is a value and the rule that it breaks.
type checkCase[T any] struct {
	value  T
	breaks rules.Rule
}

// runChecks tries check on the value of each case.
func runChecks[T any](t *testing.T, check func(*rules.Report, string, T), cases map[string]checkCase[T]) {
	t.Helper()
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var r rules.Report
			check(&r, "Property", tc.value)
			var got, want []string
			for _, p := range r.Problems() {
				got = append(got, p.Property+" "+p.Rule.ID)
			}
			if tc.breaks != ok {
				want = []string{"Property " + tc.breaks.ID}
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%v breaks %v, want %v", tc.value, got, want)
			}
		})
	}
}

// textCase is a check that finds one problem, and that problem as people read it.
type textCase struct {
	check func(*rules.Report)
	want  string
}

func runTexts(t *testing.T, cases map[string]textCase) {
	t.Helper()
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var r rules.Report
			tc.check(&r)
			if len(r.Problems()) != 1 {
				t.Fatalf("%d problems, want 1: %v", len(r.Problems()), r.Problems())
			}
			if got := r.Problems()[0].String(); got != tc.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tc.want)
			}
		})
	}
}

var (
	broken = rules.Rule{ID: "privateapi:broken", Severity: rules.Error, AWS: "rejects it", Fix: "mend it"}
	risky  = rules.Rule{ID: "privateapi:risky", Severity: rules.Warning, AWS: "surprises you", Fix: "think again"}
)

func TestReportErr(t *testing.T) {
	for name, tc := range map[string]struct {
		add  func(*rules.Report)
		want string
	}{
		"no problem":        {func(*rules.Report) {}, "<nil>"},
		"a warning alone":   {func(r *rules.Report) { r.Add(risky, "Zone", "is wide") }, "<nil>"},
		"one problem":       {addOne, oneProblem},
		"a problem of many": {addThree, twoProblems},
	} {
		t.Run(name, func(t *testing.T) {
			var r rules.Report
			tc.add(&r)
			if got := fmt.Sprint(r.Err("Stack/Api")); got != tc.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tc.want)
			}
			if got, want := r.HasErrors(), tc.want != "<nil>"; got != want {
				t.Errorf("HasErrors = %v, want %v", got, want)
			}
		})
	}
}

func addOne(r *rules.Report) { r.Add(broken, "Port", "got %q and %d", "x", 7) }

// addThree puts a warning between two errors.
func addThree(r *rules.Report) {
	r.Add(broken, "Zulu", "comes first")
	r.Add(risky, "Zone", "is wide")
	r.AddWithFix(broken, "Alpha", "see %s", "comes last")
}

const oneProblem = `Stack/Api: 1 problem
- Port: got "x" and 7 [privateapi:broken]
    AWS: rejects it
    Fix: mend it`

const twoProblems = `Stack/Api: 2 problems
- Zulu: comes first [privateapi:broken]
    AWS: rejects it
    Fix: mend it
- Alpha: comes last [privateapi:broken]
    AWS: rejects it
    Fix: see %s`

func TestReportErrIsNilInterface(t *testing.T) {
	if err := new(rules.Report).Err("Stack/Api"); err != nil {
		t.Errorf("err = %#v, want nil", err)
	}
}

func TestReportKeepsProblemsInOrder(t *testing.T) {
	var r rules.Report
	if r.Problems() != nil || r.Warnings() != nil {
		t.Errorf("a new report has %v and %v, want nothing", r.Problems(), r.Warnings())
	}
	addThree(&r)
	want := []rules.Problem{
		{Rule: broken, Property: "Zulu", What: "comes first", Fix: "mend it"},
		{Rule: risky, Property: "Zone", What: "is wide", Fix: "think again"},
		{Rule: broken, Property: "Alpha", What: "comes last", Fix: "see %s"},
	}
	if got := r.Problems(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("problems = %v, want %v", got, want)
	}
	if got := r.Warnings(); fmt.Sprint(got) != fmt.Sprint(want[1:2]) {
		t.Errorf("warnings = %v, want %v", got, want[1:2])
	}
}
