package transitgateway

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
)

// GatewayMetrics are the metrics of a transit gateway, in the account of its owner, or of an attachment, in the account of the owner of either. AWS
// publishes them each minute, whether there is traffic or not.
//
// The DimensionsMap of the options narrows those of a gateway by AvailabilityZone. Other dimensions are refused: use the spoke for its
// attachment.
//
// See https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-cloudwatch-metrics.html
type GatewayMetrics interface {
	// Metric returns a metric by its name. It panics if AWS publishes none of that name.
	Metric(name *string, options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricBytesIn returns how many bytes the gateway received: the sum over one minute.
	MetricBytesIn(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricBytesOut returns how many bytes the gateway sent: the sum over one minute.
	MetricBytesOut(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricPacketDropCountBlackhole returns how many packets the gateway dropped because their route is a black hole: the sum over one minute.
	MetricPacketDropCountBlackhole(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricPacketDropCountNoRoute returns how many packets the gateway dropped because no route takes them, such as those from one segment to
	// another that it does not reach: the sum over one minute.
	MetricPacketDropCountNoRoute(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricResources returns what CloudWatch measures, for package monitoring.
	MetricResources() []metrics.Resource
}

// gatewayMetrics implements [GatewayMetrics].
type gatewayMetrics struct {
	of func() metrics.Subject
}

func (m gatewayMetrics) Metric(name *string, options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return metrics.Define(m.of(), name, options)
}

func (m gatewayMetrics) MetricBytesIn(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return m.Metric(jsii.String("BytesIn"), options)
}

func (m gatewayMetrics) MetricBytesOut(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return m.Metric(jsii.String("BytesOut"), options)
}

func (m gatewayMetrics) MetricPacketDropCountBlackhole(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return m.Metric(jsii.String("PacketDropCountBlackhole"), options)
}

func (m gatewayMetrics) MetricPacketDropCountNoRoute(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return m.Metric(jsii.String("PacketDropCountNoRoute"), options)
}

func (m gatewayMetrics) MetricResources() []metrics.Resource {
	return []metrics.Resource{m.of().Resource}
}

func (h *hub) measured() metrics.Subject {
	return metrics.Subject{Resource: metrics.TransitGateway(h.TransitGatewayId()), Construct: h, Stack: h.known.home}
}

func (h *importedHub) measured() metrics.Subject {
	return metrics.Subject{Resource: metrics.TransitGateway(h.TransitGatewayId()), Construct: h, Stack: answers.StackOf(h)}
}

func (s *spoke) measured() metrics.Subject {
	return metrics.Subject{Resource: s.known.attachment(s.TransitGatewayAttachmentId()), Construct: s, Stack: answers.StackOf(s)}
}

func (s *importedSpoke) measured() metrics.Subject {
	return metrics.Subject{Resource: s.known.attachment(s.TransitGatewayAttachmentId()), Construct: s, Stack: answers.StackOf(s)}
}

// attachment is what CloudWatch measures of an attachment to the hub.
func (s *spokeFacts) attachment(id *string) metrics.Resource {
	return metrics.TransitGatewayAttachment(s.hub.id.Object(), id)
}
