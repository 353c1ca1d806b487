package assembly_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

const comparing = `
Parameters: {Vpc: {Type: String}, Ids: {Type: CommaDelimitedList}}
Resources:
  VpcA: {Type: AWS::EC2::VPC}
  VpcB: {Type: AWS::EC2::VPC}
  GroupA: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref VpcA}}
  GroupB: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref VpcA}}
  ServiceA: {Type: AWS::EC2::VPCEndpointService}
  ServiceB: {Type: AWS::EC2::VPCEndpointService}
  Endpoint: {Type: AWS::EC2::VPCEndpoint}
  Role: {Type: AWS::IAM::Role}
  Custom: {Type: Custom::X}
  Custom2: {Type: Custom::X}
  It:
    Type: T
    Properties:
      A: LEFT
      B: RIGHT
`

type equalCase struct {
	left, right string
	want        assembly.Tristate
}

func runEqual(t *testing.T, cases []equalCase, equal func(a, b assembly.Value) assembly.Tristate, edit ...func(*assembly.Input)) {
	t.Helper()
	for _, tc := range cases {
		t.Run(tc.left+" and "+tc.right, func(t *testing.T) {
			text := strings.NewReplacer("LEFT", tc.left, "RIGHT", tc.right).Replace(comparing)
			it := mustShop(t, text, edit...).Stack("Shop").Resource("It")
			a, b := it.Property("A"), it.Property("B")
			if got := equal(a, b); got != tc.want {
				t.Errorf("%s and %s: %v, want %v", a, b, got, tc.want)
			}
			if got := equal(b, a); got != tc.want {
				t.Errorf("the other way round: %v, want %v", got, tc.want)
			}
		})
	}
}

func TestEqualLiterals(t *testing.T) {
	runEqual(t, []equalCase{
		{"a", "a", assembly.Yes},
		{"a", "b", assembly.No},
		{"443", `"443"`, assembly.Yes},
		{"443", "443.0", assembly.Yes},
		{`"443"`, `"443.0"`, assembly.No},
		{"true", `"true"`, assembly.Yes},
		{"012345678901", "12345678901", assembly.No},
		{"[a, b]", "[a, b]", assembly.Yes},
		{"[a, b]", "[a]", assembly.No},
		{"[a]", "a", assembly.No},
		{"{A: 1}", "{A: 1}", assembly.Yes},
		{"{A: 1}", "{A: 1, B: 2}", assembly.No},
		{"{A: 1}", "{A: 1, B: !Ref AWS::NoValue}", assembly.Yes},
		{"{A: 1}", "{A: !Ref Vpc}", assembly.Maybe},
		{"{A: 1, B: 1}", "{A: !Ref Vpc, B: 2}", assembly.No},
		{"!Ref AWS::NoValue", "!Ref AWS::NoValue", assembly.Yes},
		{"!Ref AWS::NoValue", "a", assembly.No},
	}, assembly.Equal)
}

func TestEqualReferences(t *testing.T) {
	runEqual(t, []equalCase{
		{"!Ref VpcA", "!Ref VpcA", assembly.Yes},
		{"!Ref VpcA", "!Ref VpcB", assembly.No},
		{"!Ref VpcA", "!GetAtt VpcA.VpcId", assembly.Yes},
		{"!Ref GroupA", "!GetAtt GroupA.GroupId", assembly.Yes},
		{"!GetAtt GroupA.GroupId", "!GetAtt GroupB.GroupId", assembly.No},
		{"!Ref GroupA", "!GetAtt GroupB.GroupId", assembly.No},
		{"!GetAtt ServiceA.ServiceName", "!GetAtt ServiceA.ServiceName", assembly.Yes},
		{"!GetAtt ServiceA.ServiceName", "!GetAtt ServiceB.ServiceName", assembly.No},
		{"!GetAtt ServiceA.ServiceName", "!GetAtt ServiceA.ServiceId", assembly.Maybe},
		{"!GetAtt GroupA.VpcId", "!GetAtt GroupB.VpcId", assembly.Yes},
		{"!GetAtt VpcA.CidrBlock", "!GetAtt VpcB.CidrBlock", assembly.Maybe},
		{"!Ref VpcA", "!Ref GroupA", assembly.Maybe},
		{"!Ref VpcA", "vpc-1", assembly.Maybe},
		{"!Ref Role", "!GetAtt Role.Arn", assembly.Maybe},
		{"!Ref Custom", "!Ref Custom2", assembly.Maybe},
		{"!Ref VpcA", "[a]", assembly.Maybe},
		{"!Ref VpcA", "!Ref AWS::NoValue", assembly.No},
		{"!Ref Vpc", "!Ref VpcA", assembly.Maybe},
		{"!Ref Vpc", "!Ref Vpc", assembly.Maybe},
	}, assembly.Equal)
}

