package monitoring

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
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

// LoadBalancerLogType is a type of logs of an ALB.
type LoadBalancerLogType string

const (
	// LoadBalancerLogType_ALB_ACCESS_LOGS has an event for each request: its status, times, target and rule.
	LoadBalancerLogType_ALB_ACCESS_LOGS LoadBalancerLogType = "ALB_ACCESS_LOGS"
	// LoadBalancerLogType_ALB_CONNECTION_LOGS has an event for each connection: its TLS handshake, and the client certificate.
	LoadBalancerLogType_ALB_CONNECTION_LOGS LoadBalancerLogType = "ALB_CONNECTION_LOGS"
	// LoadBalancerLogType_ALB_HEALTH_CHECK_LOGS has an event for each health check of a target, with the reason if it failed.
	LoadBalancerLogType_ALB_HEALTH_CHECK_LOGS LoadBalancerLogType = "ALB_HEALTH_CHECK_LOGS"
)

// LoadBalancerLogDeliveryProps are the properties of a [LoadBalancerLogDelivery].
type LoadBalancerLogDeliveryProps struct {
	// The ALB, such as LoadBalancer of a PrivateApiProvider.
	//
	// Required.
	LoadBalancer elbv2.IApplicationLoadBalancer

	// What is delivered. Access logs and health check logs grow with requests and targets, and CloudWatch Logs charges for what it takes in.
	//
	// Required.
	LogTypes *[]LoadBalancerLogType

	// How long the log groups keep events.
	//
	// Default: awslogs.RetentionDays_THIRTEEN_MONTHS, which is 400 days.
	LogRetention awslogs.RetentionDays
}

// LoadBalancerLogDelivery delivers logs of an ALB to CloudWatch Logs as JSON, each type to a log group of its own, which stays when the stack is deleted.
// [NewSavedQueries] asks them. The addresses of clients in them are those of the NLB: over PrivateLink an ALB sees no other. To deliver to S3 instead, which
// is cheaper to keep and slower to ask, set AccessLogsBucket of the provider.
//
// CloudWatch Logs charges for what it takes in, $0.50 a GB in us-east-1: a million requests, of about 1 KB of JSON each, are 50 cents.
//
// The role of CloudFormation needs elasticloadbalancing:AllowVendedLogDeliveryForResource. While a source exists, its ALB cannot become another: to
// replace the ALB, remove the construct and deploy first. The log groups stay then, under their names: add it again under another ID, or delete them.
type LoadBalancerLogDelivery interface {
	constructs.Construct

	// LogGroupName returns the name of the log group of a type; nil if the type is not delivered.
	LogGroupName(logType LoadBalancerLogType) *string
}

type loadBalancerLogDelivery struct {
	constructs.Construct
	stack  *answers.Stack
	batch  *onecall.Batch
	groups map[LoadBalancerLogType]*onecall.Item[*string]
}

var (
	_ LoadBalancerLogDelivery = (*loadBalancerLogDelivery)(nil)
	_ homed                   = (*loadBalancerLogDelivery)(nil)
)

// NewLoadBalancerLogDelivery defines a [LoadBalancerLogDelivery].
//
// Before it defines anything, it panics with all that breaks a rule in props.
func NewLoadBalancerLogDelivery(scope constructs.Construct, id *string, props *LoadBalancerLogDeliveryProps) LoadBalancerLogDelivery {
	refusal.RequireScope("NewLoadBalancerLogDelivery", scope, id)
	plan := planDelivery(scope, id, prop.Or(prop.Copy(props), &LoadBalancerLogDeliveryProps{}))
	d := &loadBalancerLogDelivery{stack: plan.stack, groups: map[LoadBalancerLogType]*onecall.Item[*string]{}}
	d.batch = onecall.Begin(d, &d.Construct, scope, id)
	suffix := d.suffix(scope, id)
	var wanted []onecall.Wanted
	for _, kind := range plan.kinds {
		d.deliver(plan, kind, suffix)
		wanted = append(wanted, d.groups[kind.logType])
	}
	d.batch.Flush(wanted...)
	return d
}

