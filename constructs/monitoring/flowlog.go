package monitoring

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/loggroup"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/servicerole"
)

// FlowLogs are flow logs of network interfaces or subnets in one log group of CloudWatch Logs, which [NewSavedQueries] asks. A record has the traffic of
// one direction of a connection in up to a minute: the addresses and ports of its packets, whether security groups and network ACLs accepted it, the
// path that it took out.
//
// Only Tags of a flow log change in place. A change of what it records replaces it, while the log group keeps what was recorded. EC2 refuses the new one
// if another flow log of the construct still records the same interface (FlowLogAlreadyExists), which can happen when an endpoint gets or loses a subnet: AWS promises no
// order of its interfaces. Then remove the construct and keep its LogGroup, deploy, and add it again.
//
// CloudWatch Logs charges for what it takes in, $0.50 a GB in us-east-1: a connection that stays open writes two records a minute, which are about 16 MB
// a month.
type FlowLogs interface {
	constructs.Construct

	// LogGroupName returns the name of the log group.
	LogGroupName() *string

	// LogFormat returns the format of records.
	LogFormat() *string

	// FlowLogs returns the flow logs, in the order of the interfaces or subnets.
	FlowLogs() *[]awsec2.CfnFlowLog
}

type flowLogs struct {
	constructs.Construct
	stack    *answers.Stack
	batch    *onecall.Batch
	format   string
	logGroup *onecall.Item[*string] // its name
	logs     []*onecall.Item[awsec2.CfnFlowLog]
}

var (
	_ FlowLogs = (*flowLogs)(nil)
	_ homed    = (*flowLogs)(nil)
)

// NewConsumerFlowLogs defines [FlowLogs] of the network interfaces of a consumer's endpoint, which nothing but calls of this API use: so each record is
// such a call. They show who called, by IP address and port, and what the endpoint's security group rejected.
//
// They do not show the name that a client called, nor what it asked for, and not what happened beyond the endpoint.
//
// Before it defines anything, it panics with all that breaks a rule in props.
func NewConsumerFlowLogs(scope constructs.Construct, id *string, props *ConsumerFlowLogsProps) FlowLogs {
	refusal.RequireScope("NewConsumerFlowLogs", scope, id)
	return newFlowLogs(scope, id, planConsumerFlowLogs(scope, id, prop.Or(prop.Copy(props), &ConsumerFlowLogsProps{})))
}

// NewSubnetFlowLogs defines [FlowLogs] of subnets: of those of clients, to tell internal calls from calls over the internet, or of those of a provider.
//
// At a provider they show traffic from the NLB to the ALB, and from the ALB to targets, but never the IP address of a client: over PrivateLink the NLB has
// its own. They record all traffic of the subnets, which is the larger bill. Traffic with the Amazon DNS server, the instance metadata service, DHCP, the
// Amazon Time Sync Service and the VPC router is not recorded.
//
// Before it defines anything, it panics with all that breaks a rule in props.
func NewSubnetFlowLogs(scope constructs.Construct, id *string, props *SubnetFlowLogsProps) FlowLogs {
	refusal.RequireScope("NewSubnetFlowLogs", scope, id)
	return newFlowLogs(scope, id, planSubnetFlowLogs(scope, id, prop.Or(prop.Copy(props), &SubnetFlowLogsProps{})))
}

func newFlowLogs(scope constructs.Construct, id *string, plan *flowLogPlan) FlowLogs {
	f := &flowLogs{stack: plan.stack, format: plan.format}
	f.batch = onecall.Begin(f, &f.Construct, scope, id)
	f.define(plan)
	f.batch.Flush(f.logGroup)
	return f
}

func (f *flowLogs) home() *answers.Stack { return f.stack }

func (f *flowLogs) LogGroupName() *string { return f.logGroup.Object() }

func (f *flowLogs) LogFormat() *string { return jsii.String(f.format) }

func (f *flowLogs) FlowLogs() *[]awsec2.CfnFlowLog {
	logs := []awsec2.CfnFlowLog{}
	for _, log := range f.logs {
		logs = append(logs, log.Object())
	}
	return &logs
}

func (f *flowLogs) define(plan *flowLogPlan) {
	role := f.role(plan, f.group(plan))
	for i, resource := range plan.resources {
		f.logs = append(f.logs, onecall.Add(f.batch, awsec2.NewCfnFlowLog, plan.ids[i], &awsec2.CfnFlowLogProps{
			ResourceId:               resource,
			ResourceType:             &plan.resourceType,
			TrafficType:              jsii.String("ALL"),
			LogDestinationType:       jsii.String("cloud-watch-logs"),
			LogGroupName:             f.logGroup.Placeholder(),
			DeliverLogsPermissionArn: onecall.Get(role, awsiam.CfnRole.AttrArn).Placeholder(),
			LogFormat:                &plan.format,
			MaxAggregationInterval:   jsii.Number(60),
		}))
	}
}

// group is the log group, of which it returns the ARN.
func (f *flowLogs) group(plan *flowLogPlan) *onecall.Item[*string] {
	if plan.logGroup != nil {
		given := onecall.Use(f.batch, plan.logGroup)
		f.logGroup = onecall.Get(given, awslogs.ILogGroup.LogGroupName)
		return onecall.Get(given, awslogs.ILogGroup.LogGroupArn)
	}
	group := loggroup.Add(f.batch, "LogGroup", &loggroup.Props{Retention: plan.logRetention})
	f.logGroup = onecall.Get(group, awslogs.CfnLogGroup.Ref)
	return onecall.Get(group, awslogs.CfnLogGroup.AttrArn)
}

// role is what the flow logs service writes with: in this log group alone, and only for flow logs of this account and Region. AWS's guide has
// actions on all log groups besides; CDK's own flow logs do without them, as these do.
//
// See https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
func (f *flowLogs) role(plan *flowLogPlan, logGroupARN *onecall.Item[*string]) *onecall.Item[awsiam.CfnRole] {
	account, region, partition := *plan.stack.Account(), *plan.stack.Region(), *plan.stack.Partition()
	return servicerole.Add(f.batch, "Role", "vpc-flow-logs.amazonaws.com", map[string]any{
		"StringEquals": map[string]any{"aws:SourceAccount": account},
		"ArnLike":      map[string]any{"aws:SourceArn": fmt.Sprintf("arn:%s:ec2:%s:%s:vpc-flow-log/*", partition, region, account)},
	}, servicerole.Statement{
		Actions:  []string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
		Resource: *logGroupARN.Placeholder(),
	})
}
