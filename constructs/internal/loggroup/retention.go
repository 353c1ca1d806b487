package loggroup

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// DefaultRetention is 400 days: a year, and a month to look back at it.
const DefaultRetention = awslogs.RetentionDays_THIRTEEN_MONTHS

// daysOf are the days of each constant, which Go knows by its name only. An L1 takes the number.
var daysOf = map[awslogs.RetentionDays]float64{
	awslogs.RetentionDays_ONE_DAY: 1, awslogs.RetentionDays_THREE_DAYS: 3, awslogs.RetentionDays_FIVE_DAYS: 5,
	awslogs.RetentionDays_ONE_WEEK: 7, awslogs.RetentionDays_TWO_WEEKS: 14, awslogs.RetentionDays_ONE_MONTH: 30,
	awslogs.RetentionDays_TWO_MONTHS: 60, awslogs.RetentionDays_THREE_MONTHS: 90, awslogs.RetentionDays_FOUR_MONTHS: 120,
	awslogs.RetentionDays_FIVE_MONTHS: 150, awslogs.RetentionDays_SIX_MONTHS: 180, awslogs.RetentionDays_ONE_YEAR: 365,
	awslogs.RetentionDays_THIRTEEN_MONTHS: 400, awslogs.RetentionDays_EIGHTEEN_MONTHS: 545, awslogs.RetentionDays_TWO_YEARS: 731,
	awslogs.RetentionDays_THREE_YEARS: 1096, awslogs.RetentionDays_FIVE_YEARS: 1827, awslogs.RetentionDays_SIX_YEARS: 2192,
	awslogs.RetentionDays_SEVEN_YEARS: 2557, awslogs.RetentionDays_EIGHT_YEARS: 2922, awslogs.RetentionDays_NINE_YEARS: 3288,
	awslogs.RetentionDays_TEN_YEARS: 3653,
}

// CheckRetention reports a value of the property LogRetention that is none of CDK's constants.
func CheckRetention(r *rules.Report, retention awslogs.RetentionDays) {
	if _, isKnown := daysOf[retention]; !isKnown && retention != "" && retention != awslogs.RetentionDays_INFINITE {
		r.AddWithFix(rules.KnownValue, "LogRetention", "use one of the RetentionDays constants", "%q is not one of its values", retention)
	}
}

// days is the number of days; nil for ever.
func days(retention awslogs.RetentionDays) *float64 {
	number, isLimited := daysOf[prop.EnumOr(retention, DefaultRetention)]
	if !isLimited {
		return nil
	}
	return jsii.Number(number)
}
