package acceptance

import (
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alarms"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// The names of the alarms.
const (
	waiting, failed, errors, silence = "Waiting", "Failed", "Errors", "Silence"
	rejected, unknownAccount         = "Rejected", "UnknownAccount"
)

// alarmsOf are the alarms of an acceptor that runs at an interval, in seconds.
func alarmsOf(serviceID, functionName *string, interval float64) []alarms.Alarm {
	service, function := metrics.Acceptor(serviceID), metrics.Function(functionName)
	all := []alarms.Alarm{
		aboveZero(waiting, "Connections wait for somebody to accept or reject them", service.Metric("OldestWaiting")),
		aboveZero(failed, "EC2 did not accept or reject connections: see failed in the log", service.Metric("Failed")),
		aboveZero(errors, "A run of the acceptor failed: see the error in the log", function.Metric("Errors")),
		aboveZero(silence, "The acceptor does not run, so nobody is accepted", function.Metric("Invocations")),
		aboveZero(rejected, "Connections were rejected, because their account is not listed, or has expired", service.Metric("Rejected")),
		aboveZero(unknownAccount, "Connections wait whose account is not listed, or has expired", service.Metric("Waiting")),
	}
	for i := range all {
		alarm := &all[i]
		switch alarm.Name {
		case waiting:
			alarm.Period, alarm.Threshold = max(300, interval), max(900, 3*interval)
			alarm.TreatMissingData = alarms.Ignore // two runs can be more than a period apart
		case silence:
			alarm.Period, alarm.Threshold = max(1800, 6*interval), 1
			alarm.Comparison, alarm.TreatMissingData = alarms.Below, alarms.Breaching
		case rejected:
			alarm.IsOptional = true
		case unknownAccount:
			alarm.Period, alarm.IsOptional = max(300, interval), true
			alarm.TreatMissingData = alarms.Ignore
		}
	}
	return all
}

// aboveZero is an alarm that goes off when a metric is above 0 in five minutes.
func aboveZero(name, description string, metric metrics.Metric) alarms.Alarm {
	return alarms.Alarm{
		Name: name, ID: name + "Alarm", Description: description, Metric: metric,
		Comparison: alarms.Above, Period: 300, EvaluationPeriods: 1, DatapointsToAlarm: 1, TreatMissingData: alarms.NotBreaching,
	}
}

// planAlarms takes the settings of alarms.
func (p *plan) planAlarms() {
	all := alarmsOf(&p.serviceID, &p.functionName, p.minutes*60)
	p.alarmNames = alarms.Names(all)
	settings := map[string]*alarms.Settings{}
	for name, s := range *prop.Or(p.props.Alarms, &map[string]*AlarmSettings{}) {
		settings[name] = (*alarms.Settings)(s)
	}
	p.alarms = alarms.Tune(p.report, "Alarms", all, settings)
	p.topics = alarms.Topics(p.report, p.stack, "AlarmTopics", p.props.AlarmTopics)
	rules.CheckAlarmActions(p.report, "AlarmTopics", len(p.topics))
}

// alarm defines the alarms.
func (a *acceptor) alarm(plan *plan) {
	plan.functionName = *onecall.Get(a.function.Function, awslambda.CfnFunction.Ref).Placeholder()
	a.alarms = map[string]*onecall.Item[awscloudwatch.CfnAlarm]{}
	for _, alarm := range plan.alarms {
		a.alarms[alarm.Name] = alarm.Define(a.batch, alarms.Actions{Alarm: plan.topics, Ok: plan.topics})
	}
}

func (a *acceptor) WaitingAlarm() awscloudwatch.CfnAlarm { return a.alarmOf(waiting) }
func (a *acceptor) FailedAlarm() awscloudwatch.CfnAlarm  { return a.alarmOf(failed) }
func (a *acceptor) ErrorsAlarm() awscloudwatch.CfnAlarm  { return a.alarmOf(errors) }
func (a *acceptor) SilenceAlarm() awscloudwatch.CfnAlarm { return a.alarmOf(silence) }

func (a *acceptor) Alarm(name *string) awscloudwatch.CfnAlarm {
	if name == nil || !slices.Contains(a.plan.alarmNames, *name) {
		alarms.PanicUnknown(a, "Alarm", name, a.plan.alarmNames)
	}
	return a.alarmOf(*name)
}

// alarmOf returns an alarm; nil if it is off.
func (a *acceptor) alarmOf(name string) awscloudwatch.CfnAlarm {
	if item := a.alarms[name]; item != nil {
		return item.Object()
	}
	return nil
}
