package alarms

import (
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/nearest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Settings are what people change of an alarm. Nil keeps what it has. Public packages have the same type with its comments.
type Settings struct {
	Enabled           *bool
	Threshold         *float64
	Period            awscdk.Duration
	EvaluationPeriods *float64
	DatapointsToAlarm *float64
	TreatMissingData  awscloudwatch.TreatMissingData
}

// missing are the words that CloudFormation has for what CDK's enum names.
var missing = map[awscloudwatch.TreatMissingData]string{
	awscloudwatch.TreatMissingData_BREACHING:     Breaching,
	awscloudwatch.TreatMissingData_NOT_BREACHING: NotBreaching,
	awscloudwatch.TreatMissingData_IGNORE:        Ignore,
	awscloudwatch.TreatMissingData_MISSING:       Missing,
}

// Tune returns the alarms that are kept, with their settings. Settings of a name are those of all alarms of that name. More are names
// that have settings too, such as that of a composite alarm.
func Tune(r *rules.Report, property string, all []Alarm, settings map[string]*Settings, more ...string) (kept []Alarm) {
	names := append(Names(all), more...)
	tunings := map[string]*tuning{}
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		switch at := property + "[" + name + "]"; {
		case !slices.Contains(names, name):
			r.AddWithFix(rules.AlarmName, at, "use "+oneOf(name, names), "is no alarm of this construct")
		case settings[name] == nil:
			r.Add(rules.Required, at, "is nil")
		case slices.Contains(more, name):
			settings[name].checkSwitch(r, at)
		default:
			tunings[name] = settings[name].read(r, at, find(all, name))
		}
	}
	for _, alarm := range all {
		t := tunings[alarm.Name]
		if t != nil {
			alarm = t.apply(alarm)
		}
		if t != nil && t.Enabled != nil && *t.Enabled || (t == nil || t.Enabled == nil) && !alarm.IsOptional {
			kept = append(kept, alarm)
		}
	}
	return kept
}

// Names returns the names of alarms, each once.
func Names(all []Alarm) (names []string) {
	for _, alarm := range all {
		if !slices.Contains(names, alarm.Name) {
			names = append(names, alarm.Name)
		}
	}
	return names
}

// oneOf names those that a wrong name may have meant, or all.
func oneOf(given string, names []string) string {
	like := nearest.Names(given, names)
	if len(like) == 0 {
		like = names
	}
	if len(like) == 1 {
		return like[0]
	}
	return strings.Join(like[:len(like)-1], ", ") + " or " + like[len(like)-1]
}

func find(all []Alarm, name string) Alarm {
	return all[slices.IndexFunc(all, func(a Alarm) bool { return a.Name == name })]
}

// tuning is settings that were read.
type tuning struct {
	*Settings
	period *float64 // seconds
}

// read checks settings against the alarm that has them.
func (s *Settings) read(r *rules.Report, property string, alarm Alarm) *tuning {
	t := &tuning{Settings: s}
	known := true
	for _, number := range []struct {
		name  string
		value *float64
		rule  rules.Rule
	}{
		{"Threshold", s.Threshold, rules.AlarmThreshold},
		{"EvaluationPeriods", s.EvaluationPeriods, rules.AlarmEvaluation},
		{"DatapointsToAlarm", s.DatapointsToAlarm, rules.AlarmEvaluation},
	} {
		if number.value != nil && token.IsNumber(*number.value) {
			r.AddWithFix(number.rule, property+"."+number.name, "write the number", "is known only at deploy time")
			known = known && number.name == "Threshold"
		}
	}
	if threshold, ok := token.LiteralNumber(s.Threshold); ok {
		rules.CheckAlarmThreshold(r, property+".Threshold", threshold)
	}
	if s.TreatMissingData != "" && missing[s.TreatMissingData] == "" {
		r.AddWithFix(rules.KnownValue, property+".TreatMissingData", "use one of the TreatMissingData constants", "%q is not one of its values", s.TreatMissingData)
	}
	switch {
	case s.Period == nil:
	case *s.Period.IsUnresolved():
		r.AddWithFix(rules.AlarmPeriod, property+".Period", "write the duration", "is known only at deploy time")
		known = false
	default:
		t.period = prop.Seconds(s.Period)
		rules.CheckAlarmPeriod(r, property+".Period", *t.period, alarm.least())
	}
	if tuned := t.apply(alarm); known && (t.period != nil || s.EvaluationPeriods != nil || s.DatapointsToAlarm != nil) {
		rules.CheckAlarmEvaluation(r, property, tuned.DatapointsToAlarm, tuned.EvaluationPeriods, tuned.Period)
	}
	return t
}

// checkSwitch checks settings that can only switch something off, such as a composite alarm.
func (s *Settings) checkSwitch(r *rules.Report, property string) {
	if *s != (Settings{Enabled: s.Enabled}) {
		r.AddWithFix(rules.Contradiction, property, "set Enabled alone", "has settings of a metric, which a composite alarm does not have")
	}
}

// apply returns the alarm with the settings. Of fewer periods than must breach, all must.
func (t *tuning) apply(alarm Alarm) Alarm {
	alarm.Threshold = *prop.Or(t.Threshold, &alarm.Threshold)
	alarm.Period = *prop.Or(t.period, &alarm.Period)
	alarm.EvaluationPeriods = *prop.Or(t.EvaluationPeriods, &alarm.EvaluationPeriods)
	if t.DatapointsToAlarm != nil {
		alarm.DatapointsToAlarm = *t.DatapointsToAlarm
	} else {
		alarm.DatapointsToAlarm = min(alarm.DatapointsToAlarm, alarm.EvaluationPeriods)
	}
	if word := missing[t.TreatMissingData]; word != "" {
		alarm.TreatMissingData = word
	}
	return alarm
}
