package monitoring

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
)

// AlarmSettings change an alarm, or switch it on or off. What is not set stays as docs/monitoring.md lists it.
type AlarmSettings struct {
	// Whether there is the alarm.
	//
	// Default: true; false for NoEndpoints, LoadBalancerResets, BlockedInbound and NoConnections.
	Enabled *bool

	// The value with which that of the metric is compared, in the unit of the metric: packets, flows, seconds, days; percent for the rates
	// LoadBalancerErrors, TargetErrors and ServerErrors. Not a token.
	//
	// Default: - that of the alarm. It is this module's, and AWS's for DaysToExpiry, NoHealthyTarget and UnhealthyTarget: AWS recommends PacketsDropped and RstPacketsSent with a
	// threshold that fits the traffic.
	Threshold *float64

	// How long the metric is added up for one value, in whole minutes.
	//
	// Default: - that of the alarm.
	Period awscdk.Duration

	// How many periods the alarm looks at.
	//
	// Default: - that of the alarm.
	EvaluationPeriods *float64

	// In how many of these periods the value must breach the threshold.
	//
	// Default: - that of the alarm, and no more than EvaluationPeriods.
	DatapointsToAlarm *float64

	// What a period without a value counts as.
	//
	// Default: - that of the alarm.
	TreatMissingData awscloudwatch.TreatMissingData
}
