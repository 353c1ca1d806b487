package assembly_test

import (
	"path/filepath"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

const lookupTemplate = `{"Parameters": {"Id": {"Type": "String", "Default": "vpc-12345"}}, "Resources": {
  "A": {"Type": "T", "Properties": {"It": "vpc-12345", "Zone": "dummy1a", "Subnet": "s-12345", "Real": "vpc-0123456789abcdef0"}},
  "B": {"Type": "T", "Properties": {"It": "vpc-12345", "Subnet": "s-12345", "Arn": {"Fn::Sub": "arn:aws:ec2:${AWS::Region}:1:vpc/vpc-12345"},
    "Joined": {"Fn::Join": ["", ["arn:", {"Fn::Sub": "vpc-12345"}]]}, "Parameter": {"Ref": "Id"}}},
  "N": {"Type": "AWS::CloudFormation::Stack", "Metadata": {"aws:asset:path": "n.json"}}}}`

// lookupApp is a cloud assembly whose manifest lists lookups.
func lookupApp(t *testing.T, missing string) *assembly.Assembly {
	return load(t, assembly.Input{Dir: write(t, map[string]string{
		"manifest.json": `{"artifacts": {"S": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "s.json"}}}` + missing + `}`,
		"s.json":        lookupTemplate,
		"n.json":        `{"Resources": {"C": {"Type": "T", "Properties": {"It": "vpc-12345"}}}}`,
	})})
}

// The manifest says which lookups have no answer. Their placeholders equal nothing, and only those of the one lookup that can
// have given them are the same.
func TestPlaceholders(t *testing.T) {
	const (
		vpc  = `{"key": "vpc-provider:1", "provider": "vpc-provider", "props": {}}`
		vpc2 = `{"key": "vpc-provider:2", "provider": "vpc-provider", "props": {}}`
		alb  = `{"key": "load-balancer:1", "provider": "load-balancer", "props": {}}`
		zone = `{"key": "hosted-zone:1", "provider": "hosted-zone", "props": {}}`
	)
	for missing, want := range map[string]struct{ equal, same, subnets assembly.Tristate }{
		``:                            {assembly.Yes, assembly.Yes, assembly.Yes},
		`, "missing": []`:             {assembly.Yes, assembly.Yes, assembly.Yes},
		`, "missing": [` + vpc + `]`:  {assembly.Maybe, assembly.Yes, assembly.Maybe},
		`, "missing": [` + zone + `]`: {assembly.Maybe, assembly.Maybe, assembly.Maybe},
		`, "missing": [1, ` + vpc + `, ` + zone + `]`: {assembly.Maybe, assembly.Yes, assembly.Maybe},
		`, "missing": [` + vpc + `, ` + vpc2 + `]`:    {assembly.Maybe, assembly.Maybe, assembly.Maybe},
		`, "missing": [` + vpc + `, ` + alb + `]`:     {assembly.Maybe, assembly.Maybe, assembly.Maybe},
	} {
		t.Run(missing, func(t *testing.T) {
			a := lookupApp(t, missing)
			one, other, nested := a.Stack("S").Resource("A"), a.Stack("S").Resource("B"), a.Stack("S/N").Resource("C")
			if got := assembly.Equal(one.Property("It"), other.Property("It")); got != want.equal {
				t.Errorf("equal = %v, want %v", got, want.equal)
			}
			for _, v := range []assembly.Value{other.Property("It"), other.Property("Parameter"), nested.Property("It")} {
				if got := assembly.Same(one.Property("It"), v); got != want.same {
					t.Errorf("same = %v, want %v", got, want.same)
				}
			}
			if got := assembly.Same(one.Property("Subnet"), other.Property("Subnet")); got != want.subnets {
				t.Errorf("the same subnet = %v, want %v", got, want.subnets)
			}
			if got := assembly.Equal(one.Property("It"), one.Property("Real")); want.equal == assembly.Maybe && got != assembly.Maybe {
				t.Errorf("equal to an ID = %v, want maybe", got)
			}
		})
	}
}

func TestPlaceholderValues(t *testing.T) {
	file := filepath.Join(write(t, map[string]string{"s.json": lookupTemplate, "n.json": emptyTemplate}), "s.json")
	a := load(t, assembly.Input{Template: file, Account: "111111111111", Region: "eu-west-1"})
	one, other := a.Stack("s").Resource("A"), a.Stack("s").Resource("B")
	if got := assembly.Same(one.Property("It"), other.Property("It")); got != assembly.Maybe {
		t.Errorf("same = %v, want maybe: a template alone does not list lookups", got)
	}
	wantString(t, one.Property("It"), "vpc-12345 (not looked up yet)")
	wantString(t, one.Property("Zone"), "dummy1a")
	wantString(t, one.Property("Real"), "vpc-0123456789abcdef0")
	wantString(t, other.Property("Arn"), "arn:aws:ec2:eu-west-1:1:vpc/vpc-12345 (not looked up yet)")
	wantString(t, other.Property("Joined"), "arn:${vpc-12345 (not looked up yet)}")
	if got, want := one.Property("It").Why(), "the VPC is not looked up yet"; got != want {
		t.Errorf("Why = %q, want %q", got, want)
	}
	if got, want := one.Property("It").Settle(), (assembly.Settlement{Kind: assembly.ByLookup, Subject: "the VPC"}); got != want {
		t.Errorf("Settle = %v, want %v", got, want)
	}
}
