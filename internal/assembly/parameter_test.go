package assembly_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

const parameters = `
Parameters:
  Plain: {Type: String}
  Default: {Type: Number, Default: 1}
  Ids: {Type: "List<AWS::EC2::Subnet::Id>"}
  Stored: {Type: "AWS::SSM::Parameter::Value<List<String>>", Default: /ids}
  Secret: {Type: String, Default: "{{resolve:ssm:x}}"}
Resources:
  It:
    Type: T
    Properties: {Plain: !Ref Plain, Default: !Ref Default, Ids: !Ref Ids, Stored: !Ref Stored, Secret: !Ref Secret}
`

func TestParameters(t *testing.T) {
	const needs = "unknown: parameter Plain of stack Shop has no value"
	const dynamic = "unknown: the dynamic reference {{resolve:ssm:x}} is resolved during deployment"
	for name, tc := range map[string]struct{ given, want map[string]string }{
		"none given":           {nil, map[string]string{"Plain": needs, "Default": "1", "Secret": dynamic}},
		"given by name":        {map[string]string{"Plain": "x", "Default": "2"}, map[string]string{"Plain": "x", "Default": "2"}},
		"given for the stack":  {map[string]string{"Plain": "x", "Shop.Plain": "y"}, map[string]string{"Plain": "y"}},
		"given as nothing":     {map[string]string{"Plain": ""}, map[string]string{"Plain": ""}},
		"given as a list":      {map[string]string{"Ids": "a, b"}, map[string]string{"Ids": `["a", "b"]`}},
		"given what is stored": {map[string]string{"Stored": "a,b"}, map[string]string{"Stored": `["a", "b"]`}},
		"given a dynamic one":  {map[string]string{"Plain": "{{resolve:ssm:x}}"}, map[string]string{"Plain": dynamic}},
	} {
		t.Run(name, func(t *testing.T) {
			it := mustShop(t, parameters, given(tc.given)).Stack("Shop").Resource("It")
			for property, want := range tc.want {
				wantString(t, it.Property(property), want)
			}
		})
	}
}

func TestPseudoParametersByRegion(t *testing.T) {
	const template = `Resources: {It: {Type: T, Properties: {P: !Ref AWS::Partition, S: !Ref AWS::URLSuffix}}}`
	for region, want := range map[string][2]string{
		"eu-west-1":      {"aws", "amazonaws.com"},
		"cn-north-1":     {"aws-cn", "amazonaws.com.cn"},
		"us-gov-west-1":  {"aws-us-gov", "amazonaws.com"},
		"us-iso-east-1":  {"aws-iso", "c2s.ic.gov"},
		"us-isob-east-1": {"aws-iso-b", "sc2s.sgov.gov"},
		"eusc-de-east-1": {"aws-eusc", "amazonaws.eu"},
		"":               {"unknown: AWS::Partition is not known: stack Shop has no Region", "unknown: AWS::URLSuffix is not known: stack Shop has no Region"},
	} {
		it := mustShop(t, template, func(in *assembly.Input) { in.Region = region }).Stack("Shop").Resource("It")
		wantString(t, it.Property("P"), want[0])
		wantString(t, it.Property("S"), want[1])
	}
}

// A template may refer to resources that a macro will add.
func TestMacrosMayAddResources(t *testing.T) {
	it := mustShop(t, `
Transform: AWS::Serverless-2016-10-31
Resources:
  It: {Type: T, DependsOn: Role, Condition: C, Properties: {A: !Ref Role, B: !GetAtt Role.Arn}}
`).Stack("Shop").Resource("It")
	const why = "unknown: the macro AWS::Serverless-2016-10-31 decides what Role of stack Shop is"
	wantString(t, it.Property("A"), why)
	wantString(t, it.Property("B"), why)
	if got := it.Existence().Settle(); it.Exists != assembly.Maybe || got != (assembly.Settlement{Kind: assembly.ByTemplate, Subject: "the processed template of stack Shop"}) {
		t.Errorf("Exists = %v, Settle = %v", it.Exists, got)
	}
}

func TestTransformsOfTemplates(t *testing.T) {
	for text, want := range map[string]int{
		"Resources: {}": 0,
		"Transform: AWS::LanguageExtensions\nResources: {}":                                                    1,
		"Transform: [AWS::LanguageExtensions, {Name: AWS::Include, Parameters: {Location: x}}]\nResources: {}": 2,
	} {
		if got := mustShop(t, text).Stack("Shop").Transforms; len(got) != want {
			t.Errorf("%s: transforms %v", text, got)
		}
	}
}
