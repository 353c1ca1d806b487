package rules

import (
	"math"
	"regexp"
	"strconv"
)

const (
	alarmMinute, alarmHour = 60, 3600
	alarmDay, alarmWeek    = 86_400, 604_800

	// mostAlarmActions is for each state of an alarm.
	mostAlarmActions = 5
)

// CheckAlarmPeriod checks the period of an alarm, in seconds, against that of its metric.
func CheckAlarmPeriod(r *Report, property string, period, ofMetric float64) {
	switch {
	case math.Mod(period, alarmMinute) != 0 || period <= 0:
		r.Add(AlarmPeriod, property, "is %s seconds", plain(period))
	case period < ofMetric:
		r.Add(AlarmPeriod, property, "is %s seconds, and the metric has a value every %s", plain(period), plain(ofMetric))
	}
}

// CheckAlarmEvaluation checks how many periods an alarm looks at, and how many of them must breach. The property is that of the settings.
func CheckAlarmEvaluation(r *Report, property string, datapoints, periods, period float64) {
	whole := true
	for _, count := range []struct {
		name  string
		value float64
	}{{"EvaluationPeriods", periods}, {"DatapointsToAlarm", datapoints}} {
		if count.value < 1 || count.value != math.Trunc(count.value) {
			r.Add(AlarmEvaluation, property, "has %s %s", count.name, plain(count.value))
			whole = false
		}
	}
	longest := float64(alarmDay)
	if period >= alarmHour {
		longest = alarmWeek
	}
	switch {
	case !whole:
	case datapoints > periods:
		r.Add(AlarmEvaluation, property, "has DatapointsToAlarm %s, of %s periods", plain(datapoints), plain(periods))
	case period > 0 && periods*period > longest:
		r.Add(AlarmEvaluation, property, "looks at %s periods, which are %s seconds of at most %s", plain(periods), plain(periods*period), plain(longest))
	}
}

// CheckAlarmThreshold checks a threshold that synthesis knows.
func CheckAlarmThreshold(r *Report, property string, threshold float64) {
	if math.IsNaN(threshold) || math.IsInf(threshold, 0) {
		r.Add(AlarmThreshold, property, "is %v", threshold)
	}
}

// CheckAlarmMinimum checks how many requests a rate needs.
func CheckAlarmMinimum(r *Report, property string, minimum float64) {
	if !(minimum >= 1) || math.IsInf(minimum, 0) {
		r.AddWithFix(AlarmThreshold, property, "use 1 or more", "is %v", minimum)
	}
}

// CheckAlarmActions checks how many actions an alarm has.
func CheckAlarmActions(r *Report, property string, count int) {
	if count > mostAlarmActions {
		r.Add(AlarmActions, property, "make %d actions", count)
	}
}

var arnForm = regexp.MustCompile(`^arn:aws[a-z-]*:[a-z0-9-]+:`)

// CheckAlarmAction checks the ARN of an action.
func CheckAlarmAction(r *Report, property, arn string) {
	if !arnForm.MatchString(arn) {
		r.Add(AlarmActions, property, "%q is no ARN", arn)
	}
}

func plain(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }
