package acceptance

import (
	_ "embed"
	"fmt"
	"strconv"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsscheduler"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/inlinefunction"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/servicerole"
)

// handler is what the function runs. Its tests are in test/handlers.
//
//go:embed handler.js
var handler string

// config is the constant CONFIG of the handler.
type config struct {
	ServiceID  string   `json:"serviceId"`
	CutRemoved bool     `json:"cutRemoved"`
	Consumers  []listed `json:"consumers"`
}

func (a *acceptor) define(plan *plan) {
	a.function = inlinefunction.Define(a.batch, &inlinefunction.Props{
		Source:       handler,
		Config:       config{plan.serviceID, prop.IsTrue(plan.props.CutRemoved), append([]listed{}, plan.consumers...)},
		Description:  "Accepts the connections of declared consumers to an endpoint service",
		Timeout:      120,
		LogRetention: plan.props.LogRetention,
		Statements:   plan.statements(),
	})
	a.schedule(plan)
	a.notify(plan)
	a.alarm(plan)
}

// statements are what the function may do. EC2 has no resource to which a description could be limited.
func (p *plan) statements() []servicerole.Statement {
	return []servicerole.Statement{
		{
			Actions: []string{"ec2:DescribeVpcEndpointConnections"}, Resource: "*",
			Condition: map[string]any{"StringEquals": map[string]any{"ec2:Region": *p.stack.Region()}},
		},
		{
			Actions:  []string{"ec2:AcceptVpcEndpointConnections", "ec2:RejectVpcEndpointConnections"},
			Resource: p.serviceARN(),
		},
	}
}

func (p *plan) serviceARN() string { return p.arn("ec2", "vpc-endpoint-service/"+p.serviceID) }

// arn is the ARN of a resource in the account and Region of the stack.
func (p *plan) arn(service, resource string) string {
	return fmt.Sprintf("arn:%s:%s:%s:%s:%s", *p.stack.Partition(), service, *p.stack.Region(), *p.stack.Account(), resource)
}

// schedule runs the function at each interval. A run that fails is not queued: the next one does all that it would have done.
func (a *acceptor) schedule(plan *plan) {
	function := *onecall.Get(a.function.Function, awslambda.CfnFunction.AttrArn).Placeholder()
	role := servicerole.Add(a.batch, "ScheduleRole", "scheduler.amazonaws.com", map[string]any{
		"StringEquals": map[string]any{
			"aws:SourceAccount": *plan.stack.Account(),
			"aws:SourceArn":     plan.arn("scheduler", "schedule-group/default"), // of the group: AWS evaluates no ARN of a schedule
		},
	}, servicerole.Statement{Actions: []string{"lambda:InvokeFunction"}, Resource: function})
	onecall.Add(a.batch, awsscheduler.NewCfnSchedule, "Schedule", &awsscheduler.CfnScheduleProps{
		ScheduleExpression: jsii.String(rate(plan.minutes)),
		FlexibleTimeWindow: &awsscheduler.CfnSchedule_FlexibleTimeWindowProperty{Mode: jsii.String("OFF")},
		Target: &awsscheduler.CfnSchedule_TargetProperty{
			Arn: &function, RoleArn: onecall.Get(role, awsiam.CfnRole.AttrArn).Placeholder(),
			RetryPolicy: &awsscheduler.CfnSchedule_RetryPolicyProperty{MaximumRetryAttempts: jsii.Number(2), MaximumEventAgeInSeconds: jsii.Number(plan.minutes * 60)},
		},
	})
}

// rate is a schedule expression.
func rate(minutes float64) string {
	if minutes == 1 {
		return "rate(1 minute)"
	}
	return "rate(" + strconv.FormatFloat(minutes, 'f', -1, 64) + " minutes)"
}
