package reachability_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// FuzzFacts reads files with facts. None makes it panic, and what a file gives can be asked.
func FuzzFacts(f *testing.F) {
	for _, seed := range []string{
		everyFact, `{}`, `[]`, `null`, `{"zoneIds": {"111111111111": {"eu-west-1a": "euw1-az1"}}}`, `{"zoneIds": {"subnet-1": "x"}}`,
		`{"parameters": {"A.B": "@C.D"}, "nested": {"A/B": "b.json"}, "services": {"com.amazonaws.vpce.eu-west-1.vpce-svc-1": "A/B"}}`,
		`{"certificates": {"arn:aws:acm:eu-west-1:111111111111:certificate/1": ["*.example.com"]}}`,
		`{"assumptions": [{"id": "accepted", "reason": "a pipeline accepts", "date": "2026-11-28"}]}`,
		`{"assumptions": [{"id": "accepted"}], "assumptions": null}`, `{"x": 1}`, `{"zoneIds": {}} {}`,
	} {
		f.Add([]byte(seed))
	}
	model, err := reachability.Load(reachability.Template("../examples/pricing-checkout/testdata/Pricing.json"))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file := filepath.Join(t.TempDir(), "privateapi.facts.json")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		facts, err := reachability.LoadFacts(file)
		if err != nil {
			return
		}
		_ = model.Prove(reachability.Question{Facts: facts.Facts}).String()
	})
}
