package main

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/frame"
	"github.com/cdk-private-api/cdk-private-api-go/test/bench/measure"
	"github.com/cdk-private-api/cdk-private-api-go/test/bench/scenario"
)

// measure runs a plan.
func (b *bench) measure(p plan) (*Results, error) {
	r := &Results{Machine: newMachine()}
	var err error
	if r.Chains, err = b.chains(); err != nil {
		return nil, err
	}
	if r.Calls, err = b.calls(p.kinds); err != nil {
		return nil, err
	}
	for _, c := range p.cases {
		result, err := b.rounds(c)
		if err != nil {
			return nil, err
		}
		r.Cases = append(r.Cases, result)
	}
	if r.Tests, err = b.warmTests(p.repeat); err != nil {
		return nil, err
	}
	r.Imports, err = countImports()
	return r, err
}

// checkEqual runs a scenario untimed and compares.
func (b *bench) checkEqual(s *scenario.Scenario) error {
	st, err := b.equal(s)
	if err != nil {
		return err
	}
	return st.clear()
}

// equal writes the cloud assemblies of all apps for a scenario, and fails unless they are equal.
func (b *bench) equal(s *scenario.Scenario) (*stage, error) {
	st, err := b.stage(s, false)
	if err != nil {
		return nil, err
	}
	for _, app := range apps {
		if _, _, err := st.run(app); err != nil {
			return nil, err
		}
	}
	_, err = st.compare()
	return st, err
}

// rounds runs the apps in turn, round by round, each in its own process: a disturbance of the machine affects
// all of them. The templates of the first round are compared before any result counts. While there is time, a round in
// which other processes were busy is repeated.
func (b *bench) rounds(c Case) (*CaseResult, error) {
	split := scenario.Packed
	if c.Spread {
		split = scenario.Spread
	}
	in := scenario.New(c.Pairs, split)
	in.Routes, in.Clients = !c.Bare, !c.Bare
	if c.Nlb {
		in.StraightToTargets()
	}
	st, err := b.stage(in, c.Validation)
	if err != nil {
		return nil, err
	}
	const networks = 2
	result := &CaseResult{Case: c, Stacks: len(in.Providers) + len(in.Consumers) + networks, Apps: map[string]*Runs{}}
	var all []round
	for quiet := 0; len(all) < c.Rounds || quiet < c.Rounds && len(all) < 2*c.Rounds && time.Since(b.started) < patience; {
		progress("%v: round %d, %d quiet of %d", c, len(all)+1, quiet, c.Rounds)
		next, err := st.round()
		if err != nil {
			return nil, err
		}
		if all = append(all, next); next.others() <= quietCores {
			quiet++
		}
		if len(all) == 1 {
			if result.Resources, err = st.compare(); err != nil {
				return nil, err
			}
		}
	}
	slices.SortStableFunc(all, func(a, b round) int { return cmp.Compare(max(a.others(), quietCores), max(b.others(), quietCores)) })
	for _, r := range all[:c.Rounds] {
		for _, app := range apps {
			result.Apps[app] = result.Apps[app].with(r[app])
		}
	}
	return result, st.clear()
}

const (
	// quietCores is how many cores other processes may use in a quiet round.
	quietCores = 0.25
	// patience is how long rounds are repeated: make bench should end within ten minutes.
	patience = 6 * time.Minute
)

// round is a run of each app.
type round map[string]run

type run struct {
	usage measure.Usage
	times frame.Times
}

func (s *stage) round() (round, error) {
	r := round{}
	for _, app := range apps {
		usage, times, err := s.run(app)
		if err != nil {
			return nil, err
		}
		r[app] = run{usage, times[0]}
	}
	return r, nil
}

// others returns how many cores other processes used in the worst run.
func (r round) others() float64 {
	worst := 0.0
	for _, run := range r {
		worst = max(worst, run.usage.Others)
	}
	return worst
}

// String returns the name of the case in tables.
func (c Case) String() string {
	text := fmt.Sprintf("%d pair%s", c.Pairs, plural(c.Pairs))
	if c.Bare {
		text += " " + barePair
	}
	if c.Nlb {
		text += " " + nlbPair
	}
	if c.Spread {
		text += ", a stack each"
	}
	if c.Validation {
		text += ", validated"
	}
	return text
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}
