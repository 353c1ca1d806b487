package main

import (
	"encoding/json"
	"os"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/frame"
)

// Results are the results of a run of the benchmark.
type Results struct {
	Machine Machine                `json:"machine"`
	Cases   []*CaseResult          `json:"cases"`
	Calls   []CallResult           `json:"calls"`
	Chains  []ChainResult          `json:"chains"`
	Tests   map[string]*TestResult `json:"tests"` // by app
	Imports []ImportCount          `json:"imports"`
}

// CaseResult has the runs of a case.
type CaseResult struct {
	Case
	Stacks    int              `json:"stacks"`
	Resources int              `json:"resources"`
	Apps      map[string]*Runs `json:"apps"`
}

// Runs are the runs of an app, one of each round: seconds, and megabytes.
type Runs struct {
	Wall   []float64     `json:"wall"`
	CPU    []float64     `json:"cpu"`
	Peak   []float64     `json:"peak"`
	Others []float64     `json:"others"` // cores that the rest of the machine kept busy
	Times  []frame.Times `json:"times"`  // as the app itself sees them
}

// with returns the runs with one more run; the runs may be nil.
func (r *Runs) with(one run) *Runs {
	const megabyte = 1e6
	if r == nil {
		r = &Runs{}
	}
	r.Wall = append(r.Wall, one.usage.Wall.Seconds())
	r.CPU = append(r.CPU, one.usage.CPU.Seconds())
	r.Peak = append(r.Peak, float64(one.usage.Peak)/megabyte)
	r.Others = append(r.Others, one.usage.Others)
	r.Times = append(r.Times, one.times)
	return r
}

func wall(r *Runs) []float64 { return r.Wall }
func cpu(r *Runs) []float64  { return r.CPU }

// phase is the median of a phase, in milliseconds.
func (r *Runs) phase(of func(frame.Times) float64) float64 {
	var all []float64
	for _, times := range r.Times {
		all = append(all, of(times))
	}
	return median(all)
}

// ratio is the median of the ratios of the rounds: the two runs of a round had the same machine.
func (c *CaseResult) ratio(of, to string, measured func(*Runs) []float64) float64 {
	var ratios []float64
	over := measured(c.Apps[to])
	for i, value := range measured(c.Apps[of]) {
		ratios = append(ratios, value/over[i])
	}
	return median(ratios)
}

// others is how many cores the rest of the machine kept busy in the worst run: the more, the less reliable the wall time.
func (c *CaseResult) others() float64 {
	worst := 0.0
	for _, runs := range c.Apps {
		for _, cores := range runs.Others {
			worst = max(worst, cores)
		}
	}
	return worst
}

// find returns the result of a case with any number of rounds; nil if the case was not run.
func (r *Results) find(want Case) *CaseResult {
	for _, c := range r.Cases {
		if c.Pairs == want.Pairs && c.Spread == want.Spread && c.Bare == want.Bare && c.Nlb == want.Nlb && c.Validation == want.Validation {
			return c
		}
	}
	return nil
}

// perPair returns the seconds that each pair after the first takes: the start of the kernel is not included.
func (r *Results) perPair(app string, pairs int, measured func(*Runs) []float64) float64 {
	one, many := r.find(Case{Pairs: 1}), r.find(Case{Pairs: pairs})
	if one == nil || many == nil {
		return 0
	}
	return (median(measured(many.Apps[app])) - median(measured(one.Apps[app]))) / float64(pairs-1)
}

// median returns the median of the values; 0 if there are none.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

func (r *Results) write(file string) error {
	content, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(content, '\n'), 0o644)
}
