package rules_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestLatticeMatches(t *testing.T) {
	type M = rules.LatticeMatch
	v1 := M{Path: "/v1", IsPrefix: true}
	for name, tc := range map[string]struct {
		a, b               M
		overlaps, contains bool
	}{
		"the same path":               {M{Path: "/v1"}, M{Path: "/v1"}, true, true},
		"other paths":                 {M{Path: "/v1"}, M{Path: "/v2"}, false, false},
		"a prefix and a path":         {v1, M{Path: "/v1/quotes"}, true, true},
		"a path and a prefix of it":   {M{Path: "/v1/quotes"}, v1, true, false},
		"a path like a prefix":        {M{Path: "/v1"}, v1, true, false},
		"a prefix and a longer one":   {v1, M{Path: "/v1/quotes", IsPrefix: true}, true, true},
		"other prefixes":              {v1, M{Path: "/v2", IsPrefix: true}, false, false},
		"another case":                {v1, M{Path: "/V1/quotes"}, true, true},
		"another case that matters":   {M{Path: "/v1", CaseSensitive: true}, M{Path: "/V1", CaseSensitive: true}, false, false},
		"a case that matters to one":  {M{Path: "/v1", CaseSensitive: true}, M{Path: "/v1"}, true, false},
		"a case that matters to both": {M{Path: "/v1", CaseSensitive: true}, M{Path: "/v1", CaseSensitive: true}, true, true},
		"any path":                    {M{Method: "GET"}, M{Path: "/v1", Method: "GET"}, true, true},
		"other methods":               {M{Method: "GET", Path: "/v1"}, M{Method: "PUT", Path: "/v1"}, false, false},
		"any method":                  {v1, M{Path: "/v1", Method: "PUT"}, true, true},
		"a method of any":             {M{Path: "/v1", Method: "PUT"}, v1, true, false},
		"a header":                    {M{Path: "/v1", Headers: []string{"a"}}, M{Path: "/v1"}, true, false},
		"any header":                  {M{Path: "/v1"}, M{Path: "/v1", Headers: []string{"a"}}, true, true},
		"what is not known":           {M{Opaque: true}, v1, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tc.a.Overlaps(tc.b); got != tc.overlaps {
				t.Errorf("overlaps: %v, want %v", got, tc.overlaps)
			}
			if got := tc.b.Overlaps(tc.a); got != tc.overlaps {
				t.Errorf("overlaps the other way: %v, want %v", got, tc.overlaps)
			}
			if got := tc.a.Contains(tc.b); got != tc.contains {
				t.Errorf("contains: %v, want %v", got, tc.contains)
			}
		})
	}
}

func TestDeriveLatticePriority(t *testing.T) {
	for _, id := range []string{"", "Quotes", "Orders", "a", "b"} {
		if p := rules.DeriveLatticePriority(id); p < 1 || p > 100 || p != rules.DeriveLatticePriority(id) {
			t.Errorf("priority of %q = %d", id, p)
		}
	}
	if rules.DeriveLatticePriority("Quotes") != 33 {
		t.Error("the derived priority of an id has changed: deployed rules would move")
	}
}
