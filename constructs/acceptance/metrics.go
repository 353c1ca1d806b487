package acceptance

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
)

// Metrics are the metrics that an acceptor writes at the end of each run, in the namespace PrivateApi of its account and Region. They are custom
// metrics: five, which cost about $0.30 a month each. A run that fails writes none.
//
// Nothing narrows them: the DimensionsMap of the options is refused. The metrics of the function are those of CDK.
type Metrics interface {
	// Metric returns a metric by its name. It panics if acceptors write none of that name.
	Metric(name *string, options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricAccepted returns how many connections were accepted: the sum over five minutes.
	MetricAccepted(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricFailed returns how many connections EC2 did not accept or reject: the sum over five minutes, in which each run counts them again.
	MetricFailed(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricOldestWaiting returns for how long the oldest connection has waited for somebody to accept or reject it, in seconds: the maximum over
	// five minutes. It is 0 while none waits.
	MetricOldestWaiting(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricRejected returns how many connections were rejected: the sum over five minutes.
	MetricRejected(options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricWaiting returns how many connections wait, because their account is not listed or has expired: the maximum over five minutes.
	MetricWaiting(options *awscloudwatch.MetricOptions) awscloudwatch.Metric
}

func (a *acceptor) Metric(name *string, options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return metrics.Define(metrics.Subject{Resource: metrics.Acceptor(&a.plan.serviceID), Construct: a, Stack: a.plan.stack}, name, options)
}

func (a *acceptor) MetricAccepted(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return a.Metric(jsii.String("Accepted"), options)
}

func (a *acceptor) MetricFailed(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return a.Metric(jsii.String("Failed"), options)
}

func (a *acceptor) MetricOldestWaiting(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return a.Metric(jsii.String("OldestWaiting"), options)
}

func (a *acceptor) MetricRejected(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return a.Metric(jsii.String("Rejected"), options)
}

func (a *acceptor) MetricWaiting(options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	return a.Metric(jsii.String("Waiting"), options)
}
