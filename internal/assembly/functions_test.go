package assembly_test

import (
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// A template with one value, in JSON and YAML.
const (
	aroundJSON = `{
  "Parameters": {
    "Env": {"Type": "String"}, "Port": {"Type": "Number", "Default": 8443},
    "Ids": {"Type": "CommaDelimitedList", "Default": "a, b,c"}, "Subnets": {"Type": "List<AWS::EC2::Subnet::Id>"},
    "Image": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/image"}
  },
  "Mappings": {"Ports": {"eu-west-1": {"Https": 443, "Names": ["x", "y"]}}},
  "Conditions": {
    "Europe": {"Fn::Equals": [{"Ref": "AWS::Region"}, "eu-west-1"]}, "Prod": {"Fn::Equals": [{"Ref": "Env"}, "prod"]}
  },
  "Resources": {
    "Vpc": {"Type": "AWS::EC2::VPC"}, "Endpoint": {"Type": "AWS::EC2::VPCEndpoint"},
    "It": {"Type": "Test::It", "Properties": {"Value": VALUE}}
  }
}`
	aroundYAML = `
Parameters:
  Env: {Type: String}
  Port: {Type: Number, Default: 8443}
  Ids: {Type: CommaDelimitedList, Default: "a, b,c"}
  Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}
  Image: {Type: "AWS::SSM::Parameter::Value<String>", Default: /image}
Mappings:
  Ports: {eu-west-1: {Https: 443, Names: [x, y]}}
Conditions:
  Europe: !Equals [!Ref AWS::Region, eu-west-1]
  Prod: !Equals [!Ref Env, prod]
Resources:
  Vpc: {Type: AWS::EC2::VPC}
  Endpoint: {Type: AWS::EC2::VPCEndpoint}
  It:
    Type: Test::It
    Properties:
      Value: VALUE
`
)

type functionCase struct{ json, yaml, want string }

const (
	envUnknown    = "unknown: parameter Env of stack Shop has no value"
	subnetUnknown = "unknown: parameter Subnets of stack Shop has no value"
)

// runFunctions checks how values resolve, in JSON and YAML.
func runFunctions(t *testing.T, cases map[string]functionCase) {
	t.Helper()
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			for around, text := range map[string]string{aroundJSON: tc.json, aroundYAML: tc.yaml} {
				if text == "" {
					continue
				}
				a := mustShop(t, strings.Replace(around, "VALUE", text, 1))
				wantString(t, a.Stack("Shop").Resource("It").Property("Value"), tc.want)
			}
		})
	}
}

func TestRef(t *testing.T) {
	runFunctions(t, map[string]functionCase{
		"a resource":               {`{"Ref": "Vpc"}`, `!Ref Vpc`, "Shop/Vpc.Ref"},
		"a default":                {`{"Ref": "Port"}`, `!Ref Port`, "8443"},
		"no value":                 {`{"Ref": "Env"}`, `!Ref Env`, envUnknown},
		"a list":                   {`{"Ref": "Ids"}`, `!Ref Ids`, `["a", "b", "c"]`},
		"the Region":               {`{"Ref": "AWS::Region"}`, `!Ref AWS::Region`, "eu-west-1"},
		"the account":              {`{"Ref": "AWS::AccountId"}`, `!Ref AWS::AccountId`, "111111111111"},
		"the partition":            {`{"Ref": "AWS::Partition"}`, `!Ref AWS::Partition`, "aws"},
		"the URL suffix":           {`{"Ref": "AWS::URLSuffix"}`, `!Ref AWS::URLSuffix`, "amazonaws.com"},
		"the name of the stack":    {`{"Ref": "AWS::StackName"}`, `!Ref AWS::StackName`, "Shop"},
		"no value at all":          {`{"Ref": "AWS::NoValue"}`, `!Ref AWS::NoValue`, "absent"},
		"no value in a list":       {`["a", {"Ref": "AWS::NoValue"}, "b"]`, `[a, !Ref AWS::NoValue, b]`, `["a", "b"]`},
		"no value in an object":    {`{"A": 1, "B": {"Ref": "AWS::NoValue"}}`, `{A: 1, B: !Ref AWS::NoValue}`, `{"A": 1}`},
		"the ID of the stack":      {`{"Ref": "AWS::StackId"}`, `!Ref AWS::StackId`, "unknown: AWS::StackId of stack Shop is not known before deployment"},
		"a key Ref that is a name": {`{"Ref": "Vpc", "Other": "x"}`, `{Ref: Vpc, Other: x}`, `{"Other": "x", "Ref": "Vpc"}`},
		"Parameter Store": {
			`{"Ref": "Image"}`, `!Ref Image`,
			"unknown: parameter Image of stack Shop is read from Parameter Store",
		},
	})
}

