package cloudwatch

const (
	networkSource     = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html"
	applicationSource = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html"
)

// NetworkLoadBalancer is an NLB.
var NetworkLoadBalancer = &Resource{
	Name: "an NLB", Namespace: "AWS/NetworkELB", Dimensions: []string{"LoadBalancer"}, By: byZone, Source: networkSource,
	Metrics: list(
		always("Average", "ActiveFlowCount"),
		sparse("Average", "ActiveFlowCount_TCP", "ActiveFlowCount_TLS", "ActiveFlowCount_UDP"),
		always("Sum", "NewFlowCount", "PortAllocationErrorCount", "ProcessedBytes", "ProcessedPackets",
			"TCP_Client_Reset_Count", "TCP_ELB_Reset_Count", "TCP_Target_Reset_Count"),
		sparse("Sum", "NewFlowCount_TCP", "NewFlowCount_TLS", "NewFlowCount_UDP", "ProcessedBytes_TCP", "ProcessedBytes_TLS", "ProcessedBytes_UDP",
			"RejectedFlowCount_TCP",
			"SecurityGroupBlockedFlowCount_Inbound_ICMP", "SecurityGroupBlockedFlowCount_Inbound_TCP", "SecurityGroupBlockedFlowCount_Inbound_UDP",
			"SecurityGroupBlockedFlowCount_Outbound_ICMP", "SecurityGroupBlockedFlowCount_Outbound_TCP", "SecurityGroupBlockedFlowCount_Outbound_UDP"),
		always("Maximum", "PeakBytesPerSecond", "PeakPacketsPerSecond", "RejectedFlowCount"),
		always("Minimum", "ZonalHealthStatus"),
		minutely("Sum", false, whole, "ConsumedLCUs"),
		minutely("Sum", true, whole, "ClientTLSNegotiationErrorCount", "ConsumedLCUs_TCP", "ConsumedLCUs_TLS", "ConsumedLCUs_UDP",
			"TargetTLSNegotiationErrorCount"),
	),
}

// NetworkTargetGroup is a target group of an NLB, of targets that are no ALB: AWS publishes no counts of hosts for an ALB that is a target, and
// an alarm on HealthyHostCount of such a group never has data. The target groups of the ALB have them.
var NetworkTargetGroup = &Resource{
	Name: "a target group of an NLB", Namespace: "AWS/NetworkELB", Dimensions: []string{"LoadBalancer", "TargetGroup"}, By: byZone, Source: networkSource,
	Metrics: list(
		sparse("Maximum", "HealthyHostCount"), // of several nodes, which may see a target differently for a while
		sparse("Minimum", "UnHealthyHostCount"),
	),
}

// ApplicationLoadBalancer is an ALB.
var ApplicationLoadBalancer = &Resource{
	Name: "an ALB", Namespace: "AWS/ApplicationELB", Dimensions: []string{"LoadBalancer"}, By: byZone, Source: applicationSource,
	Metrics: list(
		sparse("Sum", "ActiveConnectionCount", "ClientTLSNegotiationErrorCount", "DesyncMitigationMode_NonCompliant_Request_Count",
			"HTTP_Fixed_Response_Count", "HTTP_Redirect_Count", "HTTP_Redirect_Url_Limit_Exceeded_Count",
			"HTTPCode_ELB_3XX_Count", "HTTPCode_ELB_4XX_Count", "HTTPCode_ELB_5XX_Count",
			"HTTPCode_ELB_500_Count", "HTTPCode_ELB_502_Count", "HTTPCode_ELB_503_Count", "HTTPCode_ELB_504_Count",
			"HTTPCode_Target_2XX_Count", "HTTPCode_Target_3XX_Count", "HTTPCode_Target_4XX_Count", "HTTPCode_Target_5XX_Count",
			"IPv6ProcessedBytes", "IPv6RequestCount", "LowReputationPacketsDropped", "LowReputationRequestsDenied",
			"NewConnectionCount", "ProcessedBytes", "RejectedConnectionCount", "RequestCount",
			"TargetConnectionErrorCount", "TargetTLSNegotiationErrorCount"),
		sparse("p99", "TargetResponseTime"),
		minutely("Sum", true, whole, "RuleEvaluations"),
		minutely("Sum", false, whole, "ConsumedLCUs"),
		minutely("Maximum", false, whole, "CapacityUtilization"),
		minutely("Sum", true, [][]string{{"AvailabilityZone"}}, "DroppedInvalidHeaderRequestCount"),
		minutely("Sum", false, [][]string{{"AvailabilityZone"}}, "ForwardedInvalidHeaderRequestCount"),
	),
}

// ApplicationTargetGroup is a target group of an ALB.
var ApplicationTargetGroup = &Resource{
	Name: "a target group of an ALB", Namespace: "AWS/ApplicationELB", Dimensions: []string{"LoadBalancer", "TargetGroup"}, By: byZone, Source: applicationSource,
	Metrics: list(
		sparse("Maximum", "HealthyHostCount"), // reported if there are registered targets, as is the next
		sparse("Minimum", "UnHealthyHostCount"),
		always("Maximum", "AnomalousHostCount", "HealthyStateDNS", "HealthyStateRouting", "MitigatedHostCount"),
		always("Minimum", "UnhealthyStateDNS", "UnhealthyStateRouting"),
		always("Sum", "RequestCountPerTarget"),
		sparse("Sum", "HTTPCode_Target_2XX_Count", "HTTPCode_Target_3XX_Count", "HTTPCode_Target_4XX_Count", "HTTPCode_Target_5XX_Count",
			"RequestCount", "TargetConnectionErrorCount", "TargetTLSNegotiationErrorCount", "UnhealthyRoutingRequestCount"),
		sparse("p99", "TargetResponseTime"),
	),
}
