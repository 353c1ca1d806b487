package assembly_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

const emptyTemplate = `{"Resources": {}}`

const (
	oneStack = `{"artifacts": {"S": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "s.json"}},
  "S.assets": {"type": "cdk:asset-manifest", "properties": {"file": "s.assets.json"}}}}`
	oneStage = `{"artifacts": {"P": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "stage"}}}}`
	oneNest  = `{"Resources": {"N": {"Type": "AWS::CloudFormation::Stack", "Metadata": {"aws:asset:path": "n.json"}}}}`
	oneAsset = `{"Resources": {"N": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": {"Fn::Sub": "https://s3/n.json"}}}}}`
)

func TestCloudAssembly(t *testing.T) {
	dir := write(t, map[string]string{
		"manifest.json": `{"version": "54.0.0", "artifacts": {
  "Tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}},
  "B": {"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region",
    "properties": {"templateFile": "B.template.json", "parameters": {"Port": 8443, "Image": "/image"}}},
  "assembly-Prod": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Prod"}},
  "A": {"type": "aws:cloudformation:stack", "environment": "aws://111111111111/eu-west-1",
    "properties": {"templateFile": "A.template.json", "stackName": "the-a"}}}}`,
		"A.template.json": emptyTemplate,
		"B.template.json": `{"Parameters": {"Port": {"Type": "Number", "Default": 1}, "Env": {"Type": "String"},
  "Image": {"Type": "AWS::SSM::Parameter::Value<String>"}}, "Resources": {"It": {"Type": "T", "Properties": {
  "Port": {"Ref": "Port"}, "Env": {"Ref": "Env"}, "Image": {"Ref": "Image"}, "Region": {"Ref": "AWS::Region"}}}}}`,
		"assembly-Prod/manifest.json": `{"artifacts": {"ProdC": {"type": "aws:cloudformation:stack",
  "environment": "aws://222222222222/us-east-1", "properties": {"templateFile": "C.template.json", "stackName": "Prod-C"}}}}`,
		"assembly-Prod/C.template.json": emptyTemplate,
	})
	a := load(t, assembly.Input{Dir: dir, Parameters: map[string]string{"B.Env": "prod"}})
	var got []string
	for _, s := range a.Stacks {
		got = append(got, s.Name+" "+s.Account+"/"+s.Region)
	}
	if want := "B /, Prod-C 222222222222/us-east-1, the-a 111111111111/eu-west-1"; strings.Join(got, ", ") != want {
		t.Errorf("stacks = %q, want %q", strings.Join(got, ", "), want)
	}
	it := a.Stack("B").Resource("It")
	wantString(t, it.Property("Port"), "8443")
	wantString(t, it.Property("Env"), "prod")
	wantString(t, it.Property("Image"), "unknown: parameter Image of stack B is read from Parameter Store")
	wantString(t, it.Property("Region"), "unknown: AWS::Region is not known: stack B has no Region")
	if got, want := it.Property("Region").Settle(), (assembly.Settlement{Kind: assembly.ByEnvironment, Subject: a.Stack("B").File}); got != want {
		t.Errorf("Settle = %q, want %q", got, want)
	}
}

func TestCloudAssemblyFails(t *testing.T) {
	for manifest, want := range map[string]string{
		"":                               "DIR: not a cloud assembly: it has no manifest.json",
		`[]`:                             "manifest.json: not a cloud assembly: no artifacts object",
		`{"artifacts": 1}`:               "manifest.json: not a cloud assembly: no artifacts object",
		`{"artifacts": {"A": 1}}`:        "manifest.json: artifacts.A: an artifact must be an object with a type",
		artifact(`"x": 1`):               "manifest.json: artifacts.A.properties.templateFile: must be the path of a file inside the cloud assembly",
		artifact(`"templateFile": "/x"`): "manifest.json: artifacts.A.properties.templateFile: must be the path of a file inside the cloud assembly",
		artifact(`"templateFile": "x"`):  "x: no such file or directory",
		artifact(`"templateFile": "."`):  "DIR: is not a regular file",
		`{"artifacts": {"A": {"type": "aws:cloudformation:stack", "environment": "x", "properties": {"templateFile": "x"}}}}`: "manifest.json: artifacts.A.environment: must be aws://ACCOUNT/REGION",
		`{"artifacts": {"A": {"type": "cdk:cloud-assembly", "properties": {"directoryName": ".."}}}}`:                         "manifest.json: artifacts.A.properties.directoryName: must be the path of a directory inside the cloud assembly",
		`{"artifacts": {"A": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "."}}}}`:                          "DIR: the cloud assembly is loaded twice",
	} {
		t.Run(manifest, func(t *testing.T) {
			files := map[string]string{}
			if manifest != "" {
				files["manifest.json"] = manifest
			}
			dir := write(t, files)
			_, err := assembly.Load(assembly.Input{Dir: dir})
			wantErrorIn(t, err, dir, want)
		})
	}
}

