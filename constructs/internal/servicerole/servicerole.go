// Package servicerole defines IAM roles that a service of AWS assumes, each with one inline policy: it dies with the role, and until then
// what the role is for can be undone.
package servicerole

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// Statement allows actions on a resource.
type Statement struct {
	Actions   []string
	Resource  string
	Condition map[string]any
}

// Add adds a role that a service assumes under a condition, which may be nil.
func Add(b *onecall.Batch, id, service string, condition map[string]any, statements ...Statement) *onecall.Item[awsiam.CfnRole] {
	trust := map[string]any{"Effect": "Allow", "Principal": map[string]any{"Service": service}, "Action": "sts:AssumeRole"}
	if condition != nil {
		trust["Condition"] = condition
	}
	var allowed []any
	for _, statement := range statements {
		allowed = append(allowed, statement.allow())
	}
	return onecall.Add(b, awsiam.NewCfnRole, id, &awsiam.CfnRoleProps{
		AssumeRolePolicyDocument: Policy(trust),
		Policies: &[]any{&awsiam.CfnRole_PolicyProperty{
			PolicyName: jsii.String("Policy"), PolicyDocument: Policy(allowed...),
		}},
	})
}

func (s Statement) allow() map[string]any {
	allow := map[string]any{"Effect": "Allow", "Action": s.Actions, "Resource": s.Resource}
	if s.Condition != nil {
		allow["Condition"] = s.Condition
	}
	return allow
}

// Policy is a policy document.
func Policy(statements ...any) map[string]any {
	return map[string]any{"Version": "2012-10-17", "Statement": statements}
}
