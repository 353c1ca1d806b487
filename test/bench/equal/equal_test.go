package equal_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/equal"
)

type (
	object = map[string]any
	list   = []any
)

// app has the templates of an app by stack. Each case gets its own copy to change.
type app map[string]object

func provider(prefix string) object {
	return object{
		"Resources": object{
			prefix + "Group": object{"Type": "AWS::EC2::SecurityGroup", "Properties": object{"GroupDescription": prefix, "VpcId": "vpc-1"}},
			prefix + "Other": object{"Type": "AWS::EC2::SecurityGroup", "Properties": object{"GroupDescription": prefix, "VpcId": "vpc-1"}},
			prefix + "In": object{"Type": "AWS::EC2::SecurityGroupIngress", "Properties": object{
				"GroupId": object{"Fn::GetAtt": list{prefix + "Group", "GroupId"}}, "FromPort": 443,
			}},
			prefix + "Out": object{"Type": "AWS::EC2::SecurityGroupEgress", "Properties": object{
				"GroupId": object{"Fn::GetAtt": list{prefix + "Other", "GroupId"}}, "FromPort": 443,
			}},
			prefix + "Listener": object{"Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": object{"Port": 443}},
			prefix + "Rule":     object{"Type": "AWS::ElasticLoadBalancingV2::ListenerRule", "Properties": object{"ListenerArn": object{"Ref": prefix + "Listener"}}},
			prefix + "Targets": object{
				"Type": "AWS::ElasticLoadBalancingV2::TargetGroup", "Properties": object{"Port": 443}, "DependsOn": list{prefix + "Listener"},
			},
			prefix + "Service": object{"Type": "AWS::EC2::VPCEndpointService", "Properties": object{"AcceptanceRequired": false}},
		},
		"Outputs": object{
			prefix + "Out": object{"Value": object{"Ref": prefix + "Service"}, "Export": object{"Name": prefix + "Exported"}},
		},
	}
}

func consumer(service any) object {
	return object{"Resources": object{"Endpoint": object{"Type": "AWS::EC2::VPCEndpoint", "Properties": object{
		"ServiceName": object{"Fn::Join": list{".", list{"com.amazonaws.vpce", object{"Ref": "AWS::Region"}, service}}},
	}}}}
}

func newApp() app {
	return app{
		"Provider": provider("A"),
		"Consumer": consumer(object{"Fn::GetStackOutput": object{"StackName": "Provider", "OutputName": "AOut"}}),
	}
}

func (a app) properties(stack, id string) object { return a.resource(stack, id)["Properties"].(object) }

func (a app) resource(stack, id string) object {
	return a[stack]["Resources"].(object)[id].(object)
}

// load writes a cloud assembly and reads it.
func load(t *testing.T, name string, a app) (*equal.Assembly, error) {
	t.Helper()
	dir := t.TempDir()
	artifacts := object{"Tree": object{"type": "cdk:tree"}}
	for stack, template := range a {
		write(t, filepath.Join(dir, stack+".json"), template)
		artifacts[stack] = object{
			"type": "aws:cloudformation:stack", "environment": "aws://111111111111/eu-west-1",
			"properties": object{"templateFile": stack + ".json"},
		}
	}
	write(t, filepath.Join(dir, "manifest.json"), object{"artifacts": artifacts})
	return equal.Load(name, dir)
}

