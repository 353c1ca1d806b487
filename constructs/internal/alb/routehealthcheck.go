package alb

import (
	"strings"

	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// checkRouteHealthCheck checks how the ALB will check the targets of a route.
func checkRouteHealthCheck(r *rules.Report, o *RouteOptions) {
	given := o.HealthCheck
	if given == nil {
		return
	}
	if given.Enabled != nil && !*given.Enabled {
		rules.CheckTargetHealthCheckOff(r, "HealthCheck.Enabled", strings.ToLower(string(o.TargetType)))
	}
	if path, ok := token.Literal(given.Path); ok {
		rules.CheckTargetHealthCheckPath(r, "HealthCheck.Path", path)
	}
	if given.Protocol != "" {
		rules.CheckTargetHealthCheckProtocol(r, "HealthCheck.Protocol", string(given.Protocol))
	}
	if port, ok := token.Literal(given.Port); ok {
		checkHealthCheckPort(r, port)
	}
	checkRouteCodes(r, given, string(o.ProtocolVersion))
	checkRouteTimes(r, given, strings.ToLower(string(o.TargetType)))
	checkTargetNumber(r, "HealthCheck.HealthyThresholdCount", given.HealthyThresholdCount, rules.HealthCheckThresholds)
	checkTargetNumber(r, "HealthCheck.UnhealthyThresholdCount", given.UnhealthyThresholdCount, rules.HealthCheckThresholds)
}

// checkRouteCodes checks the codes of healthy targets. Codes that are tokens may still be of the wrong kind.
func checkRouteCodes(r *rules.Report, given *elbv2.HealthCheck, version string) {
	if codes := given.HealthyHttpCodes; codes != nil && (version == rules.GRPC || !token.IsString(*codes)) {
		rules.CheckTargetHTTPCodes(r, "HealthCheck.HealthyHttpCodes", *codes, version)
	}
	if codes := given.HealthyGrpcCodes; codes != nil && (version != rules.GRPC || !token.IsString(*codes)) {
		rules.CheckTargetGRPCCodes(r, "HealthCheck.HealthyGrpcCodes", *codes, version)
	}
}

// checkRouteTimes checks interval and timeout, of which either may be ELB's default.
func checkRouteTimes(r *rules.Report, given *elbv2.HealthCheck, targetType string) {
	const property = "HealthCheck.Interval"
	givenInterval, givenTimeout := prop.Seconds(given.Interval), prop.Seconds(given.Timeout)
	checkTargetNumber(r, property, givenInterval, rules.HealthCheckIntervals)
	checkTargetNumber(r, "HealthCheck.Timeout", givenTimeout, rules.HealthCheckTimeouts)
	interval, timeout := rules.TargetHealthCheckTimes(targetType)
	interval, intervalOk := token.LiteralNumber(prop.Or(givenInterval, &interval))
	timeout, timeoutOk := token.LiteralNumber(prop.Or(givenTimeout, &timeout))
	if intervalOk && timeoutOk {
		rules.CheckTargetHealthCheckTimes(r, property, interval, timeout)
	}
}

func checkTargetNumber(r *rules.Report, property string, number *float64, accepted rules.Range) {
	if value, ok := token.LiteralNumber(number); ok {
		rules.CheckTargetHealthCheckNumber(r, property, value, accepted)
	}
}

// ownHealthCheckPort returns the port of health checks if they have one of their own, else nil.
func ownHealthCheckPort(healthCheck *elbv2.HealthCheck) *float64 {
	if healthCheck == nil {
		return nil
	}
	text, ok := token.Literal(healthCheck.Port)
	if !ok {
		return nil
	}
	port, ok := rules.PortNumber(text)
	if !ok {
		return nil
	}
	return &port
}
