package cloudwatch

const latticeSource = "https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-cloudwatch.html"

// LatticeService is a service of VPC Lattice. Each metric begins with the first request; from then on it is zero without traffic.
var LatticeService = &Resource{
	Name: "a service of VPC Lattice", Namespace: "AWS/VpcLattice", Dimensions: []string{"Service"}, By: byZone, Source: latticeSource,
	Metrics: list(
		sparse("Sum", "HTTPCode_2XX_Count", "HTTPCode_3XX_Count", "HTTPCode_4XX_Count", "HTTPCode_5XX_Count",
			"HTTPCode_VpcLattice_400_Count", "HTTPCode_VpcLattice_403_Count", "HTTPCode_VpcLattice_404_Count", "HTTPCode_VpcLattice_429_Count",
			"HTTPCode_VpcLattice_500_Count", "HTTPCode_VpcLattice_502_Count", "HTTPCode_VpcLattice_504_Count",
			"RequestTimeoutCount", "TotalRequestCount"),
		sparse("p99", "RequestTime"),
	),
}

// LatticeTargetGroup is a target group of VPC Lattice.
var LatticeTargetGroup = &Resource{
	Name: "a target group of VPC Lattice", Namespace: "AWS/VpcLattice", Dimensions: []string{"TargetGroup"}, By: byZone, Source: latticeSource,
	Metrics: list(
		sparse("Sum", "ActiveConnectionCount", "ActiveRequestCount", "ConnectionErrorCount", "ConnectionTimeoutCount",
			"HTTP1_ConnectionCount", "HTTP2_ConnectionCount",
			"HTTPCode_2XX_Count", "HTTPCode_3XX_Count", "HTTPCode_4XX_Count", "HTTPCode_5XX_Count",
			"TLSConnectionErrorCount", "TotalConnectionCount", "TotalReceivedConnectionBytes", "TotalRequestCount", "TotalSentConnectionBytes",
			"TotalTLSConnectionHandshakeCount"),
		sparse("p99", "RequestTime"),
	),
}
