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

	mostAlarmParts, longestAlarmRule = 100, 10_240
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

var arnForm = regexp.MustCompile(`^arn:aws[a-z-]*:[a-z0-9-]+:([a-z0-9-]*):`)

// CheckAlarmAction checks the ARN of an action against the Region of the alarm; empty if that is not known. An ARN may have no Region.
func CheckAlarmAction(r *Report, property, arn, region string) {
	switch parts := arnForm.FindStringSubmatch(arn); {
	case parts == nil:
		r.Add(AlarmActions, property, "%q is no ARN", arn)
	case region != "" && parts[1] != "" && parts[1] != region:
		r.Add(AlarmActions, property, "is in %s, and the alarms are in %s", parts[1], region)
	}
}

// CheckAlarmParts checks what a composite alarm combines: the construct IDs of its parts. Their names are CloudFormation's, so what is known of the
// rule is how long it is at least.
func CheckAlarmParts(r *Report, property string, ids []string) {
	const shortest = `ALARM("arn:aws:cloudwatch:eu-west-1:222222222222:alarm:S--0123456789AB") OR ` // S is the stack
	const longestID = 200                                                                           // CloudFormation shortens those that are longer
	length := -len(" OR ")
	for _, id := range ids {
		length += len(shortest) + min(len(id), longestID)
	}
	switch {
	case len(ids) > mostAlarmParts:
		r.Add(AlarmParts, property, "has %d alarms for ApiUnavailable to combine", len(ids))
	case length > longestAlarmRule:
		r.Add(AlarmParts, property, "has %d alarms for ApiUnavailable to combine, in a rule of %d characters or more", len(ids), length)
	}
}

func plain(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }
