package assembly_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// described lists the resources and outputs of stack Shop, with their properties.
func described(a *assembly.Assembly) string {
	var lines []string
	s := a.Stack("Shop")
	for _, r := range s.Resources() {
		lines = append(lines, fmt.Sprintf("%s %s", r.ID, r.Property()))
	}
	for _, name := range []string{"OutA", "OutB"} {
		if v := s.Output(name); v.Kind() != assembly.Absent {
			lines = append(lines, name+" "+v.String())
		}
	}
	return strings.Join(lines, "\n")
}

const loopParameters = `
Transform: AWS::LanguageExtensions
Parameters:
  Names: {Type: CommaDelimitedList, Default: "A, B"}
  Unknown: {Type: CommaDelimitedList}
  Stored: {Type: "AWS::SSM::Parameter::Value<CommaDelimitedList>", Default: /names}
`

func TestLoops(t *testing.T) {
	for name, tc := range map[string]struct {
		template string
		given    map[string]string
		want     string
	}{
		"over a list": {
			template: `Resources: {"Fn::ForEach::L": [X, [A, B], {"Vpc${X}": {Type: V, Properties: {Name: !Sub "x-${X}", Ref: !Ref X, Is: "${X}"}}}]}`,
			want:     "VpcA {\"Is\": \"A\", \"Name\": \"x-A\", \"Ref\": \"A\"}\nVpcB {\"Is\": \"B\", \"Name\": \"x-B\", \"Ref\": \"B\"}",
		},
		"over a default": {template: `Resources: {"Fn::ForEach::L": [X, !Ref Names, {"V${X}": {Type: V}}]}`, want: "VA absent\nVB absent"},
		"over what is given": {
			template: `Resources: {"Fn::ForEach::L": [X, !Ref Unknown, {"V${X}": {Type: V}}]}`, given: map[string]string{"Unknown": "C,D"}, want: "VC absent\nVD absent",
		},
		"over what is stored and given": {
			template: `Resources: {"Fn::ForEach::L": [X, !Ref Stored, {"V${X}": {Type: V}}]}`, given: map[string]string{"Shop.Stored": "C"}, want: "VC absent",
		},
		"without what a logical ID cannot have": {
			template: `Resources: {"Fn::ForEach::L": [X, [10.0.0.0/16], {"V&{X}": {Type: V, Properties: {CidrBlock: !Ref X}}}]}`, want: `V1000016 {"CidrBlock": "10.0.0.0/16"}`,
		},
		"in a loop": {
			template: `Resources: {"Fn::ForEach::L": [X, [A, B], {"Fn::ForEach::${X}": [Y, [1, "${X}"], {"V${X}${Y}": {Type: V}}]}]}`,
			want:     "VA1 absent\nVAA absent\nVB1 absent\nVBB absent",
		},
		"of outputs and conditions": {
			template: `
Conditions: {"Fn::ForEach::C": [X, [A, B], {"Is${X}": !Equals [!Ref X, A]}]}
Resources: {VA: {Type: V}, VB: {Type: V}}
Outputs: {"Fn::ForEach::O": [X, [A, B], {"Out${X}": {Value: !GetAtt "V${X}.Id", Condition: "Is${X}"}}]}`,
			want: "VA absent\nVB absent\nOutA Shop/VA.Id",
		},
		"of properties": {
			template: `Resources: {V: {Type: V, Properties: {Tags: {a: 1, "Fn::ForEach::T": [X, [b, c], {"${X}": !Ref X}]}}}}`,
			want:     `V {"Tags": {"a": 1, "b": "b", "c": "c"}}`,
		},
		"of properties over what is not known": {
			template: `Resources: {V: {Type: V, Properties: {Other: 1, Tags: {a: 1, "Fn::ForEach::T": [X, !Ref Unknown, {"${X}": !Ref X}]}}}}`,
			want:     `V {"Other": 1, "Tags": unknown: Fn::ForEach::T repeats a collection that is not known before deployment}`,
		},
		"of outputs over what is not known": {
			template: `Resources: {V: {Type: V}}
Outputs: {OutB: {Value: x}, "Fn::ForEach::O": [X, !Ref Unknown, {"Out${X}": {Value: x}}]}`,
			want: "V absent\nOutB x",
		},
		"beside resources": {template: `Resources: {V: {Type: V}, "Fn::ForEach::L": [X, !Ref Unknown, {"V${X}": {Type: V}}]}`, want: "V absent"},
		"of a name that a function computes": {
			template: `Resources: {"Fn::ForEach::L": [X, [A], {"V${X}": {Type: V}, "W${X}": {Type: W, Properties: {R: !Ref {"Fn::Sub": "V${X}"}, G: {"Fn::GetAtt": [!Sub "V${X}", Id]}}}}]}`,
			want:     `VA absent` + "\n" + `WA {"G": Shop/VA.Id, "R": Shop/VA.Ref}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := described(mustShop(t, loopParameters+tc.template, given(tc.given))); got != tc.want {
				t.Errorf("got %s\nwant %s", got, tc.want)
			}
		})
	}
}

func TestLoopsFail(t *testing.T) {
	for loop, want := range map[string]string{
		`[X, [A]]`:                          "Fn::ForEach takes an identifier, a collection and an object",
		`{X: A}`:                            "Fn::ForEach takes an identifier, a collection and an object",
		`[X, [A, B], {V: {Type: V}}]`:       "V: duplicate key",
		`[X, [A], {"V${X}": 1}]`:            "",
		`[X, [A, A], {"V${X}": {Type: V}}]`: "VA: duplicate key",
	} {
		dir := write(t, map[string]string{"x.yaml": loopParameters + `Resources: {"Fn::ForEach::L": ` + loop + "}"})
		_, err := assembly.Load(in(filepath.Join(dir, "x.yaml")))
		if want == "" {
			wantError(t, err, dir, "x.yaml: Resources.VA: a resource must be an object with a Type")
			continue
		}
		wantError(t, err, dir, "x.yaml: Resources.Fn::ForEach::L: "+want)
	}
}

// A nested stack repeats what its parent passes. Two stacks of one template repeat different collections.
func TestLoopsOfNestedStacks(t *testing.T) {
	dir := write(t, map[string]string{
		"shop.yaml": `
Parameters: {P: {Type: String}}
Resources:
  A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: n.yaml, Parameters: {Names: "X,Y"}}}
  B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: n.yaml}}
  C: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: n.yaml, Parameters: {Names: !Ref P}}}
