package casetest

import (
	"encoding/json"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

const document = `{"Resources": {
  "Group": {"Type": "G", "Properties": {"Rules": [{"From": 1}, {"From": 2}], "Vpc": {"Ref": "Vpc"}, "Tags": {"a": 1, "b": 2}}},
  "Rule": {"Type": "R", "DependsOn": ["Group", "Vpc"]},
  "Vpc": {"Type": "V"}}}`

func TestEdit(t *testing.T) {
	for name, tc := range map[string]struct{ edit, want string }{
		"a property":                     {"S/Group.Rules[1].From: 3", `"Rules":[{"From":1},{"From":3}]`},
		"a property that is not there":   {"S/Vpc.Cidr: 10.0.0.0/16", `"Vpc":{"Properties":{"Cidr":"10.0.0.0/16"},"Type":"V"}`},
		"an object is merged":            {"S/Group.Tags: {a: null, c: 3}", `"Tags":{"b":2,"c":3}`},
		"a list is replaced":             {"S/Group.Rules: []", `"Rules":[]`},
		"a function is replaced":         {"S/Group.Vpc: !GetAtt Other.Id", `"Vpc":{"Fn::GetAtt":["Other","Id"]}`},
		"an object by a function":        {"S/Group.Tags: !Ref Tags", `"Tags":{"Ref":"Tags"}`},
		"functions within functions":     {"S/Group.Vpc: !Select [0, !Split [',', !Ref A]]", `{"Fn::Select":[0,{"Fn::Split":[",",{"Ref":"A"}]}]}`},
		"a resource is added":            {"S/New: {Type: N}", `"New":{"Type":"N"}`},
		"a resource is removed":          {"S/Vpc: null", `"Rule":{"DependsOn":["Group"],"Type":"R"}}`},
		"another part of a resource":     {"S/Vpc: {Condition: Maybe}", `"Vpc":{"Condition":"Maybe","Type":"V"}`},
		"a section":                      {"S: {Conditions: {Never: !Equals [a, b]}}", `"Conditions":{"Never":{"Fn::Equals":["a","b"]}}`},
		"text that looks like a date":    {"S/Vpc.Version: 2012-10-17", `"Version":"2012-10-17"`},
		"no such item":                   {"S/Group.Rules[2].From: 3", "there is no item 2"},
		"nothing to remove":              {"S/Group.Name: null", "nothing changes"},
		"nothing new":                    {"S/Group.Tags: {a: 1}", "nothing changes"},
		"nothing to remove in an object": {"S/Group: {Properties: {Name: null}}", "there is no Name to remove"},
		"not an object":                  {"S/Group.Rules.From: 3", "there is nothing called From"},
		"not a path":                     {"S/Group.Rules[x]: 3", "not a path"},
		"not a mapping":                  {"[S]", "an edit is a mapping"},
	} {
		t.Run(name, func(t *testing.T) {
			var doc map[string]any
			if err := json.Unmarshal([]byte(document), &doc); err != nil {
				t.Fatal(err)
			}
			var edit Edit
			err := yaml.Unmarshal([]byte(tc.edit), &edit)
			for _, c := range edit {
				if err == nil {
					err = c.apply(doc)
				}
			}
			got, _ := json.Marshal(doc)
			if err != nil {
				got = []byte(err.Error())
			}
			if !strings.Contains(string(got), tc.want) {
				t.Errorf("got\n%s\nwant\n%s", got, tc.want)
			}
		})
	}
}

func TestNamesReplaceHashes(t *testing.T) {
	doc := map[string]any{"Resources": map[string]any{
		"ApiGroup0EAFAD41": map[string]any{}, "ApiGroupfromClient1584FDFE443D9ECC96F": map[string]any{"Ref": "ApiGroup0EAFAD41"},
		"TwiceA0000000": map[string]any{}, "TwiceB0000000": map[string]any{},
	}}
	got, err := renamed(doc, map[string]string{"Group": "ApiGroup", "Rule": "ApiGroupfromClient"})
	if err != nil {
		t.Fatal(err)
	}
	text, _ := json.Marshal(got)
	if want := `{"Resources":{"Group":{},"Rule":{"Ref":"Group"},"TwiceA0000000":{},"TwiceB0000000":{}}}`; string(text) != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
	for _, id := range []string{"Api", "Twice"} {
		if _, err := renamed(doc, map[string]string{"X": id}); err == nil {
			t.Errorf("%s names one resource", id)
		}
	}
}
