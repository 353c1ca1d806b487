package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/compare"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

func TestExplain(t *testing.T) {
	const want = `privateapi:onePort  error
`
	rule, _ := proof.FindRule("onePort")
	short, long := runCommand("explain", "onePort"), runCommand("explain", "privateapi:onePort")
	if short != long || short.code != 0 || short.stderr != "" {
		t.Fatalf("%+v and %+v", short, long)
	}
	if !strings.HasPrefix(short.stdout, want) {
		t.Errorf("%s does not begin with %s", short.stdout, want)
	}
	for _, part := range []string{rule.Summary, "\nAWS     " + rule.AWS, "\nfix     " + rule.Fix, "\nsource  https://docs.aws.amazon.com/"} {
		if !strings.Contains(short.stdout, part) {
			t.Errorf("%s has no %q", short.stdout, part)
		}
	}
}

// The rule of a hop is explained with the hop's entry in the catalogue.
func TestExplainHop(t *testing.T) {
	got := runCommand("explain", "pathAcceptance").stdout
	want := "\nhop     acceptance, on the path to the endpoint service: the provider accepts the connection\n"
	if !strings.Contains(got, want) || !strings.Contains(got, "\nuse     --assume accepted\n") {
		t.Errorf("%s has no %q, or no assumption", got, want)
	}
}

func TestExplainListsAllRules(t *testing.T) {
	got := runCommand("explain")
	lines := strings.Split(strings.TrimSuffix(got.stdout, "\n"), "\n")
	all := len(proof.Rules()) + len(compare.AllOptions()) + len(compare.Reasons())
	if got.code != 0 || len(lines) != all {
		t.Fatalf("exit code %d, %d lines, want one for each of %d rules, options and reasons", got.code, len(lines), all)
	}
	for i, rule := range proof.Rules() {
		if fields := strings.Fields(lines[i]); fields[0] != rule.ID || fields[1] != string(rule.Severity) || !strings.HasSuffix(lines[i], "  "+rule.Summary) {
			t.Errorf("%q is not the line of %s", lines[i], rule.ID)
		}
	}
}

func TestNearest(t *testing.T) {
	list := []string{"privateapi:onePort", "privateapi:portRange", "privateapi:cidr", "privateapi:certificateRequired"}
	for given, want := range map[string][]string{
		"oneport":            {"privateapi:onePort"},
		"privateapi:onPort":  {"privateapi:onePort"},
		"port":               {"privateapi:onePort", "privateapi:portRange"},
		"certificate":        {"privateapi:certificateRequired"},
		"certifcateRequried": {"privateapi:certificateRequired"},
		"cdir":               {"privateapi:cidr"},
		"somethingElse":      nil,
		"x":                  nil,
	} {
		if got := similar(given, list); !slices.Equal(got, want) {
			t.Errorf("similar to %s: %v, want %v", given, got, want)
		}
	}
	if got := runCommand("explain", "zzzzzzzzzzzz"); !strings.Contains(got.stderr, "privateapi explain lists all") {
		t.Errorf("stderr %q", got.stderr)
	}
}

// An option is explained with all that may rule it out, and a reason with the options that it is of.
func TestExplainComparison(t *testing.T) {
	golden(t, "compare/explain-lattice.txt", runCommand("explain", "lattice").stdout)
	golden(t, "compare/explain-client-is-the-nlb.txt", runCommand("explain", "client-is-the-nlb").stdout)
	for _, id := range explainable() {
		if got := runCommand("explain", id); got.code != exitReachable || !strings.Contains(got.stdout, "\nsource  https://") || !strings.HasPrefix(got.stdout, id+"  ") {
			t.Errorf("%s: %+v", id, got)
		}
	}
	if got := runCommand("explain", "latice-ten-minuts"); got.code != exitBadInput || !strings.Contains(got.stderr, "did you mean lattice-ten-minutes") {
		t.Errorf("%+v", got)
	}
}

// No ID is explained twice: rules, options and reasons share the names that people type.
func TestExplainableIDsDiffer(t *testing.T) {
	seen := map[string]bool{}
	for _, id := range explainable() {
		if name := strings.ToLower(strings.TrimPrefix(id, idPrefix)); seen[name] {
			t.Errorf("%s is there twice", name)
		} else {
			seen[name] = true
		}
	}
}
