package metrics

import (
	"fmt"
	"maps"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cloudwatch"
)

// Metric is a metric of a resource, with the statistic and the period that fit it.
type Metric struct {
	Namespace, Name string
	// Dimensions are one of the sets under which AWS publishes the metric. A value may be a token.
	Dimensions map[string]*string
	// Statistic is Sum, Average, Maximum, Minimum or a percentile such as p99.
	Statistic string
	// Period is in seconds.
	Period int

	kind      *cloudwatch.Resource
	published cloudwatch.Metric
}

// By narrows the metric by one more dimension. It panics if AWS does not publish the metric so.
func (m Metric) By(dimension string, value *string) Metric {
	m.Dimensions = maps.Clone(m.Dimensions)
	m.Dimensions[dimension] = value
	if !m.IsPublished() {
		panic(fmt.Errorf("AWS publishes %s by %s, not by %v", m.Name, cloudwatch.Text(m.Sets()), m.DimensionNames()))
	}
	return m
}

// ByZone narrows the metric to an Availability Zone.
func (m Metric) ByZone(zone *string) Metric {
	if m.kind == cloudwatch.EndpointService {
		return m.By("Az", zone)
	}
	return m.By("AvailabilityZone", zone)
}

// BySubnet narrows the metric of an endpoint to one of its subnets.
func (m Metric) BySubnet(subnetID *string) Metric { return m.By("Subnet Id", subnetID) }

// ByEndpoint narrows the metric of an endpoint service to one endpoint, which is one consumer.
func (m Metric) ByEndpoint(endpointID *string) Metric { return m.By("VPC Endpoint Id", endpointID) }

// ByLoadBalancer narrows the metric of an endpoint service to one of its NLBs, by its ARN.
func (m Metric) ByLoadBalancer(arn *string) Metric { return m.By("Load Balancer Arn", arn) }

// DimensionNames returns the names of the dimensions, in alphabetical order.
func (m Metric) DimensionNames() []string { return slices.Sorted(maps.Keys(m.Dimensions)) }

// Sets returns the sets of dimensions under which AWS publishes the metric.
func (m Metric) Sets() [][]string { return m.kind.Sets(m.published) }

// IsPublished reports whether AWS publishes the metric under its dimensions. It does not for a metric that exists by zone only, until it is
// narrowed.
func (m Metric) IsPublished() bool { return m.kind.Publishes(m.published, m.DimensionNames()) }

// AlarmDimensions returns the dimensions as an L1 alarm has them, in alphabetical order.
func (m Metric) AlarmDimensions() *[]any {
	dimensions := make([]any, 0, len(m.Dimensions))
	for _, name := range m.DimensionNames() {
		dimensions = append(dimensions, &awscloudwatch.CfnAlarm_DimensionProperty{Name: &name, Value: m.Dimensions[name]})
	}
	return &dimensions
}