func TestGetAtt(t *testing.T) {
	runFunctions(t, map[string]functionCase{
		"a list":               {`{"Fn::GetAtt": ["Vpc", "CidrBlock"]}`, `!GetAtt [Vpc, CidrBlock]`, "Shop/Vpc.CidrBlock"},
		"a text":               {`{"Fn::GetAtt": "Vpc.CidrBlock"}`, `!GetAtt Vpc.CidrBlock`, "Shop/Vpc.CidrBlock"},
		"an attribute of two":  {`{"Fn::GetAtt": ["Vpc", "A.B"]}`, `!GetAtt Vpc.A.B`, "Shop/Vpc.A.B"},
		"a known attribute":    {`{"Fn::GetAtt": ["Vpc", {"Ref": "AWS::Partition"}]}`, `!GetAtt [Vpc, !Ref AWS::Partition]`, "Shop/Vpc.aws"},
		"an unknown attribute": {`{"Fn::GetAtt": ["Vpc", {"Ref": "Env"}]}`, `!GetAtt [Vpc, !Ref Env]`, envUnknown},
	})
}

func TestSub(t *testing.T) {
	runFunctions(t, map[string]functionCase{
		"a literal":          {`{"Fn::Sub": "plain"}`, `!Sub plain`, "plain"},
		"known":              {`{"Fn::Sub": "${AWS::Region}:${Port}"}`, `!Sub "${AWS::Region}:${Port}"`, "eu-west-1:8443"},
		"a reference":        {`{"Fn::Sub": "a-${Vpc}"}`, `!Sub a-${Vpc}`, "a-${Shop/Vpc.Ref}"},
		"an attribute":       {`{"Fn::Sub": "${Vpc.CidrBlock}"}`, `!Sub ${Vpc.CidrBlock}`, "Shop/Vpc.CidrBlock"},
		"an escape":          {`{"Fn::Sub": "${!aws:username}-x"}`, `!Sub ${!aws:username}-x`, "${aws:username}-x"},
		"a variable":         {`{"Fn::Sub": ["${A}-${B}", {"A": 1, "B": {"Ref": "Vpc"}}]}`, `!Sub ["${A}-${B}", {A: 1, B: !Ref Vpc}]`, "1-${Shop/Vpc.Ref}"},
		"a variable first":   {`{"Fn::Sub": ["${Port}", {"Port": 1}]}`, `!Sub ["${Port}", {Port: 1}]`, "1"},
		"not closed":         {`{"Fn::Sub": "a${b"}`, `!Sub a${b`, "a${b"},
		"unknown":            {`{"Fn::Sub": "a-${Env}"}`, `!Sub a-${Env}`, "a-${" + envUnknown + "}"},
		"no value":           {`{"Fn::Sub": "a${AWS::NoValue}b"}`, `!Sub a${AWS::NoValue}b`, "ab"},
		"a dynamic one":      {`{"Fn::Sub": "{{resolve:ssm:${AWS::Region}}}"}`, `!Sub "{{resolve:ssm:${AWS::Region}}}"`, "unknown: the dynamic reference {{resolve:ssm:eu-west-1}} is resolved during deployment"},
		"a dynamic unknown":  {`{"Fn::Sub": "{{resolve:ssm:${Vpc}}}"}`, `!Sub "{{resolve:ssm:${Vpc}}}"`, "unknown: a dynamic reference, {{resolve:…}}, is resolved during deployment"},
		"a dollar before it": {`{"Fn::Sub": "$${Port}"}`, `!Sub $${Port}`, "$8443"},
	})
}

