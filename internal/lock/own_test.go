package lock_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/lock"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// The examples, each compared with its own lock, change nothing. The lock of one is not that of another.
func TestOwnLock(t *testing.T) {
	files, err := filepath.Glob("../../examples/*/testdata/*.json")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d templates, %v", len(files), err)
	}
	held := map[string]int{}
	for _, file := range files {
		a, err := assembly.Load(assembly.Input{Template: file, Account: "111111111111", Region: "eu-west-1"})
		if err != nil {
			continue // not a template
		}
		if own := lock.Of(&rules.Report{}, a); own == nil || own.Count() == 0 {
			continue // a stack of which nobody holds anything, for which no lock is written
		}
		l := lockOf(t, a)
		report := l.Compare(a)
		if len(report.Findings) > 0 || report.Verdict() != lock.Held {
			t.Errorf("%s: %s, %v", file, report.Verdict(), report.Findings)
		}
		for _, s := range l.Stacks {
			for _, r := range s.Resources {
				held[r.Type]++
			}
		}
	}
	for _, of := range []string{"VPCEndpointService", "VPCEndpoint", "Listener", "RecordSet", "ResourceShare", "ServiceNetworkVpcAssociation", "VPCPeeringConnection", "Parameter"} {
		found := false
		for resourceType := range held {
			found = found || strings.HasSuffix(resourceType, "::"+of)
		}
		if !found {
			t.Errorf("no example has a locked %s: %v", of, held)
		}
	}
}

// A stack with one name in two Regions is two stacks; one that an app leaves open is the same wherever it goes.
func TestEnvironments(t *testing.T) {
	const template = "testdata/cases/bases/lattice.yaml"
	in := func(account, region string) assembly.Input {
		return assembly.Input{Template: template, Account: account, Region: region}
	}
	for name, tc := range map[string]struct {
		before, after []assembly.Input
		want          lock.Verdict
	}{
		"a second Region":                {[]assembly.Input{in("111111111111", "eu-west-1")}, []assembly.Input{in("111111111111", "eu-central-1"), in("111111111111", "eu-west-1")}, lock.Held},
		"two Regions become one":         {[]assembly.Input{in("111111111111", "eu-central-1"), in("111111111111", "eu-west-1")}, []assembly.Input{in("111111111111", "eu-west-1")}, lock.Broken},
		"another account":                {[]assembly.Input{in("111111111111", "eu-west-1")}, []assembly.Input{in("222222222222", "eu-west-1")}, lock.Broken},
		"an environment that was open":   {[]assembly.Input{in("", "")}, []assembly.Input{in("111111111111", "eu-west-1")}, lock.Held},
		"an environment that is open":    {[]assembly.Input{in("111111111111", "eu-west-1")}, []assembly.Input{in("", "")}, lock.Held},
		"an account that was open":       {[]assembly.Input{in("", "eu-west-1")}, []assembly.Input{in("111111111111", "eu-west-1")}, lock.Held},
		"an account that is open, moved": {[]assembly.Input{in("", "eu-west-1")}, []assembly.Input{in("111111111111", "eu-central-1")}, lock.Broken},
	} {
		t.Run(name, func(t *testing.T) {
			report := lockOf(t, load(t, tc.before...)).Compare(load(t, tc.after...))
			if got := report.Verdict(); got != tc.want {
				t.Errorf("%s, want %s: %v", got, tc.want, report.Findings)
			}
		})
	}
}

// What another stack, a parent or an export means is part of a value.
func TestAcrossStacks(t *testing.T) {
	network := func(vpc, block string) string {
		return `{"Resources": {"A": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "` + block + `"}}, "B": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.2.0.0/16"}}},
			"Outputs": {"Vpc": {"Value": {"Ref": "` + vpc + `"}, "Export": {"Name": "vpc"}}}}`
	}
	const app = `{"Resources": {"Endpoint": {"Type": "AWS::EC2::VPCEndpoint", "Properties": {
		"VpcId": {"Fn::ImportValue": "vpc"}, "ServiceName": "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"}}}}`
	stacks := func(network string) *assembly.Assembly {
		dir := t.TempDir()
		var inputs []assembly.Input
		for name, text := range map[string]string{"App": app, "Network": network} {
			file := filepath.Join(dir, name+".json")
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			inputs = append(inputs, assembly.Input{Template: file, Account: "111111111111", Region: "eu-west-1"})
		}
		return load(t, inputs...)
	}
	locked := lockOf(t, stacks(network("A", "10.1.0.0/16")))
	for name, tc := range map[string]struct {
		network string
		want    []string
	}{
		"as it was":             {network("A", "10.1.0.0/16"), nil},
		"the export is another": {network("B", "10.1.0.0/16"), []string{"App/Endpoint.VpcId", "Network/B"}},
		"the VPC is replaced":   {network("A", "10.3.0.0/16"), []string{"Network/A.CidrBlock"}},
		"the VPC is a new one":  {strings.ReplaceAll(network("A", "10.1.0.0/16"), `"A"`, `"C"`), []string{"App/Endpoint.VpcId", "Network/C"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, f := range locked.Compare(stacks(tc.network)).Findings {
				got = append(got, f.Where())
			}
			if strings.Join(got, " ") != strings.Join(tc.want, " ") {
				t.Errorf("found %v, want %v", got, tc.want)
			}
		})
	}
}

// A nested stack gets its values from its parent: what the parent passes decides what is held there.
func TestNestedStacks(t *testing.T) {
	const nested = `{"Parameters": {"Vpc": {"Type": "String"}}, "Resources": {"Endpoint": {"Type": "AWS::EC2::VPCEndpoint", "Properties": {
		"VpcId": {"Ref": "Vpc"}, "ServiceName": "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"}}}}`
	parent := func(vpc, id string) *assembly.Assembly {
		dir := t.TempDir()
		text := `{"Resources": {"A": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.1.0.0/16"}}, "B": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.2.0.0/16"}},
			"` + id + `": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "https://example.com/t", "Parameters": {"Vpc": {"Ref": "` + vpc + `"}}}}}}`
		for name, text := range map[string]string{"App.json": text, "nested.json": nested} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return load(t, assembly.Input{
			Template: filepath.Join(dir, "App.json"), Account: "111111111111", Region: "eu-west-1", Nested: map[string]string{"App/" + id: filepath.Join(dir, "nested.json")},
		})
	}
	locked := lockOf(t, parent("A", "Nested"))
	for name, tc := range map[string]struct {
		now  *assembly.Assembly
		want string
	}{
		"as it was":            {parent("A", "Nested"), ""},
		"another VPC":          {parent("B", "Nested"), "lockReplaced at App/Nested/Endpoint.VpcId lockMissing at App/B"},
		"another nested stack": {parent("A", "Other"), "lockStack at App/Nested"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, f := range locked.Compare(tc.now).Findings {
				got = append(got, strings.TrimPrefix(f.Rule.ID, "privateapi:")+" at "+f.Where())
			}
			if strings.Join(got, " ") != tc.want {
				t.Errorf("found %v, want %v", got, tc.want)
			}
		})
	}
}
