package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func graphExample(flags ...[]string) result {
	return runCommand(append([]string{"graph"}, slices.Concat(flags...)...)...)
}

// What a path is blocked by stands on it, and what is behind is drawn.
func TestTheReasonStandsOnThePicture(t *testing.T) {
	got := graphExample(pricingFlags, checkoutFlags)
	wantOutput(t, got, exitReachable, `class="unknown line"`, "which service the", `class="plain line"`, ">target<", ">1 call: 1 unknown<")
}

func TestGraphIntoAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "paths.mmd")
	got := graphExample(pricingFlags, checkoutFlags, []string{"--format", "mermaid", "--output", file})
	wantOutput(t, got, exitReachable)
	data, err := os.ReadFile(file)
	if err != nil || got.stdout != "" || !strings.HasPrefix(string(data), "flowchart LR\n") {
		t.Errorf("%v, %q, %s", err, got.stdout, data)
	}
}

func TestBadInputOfGraph(t *testing.T) {
	for name, tc := range map[string]struct {
		args []string
		want string
	}{
		"an unknown format":    {[]string{"--format", "png"}, "want one of svg, html, mermaid, markdown"},
		"two formats":          {[]string{"--format", "svg", "--format", "mermaid"}, "given twice"},
		"a format of prove":    {[]string{"--json"}, "not defined: -json; privateapi graph -h lists the flags"},
		"no assembly":          {nil, "graph: no cdk.out here"},
		"an unwritable output": {slices.Concat(pricingFlags, []string{"--output", t.TempDir()}), "is a directory"},
		"a limit":              {slices.Concat(pricingFlags, []string{"--limit", "steps=1"}), "use --limit steps=NUMBER"},
	} {
		t.Run(name, func(t *testing.T) {
			got := graphExample(tc.args)
			if got.code != exitBadInput || !strings.Contains(got.stderr, tc.want) {
				t.Errorf("exit code %d, stderr %q, want %q", got.code, got.stderr, tc.want)
			}
		})
	}
}
