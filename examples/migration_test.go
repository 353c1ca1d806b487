package examples_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// phases are the phases of examples/migration, in their order.
var phases = []string{"STATUS_QUO", "ATTACH", "DUAL_RUN", "WATCH", "CLOSE", "INTERNAL"}

// TestGoldenMigration synthesises examples/migration in each phase, and compares who reaches the API, and what a
// deployment changes from each phase to the next and back.
func TestGoldenMigration(t *testing.T) {
	var before cdktest.Assembly
	for i, phase := range phases {
		dir := synth(t, "migration", map[string]any{"phase": phase, "aws:cdk:enable-path-metadata": true})
		cdktest.GoldenText(t, filepath.Join("migration", phase+".txt"), waysIn(t, dir))
		after := cdktest.AssemblyIn(dir)
		if i > 0 {
			forth, back := cdktest.Changes(t, before, after), cdktest.Changes(t, after, before)
			cdktest.GoldenText(t, filepath.Join("migration", fmt.Sprintf("%s-to-%s.txt", phases[i-1], phase)), forth)
			cdktest.GoldenText(t, filepath.Join("migration", fmt.Sprintf("%s-to-%s.txt", phase, phases[i-1])), back)
		}
		before = after
	}
}

// waysIn lists who calls the API and where the name leads, what is assumed or blocks the call, and everything else that can send traffic to a hop of it.
func waysIn(t *testing.T, dir string) string {
	t.Helper()
	facts, err := reachability.LoadFacts("migration/privateapi.facts.json")
	if err != nil {
		t.Fatal(err)
	}
	model, err := facts.Load(reachability.Assembly(dir))
	if err != nil {
		t.Fatal(err)
	}
	report := model.Prove(reachability.Question{Facts: facts.Facts})
	var text strings.Builder
	for _, answer := range report.Answers {
		fmt.Fprintf(&text, "%s: %s calls %s\n", answer.Verdict, answer.Client, answer.URL())
		for _, hop := range answer.Hops {
			if hop.Name == reachability.HopRecord || hop.Verdict != reachability.Reachable || strings.HasSuffix(hop.Message, "(assumed)") {
				fmt.Fprintf(&text, "  %s: %s\n", hop.Name, hop.Message)
			}
		}
	}
	text.WriteString("\nWAYS IN\n")
	for _, way := range report.Exposures {
		if !way.Chain {
			fmt.Fprintf(&text, "  %s allows %s\n", way.Hop, way.From)
		}
	}
	for _, finding := range report.Findings {
		fmt.Fprintf(&text, "\n%s", finding)
	}
	return text.String()
}
