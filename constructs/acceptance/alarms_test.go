package acceptance_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/acceptance"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/metricstest"
)

type settings = map[string]*acceptance.AlarmSettings

// Alarms are tuned, dropped and switched on by their names.
func TestAlarmSettings(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	acceptor := newAcceptor(stack, newProvider(stack), func(p *P) {
		p.Interval = awscdk.Duration_Minutes(jsii.Number(10))
		p.Alarms = &settings{
			"Failed":         {Enabled: jsii.Bool(false)},
			"Waiting":        {Threshold: jsii.Number(7200), EvaluationPeriods: jsii.Number(2), DatapointsToAlarm: jsii.Number(1)},
			"Errors":         {TreatMissingData: awscloudwatch.TreatMissingData_MISSING},
			"Rejected":       {Enabled: jsii.Bool(true)},
			"UnknownAccount": {Enabled: jsii.Bool(true)},
		}
	})
	template := cdktest.SynthTemplate(t, stack)
	metricstest.Check(t, template.Section("Resources"))
	for metric, want := range map[string]props{
		"OldestWaiting": {"Namespace": "PrivateApi", "Threshold": 7200.0, "Period": 600.0, "EvaluationPeriods": 2.0, "DatapointsToAlarm": 1.0, "TreatMissingData": "ignore"},
		"Errors":        {"Namespace": "AWS/Lambda", "TreatMissingData": "missing"},
		"Invocations":   {"Namespace": "AWS/Lambda", "Threshold": 1.0, "Period": 3600.0, "ComparisonOperator": "LessThanThreshold", "TreatMissingData": "breaching"},
		"Rejected":      {"Namespace": "PrivateApi", "Statistic": "Sum", "Threshold": 0.0, "Period": 300.0, "TreatMissingData": "notBreaching"},
		"Waiting":       {"Namespace": "PrivateApi", "Statistic": "Maximum", "Threshold": 0.0, "Period": 600.0, "TreatMissingData": "ignore"},
	} {
		want["MetricName"] = metric
		template.Has(t, typeAlarm, want)
	}
	if n := len(template.OfType(typeAlarm)); n != 5 {
		t.Errorf("%d alarms, want all but one", n)
	}
	cdktest.Check(t, func() {
		for name, is := range map[string]bool{"Failed": false, "Waiting": true, "Rejected": true} {
			if got := acceptor.Alarm(jsii.String(name)); (got != nil) != is {
				t.Errorf("Alarm(%s) = %v", name, got)
			}
		}
		if acceptor.FailedAlarm() != nil || *acceptor.WaitingAlarm().Threshold() != 7200 {
			t.Error("the accessors return other alarms")
		}
	})
	cdktest.WantPanic(t, "use Silence", func() { acceptor.Alarm(jsii.String("silence")) })
}
