package examples_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
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

// TestMigrationReadme checks the commands of README.md: the deployments go through all phases, with an ALB of the app and with another one, and
// the proof that it shows succeeds.
func TestMigrationReadme(t *testing.T) {
	readme, err := os.ReadFile("migration/README.md")
	if err != nil {
		t.Fatal(err)
	}
	deployed := map[bool][]string{} // by whether the ALB exists
	for _, command := range regexp.MustCompile(`(?m)^cdk deploy --all (.*)$`).FindAllStringSubmatch(string(readme), -1) {
		context := contextOf(command[1])
		_, exists := context["listenerArn"]
		if _, hasLoadBalancer := context["loadBalancerArn"]; hasLoadBalancer != exists {
			t.Errorf("%q has one ARN without the other", command[0])
		}
		if begins := len(deployed[exists]) == 0; begins != (context["begin"] == "true") {
			t.Errorf("%q begins: %v, want %v", command[0], !begins, begins)
		}
		deployed[exists] = append(deployed[exists], context["phase"])
	}
	for exists, got := range deployed {
		if !slices.Equal(got, phases) {
			t.Errorf("an ALB that exists: %v, and the phases are %v, want %v", exists, got, phases)
		}
	}
	const prove = "go run ../../cmd/privateapi prove"
	synths := regexp.MustCompile(`(?m)^cdk synth --quiet (.*)\n` + regexp.QuoteMeta(prove) + `$`).FindStringSubmatch(string(readme))
	if synths == nil || len(deployed) != 2 {
		t.Fatalf("README.md has no proof, or not both kinds of deployments: %v", deployed)
	}
	command := exec.Command("sh", "-c", prove+" --assembly "+synth(t, "migration", map[string]any{"phase": contextOf(synths[1])["phase"]}))
	command.Dir = "migration" // where its facts are
	if output, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}

// contextOf are the context values of the options of a command.
func contextOf(options string) map[string]string {
	context := map[string]string{}
	for _, option := range regexp.MustCompile(`-c (\w+)=(\S+)`).FindAllStringSubmatch(options, -1) {
		context[option[1]] = option[2]
	}
	return context
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
