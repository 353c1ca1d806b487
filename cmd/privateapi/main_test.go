package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

type result struct {
	code           int
	stdout, stderr string
}

func runCommand(args ...string) result {
	var stdout, stderr bytes.Buffer
	code := run(args, &stdout, &stderr, false)
	return result{code, stdout.String(), stderr.String()}
}

const aTemplate = "../../examples/pricing-checkout/testdata/Pricing.json"

func TestBadInput(t *testing.T) {
	for name, tc := range map[string]struct {
		args []string
		want string
	}{
		"an unknown command":              {[]string{"prov"}, `there is no command "prov"`},
		"an argument after version":       {[]string{"version", "x"}, `version: unexpected argument "x"`},
		"an argument after help":          {[]string{"help", "x"}, `help: unexpected argument "x"`},
		"an unknown flag":                 {[]string{"prove", "--bogus"}, "flag provided but not defined: -bogus"},
		"a stray argument":                {[]string{"prove", "cdk.out"}, `unexpected argument "cdk.out"`},
		"a stray argument after a flag":   {[]string{"prove", "--json", "cdk.out", "--verbose"}, `unexpected argument "cdk.out"`},
		"a stray argument after --":       {[]string{"prove", "--", "--json"}, `unexpected argument "--json"`},
		"a flag without its value":        {[]string{"prove", "--template"}, "flag needs an argument: -template"},
		"two formats":                     {[]string{"prove", "--json", "--sarif"}, "--json and --sarif: choose one"},
		"two formats in another order":    {[]string{"prove", "--mermaid", "--verbose", "--json"}, "--json and --mermaid: choose one"},
		"a format with a value":           {[]string{"prove", "--json=maybe"}, `invalid boolean value "maybe" for -json`},
		"an empty assembly":               {[]string{"prove", "--assembly", ""}, "want DIR"},
		"an assembly that is missing":     {[]string{"prove", "--assembly", "nowhere"}, "nowhere: not a cloud assembly"},
		"no assembly":                     {[]string{"prove"}, "no cdk.out here: run cdk synth"},
		"a template that is missing":      {[]string{"prove", "--template", "nowhere.json"}, "nowhere.json"},
		"an empty template":               {[]string{"prove", "--template="}, "want FILE=ACCOUNT/REGION"},
		"a template and an account":       {[]string{"prove", "--template", aTemplate + "=222222222222"}, "want FILE=ACCOUNT/REGION"},
		"a template and a bad account":    {[]string{"prove", "--template", aTemplate + "=2/eu-west-1"}, "want FILE=ACCOUNT/REGION"},
		"a template and a bad Region":     {[]string{"prove", "--template", aTemplate + "=222222222222/europe"}, "want FILE=ACCOUNT/REGION"},
		"a template twice":                {[]string{"prove", "--template", aTemplate, "--template", aTemplate}, "is loaded twice"},
		"a parameter without a value":     {[]string{"prove", "--parameter", "Name"}, "want [STACK.]NAME=VALUE"},
		"a parameter without a name":      {[]string{"prove", "--parameter", "=x"}, "want [STACK.]NAME=VALUE"},
		"a parameter with two values":     {[]string{"prove", "--parameter", "A=x", "--parameter", "A=y"}, `A is given twice, also as "x"`},
		"a parameter that no stack has":   {[]string{"prove", "--template", aTemplate, "--parameter", "Prot=1"}, "the parameter Prot is given, but no stack has it"},
		"a zone without an ID":            {[]string{"prove", "--zone", "111111111111/eu-west-1a"}, "want ACCOUNT/NAME=ID"},
		"a zone with a name for an ID":    {[]string{"prove", "--zone", "111111111111/eu-west-1a=eu-west-1a"}, "want ACCOUNT/NAME=ID"},
		"a zone without an account":       {[]string{"prove", "--zone", "eu-west-1a=euw1-az1"}, "want ACCOUNT/NAME=ID"},
		"a zone of a bad subnet":          {[]string{"prove", "--zone", "subnet-xyz=euw1-az1"}, "want ACCOUNT/NAME=ID"},
		"a zone with two IDs":             {[]string{"prove", "--zone", "subnet-1=euw1-az1", "--zone", "subnet-1=euw1-az2"}, "subnet-1 is given twice"},
		"a service without a stack":       {[]string{"prove", "--service", "com.amazonaws.vpce.eu-west-1.vpce-svc-0=Service"}, "want SERVICE-NAME=STACK/LOGICALID"},
		"a service without a logical ID":  {[]string{"prove", "--service", "com.amazonaws.vpce.eu-west-1.vpce-svc-0=Pricing/"}, "want SERVICE-NAME=STACK/LOGICALID"},
		"a service without a name":        {[]string{"prove", "--service", "=Pricing/Service"}, "want SERVICE-NAME=STACK/LOGICALID"},
		"a certificate without names":     {[]string{"prove", "--certificate", "arn:aws:acm:eu-west-1:222222222222:certificate/1"}, "want ARN=NAME,NAME"},
		"names of no certificate":         {[]string{"prove", "--certificate", "api=api.example.com"}, "want ARN=NAME,NAME"},
		"an assumption about nothing":     {[]string{"prove", "--assume", "unmodelled/TYPE.PROPERTY"}, "want one of hosted-zone"},
		"zones without a Region":          {[]string{"prove", "--zone-names", "111111111111=eu-west-1a"}, "want ACCOUNT/REGION=NAME,NAME"},
		"zones of another Region":         {[]string{"prove", "--zone-names", "111111111111/eu-west-1=us-east-1a"}, "want ACCOUNT/REGION=NAME,NAME"},
		"a prefix list without blocks":    {[]string{"prove", "--prefix-list", "pl-1"}, "want PL-ID=CIDR,CIDR"},
		"a prefix list of an address":     {[]string{"prove", "--prefix-list", "pl-1=10.1.0.0/24,10.1.0.1"}, "want PL-ID=CIDR,CIDR"},
		"a prefix list by its name":       {[]string{"prove", "--prefix-list", "s3=10.1.0.0/24"}, "want PL-ID=CIDR,CIDR"},
		"a Lattice list without a Region": {[]string{"prove", "--lattice-prefix-list", "pl-1"}, "want REGION=PL-ID"},
		"a Lattice list by its name":      {[]string{"prove", "--lattice-prefix-list", "eu-west-1=vpc-lattice"}, "want REGION=PL-ID"},
		"a Region with two Lattice lists": {[]string{"prove", "--lattice-prefix-list", "eu-west-1=pl-1", "--lattice-prefix-list", "eu-west-1=pl-2"}, "eu-west-1 is given twice"},
		"a public address of nothing":     {[]string{"prove", "--public-address", "=203.0.113.7"}, "want NAME=ADDRESS,ADDRESS"},
		"a private address":               {[]string{"prove", "--public-address", "Checkout/Eip=203.0.113.7,10.0.0.4"}, "want NAME=ADDRESS,ADDRESS"},
		"an address of IPv6":              {[]string{"prove", "--public-address", "Checkout/Eip=2001:db8::1"}, "want NAME=ADDRESS,ADDRESS"},
		"public addresses given twice":    {[]string{"prove", "--public-address", "Eip=203.0.113.7", "--public-address", "Eip=203.0.113.8"}, "Eip is given twice"},
		"a prefix list with two values":   {[]string{"prove", "--prefix-list", "pl-1=10.1.0.0/24", "--prefix-list", "pl-1=10.2.0.0/24"}, "pl-1 is given twice"},
		"two assumptions in one":          {[]string{"prove", "--assume", "accepted,verified"}, "want one of hosted-zone"},
		"an empty client":                 {[]string{"prove", "--client", ""}, "is empty; omit the flag to ask about all"},
		"two clients":                     {[]string{"prove", "--client", "a", "--client", "b"}, "given twice"},
		"an empty domain":                 {[]string{"prove", "--domain="}, "is empty"},
		"a URL for a domain":              {[]string{"prove", "--domain", "https://api.example.com"}, "want a name only"},
		"a path without a slash":          {[]string{"prove", "--path", "v1"}, `want a path that begins with "/"`},
		"a port name":                     {[]string{"prove", "--port", "https"}, "want a port between 1 and 65535"},
		"port 0":                          {[]string{"prove", "--port", "0"}, "want a port between 1 and 65535"},
		"port 65536":                      {[]string{"prove", "--port", "65536"}, "want a port between 1 and 65535"},
		"two ports":                       {[]string{"prove", "--port", "1", "--port", "2"}, "given twice"},
		"an unknown rule":                 {[]string{"explain", "onePrt"}, "did you mean privateapi:onePort"},
		"two rules":                       {[]string{"explain", "onePort", "cidr"}, `unexpected argument "cidr"`},
		"a flag of explain":               {[]string{"explain", "--json"}, "flag provided but not defined: -json"},
		"a flag that rings the bell":      {[]string{"prove", "--\a"}, `not defined: -\a`},
	} {
		t.Run(name, func(t *testing.T) {
			got := runCommand(tc.args...)
			if got.code != exitBadInput {
				t.Errorf("exit code %d, want %d", got.code, exitBadInput)
			}
			if got.stdout != "" {
				t.Errorf("stdout %q, want none", got.stdout)
			}
			if !strings.Contains(got.stderr, tc.want) || !strings.HasPrefix(got.stderr, "privateapi: ") || strings.Count(got.stderr, "\n") != 1 {
				t.Errorf("stderr %q, want one line with %q", got.stderr, tc.want)
			}
		})
	}
}

