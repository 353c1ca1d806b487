package main

import (
	"path/filepath"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/deploytime"
	"github.com/cdk-private-api/cdk-private-api-go/test/bench/scenario"
)

// ChainResult is the minimum time of a stack's deployment, by app: the longest chain of resources that wait for each other,
// in typical seconds, and the chain with the most resources.
type ChainResult struct {
	Stack     string             `json:"stack"`
	Seconds   map[string]float64 `json:"seconds"`
	Resources map[string]float64 `json:"resources"`
}

// chains finds the chains of one pair. All apps run for it, so that no measured run is the first to read its files.
func (b *bench) chains() ([]ChainResult, error) {
	in := scenario.New(1, scenario.Packed)
	st, err := b.equal(in)
	if err != nil {
		return nil, err
	}
	var all []ChainResult
	for _, stack := range []string{in.Providers[0].Name, in.Consumers[0].Name} {
		result := ChainResult{Stack: stack, Seconds: map[string]float64{}, Resources: map[string]float64{}}
		for _, app := range apps {
			a, err := assembly.Load(assembly.Input{Template: filepath.Join(st.outdir(app), stack+".template.json")})
			if err != nil {
				return nil, err
			}
			slowest, deepest := deploytime.Longest(a.Stacks[0])
			result.Seconds[app], result.Resources[app] = slowest.Takes.Seconds(), float64(len(deepest.Resources))
		}
		all = append(all, result)
	}
	return all, st.clear()
}
