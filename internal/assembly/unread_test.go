package assembly_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// unread describes what an assembly did not read, one part a line.
func unread(a *assembly.Assembly, dir string) string {
	var lines []string
	for _, u := range a.Unread {
		lines = append(lines, fmt.Sprintf("%s %s (%s): %s", u.Kind, u, u.Exists, strings.ReplaceAll(u.Why, dir+string(filepath.Separator), "")))
	}
	return strings.Join(lines, "\n")
}

// nested returns a nested stack with the URL of its template.
func nested(url string) string {
	return "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: " + url + "}}}"
}

func TestUnread(t *testing.T) {
	for name, tc := range map[string]struct{ template, want string }{
		"a template in a bucket": {nested("https://bucket.s3.amazonaws.com/x.yaml"), "nested stack Shop/N (yes): its template is at https://bucket.s3.amazonaws.com/x.yaml"},
		"a missing file":         {nested("./gone.yaml"), "nested stack Shop/N (yes): its template gone.yaml does not exist"},
		"an asset that no manifest has": {
			nested(`!Join ["", ["https://s3.", !Ref AWS::URLSuffix, /assets/0123.json]]`),
			"nested stack Shop/N (yes): no asset of the cloud assembly is its template, which is at …/assets/0123.json",
		},
		"a URL of a parameter": {
			"Parameters: {Url: {Type: String}}\n" + nested("!Ref Url"), "nested stack Shop/N (yes): the URL of its template is not known before deployment",
		},
		"no URL": {"Resources: {N: {Type: AWS::CloudFormation::Stack}}", "nested stack Shop/N (yes): it names no template"},
		"an application of a repository": {
			"Transform: AWS::Serverless-2016-10-31\nResources: {A: {Type: AWS::Serverless::Application, Properties: {Location: {ApplicationId: arn, SemanticVersion: 1.0.0}}}}",
			"nested stack Shop/A (yes): its template is in the AWS Serverless Application Repository",
		},
		"under a condition": {
			"Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, x]}\n" + strings.Replace(nested("https://x/y"), "Type", "Condition: C, Type", 1),
			"nested stack Shop/N (maybe): its template is at https://x/y",
		},
		"under a condition that is false": {
			"Conditions: {C: !Equals [a, b]}\n" + strings.Replace(nested("https://x/y"), "Type", "Condition: C, Type", 1), "",
		},
		"in a nested stack that is not deployed": {
			"Conditions: {C: !Equals [a, b]}\n" + strings.Replace(nested("inner.yaml"), "Type", "Condition: C, Type", 1), "",
		},
		"a module":      {"Resources: {M: {Type: Acme::Net::Vpc::MODULE}}", "module Shop/M (yes): CloudFormation replaces it by the resources of Acme::Net::Vpc::MODULE"},
		"a stack set":   {"Resources: {S: {Type: AWS::CloudFormation::StackSet}}", "stack set Shop/S (yes): its stacks are not loaded"},
		"a transform":   {"Resources: {'Fn::Transform': {Name: AWS::Include}}", "Fn::Transform Shop/Fn::Transform (yes): CloudFormation adds its result during deployment"},
		"a loop":        {"Parameters: {P: {Type: CommaDelimitedList}}\nResources: {'Fn::ForEach::L': [X, !Ref P, {'V${X}': {Type: T}}]}", "Fn::ForEach Shop/Fn::ForEach::L (yes): its collection is parameter P of stack Shop, whose value is not known"},
		"in good order": {"Resources: {M: {Type: A::B::C::MODULE}, A: {Type: AWS::CloudFormation::Stack}, Z: {Type: AWS::CloudFormation::Stack}}", "nested stack Shop/A (yes): it names no template\nmodule Shop/M (yes): CloudFormation replaces it by the resources of A::B::C::MODULE\nnested stack Shop/Z (yes): it names no template"},
		"a control character": {
			nested(`"https://x\n::error title=x"`), `nested stack Shop/N (yes): its template is at https://x\n::error title=x`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := write(t, map[string]string{"shop.yaml": tc.template, "inner.yaml": nested("https://x/y")})
			a := load(t, in(filepath.Join(dir, "shop.yaml")))
			if got := unread(a, dir); got != tc.want {
				t.Errorf("unread = %q\n    want %q", got, tc.want)
			}
		})
	}
}

// An asset is found by the hash of its content, never by a name that other files may have. The asset manifest of a
// template that is loaded by itself is beside it.
func TestTemplatesAreFoundByHash(t *testing.T) {
	hash := strings.Repeat("0123456789abcdef", 4)
	for key, want := range map[string]int{hash: 1, "template": 0} {
		dir := write(t, map[string]string{
			"shop.template.json": strings.ReplaceAll(oneAsset, "n.json", key+".json"), "other.json": emptyTemplate,
			"shop.assets.json": strings.ReplaceAll(`{"files": {"KEY": {"source": {"path": "other.json"}, "destinations": {"d": {"objectKey": "KEY.json"}}}}}`, "KEY", key),
		})
		a := load(t, in(filepath.Join(dir, "shop.template.json")))
		if len(a.Stacks) != 1+want || len(a.Unread) != 1-want {
			t.Errorf("by %s: stacks = %v, unread = %v", key, a.Stacks, a.Unread)
		}
	}
}

