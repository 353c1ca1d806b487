package cloudwatch

// WebACL is a Regional web ACL. Its dimensions are the MetricName of its visibility configuration, the Region, and a rule: the MetricName of
// one, or ALL.
var WebACL = &Resource{
	Name: "a web ACL", Namespace: "AWS/WAFV2", Dimensions: []string{"Region", "Rule", "WebACL"}, Chosen: "Rule", By: whole,
	Source:  "https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html",
	Metrics: list(sparse("Sum", "AllowedRequests", "BlockedRequests", "CaptchaRequests", "ChallengeRequests", "CountedRequests")),
}

// Certificate is a certificate of ACM.
var Certificate = &Resource{
	Name: "a certificate", Namespace: "AWS/CertificateManager", Dimensions: []string{"CertificateArn"}, By: whole,
	Source:  "https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html",
	Metrics: []Metric{{Name: "DaysToExpiry", Statistic: "Minimum", Period: 86400}},
}

// Function is a Lambda function.
var Function = &Resource{
	Name: "a Lambda function", Namespace: "AWS/Lambda", Dimensions: []string{"FunctionName"}, By: whole,
	Source:  "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html",
	Metrics: list(sparse("Sum", "Errors", "Invocations", "Throttles"), sparse("p99", "Duration"), sparse("Maximum", "ConcurrentExecutions")),
}

// Scheduler is EventBridge Scheduler in an account and a Region: all its schedules.
var Scheduler = &Resource{
	Name: "EventBridge Scheduler", Namespace: "AWS/Scheduler", By: whole,
	Source: "https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html",
	Metrics: list(sparse("Sum", "InvocationAttemptCount", "InvocationDroppedCount", "InvocationThrottleCount",
		"TargetErrorCount", "TargetErrorThrottledCount")),
}

// Acceptor is an acceptor of connections, which writes its metrics itself: at the end of each run, so as often as it runs.
var Acceptor = &Resource{
	Name: "an acceptor", Namespace: "PrivateApi", Dimensions: []string{"ServiceId"}, By: whole,
	Source: "https://pkg.go.dev/github.com/cdk-private-api/cdk-private-api-go/constructs/acceptance",
	Metrics: []Metric{
		{Name: "Accepted", Statistic: "Sum", Period: 300},
		{Name: "Failed", Statistic: "Sum", Period: 300},
		{Name: "OldestWaiting", Statistic: "Maximum", Period: 300}, // in seconds
		{Name: "Rejected", Statistic: "Sum", Period: 300},
		{Name: "Waiting", Statistic: "Maximum", Period: 300},
	},
}

// Resources returns all kinds of resources, in the order of a request's path.
func Resources() []*Resource {
	return []*Resource{
		Endpoint, EndpointService, NetworkLoadBalancer, NetworkTargetGroup, ApplicationLoadBalancer, ApplicationTargetGroup,
		LatticeService, LatticeTargetGroup, TransitGateway, TransitGatewayAttachment, WebACL, Certificate, Function, Scheduler, Acceptor,
	}
}
