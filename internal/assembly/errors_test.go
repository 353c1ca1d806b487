package assembly_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// badValues are values that CloudFormation rejects.
var badValues = map[string]string{
	`{"Fn::Join": ["-"]}`:                             "Fn::Join takes a separator and a list",
	`{"Fn::Join": [1, ["a"]]}`:                        "Fn::Join takes a separator and a list",
	`{"Fn::Join": ["-", "a"]}`:                        "Fn::Join takes a separator and a list",
	`{"Fn::Join": ["-", [["a"]]]}`:                    "Fn::Join takes a list of text, but an item is a list",
	`{"Fn::Select": [5, ["a"]]}`:                      "Fn::Select takes item 5, counted from 0, of a list of 1",
	`{"Fn::Select": ["x", ["a"]]}`:                    "Fn::Select takes an index and a list, but the index is x",
	`{"Fn::Select": [-1, ["a"]]}`:                     "Fn::Select takes an index and a list, but the index is -1",
	`{"Fn::Select": [0, "a"]}`:                        "Fn::Select takes an index and a list",
	`{"Fn::Select": 0}`:                               "Fn::Select takes an index and a list",
	`{"Fn::Split": ["", "a"]}`:                        "Fn::Split takes a separator and a text",
	`{"Fn::Split": [",", ["a"]]}`:                     "Fn::Split takes a separator and a text",
	`{"Fn::Sub": ["a", "b"]}`:                         "Fn::Sub takes a text, or a text and a map of variables",
	`{"Fn::Sub": {"a": "b"}}`:                         "Fn::Sub takes a text, or a text and a map of variables",
	`{"Fn::Sub": "${ x }"}`:                           "Fn::Sub: ${ x } is not a valid name",
	`{"Fn::Sub": ["${A}", {"A": ["x"]}]}`:             "Fn::Sub: ${A} is a list, not text",
	`{"Fn::Sub": "${Nothing}"}`:                       "refers to Nothing, which is neither a parameter nor a resource",
	`{"Fn::Sub": "${Nothing.Arn}"}`:                   "refers to an attribute of Nothing, which is not a resource",
	`{"Ref": "Nothing"}`:                              "refers to Nothing, which is neither a parameter nor a resource",
	`{"Ref": ["Vpc"]}`:                                "Ref takes a logical ID",
	`{"Ref": "AWS::Nothing"}`:                         "refers to AWS::Nothing, which is not a pseudo parameter",
	`{"Fn::GetAtt": ["Nothing", "Arn"]}`:              "refers to an attribute of Nothing, which is not a resource",
	`{"Fn::GetAtt": "Vpc"}`:                           "Fn::GetAtt takes a logical ID and an attribute",
	`{"Fn::GetAtt": ["Vpc", ["Arn"]]}`:                "Fn::GetAtt takes a logical ID and an attribute",
	`{"Fn::FindInMap": ["Ports", "x"]}`:               "Fn::FindInMap takes a map and two keys",
	`{"Fn::FindInMap": ["Nothing", "x", "y"]}`:        "Fn::FindInMap refers to the mapping Nothing, which does not exist",
	`{"Fn::FindInMap": ["Ports", "x", "y"]}`:          "Fn::FindInMap refers to the key x, which the mapping does not have",
	`{"Fn::FindInMap": ["Ports", {"Ref": "Vpc"}, 1]}`: "Fn::FindInMap takes keys that are known before deployment, but one is Shop/Vpc.Ref",
	`{"Fn::If": ["Nothing", 1, 2]}`:                   "refers to the condition Nothing, which does not exist",
	`{"Fn::If": ["Prod", 1]}`:                         "Fn::If takes the name of a condition and two values",
	`{"Fn::If": ["Europe", 1, {"Ref": "Nothing"}]}`:   "refers to Nothing, which is neither a parameter nor a resource",
	`{"Fn::GetAZs": ["x"]}`:                           "Fn::GetAZs takes a Region",
	`{"Fn::ImportValue": ["x"]}`:                      "Fn::ImportValue takes the name of an export",
	`{"Fn::GetStackOutput": {"StackName": "x"}}`:      "Fn::GetStackOutput takes a StackName and an OutputName",
	`{"Fn::Join": ["-", ["a"]], "Other": 1}`:          "Fn::Join must be the only key",
	`null`:                                            "null is not a value",
}

func TestPropertiesFail(t *testing.T) {
	for value, want := range badValues {
		t.Run(value, func(t *testing.T) {
			dir := write(t, map[string]string{"x.json": strings.Replace(aroundJSON, "VALUE", value, 1)})
			_, err := assembly.Load(in(filepath.Join(dir, "x.json")))
			wantError(t, err, dir, "x.json: Resources.It.Properties.Value: "+want)
		})
	}
}

func TestPathOfErrors(t *testing.T) {
	dir := write(t, map[string]string{"x.yaml": "Resources: {It: {Type: T, Properties: {Rules: [{Port: 1}, {Port: !Ref X}]}}}"})
	_, err := assembly.Load(in(filepath.Join(dir, "x.yaml")))
	wantError(t, err, dir, "x.yaml: Resources.It.Properties.Rules[1].Port: refers to X, which is neither a parameter nor a resource")
}

