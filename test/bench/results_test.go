package main

import (
	"math"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/frame"
)

func TestMedian(t *testing.T) {
	for _, tc := range []struct {
		values []float64
		want   float64
	}{{nil, 0}, {[]float64{3}, 3}, {[]float64{9, 1, 2}, 2}, {[]float64{4, 1, 3, 2}, 2.5}} {
		if got := median(tc.values); got != tc.want {
			t.Errorf("median(%v) = %v, want %v", tc.values, got, tc.want)
		}
	}
}

// result returns a case in which the library takes the given seconds in each round, and the other apps one second.
func result(c Case, library ...float64) *CaseResult {
	r := &CaseResult{Case: c, Apps: map[string]*Runs{}}
	for _, app := range apps {
		runs := &Runs{Wall: []float64{1, 1, 1}, CPU: []float64{2, 2, 2}, Peak: []float64{3, 3, 3}}
		if app == "library" {
			runs.Wall = library
		}
		r.Apps[app] = runs
	}
	return r
}

// A round in which the machine was slow for all must not count more than the others.
func TestRatio(t *testing.T) {
	c := result(Case{Pairs: 1}, 2, 20, 2)
	c.Apps[handwritten].Wall = []float64{1, 10, 4}
	if got := c.ratio(library, handwritten, wall); got != 2 {
		t.Errorf("ratio = %v, want 2", got)
	}
}

func TestTargets(t *testing.T) {
	r := &Results{
		Cases: []*CaseResult{
			result(Case{Pairs: 20, Nlb: true}, 9, 9, 9), result(Case{Pairs: 1}, 1.5, 1.5, 1.5), result(Case{Pairs: 20}, 3.4, 3.4, 3.4),
			result(Case{Pairs: 100}, 0.6, 0.6, 0.6), result(Case{Pairs: 200}, 23.39, 23.39, 23.39),
			result(Case{Pairs: 100, Spread: true}, 9, 9, 9), result(Case{Pairs: 20, Spread: true}, 0.9, 0.9, 0.9),
			result(Case{Pairs: 100, Bare: true}, 0.62, 0.62, 0.62),
		},
		Calls:   []CallResult{{Pair: "with route and client", PerPair: map[string]int{library: 99}}, {Pair: barePair, PerPair: map[string]int{library: 2}}},
		Tests:   map[string]*TestResult{library: {Median: 56, All: 7000, Number: 100}, handwritten: {Median: 28}},
		Imports: []ImportCount{{core, 61}, {"with awsecs", 115}},
	}
	want := map[string]struct {
		got float64
		met bool
	}{
		"1 pair, against hand-written Go":                             {1.5, false},
		"1 pair, against JavaScript":                                  {1.5, false},
		"20 pairs, against hand-written Go":                           {3.4, false},
		"20 pairs, against JavaScript":                                {3.4, false},
		"20 pairs, a stack each, against hand-written Go":             {0.9, false},
		"20 pairs, a stack each, against JavaScript":                  {0.9, true},
		"100 pairs, against hand-written Go":                          {0.6, true},
		"100 pairs, against JavaScript":                               {0.6, true},
		"200 pairs, against hand-written Go":                          {23.39, false},
		"200 pairs, against JavaScript":                               {23.39, false},
		"100 pairs without route and client, against hand-written Go": {0.62, true},
		"100 pairs without route and client, against JavaScript":      {0.62, true},
		"jsii calls of one more pair with route and client":           {99, false},
		"jsii calls of one more pair without route and client":        {2, true},
		"a warm snapshot test, against hand-written Go":               {2, false},
		"growth: cost of a pair at 200 against 20":                    {1.1, true},
		"a warm snapshot test of one pair":                            {56, false},
		"a hundred of them in one process":                            {7, true},
		"awscdk packages of the core":                                 {61, false},
	}
	for _, target := range r.targets() {
		w, ok := want[target.What]
		if !ok || math.Abs(target.Got-w.got) > 1e-6 || (target.met() == "met") != w.met {
			t.Errorf("%s: got %v, %s; want %v", target.What, target.Got, target.met(), w)
		}
		delete(want, target.What)
	}
	if len(want) > 0 {
		t.Errorf("not reported: %v", want)
	}
}

func TestTables(t *testing.T) {
	r := &Results{Cases: []*CaseResult{result(Case{Pairs: 5, Spread: true}, 3, 3, 3), result(Case{Pairs: 20, Nlb: true}, 2, 2, 2)}}
	var text strings.Builder
	if err := r.print(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"| 5 pairs, a stack each | 0 | 0 | 3.00 (1.00) | 3.00 (1.00) | 3.00 (1.00) | 1.00 (1.00) | 1.00 (1.00) |",
		"| 20 pairs with an NLB straight to the target | 0 | 0 | 2.00 (1.00) | 2.00 (1.00) | 2.00 (1.00) | 1.00 (1.00) | 1.00 (1.00) |",
		"| 5 pairs, a stack each | 0 | 3.00 s (2.00 s), 3 MB | 1.00 s (2.00 s), 3 MB |",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("no line %q in\n%s", want, text.String())
		}
	}
}

func TestNewTestResult(t *testing.T) {
	got := newTestResult([]frame.Times{{Start: 500, Build: 100, Synth: 50, Read: 1}, {Build: 80}, {Build: 40}, {Build: 50}})
	if want := (TestResult{First: 651, Second: 80, Median: 50, All: 821, Number: 4}); *got != want {
		t.Errorf("got %v, want %v", *got, want)
	}
}
