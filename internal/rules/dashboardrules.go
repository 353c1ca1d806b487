package rules

import (
	"regexp"
	"strings"
	"time"
	"unicode"
)

const (
	dashboardAPI    = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/"
	cloudWatchGuide = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/"
	dashboardBody   = dashboardAPI + "CloudWatch-Dashboard-Body-Structure.html"
)

const (
	// MaxWidgetMetrics is how many metrics a widget can have.
	MaxWidgetMetrics = 500
	// MaxDashboardMetrics is how many metrics all widgets of a dashboard can have.
	MaxDashboardMetrics = 2500
	// MaxWidgetAlarms is how many alarms an alarm status widget can have.
	MaxWidgetAlarms = 100
)

// The rules of dashboards.
var (
	DashboardEmpty = Rule{
		ID: "privateapi:dashboardEmpty", Severity: Error,
		Summary: "A dashboard shows a provider, consumers or both.",
		AWS:     "accepts a dashboard without widgets, and bills it",
		Fix:     "set Provider or Consumers",
		Source:  dashboardBody,
	}
	DashboardName = Rule{
		ID: "privateapi:dashboardName", Severity: Error,
		Summary: "The name of a dashboard has 1 to 255 letters, digits, hyphens and underscores.",
		AWS:     "InvalidParameterInput: the value for field DashboardName contains invalid characters",
		Fix:     "leave other characters out, or leave DashboardName out",
		Source:  dashboardAPI + "API_PutDashboard.html",
	}
	DashboardTime = Rule{
		ID: "privateapi:dashboardTime", Severity: Error,
		Summary: "A dashboard has a relative Start, or an absolute Start with an absolute End.",
		AWS:     "InvalidParameterInput: the dashboard body is invalid",
		Fix:     "write Start like -PT6H, or Start and End like 2027-01-31T00:00:00.000Z",
		Source:  dashboardBody,
	}
	DashboardService = Rule{
		ID: "privateapi:dashboardService", Severity: Error,
		Summary: "A dashboard shows services of which it knows the resources.",
		AWS:     "publishes the metrics of a service in the account of its owner, by the IDs of its resources",
		Fix:     "use the construct that defines the API, or describe it by the IDs of its resources, such as ServiceId",
		Source:  privateLink + "privatelink-cloudwatch-metrics.html",
	}
	DashboardConsumer = Rule{
		ID: "privateapi:dashboardConsumer", Severity: Error,
		Summary: "A dashboard shows consumers that AWS measures: by an interface endpoint, or by an attachment to a transit gateway.",
		AWS:     "publishes no metrics on the side of other consumers: VPC Lattice and load balancers measure in the account of the provider",
		Fix:     "leave the consumer out, and show the provider; over a transit gateway, set Spoke",
		Source:  privateLink + "privatelink-cloudwatch-metrics.html",
	}
	DashboardResource = Rule{
		ID: "privateapi:dashboardResource", Severity: Error,
		Summary: "A dashboard names resources in the form of the dimensions of their metrics.",
		AWS:     "shows an empty graph: no metric has the dimension",
		Fix:     "use the form of the dimension, such as vpce-svc-0123456789abcdef0, net/name/0123456789abcdef or app/name/0123456789abcdef",
		Source:  privateLink + "privatelink-cloudwatch-metrics.html",
	}
	DashboardLabel = Rule{
		ID: "privateapi:dashboardLabel", Severity: Error,
		Summary: "Each consumer of a dashboard has a label of its own that is known at synthesis.",
		AWS:     "shows two lines of the same name; a label that CloudFormation writes could end the text of the body",
		Fix:     "use a name without control characters that no other consumer has",
		Source:  dashboardBody,
	}
	DashboardPlace = Rule{
		ID: "privateapi:dashboardPlace", Severity: Error,
		Summary: "A dashboard refers to constructs of its own stage, account and Region.",
		AWS:     "is not involved: CDK exports no value to another account, stage or app, and to another Region only on request",
		Fix:     "describe the other side by its IDs, its Account and its Region",
		Source:  cloudWatchGuide + "CloudWatch-Unified-Cross-Account.html",
	}
	DashboardStack = Rule{
		ID: "privateapi:dashboardStack", Severity: Error,
		Summary: "A dashboard of both ends is not in the stack of the provider, unless the consumers are.",
		AWS:     "is not involved: CDK allows no cycle of stacks, and the stack of a consumer needs that of the provider",
		Fix:     "define the dashboard in a stack of its own",
		Source:  "https://docs.aws.amazon.com/cdk/v2/guide/stacks.html",
	}
	DashboardSize = Rule{
		ID: "privateapi:dashboardSize", Severity: Error,
		Summary: "A dashboard has at most 500 metrics in a widget, and 2,500 in all.",
		AWS:     "rejects the body, or leaves lines out of the graph",
		Fix:     "define a dashboard for each part of the consumers",
		Source:  cloudWatchGuide + "cloudwatch_limits.html",
	}
)

