package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/measure"
	"github.com/cdk-private-api/cdk-private-api-go/test/bench/scenario"
)

// CallResult is how many jsii calls apps make for one more pair of a kind, and for the whole app without it.
type CallResult struct {
	Pair    string         `json:"pair"`
	PerPair map[string]int `json:"perPair"` // by app
	Whole   map[string]int `json:"whole"`   // of pairsBefore pairs
}

// pairsBefore is the number of pairs to which one is added.
const pairsBefore = 20

// goApps are the apps that make jsii calls.
var goApps = []string{library, handwritten, floor}

// pairKinds are the pairs whose calls are counted.
var pairKinds = []struct {
	name string
	edit func(*scenario.Scenario)
}{
	{"with route and client", func(*scenario.Scenario) {}},
	{"without client", func(s *scenario.Scenario) { s.Clients = false }},
	{barePair, func(s *scenario.Scenario) { s.Clients, s.Routes = false, false }},
	{nlbPair, (*scenario.Scenario).StraightToTargets},
	{"without route and client, VPCs imported", func(s *scenario.Scenario) { s.Clients, s.Routes, s.ImportVpcs = false, false, true }},
}

const (
	// barePair is the pair that the target for calls is about.
	barePair = "without route and client"
	nlbPair  = "with an NLB straight to the target"
)

func (b *bench) calls(kinds int) ([]CallResult, error) {
	var all []CallResult
	for _, kind := range pairKinds[:kinds] {
		progress("jsii calls of a pair %s", kind.name)
		in := scenario.New(1, scenario.Packed)
		kind.edit(in)
		if err := b.checkEqual(in); err != nil {
			return nil, err
		}
		result := CallResult{Pair: kind.name, PerPair: map[string]int{}, Whole: map[string]int{}}
		for _, app := range goApps {
			before, after, err := b.callsOf(app, kind.edit)
			if err != nil {
				return nil, err
			}
			result.PerPair[app], result.Whole[app] = after.Total()-before.Total(), before.Total()
		}
		all = append(all, result)
	}
	return all, nil
}

// callsOf counts the calls of an app, and of the app with one pair more.
func (b *bench) callsOf(app string, edit func(*scenario.Scenario)) (before, after *measure.Calls, err error) {
	counts := [2]*measure.Calls{}
	for i := range counts {
		in := scenario.New(pairsBefore+i, scenario.Packed)
		edit(in)
		st, err := b.stage(in, false)
		if err != nil {
			return nil, nil, err
		}
		if counts[i], err = measure.CountCalls(st.command(app)); err != nil {
			return nil, nil, err
		}
		if err := st.clear(); err != nil {
			return nil, nil, err
		}
	}
	return counts[0], counts[1], nil
}

// profile prints the calls of one more pair by kind, and how long such a call takes on average. The trace slows
// calls down, so the times only distinguish heavy calls from light ones.
func (b *bench) profile(w io.Writer) error {
	if err := b.checkEqual(scenario.New(1, scenario.Packed)); err != nil {
		return err
	}
	for _, app := range goApps {
		before, after, err := b.callsOf(app, func(*scenario.Scenario) {})
		if err != nil {
			return err
		}
		if err := printProfile(w, app, before, after); err != nil {
			return err
		}
	}
	return nil
}

func printProfile(w io.Writer, app string, before, after *measure.Calls) error {
	type row struct {
		call measure.Call
		n    int
		each time.Duration
	}
	var rows []row
	var total time.Duration
	for call := range maps.Keys(after.Count) {
		if n := after.Count[call] - before.Count[call]; n != 0 {
			each := after.Took[call] / time.Duration(after.Count[call])
			rows = append(rows, row{call, n, each})
			total += time.Duration(n) * each
		}
	}
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(time.Duration(b.n)*b.each, time.Duration(a.n)*a.each), cmp.Compare(a.call.String(), b.call.String()))
	})
	_, err := fmt.Fprintf(w, "\n%s: %d calls, %.1f ms for one more pair\n\n| calls | ms each | ms | what |\n|---|---|---|---|\n",
		titles[app], after.Total()-before.Total(), inMilliseconds(total))
	for _, r := range rows {
		if err == nil {
			_, err = fmt.Fprintf(w, "| %d | %.2f | %.2f | %v |\n", r.n, inMilliseconds(r.each), float64(r.n)*inMilliseconds(r.each), r.call)
		}
	}
	return err
}

func inMilliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
