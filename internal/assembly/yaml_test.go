package assembly_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

func TestScalarsOfYAML(t *testing.T) {
	for text, want := range map[string]string{
		"on": "true", "off": "false", "yes": "true", "No": "false", "YES": "true", "Off": "false", "oN": `"oN"`, "y": `"y"`, "N": `"N"`,
		`"no"`: `"no"`, "!!str no": `"no"`, "'on'": `"on"`, "none": `"none"`,
		"true": "true", "True": "true", "FALSE": "false", `"true"`: `"true"`,
		"443": "443", "-1": "-1", "0.5": "0.5", "0": "0", `"443"`: `"443"`, "!!str 443": `"443"`, "!!int 443": "443",
		"012345678901": `"012345678901"`, "0x1F": `"0x1F"`, "1_000": `"1_000"`, "1e3": `"1e3"`, ".5": `".5"`, ".inf": `".inf"`,
		"2010-09-09": `"2010-09-09"`, "10:30": `"10:30"`, `""`: `""`, "'~'": `"~"`,
		"|\n        a\n        b": `"a\nb"`, ">\n        a\n        b": `"a b"`,
	} {
		a := mustShop(t, "Resources:\n  It:\n    Type: T\n    Properties:\n      Value:\n      - "+text)
		if got := a.Stack("Shop").Resource("It").Property("Value").String(); strings.ReplaceAll(got, `\n"`, `"`) != "["+want+"]" {
			t.Errorf("%s = %s, want [%s]", text, got, want)
		}
	}
}

func TestAliasesOfYAML(t *testing.T) {
	a := mustShop(t, `
Resources:
  A: {Type: T, Properties: &p {Port: !Ref Port, Tags: &tags [{Key: a}]}}
  B: {Type: T, Properties: *p}
  C: {Type: &t T, Properties: {Tags: *tags, Other: *t}}
Parameters: {Port: {Type: Number, Default: 443}}
`).Stack("Shop")
	wantString(t, a.Resource("B").Property(), `{"Port": 443, "Tags": [{"Key": "a"}]}`)
	wantString(t, a.Resource("C").Property(), `{"Other": "T", "Tags": [{"Key": "a"}]}`)
}

func TestYAMLFails(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "x.yaml: the file is empty",
		"# nothing":                      "x.yaml: the file is empty",
		"a":                              "x.yaml: not a template: no Resources object",
		"Resources: {}\n---\nA: 1":       "x.yaml: line 2: more than one document",
		"A: 1\nB: 1\nA: 2":               `x.yaml: line 3: duplicate key "A", which is also on line 1`,
		"A: {<<: {B: 1}}":                "x.yaml: line 1: CloudFormation has no merge keys (<<)",
		"? [a]\n: b":                     "x.yaml: line 1: a key must be text",
		"A: !!binary aGk=":               "x.yaml: line 1: CloudFormation has no tag !!binary",
		"A: &a [*a]":                     "x.yaml: line 1: the alias *a is inside the node that it refers to",
		"A: *a":                          "x.yaml: unknown anchor 'a' referenced",
		"A: [":                           "x.yaml: line 1: did not find expected node content",
		"A: \"\xff\"":                    "x.yaml: not UTF-8",
		"A: " + strings.Repeat("[", 300): "x.yaml: line 1: did not find expected node content",
		"A: " + strings.Repeat("[", 300) + strings.Repeat("]", 300): "x.yaml: line 1: nested deeper than 200",
		"Resources: {A: {Type: T, Properties: {P: }}}":              "x.yaml: Resources.A.Properties.P: null is not a value",
		"Resources:\n  A:\n    Type: T\n    Properties:\n":          "x.yaml: Resources.A.Properties: must be an object",
		"{\"Resources\": {A: b}}":                                   "x.yaml: Resources.A: a resource must be an object with a Type",
	} {
		t.Run(text[:min(len(text), 30)], func(t *testing.T) {
			dir := write(t, map[string]string{"x.yaml": text})
			_, err := assembly.Load(in(filepath.Join(dir, "x.yaml")))
			wantError(t, err, dir, want)
		})
	}
}

func TestAliasBomb(t *testing.T) {
	var b strings.Builder
	b.WriteString("A0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := range 9 {
		fmt.Fprintf(&b, "A%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	_, err := shop(t, b.String()+"Resources: {}")
	wantErrorIn(t, err, "", "more than 4000000 values, aliases included")
}

// The format of a file whose name does not end in .json is recognized by its first character.
func TestFormatOfTemplates(t *testing.T) {
	for file, text := range map[string]string{
		"a.json": `{"Resources": {}}`, "b.yaml": `{"Resources": {}}`, "c": `  {"Resources": {}}`,
		"d.template": "Resources: {}", "e.yml": "{Resources: {}}", "f.json": "\xef\xbb\xbf{\"Resources\": {}}",
		"g.yaml": "\xef\xbb\xbfResources: {}",
	} {
		dir := write(t, map[string]string{file: text})
		if _, err := assembly.Load(in(filepath.Join(dir, file))); err != nil {
			t.Error(err)
		}
	}
}
