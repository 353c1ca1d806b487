package metrics

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cloudwatch"
	"github.com/cdk-private-api/cdk-private-api-go/internal/nearest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Subject is a resource with the construct that has it.
type Subject struct {
	Resource
	Construct constructs.Construct
	Stack     *answers.Stack // of the construct
}

// Define makes a metric of a construct's resource. The options win over the defaults of the metric; the DimensionsMap narrows it. It panics,
// with the path of the construct, if AWS publishes no such metric.
func Define(of Subject, name *string, options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	options = prop.Or(options, &awscloudwatch.MetricOptions{})
	r := &rules.Report{}
	metric := of.plan(r, name, prop.Or(options.DimensionsMap, &map[string]*string{}))
	refusal.At(r, of.Construct)

	stack := of.Stack
	period := options.Period
	if period == nil {
		period = answers.OfApp(stack, fmt.Sprintf("%d seconds", metric.Period), func() awscdk.Duration {
			return awscdk.Duration_Seconds(jsii.Number(metric.Period))
		})
	}
	return awscloudwatch.NewMetric(&awscloudwatch.MetricProps{
		Namespace: &metric.Namespace, MetricName: &metric.Name, DimensionsMap: &metric.Dimensions,
		Statistic: prop.Or(options.Statistic, &metric.Statistic), Period: period,
		Account: options.Account, Region: prop.Or(options.Region, of.Region),
		StackAccount: prop.Or(options.StackAccount, stack.Account()), StackRegion: prop.Or(options.StackRegion, stack.Region()),
		Color: options.Color, Id: options.Id, Label: options.Label, Unit: options.Unit, Visible: options.Visible,
	})
}

// plan returns a metric of the resource, narrowed by more dimensions.
func (r Resource) plan(report *rules.Report, name *string, more *map[string]*string) (m Metric) {
	if name == nil {
		report.Add(rules.Required, "name", "is nil")
		return m
	}
	if _, ok := r.Kind.Find(*name); !ok {
		report.AddWithFix(rules.MetricName, "name", fixOf(*name, r.Kind.Names()), "is %q, which AWS does not publish of %s", *name, r.Kind.Name)
		return m
	}
	m = r.Metric(*name)
	for _, dimension := range slices.Sorted(maps.Keys(*more)) {
		value := (*more)[dimension]
		property := fmt.Sprintf("DimensionsMap[%q]", dimension)
		switch own := r.Dimensions[dimension]; {
		case value == nil:
			report.Add(rules.Required, property, "is nil")
		case own != nil && dimension != r.Kind.Chosen:
			report.AddWithFix(rules.Contradiction, property, "leave it out", "is set, but it is what identifies %s", r.Kind.Name)
		default:
			m.Dimensions[dimension] = value
		}
	}
	if !report.HasErrors() && !m.IsPublished() {
		report.AddWithFix(rules.MetricDimensions, "DimensionsMap", "use one of the sets "+cloudwatch.Text(m.Sets()),
			"makes the set %s, under which AWS does not publish %s", cloudwatch.Text([][]string{m.DimensionNames()}), m.Name)
	}
	return m
}

// fixOf names the metrics that somebody may have meant.
func fixOf(name string, names []string) string {
	if similar := nearest.Names(name, names); len(similar) > 0 {
		names = similar
	}
	return fmt.Sprintf("use %s; for a metric that this module does not know yet, awscloudwatch.NewMetric", strings.Join(names, ", "))
}
