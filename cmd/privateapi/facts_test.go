package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

const exampleFacts = `{
  "zoneIds": {
    "111111111111": {"eu-west-1a": "euw1-az1", "eu-west-1b": "euw1-az2"},
    "222222222222": {"eu-west-1a": "euw1-az2", "eu-west-1b": "euw1-az1"}
  },
  "parameters": {"Checkout.PricingServiceName": "@Pricing.ServiceName"},
  "certificates": {
    "arn:aws:acm:eu-west-1:222222222222:certificate/00000000-0000-0000-0000-000000000000": ["api.pricing.internal.company.com"]
  }
}`

func TestFactsComeFromAFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "shop.json")
	if err := os.WriteFile(file, []byte(exampleFacts), 0o600); err != nil {
		t.Fatal(err)
	}
	const want = "\n2 reachable, 0 blocked, 0 unknown"
	wantOutput(t, proveExample(pricingFlags, checkoutFlags, []string{"--facts", file}), exitReachable, want)
	wantOutput(t, proveExample(pricingFlags, checkoutFlags, []string{"--facts", file, "--zone", "111111111111/eu-west-1a=euw1-az3"}), exitBlocked, "euw1-az3")
	got := proveExample(pricingFlags, checkoutFlags, []string{"--facts", filepath.Join(dir, "gone.json")})
	if got.code != exitBadInput || !strings.Contains(got.stderr, "gone.json: no such file") {
		t.Errorf("%+v", got)
	}
}

func TestTheFactsFileOfTheDirectory(t *testing.T) {
	templates := make([]string, 2)
	for i, name := range []string{"Pricing.json", "Checkout.json"} {
		full, err := filepath.Abs(examples + name)
		if err != nil {
			t.Fatal(err)
		}
		templates[i] = full
	}
	t.Chdir(t.TempDir())
	args := []string{"prove", "--template", templates[0] + "=222222222222/eu-west-1", "--template", templates[1] + "=111111111111/eu-west-1"}
	wantOutput(t, runCommand(args...), exitUnknown, "UNKNOWN")
	if err := os.WriteFile(reachability.FactsFileName, []byte(exampleFacts), 0o600); err != nil {
		t.Fatal(err)
	}
	wantOutput(t, runCommand(args...), exitReachable, "\n2 reachable")
}

// One file serves several repositories: each loads one side only.
func TestFactsOfASideThatIsNotLoaded(t *testing.T) {
	file := filepath.Join(t.TempDir(), "shop.json")
	if err := os.WriteFile(file, []byte(exampleFacts), 0o600); err != nil {
		t.Fatal(err)
	}
	wantOutput(t, proveExample(checkoutFlags, []string{"--facts", file}), exitUnknown, "refers to stack Pricing, which is not loaded", "--assembly DIR with stack Pricing")
	wantOutput(t, proveExample(pricingFlags, []string{"--facts", file}), exitReachable,
		"NOTICE     not covered: values in the facts file for stacks that are not loaded: Checkout.PricingServiceName\n")
	if err := os.WriteFile(file, []byte(strings.Replace(exampleFacts, "Checkout.", "Chekout.", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	wantOutput(t, proveExample(pricingFlags, checkoutFlags, []string{"--facts", file}), exitUnknown,
		"Chekout.PricingServiceName (nobody gave Checkout.PricingServiceName: check the name of the stack)")
}

// The command asks until nothing is unknown, and keeps what it was told.
func TestFactsCommand(t *testing.T) {
	file := filepath.Join(t.TempDir(), "shop.json")
	args := func(command string) []string {
		return slices.Concat([]string{command}, pricingFlags, checkoutFlags, []string{"--facts", file})
	}
	wantOutput(t, runCommand(args("facts")...), exitUnknown, file+": 1 value to fill in, 1 of them new", "parameters.Checkout.PricingServiceName")
	wantOutput(t, runCommand(args("prove")...), exitUnknown, "--parameter Checkout.PricingServiceName=@STACK.OUTPUT")
	wantOutput(t, runCommand(args("facts")...), exitUnknown, "1 value to fill in, none of them new")
	fill(t, file, "\"@Pricing.ServiceName\"")
	wantOutput(t, runCommand(args("facts")...), exitUnknown, "5 values to fill in, 5 of them new", "aws acm describe-certificate --region eu-west-1 ",
		"    aws ec2 describe-availability-zones --region eu-west-1 --zone-names eu-west-1b --query \"AvailabilityZones[0].ZoneId\" --output text\n")
	fill(t, file, `"euw1-az1"`, `"euw1-az2"`, `"euw1-az2"`, `"euw1-az1"`, `["api.pricing.internal.company.com"]`)
	wantOutput(t, runCommand(args("facts")...), exitReachable, "nothing to fill in")
	wantOutput(t, runCommand(args("prove")...), exitReachable, "\n2 reachable")
}

// fill replaces the values that are not given, from the first on.
func fill(t *testing.T, file string, values ...string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, value := range values {
		text = bytes.Replace(text, []byte(`"value": null`), []byte(`"value": `+value), 1)
	}
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestFactsCommandFails(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad.json")
	if err := os.WriteFile(bad, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"facts: it writes no report":                  {"--json"},
		"bad.json: ":                                  {"--facts", bad},
		"facts: unexpected argument \"x\"":            {"x"},
		"facts: flag provided but not defined: -nope": {"--nope"},
	} {
		got := runCommand(append([]string{"facts", "--template", examples + "Pricing.json"}, args...)...)
		if got.code != exitBadInput || !strings.Contains(got.stderr, want) {
			t.Errorf("%v: %+v", args, got)
		}
	}
	if text, _ := os.ReadFile(bad); string(text) != "{" {
		t.Errorf("the bad file is overwritten: %s", text)
	}
	wantOutput(t, runCommand("facts", "-h"), exitReachable, factsUsage)
}
