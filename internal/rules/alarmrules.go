package rules

const (
	cloudWatch    = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/"
	cloudWatchAPI = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/"
	putAlarm      = cloudWatchAPI + "API_PutMetricAlarm.html"
)

// The rules of alarms.
var (
	AlarmName = Rule{
		ID: "privateapi:alarmName", Severity: Error,
		Summary: "Settings of alarms are by the name of an alarm that the construct has.",
		AWS:     "is not involved: the settings would change no alarm",
		Fix:     "use one of the names of the construct's alarms",
		Source:  cloudWatch + "AlarmThatSendsEmail.html",
	}
	AlarmPlace = Rule{
		ID: "privateapi:alarmPlace", Severity: Error,
		Summary: "Alarms are in the app, the account and the Region of what they watch.",
		AWS:     "looks for the metric where the alarm is, and finds no data: the alarm waits in INSUFFICIENT_DATA, or goes off for nothing",
		Fix:     "define the alarms in a stack of the account and Region of what they watch",
		Source:  cloudWatch + "AlarmThatSendsEmail.html",
	}
	AlarmSubject = Rule{
		ID: "privateapi:alarmSubject", Severity: Error,
		Summary: "Alarms watch what this app defines, and what AWS publishes metrics of.",
		AWS:     "publishes no metric of it in this account, or one whose dimensions an import does not know",
		Fix:     "define the alarms where the API is defined",
		Source:  privateLink + "privatelink-cloudwatch-metrics.html",
	}
	AlarmThreshold = Rule{
		ID: "privateapi:alarmThreshold", Severity: Error,
		Summary: "The threshold of an alarm is a number that synthesis knows.",
		AWS:     "is not involved: nobody could tell from the code when the alarm goes off",
		Fix:     "write the number, such as jsii.Number(10)",
		Source:  putAlarm,
	}
	AlarmPeriod = Rule{
		ID: "privateapi:alarmPeriod", Severity: Error,
		Summary: "The period of an alarm is whole minutes, and no shorter than that of its metric.",
		AWS:     "finds no data in most periods, and the alarm often lapses into INSUFFICIENT_DATA; a period that is no multiple of 60 seconds is a ValidationError",
		Fix:     "use whole minutes, such as awscdk.Duration_Minutes(jsii.Number(5))",
		Source:  putAlarm,
	}
	AlarmEvaluation = Rule{
		ID: "privateapi:alarmEvaluation", Severity: Error,
		Summary: "An alarm looks at whole periods, of which up to all must breach, over a day at most; over seven days if a period is an hour or longer.",
		AWS:     "ValidationError: the datapoints to alarm exceed the evaluation periods, or metrics cannot be checked across so long a time",
		Fix:     "lower DatapointsToAlarm, EvaluationPeriods or Period",
		Source:  putAlarm,
	}
	AlarmActions = Rule{
		ID: "privateapi:alarmActions", Severity: Error,
		Summary: "An alarm has up to five actions, each an ARN in the Region of the alarm.",
		AWS:     "ValidationError: Invalid arn syntax, Invalid region specified, or more than five actions",
		Fix:     "list up to five topics and other actions by their ARNs, in the Region of the alarms",
		Source:  putAlarm,
	}
	AlarmParts = Rule{
		ID: "privateapi:alarmParts", Severity: Error,
		Summary: "A composite alarm combines at most 100 alarms, in a rule of at most 10,240 characters.",
		AWS:     "ValidationError: the rule of the alarm is too long, or has too many alarms",
		Fix:     "set Enabled to false in Alarms, for NoHealthyTarget or for ApiUnavailable",
		Source:  cloudWatchAPI + "API_PutCompositeAlarm.html",
	}
)

// Alarms returns the rules that constructs of alarms enforce, besides those of [All].
func Alarms() []Rule {
	return []Rule{AlarmName, AlarmPlace, AlarmSubject, AlarmThreshold, AlarmPeriod, AlarmEvaluation, AlarmActions, AlarmParts}
}
