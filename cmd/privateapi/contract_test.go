package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/contract"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// contracts are the templates that package contract publishes, as its goldens have them.
const contracts = "../../constructs/contract/testdata/"

// writeAssembly writes a cloud assembly with stacks, by their names, of some templates.
func writeAssembly(t *testing.T, stacks map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	artifacts := map[string]any{}
	for name, template := range stacks {
		file := name + ".template.json"
		if err := os.WriteFile(filepath.Join(dir, file), []byte(template), 0o600); err != nil {
			t.Fatal(err)
		}
		artifacts[name] = map[string]any{
			"type": "aws:cloudformation:stack", "environment": "aws://222222222222/eu-west-1",
			"properties": map[string]any{"templateFile": file, "stackName": "My" + name},
		}
	}
	manifest, err := json.Marshal(map[string]any{"version": "48.0.0", "artifacts": artifacts})
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "manifest.json"), manifest, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func templateOf(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(contracts + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// deployed are what a deployment generates, by the member of the contract.
var deployed = map[string]string{
	"serviceName": "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0", "availabilityZoneIds": "euw1-az2,euw1-az1",
	"serviceArn":          "arn:aws:vpc-lattice:eu-west-1:222222222222:service/svc-0123456789abcdef0",
	"loadBalancerDnsName": "internal-Routed-0123456789.eu-west-1.elb.amazonaws.com", "canonicalHostedZoneId": "Z32O12XQLNTSW2",
	"vpcId": "vpc-0123456789abcdef0", "securityGroupId": "sg-0123456789abcdef0", "cidrBlocks": "10.1.1.0/24,10.1.2.0/24",
}

// writeOutputs writes the outputs of a stack as cdk deploy does, with an edit.
func writeOutputs(t *testing.T, template string, edit func(outputs map[string]string)) string {
	t.Helper()
	found, err := contract.Publications([]byte(template))
	if err != nil || len(found) != 1 {
		t.Fatalf("%d contracts, %v", len(found), err)
	}
	outputs := map[string]string{"Other": "x"}
	for member, output := range found[0].Outputs {
		outputs[output] = deployed[member]
	}
	if edit != nil {
		edit(outputs)
	}
	content, err := json.Marshal(map[string]any{"MyPricing": outputs, "MyOther": map[string]string{}})
	file := filepath.Join(t.TempDir(), "outputs.json")
	if err == nil {
		err = os.WriteFile(file, content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestContractCommand(t *testing.T) {
	for _, name := range []string{"privatelink", "tcp", "lattice", "routed"} {
		t.Run(name, func(t *testing.T) {
			template := templateOf(t, name)
			dir := writeAssembly(t, map[string]string{"Pricing": template, "Empty": `{"Resources": {}}`})
			half := runCommand("contract", "--assembly", dir)
			whole := runCommand("contract", "--assembly", dir, "--outputs", writeOutputs(t, template, nil))
			for suffix, got := range map[string]result{"half": half, "whole": whole} {
				if got.code != exitReachable || got.stderr != "" {
					t.Fatalf("%+v", got)
				}
				r := &rules.Report{}
				if c := contract.Parse(r, got.stdout); c == nil || (c.Deployed != nil) != (suffix == "whole") {
					t.Errorf("%s: %v", suffix, r.Err(suffix))
				}
				golden(t, "contract-"+name+"."+suffix+".json", got.stdout)
			}
		})
	}
}

func TestContractCommandWritesAFile(t *testing.T) {
	template := templateOf(t, "lattice")
	dir := writeAssembly(t, map[string]string{"Pricing": template})
	file := filepath.Join(t.TempDir(), "pricing.contract.json")
	wantOutput(t, runCommand("contract", "--assembly", dir, "--out", file), exitReachable,
		file+": the contract of pricing, lattice, without what only a deployment knows: --outputs adds it\n")
	wantOutput(t, runCommand("contract", "--assembly", dir, "--outputs", writeOutputs(t, template, nil), "--out", file), exitReachable,
		file+": the contract of pricing, lattice\n")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "contract-lattice.whole.json", string(content))
}

func TestContractCommandChooses(t *testing.T) {
	lattice, routed := templateOf(t, "lattice"), strings.ReplaceAll(templateOf(t, "routed"), "pricing", "quotes")
	dir := writeAssembly(t, map[string]string{"A": lattice, "B": routed, "C": lattice})
	wantOutput(t, runCommand("contract", "--assembly", dir, "--name", "quotes"), exitReachable, `"name": "quotes"`)
	wantOutput(t, runCommand("contract", "--assembly", dir, "--name", "pricing", "--stack", "MyC"), exitReachable, `"name": "pricing"`)
	for want, args := range map[string][]string{
		"privateapi: contract: choose one by --name and --stack; there are pricing of stack MyA, quotes of stack MyB, pricing of stack MyC\n": nil,
		"privateapi: contract: choose one by --name and --stack; there are pricing of stack MyA, pricing of stack MyC\n":                      {"--name", "pricing"},
		"privateapi: contract: there is no such contract; there are pricing of stack MyA, quotes of stack MyB, pricing of stack MyC\n":        {"--name", "orders"},
	} {
		if got := runCommand(append([]string{"contract", "--assembly", dir}, args...)...); got.code != exitBadInput || got.stderr != want || got.stdout != "" {
			t.Errorf("%v: %+v, want %s", args, got, want)
		}
	}
}

func TestContractCommandFails(t *testing.T) {
	template := templateOf(t, "privatelink")
	dir := writeAssembly(t, map[string]string{"Pricing": template})
	outputOf := func(member string) string {
		found, err := contract.Publications([]byte(template))
		if err != nil {
			t.Fatal(err)
		}
		return found[0].Outputs[member]
	}
	write := func(content string) string {
		file := filepath.Join(t.TempDir(), "outputs.json")
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	edited := func(member, value string) string {
		return writeOutputs(t, template, func(outputs map[string]string) { outputs[outputOf(member)] = value })
	}
	without := func(old, replacement string) string {
		return writeAssembly(t, map[string]string{"Pricing": strings.Replace(template, old, replacement, 1)})
	}
	empty, gone := writeAssembly(t, map[string]string{"Pricing": `{"Resources": {}}`}), filepath.Join(dir, "gone.json")
	for name, tc := range map[string]struct {
		args []string
		want string
	}{
		"an unknown flag":               {[]string{"--bogus"}, "contract: flag provided but not defined: -bogus; privateapi contract -h lists the flags"},
		"a stray argument":              {[]string{"pricing"}, `contract: unexpected argument "pricing"`},
		"an empty name":                 {[]string{"--name", ""}, "is empty; omit the flag for its default"},
		"a flag twice":                  {[]string{"--name", "a", "--name", "b"}, "given twice"},
		"no assembly":                   {nil, "contract: no cdk.out here: run cdk synth, or use --assembly DIR"},
		"an assembly that is missing":   {[]string{"--assembly", "nowhere"}, "nowhere: not a cloud assembly"},
		"no contract":                   {[]string{"--assembly", empty}, empty + ": no stack publishes a contract"},
		"outputs that are missing":      {[]string{"--assembly", dir, "--outputs", gone}, gone + ": no such file"},
		"outputs that are a directory":  {[]string{"--assembly", dir, "--outputs", dir}, "not a regular file"},
		"outputs that are no JSON":      {[]string{"--assembly", dir, "--outputs", write("x")}, "outputs.json: invalid character"},
		"outputs of another form":       {[]string{"--assembly", dir, "--outputs", write(`{"MyPricing": "x"}`)}, "cannot unmarshal string"},
		"outputs of other stacks":       {[]string{"--assembly", dir, "--outputs", write(`{"Other": {}}`)}, "outputs.json: has no outputs of stack MyPricing: deploy it"},
		"outputs of an earlier stack":   {[]string{"--assembly", dir, "--outputs", write(`{"MyPricing": {}}`)}, "pricing of stack MyPricing: 2 problems\nprivateapi: - deployed.availabilityZoneIds: has no output " + outputOf("availabilityZoneIds") + " [privateapi:contractDeployed]"},
		"an output of another Region":   {[]string{"--assembly", dir, "--outputs", edited("serviceName", "com.amazonaws.vpce.eu-west-2.vpce-svc-0123456789abcdef0")}, `deployed.serviceName: is in eu-west-2, but service.region is "eu-west-1" [privateapi:contractHalves]`},
		"an output that is no zone":     {[]string{"--assembly", dir, "--outputs", edited("availabilityZoneIds", "euw1-az1,")}, "deployed.availabilityZoneIds[1]: is empty [privateapi:contract]"},
		"metadata of a later version":   {[]string{"--assembly", without(`"version": 1`, `"version": 2`)}, "Metadata.privateapi:contract/pricing: version 2 is not known"},
		"metadata of another form":      {[]string{"--assembly", without(`"outputs": {`, `"outputs": [], "x": {`)}, "Metadata.privateapi:contract/pricing: json: cannot unmarshal array"},
		"a service without its account": {[]string{"--assembly", without(`"service": {`, `"atDeploy": ["service.account"], "service": {`)}, "service.account: is known only at deploy time [privateapi:contractDeployed]"},
		"a file that cannot be written": {[]string{"--assembly", dir, "--out", filepath.Join(dir, "gone", "x")}, "no such file or directory"},
	} {
		t.Run(name, func(t *testing.T) {
			got := runCommand(append([]string{"contract"}, tc.args...)...)
			if got.code != exitBadInput || got.stdout != "" || !strings.HasPrefix(got.stderr, "privateapi: ") || !strings.Contains(got.stderr, tc.want) {
				t.Errorf("%+v, want %s", got, tc.want)
			}
		})
	}
}

// What the construct outputs is what the deployed half has.
func TestContractHasEveryMember(t *testing.T) {
	members := map[string]bool{}
	for _, name := range []string{"privatelink", "lattice", "routed"} {
		found, err := contract.Publications([]byte(templateOf(t, name)))
		if err != nil {
			t.Fatal(err)
		}
		for member := range found[0].Outputs {
			members[member] = true
		}
	}
	if got, want := fmt.Sprint(slices.Sorted(maps.Keys(members))), fmt.Sprint(slices.Sorted(maps.Keys(deployed))); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