// A script that lost its arguments must not mistake the output for a proof.
func TestNoArguments(t *testing.T) {
	if got := runCommand(); got != (result{exitBadInput, "", usage}) {
		t.Errorf("%+v", got)
	}
}

func TestHelp(t *testing.T) {
	for _, tc := range []struct {
		args []string
		want string
	}{
		{[]string{"help"}, usage},
		{[]string{"--help"}, usage},
		{[]string{"-h"}, usage},
		{[]string{"prove", "-h"}, proveUsage},
		{[]string{"prove", "--json", "--help"}, proveUsage},
		{[]string{"help", "prove"}, proveUsage},
		{[]string{"explain", "-h"}, explainUsage},
		{[]string{"help", "explain"}, explainUsage},
		{[]string{"contract", "-h"}, contractUsage},
		{[]string{"help", "contract"}, contractUsage},
	} {
		if got := runCommand(tc.args...); got != (result{0, tc.want, ""}) {
			t.Errorf("%v: %+v", tc.args, got)
		}
	}
}

func TestVersion(t *testing.T) {
	if got := runCommand("version"); got != (result{0, "privateapi " + version() + "\n", ""}) || version() == "" {
		t.Errorf("%+v", got)
	}
}

// Errors in templates quote them, so error messages are not trusted either.
func TestHostileErrorsAreNeutralised(t *testing.T) {
	file := filepath.Join(t.TempDir(), "Hostile.json")
	if err := os.WriteFile(file, []byte(`{"Resources": {"\u001b[31m\u009b\u202eId": 5}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	got := runCommand("prove", "--template", file)
	if got.code != exitBadInput || !strings.Contains(got.stderr, `\x1b[31m\u009b\u202eId`) {
		t.Errorf("%+v", got)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("disk is full") }

func TestOutputThatCannotBeWrittenIsNoSuccess(t *testing.T) {
	var stderr bytes.Buffer
	if code := run([]string{"version"}, brokenWriter{}, &stderr, false); code != exitBadInput || stderr.String() != "privateapi: disk is full\n" {
		t.Errorf("exit code %d, stderr %q", code, &stderr)
	}
}

// The command must compile in seconds and start without Node.
func TestDependencies(t *testing.T) {
	output, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(output))
	if !slices.Contains(deps, "github.com/cdk-private-api/cdk-private-api-go/reachability") {
		t.Fatal("no reachability among the dependencies: is the list right?")
	}
	for _, dep := range deps {
		for _, heavy := range []string{"awscdk", "jsii", "aws/constructs-go", "cdk-private-api-go/constructs", "testing"} {
			if strings.Contains(dep, heavy) {
				t.Errorf("%s is in the dependency graph", dep)
			}
		}
	}
}

func TestStartIsFast(t *testing.T) {
	const bound = 100 * time.Millisecond
	binary := filepath.Join(t.TempDir(), "privateapi.exe")
	if output, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	// CPU time: what else runs on the machine does not count.
	start := func() time.Duration {
		command := exec.Command(binary, "explain", "onePort")
		if output, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, output)
		}
		return command.ProcessState.UserTime() + command.ProcessState.SystemTime()
	}
	start() // the first run reads the file from disk
	times := make([]time.Duration, 5)
	for i := range times {
		times[i] = start()
	}
	slices.Sort(times)
	t.Logf("explain onePort takes %v of CPU time, the median of %v", times[2], times)
	if times[2] > bound {
		t.Errorf("explain onePort takes %v of CPU time, want less than %v", times[2], bound)
	}
}

func TestColourOnlyOnTerminals(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	if isTerminal(file) {
		t.Error("a file is no terminal")
	}
	for _, tc := range []struct {
		noColour, term string
		want           bool
	}{{"", "xterm-256color", true}, {"", "", true}, {"1", "xterm", false}, {"", "dumb", false}} {
		t.Setenv("NO_COLOR", tc.noColour)
		t.Setenv("TERM", tc.term)
		if got := wantsColour(); got != tc.want {
			t.Errorf("NO_COLOR=%q TERM=%q: %v, want %v", tc.noColour, tc.term, got, tc.want)
		}
	}
}
