package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// EndpointMetrics are the metrics of the interface endpoint of a consumer, in the consumer's account and Region. AWS publishes them each minute,
// free of charge, and nothing while there is no traffic: an alarm should treat missing data as not breaching.
//
// The DimensionsMap of the options narrows a metric by "Subnet Id", which is a zone. Other dimensions are refused, because AWS publishes none.
//
// Each method panics over a transport without an endpoint: of a connection over VPC Lattice, a peering or the internet, AWS publishes nothing
// on the consumer's side, and over a transit gateway the spoke has the metrics. It panics too for a service in another Region, of whose
// consumers AWS publishes nothing.
//
// See https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-cloudwatch-metrics.html
type EndpointMetrics interface {
	// Metric returns a metric of the endpoint by its name. It panics if AWS publishes none of that name.
	Metric(name *string, options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricActiveConnections returns how many connections are open at once: the average over one minute.
	MetricActiveConnections(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricBytesProcessed returns how many bytes went both ways, which is what the endpoint is billed for: the sum over one minute.
	MetricBytesProcessed(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricNewConnections returns how many connections were opened: the sum over one minute.
	MetricNewConnections(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricPacketsDropped returns how many packets the endpoint dropped: the sum over one minute. They are a sign of an endpoint or a service
	// in bad health. AWS recommends an alarm on it by "Subnet Id", for 5 of 5 minutes.
	MetricPacketsDropped(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricRstPacketsReceived returns how many RST packets came from the service: the sum over one minute.
	MetricRstPacketsReceived(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricResources returns what CloudWatch measures, for package monitoring; nothing where the other methods panic.
	MetricResources() []metrics.Resource
}

// endpointMetrics implements [EndpointMetrics].
type endpointMetrics struct {
	// of returns the endpoint, or reports why there are no metrics of one.
	of func(*rules.Report) metrics.Subject
}

func (m endpointMetrics) Metric(name *string, options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	r := &rules.Report{}
	of := m.of(r)
	refusal.At(r, of.Construct)
	return metrics.Define(of, name, options)
}

func (m endpointMetrics) MetricActiveConnections(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return m.Metric(jsii.String("ActiveConnections"), options)
}

func (m endpointMetrics) MetricBytesProcessed(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return m.Metric(jsii.String("BytesProcessed"), options)
}

func (m endpointMetrics) MetricNewConnections(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return m.Metric(jsii.String("NewConnections"), options)
}

func (m endpointMetrics) MetricPacketsDropped(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return m.Metric(jsii.String("PacketsDropped"), options)
}

func (m endpointMetrics) MetricRstPacketsReceived(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return m.Metric(jsii.String("RstPacketsReceived"), options)
}

func (m endpointMetrics) MetricResources() []metrics.Resource {
	r := &rules.Report{}
	if of := m.of(r); !r.HasErrors() {
		return []metrics.Resource{of.Resource}
	}
	return nil
}

// measured is the endpoint of a consumer.
func (c *privateApiConsumer) measured(r *rules.Report) metrics.Subject {
	l, of := c.link(), metrics.Subject{Construct: c, Stack: c.plan.stack}
	if l.VpcEndpoint == nil {
		r.Add(rules.MetricResource, "Metric", "is called on a consumer over %s, of whose connections AWS publishes no metrics", c.plan.connections[0].Transport)
		return of
	}
	region, _ := token.Literal(c.plan.stack.Region())
	if other, ok := token.Literal(l.ServiceRegion()); ok && region != "" && other != region {
		r.Add(rules.MetricResource, "Metric", "is called on a consumer in %s of a service in %s, and AWS publishes no metrics across Regions", region, other)
		return of
	}
	name, vpc, id := onecall.Get(l.VpcEndpoint, awsec2.CfnVPCEndpoint.ServiceName), onecall.Get(l.VpcEndpoint, awsec2.CfnVPCEndpoint.VpcId),
		onecall.Get(l.VpcEndpoint, awsec2.CfnVPCEndpoint.Ref)
	if c.identity.VpcEndpointID == nil {
		c.batch.Flush(name, vpc, id)
		c.identity = metrics.EndpointIdentity{ServiceName: name.Object(), VpcEndpointID: id.Object(), VpcID: vpc.Object()}
	}
	of.Resource = metrics.Endpoint(c.identity)
	of.Resource.Subnets = l.Subnets
	return of
}

// measured is the endpoint of an import, as far as its attributes say.
func (c *importedConsumer) measured(r *rules.Report) metrics.Subject {
	for _, attribute := range []struct {
		name  string
		value *string
	}{{"ServiceName", c.serviceName}, {"VpcId", c.vpcID}} {
		if attribute.value == nil {
			r.AddWithFix(rules.MetricResource, attribute.name, "set "+attribute.name+" of the import", "is unknown, and it is one of the dimensions of each metric")
		}
	}
	identity := metrics.EndpointIdentity{ServiceName: c.serviceName, VpcEndpointID: c.endpointID, VpcID: c.vpcID}
	return metrics.Subject{Resource: metrics.Endpoint(identity), Construct: c, Stack: answers.StackOf(c)}
}
