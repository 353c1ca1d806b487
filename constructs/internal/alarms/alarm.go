// Package alarms is what constructs with alarms share: alarms with names, by which people tune and drop them, and what they do.
package alarms

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
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
	Above  = "GreaterThanThreshold"
	AtMost = "LessThanOrEqualToThreshold"
	Below  = "LessThanThreshold"
)

// Alarm is an alarm on a metric, or on an expression of some.
type Alarm struct {
	// Name is that by which people tune it. Alarms on the same metric of several resources have one name.
	Name string
	// ID is that of the construct.
	ID string
	// Description says what is wrong, and what to look at.
	Description string

	// Metric is what it compares; with an Expression, the first of the metrics in that.
	Metric metrics.Metric
	// Statistic replaces that of the metric.
	Statistic string
	// Expression is metric math over Metric as m1 and the metrics of Others as m2 and so on.
	Expression string
	Others     []metrics.Metric

	Comparison                                              string
	Threshold, Period, EvaluationPeriods, DatapointsToAlarm float64
	TreatMissingData                                        string

	// IsOptional is true if the alarm is off unless people set Enabled.
	IsOptional bool
	// IsPart is true if a composite alarm acts for it.
	IsPart bool
}

// Actions are the ARNs of what alarms do when they go off, and when they are over.
type Actions struct{ Alarm, Ok []any }

// least is the shortest period that the metric has a value in.
func (a Alarm) least() float64 { return float64(a.Metric.Period) }

// Define defines the alarm.
func (a Alarm) Define(scope onecall.Scope, actions Actions) *onecall.Item[awscloudwatch.CfnAlarm] {
	props := &awscloudwatch.CfnAlarmProps{
		AlarmDescription: &a.Description, ComparisonOperator: &a.Comparison, Threshold: &a.Threshold,
		EvaluationPeriods: &a.EvaluationPeriods, TreatMissingData: &a.TreatMissingData,
		AlarmActions: ListOrNil(actions.Alarm), OkActions: ListOrNil(actions.Ok),
	}
	if a.DatapointsToAlarm != a.EvaluationPeriods {
		props.DatapointsToAlarm = &a.DatapointsToAlarm
	}
	if a.Expression == "" {
		a.compareMetric(props)
	} else {
		props.Metrics = a.queries()
	}
	return onecall.Add(scope, awscloudwatch.NewCfnAlarm, a.ID, props)
}

func (a Alarm) compareMetric(props *awscloudwatch.CfnAlarmProps) {
	props.Namespace, props.MetricName, props.Dimensions, props.Period = &a.Metric.Namespace, &a.Metric.Name, a.Metric.AlarmDimensions(), &a.Period
	statistic := cmp.Or(a.Statistic, a.Metric.Statistic)
	if strings.HasPrefix(statistic, "p") { // a percentile
		props.ExtendedStatistic = &statistic
		props.EvaluateLowSampleCountPercentile = jsii.String("ignore") // few values say nothing of a percentile
		return
	}
	props.Statistic = &statistic
}

// queries are the expression, whose values the alarm compares, and the metrics in it.
func (a Alarm) queries() *[]any {
	list := []any{&awscloudwatch.CfnAlarm_MetricDataQueryProperty{
		Id: jsii.String("value"), Expression: &a.Expression, Label: &a.Name, ReturnData: jsii.Bool(true),
	}}
	for i, m := range append([]metrics.Metric{a.Metric}, a.Others...) {
		list = append(list, &awscloudwatch.CfnAlarm_MetricDataQueryProperty{
			Id: jsii.String(fmt.Sprintf("m%d", i+1)), ReturnData: jsii.Bool(false),
			MetricStat: &awscloudwatch.CfnAlarm_MetricStatProperty{
				Metric: &awscloudwatch.CfnAlarm_MetricProperty{Namespace: &m.Namespace, MetricName: &m.Name, Dimensions: m.AlarmDimensions()},
				Period: &a.Period, Stat: &m.Statistic,
			},
		})
	}
	return &list
}

// ListOrNil returns nil for an empty list, so that templates have no empty lists.
func ListOrNil(list []any) *[]any {
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
