package dnsverification

import (
	_ "embed" // the handler

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/inlinefunction"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/servicerole"
)

// handler is the source of the Lambda function, in CommonJS. It is inline, so that a deployment needs no assets and reviewers see it.
//
//go:embed handler.js
var handler string

const (
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

func (v *verification) defineFunction() {
	v.function = inlinefunction.Define(v.batch, &inlinefunction.Props{
		Source:       handler,
		Config:       config{Timeout: v.plan.timeout, Poll: 15, Restart: 60, Settle: 30},
		Description:  "Verifies the private DNS name of an endpoint service",
		Timeout:      v.plan.timeout + toAnswer,
		LogRetention: awslogs.RetentionDays_ONE_MONTH,
		DeletesLog:   true,
		Statements: []servicerole.Statement{
			{Actions: []string{"ec2:StartVpcEndpointServicePrivateDnsVerification"}, Resource: *v.plan.serviceArn(v.serviceID())},
			{
				Actions: []string{"ec2:DescribeVpcEndpointServiceConfigurations"}, Resource: "*", // EC2 has no permission for one service
				Condition: map[string]any{"StringEquals": map[string]any{"ec2:Region": *v.plan.stack.Region()}},
			},
		},
	})
}

func (v *verification) serviceID() *string {
	return onecall.Get(v.service, awsec2.CfnVPCEndpointService.Ref).Placeholder()
}

// defineResource defines what is created once the name is verified. The record is a part of its properties, because a new token must be
// verified anew.
func (v *verification) defineResource() {
	v.resource = onecall.Add(v.batch, awscdk.NewCustomResource, "Resource", &awscdk.CustomResourceProps{
		ResourceType:   jsii.String("Custom::PrivateDnsVerification"),
		ServiceToken:   onecall.Get(v.function.Function, awslambda.CfnFunction.AttrArn).Placeholder(),
		ServiceTimeout: onecall.Static(v.batch, awscdk.Duration_Seconds, jsii.Number(v.plan.timeout+toAnswer+toFail)).Placeholder(),
		Properties: &map[string]any{
			"ServiceId": v.serviceID(), "PrivateDnsName": v.plan.privateDnsName, "TxtName": v.txtName(), "TxtValue": v.txtValue(),
		},
	})
	if v.record != nil {
		onecall.WaitFor(v.batch, v.resource, v.record) // a look for the record before it is there would be remembered
	}
}
