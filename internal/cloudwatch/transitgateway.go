package cloudwatch

const transitGatewaySource = "https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-cloudwatch-metrics.html"

// TransitGateway is a transit gateway; its metrics are in the account of its owner.
var TransitGateway = &Resource{
	Name: "a transit gateway", Namespace: "AWS/TransitGateway", Dimensions: []string{"TransitGateway"}, By: byZone,
	Source: transitGatewaySource, Metrics: transitGatewayMetrics(),
}

// TransitGatewayAttachment is an attachment to a transit gateway; its metrics are in the account of its owner, and in that of the gateway's. The
// page names TransitGatewayAttachment alone, but the metrics have both dimensions, or no data:
// https://github.com/prometheus-community/yet-another-cloudwatch-exporter/pull/407. Under which AWS publishes a zone of one is unknown.
var TransitGatewayAttachment = &Resource{
	Name: "an attachment to a transit gateway", Namespace: "AWS/TransitGateway", Dimensions: []string{"TransitGateway", "TransitGatewayAttachment"}, By: whole,
	Source: transitGatewaySource, Metrics: transitGatewayMetrics(),
}

func transitGatewayMetrics() []Metric {
	return list(always("Sum", "BytesDropCountBlackhole", "BytesDropCountNoPolicy", "BytesDropCountNoRoute", "BytesIn", "BytesOut",
		"PacketDropCountBlackhole", "PacketDropCountNoPolicy", "PacketDropCountNoRoute", "PacketDropCountTTLExpired", "PacketsIn", "PacketsOut"))
}
