package monitoring

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alarms"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cloudwatch"
)

// Thresholds of ours. None is a limit of AWS: each is where most APIs are sick, and people tune them by name.
const (
	packetsDropped = 0   // in each of five minutes: an endpoint drops none while it is healthy
	resets         = 100 // a minute: the NLB answers late packets of idle connections so, and a busy API always has some
	errorRate      = 5   // percent
	slowSeconds    = 3
)

// alarmsOn are the alarms on a resource, with its label in their IDs and descriptions.
func alarmsOn(r metrics.Resource, minimumRequests float64) []alarms.Alarm {
	list := alarmsOfKind(r, minimumRequests)
	label := strings.ReplaceAll(r.Label, " ", "")
	first, size := utf8.DecodeRuneInString(label)
	for i := range list {
		list[i].ID = list[i].Name
		if label != "" {
			list[i].ID += string(unicode.ToUpper(first)) + label[size:]
			list[i].Description += " (" + r.Label + ")"
		}
		if r.Spare && list[i].IsPart { // the API answers without it, and without targets it has no data
			list[i].IsPart, list[i].TreatMissingData = false, alarms.NotBreaching
		}
	}
	return list
}

func alarmsOfKind(r metrics.Resource, minimumRequests float64) []alarms.Alarm {
	switch r.Kind {
	case cloudwatch.Endpoint:
		return endpointAlarms(r)
	case cloudwatch.EndpointService:
		return serviceAlarms(r)
	case cloudwatch.NetworkLoadBalancer:
		return networkAlarms(r)
	case cloudwatch.NetworkTargetGroup, cloudwatch.ApplicationTargetGroup:
		return targetGroupAlarms(r)
	case cloudwatch.ApplicationLoadBalancer:
		return applicationAlarms(r, minimumRequests)
	case cloudwatch.LatticeService:
		return latticeAlarms(r, minimumRequests)
	case cloudwatch.LatticeTargetGroup:
		return []alarms.Alarm{
			above(0, r.Metric("ConnectionErrorCount"), "ConnectionErrors", "VPC Lattice cannot connect to targets: look at their health and their security groups"),
		}
	case cloudwatch.TransitGatewayAttachment:
		return transitGatewayAlarms(r)
	case cloudwatch.Certificate:
		return []alarms.Alarm{certificateAlarm(r)}
	}
	return nil
}

// recommended is one of the two alarms that AWS recommends for PrivateLink, with a threshold of ours, which AWS leaves to everybody.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html
func recommended(r metrics.Resource, metric string, threshold float64, description string) alarms.Alarm {
	a := above(threshold, r.Metric(metric), metric, description)
	a.DatapointsToAlarm, a.TreatMissingData = 5, alarms.Missing
	return a
}

func endpointAlarms(r metrics.Resource) []alarms.Alarm {
	received := above(resets, r.Metric("RstPacketsReceived"), "RstPacketsReceived", "The API sends many resets: its targets may be unhealthy")
	received.DatapointsToAlarm = 5
	none := above(1, r.Metric("NewConnections"), "NoConnections", "No client has connected to the API")
	none.Comparison, none.TreatMissingData = alarms.Below, alarms.Breaching
	none.Period, none.EvaluationPeriods = 300, 3
	none.IsOptional = true
	return []alarms.Alarm{
		recommended(r, "PacketsDropped", packetsDropped, "The endpoint drops packets: the endpoint or the API may be unhealthy"), received, none,
	}
}

func serviceAlarms(r metrics.Resource) []alarms.Alarm {
	none := above(1, r.Metric("EndpointsCount"), "NoEndpoints", "No endpoint is connected to the API: consumers were cut off, or rejected")
	none.Comparison, none.TreatMissingData = alarms.Below, alarms.Breaching // the metric has no value of 0
	none.Period, none.EvaluationPeriods = 300, 3
	none.IsOptional = true // it would go off until the first consumer connects
	return []alarms.Alarm{
		recommended(r, "RstPacketsSent", resets, "The API sends many resets to its consumers: its targets may be unhealthy"), none,
	}
}

func networkAlarms(r metrics.Resource) []alarms.Alarm {
	resetsSent := above(resets, r.Metric("TCP_ELB_Reset_Count"), "LoadBalancerResets", "The NLB sends many resets: clients keep idle ones for longer than the NLB does")
	resetsSent.IsOptional = true // RstPacketsSent has them too
	inbound := above(0, r.Metric("SecurityGroupBlockedFlowCount_Inbound_TCP"), "BlockedInbound", "The security group of the NLB rejects connections: something reaches for the NLB past PrivateLink, or on another port")
	inbound.IsOptional = true // scanners in the VPC would set it off
	return []alarms.Alarm{
		noHealthyZone(r),
		notEverywhere(r, "ZonalHealthStatus", "UnhealthyZone", "The NLB is not healthy in every Availability Zone: consumers lose that zone"),
		above(0, r.Metric("PortAllocationErrorCount"), "PortAllocationErrors", "The NLB has no more ports for connections to a target: add targets"),
		above(0, r.Metric("SecurityGroupBlockedFlowCount_Outbound_TCP"), "BlockedOutbound", "The security group of the NLB does not let it out to its targets"),
		inbound, resetsSent,
	}
}

// nowhere is a part of the composite: it goes off when a count is 0 everywhere.
func nowhere(r metrics.Resource, metric, name, description string) alarms.Alarm {
	a := above(1, r.Metric(metric), name, description)
	a.Comparison, a.Statistic, a.IsPart = alarms.Below, "Maximum", true
	return a
}

