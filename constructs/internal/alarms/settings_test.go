package alarms_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alarms"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func all() []alarms.Alarm {
	service := metrics.Acceptor(jsii.String("vpce-svc-0"))
	alarm := func(name, id string) alarms.Alarm {
		return alarms.Alarm{
			Name: name, ID: id, Metric: service.Metric("Failed"), Comparison: alarms.Above, Threshold: 1,
			Period: 300, EvaluationPeriods: 5, DatapointsToAlarm: 3, TreatMissingData: alarms.NotBreaching,
		}
	}
	optional := alarm("Optional", "Optional")
	optional.IsOptional = true
	return []alarms.Alarm{alarm("Failed", "Failed"), alarm("Rejected", "Rejected"), alarm("Rejected", "Rejected2"), optional}
}

func ids(list []alarms.Alarm) string {
	var ids []string
	for _, alarm := range list {
		ids = append(ids, alarm.ID)
	}
	return strings.Join(ids, " ")
}

func TestWhatIsKept(t *testing.T) {
	on, off := &alarms.Settings{Enabled: jsii.Bool(true)}, &alarms.Settings{Enabled: jsii.Bool(false)}
	tuned := &alarms.Settings{Threshold: jsii.Number(2)}
	for name, tc := range map[string]struct {
		settings map[string]*alarms.Settings
		kept     string
	}{
		"no settings":                   {nil, "Failed Rejected Rejected2"},
		"all of a name are dropped":     {map[string]*alarms.Settings{"Rejected": off}, "Failed"},
		"an optional one is on":         {map[string]*alarms.Settings{"Optional": on}, "Failed Rejected Rejected2 Optional"},
		"an optional one is only tuned": {map[string]*alarms.Settings{"Optional": tuned}, "Failed Rejected Rejected2"},
		"a composite is off":            {map[string]*alarms.Settings{"Composite": off, "Failed": on}, "Failed Rejected Rejected2"},
	} {
		r := &rules.Report{}
		if got := ids(alarms.Tune(r, "Alarms", all(), tc.settings, "Composite")); got != tc.kept || r.HasErrors() {
			t.Errorf("%s: kept %s, want %s; %v", name, got, tc.kept, r.Err(""))
		}
	}
}

func TestWhatIsTuned(t *testing.T) {
	tune := func(s *alarms.Settings) alarms.Alarm {
		return alarms.Tune(&rules.Report{}, "Alarms", all(), map[string]*alarms.Settings{"Rejected": s})[2]
	}
	got := tune(&alarms.Settings{Threshold: jsii.Number(7), EvaluationPeriods: jsii.Number(9), DatapointsToAlarm: jsii.Number(8), TreatMissingData: awscloudwatch.TreatMissingData_BREACHING})
	if got.Threshold != 7 || got.EvaluationPeriods != 9 || got.DatapointsToAlarm != 8 || got.TreatMissingData != alarms.Breaching {
		t.Errorf("tuned = %+v", got)
	}
	if got := tune(&alarms.Settings{EvaluationPeriods: jsii.Number(2)}); got.DatapointsToAlarm != 2 {
		t.Errorf("%v of %v periods, want both", got.DatapointsToAlarm, got.EvaluationPeriods)
	}
	if got := tune(&alarms.Settings{EvaluationPeriods: jsii.Number(9)}); got.DatapointsToAlarm != 3 {
		t.Errorf("%v of 9 periods, want as before", got.DatapointsToAlarm)
	}
}

func TestWhatIsRefused(t *testing.T) {
	for name, tc := range map[string]struct {
		settings map[string]*alarms.Settings
		rule     rules.Rule
		says     string
	}{
		"a name like another":   {map[string]*alarms.Settings{"failed": {}}, rules.AlarmName, "Fix: use Failed"},
		"a name like no other":  {map[string]*alarms.Settings{"X": {}}, rules.AlarmName, "Fix: use Failed, Rejected, Optional or Composite"},
		"nil":                   {map[string]*alarms.Settings{"Failed": nil}, rules.Required, "Alarms[Failed]: is nil"},
		"more than all":         {map[string]*alarms.Settings{"Failed": {DatapointsToAlarm: jsii.Number(6)}}, rules.AlarmEvaluation, "Alarms[Failed]: has DatapointsToAlarm 6, of 5 periods"},
		"no enum":               {map[string]*alarms.Settings{"Failed": {TreatMissingData: "notBreaching"}}, rules.KnownValue, "TreatMissingData"},
		"a threshold for many":  {map[string]*alarms.Settings{"Composite": {Threshold: jsii.Number(1)}}, rules.Contradiction, "set Enabled alone"},
		"a token as a number":   {map[string]*alarms.Settings{"Failed": {Threshold: jsii.Number(-1.8881545897087626e+289)}}, rules.AlarmThreshold, "is known only at deploy time"},
		"a token as how many":   {map[string]*alarms.Settings{"Failed": {EvaluationPeriods: jsii.Number(-1.8881545897087626e+289)}}, rules.AlarmEvaluation, "is known only at deploy time"},
		"not every setting off": {map[string]*alarms.Settings{"Failed": {Enabled: jsii.Bool(false), DatapointsToAlarm: jsii.Number(0)}}, rules.AlarmEvaluation, "has DatapointsToAlarm 0"},
	} {
		r := &rules.Report{}
		alarms.Tune(r, "Alarms", all(), tc.settings, "Composite")
		problems := r.Problems()
		if len(problems) != 1 || problems[0].Rule.ID != tc.rule.ID || !strings.Contains(problems[0].String(), tc.says) {
			t.Errorf("%s: problems = %v, want one of %s that says %q", name, problems, tc.rule.ID, tc.says)
		}
	}
}

func TestNamesAreOnce(t *testing.T) {
	if got := alarms.Names(all()); !slices.Equal(got, []string{"Failed", "Rejected", "Optional"}) {
		t.Errorf("names = %v", got)
	}
}
