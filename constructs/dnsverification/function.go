package dnsverification

import (
	_ "embed" // the handler
	"encoding/json"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// handler is the source of the Lambda function, in CommonJS. It is inline, so that a deployment needs no assets and reviewers see it.
//
//go:embed handler.js
var handler string

const (
	runtime = "nodejs24.x"
	memory  = 256 // in MiB
	logDays = 30

	// toAnswer is how many seconds the function has left to answer CloudFormation, after its last look.
	toAnswer = 60
	// toFail is how many seconds CloudFormation waits for the answer once the function cannot run any more.
	toFail = 60
)

// config is what the handler is told, in seconds.
type config struct {
	Timeout float64 `json:"timeout"` // until the name must be verified
	Poll    float64 `json:"poll"`    // between two looks
	Restart float64 `json:"restart"` // after which the verification is started again
	Settle  float64 `json:"settle"`  // until EC2 knows a new role and a new name
}

// source returns the code of the function.
func source(timeout float64) *string {
	text, err := json.Marshal(config{Timeout: timeout, Poll: 15, Restart: 60, Settle: 30})
	if err != nil {
		panic(err) // of numbers that were checked
	}
	return jsii.String("const CONFIG = " + string(text) + ";\n" + handler)
}

func (v *verification) defineFunction() {
	v.logGroup = onecall.Add(v.batch, awslogs.NewCfnLogGroup, "LogGroup", &awslogs.CfnLogGroupProps{RetentionInDays: jsii.Number(logDays)})
	role := onecall.Add(v.batch, awsiam.NewCfnRole, "Role", &awsiam.CfnRoleProps{
		Description: jsii.String("Verifies the private DNS name of an endpoint service"),
		AssumeRolePolicyDocument: policy(map[string]any{
			"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": map[string]any{"Service": "lambda.amazonaws.com"},
		}),
		Policies: &[]any{&awsiam.CfnRole_PolicyProperty{PolicyName: jsii.String("Verify"), PolicyDocument: v.permissions()}},
	})
	v.function = onecall.Add(v.batch, awslambda.NewCfnFunction, "Function", &awslambda.CfnFunctionProps{
		Description:   jsii.String("Verifies the private DNS name of an endpoint service"),
		Runtime:       jsii.String(runtime),
		Handler:       jsii.String("index.handler"),
		Code:          &awslambda.CfnFunction_CodeProperty{ZipFile: source(v.plan.timeout)},
		Role:          onecall.Get(role, awsiam.CfnRole.AttrArn).Placeholder(),
		Timeout:       jsii.Number(v.plan.timeout + toAnswer),
		MemorySize:    jsii.Number(memory),
		LoggingConfig: &awslambda.CfnFunction_LoggingConfigProperty{LogFormat: jsii.String("JSON"), LogGroup: onecall.Get(v.logGroup, awslogs.CfnLogGroup.Ref).Placeholder()},
	})
}

// permissions are inline, so that they are there until the role is deleted, which is after the custom resource. Describing services has no
// permission for one of them.
func (v *verification) permissions() map[string]any {
	return policy(
		map[string]any{
			"Effect": "Allow", "Action": "ec2:StartVpcEndpointServicePrivateDnsVerification", "Resource": v.plan.serviceArn(v.serviceID()),
		},
		map[string]any{"Effect": "Allow", "Action": "ec2:DescribeVpcEndpointServiceConfigurations", "Resource": "*"},
		map[string]any{
			"Effect": "Allow", "Action": []string{"logs:CreateLogStream", "logs:PutLogEvents"}, "Resource": onecall.Get(v.logGroup, awslogs.CfnLogGroup.AttrArn).Placeholder(),
		},
	)
}

func policy(statements ...map[string]any) map[string]any {
	return map[string]any{"Version": "2012-10-17", "Statement": statements}
}

func (v *verification) serviceID() *string {
	return onecall.Get(v.service, awsec2.CfnVPCEndpointService.Ref).Placeholder()
}

// defineResource defines what is created once the name is verified. The record is a part of its properties, because a new token must be
// verified anew.
func (v *verification) defineResource() {
	v.resource = onecall.Add(v.batch, awscdk.NewCustomResource, "Resource", &awscdk.CustomResourceProps{
		ResourceType:   jsii.String("Custom::PrivateDnsVerification"),
		ServiceToken:   onecall.Get(v.function, awslambda.CfnFunction.AttrArn).Placeholder(),
		ServiceTimeout: onecall.Static(v.batch, awscdk.Duration_Seconds, jsii.Number(v.plan.timeout+toAnswer+toFail)).Placeholder(),
		Properties: &map[string]any{
			"ServiceId": v.serviceID(), "PrivateDnsName": v.plan.privateDnsName, "TxtName": v.txtName(), "TxtValue": v.txtValue(),
		},
	})
	if v.record != nil {
		onecall.WaitFor(v.batch, v.resource, v.record) // a look for the record before it is there would be remembered
	}
}
