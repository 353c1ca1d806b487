package scenario_test

import (
	"path/filepath"
	"reflect"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/scenario"
)

func TestSplit(t *testing.T) {
	for _, tc := range []struct {
		pairs                int
		split                scenario.Split
		providers, consumers int
	}{
		{1, scenario.Packed, 1, 1},
		{35, scenario.Packed, 1, 1},
		{36, scenario.Packed, 2, 1},
		{200, scenario.Packed, 6, 3},
		{20, scenario.Spread, 20, 20},
	} {
		s := scenario.New(tc.pairs, tc.split)
		if len(s.Providers) != tc.providers || len(s.Consumers) != tc.consumers {
			t.Errorf("%d pairs: %d and %d stacks, want %d and %d", tc.pairs, len(s.Providers), len(s.Consumers), tc.providers, tc.consumers)
		}
		seen := map[scenario.Pair]bool{}
		for _, stack := range s.Providers {
			if resources := 14 * len(stack.Pairs); resources > 500 {
				t.Errorf("%d pairs: %s has %d resources", tc.pairs, stack.Name, resources)
			}
			for _, pair := range stack.Pairs {
				seen[pair] = true
			}
		}
		for _, stack := range s.Consumers {
			if resources := 7 * len(stack.Pairs); resources > 500 {
				t.Errorf("%d pairs: %s has %d resources", tc.pairs, stack.Name, resources)
			}
			for _, pair := range stack.Pairs {
				if !seen[pair] {
					t.Errorf("%d pairs: the consumer %s has no provider", tc.pairs, pair.ID)
				}
				delete(seen, pair)
			}
		}
		if len(seen) > 0 {
			t.Errorf("%d pairs: providers without consumer: %v", tc.pairs, seen)
		}
	}
}

func TestReadWrite(t *testing.T) {
	s, file := scenario.New(40, scenario.Packed), filepath.Join(t.TempDir(), "scenario.json")
	s.StraightToTargets()
	if err := s.Write(file); err != nil {
		t.Fatal(err)
	}
	got, err := scenario.Read(file)
	if err != nil || !reflect.DeepEqual(got, s) {
		t.Errorf("read %v, %v; wrote %v", got, err, s)
	}
}
