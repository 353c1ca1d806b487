// Package cloudwatch lists what CloudWatch has of the resources on the way to a private API: names of metrics, the sets of dimensions under
// which AWS publishes each, and the statistic and period that fit. CloudWatch accepts any name and any dimensions, and an alarm on a metric
// that nobody publishes stays silent, so the list is checked before anything is defined.
//
// The lists are AWS's pages, named in [Resource.Source]; package metricstest holds them against a list of its own.
package cloudwatch
