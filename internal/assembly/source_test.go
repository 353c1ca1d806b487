package assembly_test

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestSource(t *testing.T) {
	a := mustShop(t, `
Parameters: {Stage: {Type: String, Default: prod}}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: IsProd
    Properties: {TopicName: !Sub "${Stage}-x", FifoTopic: true, Tags: [{Key: a, Value: 1.50}], Arn: !GetAtt Other.Arn}
  Other: {Type: AWS::SNS::Topic}
`)
	stack := a.Stacks[0]
	for _, tc := range []struct {
		path []string
		want any
	}{
		{[]string{"Parameters", "Stage"}, map[string]any{"Type": "String", "Default": "prod"}},
		{[]string{"Conditions", "IsProd"}, map[string]any{"Fn::Equals": []any{map[string]any{"Ref": "Stage"}, "prod"}}},
		{[]string{"Resources", "Topic", "Condition"}, "IsProd"},
		{[]string{"Resources", "Topic", "Properties", "TopicName"}, map[string]any{"Fn::Sub": "${Stage}-x"}},
		{[]string{"Resources", "Topic", "Properties", "FifoTopic"}, true},
		{[]string{"Resources", "Topic", "Properties", "Tags"}, []any{map[string]any{"Key": "a", "Value": json.Number("1.50")}}},
	} {
		if got, ok := stack.Source(tc.path[0], tc.path[1:]...); !ok || !reflect.DeepEqual(got, tc.want) {
			t.Errorf("%v = %#v, %v, want %#v", tc.path, got, ok, tc.want)
		}
	}
	for _, path := range [][]string{{"Mappings"}, {"Metadata"}, {"Resources", "None"}, {"Resources", "Topic", "Condition", "x"}, {"Resources", "Other", "Properties"}} {
		if got, ok := stack.Source(path[0], path[1:]...); ok {
			t.Errorf("%v = %v", path, got)
		}
	}
}
