// Package inlinefunction defines Lambda functions whose source is in the template: no asset and no bootstrap bucket, and a reviewer reads
// in the diff of a template what will run.
package inlinefunction

import (
	"encoding/json"
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// Props describe a function.
type Props struct {
	// Source is a CommonJS file that exports handler.
	Source string
	// Config is what the constant CONFIG of the source has. Texts in it may have tokens.
	Config any
	// Description is that of the function.
	Description string
	// Timeout is in seconds.
	Timeout float64
	// Statements are what the function may do besides writing its log.
	Statements []Statement
	// LogRetention is how long the log is kept; empty for [DefaultLogRetention].
	LogRetention awslogs.RetentionDays
	// DeletesLog is true if the log is deleted with the function.
	DeletesLog bool
}

// Statement allows actions on a resource.
type Statement struct {
	Actions   []string
	Resource  string
	Condition map[string]any
}

// Function is a function with its role and its log group.
type Function struct {
	LogGroup *onecall.Item[awslogs.CfnLogGroup]
	Role     *onecall.Item[awsiam.CfnRole]
	Function *onecall.Item[awslambda.CfnFunction]
}

// Define adds a function to a batch, as its children LogGroup, Role and Function. The policies are inline, so that the function keeps them until
// it is deleted.
func Define(b *onecall.Batch, props *Props) *Function {
	f := &Function{}
	f.LogGroup = onecall.Add(b, awslogs.NewCfnLogGroup, "LogGroup", &awslogs.CfnLogGroupProps{
		LogGroupClass:   jsii.String("STANDARD"), // a class cannot be changed, and metric filters need this one
		RetentionInDays: days(props.LogRetention),
	})
	if !props.DeletesLog {
		onecall.Call2(f.LogGroup, awslogs.CfnLogGroup.ApplyRemovalPolicy, awscdk.RemovalPolicy_RETAIN, nil)
	}
	statements := append(props.Statements, Statement{
		Actions:  []string{"logs:CreateLogStream", "logs:PutLogEvents"},
		Resource: *onecall.Get(f.LogGroup, awslogs.CfnLogGroup.AttrArn).Placeholder(),
	})
	f.Role = Role(b, "Role", "lambda.amazonaws.com", nil, statements...)
	f.Function = onecall.Add(b, awslambda.NewCfnFunction, "Function", &awslambda.CfnFunctionProps{
		Code:        &awslambda.CfnFunction_CodeProperty{ZipFile: jsii.String(source(props))},
		Role:        onecall.Get(f.Role, awsiam.CfnRole.AttrArn).Placeholder(),
		Runtime:     jsii.String("nodejs24.x"),
		Handler:     jsii.String("index.handler"),
		Description: &props.Description,
		Timeout:     &props.Timeout,
		MemorySize:  jsii.Number(256),
		LoggingConfig: &awslambda.CfnFunction_LoggingConfigProperty{
			LogFormat: jsii.String("JSON"), LogGroup: onecall.Get(f.LogGroup, awslogs.CfnLogGroup.Ref).Placeholder(),
		},
	})
	return f
}

// source is what Lambda runs.
func source(props *Props) string {
	config, err := json.Marshal(props.Config)
	if err != nil {
		panic(err) // of our own types
	}
	return fmt.Sprintf("const CONFIG = %s;\n%s", config, props.Source)
}

// Role adds a role that a service of AWS assumes, with one inline policy.
func Role(b *onecall.Batch, id, service string, condition map[string]any, statements ...Statement) *onecall.Item[awsiam.CfnRole] {
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