func (d *loadBalancerLogDelivery) home() *answers.Stack { return d.stack }

func (d *loadBalancerLogDelivery) LogGroupName(logType LoadBalancerLogType) *string {
	if group := d.groups[logType]; group != nil {
		return group.Object()
	}
	return nil
}

// suffix makes names unique in an account and Region: sources and destinations have no generated names. It is a part of the ID of the stack, which
// CloudFormation never gives again, and of the path of the construct.
func (d *loadBalancerLogDelivery) suffix(scope constructs.Construct, id *string) string {
	path := sha256.Sum256([]byte(refusal.ChildPath(scope, id)))
	stack := onecall.Static2(d.batch, awscdk.Token_AsString, any(map[string]any{
		"Fn::Select": []any{2, map[string]any{"Fn::Split": []any{"/", map[string]any{"Ref": "AWS::StackId"}}}},
	}), nil)
	return *stack.Placeholder() + "-" + hex.EncodeToString(path[:4])
}

// deliver adds a source, a destination and the delivery from one to the other. None of the names ever changes, nor what is delivered: CloudWatch Logs
// accepts no second source for the same logs, which a replacement needs.
func (d *loadBalancerLogDelivery) deliver(plan *deliveryPlan, kind deliveryKind, suffix string) {
	name := kind.name + "-" + suffix // at most 10 + 1 + 36 + 1 + 8 of 60 characters
	group := loggroup.Add(d.batch, kind.id+"LogGroup", &loggroup.Props{
		Name:           logGroupPrefix + name,
		Retention:      plan.logRetention,
		ResourcePolicy: plan.writePolicy(name),
	})
	d.groups[kind.logType] = onecall.Get(group, awslogs.CfnLogGroup.Ref)
	source := onecall.Add(d.batch, awslogs.NewCfnDeliverySource, kind.id+"Source", &awslogs.CfnDeliverySourceProps{
		Name: &name, LogType: jsii.String(string(kind.logType)), ResourceArn: &plan.loadBalancerARN,
	})
	destination := onecall.Add(d.batch, awslogs.NewCfnDeliveryDestination, kind.id+"Destination", &awslogs.CfnDeliveryDestinationProps{
		Name: &name, DestinationResourceArn: onecall.Get(group, awslogs.CfnLogGroup.AttrArn).Placeholder(), OutputFormat: jsii.String("json"),
	})
	onecall.Add(d.batch, awslogs.NewCfnDelivery, kind.id+"Delivery", &awslogs.CfnDeliveryProps{
		DeliverySourceName:     onecall.Get(source, awslogs.CfnDeliverySource.Ref).Placeholder(),
		DeliveryDestinationArn: onecall.Get(destination, awslogs.CfnDeliveryDestination.AttrArn).Placeholder(),
	})
}

// logGroupPrefix is that of logs that services of AWS sell: if nobody gave them a policy, CloudWatch Logs adds one for all groups of the prefix.
const logGroupPrefix = "/aws/vendedlogs/privateapi/"

// writePolicy lets CloudWatch Logs write what it delivers for this account into a log group. It is one of the group: of policies of the account
// there are ten at most.
//
// See https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
func (plan *deliveryPlan) writePolicy(name string) any {
	account, region, partition := *plan.stack.Account(), *plan.stack.Region(), *plan.stack.Partition()
	return servicerole.Policy(map[string]any{
		"Effect": "Allow", "Principal": map[string]any{"Service": "delivery.logs.amazonaws.com"},
		"Action":   []string{"logs:CreateLogStream", "logs:PutLogEvents"},
		"Resource": fmt.Sprintf("arn:%s:logs:%s:%s:log-group:%s%s:log-stream:*", partition, region, account, logGroupPrefix, name),
		"Condition": map[string]any{
			"StringEquals": map[string]any{"aws:SourceAccount": account},
			"ArnLike":      map[string]any{"aws:SourceArn": fmt.Sprintf("arn:%s:logs:%s:%s:*", partition, region, account)},
		},
	})
}
