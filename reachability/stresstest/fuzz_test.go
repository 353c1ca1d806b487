package stresstest

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// FuzzProve proves templates that were cut up and put together at random. None makes it panic or loop, also within limits. Whether
// a limit is exceeded does not depend on the order in which requests are followed.
func FuzzProve(f *testing.F) {
	for seed := range uint64(150) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		random := rand.New(rand.NewPCG(seed, 1))
		inputs := exampleInputs()
		for i := range inputs {
			scrambled := filepath.Join(t.TempDir(), filepath.Base(inputs[i].Template))
			scramble(t, random, inputs[i].Template, scrambled)
			inputs[i].Template = scrambled
		}
		model, err := reachability.Load(inputs...)
		if err != nil {
			return
		}
		question := reachability.Question{Facts: exampleFacts()}
		whole := model.Prove(question)
		if whole.Stopped != nil {
			t.Fatal(whole.Stopped)
		}
		_ = whole.String()
		within, err := reachability.LoadWithin(reachability.Limits{
			Questions: 1 + random.IntN(4), Steps: 1 + random.IntN(2_000), Hops: 1 + random.IntN(80),
		}, inputs...)
		if err != nil {
			t.Fatal(err)
		}
		first, second := within.Prove(question), within.Prove(question)
		switch {
		case (first.Stopped == nil) != (second.Stopped == nil):
			t.Errorf("the first proof ends with %v, the second with %v", first.Stopped, second.Stopped)
		case first.Stopped == nil && first.String() != whole.String():
			t.Error("within limits that are not exceeded, the report differs")
		case first.Stopped != nil && (first.Verdict() != reachability.Unknown || len(first.Answers)+len(first.Exposures) > 0):
			t.Error("a proof that ended early has a result")
		}
	})
}

// scramble writes a template with a few values in the wrong places.
func scramble(t *testing.T, random *rand.Rand, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	var document map[string]any
	if err := json.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	resources := document["Resources"].(map[string]any)
	var ids []string
	for id := range resources {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for range 1 + random.IntN(6) {
		id, other := ids[random.IntN(len(ids))], ids[random.IntN(len(ids))]
		replacements := []any{
			map[string]any{"Ref": other},
			map[string]any{"Fn::GetAtt": []any{other, "Arn"}},
			map[string]any{"Ref": "AWS::NoValue"},
			map[string]any{"Ref": "AWS::StackId"},
			[]any{},
			map[string]any{},
			"", "10.0.0.0/8", 0, 443, 65536, -1, true, nil,
			part(random, resources[other]),
			[]any{part(random, resources[other]), part(random, resources[id])},
		}
		replace(random, resources[id], replacements[random.IntN(len(replacements))])
	}
	if data, err = json.Marshal(document); err == nil {
		err = os.WriteFile(to, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// part is a copy of a random part of a value.
func part(random *rand.Rand, v any) any {
	for random.IntN(4) > 0 {
		next := children(v)
		if len(next) == 0 {
			break
		}
		v = next[random.IntN(len(next))]
	}
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	var alone any
	if err := json.Unmarshal(data, &alone); err != nil {
		panic(err)
	}
	return alone // a copy, so that no value contains itself
}

func children(v any) []any {
	var list []any
	switch v := v.(type) {
	case map[string]any:
		for _, key := range sortedKeys(v) {
			list = append(list, v[key])
		}
	case []any:
		list = v
	}
	return list
}

func sortedKeys(v map[string]any) []string {
	keys := make([]string, 0, len(v))
	for key := range v {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// replace puts a value somewhere within another.
func replace(random *rand.Rand, v, by any) {
	for {
		var last bool
		switch at := v.(type) {
		case map[string]any:
			keys := sortedKeys(at)
			if len(keys) == 0 {
				return
			}
			key := keys[random.IntN(len(keys))]
			if last = random.IntN(3) == 0 || len(children(at[key])) == 0; last {
				at[key] = by
			}
			v = at[key]
		case []any:
			if len(at) == 0 {
				return
			}
			i := random.IntN(len(at))
			if last = random.IntN(3) == 0 || len(children(at[i])) == 0; last {
				at[i] = by
			}
			v = at[i]
		default:
			return
		}
		if last {
			return
		}
	}
}
