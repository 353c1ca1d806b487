package rules

// TargetHealthCheck is the rule of how an ALB checks its targets.
var TargetHealthCheck = Rule{
	ID: "privateapi:targetHealthCheck", Severity: Error,
	Summary: "An ALB checks its targets over HTTP or HTTPS, on a path that begins with /, at an interval that is longer than the timeout, " +
		"and with codes of the protocol version: gRPC codes for GRPC, else HTTP codes.",
	AWS: "rejects the target group",
	Fix: "use HTTP codes of 200 to 499 or gRPC codes of 0 to 99, an interval of " + HealthCheckIntervals.String() + " s, a timeout of " +
		HealthCheckTimeouts.String() + " s, and thresholds of " + HealthCheckThresholds.String(),
	Source: elbAPI + "API_CreateTargetGroup.html",
}

const (
	// GRPC is the protocol version of a target group whose targets speak gRPC.
	GRPC = "GRPC"
	// LambdaTargets is the type of a target group of functions.
	LambdaTargets = "lambda"
)

// CheckTargetHealthCheckNumber reports a number of the health check of targets that is not whole or not in a range.
func CheckTargetHealthCheckNumber(r *Report, property string, value float64, accepted Range) {
	checkWhole(r, TargetHealthCheck, property, value, accepted)
}

// CheckTargetHealthCheckPath reports a path that an ALB cannot request from its targets.
func CheckTargetHealthCheckPath(r *Report, property, path string) {
	checkPath(r, TargetHealthCheck, property, path)
}

// CheckTargetHealthCheckProtocol reports a protocol in which an ALB does not check its targets.
func CheckTargetHealthCheckProtocol(r *Report, property, protocol string) {
	if protocol != "HTTP" && protocol != "HTTPS" {
		r.AddWithFix(TargetHealthCheck, property, "use HTTP or HTTPS, or leave it out for HTTP", "is %s, but an ALB checks its targets over HTTP or HTTPS", protocol)
	}
}

// CheckTargetHealthCheckOff reports targets without health checks, which must be functions.
func CheckTargetHealthCheckOff(r *Report, property, targetType string) {
	if targetType != LambdaTargets {
		r.AddWithFix(TargetHealthCheck, property, "set it to true, or leave it out", "is false, and only a target group of type lambda accepts that")
	}
}

// CheckTargetHTTPCodes reports a matcher of HTTP codes that a target group of a protocol version does not accept.
func CheckTargetHTTPCodes(r *Report, property, codes, version string) {
	if version == GRPC {
		r.AddWithFix(TargetHealthCheck, property, "use gRPC codes", "has HTTP codes, but the protocol version is GRPC")
		return
	}
	targetMatcher.check(r, property, codes)
}

// CheckTargetGRPCCodes reports a matcher of gRPC codes that a target group of a protocol version does not accept.
func CheckTargetGRPCCodes(r *Report, property, codes, version string) {
	if version != GRPC {
		r.AddWithFix(TargetHealthCheck, property, "use HTTP codes, or the protocol version GRPC", "has gRPC codes, but the protocol version is not GRPC")
		return
	}
	grpcMatcher.check(r, property, codes)
}

// TargetHealthCheckTimes returns the interval and the timeout, in seconds, of health checks that do not set them.
func TargetHealthCheckTimes(targetType string) (interval, timeout float64) {
	if targetType == LambdaTargets {
		return 35, 30
	}
	return 30, 5
}

// CheckTargetHealthCheckTimes reports an interval that is not longer than the timeout. Numbers out of their ranges are
// reported elsewhere.
func CheckTargetHealthCheckTimes(r *Report, property string, interval, timeout float64) {
	if HealthCheckIntervals.has(interval) && HealthCheckTimeouts.has(timeout) && interval <= timeout {
		r.AddWithFix(TargetHealthCheck, property, "make the interval longer than the timeout", "is %v s, not longer than the timeout of %v s", interval, timeout)
	}
}
