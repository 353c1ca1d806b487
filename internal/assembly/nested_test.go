package assembly_test

import (
	"path/filepath"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

const (
	nestedManifest = `{"artifacts": {"Parent": {"type": "aws:cloudformation:stack", "environment": "aws://111111111111/eu-west-1",
  "properties": {"templateFile": "Parent.template.json", "stackName": "parent-stack"}}}}`
	nestedParent = `{"Parameters": {"Env": {"Type": "String"}}, "Resources": {
  "Vpc": {"Type": "AWS::EC2::VPC"},
  "Network": {"Type": "AWS::CloudFormation::Stack", "Metadata": {"aws:asset:path": "Network.nested.json"},
    "Properties": {"TemplateURL": "https://s3", "Parameters": {
      "VpcId": {"Ref": "Vpc"}, "Port": 443, "Name": {"Ref": "Env"},
      "Ids": {"Fn::Join": [",", [{"Ref": "Vpc"}, "x"]]}}}},
  "It": {"Type": "Test::It", "Properties": {
    "Group": {"Fn::GetAtt": ["Network", "Outputs.Group"]},
    "Vpc": {"Fn::GetAtt": "Network.Outputs.Vpc"},
    "Region": {"Fn::Sub": "${Network.Outputs.Region}"}}}}}`
	nestedChild = `{"Parameters": {"VpcId": {"Type": "String"}, "Port": {"Type": "Number"}, "Name": {"Type": "String"},
    "Ids": {"Type": "CommaDelimitedList"}, "Open": {"Type": "String", "Default": "no"}},
  "Resources": {"Group": {"Type": "AWS::EC2::SecurityGroup", "Properties": {
    "VpcId": {"Ref": "VpcId"}, "Port": {"Ref": "Port"}, "Name": {"Ref": "Name"}, "Ids": {"Ref": "Ids"},
    "Open": {"Ref": "Open"}, "Stack": {"Ref": "AWS::StackName"}}}},
  "Outputs": {"Group": {"Value": {"Fn::GetAtt": ["Group", "GroupId"]}}, "Vpc": {"Value": {"Ref": "VpcId"}},
    "Region": {"Value": {"Ref": "AWS::Region"}}}}`
)

func nestedDir(t testing.TB, files map[string]string) string {
	t.Helper()
	all := map[string]string{
		"manifest.json": nestedManifest, "Parent.template.json": nestedParent, "Network.nested.json": nestedChild,
	}
	for name, text := range files {
		all[name] = text
	}
	return write(t, all)
}

func TestNestedStack(t *testing.T) {
	a := load(t, assembly.Input{Dir: nestedDir(t, nil)})
	if len(a.Stacks) != 2 || a.Stacks[1].Name != "parent-stack/Network" || a.Stacks[1].Parent != a.Stacks[0] {
		t.Fatalf("stacks = %v", a.Stacks)
	}
	nested := a.Stacks[1]
	if nested.Account != "111111111111" || nested.Region != "eu-west-1" {
		t.Errorf("nested stack in %s/%s", nested.Account, nested.Region)
	}
	group := nested.Resource("Group")
	for property, want := range map[string]string{
		"VpcId": "parent-stack/Vpc.Ref",
		"Port":  "443",
		"Name":  "unknown: parameter Env of stack parent-stack has no value",
		"Ids":   `[parent-stack/Vpc.Ref, "x"]`,
		"Open":  "no",
		"Stack": "unknown: CloudFormation generates the name of nested stack parent-stack/Network during deployment",
	} {
		wantString(t, group.Property(property), want)
	}
	it := a.Stack("parent-stack").Resource("It")
	wantString(t, it.Property("Group"), "parent-stack/Network/Group.GroupId")
	wantString(t, it.Property("Vpc"), "parent-stack/Vpc.Ref")
	wantString(t, it.Property("Region"), "eu-west-1")
	if implicit := it.Implicit(); len(implicit) != 1 || implicit[0].ID != "Network" {
		t.Errorf("implicit = %v, want the nested stack", implicit)
	}
	if got := assembly.Equal(group.Property("VpcId"), it.Property("Vpc")); got != assembly.Yes {
		t.Errorf("the VPC is the same in both: %v", got)
	}
}

func TestNestedStackElsewhere(t *testing.T) {
	template := `{"Resources": {"Net": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "https://s3/x"}},
  "It": {"Type": "Test::It", "Properties": {"Value": {"Fn::GetAtt": ["Net", "Outputs.X"]}}}}}`
	v := mustShop(t, template).Stack("Shop").Resource("It").Property("Value")
	wantString(t, v, "unknown: the output X is unknown: the template of the nested stack Shop/Net is not loaded")
	if got, want := v.Settle(), (assembly.Settlement{Kind: assembly.ByNestedTemplate, Subject: "Shop/Net"}); got != want {
		t.Errorf("Settle = %v, want %v", got, want)
	}
}

func TestNestedStackOfHandWrittenTemplate(t *testing.T) {
	dir := write(t, map[string]string{
		"app.yaml": "Resources: {Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./net.yaml}}}",
		"net.yaml": "Resources: {Vpc: {Type: AWS::EC2::VPC}}",
	})
	a := load(t, assembly.Input{Template: filepath.Join(dir, "app.yaml")})
	if vpcs := a.OfType("AWS::EC2::VPC"); len(vpcs) != 1 || vpcs[0].String() != "app/Net/Vpc" {
		t.Errorf("VPCs = %v", vpcs)
	}
}

// A template beside the directory is not read, unless the caller names it.
func TestNestedStackOutsideOfTheDirectory(t *testing.T) {
	root := write(t, map[string]string{
		"app/app.yaml":    "Resources: {Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ../common/net.yaml}}}",
		"common/net.yaml": "Resources: {Vpc: {Type: AWS::EC2::VPC}}",
	})
	in := assembly.Input{Template: filepath.Join(root, "app", "app.yaml")}
	a := load(t, in)
	want := `its template "../common/net.yaml" is outside of ` + filepath.Join(root, "app")
	if len(a.Unread) != 1 || a.Unread[0].Why != want || len(a.OfType("AWS::EC2::VPC")) != 0 {
		t.Errorf("unread = %+v, want %q", a.Unread, want)
	}
	in.Nested = map[string]string{"app/Net": filepath.Join(root, "common", "net.yaml")}
	if a := load(t, in); len(a.Unread) != 0 || len(a.OfType("AWS::EC2::VPC")) != 1 {
		t.Errorf("given: unread = %+v", a.Unread)
	}
}

func TestNestedStacksFail(t *testing.T) {
	for name, tc := range map[string]struct{ file, text, want string }{
		"outside the assembly": {
			"Parent.template.json", `{"Resources": {"N": {"Type": "AWS::CloudFormation::Stack", "Metadata": {"aws:asset:path": "../x.json"}}}}`,
			`Parent.template.json: Resources.N: its template "../x.json" is outside of DIR`,
		},
		"part of itself": {
			"Network.nested.json", `{"Resources": {"N": {"Type": "AWS::CloudFormation::Stack", "Metadata": {"aws:asset:path": "Parent.template.json"}}}}`,
			"Network.nested.json: Resources.N: a nested stack contains itself",
		},
		"an output that is not there": {
			"Network.nested.json", `{"Resources": {}, "Outputs": {"Group": {"Value": "x"}, "Vpc": {"Value": "y"}}}`,
			"Parent.template.json: Resources.It.Properties.Region: refers to the output Region, which Network.nested.json does not have",
		},
		"a value that needs itself": {
			"Parent.template.json", `{"Resources": {"N": {"Type": "AWS::CloudFormation::Stack", "Metadata": {"aws:asset:path": "Network.nested.json"},
  "Properties": {"Parameters": {"VpcId": {"Fn::GetAtt": ["N", "Outputs.Vpc"]}, "Port": 1, "Name": "x", "Ids": "y"}}}}}`,
			"Network.nested.json: Outputs.Vpc: refers to itself",
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := nestedDir(t, map[string]string{tc.file: tc.text})
			_, err := assembly.Load(assembly.Input{Dir: dir})
			wantErrorIn(t, err, dir, tc.want)
		})
	}
}