func TestTemplatesFail(t *testing.T) {
	for text, want := range map[string]string{
		`{"description": "x"}`: "x.json: not a template: no Resources object",
		`{"Resources": null}`:  "x.json: not a template: no Resources object",
		`[]`:                   "x.json: not a template: no Resources object",
		`{"Resources": []}`:    "x.json: not a template: no Resources object",

		`{"Resources": {}, "Outputs": []}`:      "x.json: Outputs: must be an object",
		`{"Resources": {"A": 1}}`:               "x.json: Resources.A: a resource must be an object with a Type",
		`{"Resources": {"A": {}}}`:              "x.json: Resources.A: a resource must be an object with a Type",
		`{"Resources": {"A": {"Type": ""}}}`:    "x.json: Resources.A: a resource must be an object with a Type",
		`{"Resources": {"Fn::ForEach::A": []}}`: "x.json: Resources.Fn::ForEach::A: Fn::ForEach takes an identifier, a collection and an object",
		`{"Resources": {"A": {"Type": "T"}}`:    "x.json: line 1: unexpected end of JSON input",

		"{\n\"Resources\": {},\n}": "x.json: line 3: invalid character '}' looking for beginning of object key string",
		"{\"A\": 1,\n\"A\": 2}":    `x.json: line 2: duplicate key "A", which is also on line 1`,
		"{\"A\": \"\xff\"}":        "x.json: not UTF-8",

		`{"Resources": {"A": ` + one("Properties") + `}}`:       "x.json: Resources.A.Properties: must be an object",
		`{"Resources": {"A": ` + one("DependsOn") + `}}`:        "x.json: Resources.A.DependsOn: must be a logical ID or a list of them",
		`{"Resources": {"A": ` + one("Condition") + `}}`:        "x.json: Resources.A.Condition: must be the name of a condition",
		`{"Resources": {"A": {"Type": "T", "DependsOn": "B"}}}`: "x.json: Resources.A.DependsOn: refers to B, which is not a resource",
		`{"Resources": {"A": {"Type": "T", "Condition": "B"}}}`: "x.json: Resources.A.Condition: refers to the condition B, which does not exist",
		`{"Resources": {}, "Outputs": {"O": {}}}`:               "x.json: Outputs.O: an output must be an object with a Value",
		`{"Resources": {}, "Outputs": {"O": {"Value": ["x"]}}}`: "x.json: Outputs.O.Value: must be text",
		`{"Resources": {}, "Parameters": {"P": {}}}`:            "x.json: Parameters.P: a parameter must be an object with a Type",

		`{"Resources": {}, "Parameters": {"P": {"Type": "String", "Default": {}}}}`: "x.json: Parameters.P.Default: must be text",

		`{"Resources": {"P": {"Type": "T"}}, "Parameters": {"P": {"Type": "String", "Default": "x"}}}`:  "x.json: Parameters.P: a resource has the same logical ID",
		`{"Resources": {}, "Conditions": {"C": true}}`:                                                  "x.json: Conditions.C: a condition must be one of Fn::And, Fn::Equals, Fn::Not, Fn::Or and Condition",
		`{"Resources": {}, "Conditions": {"C": {"Fn::Equals": [1]}}}`:                                   "x.json: Conditions.C: Fn::Equals takes two values",
		`{"Resources": {}, "Conditions": {"C": {"Fn::Not": {"Condition": "C"}}}}`:                       "x.json: Conditions.C: Fn::Not takes a list of one condition",
		`{"Resources": {}, "Conditions": {"C": {"Fn::And": [{"Condition": "C"}]}}}`:                     "x.json: Conditions.C: Fn::And takes 2 to 10 conditions",
		`{"Resources": {}, "Conditions": {"C": {"Fn::Not": [{"Condition": "C"}]}}}`:                     "x.json: Conditions.C: refers to itself",
		`{"Resources": {"A": {"Type": "T"}}, "Conditions": {"C": {"Fn::Equals": [{"Ref": "A"}, "x"]}}}`: "x.json: Conditions.C: a condition cannot refer to a resource, but this one refers to A",
		`{"Resources": {}, "Outputs": {"O": {"Value": "x", "Export": {}}}}`:                             "x.json: Outputs.O.Export: an export must be an object with a Name",
	} {
		t.Run(text, func(t *testing.T) {
			dir := write(t, map[string]string{"x.json": text})
			_, err := assembly.Load(in(filepath.Join(dir, "x.json")))
			wantError(t, err, dir, want)
		})
	}
}

// one is a template whose only resource has one section, which is a number.
func one(section string) string { return ` {"Type": "T", "` + section + `": 1}` }

func TestAllErrorsAreReported(t *testing.T) {
	var b strings.Builder
	b.WriteString("Resources:\n")
	for i := range 25 {
		b.WriteString("  R" + strings.Repeat("x", i) + ": {Type: T, Properties: {P: !Ref Nothing}}\n")
	}
	_, err := shop(t, b.String())
	if err == nil {
		t.Fatal("no error")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 21 || lines[20] != "and 5 more errors" {
		t.Errorf("%d lines, the last is %q", len(lines), lines[len(lines)-1])
	}
}