func TestJoin(t *testing.T) {
	runFunctions(t, map[string]functionCase{
		"literals":           {`{"Fn::Join": ["-", ["a", 1, true]]}`, `!Join ["-", [a, 1, true]]`, "a-1-true"},
		"one reference":      {`{"Fn::Join": ["-", [{"Ref": "Vpc"}]]}`, `!Join ["-", [!Ref Vpc]]`, "Shop/Vpc.Ref"},
		"references":         {`{"Fn::Join": [":", ["a", {"Ref": "Vpc"}, "b"]]}`, `!Join [":", [a, !Ref Vpc, b]]`, "a:${Shop/Vpc.Ref}:b"},
		"nested":             {`{"Fn::Join": ["", ["a", {"Fn::Join": ["", ["b", {"Ref": "Vpc"}]]}]]}`, `!Join ["", [a, !Join ["", [b, !Ref Vpc]]]]`, "ab${Shop/Vpc.Ref}"},
		"no value":           {`{"Fn::Join": ["-", ["a", {"Ref": "AWS::NoValue"}]]}`, `!Join ["-", [a, !Ref AWS::NoValue]]`, "a"},
		"nothing":            {`{"Fn::Join": ["-", []]}`, `!Join ["-", []]`, ""},
		"a list parameter":   {`{"Fn::Join": ["|", {"Ref": "Ids"}]}`, `!Join ["|", !Ref Ids]`, "a|b|c"},
		"an unknown list":    {`{"Fn::Join": ["|", {"Ref": "Subnets"}]}`, `!Join ["|", !Ref Subnets]`, subnetUnknown},
		"a list reference":   {`{"Fn::Join": ["|", {"Fn::GetAtt": ["Vpc", "CidrBlockAssociations"]}]}`, `!Join ["|", !GetAtt Vpc.CidrBlockAssociations]`, "unknown: the number of items in Shop/Vpc.CidrBlockAssociations is not known before deployment"},
		"an undecided value": {`{"Fn::Join": ["|", ["a", {"Fn::If": ["Prod", "b", {"Ref": "AWS::NoValue"}]}]]}`, `!Join ["|", [a, !If [Prod, b, !Ref AWS::NoValue]]]`, prodUnknown},
	})
}

const prodUnknown = "unknown: condition Prod of stack Shop is unknown: parameter Env of stack Shop has no value"

func TestSelect(t *testing.T) {
	runFunctions(t, map[string]functionCase{
		"a literal":           {`{"Fn::Select": [1, ["a", "b"]]}`, `!Select [1, [a, b]]`, "b"},
		"an index as text":    {`{"Fn::Select": ["0", ["a", "b"]]}`, `!Select ["0", [a, b]]`, "a"},
		"a list parameter":    {`{"Fn::Select": [2, {"Ref": "Ids"}]}`, `!Select [2, !Ref Ids]`, "c"},
		"an unknown list":     {`{"Fn::Select": [0, {"Ref": "Subnets"}]}`, `!Select [0, !Ref Subnets]`, subnetUnknown},
		"an unknown index":    {`{"Fn::Select": [{"Ref": "Env"}, ["a"]]}`, `!Select [!Ref Env, [a]]`, envUnknown},
		"of a reference":      {`{"Fn::Select": [0, {"Fn::GetAtt": ["Endpoint", "DnsEntries"]}]}`, `!Select [0, !GetAtt Endpoint.DnsEntries]`, "Shop/Endpoint.DnsEntries[0]"},
		"of a split":          {`{"Fn::Select": [1, {"Fn::Split": [":", {"Fn::GetAtt": ["Vpc", "X"]}]}]}`, `!Select [1, !Split [":", !GetAtt Vpc.X]]`, `(Shop/Vpc.X split at ":")[1]`},
		"of zones":            {`{"Fn::Select": [0, {"Fn::GetAZs": ""}]}`, `!Select [0, !GetAZs ""]`, "(unknown: Fn::GetAZs: the Availability Zones in eu-west-1 are not known before deployment)[0]"},
		"past what is absent": {`{"Fn::Select": [0, [{"Fn::If": ["Prod", "b", {"Ref": "AWS::NoValue"}]}, "c"]]}`, `!Select [0, [!If [Prod, b, !Ref AWS::NoValue], c]]`, prodUnknown},
		"after what may be absent": {
			`{"Fn::Select": [1, [{"Fn::If": ["Prod", "b", {"Ref": "AWS::NoValue"}]}, "c"]]}`,
			`!Select [1, [!If [Prod, b, !Ref AWS::NoValue], c]]`, prodUnknown,
		},
		"the literal start of a text": {
			`{"Fn::Select": [2, {"Fn::Split": [":", {"Fn::Sub": "arn:aws:ec2:${Vpc}:x"}]}]}`,
			`!Select [2, !Split [":", !Sub "arn:aws:ec2:${Vpc}:x"]]`, "ec2",
		},
	})
}

