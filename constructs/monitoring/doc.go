// Package monitoring shows how an API and its consumers do: alarms, dashboards, logs and saved queries, for either side. Nothing is created
// unless a construct of this package is, and each says what it costs a month.
//
// The metrics themselves are methods of what they measure, such as MetricEndpointsCount of a provider.
package monitoring
