package privateapi

import (
	"cmp"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// EndpointServiceMetrics are the metrics of an endpoint service, in the account and the Region of its owner. AWS publishes them each minute, free
// of charge, and nothing while there is no traffic: an alarm should treat missing data as not breaching.
//
// The DimensionsMap of the options narrows a metric: Az to an Availability Zone, "Load Balancer Arn" to an NLB, "VPC Endpoint Id" to a consumer.
// Az and "Load Balancer Arn" go together. Other dimensions are refused, because AWS publishes none. AWS publishes nothing of consumers in other
// Regions.
//
// The NLB, and the ALB of a [PrivateApiProvider], have the metrics of CDK: NetworkLoadBalancer().Metrics(), LoadBalancer().Metrics(). Do not
// count the healthy targets of the NLB of a PrivateApiProvider: AWS does not count an ALB that is a target. The target groups of its routes have
// them.
//
// See https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-cloudwatch-metrics.html
type EndpointServiceMetrics interface {
	// Metric returns a metric of the endpoint service by its name. It panics if AWS publishes none of that name.
	Metric(name *string, options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricActiveConnections returns how many connections are open at once: the average over one minute.
	MetricActiveConnections(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricBytesProcessed returns how many bytes went both ways: the sum over one minute.
	MetricBytesProcessed(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricEndpointsCount returns how many endpoints are connected: the maximum over five minutes. It has no data while there is none, so an
	// alarm for a service without consumers treats missing data as breaching. It cannot be narrowed.
	MetricEndpointsCount(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricNewConnections returns how many connections were opened: the sum over one minute.
	MetricNewConnections(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricRstPacketsSent returns how many RST packets the service sent to endpoints: the sum over one minute. They come from targets that are
	// unhealthy, or refuse connections. AWS recommends an alarm on it by Az and "Load Balancer Arn", for 5 of 5 minutes.
	MetricRstPacketsSent(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricResources returns what CloudWatch measures, in the order of a request's path, for package monitoring.
	MetricResources() []metrics.Resource
}

// endpointServiceMetrics implements [EndpointServiceMetrics] but for MetricResources.
type endpointServiceMetrics struct {
	of func() metrics.Subject
}

func (m endpointServiceMetrics) Metric(name *string, options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return metrics.Define(m.of(), name, options)
}

func (m endpointServiceMetrics) MetricActiveConnections(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return m.Metric(jsii.String("ActiveConnections"), options)
}

func (m endpointServiceMetrics) MetricBytesProcessed(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return m.Metric(jsii.String("BytesProcessed"), options)
}

func (m endpointServiceMetrics) MetricEndpointsCount(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return m.Metric(jsii.String("EndpointsCount"), options)
}

func (m endpointServiceMetrics) MetricNewConnections(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return m.Metric(jsii.String("NewConnections"), options)
}

func (m endpointServiceMetrics) MetricRstPacketsSent(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return m.Metric(jsii.String("RstPacketsSent"), options)
}

// measured is the endpoint service of an import. It panics for a service of AWS itself, whose metrics are AWS's own.
func (s *importedService) measured() metrics.Subject {
	resources := s.MetricResources()
	if len(resources) == 0 {
		r := &rules.Report{}
		r.AddWithFix(rules.MetricResource, "Metric", "use the metrics of the consumer's endpoint", "is called on %s, a service of AWS: its metrics are not yours", cmp.Or(s.shortName, *s.name))
		refusal.At(r, s)
	}
	return metrics.Subject{Resource: resources[0], Construct: s, Stack: answers.StackOf(s)}
}

func (s *importedService) MetricResources() []metrics.Resource {
	id := s.endpointServiceID()
	if id == "" {
		return nil
	}
	return []metrics.Resource{metrics.EndpointService(&id).In(s.region)}
}

// endpointServiceID returns the ID of the endpoint service, which ends its name; empty for a service of AWS.
func (s *importedService) endpointServiceID() string {
	const prefix = "vpce-svc-"
	switch {
	case s.shortName != "":
		return ""
	case token.IsPlaceholder(*s.name):
		return *s.name // until the name is looked up
	case token.IsString(*s.name):
		return prefix + *metrics.Behind(*s.name, prefix)
	}
	return rules.EndpointServiceID(*s.name)
}
