package assembly_test

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// lineCases have a template and the lines of its properties, by logical ID and path.
var lineCases = map[string]struct {
	file, text string
	want       map[string]int
}{
	"JSON": {
		"shop.json", `{
  "Resources": {
    "Vpc": {"Type": "AWS::EC2::VPC"},
    "Group": {
      "Type": "AWS::EC2::SecurityGroup",
      "Properties": {
        "VpcId": {"Fn::GetAtt": [
          "Vpc",
          "VpcId"
        ]},
        "Description": "\n\n",
        "SecurityGroupIngress":
        [
          {
            "FromPort": 443, "ToPort": 443
          },
          {"FromPort":
             80},
          [[1,
            2], 3]
        ]
      }
    }
  }
}`, map[string]int{
			"Vpc":                                    3,
			"Vpc.CidrBlock":                          3,
			"Group":                                  4,
			"Group.VpcId":                            7,
			"Group.VpcId.Ref":                        7,
			"Group.Description":                      11,
			"Group.GroupName":                        4,
			"Group.Description[0]":                   11,
			"Group.SecurityGroupIngress":             12,
			"Group.SecurityGroupIngress[0]":          14,
			"Group.SecurityGroupIngress[0].ToPort":   15,
			"Group.SecurityGroupIngress[0].CidrIp":   14,
			"Group.SecurityGroupIngress[1].FromPort": 17,
			"Group.SecurityGroupIngress[2][0][1]":    20,
			"Group.SecurityGroupIngress[2][1]":       20,
			"Group.SecurityGroupIngress[3]":          12,
			"Group.SecurityGroupIngress[-1]":         12,
		},
	},
	"JSON on one line": {
		"shop.json", `{"Resources": {"Vpc": {"Type": "V", "Properties": {"A": [1, {"B": 2}]}}}}`,
		map[string]int{"Vpc": 1, "Vpc.A": 1, "Vpc.A[1].B": 1, "Vpc.C": 1},
	},
	"JSON with CRLF and a byte order mark": {
		"shop.json", "\xef\xbb\xbf{\r\n\"Resources\": {\r\n\r\n\"Vpc\": {\r\n\"Type\": \"V\", \"Properties\": {\r\n\"A\": [\r\n1\r\n]}}}}",
		map[string]int{"Vpc": 4, "Vpc.A": 6, "Vpc.A[0]": 7},
	},
	"YAML": {
		"shop.yaml", `# a comment
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16,
    EnableDnsSupport: true}}

  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId:
        !GetAtt Vpc.VpcId
      Description: |
        of a service

      SecurityGroupIngress:
        - FromPort: 443
          ToPort: 443
        -
          FromPort: 80
        - - 1
          - 2
      Tags: []
`, map[string]int{
			"Vpc":                                    3,
			"Vpc.CidrBlock":                          3,
			"Vpc.EnableDnsSupport":                   4,
			"Group":                                  6,
			"Group.VpcId":                            9,
			"Group.Description":                      11,
			"Group.SecurityGroupIngress":             14,
			"Group.SecurityGroupIngress[0]":          15,
			"Group.SecurityGroupIngress[0].ToPort":   16,
			"Group.SecurityGroupIngress[1].FromPort": 18,
			"Group.SecurityGroupIngress[2][1]":       20,
			"Group.Tags":                             21,
			"Group.Tags[0]":                          21,
		},
	},
	"YAML with CRLF and a byte order mark": {
		"shop.yaml", "\xef\xbb\xbfResources:\r\n  Vpc:\r\n    Type: V\r\n    Properties:\r\n      A:\r\n      - 1\r\n      - 2\r\n",
		map[string]int{"Vpc": 2, "Vpc.A": 5, "Vpc.A[1]": 7},
	},
	"anchors and aliases": {
		"shop.yaml", `
Resources:
  A:
    Type: &type T
    Properties: &properties
      Tags: &tags
        - Key: &key a
          Value: b
  B:
    Type: *type
    Properties: *properties
  C:
    Type: T
    Properties:
      Tags: *tags
      List:
        - *tags
        - *key
      *key : 1
`, map[string]int{
			"A.Tags[0].Value":    8,
			"B":                  9,
			"B.Tags":             6,
			"B.Tags[0].Value":    8,
			"C.Tags":             15,
			"C.Tags[0].Value":    8,
			"C.List[0]":          17,
			"C.List[0][0].Value": 8,
			"C.List[1]":          18,
			"C.a":                19,
		},
	},
	"functions": {
		"shop.yaml", `
Parameters: {Env: {Type: String}, Ids: {Type: CommaDelimitedList, Default: "a,b"}}
Mappings: {M: {K: {V: [x, y]}}}
Conditions:
  Always: !Equals [a, a]
  Never: !Equals [a, b]
  Prod: !Equals [!Ref Env, prod]
Resources:
  It:
    Type: T
    Properties:
      Ids: !Ref Ids
      Mapped: !FindInMap [M, K, V]
      Chosen: !If
        - Always
        - - A: 1
          - B: 2
        - !Ref AWS::NoValue
      Nested: !If [Never, [], !If [Always, [{A: 1},
        {B: 2}], []]]
      Undecided: !If
        - Prod
        - - A: 1
        - - A: 2
      List:
        - !Ref AWS::NoValue
        - !If [Never, x, !Ref AWS::NoValue]
        - first
        - !If [Prod, second, !Ref AWS::NoValue]
        - !If
          - Always
          - Port: 443
          - Port: 80
        - !Ref Env
  Macro:
    Type: T
    Properties:
      Fn::Transform: {Name: M}
      A: 1
  Whole:
    Type: T
    Properties:
      Fn::If:
        - Always
        - A: 1
        - A: 2
`, map[string]int{
			"It.Ids":            12,
			"It.Ids[1]":         12,
			"It.Mapped[1]":      13,
			"It.Chosen[1].B":    17,
			"It.Chosen[2]":      14,
			"It.Nested[1].B":    20,
			"It.Undecided[0].A": 21,
			"It.List[0]":        28,
			"It.List[1]":        29,
			"It.List[2]":        30,
			"It.List[2].Port":   32,
			"It.List[3]":        34,
			"It.List[4]":        25,
			"Macro.A":           39,
			"Whole.A":           45,
		},
	},
}

