package assembly_test

import (
	"path/filepath"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

const (
	exporting = `
Parameters: {Env: {Type: String}}
Conditions: {Prod: !Equals [!Ref Env, prod], Never: !Equals [a, b]}
Resources: {Vpc: {Type: AWS::EC2::VPC}}
Outputs:
  Vpc: {Value: !Ref Vpc, Export: {Name: !Sub "${AWS::StackName}-vpc"}}
  Maybe: {Value: x, Condition: Prod, Export: {Name: maybe}}
  Never: {Value: x, Condition: Never, Export: {Name: never}}
`
	importing = `
Resources:
  It:
    Type: Test::It
    Properties:
      Vpc: !ImportValue Network-vpc
      Built: {"Fn::ImportValue": !Sub "${AWS::StackName}-vpc"}
      Maybe: !ImportValue maybe
      Never: !ImportValue never
      Output: {"Fn::GetStackOutput": {StackName: Network, OutputName: Vpc}}
      Region: {"Fn::GetStackOutput": {StackName: Network, OutputName: Vpc, Region: us-east-1}}
      Role: {"Fn::GetStackOutput": {StackName: Network, OutputName: Vpc, RoleArn: !Sub "arn:${AWS::Partition}:iam::222222222222:role/x"}}
      NoOutput: {"Fn::GetStackOutput": {StackName: Network, OutputName: Nothing}}
`
)

// importOf loads the importing stack with exporting stacks, and returns the resource with the imports.
func importOf(t *testing.T, networks ...assembly.Input) (*assembly.Resource, error) {
	t.Helper()
	dir := write(t, map[string]string{"network.yaml": exporting, "app.yaml": importing})
	inputs := []assembly.Input{{Template: filepath.Join(dir, "app.yaml"), Account: "111111111111", Region: "eu-west-1"}}
	for _, in := range networks {
		in.Name, in.Template = "Network", filepath.Join(dir, "network.yaml")
		inputs = append(inputs, in)
	}
	a, err := assembly.Load(inputs...)
	if err != nil {
		return nil, err
	}
	return a.Stack("app").Resource("It"), nil
}

func TestImportValue(t *testing.T) {
	const here, there = "Network/Vpc.Ref", "unknown: stack Network exports Network-vpc in "
	for name, tc := range map[string]struct {
		networks []assembly.Input
		want     string
	}{
		"of the same account and Region": {[]assembly.Input{{Account: "111111111111", Region: "eu-west-1"}}, here},
		"of an unknown account":          {[]assembly.Input{{Region: "eu-west-1"}}, here},
		"of another account":             {[]assembly.Input{{Account: "222222222222", Region: "eu-west-1"}}, there + "account 222222222222, but exports do not cross accounts"},
		"of another Region":              {[]assembly.Input{{Account: "111111111111", Region: "eu-west-2"}}, there + "Region eu-west-2, but exports do not cross Regions"},
		"of nobody":                      {nil, "unknown: no stack that is loaded exports Network-vpc"},
		"a certain one and a possible":   {[]assembly.Input{{}, {Account: "111111111111", Region: "eu-west-1"}}, here},
	} {
		t.Run(name, func(t *testing.T) {
			it, err := importOf(t, tc.networks...)
			if err != nil {
				t.Fatal(err)
			}
			wantString(t, it.Property("Vpc"), tc.want)
			wantString(t, it.Property("Built"), "unknown: no stack that is loaded exports app-vpc")
		})
	}
}

func TestImportOfConditionalOutput(t *testing.T) {
	it, err := importOf(t, assembly.Input{})
	if err != nil {
		t.Fatal(err)
	}
	wantString(t, it.Property("Maybe"), "unknown: condition Prod of stack Network is unknown: parameter Env of stack Network has no value")
	wantString(t, it.Property("Never"), "unknown: no stack that is loaded exports never")
}

func TestImportOfTwo(t *testing.T) {
	_, err := importOf(t, assembly.Input{}, assembly.Input{Account: "111111111111"})
	wantErrorIn(t, err, "", "network.yaml both export Network-vpc")
}

func TestGetStackOutput(t *testing.T) {
	it, err := importOf(t,
		assembly.Input{Account: "111111111111", Region: "eu-west-1"},
		assembly.Input{Account: "222222222222", Region: "eu-west-1"})
	if err != nil {
		t.Fatal(err)
	}
	for property, account := range map[string]string{"Output": "111111111111", "Role": "222222222222"} {
		r, attribute, ok := it.Property(property).Reference()
		if !ok || attribute != "Ref" || r.Stack.Account != account {
			t.Errorf("%s = %v of %s, want the VPC of %s", property, r, r.Stack.Account, account)
		}
	}
	region := it.Property("Region")
	wantString(t, region, "unknown: no stack Network is loaded")
	if got, want := region.Settle(), (assembly.Settlement{Kind: assembly.ByTemplate, Subject: "the assembly with stack Network"}); got != want {
		t.Errorf("Settle = %v, want %v", got, want)
	}
	wantString(t, it.Property("NoOutput"), "unknown: stack Network, as it is loaded, has no output Nothing")
}

func TestImportsInACircle(t *testing.T) {
	dir := write(t, map[string]string{
		"a.yaml": "Resources: {}\nOutputs: {O: {Value: !ImportValue b, Export: {Name: a}}}",
		"b.yaml": "Resources: {}\nOutputs: {O: {Value: !ImportValue a, Export: {Name: b}}}",
	})
	_, err := assembly.Load(assembly.Input{Template: filepath.Join(dir, "a.yaml")}, assembly.Input{Template: filepath.Join(dir, "b.yaml")})
	wantError(t, err, dir, "a.yaml: Outputs.O: refers to itself")
}

func TestOutputs(t *testing.T) {
	dir := write(t, map[string]string{"network.yaml": exporting})
	s := load(t, assembly.Input{Template: filepath.Join(dir, "network.yaml")}).Stack("network")
	wantString(t, s.Output("Vpc"), "network/Vpc.Ref")
	wantString(t, s.Output("Never"), "absent")
	wantString(t, s.Output("Nothing"), "absent")
	if kind := s.Output("Maybe").Kind(); kind != assembly.Unknown {
		t.Errorf("an output with an undecided condition is %v", kind)
	}
}