`,
		"n.yaml": loopParameters + `Resources: {"Fn::ForEach::L": [X, !Ref Names, {"V${X}": {Type: V}}]}`,
	})
	a := load(t, in(filepath.Join(dir, "shop.yaml")))
	for stack, want := range map[string]int{"Shop/A": 2, "Shop/B": 2, "Shop/C": 0} {
		if got := a.Stack(stack).Resources(); len(got) != want {
			t.Errorf("%s has %v", stack, got)
		}
	}
	if got, want := unread(a, dir), "Fn::ForEach Shop/C/Fn::ForEach::L (yes): its collection is parameter Names of stack Shop/C, whose value is not known"; got != want {
		t.Errorf("unread = %s\nwant %s", got, want)
	}
}

func TestLinesOfLoops(t *testing.T) {
	a := mustShop(t, `
Transform: AWS::LanguageExtensions
Resources:
  "Fn::ForEach::L":
  - X
  - [A, B]
  - "V${X}":
      Type: V
      Properties:
        Name: !Ref X
`)
	r := a.Stack("Shop").Resource("VB")
	if r.Line() != 7 || r.Line("Name") != 10 {
		t.Errorf("lines %d and %d, want 7 and 10", r.Line(), r.Line("Name"))
	}
}

// Loops in loops repeat without end: each level is ten times as long as the one around it.
func TestDoublingLoops(t *testing.T) {
	inner := `{"V${X0}${X1}${X2}${X3}${X4}${X5}${X6}${X7}${X8}": {"Type": "V"}}`
	for i := range 9 {
		inner = fmt.Sprintf(`{"Fn::ForEach::L%d": ["X%d", [1,2,3,4,5,6,7,8,9,0], %s]}`, i, i, inner)
	}
	soon(t, func() {
		_, err := shop(t, `{"Resources": `+inner+`}`)
		wantErrorIn(t, err, "", "in one load; to allow more, raise Limits.")
	})
}

func TestDoublingTextOfLoops(t *testing.T) {
	long := strings.Repeat("y", 1_000_000)
	soon(t, func() {
		_, err := shop(t, `{"Resources": {"Fn::ForEach::L": ["X", ["`+long+`"], {"V": {"Type": "V", "Properties": {"P": "`+strings.Repeat("${X}", 10_000)+`"}}}]}}`)
		wantErrorIn(t, err, "", "more than 268435456 bytes in one load; to allow more, raise Limits.Bytes")
	})
}

func TestLength(t *testing.T) {
	runFunctions(t, map[string]functionCase{
		"a list":           {`{"Fn::Length": [1, 2]}`, `{"Fn::Length": [1, 2]}`, "2"},
		"no value":         {`{"Fn::Length": [1, {"Ref": "AWS::NoValue"}]}`, `!Length [1, !Ref AWS::NoValue]`, "1"},
		"a list parameter": {`{"Fn::Length": {"Ref": "Ids"}}`, `!Length {Ref: Ids}`, "3"},
		"an unknown list":  {`{"Fn::Length": {"Ref": "Subnets"}}`, `!Length {Ref: Subnets}`, subnetUnknown},
		"an undecided one": {`{"Fn::Length": [1, {"Fn::If": ["Prod", 2, {"Ref": "AWS::NoValue"}]}]}`, `!Length [1, !If [Prod, 2, !Ref AWS::NoValue]]`, prodUnknown},
		"a reference":      {`{"Fn::Length": {"Fn::GetAtt": ["Endpoint", "DnsEntries"]}}`, `!Length {"Fn::GetAtt": [Endpoint, DnsEntries]}`, "unknown: the number of items in Shop/Endpoint.DnsEntries is not known before deployment"},
	})
}
