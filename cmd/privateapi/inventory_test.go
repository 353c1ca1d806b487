package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

func TestAClientThatNothingHasIsNamed(t *testing.T) {
	client := onlyResource(t, "Checkout", "AWS::ECS::Service")
	got := proveExample(pricingFlags, checkoutFlags, serviceFlags, zoneFlags, []string{"--client", "Chekout/Client"})
	wantOutput(t, got, exitUnknown, "nothing to prove: no client is named Chekout/Client; there are: ", client, "\nendpoints ")
}

func TestAClientAloneIsAQuestion(t *testing.T) {
	client := onlyResource(t, "Checkout", "AWS::ECS::Service")
	got := proveExample(pricingFlags, checkoutFlags, serviceFlags, zoneFlags, certificateFlags, []string{"--client", client})
	wantOutput(t, got, exitReachable, "\n2 reachable, 0 blocked, 0 unknown")
}

// The command that the inventory proposes must be one that the command takes.
func TestNextCommand(t *testing.T) {
	clients := []reachability.Client{{Stack: "Shop", LogicalID: "It"}, {Stack: "Shop", LogicalID: "Other"}}
	spaced := []reachability.Client{{ConstructPath: "My 'Shop'/It"}}
	for name, tc := range map[string]struct {
		there reachability.Inventory
		typed string
		want  string
	}{
		"nothing":             {reachability.Inventory{Clients: clients}, "", "--assembly DIR"},
		"a service alone":     {reachability.Inventory{Services: []string{"A"}, Clients: clients}, "--assembly p", "--assembly p --assembly DIR"},
		"no client":           {reachability.Inventory{Endpoints: []string{"A"}}, "--assembly c", "--assembly c --assembly DIR"},
		"a nested stack":      {reachability.Inventory{Unread: []string{"Shop/Nested"}}, "--assembly c", "--assembly c --nested Shop/Nested=FILE"},
		"a client":            {reachability.Inventory{Endpoints: []string{"A"}, Clients: clients}, "", "--client Shop/It"},
		"another client":      {reachability.Inventory{Endpoints: []string{"A"}, Clients: clients}, "--client x --json", "--json --client Shop/It"},
		"a client, joined":    {reachability.Inventory{Endpoints: []string{"A"}, Clients: clients}, "--client=x --json", "--json --client Shop/It"},
		"a client with marks": {reachability.Inventory{Endpoints: []string{"A"}, Clients: spaced}, "", `--client 'My '\''Shop'\''/It'`},
	} {
		got := nextCommand(tc.there, strings.Fields(tc.typed))
		command, _, _ := strings.Cut(got, ", ")
		if want := "privateapi prove " + tc.want; command != want {
			t.Errorf("%s: %s, want %s", name, command, want)
		}
		flags := strings.Fields(strings.ReplaceAll(command, `'My '\''Shop'\''/It'`, "x"))
		if _, err := parse(flags[2:]); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestANestedStackThatWasNotReadIsNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "Shop.yaml")
	template := "Resources: {Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://example.s3.amazonaws.com/x.yaml'}}}"
	if err := os.WriteFile(file, []byte(template), 0o600); err != nil {
		t.Fatal(err)
	}
	wantOutput(t, runCommand("prove", "--template", file), exitUnknown,
		"use   --nested Shop/Nested=FILE\n", "use   --assume unread\n",
		"\nstacks not read    Shop/Nested\n", "\nnext               privateapi prove --template "+file+" --nested Shop/Nested=FILE\n")
}

// panickingWriter is an output that ends the command with a panic.
type panickingWriter struct{}

func (panickingWriter) Write([]byte) (int, error) { panic(errors.New("on fire")) }

func TestAPanicIsNoVerdict(t *testing.T) {
	var stderr strings.Builder
	if code := run([]string{"version"}, panickingWriter{}, &stderr, false); code != exitBadInput || !strings.Contains(stderr.String(), "on fire") {
		t.Errorf("exit code %d, stderr %q", code, stderr.String())
	}
}

// Some CI systems take a line that begins with :: for a command.
func TestANameBeginsNoLineOfStderr(t *testing.T) {
	file := filepath.Join(t.TempDir(), "A.yaml")
	if err := os.WriteFile(file, []byte("Resources: {\"X\\n::error ::evil\": 1}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := runCommand("prove", "--template", file)
	if got.code != exitBadInput || !strings.Contains(got.stderr, "::error") {
		t.Fatalf("%+v", got)
	}
	for _, line := range strings.Split(strings.TrimSuffix(got.stderr, "\n"), "\n") {
		if !strings.HasPrefix(line, "privateapi: ") {
			t.Errorf("the line %q", line)
		}
	}
}
