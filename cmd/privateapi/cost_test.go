package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
)

// costDay is a day on which the prices of the command are not old.
var costDay = time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)

var costTemplates = []string{
	"--template", "testdata/cost/Pricing.json=222222222222/eu-west-1", "--template", "testdata/cost/Checkout.json=111111111111/eu-west-1",
	"--parameter", "Checkout.ServiceName=@Pricing.ServiceName",
}

func costOutput(t *testing.T, args ...string) string {
	t.Helper()
	output, code, err := writeCost(args, costDay)
	if err != nil || code != exitReachable {
		t.Fatalf("code %d, %v", code, err)
	}
	var b bytes.Buffer
	if err := output(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCostGoldens(t *testing.T) {
	usage := []string{"--usage", "testdata/cost/usage.json"}
	own := []string{"--prices", "testdata/cost/prices.json"}
	for name, args := range map[string][]string{
		"text.txt":              {},
		"account.txt":           {"--by", "account", "--format", "text"},
		"resource.txt":          {"--by", "resource"},
		"usage.txt":             usage,
		"usage-resource.txt":    append([]string{"--by", "resource"}, usage...),
		"prices.txt":            append(own, usage...),
		"text.json":             {"--format", "json"},
		"usage-account.json":    append([]string{"--format", "json", "--by", "account"}, usage...),
		"text.md":               {"--format", "markdown"},
		"usage-resource.md":     append([]string{"--format", "markdown", "--by", "resource"}, usage...),
		"rejected.resource.txt": {"--by", "resource", "--facts", "testdata/cost/facts.json"},
	} {
		t.Run(name, func(t *testing.T) {
			golden(t, filepath.Join("cost", name), costOutput(t, append(args, costTemplates...)...))
		})
	}
}

// A golden file can be updated without a review, so these are the numbers that must be right.
func TestCostOfTheExample(t *testing.T) {
	args := []string{
		"--template", examples + "Pricing.json=222222222222/eu-west-1", "--template", examples + "Checkout.json=111111111111/eu-west-1",
		"--prices", "testdata/cost/prices.json", "--format", "json",
	}
	var got costDocument
	if err := json.Unmarshal([]byte(costOutput(t, args...)), &got); err != nil {
		t.Fatal(err)
	}
	// 14 zones of endpoints, two load balancers and a hosted zone, as the README of the example has them.
	if got.Total.Fixed != (costMoney{Low: "149.71", High: "149.71"}) || got.Total.Usage != (costMoney{Low: "0.00", High: "0.00"}) {
		t.Errorf("it costs %+v, want 149.71", got.Total)
	}
}

// The owner of the service pays for the endpoint of the other account.
func TestCostByPayer(t *testing.T) {
	var got costDocument
	if err := json.Unmarshal([]byte(costOutput(t, append(costTemplates, "--by", "account", "--format", "json", "--prices", "testdata/cost/prices.json")...)), &got); err != nil {
		t.Fatal(err)
	}
	for i, want := range []costGroup{
		{Name: "111111111111", costTotal: costTotal{Fixed: costMoney{Low: "26.78", High: "26.78"}}}, // 8.03 for logs, 0.50 for the zone, 18.25 for Lattice
		{Name: "222222222222", costTotal: costTotal{Fixed: costMoney{Low: "52.85", High: "52.95", Unverified: true}}},
	} {
		if g := got.Groups[i]; g.Name != want.Name || g.Fixed != want.Fixed {
			t.Errorf("%s pays %+v, want %s and %+v", g.Name, g.Fixed, want.Name, want.Fixed)
		}
	}
}

func TestCostFails(t *testing.T) {
	write := func(text string) string {
		file := filepath.Join(t.TempDir(), "file.json")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	for name, tc := range map[string]struct {
		args []string
		want string
	}{
		"an unknown flag":     {[]string{"--jsn"}, "cost: flag provided but not defined: -jsn; privateapi cost -h lists the flags"},
		"an argument":         {[]string{"cdk.out"}, `cost: unexpected argument "cdk.out"`},
		"an unknown format":   {[]string{"--format", "yaml"}, "want text, json or markdown"},
		"an unknown grouping": {[]string{"--by", "team"}, "want stack, account or resource"},
		"a grouping twice":    {[]string{"--by", "stack", "--by", "account"}, "given twice"},
		"no Region":           {[]string{"--region", "Ireland"}, "want a Region, such as eu-west-1"},
		"no assembly":         {nil, "cost: no cdk.out here: run cdk synth, or use --assembly DIR or --template FILE"},
		"no usage file":       {append(costTemplates, "--usage", "none.json"), "cost: none.json: no such file or directory"},
		"no price file":       {append(costTemplates, "--prices", "testdata"), "cost: testdata: not a regular file"},
		"unknown resources": {
			append(costTemplates, "--usage", write(`{"version": 1, "resource_usage": {"Checkout/Pricing/Endpont": {}}}`)),
			"resource_usage.Checkout/Pricing/Endpont: is no resource of the templates; did you mean Checkout/Pricing/Endpoint?",
		},
		"negative usage": {
			append(costTemplates, "--usage", write(`{"version": 1, "resource_usage": {"Checkout/Endpoint": {"monthly_data_processed_gb": -1}}}`)),
			"monthly_data_processed_gb: -1 is negative",
		},
		"another currency": {
			append(costTemplates, "--prices", write(`{"version": 1, "currency": "EUR", "items": {}}`)), `currency: is "EUR", but the other prices are in USD`,
		},
		"a Region without prices": {
			[]string{"--template", "testdata/cost/Checkout.json=111111111111/sa-east-1"}, "there is no price of endpoint.hour in sa-east-1: give it with --prices FILE",
		},
		"a Region that is not known": {
			[]string{"--template", "testdata/cost/Checkout.json"}, "the Region of stack Checkout is not known: give it with --region, or set Env of the stack",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := runCommand(append([]string{"cost"}, tc.args...)...)
			if got.code != exitBadInput || got.stdout != "" || !strings.Contains(got.stderr, tc.want) {
				t.Errorf("code %d, stdout %q, stderr %q, want %q", got.code, got.stdout, got.stderr, tc.want)
			}
		})
	}
}

func TestCostHelp(t *testing.T) {
	for _, args := range [][]string{{"cost", "-h"}, {"help", "cost"}} {
		wantOutput(t, runCommand(args...), exitReachable, costUsage)
	}
	wantOutput(t, runCommand("cost", "--template", "testdata/cost/Checkout.json", "--region", "us-east-1"), exitReachable, "Checkout", "total")
}

// Names from templates do not control a terminal, and mean nothing to Markdown.
func TestCostOfHostileNames(t *testing.T) {
	const path = "Stack/\x1b[31m|<script>\n# *x*\u202e"
	template, err := json.Marshal(map[string]any{"Resources": map[string]any{
		"Key":   map[string]any{"Type": "AWS::KMS::Key", "Metadata": map[string]any{"aws:cdk:path": path}},
		"Other": map[string]any{"Type": "AWS::Evil::\x1b[31m<b>|\n"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "Stack.json")
	if err := os.WriteFile(file, template, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"text", "markdown"} {
		got := costOutput(t, "--template", file+"=111111111111/us-east-1", "--by", "resource", "--format", format)
		for _, c := range got {
			if c != '\n' && !unicode.IsPrint(c) {
				t.Errorf("%s has %U", format, c)
			}
		}
		for _, bad := range []string{"\n# ", "<script>", "[31m|<"} {
			if strings.Contains(got, bad) && (format == "markdown" || bad == "\n# ") {
				t.Errorf("%s has %q:\n%s", format, bad, got)
			}
		}
	}
}