func TestEqualTexts(t *testing.T) {
	runEqual(t, []equalCase{
		{"!Sub a-${VpcA}", "!Sub a-${VpcA}", assembly.Yes},
		{"!Sub a-${VpcA}", "!Sub a-${VpcB}", assembly.No},
		{"!Sub a-${VpcA}-c", "!Sub b-${VpcA}-c", assembly.No},
		{"!Sub a-${VpcA}-c", "!Sub a-${Vpc}-d", assembly.No},
		{"!Sub a-${VpcA}", "a-vpc-1", assembly.Maybe},
		{"!Sub a-${VpcA}", "b-vpc-1", assembly.No},
		{"!Sub ${VpcA}.example.com", "api.example.org", assembly.No},
		{"!Sub ${VpcA}.example.com", "api.example.com", assembly.Maybe},
		{"!Sub a-${VpcA}", "!Sub ab-${VpcA}", assembly.No},
		{"!Sub ${VpcA}${VpcB}", "!Sub ${VpcA}${VpcB}x", assembly.No},
		{"!Sub ${VpcA}${VpcB}", "!Ref VpcA", assembly.Maybe},
		{"!Sub a${Vpc}", "!Sub a${Vpc}", assembly.Maybe},
		{"!Sub a${VpcA}", "[a]", assembly.No},
		{"!Sub aa${VpcA}a", "a", assembly.No},
		{"!Sub a${VpcA}a", "a", assembly.No},
	}, assembly.Equal)
}

func TestEqualParts(t *testing.T) {
	runEqual(t, []equalCase{
		{"!Select [0, !GetAtt Endpoint.DnsEntries]", "!Select [0, !GetAtt Endpoint.DnsEntries]", assembly.Yes},
		{"!Select [0, !GetAtt Endpoint.DnsEntries]", "!Select [1, !GetAtt Endpoint.DnsEntries]", assembly.Maybe},
		{"!Select [1, !Split [':', !GetAtt VpcA.X]]", "!Select [1, !Split [':', !GetAtt VpcA.X]]", assembly.Yes},
		{"!Select [1, !Split [':', !GetAtt VpcA.X]]", "!Select [1, !Split ['-', !GetAtt VpcA.X]]", assembly.Maybe},
		{"!Select [0, !GetAZs '']", "!Select [0, !GetAZs {Ref: 'AWS::Region'}]", assembly.Yes},
		{"!Select [0, !GetAZs '']", "!Select [1, !GetAZs '']", assembly.No},
		{"!Select [0, !GetAZs '']", "!Select [0, !GetAZs us-east-1]", assembly.No},
		{"!Select [0, !GetAZs '']", "eu-west-1a", assembly.Maybe},
	}, assembly.Equal)
	runEqual(t, []equalCase{
		{"!Select [0, !GetAZs '']", "!Select [0, !GetAZs '']", assembly.Yes},
		{"!Select [0, !GetAZs '']", "!Select [1, !GetAZs '']", assembly.No},
		{"!Select [0, !GetAZs '']", "!Select [0, !GetAZs us-east-1]", assembly.Maybe},
	}, assembly.Equal, anywhere)
}

func TestSameUnknown(t *testing.T) {
	runEqual(t, []equalCase{
		{"!Ref Vpc", "!Ref Vpc", assembly.Yes},
		{"!Sub a-${Vpc}", "!Sub a-${Vpc}", assembly.Yes},
		{"!Ref AWS::Region", "!Ref AWS::Region", assembly.Yes},
		{"!Ref AWS::Region", "!Ref AWS::Partition", assembly.Maybe},
		{"!Select [0, !Ref Ids]", "!Select [1, !Ref Ids]", assembly.Maybe},
		{"!Ref Ids", "!Select [0, !Ref Ids]", assembly.Maybe},
		{"!Base64 {Ref: Vpc}", "!Ref Vpc", assembly.Maybe},
		{"!Split [',', !Ref Vpc]", "!Ref Vpc", assembly.Maybe},
		{`"{{resolve:ssm:x}}"`, `"{{resolve:ssm:x}}"`, assembly.Maybe},
		{"!Ref VpcA", "!Ref VpcB", assembly.No},
	}, assembly.Same, anywhere)
}

// Two stacks with the same name may be the same stack, and other accounts can use the same resource names.
func TestEqualAcrossStacks(t *testing.T) {
	const text = `{"Resources": {"V": {"Type": "AWS::EC2::VPC"}, "R": {"Type": "AWS::IAM::Role"},
  "It": {"Type": "T", "Properties": {"V": {"Ref": "V"}, "R": {"Ref": "R"}}}}}`
	dir := write(t, map[string]string{"x.json": text})
	for name, tc := range map[string]struct {
		second    assembly.Input
		vpc, role assembly.Tristate
	}{
		"another account":                  {assembly.Input{Name: "S", Account: "222222222222", Region: "eu-west-1"}, assembly.No, assembly.Maybe},
		"another name in the same account": {assembly.Input{Name: "O", Account: "111111111111", Region: "eu-west-1"}, assembly.No, assembly.No},
		"perhaps the same stack":           {assembly.Input{Name: "S"}, assembly.Maybe, assembly.Maybe},
	} {
		t.Run(name, func(t *testing.T) {
			first := assembly.Input{Name: "S", Account: "111111111111", Region: "eu-west-1"}
			first.Template, tc.second.Template = filepath.Join(dir, "x.json"), filepath.Join(dir, "x.json")
			its := load(t, first, tc.second).OfType("T")
			if got := assembly.Equal(its[0].Property("V"), its[1].Property("V")); got != tc.vpc {
				t.Errorf("VPCs: %v, want %v", got, tc.vpc)
			}
			if got := assembly.Equal(its[0].Property("R"), its[1].Property("R")); got != tc.role {
				t.Errorf("roles: %v, want %v", got, tc.role)
			}
		})
	}
}
