package monitoring_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

const uuid = "01234567-89ab-cdef-0123-456789abcdef"

// joined is a name that is joined at deployment, with the ID of the stack in it.
func joined(t *testing.T, value any) string {
	t.Helper()
	var text strings.Builder
	for _, part := range value.(map[string]any)["Fn::Join"].([]any)[1].([]any) {
		switch literal, isLiteral := part.(string); {
		case isLiteral:
			text.WriteString(literal)
		case cdktest.Contains(part, cdktest.Ref("AWS::Partition")):
			text.WriteString("aws")
		default:
			if !cdktest.Contains(part, map[string]any{"Fn::Select": []any{2, map[string]any{"Fn::Split": []any{"/", cdktest.Ref("AWS::StackId")}}}}) {
				t.Fatalf("%v is no part of the ID of the stack", part)
			}
			text.WriteString(uuid)
		}
	}
	return text.String()
}

// checkDeliveries checks that sources have names that fit and that nothing else of the account has, and that the policy of a log group is for this group
// alone.
func checkDeliveries(t *testing.T, template cdktest.Template) {
	t.Helper()
	var names []string
	for _, id := range template.OfType(typeSource) {
		name := joined(t, template.Resources[id].Properties["Name"])
		if len(name) > 60 || slices.Contains(names, name) {
			t.Errorf("the name %s is too long, or taken", name)
		}
		names = append(names, name)
		if n := len(template.Find("AWS::Logs::Delivery", map[string]any{"DeliverySourceName": cdktest.Ref(id)})); n != 1 {
			t.Errorf("%d deliveries from %s, want 1", n, id)
		}
	}
	groups := 0
	for _, id := range template.OfType(typeLogGroup) {
		properties := template.Resources[id].Properties
		if properties["ResourcePolicyDocument"] == nil {
			continue
		}
		groups++
		statements := properties["ResourcePolicyDocument"].(map[string]any)["Statement"].([]any)
		statement := statements[0].(map[string]any)
		if got, want := joined(t, statement["Resource"]), "arn:aws:logs:eu-west-1:222222222222:log-group:"+joined(t, properties["LogGroupName"])+":log-stream:*"; got != want || len(statements) != 1 {
			t.Errorf("the policy is for %s, want %s", got, want)
		}
		if !cdktest.Contains(statement["Condition"], map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": cdktest.Account}}) {
			text, _ := json.Marshal(statement)
			t.Errorf("the policy lets other accounts write: %s", text)
		}
	}
	if len(names) != 3 || groups != 3 {
		t.Errorf("%d sources and %d log groups, want 3", len(names), groups)
	}
}