func artifact(properties string) string {
	return `{"artifacts": {"A": {"type": "aws:cloudformation:stack", "properties": {` + properties + `}}}}`
}

func TestInputsFail(t *testing.T) {
	dir := write(t, map[string]string{"x.json": emptyTemplate})
	file := filepath.Join(dir, "x.json")
	for name, tc := range map[string]struct {
		inputs []assembly.Input
		want   string
	}{
		"none":           {nil, "no input: load a cloud assembly or a template"},
		"empty":          {[]assembly.Input{{}}, "an input must be a cloud assembly or a template"},
		"both":           {[]assembly.Input{{Dir: "d", Template: "t"}}, "d, t: an input must be a cloud assembly or a template, not both"},
		"twice":          {[]assembly.Input{{Template: file}, {Template: file}}, "x.json: stack x is loaded twice, also from x.json"},
		"no such file":   {[]assembly.Input{{Template: file + "x"}}, "x.jsonx: no such file or directory"},
		"no such value":  {[]assembly.Input{{Template: file, Parameters: map[string]string{"Port": "1"}}}, "the parameter Port is given, but no stack has it"},
		"not this stack": {[]assembly.Input{{Template: file, Parameters: map[string]string{"y.Port": "1"}}}, "the parameter y.Port is given, but no stack has it"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := assembly.Load(tc.inputs...)
			wantError(t, err, dir, tc.want)
		})
	}
}

func TestNamesOfTemplates(t *testing.T) {
	for file, want := range map[string]string{
		"shop.json": "shop", "shop.yaml": "shop", "shop.yml": "shop", "shop.template.json": "shop",
		"shop.template": "shop", "shop.template.yaml": "shop", "shop": "shop", "shop.prod.yaml": "shop.prod",
	} {
		dir := write(t, map[string]string{file: emptyTemplate})
		if got := load(t, assembly.Input{Template: filepath.Join(dir, file)}).Stacks[0].Name; got != want {
			t.Errorf("%s is named %q, want %q", file, got, want)
		}
	}
}

func TestConstructPathsOfTheCloudAssembly(t *testing.T) {
	const entry = `[{"type": "aws:cdk:warning", "data": "ClientService1"}, {"type": "aws:cdk:logicalId", "data": "ClientService1"}]`
	const twice = `{"/A/Client/Service": ` + entry + `, "/A/Other/Resource": [{"type": "aws:cdk:logicalId", "data": "Other"}],
  "/A/X": [{"type": "aws:cdk:logicalId", "data": "Twice"}], "/A/Y": [{"type": "aws:cdk:logicalId", "data": "Twice"}]}`
	const template = `{"Resources": {"ClientService1": {"Type": "T"}, "Other": {"Type": "T"}, "Twice": {"Type": "T"}}}`
	for name, files := range map[string]map[string]string{
		"in the manifest": {
			"manifest.json": artifact(`"templateFile": "A.json"}, "metadata": ` + twice + `, "x": {`),
		},
		"in a file": {
			"manifest.json":   artifact(`"templateFile": "A.json"}, "additionalMetadataFile": "A.metadata.json", "x": {`),
			"A.metadata.json": twice,
		},
	} {
		t.Run(name, func(t *testing.T) {
			files["A.json"] = template
			s := load(t, assembly.Input{Dir: write(t, files)}).Stacks[0]
			for id, want := range map[string]string{"ClientService1": "A/Client/Service", "Other": "A/Other", "Twice": ""} {
				if got := s.Resource(id).ConstructPath; got != want {
					t.Errorf("the construct path of %s is %q, want %q", id, got, want)
				}
			}
		})
	}
	dir := write(t, map[string]string{
		"manifest.json": artifact(`"templateFile": "A.json"}, "additionalMetadataFile": "gone.json", "x": {`), "A.json": template,
	})
	if got := load(t, assembly.Input{Dir: dir}).Stacks[0].Resource("Other").ConstructPath; got != "" {
		t.Errorf("without metadata the construct path is %q", got)
	}
}
