package main

import (
	"os"
	"path/filepath"
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
	wantOutput(t, proveExample(pricingFlags, []string{"--facts", file}), exitUnknown,
		"NOTICE     not covered: values in the facts file for stacks that are not loaded: Checkout.PricingServiceName\n")
	if err := os.WriteFile(file, []byte(strings.Replace(exampleFacts, "Checkout.", "Chekout.", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	wantOutput(t, proveExample(pricingFlags, checkoutFlags, []string{"--facts", file}), exitUnknown,
		"Chekout.PricingServiceName (nobody gave Checkout.PricingServiceName: check the name of the stack)")
}
