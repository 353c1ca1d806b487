package acceptance

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/inlinefunction"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
)

// Acceptor accepts the connections of declared consumers to an API over PrivateLink: a Lambda function, its schedule, the topic that EC2 notifies,
// and alarms.
type Acceptor interface {
	constructs.Construct
	Metrics

	// Function returns the function that accepts. An invocation with any event is a run.
	Function() awslambda.CfnFunction

	// LogGroup returns the log, which has a line of JSON for each decision. It stays when the stack is deleted.
	LogGroup() awslogs.CfnLogGroup

	// Topic returns the topic that EC2 notifies of connections.
	Topic() awssns.CfnTopic

	// Alarm returns an alarm by its name in Alarms of [AcceptorProps]; nil if it is off. It panics if there is none of that name.
	Alarm(name *string) awscloudwatch.CfnAlarm

	// WaitingAlarm returns the alarm for connections that have waited for more than three intervals, and for 15 minutes at least: somebody has to
	// accept or reject them. Like the other alarms, it is nil if Alarms switches it off.
	WaitingAlarm() awscloudwatch.CfnAlarm

	// FailedAlarm returns the alarm for connections that EC2 did not accept or reject.
	FailedAlarm() awscloudwatch.CfnAlarm

	// ErrorsAlarm returns the alarm for runs that failed, such as for a state that the acceptor does not know.
	ErrorsAlarm() awscloudwatch.CfnAlarm

	// SilenceAlarm returns the alarm for six intervals, and for 30 minutes at least, without a run.
	SilenceAlarm() awscloudwatch.CfnAlarm
}

type acceptor struct {
	constructs.Construct
	plan     *plan
	batch    *onecall.Batch
	function *inlinefunction.Function
	topic    *onecall.Item[awssns.CfnTopic]
	alarms   map[string]*onecall.Item[awscloudwatch.CfnAlarm] // by name, without those that are off
}

var _ Acceptor = (*acceptor)(nil)

// NewAcceptor defines an [Acceptor], and allows the accounts of its consumers to connect to the service.
//
// Before it defines anything, it panics with all that breaks a rule in props, such as an account that is listed twice.
func NewAcceptor(scope constructs.Construct, id *string, props *AcceptorProps) Acceptor {
	refusal.RequireScope("NewAcceptor", scope, id)
	props = prop.Or(prop.Copy(props), &AcceptorProps{}) // the caller may change its own
	plan := newPlan(scope, id, props)
	plan.allowAccounts()
	a := &acceptor{plan: plan}
	a.batch = onecall.Begin(a, &a.Construct, scope, id)
	a.define(plan)
	a.batch.Flush()
	refusal.Warn(plan.report, a)
	return a
}

func (a *acceptor) Function() awslambda.CfnFunction { return a.function.Function.Object() }
func (a *acceptor) LogGroup() awslogs.CfnLogGroup   { return a.function.LogGroup.Object() }
func (a *acceptor) Topic() awssns.CfnTopic          { return a.topic.Object() }
