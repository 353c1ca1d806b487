package main

import (
	"fmt"
	"strings"
)

// Target is an upper bound that the library has set for itself.
type Target struct {
	What string
	Got  float64
	Most float64
	Unit string
}

// ratioTargets are the targets for the time to synthesise.
var ratioTargets = []struct {
	Case
	handwritten, javascript float64
}{
	{Case{Pairs: 1}, 0.88, 1.45},
	{Case{Pairs: 20}, 0.75, 1.50},
	{Case{Pairs: 20, Spread: true}, 0.85, 1.50},
	{Case{Pairs: 100}, 0.60, 1.40},
	{Case{Pairs: 200}, 0.55, 1.30},
}

// targets returns the targets for which there are results.
func (r *Results) targets() []Target {
	var all []Target
	add := func(what string, got, most float64, unit string) { all = append(all, Target{what, got, most, unit}) }
	for _, target := range ratioTargets {
		if c := r.find(target.Case); c != nil {
			add(target.Case.String()+", against hand-written Go", c.ratio(library, handwritten, wall), target.handwritten, "")
			add(target.Case.String()+", against JavaScript", c.ratio(library, javascript, wall), target.javascript, "")
		}
	}
	if c := r.find(Case{Pairs: 100, Bare: true}); c != nil {
		add(c.Case.String()+", against hand-written Go", c.ratio(library, handwritten, wall), 0.62, "")
		add(c.Case.String()+", against JavaScript", c.ratio(library, javascript, wall), 1.40, "")
	}
	for _, c := range r.Chains {
		add("longest chain of a deployment, "+c.Stack+", against hand-written Go", c.Seconds[library], c.Seconds[handwritten], " s")
		add("most resources in a chain, "+c.Stack+", against hand-written Go", c.Resources[library], c.Resources[handwritten], "")
	}
	for _, c := range r.Calls {
		most := 7.0
		if c.Pair == barePair {
			most = 3
		}
		add("jsii calls of one more pair "+c.Pair, float64(c.PerPair[library]), most, "")
	}
	if small := r.perPair(library, 20, wall); small > 0 {
		add("growth: cost of a pair at 200 against 20", r.perPair(library, 200, wall)/small, 1.2, "")
	}
	if t := r.Tests[library]; t != nil {
		add("a warm snapshot test of one pair", t.Median, 55, " ms")
		if by := r.Tests[handwritten]; by != nil {
			add("a warm snapshot test, against hand-written Go", t.Median/by.Median, 1, "")
		}
		if t.Number == 100 {
			add("a hundred of them in one process", t.All/1000, 8, " s")
		}
	}
	for _, i := range r.Imports {
		if i.What == core {
			add("awscdk packages of the core", float64(i.Packages), 60, "")
		}
	}
	return all
}

func (t Target) met() string {
	if t.Got <= t.Most {
		return "met"
	}
	return "**missed**"
}

func (r *Results) targetTable(w *strings.Builder) {
	var rows [][]string
	for _, t := range r.targets() {
		rows = append(rows, []string{t.What, number(t.Most) + t.Unit, number(t.Got) + t.Unit, t.met()})
	}
	table(w, "**Targets**", []string{"what", "at most", "now", ""}, rows)
}

// number prints whole numbers without decimals.
func number(v float64) string {
	if v == float64(int(v)) {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.2f", v)
}
