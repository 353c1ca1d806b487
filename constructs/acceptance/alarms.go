package acceptance

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
)

type alarms struct {
	waiting, failed, errors, silence *onecall.Item[awscloudwatch.CfnAlarm]
}

// alarm defines the alarms. The handler writes the metrics of the namespace PrivateApi; Lambda those of its own.
func (a *acceptor) alarm(plan *plan) {
	function := onecall.Get(a.function.Function, awslambda.CfnFunction.Ref).Placeholder()
	ofService := func(metric, statistic string) *awscloudwatch.CfnAlarmProps {
		return alarmOn("PrivateApi", metric, statistic, "ServiceId", &plan.serviceID)
	}
	ofFunction := func(metric string) *awscloudwatch.CfnAlarmProps {
		return alarmOn("AWS/Lambda", metric, "Sum", "FunctionName", function)
	}
	define := func(id, description string, props *awscloudwatch.CfnAlarmProps) *onecall.Item[awscloudwatch.CfnAlarm] {
		props.AlarmDescription = &description
		if topics := a.topics(plan); len(topics) > 0 {
			props.AlarmActions, props.OkActions = &topics, &topics
		}
		return onecall.Add(a.batch, awscloudwatch.NewCfnAlarm, id, props)
	}
	interval := plan.minutes * 60

	waiting := ofService("OldestWaiting", "Maximum")
	waiting.Period, waiting.Threshold = jsii.Number(max(300, interval)), jsii.Number(max(900, 3*interval))
	waiting.TreatMissingData = jsii.String("ignore") // two runs can be more than a period apart
	a.alarms.waiting = define("WaitingAlarm", "Connections wait for somebody to accept or reject them", waiting)

	a.alarms.failed = define("FailedAlarm", "EC2 did not accept or reject connections: see failed in the log", ofService("Failed", "Sum"))
	a.alarms.errors = define("ErrorsAlarm", "A run of the acceptor failed: see the error in the log", ofFunction("Errors"))

	silence := ofFunction("Invocations")
	silence.Period, silence.Threshold = jsii.Number(max(1800, 6*interval)), jsii.Number(1)
	silence.ComparisonOperator, silence.TreatMissingData = jsii.String("LessThanThreshold"), jsii.String("breaching")
	a.alarms.silence = define("SilenceAlarm", "The acceptor does not run, so nobody is accepted", silence)
}

// alarmOn is an alarm that goes off when a metric is above 0 in five minutes.
func alarmOn(namespace, metric, statistic, dimension string, value *string) *awscloudwatch.CfnAlarmProps {
	return &awscloudwatch.CfnAlarmProps{
		Namespace: &namespace, MetricName: &metric, Statistic: &statistic, Period: jsii.Number(300), EvaluationPeriods: jsii.Number(1),
		Dimensions:         &[]any{&awscloudwatch.CfnAlarm_DimensionProperty{Name: &dimension, Value: value}},
		ComparisonOperator: jsii.String("GreaterThanThreshold"), Threshold: jsii.Number(0), TreatMissingData: jsii.String("notBreaching"),
	}
}

// topics are the ARNs of the topics that alarms notify.
func (a *acceptor) topics(plan *plan) (arns []any) {
	for _, topic := range prop.Elements(plan.props.AlarmTopics) {
		arns = append(arns, onecall.Get(onecall.Use(a.batch, topic), awssns.ITopic.TopicArn).Placeholder())
	}
	return arns
}
