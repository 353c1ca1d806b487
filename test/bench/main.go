// Command bench measures the library against the same app hand-written in Go, in plain JavaScript, and with as little CDK
// as possible. It measures nothing unless their templates are equal in substance. See docs/performance.md.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	smoke := flag.Bool("smoke", false, "run one round with one pair, to check that everything runs and the apps are equal")
	profile := flag.Bool("profile", false, "only print the jsii calls of one more pair, by kind")
	imports := flag.Bool("imports", false, "only measure what imports cost to compile")
	meshes := flag.Bool("mesh", false, "only measure meshes of one declaration")
	file := flag.String("json", "results.json", "file for the results")
	flag.Parse()
	if err := execute(mode{*smoke, *profile, *imports, *meshes}, *file); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type mode struct{ smoke, profile, imports, meshes bool }

func execute(m mode, file string) error {
	dir, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // otherwise the system removes it
	b, err := newBench(dir)
	if err != nil {
		return err
	}
	if m.imports {
		return b.compile(os.Stdout)
	}
	if err := b.build(); err != nil {
		return err
	}
	if m.meshes {
		return b.meshes(os.Stdout)
	}
	if m.profile {
		return b.profile(os.Stdout)
	}
	results, err := b.measure(newPlan(m.smoke))
	if err != nil {
		return err
	}
	if err := results.write(file); err != nil {
		return err
	}
	return results.print(os.Stdout)
}

// plan is what to measure.
type plan struct {
	cases []Case
	// kinds is for how many kinds of pairs to count calls.
	kinds int
	// repeat is how many apps with one pair the warm kernel synthesises.
	repeat int
}

// Case is a scenario, and how it is run.
type Case struct {
	Pairs      int  `json:"pairs"`
	Spread     bool `json:"spread"` // a stack for each provider and each consumer, instead of full stacks
	Bare       bool `json:"bare"`   // neither routes nor clients
	Nlb        bool `json:"nlb"`    // an NLB straight to the targets
	Validation bool `json:"validation"`
	Rounds     int  `json:"rounds"`
}

func newPlan(smoke bool) plan {
	if smoke {
		return plan{cases: []Case{{Pairs: 1, Rounds: 1}, {Pairs: 1, Rounds: 1, Nlb: true}}, kinds: 1, repeat: 3}
	}
	return plan{
		cases: []Case{
			{Pairs: 1, Rounds: 9},
			{Pairs: 5, Rounds: 5},
			{Pairs: 20, Rounds: 7},
			{Pairs: 100, Rounds: 3},
			{Pairs: 200, Rounds: 3},
			{Pairs: 1, Rounds: 5, Bare: true},
			{Pairs: 100, Rounds: 3, Bare: true},
			{Pairs: 20, Rounds: 3, Spread: true},
			{Pairs: 20, Rounds: 5, Nlb: true},
			{Pairs: 1, Rounds: 3, Validation: true},
			{Pairs: 20, Rounds: 3, Validation: true},
		},
		kinds:  len(pairKinds),
		repeat: 100,
	}
}
