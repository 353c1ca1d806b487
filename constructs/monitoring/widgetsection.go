package monitoring

import (
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cloudwatch"
)

// section is what a dashboard shows of a kind of resource.
type section struct {
	kind   *cloudwatch.Resource
	hop    string // in the heading; empty for what is not on the path of a request
	title  string
	graphs []graphOf
}

// graphOf is a graph of some metrics of a resource.
type graphOf struct {
	title string
	width int
	lines []lineOf
}

// lineOf is a metric as a line.
type lineOf struct {
	name  string
	label string // empty for the label of the consumer, which suffices where a graph has one metric
	stat  string // empty for that of the catalogue
	by    breakdown
}

// breakdown is what a line is broken down by.
type breakdown int

const (
	byNothing breakdown = iota
	byConsumer
	byTargetGroup
)

// sections are those of all kinds of resources, in the order of a request's path, and then what the path rests on.
var sections = []section{
	{cloudwatch.Endpoint, "endpoint", "Client to endpoint, in the account of the consumer", []graphOf{
		{"New connections", 8, []lineOf{{name: "NewConnections"}}},
		{"Active connections", 8, []lineOf{{name: "ActiveConnections"}}},
		{"Bytes processed", 8, []lineOf{{name: "BytesProcessed"}}},
		{"Packets dropped", 12, []lineOf{{name: "PacketsDropped"}}},
		{"RST packets received from the service", 12, []lineOf{{name: "RstPacketsReceived"}}},
	}},
	{cloudwatch.TransitGatewayAttachment, "transit gateway", "Network to the provider", []graphOf{
		{"Bytes", 12, []lineOf{{name: "BytesIn", label: "in"}, {name: "BytesOut", label: "out"}}},
		{"Packets dropped", 12, []lineOf{{name: "PacketDropCountNoRoute", label: "no route"}, {name: "PacketDropCountBlackhole", label: "blackhole"}}},
	}},
	{cloudwatch.EndpointService, "endpoint service", "Endpoint service", []graphOf{
		{"Connected endpoints", 8, []lineOf{{name: "EndpointsCount", label: "endpoints"}}},
		{"New connections", 8, []lineOf{{name: "NewConnections", label: "all", by: byConsumer}}},
		{"Active connections", 8, []lineOf{{name: "ActiveConnections", label: "all", by: byConsumer}}},
		{"Bytes processed", 12, []lineOf{{name: "BytesProcessed", label: "all", by: byConsumer}}},
		{"RST packets sent", 12, []lineOf{{name: "RstPacketsSent", label: "all", by: byConsumer}}},
	}},
	{cloudwatch.NetworkLoadBalancer, "NLB", "Network Load Balancer", []graphOf{
		{"Flows", 8, []lineOf{{name: "NewFlowCount", label: "new"}, {name: "ActiveFlowCount", label: "active"}}},
		{"Resets", 8, []lineOf{
			{name: "TCP_Client_Reset_Count", label: "by clients"}, {name: "TCP_Target_Reset_Count", label: "by targets"}, {name: "TCP_ELB_Reset_Count", label: "by the NLB"},
		}},
		{"Rejected", 8, []lineOf{
			{name: "RejectedFlowCount_TCP", label: "flows"},
			{name: "PortAllocationErrorCount", label: "no port left"},
			{name: "SecurityGroupBlockedFlowCount_Inbound_TCP", label: "by inbound rules"},
			{name: "SecurityGroupBlockedFlowCount_Outbound_TCP", label: "by outbound rules"},
		}},
	}},
	{cloudwatch.NetworkTargetGroup, "targets", "Targets", []graphOf{
		{"Healthy targets", 12, []lineOf{{name: "HealthyHostCount", by: byTargetGroup}}},
		{"Unhealthy targets", 12, []lineOf{{name: "UnHealthyHostCount", by: byTargetGroup}}},
	}},
	{cloudwatch.WebACL, "", "Web ACL", []graphOf{
		{"Requests", 24, []lineOf{{name: "AllowedRequests", label: "allowed"}, {name: "BlockedRequests", label: "blocked"}}},
	}},
	{cloudwatch.ApplicationLoadBalancer, "ALB", "Application Load Balancer", []graphOf{
		{"Requests", 8, []lineOf{{name: "RequestCount", label: "requests"}}},
		{"Responses of the ALB itself", 8, []lineOf{{name: "HTTPCode_ELB_4XX_Count", label: "4XX"}, {name: "HTTPCode_ELB_5XX_Count", label: "5XX"}}},
		{"Connections", 8, []lineOf{
			{name: "NewConnectionCount", label: "new"}, {name: "RejectedConnectionCount", label: "rejected"}, {name: "ClientTLSNegotiationErrorCount", label: "TLS failed"},
		}},
		{"Responses of targets", 8, []lineOf{
			{name: "HTTPCode_Target_2XX_Count", label: "2XX"}, {name: "HTTPCode_Target_4XX_Count", label: "4XX"}, {name: "HTTPCode_Target_5XX_Count", label: "5XX"},
		}},
		{"Response time of targets, in seconds", 8, []lineOf{
			{name: "TargetResponseTime", label: "p50", stat: "p50"}, {name: "TargetResponseTime", label: "p99", stat: "p99"},
		}},
		{"Connections to targets that failed", 8, []lineOf{{name: "TargetConnectionErrorCount", label: "errors"}}},
	}},
	{cloudwatch.ApplicationTargetGroup, "targets", "Targets", []graphOf{
		{"Healthy targets", 12, []lineOf{{name: "HealthyHostCount", by: byTargetGroup}}},
		{"Unhealthy targets", 12, []lineOf{{name: "UnHealthyHostCount", by: byTargetGroup}}},
	}},
	{cloudwatch.LatticeService, "VPC Lattice", "Service of VPC Lattice", []graphOf{
		{"Requests", 8, []lineOf{{name: "TotalRequestCount", label: "requests"}}},
		{"Responses", 8, []lineOf{
			{name: "HTTPCode_2XX_Count", label: "2XX"}, {name: "HTTPCode_4XX_Count", label: "4XX"}, {name: "HTTPCode_5XX_Count", label: "5XX"},
		}},
		{"Request time, in milliseconds", 8, []lineOf{{name: "RequestTime", label: "p50", stat: "p50"}, {name: "RequestTime", label: "p99", stat: "p99"}}},
		{"Responses of VPC Lattice itself", 12, []lineOf{
			{name: "HTTPCode_VpcLattice_403_Count", label: "403"},
			{name: "HTTPCode_VpcLattice_404_Count", label: "404"},
			{name: "HTTPCode_VpcLattice_502_Count", label: "502"},
			{name: "HTTPCode_VpcLattice_504_Count", label: "504"},
		}},
		{"Requests that timed out", 12, []lineOf{{name: "RequestTimeoutCount", label: "timed out"}}},
	}},
	{cloudwatch.LatticeTargetGroup, "targets", "Targets", []graphOf{
		{"Requests", 8, []lineOf{{name: "TotalRequestCount"}}},
		{"Responses 5XX", 8, []lineOf{{name: "HTTPCode_5XX_Count"}}},
		{"Connections that failed", 8, []lineOf{{name: "ConnectionErrorCount", label: "errors"}, {name: "ConnectionTimeoutCount", label: "timeouts"}}},
	}},
	{cloudwatch.Acceptor, "", "Acceptance of connections", []graphOf{
		{"Waiting", 8, []lineOf{{name: "Waiting", label: "connections"}}},
		{"Longest wait, in seconds", 8, []lineOf{{name: "OldestWaiting", label: "oldest"}}},
		{"Decisions", 8, []lineOf{{name: "Accepted", label: "accepted"}, {name: "Rejected", label: "rejected"}, {name: "Failed", label: "failed"}}},
	}},
	{cloudwatch.Certificate, "", "Certificates", []graphOf{
		{"Days to expiry", 24, []lineOf{{name: "DaysToExpiry"}}},
	}},
}

