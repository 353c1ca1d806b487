package stresstest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/meshtest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// failure is the text with which the first assertion fails.
type failure struct{ text string }

func (*failure) Helper() {}

func (f *failure) Fatalf(format string, args ...any) {
	if f.text == "" {
		f.text = fmt.Sprintf(format, args...)
	}
}

// A proof that costs more than a limit allows proves nothing, and says which limit to raise.
func TestLimitsOfAProof(t *testing.T) {
	for field, limits := range map[string]reachability.Limits{
		"Questions": {Questions: 1}, "Steps": {Steps: 5}, "Hops": {Hops: 20},
	} {
		model, err := reachability.LoadWithin(limits, exampleInputs()...)
		if err != nil {
			t.Fatal(err)
		}
		report := model.Prove(reachability.Question{Facts: exampleFacts()})
		var exceeded *reachability.LimitError
		if !errors.As(report.Stopped, &exceeded) || exceeded.Field != field || report.Verdict() != reachability.Unknown {
			t.Errorf("%s: the proof ends with %v, and the verdict %s", field, report.Stopped, report.Verdict())
		}
		for name, require := range map[string]func(reachability.TB){
			"RequireReachable": report.RequireReachable,
			"RequireOnly":      func(tb reachability.TB) { report.RequireOnly(tb) },
			"RequireBlocked":   func(tb reachability.TB) { report.RequireBlocked(tb, "") },
		} {
			var f failure
			if require(&f); !strings.Contains(f.text, "to allow more, raise Limits."+field) {
				t.Errorf("%s: %s fails with %q", field, name, f.text)
			}
		}
	}
}

// Clients and targets of one load of templates stay far below the limits: a tenth of the largest mesh that is measured takes
// less than a hundredth of each.
func TestMeshIsFarWithinTheLimits(t *testing.T) {
	input, question := writeMesh(t, meshtest.New(100, 20))
	hundredth := reachability.Limits{
		Files: 200, Bytes: 256 << 20 / 10, Values: 16_000_000 / 10, Stages: 10, Stacks: 10_000 / 10,
		Questions: 5_000, Steps: 10_000_000, Hops: 150_000,
	}
	model, err := reachability.LoadWithin(hundredth, input)
	if err != nil {
		t.Fatal(err)
	}
	if report := model.Prove(question); report.Stopped != nil || len(report.Answers) != 2_000 {
		t.Errorf("%d answers, %v", len(report.Answers), report.Stopped)
	}
}
