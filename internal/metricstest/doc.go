// Package metricstest holds alarms and dashboards against what AWS publishes in CloudWatch: published.json, copied from AWS's pages by hand, each
// with its address and date, and what could not be verified. It is apart from package cloudwatch, which constructs use, so that one shows what the
// other has wrong.
package metricstest
