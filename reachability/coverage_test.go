package reachability_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/casetest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// A new hop comes with cases that it decides.
func TestEveryHopDecidesCases(t *testing.T) {
	count := map[string]int{}
	for _, f := range casetest.Files(t, caseFiles) {
		for _, c := range f.Cases {
			for _, w := range c.Outcomes() {
				_, hop, _ := strings.Cut(w.Want, " at ")
				count[hop]++
			}
		}
	}
	for _, whole := range [][2]string{
		{"path/as-it-is", "both stacks"}, {"scenarios/lattice", "tasks that ECS registers"}, {"scenarios/lattice", "an internal ALB"}, {"public/calls", "a client calls over the internet, and its NAT gateways are on the allow-list"},
	} {
		c := findCase(t, whole[0], whole[1])
		for _, hop := range loadCase(t, c.Load(t)).Prove(questionOf(c)).Answers[0].Hops {
			if count[hop.Name] < 2 {
				t.Errorf("%d cases are decided at %q", count[hop.Name], hop.Name)
			}
		}
	}
}

// Cases call resources by names that people read, not by logical IDs with a hash of the CDK.
func TestCasesHaveNoHashedIDs(t *testing.T) {
	hashed := regexp.MustCompile(`[A-Za-z][A-Za-z0-9]*[a-z0-9][0-9A-F]{8}\b`)
	paths, err := filepath.Glob(caseFiles + "/*/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if found := hashed.FindString(string(text)); found != "" {
			t.Errorf("%s has %s", path, found)
		}
	}
}

// The fix of a finding is the check's own where it has one, else that of the rule for templates.
func TestFixesAreForTemplates(t *testing.T) {
	stacks, provider, _ := smallPair(t)
	provider.properties("Permissions")["AllowedPrincipals"] = array{"arn:aws:iam::1:root", "arn:aws:sts::111111111111:assumed-role/a/b"}
	want := []string{rules.TemplateFix(rules.PrincipalForm), "use the role itself: arn:aws:iam::<account>:role/<name>"}
	findings := loadCase(t, stacks).Prove(reachability.Question{}).Findings
	if len(findings) != len(want) {
		t.Fatalf("%d findings, want %d: %v", len(findings), len(want), findings)
	}
	for i, f := range findings {
		if f.Fix != want[i] {
			t.Errorf("the fix is %q, want %q:\n%s", f.Fix, want[i], f)
		}
	}
}