// noHealthyZone keeps its state without data. The NLB reports 0 of a zone that is not healthy, so no data does not tell of an outage: AWS says that
// there are metrics only while requests flow, and clients that give up are not the end of one.
func noHealthyZone(r metrics.Resource) alarms.Alarm {
	a := nowhere(r, "ZonalHealthStatus", "NoHealthyZone", "The NLB is healthy in no Availability Zone, so no consumer can connect")
	a.TreatMissingData = alarms.Ignore
	return a
}

// noHealthyTarget takes no data as an outage: AWS reports the metric if there are registered targets, and has no 0 of a group without any.
func noHealthyTarget(r metrics.Resource) alarms.Alarm {
	a := nowhere(r, "HealthyHostCount", "NoHealthyTarget", "No target is healthy, or none is registered")
	a.TreatMissingData = alarms.Breaching
	return a
}

// notEverywhere goes off when a count is 0 somewhere.
func notEverywhere(r metrics.Resource, metric, name, description string) alarms.Alarm {
	a := above(1, r.Metric(metric), name, description)
	a.Comparison, a.Statistic = alarms.Below, "Minimum"
	return a
}

// targetGroupAlarms are those on the health of targets, where ELB checks it. Each node of an ALB checks all targets, so the metric's own statistic,
// the minimum, is of those that all nodes find unhealthy, as AWS recommends. A node of an NLB is a zone, and counts its own targets unless it sends
// to other zones: the minimum would hide a target as long as another zone has none.
func targetGroupAlarms(r metrics.Resource) []alarms.Alarm {
	if r.Unchecked {
		return nil
	}
	unhealthy := above(0, r.Metric("UnHealthyHostCount"), "UnhealthyTarget", "A target fails its health checks")
	if r.Kind == cloudwatch.NetworkTargetGroup {
		unhealthy.Statistic = "Maximum"
	}
	return []alarms.Alarm{noHealthyTarget(r), unhealthy}
}

func applicationAlarms(r metrics.Resource, minimum float64) []alarms.Alarm {
	// RequestCount has no requests for which the ALB found no target, so those that it answered itself are added: without that, an ALB without
	// any target would have errors of no requests.
	own := rate("FILL(m2, 0) + FILL(m1, 0)", minimum, r.Metric("HTTPCode_ELB_5XX_Count"), r.Metric("RequestCount"),
		"LoadBalancerErrors", "The ALB answers requests with errors of its own (5xx): it has no healthy target, or they do not answer in time")
	own.IsPart = true
	return []alarms.Alarm{
		own,
		rate("FILL(m2, 0)", minimum, r.Metric("HTTPCode_Target_5XX_Count"), r.Metric("RequestCount"), "TargetErrors", "Targets answer requests with errors (5xx)"),
		slow(above(slowSeconds, r.Metric("TargetResponseTime"), "SlowResponses", "1 % of responses take longer than the threshold, in seconds")),
		above(0, r.Metric("RejectedConnectionCount"), "RejectedConnections", "The ALB has reached its most connections, and rejects others"),
	}
}

func latticeAlarms(r metrics.Resource, minimum float64) []alarms.Alarm {
	return []alarms.Alarm{
		rate("FILL(m2, 0)", minimum, r.Metric("HTTPCode_5XX_Count"), r.Metric("TotalRequestCount"), "ServerErrors", "Targets or VPC Lattice answer requests with errors (5xx)"),
		slow(above(slowSeconds*1000, r.Metric("RequestTime"), "SlowResponses", "1 % of responses take longer than the threshold, in milliseconds")),
	}
}

func transitGatewayAlarms(r metrics.Resource) []alarms.Alarm {
	a := above(0, r.Metric("PacketDropCountNoRoute"), "PacketDrops", "The transit gateway drops packets that it has no route for, or that a blackhole route takes")
	a.Expression, a.Others = "m1 + m2", []metrics.Metric{r.Metric("PacketDropCountBlackhole")}
	return []alarms.Alarm{a}
}

// certificateAlarm is the one that AWS recommends.
func certificateAlarm(r metrics.Resource) alarms.Alarm {
	return alarms.Alarm{
		Name: "DaysToExpiry", Description: "A certificate expires soon: ACM renews 60 days before, so something keeps it from that", Metric: r.Metric("DaysToExpiry"),
		Comparison: alarms.AtMost, Threshold: 44, Period: 86_400, EvaluationPeriods: 1, DatapointsToAlarm: 1, TreatMissingData: alarms.Breaching,
	}
}

// above goes off when a metric is above a threshold in three of five minutes. No data is no problem.
func above(threshold float64, metric metrics.Metric, name, description string) alarms.Alarm {
	return alarms.Alarm{
		Name: name, Description: description, Metric: metric, Comparison: alarms.Above, Threshold: threshold,
		Period: 60, EvaluationPeriods: 5, DatapointsToAlarm: 3, TreatMissingData: alarms.NotBreaching,
	}
}

// slow takes five minutes of five: a percentile of few responses jumps.
func slow(a alarms.Alarm) alarms.Alarm {
	a.DatapointsToAlarm = 5
	return a
}

// rate goes off when errors are too many percent of requests, of which a period has the minimum. Both metrics have no value for none.
func rate(requests string, minimum float64, errors, total metrics.Metric, name, description string) alarms.Alarm {
	a := above(errorRate, errors, name, description)
	a.Others = []metrics.Metric{total}
	a.Expression = fmt.Sprintf("IF(%[1]s >= %[2]s, 100 * FILL(m1, 0) / (%[1]s), 0)", requests, strconv.FormatFloat(minimum, 'f', -1, 64))
	return a
}
