package assembly_test

import (
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// conditional has one condition, C, and a resource and a value that depend on it.
const conditional = `
Parameters:
  Env: {Type: String}
  Tls: {Type: String, Default: "true"}
Conditions:
  Always: !Equals [a, a]
  Never: !Equals [a, b]
  Prod: !Equals [!Ref Env, prod]
  C: CONDITION
Resources:
  Vpc: {Type: AWS::EC2::VPC}
  Other: {Type: AWS::EC2::VPC}
  It:
    Type: Test::It
    Condition: C
    Properties:
      Value: !If [C, 1, 2]
      Same: !If [C, !Ref Vpc, !Ref Vpc]
      Unknowns: !If [C, !Ref Env, !Ref Env]
      Absent: !If [C, !Ref AWS::NoValue, !Ref AWS::NoValue]
      Rules: !If [C, [{Port: 1}], [{Port: 2}]]
      Either: !If [C, !Ref Vpc, !Ref Other]
`

func TestConditions(t *testing.T) {
	for condition, want := range map[string]assembly.Tristate{
		`!Equals [!Ref Tls, true]`:                                              assembly.Yes,
		`!Equals [1, "1"]`:                                                      assembly.Yes,
		`!Equals [!Ref Env, !Ref Env]`:                                          assembly.Yes,
		`!Equals [!Ref AWS::Region, us-east-1]`:                                 assembly.No,
		`!Equals [!Ref Env, prod]`:                                              assembly.Maybe,
		`!Equals [!Sub "a-${Env}", b]`:                                          assembly.No,
		`!Not [!Condition Never]`:                                               assembly.Yes,
		`!Not [!Condition Prod]`:                                                assembly.Maybe,
		`!And [!Condition Always, !Condition Always]`:                           assembly.Yes,
		`!And [!Condition Always, !Condition Prod]`:                             assembly.Maybe,
		`!And [!Condition Prod, !Condition Never]`:                              assembly.No,
		`!Or [!Condition Never, !Condition Never]`:                              assembly.No,
		`!Or [!Condition Prod, !Condition Always]`:                              assembly.Yes,
		`!Or [!Condition Prod, !Condition Never]`:                               assembly.Maybe,
		`{Condition: Always}`:                                                   assembly.Yes,
		`{"Fn::Not": [{"Fn::Equals": [a, {Ref: Tls}]}]}`:                        assembly.Yes,
		`!Or [!And [!Condition Prod, !Condition Always], !Not [!Condition C2]]`: assembly.Maybe,
	} {
		t.Run(condition, func(t *testing.T) {
			text := strings.Replace(conditional, "CONDITION", condition+"\n  C2: !Equals [a, a]", 1)
			it := mustShop(t, text).Stack("Shop").Resource("It")
			if it.Exists != want {
				t.Errorf("Exists = %v, want %v", it.Exists, want)
			}
			wantString(t, it.Existence(), map[assembly.Tristate]string{
				assembly.Yes: "true", assembly.No: "false", assembly.Maybe: it.Existence().String(),
			}[want])
		})
	}
}

func TestIf(t *testing.T) {
	for _, tc := range []struct{ condition, value, rules, either string }{
		{`!Equals [a, a]`, "1", `[{"Port": 1}]`, "Shop/Vpc.Ref"},
		{`!Equals [a, b]`, "2", `[{"Port": 2}]`, "Shop/Other.Ref"},
		{`!Equals [!Ref Env, prod]`, undecidedC, undecidedC, undecidedC},
	} {
		t.Run(tc.condition, func(t *testing.T) {
			it := mustShop(t, strings.Replace(conditional, "CONDITION", tc.condition, 1)).Stack("Shop").Resource("It")
			wantString(t, it.Property("Value"), tc.value)
			wantString(t, it.Property("Rules"), tc.rules)
			wantString(t, it.Property("Either"), tc.either)
			wantString(t, it.Property("Same"), "Shop/Vpc.Ref")
			wantString(t, it.Property("Unknowns"), envUnknown)
			wantString(t, it.Property("Absent"), "absent")
		})
	}
}

const undecidedC = "unknown: condition C of stack Shop is unknown: parameter Env of stack Shop has no value"

func TestUndecidedConditionStaysUnknownBelow(t *testing.T) {
	it := mustShop(t, strings.Replace(conditional, "CONDITION", `!Equals [!Ref Env, prod]`, 1)).Stack("Shop").Resource("It")
	port := it.Property("Rules", 0, "Port")
	wantString(t, port, undecidedC)
	if got, want := port.Settle(), (assembly.Settlement{Kind: assembly.ByParameter, Subject: "Shop.Env"}); got != want {
		t.Errorf("Settle = %v, want %v", got, want)
	}
	if got := it.Existence().Settle(); got != (assembly.Settlement{Kind: assembly.ByParameter, Subject: "Shop.Env"}) {
		t.Errorf("Settle of Existence = %v", got)
	}
}

func TestImplicitDependencies(t *testing.T) {
	for condition, want := range map[string]string{
		`!Equals [a, a]`:           "Vpc",
		`!Equals [a, b]`:           "Other Vpc",
		`!Equals [!Ref Env, prod]`: "Vpc",
	} {
		it := mustShop(t, strings.Replace(conditional, "CONDITION", condition, 1)).Stack("Shop").Resource("It")
		var ids []string
		for _, r := range it.Implicit() {
			ids = append(ids, r.ID)
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%s: implicit = %q, want %q", condition, got, want)
		}
	}
}
