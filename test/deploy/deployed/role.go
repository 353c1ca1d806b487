package deployed

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// roles writes the roles of workloads with their policies. IAM has no Regions: what two states of an account have is written
// once.
func (w *writer) roles(t *template, s *State) {
	for _, name := range slices.Sorted(maps.Keys(s.ManagedPolicies)) {
		if _, again := w.locations[name]; !again {
			id := idOf(name)
			w.add(t, id, "AWS::IAM::ManagedPolicy", object{"PolicyDocument": w.policyDocument(t, id, s.ManagedPolicies[name])}, name)
		}
	}
	for _, role := range s.Roles {
		name := aws.ToString(role.Arn)
		if _, again := w.locations[name]; again {
			continue
		}
		var policies []any
		for _, policy := range slices.Sorted(maps.Keys(role.Policies)) {
			document := w.policyDocument(t, policy+" of "+idOf(name), role.Policies[policy])
			policies = append(policies, object{"PolicyName": policy, "PolicyDocument": document})
		}
		properties := object{"RoleName": aws.ToString(role.RoleName), "Path": aws.ToString(role.Path), "Policies": policies, "ManagedPolicyArns": values(role.Managed...)}
		if boundary := role.PermissionsBoundary; boundary != nil {
			properties["PermissionsBoundary"] = aws.ToString(boundary.PermissionsBoundaryArn)
		}
		w.add(t, idOf(name), "AWS::IAM::Role", properties)
		w.locations[name] = location{t, idOf(name), "Arn"}
	}
}

// policyDocument is the document of a policy; if it is not JSON, an unknown value.
func (w *writer) policyDocument(t *template, of, text string) any {
	var document any
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		w.addUnread("the policy %s: %v", of, err)
		return t.unknown("the policy " + of)
	}
	return document
}

// roleNameOf returns the name of a role: the last part of its ARN.
func roleNameOf(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }
