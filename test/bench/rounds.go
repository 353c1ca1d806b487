package main

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/scenario"
)

// measure measures all of a plan.
func (b *bench) measure(p plan) (*Results, error) {
	r := &Results{Machine: newMachine()}
	if err := b.warmUp(); err != nil {
		return nil, err
	}
	var err error
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

// warmUp runs every app once, so that no measured run is the first to read its files, and compares what they build.
func (b *bench) warmUp() error {
	return b.checkEqual(scenario.New(1, scenario.Packed))
}

// checkEqual runs a scenario untimed and compares.
func (b *bench) checkEqual(s *scenario.Scenario) error {
	st, err := b.stage(s, false)
	if err != nil {
		return err
	}
	for _, app := range apps {
		if _, _, err := st.run(app); err != nil {
			return err
		}
	}
	if _, err := st.compare(); err != nil {
		return err
	}
	return st.clear()
}

// rounds runs the apps in turn, round by round, each run a process of its own: what disturbs the machine for a while
// disturbs all of them. The templates of the first round are compared before anything counts.
func (b *bench) rounds(c Case) (*CaseResult, error) {
	split := scenario.Packed
	if c.Spread {
		split = scenario.Spread
	}
	in := scenario.New(c.Pairs, split)
	st, err := b.stage(in, c.Validation)
	if err != nil {
		return nil, err
	}
	const networks = 2
	result := &CaseResult{Case: c, Stacks: len(in.Providers) + len(in.Consumers) + networks, Apps: map[string]*Runs{}}
	for _, app := range apps {
		result.Apps[app] = &Runs{}
	}
	for round := range c.Rounds {
		progress("%v: round %d of %d", c, round+1, c.Rounds)
		for _, app := range apps {
			usage, times, err := st.run(app)
			if err != nil {
				return nil, err
			}
			result.Apps[app].add(usage, times[0])
		}
		if round == 0 {
			if result.Resources, err = st.compare(); err != nil {
				return nil, err
			}
		}
	}
	return result, st.clear()
}

func (c Case) String() string {
	text := fmt.Sprintf("%d pair%s", c.Pairs, plural(c.Pairs))
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
