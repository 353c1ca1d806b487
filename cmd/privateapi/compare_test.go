package main

import (
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// readings are the article's five readings by use case, as numbers of a mesh each.
var readings = []string{"one-to-many", "many-to-many", "shared-team", "layer-7", "outside"}

// runCompare runs compare on a day on which its prices are not old, and other commands as they are.
func runCompare(args ...string) result {
	if args[0] != compareCommand {
		return runCommand(args...)
	}
	output, code, err := compareOptions(args[1:], costDay)
	if err != nil {
		return result{code: code, stderr: complaint(err.Error())}
	}
	var b strings.Builder
	if err := output(&b); err != nil {
		return result{code: exitBadInput, stderr: complaint(err.Error())}
	}
	return result{code: code, stdout: b.String()}
}

func TestCompareReadings(t *testing.T) {
	for _, name := range readings {
		t.Run(name, func(t *testing.T) {
			got := runCompare("compare", "--numbers", "testdata/compare/"+name+".json")
			if got.code != exitReachable || got.stderr != "" {
				t.Fatalf("%+v", got)
			}
			golden(t, "compare/"+name+".txt", got.stdout)
		})
	}
}

func TestCompareFormats(t *testing.T) {
	args := []string{"compare", "--numbers", "testdata/compare/many-to-many.json", "--overlapping-blocks", "yes"}
	for file, more := range map[string][]string{
		"compare/formats.verbose.txt": {"--verbose"}, "compare/formats.md": {"--format", "markdown"}, "compare/formats.out.json": {"--format", "json"},
	} {
		got := runCompare(append(args, more...)...)
		if got.code != exitReachable || got.stderr != "" {
			t.Fatalf("%+v", got)
		}
		golden(t, file, got.stdout)
		if strings.HasSuffix(file, ".json") && !json.Valid([]byte(got.stdout)) {
			t.Error("not JSON")
		}
	}
}

// Templates give numbers and answers with their evidence, and flags come first.
func TestCompareTemplates(t *testing.T) {
	const testdata = "../../examples/pricing-checkout/testdata/"
	args := []string{"compare", "--template", testdata + "Pricing.json=222222222222/eu-west-1", "--template", testdata + "Checkout.json=111111111111/eu-west-1"}
	got := runCompare(append(args, "--web-acl", "no")...)
	if got.code != exitReachable || got.stderr != "" {
		t.Fatalf("%+v", got)
	}
	golden(t, "compare/templates.txt", got.stdout)
	got = runCompare(append(args, "--overlapping-blocks", "no", "--consumers", "5")...)
	if !strings.HasPrefix(got.stdout, "1 service in 1 VPC, called from 5 VPCs: 5 calls, in 2 zones, eu-west-1\n") || strings.Contains(got.stdout, "overlaps") {
		t.Errorf("the flags do not come first: %s", got.stdout)
	}
}

func TestCompareDeclaration(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mesh.json")
	declaration := `{"version": 1, "region": "us-east-1",
  "tiers": [{"name": "internal", "transport": "privatelink"}, {"name": "payments", "transport": "privatelink"}],
  "providers": [{"name": "commerce", "account": "222222222222"}, {"name": "money", "account": "333333333333"}],
  "services": [
    {"name": "pricing", "domainName": "pricing.company.com", "provider": "commerce", "tier": "internal"},
    {"name": "stock", "domainName": "stock.company.com", "provider": "commerce", "tier": "internal"},
    {"name": "ledger", "domainName": "ledger.company.com", "provider": "money", "tier": "payments"}],
  "consumers": [
    {"name": "checkout", "account": "111111111111", "calls": ["pricing", "stock", "ledger"]},
    {"name": "reports", "account": "444444444444", "calls": ["ledger"]}]}`
	if err := os.WriteFile(file, []byte(declaration), 0o600); err != nil {
		t.Fatal(err)
	}
	got := runCompare("compare", "--mesh", file, "--format", "json")
	var c struct {
		Mesh    struct{ Services, Consumers, Providers, FrontDoors, Calls, Principals int }
		Options []struct {
			Option string
			Fixed  struct{ Exact string }
		}
	}
	if err := json.Unmarshal([]byte(got.stdout), &c); err != nil {
		t.Fatalf("%v: %+v", err, got)
	}
	if m := c.Mesh; m.Services != 3 || m.Consumers != 2 || m.Providers != 2 || m.FrontDoors != 2 || m.Calls != 4 || m.Principals != 2 {
		t.Errorf("got %+v", m)
	}
	// Two doors of 32.85, and three endpoints of 14.60.
	if want := big.NewRat(10950, 100); c.Options[0].Option != "privatelink-shared" || c.Options[0].Fixed.Exact != want.RatString() {
		t.Errorf("got %+v, want %s", c.Options[0], want.RatString())
	}
}

func TestComparePrices(t *testing.T) {
	file := filepath.Join(t.TempDir(), "prices.json")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{"compare", "--services", "1", "--consumers", "1", "--region", "eu-west-1", "--prices", file}
	write(`{"version": 1, "currency": "USD", "items": {"lattice.hour": {"regions": {"eu-west-1": {"price": "0.03", "mark": "quoted", "source": "mine"}}}}}`)
	if got := runCommand(args...); got.code != exitReachable || !strings.Contains(got.stdout, "21.90") {
		t.Errorf("%+v", got)
	}
	write(`{"version": 1, "currency": "EUR", "items": {}}`)
	if got := runCommand(args...); got.code != exitBadInput || !strings.Contains(got.stderr, "prices.json: ") || !strings.Contains(got.stderr, "currency") {
		t.Errorf("%+v", got)
	}
}

func TestCompareFails(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad.json")
	if err := os.WriteFile(bad, []byte(`{"servics": 1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		args []string
		want string
	}{
		"nothing":                 {nil, "compare: region: is not given: prices are those of a Region\nprivateapi: services: is not given"},
		"an unknown flag":         {[]string{"--bogus"}, "compare: flag provided but not defined: -bogus; privateapi compare -h lists the flags"},
		"a stray argument":        {[]string{"lattice"}, `compare: unexpected argument "lattice"`},
		"an unknown format":       {[]string{"--format", "yaml"}, "want text, json or markdown"},
		"negative numbers":        {[]string{"--services", "-1", "--consumers", "0", "--gb-per-month", "-5"}, "compare: --services: must be between 1 and 100000, and is -1\nprivateapi: --consumers: must be between 1 and 100000, and is 0\nprivateapi: --gb-per-month: -5 is negative"},
		"an unknown protocol":     {[]string{"--protocols", "SMTP"}, `compare: --protocols: "SMTP" is no protocol that is known`},
		"a Region without prices": {[]string{"--services", "1", "--consumers", "1", "--region", "sa-east-1"}, "compare: there is no price of endpoint.hour in sa-east-1: give it with --prices FILE"},
		"a file that is missing":  {[]string{"--numbers", "nowhere.json"}, "compare: nowhere.json: no such file"},
		"a file with other names": {[]string{"--numbers", bad}, "bad.json: servics: is not a member of a file with the numbers of a mesh"},
		"a mesh of another form":  {[]string{"--mesh", bad}, "bad.json: "},
		"prices of another form":  {[]string{"--prices", bad}, "bad.json: "},
		"a missing assembly":      {[]string{"--assembly", "nowhere"}, "nowhere: not a cloud assembly"},
		"an empty assembly":       {[]string{"--assembly", ""}, "want DIR"},
		"a bad template":          {[]string{"--template", "a=1/x"}, "want FILE=ACCOUNT/REGION"},
	} {
		t.Run(name, func(t *testing.T) {
			got := runCommand(append([]string{"compare"}, tc.args...)...)
			if got.code != exitBadInput || got.stdout != "" || !strings.HasPrefix(got.stderr, "privateapi: ") || !strings.Contains(got.stderr, tc.want) {
				t.Errorf("%+v, want %s", got, tc.want)
			}
		})
	}
}

func TestCompareHelp(t *testing.T) {
	got := runCommand("compare", "-h")
	if got.code != exitReachable || got != runCommand("help", "compare") {
		t.Fatalf("%+v", got)
	}
	for _, flag := range []string{"--services NUMBER", "--overlapping-blocks yes|no", "--prices FILE"} {
		if !strings.Contains(got.stdout, "  "+flag) {
			t.Errorf("no %s in %s", flag, got.stdout)
		}
	}
	for _, line := range strings.Split(got.stdout, "\n") {
		if len(line) > 140 {
			t.Errorf("a line of %d characters: %s", len(line), line)
		}
	}
}

// What templates say cannot control a terminal, nor become markup.
func TestPagesAreClean(t *testing.T) {
	hostile := "a\x1b[31m|b\n::error::*c* <img> `d` [e](f)"
	text, md := &textDocument{}, &markdownDocument{}
	for _, p := range []document{text, md} {
		p.title(hostile)
		p.section(hostile)
		p.item(hostile, hostile)
		p.line(hostile)
		p.table([]string{hostile, "n"}, []bool{false, true}, [][]string{{hostile, "1"}})
		if strings.Contains(p.String(), "\x1b") || strings.Contains(p.String(), "\n::error") {
			t.Errorf("%q", p.String())
		}
	}
	for _, markup := range []string{"<img>", "*c*", "[e](f)"} {
		for at := strings.Index(md.String(), markup); at >= 0; at = -1 {
			t.Errorf("%s in %s", markup, md.String())
		}
	}
	for _, line := range strings.Split(md.String(), "\n") {
		if strings.HasPrefix(line, "| ") && strings.Count(line, "|")-strings.Count(line, `\|`) != 3 {
			t.Errorf("a row of other cells: %s", line)
		}
	}
}
