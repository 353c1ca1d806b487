package main

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/frame"
	"github.com/cdk-private-api/cdk-private-api-go/test/bench/scenario"
)

// TestResult has the milliseconds that snapshot tests of one pair take in one process: each defines an app, synthesises it
// and reads its templates.
type TestResult struct {
	First  float64 `json:"first"`  // with the start of the kernel
	Second float64 `json:"second"` // on a running kernel that has compiled little
	Median float64 `json:"median"` // of the further ones
	All    float64 `json:"all"`
	Number int     `json:"number"`
}

// warmTests synthesises an app with one pair many times on one kernel, as tests do: with imported VPCs and two small stacks.
func (b *bench) warmTests(repeat int) (map[string]*TestResult, error) {
	in := scenario.New(1, scenario.Packed)
	in.ImportVpcs = true
	if err := b.checkEqual(in); err != nil {
		return nil, err
	}
	in.Repeat = repeat
	results := map[string]*TestResult{}
	for _, app := range apps {
		progress("%d snapshot tests in one process: %s", repeat, titles[app])
		st, err := b.stage(in, false)
		if err != nil {
			return nil, err
		}
		_, times, err := st.run(app)
		if err != nil {
			return nil, err
		}
		if len(times) != repeat {
			return nil, fmt.Errorf("%s ran %d times, want %d", app, len(times), repeat)
		}
		results[app] = newTestResult(times)
		if err := st.clear(); err != nil {
			return nil, err
		}
	}
	return results, nil
}

func newTestResult(times []frame.Times) *TestResult {
	all := make([]float64, len(times))
	sum := 0.0
	for i, t := range times {
		all[i] = t.Start + t.Build + t.Synth + t.Read
		sum += all[i]
	}
	return &TestResult{First: all[0], Second: all[1], Median: median(all[1:]), All: sum, Number: len(all)}
}