func TestSplit(t *testing.T) {
	runFunctions(t, map[string]functionCase{
		"a literal":           {`{"Fn::Split": [",", "a,b"]}`, `!Split [",", "a,b"]`, `["a", "b"]`},
		"a reference":         {`{"Fn::Split": [":", {"Fn::GetAtt": ["Vpc", "X"]}]}`, `!Split [":", !GetAtt Vpc.X]`, `Shop/Vpc.X split at ":"`},
		"an unknown":          {`{"Fn::Split": [":", {"Ref": "Env"}]}`, `!Split [":", !Ref Env]`, envUnknown},
		"IDs":                 {`{"Fn::Split": [",", {"Fn::Sub": "${Vpc},${Endpoint}"}]}`, `!Split [",", !Sub "${Vpc},${Endpoint}"]`, "[Shop/Vpc.Ref, Shop/Endpoint.Ref]"},
		"what may hold it":    {`{"Fn::Split": [",", {"Fn::Sub": "${Vpc.Tags},x"}]}`, `!Split [",", !Sub "${Vpc.Tags},x"]`, `(${Shop/Vpc.Tags},x) split at ","`},
		"a list of the CDK's": {`{"Fn::Split": ["||", {"Fn::Join": ["||", {"Fn::GetAtt": ["Endpoint", "DnsEntries"]}]}]}`, `!Split ["||", !Join ["||", !GetAtt Endpoint.DnsEntries]]`, "Shop/Endpoint.DnsEntries"},
	})
}

func TestFindInMap(t *testing.T) {
	runFunctions(t, map[string]functionCase{
		"a value":     {`{"Fn::FindInMap": ["Ports", {"Ref": "AWS::Region"}, "Https"]}`, `!FindInMap [Ports, !Ref AWS::Region, Https]`, "443"},
		"a list":      {`{"Fn::FindInMap": ["Ports", "eu-west-1", "Names"]}`, `!FindInMap [Ports, eu-west-1, Names]`, `["x", "y"]`},
		"unknown":     {`{"Fn::FindInMap": ["Ports", {"Ref": "Env"}, "Https"]}`, `!FindInMap [Ports, !Ref Env, Https]`, envUnknown},
		"a default":   {`{"Fn::FindInMap": ["Ports", "eu-west-9", "Https", {"DefaultValue": {"Ref": "Port"}}]}`, `!FindInMap [Ports, eu-west-9, Https, {DefaultValue: !Ref Port}]`, "8443"},
		"not default": {`{"Fn::FindInMap": ["Ports", "eu-west-1", "Https", {"DefaultValue": 1}]}`, `!FindInMap [Ports, eu-west-1, Https, {DefaultValue: 1}]`, "443"},
	})
}

func TestFunctionsThatAreNotEvaluated(t *testing.T) {
	runFunctions(t, map[string]functionCase{
		"Base64":           {`{"Fn::Base64": "x"}`, `!Base64 x`, "unknown: Fn::Base64 is not evaluated before deployment"},
		"Cidr":             {`{"Fn::Cidr": ["10.0.0.0/16", 4, 8]}`, `!Cidr [10.0.0.0/16, 4, 8]`, "unknown: Fn::Cidr is not evaluated before deployment"},
		"ToJsonString":     {`{"Fn::ToJsonString": {"A": 1}}`, `!ToJsonString {A: 1}`, "unknown: Fn::ToJsonString is not evaluated before deployment"},
		"a new one":        {`{"Fn::New": "x"}`, `!New x`, "unknown: Fn::New is not evaluated before deployment"},
		"of an unknown":    {`{"Fn::Base64": {"Ref": "Env"}}`, `!Base64 {Ref: Env}`, envUnknown},
		"GetAZs":           {`{"Fn::GetAZs": {"Ref": "AWS::Region"}}`, `!GetAZs {Ref: "AWS::Region"}`, "unknown: Fn::GetAZs: the Availability Zones in eu-west-1 are not known before deployment"},
		"Transform":        {`{"Fn::Transform": {"Name": "AWS::Include"}}`, `!Transform {Name: AWS::Include}`, "unknown: the macro in Fn::Transform sets the value during deployment"},
		"Transform beside": {`{"Fn::Transform": {"Name": "AWS::Include"}, "A": 1}`, "", "unknown: the macro in Fn::Transform sets the value during deployment"},
		"ImportValue":      {`{"Fn::ImportValue": "X"}`, `!ImportValue X`, "unknown: no stack that is loaded exports X"},
	})
}

func TestDynamicReference(t *testing.T) {
	secret := "{{resolve:secretsmanager:db:SecretString:password}}"
	a := mustShop(t, strings.Replace(aroundYAML, "VALUE", `"user:`+secret+`!"`, 1))
	v := a.Stack("Shop").Resource("It").Property("Value")
	wantString(t, v, "user:${unknown: the dynamic reference "+secret+" is resolved during deployment}!")
	if v.Kind() != assembly.Text || v.Why() == "" || v.Settle() != (assembly.Settlement{}) {
		t.Errorf("kind %v, why %q, settle %v", v.Kind(), v.Why(), v.Settle())
	}
}
