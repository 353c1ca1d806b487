package lattice

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// ServiceMetrics are the metrics of a VPC Lattice service, in the account and the Region of its owner. AWS publishes them each minute, and none
// before the first request.
//
// The DimensionsMap of the options narrows a metric by AvailabilityZone. Other dimensions are refused, because AWS publishes none: VPC Lattice
// does not tell callers apart in its metrics, but in its access logs.
//
// See https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-cloudwatch.html
type ServiceMetrics interface {
	// Metric returns a metric of the service by its name. It panics if AWS publishes none of that name.
	Metric(name *string, options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricHttpCode4xxCount returns how many responses had a status of 4xx: the sum over one minute. Metric has those of VPC Lattice one by one, such
	// as HTTPCode_VpcLattice_403_Count.
	MetricHttpCode4xxCount(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricHttpCode5xxCount returns how many responses had a status of 5xx: the sum over one minute.
	MetricHttpCode5xxCount(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricRequestTime returns how long requests took, in milliseconds: the 99th percentile over one minute.
	MetricRequestTime(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricRequestTimeoutCount returns how many requests timed out while they waited for a response: the sum over one minute.
	MetricRequestTimeoutCount(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricTotalRequestCount returns how many requests there were: the sum over one minute.
	MetricTotalRequestCount(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricResources returns what CloudWatch measures, in the order of a request's path, for package monitoring.
	MetricResources() []metrics.Resource
}

// serviceMetrics implements [ServiceMetrics] but for MetricResources.
type serviceMetrics struct {
	of func() metrics.Subject
}

func (m serviceMetrics) Metric(name *string, options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return metrics.Define(m.of(), name, options)
}

func (m serviceMetrics) MetricHttpCode4xxCount(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return m.Metric(jsii.String("HTTPCode_4XX_Count"), options)
}

func (m serviceMetrics) MetricHttpCode5xxCount(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return m.Metric(jsii.String("HTTPCode_5XX_Count"), options)
}

func (m serviceMetrics) MetricRequestTime(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return m.Metric(jsii.String("RequestTime"), options)
}

func (m serviceMetrics) MetricRequestTimeoutCount(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return m.Metric(jsii.String("RequestTimeoutCount"), options)
}

func (m serviceMetrics) MetricTotalRequestCount(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return m.Metric(jsii.String("TotalRequestCount"), options)
}

// measured is the service of an API.
func (a *api) measured() metrics.Subject {
	return metrics.Subject{Resource: metrics.LatticeService(a.ServiceId()), Construct: a, Stack: a.plan.stack}
}

// measuredGroup is a target group of the API.
type measuredGroup struct {
	label string // the ID of its route
	group *onecall.Item[awsvpclattice.CfnTargetGroup]
}

// measure notes the target groups of a route, or of the listener.
func (a *api) measure(label string, groups ...*onecall.Item[awsvpclattice.CfnTargetGroup]) {
	for i, group := range groups {
		own := label
		if i > 0 { // the first keeps its label, so that one more renames nothing
			own = fmt.Sprintf("%s %d", label, i+1)
		}
		a.groups = append(a.groups, measuredGroup{own, group})
	}
}

// MetricResources are the service, and the target groups of the listener and of routes.
func (a *api) MetricResources() []metrics.Resource {
	service := onecall.Get(a.service, awsvpclattice.CfnService.AttrId)
	wanted := []onecall.Wanted{service}
	ids := make([]*onecall.Item[*string], len(a.groups))
	for i, measured := range a.groups {
		ids[i] = onecall.Get(measured.group, awsvpclattice.CfnTargetGroup.AttrId)
		wanted = append(wanted, ids[i])
	}
	a.batch.Flush(wanted...)
	resources := []metrics.Resource{metrics.LatticeService(service.Object())}
	for i, measured := range a.groups {
		resources = append(resources, metrics.LatticeTargetGroup(ids[i].Object()).Named(measured.label))
	}
	return resources
}

// measured is the service of an import.
func (a *importedApi) measured() metrics.Subject {
	return metrics.Subject{Resource: a.MetricResources()[0], Construct: a, Stack: answers.StackOf(a)}
}

func (a *importedApi) MetricResources() []metrics.Resource {
	return []metrics.Resource{metrics.LatticeService(metrics.Behind(*a.serviceArn, ":service/"))}
}
