// Package alarms is what constructs with alarms share: alarms with names, by which people tune and drop them, and what they do.
package alarms

import (
	"cmp"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// How an alarm treats periods without data, as CloudFormation has it.
const (
	Breaching    = "breaching"
	NotBreaching = "notBreaching"
	Ignore       = "ignore"
	Missing      = "missing"
)

// How a value compares with the threshold, as CloudFormation has it.
const (
	Above   = "GreaterThanThreshold"
	AtMost  = "LessThanOrEqualToThreshold"
	Below   = "LessThanThreshold"
	AtLeast = "GreaterThanOrEqualToThreshold"
)

// Alarm is an alarm on a metric, or on an expression of some.
type Alarm struct {
	// Name is that by which people tune it. Alarms on the same metric of several resources have one name.
	Name string
	// ID is that of the construct.
	ID string
	// Description says what is wrong, and what to look at.
	Description string

	// Metrics is one metric, or those of Expression.
	Metrics []Metric
	// Expression is metric math over Metrics by their IDs.
	Expression string

	Comparison                                              string
	Threshold, Period, EvaluationPeriods, DatapointsToAlarm float64
	TreatMissingData                                        string

	// LeastPeriod is how often the metric has a value, in seconds, if that is not each minute.
	LeastPeriod float64
	// IsOptional is true if the alarm is off unless people set Enabled.
	IsOptional bool
	// IsPart is true if a composite alarm acts for it.
	IsPart bool
}

// Metric is a metric of an alarm.
type Metric struct {
	ID                         string // in an expression
	Namespace, Name, Statistic string
	Dimensions                 []Dimension
}

// Dimension is a dimension of a metric; the value may be a token or a placeholder.
type Dimension struct {
	Name  string
	Value *string
}

// Actions are the ARNs of what alarms do when they go off, and when they are over.
type Actions struct{ Alarm, Ok []any }

func (a Alarm) least() float64 { return cmp.Or(a.LeastPeriod, 60) }

// isExtended reports whether a statistic is one that CloudFormation takes as ExtendedStatistic.
func isExtended(statistic string) bool {
	switch statistic {
	case "Sum", "Average", "Minimum", "Maximum", "SampleCount":
		return false
	}
	return true
}

// Define defines the alarm.
func (a Alarm) Define(scope onecall.Scope, actions Actions) *onecall.Item[awscloudwatch.CfnAlarm] {
	props := &awscloudwatch.CfnAlarmProps{
		AlarmDescription: &a.Description, ComparisonOperator: &a.Comparison, Threshold: &a.Threshold,
		EvaluationPeriods: &a.EvaluationPeriods, TreatMissingData: &a.TreatMissingData,
		AlarmActions: listOrNil(actions.Alarm), OkActions: listOrNil(actions.Ok),
	}
	if a.DatapointsToAlarm != a.EvaluationPeriods {
		props.DatapointsToAlarm = &a.DatapointsToAlarm
	}
	if a.Expression == "" {
		a.Metrics[0].fill(props)
		props.Period = &a.Period
	} else {
		props.Metrics = a.queries()
	}
	return onecall.Add(scope, awscloudwatch.NewCfnAlarm, a.ID, props)
}

func (m Metric) fill(props *awscloudwatch.CfnAlarmProps) {
	props.Namespace, props.MetricName, props.Dimensions = &m.Namespace, &m.Name, m.dimensions()
	if isExtended(m.Statistic) {
		props.ExtendedStatistic = &m.Statistic
		props.EvaluateLowSampleCountPercentile = jsii.String("ignore") // few requests say nothing of a percentile
		return
	}
	props.Statistic = &m.Statistic
}

func (m Metric) dimensions() *[]any {
	list := make([]any, len(m.Dimensions))
	for i, d := range m.Dimensions {
		list[i] = &awscloudwatch.CfnAlarm_DimensionProperty{Name: &d.Name, Value: d.Value}
	}
	return &list
}

// queries are the expression, whose values the alarm compares, and the metrics in it.
func (a Alarm) queries() *[]any {
	list := []any{&awscloudwatch.CfnAlarm_MetricDataQueryProperty{
		Id: jsii.String("value"), Expression: &a.Expression, Label: &a.Name, ReturnData: jsii.Bool(true),
	}}
	for _, m := range a.Metrics {
		list = append(list, &awscloudwatch.CfnAlarm_MetricDataQueryProperty{
			Id: &m.ID, ReturnData: jsii.Bool(false),
			MetricStat: &awscloudwatch.CfnAlarm_MetricStatProperty{
				Metric: &awscloudwatch.CfnAlarm_MetricProperty{Namespace: &m.Namespace, MetricName: &m.Name, Dimensions: m.dimensions()},
				Period: &a.Period, Stat: &m.Statistic,
			},
		})
	}
	return &list
}

// listOrNil returns nil for an empty list, so that templates have no empty lists.
func listOrNil(list []any) *[]any {
	if len(list) == 0 {
		return nil
	}
	return &list
}

// PanicUnknown ends an accessor that was asked for an alarm that the construct never has.
func PanicUnknown(construct constructs.IConstruct, accessor string, name *string, names []string) {
	r := &rules.Report{}
	if name == nil {
		r.Add(rules.Required, accessor, "has no name")
	} else {
		r.AddWithFix(rules.AlarmName, accessor, "use "+oneOf(*name, names), "has no alarm %q", *name)
	}
	panic(r.Err(*construct.Node().Path()))
}