func TestSettlementsOfUnread(t *testing.T) {
	for template, want := range map[string]assembly.Settlement{
		nested("https://x/y"):                          {Kind: assembly.ByNestedTemplate, Subject: "Shop/N"},
		"Resources: {M: {Type: A::B::C::MODULE}}":      {Kind: assembly.ByTemplate, Subject: "the processed template of stack Shop"},
		"Resources: {'Fn::Transform': {Name: x}}":      {Kind: assembly.ByTemplate, Subject: "the processed template of stack Shop"},
		"Resources: {'Fn::ForEach::L': [X, !X y, {}]}": {Kind: assembly.ByTemplate, Subject: "the processed template of stack Shop"},
		"Parameters: {P: {Type: CommaDelimitedList}}\nResources: {'Fn::ForEach::L': [X, !Ref P, {}]}": {Kind: assembly.ByParameter, Subject: "Shop.P"},
	} {
		a := mustShop(t, template)
		if len(a.Unread) != 1 || a.Unread[0].Settle != want {
			t.Errorf("%s: unread = %+v, want %v", template, a.Unread, want)
		}
	}
}

// What is not read may define what the rest of the template refers to.
func TestReferencesToWhatIsNotRead(t *testing.T) {
	it := mustShop(t, `
Resources:
  "Fn::ForEach::Vpcs": [X, !Split [",", a], {"Vpc${X}": {Type: AWS::EC2::VPC}}]
  It: {Type: T, DependsOn: VpcA, Properties: {A: !Ref VpcA, B: !GetAtt VpcA.CidrBlock}}
`).Stack("Shop").Resource("It")
	for _, property := range []string{"A", "B"} {
		wantString(t, it.Property(property), "unknown: Fn::ForEach::Vpcs decides what VpcA of stack Shop is")
	}
}

const networkStack = `Resources: {Vpc: {Type: AWS::EC2::VPC}}
Outputs: {Vpc: {Value: !Ref Vpc}}`

func TestGivenNestedStacks(t *testing.T) {
	const app = `
Resources:
  Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://bucket/x"}}
  It: {Type: T, Properties: {Vpc: !GetAtt Net.Outputs.Vpc}}
`
	for name, tc := range map[string]struct {
		app, other map[string]string // Nested of the inputs; FILE is the template
		want       string            // the VPC
		fails      string
	}{
		"by name":            {map[string]string{"app/Net": "FILE"}, nil, "app/Net/Vpc.Ref", ""},
		"by logical ID":      {map[string]string{"Net": "FILE"}, nil, "app/Net/Vpc.Ref", ""},
		"by another input":   {nil, map[string]string{"Net": "FILE"}, "app/Net/Vpc.Ref", ""},
		"its own come first": {map[string]string{"Net": "FILE"}, map[string]string{"Net": "gone.yaml"}, "app/Net/Vpc.Ref", ""},
		"for no stack":       {map[string]string{"Nut": "FILE"}, nil, "", "a template is given for the nested stack Nut, but no stack has it"},
		"that do not exist":  {map[string]string{"Net": "DIR/gone.yaml"}, nil, "", "given/gone.yaml: no such file or directory"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := write(t, map[string]string{"in/app.yaml": app, "in/other.yaml": "Resources: {}", "given/net.yaml": networkStack})
			place := func(given map[string]string) map[string]string {
				placed := map[string]string{}
				for key, file := range given {
					file = strings.ReplaceAll(file, "FILE", filepath.Join(dir, "given", "net.yaml"))
					placed[key] = strings.ReplaceAll(file, "DIR", filepath.Join(dir, "given"))
				}
				return placed
			}
			a, err := assembly.Load(
				assembly.Input{Template: filepath.Join(dir, "in/app.yaml"), Nested: place(tc.app)},
				assembly.Input{Template: filepath.Join(dir, "in/other.yaml"), Nested: place(tc.other)})
			if tc.fails != "" {
				wantError(t, err, dir, tc.fails)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			wantString(t, a.Stack("app").Resource("It").Property("Vpc"), tc.want)
			if len(a.Unread) > 0 {
				t.Errorf("unread = %v", a.Unread)
			}
		})
	}
}

// The templates nested in one that is given are found beside it.
func TestNestedInGivenStack(t *testing.T) {
	dir := write(t, map[string]string{"in/app.yaml": nested("https://x/y"), "given/a.yaml": nested("b/c.yaml"), "given/b/c.yaml": networkStack})
	a := load(t, assembly.Input{Template: filepath.Join(dir, "in/app.yaml"), Nested: map[string]string{"app/N": filepath.Join(dir, "given/a.yaml")}})
	if a.Stack("app/N/N") == nil || len(a.Unread) > 0 {
		t.Errorf("stacks = %v, unread = %v", a.Stacks, a.Unread)
	}
}

func TestTwoTemplatesAreGiven(t *testing.T) {
	dir := write(t, map[string]string{"app.yaml": nested("https://x/y"), "b.yaml": "Resources: {}", "c.yaml": "Resources: {}"})
	var inputs []assembly.Input
	for _, name := range []string{"app.yaml", "b.yaml", "c.yaml"} {
		in := assembly.Input{Template: filepath.Join(dir, name), Nested: map[string]string{"N": name}}
		if name == "app.yaml" {
			in.Nested = nil
		}
		inputs = append(inputs, in)
	}
	_, err := assembly.Load(inputs...)
	wantError(t, err, dir, "app.yaml: Resources.N: two templates are given for it, b.yaml and c.yaml")
}

// An application with a local template is a nested stack.
func TestLocalServerlessApplication(t *testing.T) {
	dir := write(t, map[string]string{
		"app.yaml": "Transform: AWS::Serverless-2016-10-31\nResources: {A: {Type: AWS::Serverless::Application, Properties: {Location: net.yaml}}, It: {Type: T, Properties: {V: !GetAtt A.Outputs.Vpc}}}",
		"net.yaml": networkStack,
	})
	a := load(t, assembly.Input{Template: filepath.Join(dir, "app.yaml")})
	wantString(t, a.Stack("app").Resource("It").Property("V"), "app/A/Vpc.Ref")
}