// Dashboards returns the rules that dashboards enforce, besides those of [All].
func Dashboards() []Rule {
	return []Rule{
		DashboardEmpty, DashboardName, DashboardTime, DashboardService, DashboardConsumer, DashboardResource, DashboardLabel, DashboardPlace,
		DashboardStack, DashboardSize,
	}
}

var (
	dashboardName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,255}$`)
	// relativeTime is a duration of ISO 8601 before now.
	relativeTime   = regexp.MustCompile(`^-P(\d+[MWD])*(T(\d+[HM])+)?$`)
	serviceID      = regexp.MustCompile(`^vpce-svc-[0-9a-f]{8,17}$`)
	networkLBID    = regexp.MustCompile(`^net/[A-Za-z0-9-]{1,32}/[0-9a-f]{16}$`)
	latticeService = regexp.MustCompile(`^svc-[0-9a-f]{17}$`)
	alarmARN       = regexp.MustCompile(`^arn:[a-z-]+:cloudwatch:[a-z0-9-]+:\d{12}:alarm:.+$`)
	albID          = regexp.MustCompile(`^app/[A-Za-z0-9-]{1,32}/[0-9a-f]{16}$`)
)

// CheckDashboardName reports a name that CloudWatch rejects.
func CheckDashboardName(r *Report, property, name string) {
	if !dashboardName.MatchString(name) {
		r.Add(DashboardName, property, "%q has another form", name)
	}
}

// CheckDashboardTime reports a time range that CloudWatch rejects. Either end may be empty.
func CheckDashboardTime(r *Report, property, start, end string) {
	from, fromErr := time.Parse(time.RFC3339, start)
	to, toErr := time.Parse(time.RFC3339, end)
	isAbsolute := fromErr == nil && toErr == nil && from.Before(to)
	isRelative := end == "" && (start == "" || relativeTime.MatchString(start) && start != "-P")
	if !isAbsolute && !isRelative {
		r.Add(DashboardTime, property, "is %q, and End is %q", start, end)
	}
}

// CheckEndpointServiceID reports anything but the ID of an endpoint service.
func CheckEndpointServiceID(r *Report, property, id string) {
	if !serviceID.MatchString(id) {
		r.Add(DashboardResource, property, "%q is not the ID of an endpoint service", id)
	}
}

// CheckNetworkLoadBalancerFullName reports anything but the full name of an NLB.
func CheckNetworkLoadBalancerFullName(r *Report, property, name string) {
	if !networkLBID.MatchString(name) {
		r.Add(DashboardResource, property, "%q is not the full name of an NLB", name)
	}
}

// CheckLoadBalancerFullName reports anything but the full name of an ALB.
func CheckLoadBalancerFullName(r *Report, property, name string) {
	if !albID.MatchString(name) {
		r.Add(DashboardResource, property, "%q is not the full name of an ALB", name)
	}
}

// CheckLatticeServiceID reports anything but the ID of a service of VPC Lattice.
func CheckLatticeServiceID(r *Report, property, id string) {
	if !latticeService.MatchString(id) {
		r.AddWithFix(DashboardResource, property, "write it like svc-0123456789abcdef0", "%q is not the ID of a service of VPC Lattice", id)
	}
}

// CheckAlarmARN reports anything but the ARN of an alarm.
func CheckAlarmARN(r *Report, property, arn string) {
	if !alarmARN.MatchString(arn) {
		r.AddWithFix(DashboardResource, property, "use the ARN of the alarm, such as its AttrArn", "%q is not the ARN of an alarm", arn)
	}
}

// CheckDashboardLabel reports a label that would break the text of a dashboard, or cannot be read.
func CheckDashboardLabel(r *Report, property, label string) {
	if strings.ContainsFunc(label, unicode.IsControl) {
		r.Add(DashboardLabel, property, "%q has control characters", label)
	}
}

// CheckDashboardSize reports more metrics than a dashboard or its largest widget takes.
func CheckDashboardSize(r *Report, property string, metrics, largest int) {
	switch {
	case largest > MaxWidgetMetrics:
		r.Add(DashboardSize, property, "make a widget of %d metrics", largest)
	case metrics > MaxDashboardMetrics:
		r.Add(DashboardSize, property, "make %d metrics", metrics)
	}
}
