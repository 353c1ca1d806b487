// Package metrics makes CloudWatch metrics of the resources on the way to a private API: the resources with their identity, over the list of
// package cloudwatch.
//
//	metrics.EndpointService(serviceID).Metric("RstPacketsSent").ByZone(zone)
//
// A [Metric] is a value, for L1 alarms and bodies of dashboards; it takes no call to CDK. [Define] makes one that CDK knows, for the Metric
// methods of constructs, and refuses what AWS does not publish.
package metrics
