package cloudwatch

const privateLinkSource = "https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-cloudwatch-metrics.html"

// Endpoint is an interface endpoint. AWS publishes nothing of one in another Region than its service.
var Endpoint = &Resource{
	Name: "an interface endpoint", Namespace: "AWS/PrivateLinkEndpoints",
	Dimensions: []string{"Endpoint Type", "Service Name", "VPC Endpoint Id", "VPC Id"},
	By:         [][]string{{}, {"Subnet Id"}},
	Source:     privateLinkSource,
	Metrics: list(
		sparse("Average", "ActiveConnections"),
		sparse("Sum", "BytesProcessed", "NewConnections", "PacketsDropped", "RstPacketsReceived"),
	),
}

// EndpointService is an endpoint service.
var EndpointService = &Resource{
	Name: "an endpoint service", Namespace: "AWS/PrivateLinkServices",
	Dimensions: []string{"Service Id"},
	By:         [][]string{{}, {"Az"}, {"Load Balancer Arn"}, {"Az", "Load Balancer Arn"}, {"VPC Endpoint Id"}},
	Source:     privateLinkSource,
	Metrics: list(
		sparse("Average", "ActiveConnections"),
		sparse("Sum", "BytesProcessed", "NewConnections", "RstPacketsSent"),
		[]Metric{{Name: "EndpointsCount", Statistic: "Maximum", Period: 300, Sparse: true, By: whole}}, // absent while there is none
	),
}