func write(t *testing.T, file string, value any) {
	t.Helper()
	content, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

func compare(t *testing.T, a, b app) string {
	t.Helper()
	first, err := load(t, "first", a)
	if err != nil {
		t.Fatal(err)
	}
	second, err := load(t, "second", b)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(equal.Compare(first, second), "\n")
}

func TestEqual(t *testing.T) {
	for name, edit := range map[string]func(app){
		"as it is": func(app) {},
		"other logical IDs": func(a app) {
			a["Provider"] = provider("B")
			a["Consumer"] = consumer(object{"Fn::ImportValue": "BExported"})
		},
		"a security group by its Ref": func(a app) { a.properties("Provider", "AIn")["GroupId"] = object{"Ref": "AGroup"} },
		"another way to import":       func(a app) { a["Consumer"] = consumer(object{"Fn::ImportValue": "AExported"}) },
		"a literal Region": func(a app) {
			a.properties("Consumer", "Endpoint")["ServiceName"] = object{"Fn::Join": list{"", list{
				"com.amazonaws.vpce.eu-west-1.", object{"Fn::ImportValue": "AExported"},
			}}}
		},
		"tags, descriptions and metadata": func(a app) {
			a.properties("Provider", "AGroup")["GroupDescription"] = "another"
			a.properties("Provider", "AGroup")["Tags"] = list{object{"Key": "a", "Value": "b"}}
			a.resource("Provider", "AGroup")["Metadata"] = object{"aws:cdk:path": "a/b"}
		},
		"a target group that waits for rules": func(a app) {
			a.resource("Provider", "ATargets")["DependsOn"] = list{"ARule", "AListener"}
		},
	} {
		t.Run(name, func(t *testing.T) {
			other := newApp()
			edit(other)
			if problems := compare(t, newApp(), other); problems != "" {
				t.Errorf("differ:\n%s", problems)
			}
		})
	}
}

func TestDifferent(t *testing.T) {
	for name, tc := range map[string]struct {
		edit func(app)
		want string
	}{
		"property": {
			func(a app) { a.properties("Provider", "AService")["AcceptanceRequired"] = true },
			".Properties.AcceptanceRequired is false and true",
		},
		"property more": {
			func(a app) { a.properties("Provider", "AListener")["Protocol"] = "TCP" },
			".Properties.Protocol is absent and \"TCP\"",
		},
		"property less": {func(a app) { delete(a.properties("Provider", "AListener"), "Port") }, ".Properties.Port is 443 and absent"},
		"number for text": {
			func(a app) { a.properties("Provider", "AListener")["Port"] = "443" }, ".Properties.Port is 443 and \"443\"",
		},
		"resource less": {
			func(a app) { delete(a["Provider"]["Resources"].(object), "AOut") },
			"first has Provider AOut (AWS::EC2::SecurityGroupEgress), but second has nothing like it",
		},
		"resource more": {
			func(a app) { a["Consumer"]["Resources"].(object)["Zone"] = object{"Type": "AWS::Route53::HostedZone"} },
			"second has Consumer Zone (AWS::Route53::HostedZone), but first has nothing like it",
		},
		"resource in another stack": {
			func(a app) {
				a["Consumer"]["Resources"].(object)["AOut"] = object{"Type": "AWS::EC2::VPCEndpointService", "Properties": object{"AcceptanceRequired": false}}
				delete(a["Provider"]["Resources"].(object), "AService")
				delete(a["Provider"], "Outputs")
				a.properties("Consumer", "Endpoint")["ServiceName"] = object{"Ref": "AOut"}
			},
			"second has Consumer AOut",
		},
		"dependency less": {
			func(a app) { delete(a.resource("Provider", "ATargets"), "DependsOn") }, ".DependsOn is",
		},
		"policy more": {
			func(a app) { a.resource("Provider", "AService")["DeletionPolicy"] = "Retain" }, ".DeletionPolicy is absent and \"Retain\"",
		},
		"reference to another attribute": {
			func(a app) { a.properties("Provider", "AIn")["GroupId"] = object{"Fn::GetAtt": "AGroup.VpcId"} }, ".Properties.GroupId",
		},
		// Both groups have the same content, so only what references them distinguishes them.
		"rewired": {
			func(a app) { a.properties("Provider", "AOut")["GroupId"] = object{"Fn::GetAtt": "AGroup.GroupId"} },
			"other resources reference it",
		},
	} {
		t.Run(name, func(t *testing.T) {
			other := newApp()
			tc.edit(other)
			if problems := compare(t, newApp(), other); !strings.Contains(problems, tc.want) {
				t.Errorf("problems = %q, want %q", problems, tc.want)
			}
		})
	}
}

// The comparison must fail on what it does not know.
func TestRefused(t *testing.T) {
	for name, tc := range map[string]struct {
		edit func(app)
		want string
	}{
		"rules that are no list": {
			func(a app) { a.properties("Provider", "AGroup")["SecurityGroupEgress"] = object{"FromPort": 443} }, "SecurityGroupEgress is not a list",
		},
		"rule that is none": {
			func(a app) { a.properties("Provider", "AGroup")["SecurityGroupIngress"] = list{"443"} }, "SecurityGroupIngress[0] is not a rule",
		},
		"rule of another group": {
			func(a app) {
				a.properties("Provider", "AGroup")["SecurityGroupIngress"] = list{object{"GroupId": "sg-1"}}
			}, "SecurityGroupIngress[0] is not a rule",
		},
		"section":             {func(a app) { a["Provider"]["Conditions"] = object{} }, "section Conditions is not compared"},
		"function":            {func(a app) { a.properties("Provider", "AIn")["GroupId"] = object{"Fn::Sub": "${A}"} }, "Fn::Sub is not compared"},
		"reference":           {func(a app) { a.properties("Provider", "AIn")["GroupId"] = object{"Ref": "Nothing"} }, "references Nothing"},
		"attribute":           {func(a app) { a.properties("Provider", "AIn")["GroupId"] = object{"Fn::GetAtt": "Nothing.Id"} }, "references Nothing.Id"},
		"import":              {func(a app) { a["Consumer"] = consumer(object{"Fn::ImportValue": "Nothing"}) }, "imports Nothing"},
		"output":              {func(a app) { a["Consumer"] = consumer(object{"Fn::GetStackOutput": object{"StackName": "No"}}) }, "references output"},
		"dependency":          {func(a app) { a.resource("Provider", "AIn")["DependsOn"] = "Nothing" }, "DependsOn Nothing"},
		"assembly of nothing": {func(a app) { maps.DeleteFunc(a, func(string, object) bool { return true }) }, "no resources"},
	} {
		t.Run(name, func(t *testing.T) {
			a := newApp()
			tc.edit(a)
			if _, err := load(t, "first", a); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("err = %v, want %q", err, tc.want)
			}
		})
	}
}
