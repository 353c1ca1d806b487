package main

import (
	"reflect"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// Each limit has a flag, with the name of the field.
func TestEachLimitHasAFlag(t *testing.T) {
	var limits reachability.Limits
	fields := limitFields(&limits)
	list := reflect.TypeFor[reachability.Limits]()
	for i := range list.NumField() {
		name := list.Field(i).Name
		field := fields[strings.ToLower(name)]
		if field == nil {
			t.Errorf("no flag for %s", name)
			continue
		}
		*field = i + 1
		if got := reflect.ValueOf(limits).Field(i).Int(); got != int64(i+1) {
			t.Errorf("--limit %s sets another field", strings.ToLower(name))
		}
		if !strings.Contains(proveUsage, strings.ToLower(name)) {
			t.Errorf("the help does not list %s", strings.ToLower(name))
		}
	}
}

// A limit that is exceeded is bad input. The error names the flag that raises it.
func TestLimits(t *testing.T) {
	for limit, want := range map[string]string{
		"files=1":     "more than 1 files in one load; to allow more, use --limit files=NUMBER",
		"questions=1": "prove: more than 1 questions in one proof; to allow more, use --limit questions=NUMBER",
		"steps=10":    "prove: more than 10 steps in one proof; to allow more, use --limit steps=NUMBER",
		"hops=9":      "prove: more than 9 reported hops in one proof; to allow more, use --limit hops=NUMBER",
		"hops":        "want NAME=NUMBER, where NAME is one of bytes, files, hops, questions, stacks, stages, steps, values",
		"routes=9":    "want NAME=NUMBER, where NAME is one of ",
		"hops=0":      "want NAME=NUMBER, where NAME is one of ",
	} {
		got := proveExample(pricingFlags, checkoutFlags, serviceFlags, zoneFlags, certificateFlags, []string{"--limit", limit})
		if got.code != exitBadInput || got.stdout != "" || !strings.Contains(got.stderr, want) {
			t.Errorf("--limit %s: %+v; want %q", limit, got, want)
		}
	}
	kept := []string{"--limit", "hops=1000", "--limit", "files=50"}
	wantOutput(t, proveExample(pricingFlags, checkoutFlags, serviceFlags, zoneFlags, certificateFlags, kept), exitReachable, "2 reachable")
}