func TestLine(t *testing.T) {
	for name, tc := range lineCases {
		t.Run(name, func(t *testing.T) {
			dir := write(t, map[string]string{tc.file: tc.text})
			stack := load(t, in(filepath.Join(dir, tc.file))).Stack("Shop")
			for place, want := range tc.want {
				id, path := parsePath(t, place)
				if got := stack.Resource(id).Line(path...); got != want {
					t.Errorf("%s is on line %d, want %d", place, got, want)
				}
			}
		})
	}
}

// parsePath parses a logical ID and a path, such as Group.SecurityGroupIngress[0].ToPort.
func parsePath(t *testing.T, text string) (id string, path []any) {
	t.Helper()
	keys := strings.Split(strings.ReplaceAll(text, "[", ".["), ".")
	for _, key := range keys[1:] {
		index, ok := strings.CutPrefix(key, "[")
		if !ok {
			path = append(path, key)
			continue
		}
		n, err := strconv.Atoi(strings.TrimSuffix(index, "]"))
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		path = append(path, n)
	}
	return keys[0], path
}

// The line of a resource in a nested stack is the line in the template of that stack.
func TestLineInNestedStack(t *testing.T) {
	a := load(t, assembly.Input{Dir: nestedDir(t, nil)})
	if got := a.Stacks[1].Resource("Group").Line("VpcId"); got != 4 {
		t.Errorf("VpcId is on line %d, want 4", got)
	}
}
