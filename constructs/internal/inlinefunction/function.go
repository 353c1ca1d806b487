// Package inlinefunction defines Lambda functions whose source is in the template: no asset and no bootstrap bucket, and a reviewer reads
// in the diff of a template what will run.
package inlinefunction

import (
	"encoding/json"
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/loggroup"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/servicerole"
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
	Statements []servicerole.Statement
	// LogRetention is how long the log is kept; empty for [loggroup.DefaultRetention].
	LogRetention awslogs.RetentionDays
	// DeletesLog is true if the log is deleted with the function.
	DeletesLog bool
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
	f.LogGroup = loggroup.Add(b, "LogGroup", &loggroup.Props{Retention: props.LogRetention, Deletes: props.DeletesLog})
	statements := append(props.Statements, servicerole.Statement{
		Actions:  []string{"logs:CreateLogStream", "logs:PutLogEvents"},
		Resource: *onecall.Get(f.LogGroup, awslogs.CfnLogGroup.AttrArn).Placeholder(),
	})
	f.Role = servicerole.Add(b, "Role", "lambda.amazonaws.com", nil, statements...)
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
