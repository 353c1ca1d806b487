package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

func readSARIF(t *testing.T, r *reachability.Report) sarifRun {
	t.Helper()
	var log sarifLog
	if err := json.Unmarshal([]byte(mustSARIF(t, r)), &log); err != nil {
		t.Fatal(err)
	}
	if log.Version != "2.1.0" || !strings.HasSuffix(log.Schema, "sarif-2.1.0.json") || len(log.Runs) != 1 {
		t.Fatalf("%+v", log)
	}
	return log.Runs[0]
}

// What the standard requires of a log, and code scanning of a result.
func TestSARIFIsValid(t *testing.T) {
	for name, r := range reports() {
		run := readSARIF(t, r)
		seen := map[string]bool{}
		for i, result := range run.Results {
			rules := run.Tool.Driver.Rules
			if result.RuleIndex >= len(rules) || rules[result.RuleIndex].ID != result.RuleID {
				t.Errorf("%s: result %d has rule %q at %d", name, i, result.RuleID, result.RuleIndex)
			}
			if level := result.Level; level != "error" && level != "warning" && level != "note" {
				t.Errorf("%s: result %d has level %q", name, i, level)
			}
			if result.Message.Text == "" || len(result.Locations) != 1 {
				t.Errorf("%s: result %d has message %q and %d locations", name, i, result.Message.Text, len(result.Locations))
			}
			for _, print := range result.Fingerprints {
				if seen[print] {
					t.Errorf("%s: two results have fingerprint %s", name, print)
				}
				seen[print] = true
			}
		}
		for _, rule := range run.Tool.Driver.Rules {
			if rule.ID == "" || rule.Short.Text == "" || rule.Full.Text == "" || rule.Help.Text == "" || !strings.HasPrefix(rule.HelpURI, "https://") {
				t.Errorf("%s: rule %+v", name, rule)
			}
		}
	}
}

func TestSARIFLevels(t *testing.T) {
	run := readSARIF(t, mixedReport())
	var got []string
	for _, result := range run.Results {
		got = append(got, result.Level+" "+result.RuleID)
	}
	want := "[error privateapi:onePort warning privateapi:unknown error privateapi:networkListenerTCP warning privateapi:notARule]"
	if fmt.Sprint(got) != want {
		t.Errorf("results %v, want %s", got, want)
	}
	if code := run.Invocations[0].ExitCode; code != exitBlocked {
		t.Errorf("exit code %d", code)
	}
}

func TestSARIFFallsBackToThePathRule(t *testing.T) {
	hop := blockedHop()
	hop.Rule, hop.Evidence = "", nil
	run := readSARIF(t, &reachability.Report{Answers: []reachability.Answer{answer("Service", "/", hop)}})
	if got := run.Results[0]; got.RuleID != "privateapi:path" || got.Level != "error" {
		t.Errorf("%s %s", got.Level, got.RuleID)
	}
	if got := run.Results[0].Locations[0].Logical[0].FullName; got != "Checkout/Endpoint" {
		t.Errorf("without evidence of its own it is at %s, want the hop before", got)
	}
}

// A fingerprint does not change with values, clients or lines, but it does with the location.
func TestFingerprintsAreStable(t *testing.T) {
	print := func(edit func(*reachability.Hop), client string) string {
		hop := blockedHop()
		hop.Evidence = append([]reachability.Evidence(nil), hop.Evidence...)
		edit(&hop)
		run := readSARIF(t, &reachability.Report{Answers: []reachability.Answer{answer(client, "/", hop)}})
		return run.Results[0].Fingerprints["privateapi/v1"]
	}
	before := print(func(*reachability.Hop) {}, "Service")
	if after := print(func(h *reachability.Hop) { h.Message, h.Fix, h.Evidence[0].Value = "x", "y", "9443" }, "Worker"); after != before {
		t.Errorf("%s became %s", before, after)
	}
	if after := print(func(h *reachability.Hop) { h.Evidence[0].LogicalID = "Other" }, "Service"); after == before {
		t.Error("another location has the same fingerprint")
	}
}

func TestSARIFMessagesHoldNoSyntax(t *testing.T) {
	const want = `{{{{resolve:ssm:x}}}} [a] (b)\x1b` + "\nnext"
	if got := sarifMessage("{{resolve:ssm:x}} [a](b)\x1b\nnext"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestURIs(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	p := newLocator()
	for file, want := range map[string]string{
		"cdk.out/A.template.json":            "cdk.out/A.template.json",
		"./cdk.out/../cdk.out/A.json":        "cdk.out/A.json",
		"a b/c%d#.json":                      "a%20b/c%25d%23.json",
		filepath.Join(here, "x.json"):        "x.json",
		"../x.json":                          "file://" + filepath.ToSlash(filepath.Join(filepath.Dir(here), "x.json")),
		filepath.FromSlash("cdk.out/B.yaml"): "cdk.out/B.yaml",
	} {
		if got := p.uri(file); got != want {
			t.Errorf("%s: %s, want %s", file, got, want)
		}
	}
}

// Viewers need a line, so a location without one is on the first.
func TestLines(t *testing.T) {
	l := newLocator()
	for line, want := range map[int]int{0: 1, 1: 1, 12: 12} {
		at := l.location(reachability.Evidence{Stack: "S", LogicalID: "R", File: "s.json", Line: line})
		if got := at.Physical.Region.StartLine; got != want {
			t.Errorf("line %d is shown as %d, want %d", line, got, want)
		}
	}
}