// subject is a resource with the label of its lines and where its metrics are. Subjects of one kind share the graphs of a section.
type subject struct {
	resource metrics.Resource
	label    string
	place    place
}

// consumerLine is a consumer as the endpoint service tells it apart.
type consumerLine struct {
	label      string
	endpointID *string
}

// widgetsOf returns the sections of subjects, in the order of a request's path.
func widgetsOf(subjects []subject, consumers []consumerLine, region string) (widgets []widget) {
	for _, s := range sections {
		var own []subject
		for _, subject := range subjects {
			if subject.resource.Kind == s.kind {
				own = append(own, subject)
			}
		}
		if len(own) == 0 {
			continue
		}
		widgets = append(widgets, text("## "+s.title, 1))
		for _, g := range s.graphs {
			var lines []line
			for _, subject := range own {
				for _, l := range g.lines {
					lines = append(lines, l.of(subject, consumers)...)
				}
			}
			widgets = append(widgets, graph(g.title, region, g.width, lines))
		}
	}
	return widgets
}

// of returns the lines of a metric of a resource.
func (l lineOf) of(s subject, consumers []consumerLine) []line {
	m := s.resource.Metric(l.name)
	if l.stat != "" {
		m.Statistic = l.stat
	}
	if l.by == byTargetGroup {
		return []line{{m, "${PROP('Dim.TargetGroup')}", s.place}}
	}
	lines := []line{{m, l.labelOf(s), s.place}}
	if l.by != byConsumer {
		return lines
	}
	if len(consumers) == 0 {
		return append(lines, line{m.ByEndpoint(nil), "${PROP('Dim.VPC Endpoint Id')}", s.place})
	}
	for _, c := range consumers {
		lines = append(lines, line{m.ByEndpoint(c.endpointID), c.label, s.place})
	}
	return lines
}

// labelOf joins the label of a subject, such as a consumer, and that of the line.
func (l lineOf) labelOf(s subject) string {
	switch {
	case s.label == "":
		return l.label
	case l.label == "":
		return s.label
	}
	return s.label + ": " + l.label
}
