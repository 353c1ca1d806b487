package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// trafficPort is ELB's name for the port of the targets.
const trafficPort = "traffic-port"

// planHealthCheck checks how the NLB will check the targets of a listener.
func (plan *listenerPlan) planHealthCheck(r *rules.Report, o *NlbListenerOptions) {
	given := o.HealthCheck
	if given == nil {
		return
	}
	protocol := string(prop.EnumOr(given.Protocol, elbv2.Protocol_TCP))
	rules.CheckNetworkTargetHealthCheckProtocol(r, "HealthCheck.Protocol", protocol)
	if prop.IsTrue(o.ProxyProtocolV2) {
		rules.CheckProxyProtocolHealthCheck(r, "HealthCheck.Protocol", protocol)
	}
	if given.Enabled != nil && !*given.Enabled {
		r.AddWithFix(rules.NetworkTargetHealthCheck, "HealthCheck.Enabled", "leave it out", "is false, but only Lambda targets go unchecked")
	}
	if given.HealthyGrpcCodes != nil {
		r.AddWithFix(rules.NetworkTargetHealthCheck, "HealthCheck.HealthyGrpcCodes", "check over TCP, or use HealthyHttpCodes",
			"is %q, but an NLB does not check over gRPC", *given.HealthyGrpcCodes)
	}
	checkHealthCheckAnswer(r, given, protocol)
	plan.healthCheckPort = ownHealthCheckPort(r, given.Port)
	checkHealthCheckTimes(r, given, protocol)
	checkHealthCheckNumber(r, "HealthCheck.HealthyThresholdCount", given.HealthyThresholdCount, rules.HealthCheckThresholds)
	checkHealthCheckNumber(r, "HealthCheck.UnhealthyThresholdCount", given.UnhealthyThresholdCount, rules.HealthCheckThresholds)
}

// checkHealthCheckAnswer checks what is asked for and what counts as healthy, which only HTTP has.
func checkHealthCheckAnswer(r *rules.Report, given *elbv2.HealthCheck, protocol string) {
	if protocol == rules.TCP {
		for _, name := range check.Set(
			check.Property{Name: "Path", IsSet: given.Path != nil},
			check.Property{Name: "HealthyHttpCodes", IsSet: given.HealthyHttpCodes != nil},
		) {
			r.AddWithFix(rules.NetworkTargetHealthCheck, "HealthCheck."+name, "set HealthCheck.Protocol to HTTP or HTTPS, or leave it out",
				"is set, but health checks are over TCP")
		}
		return
	}
	if path, ok := token.Literal(given.Path); ok {
		rules.CheckNetworkTargetHealthCheckPath(r, "HealthCheck.Path", path)
	}
	if codes, ok := token.Literal(given.HealthyHttpCodes); ok {
		rules.CheckNetworkTargetHTTPCodes(r, "HealthCheck.HealthyHttpCodes", codes)
	}
}

// ownHealthCheckPort returns the port of health checks if they have one of their own, which may be a token; else nil.
func ownHealthCheckPort(r *rules.Report, port *string) *float64 {
	text, ok := token.Literal(port)
	switch {
	case port == nil || text == trafficPort:
		return nil
	case !ok:
		return awscdk.Token_AsNumber(*port)
	}
	number, ok := rules.PortNumber(text)
	if !ok {
		r.Add(rules.PortRange, "HealthCheck.Port", "%q is neither a port nor traffic-port", text)
		return nil
	}
	rules.CheckPort(r, "HealthCheck.Port", number)
	return &number
}

// checkHealthCheckTimes checks interval and timeout, of which either may be ELB's default.
func checkHealthCheckTimes(r *rules.Report, given *elbv2.HealthCheck, protocol string) {
	givenInterval, givenTimeout := prop.Seconds(given.Interval), prop.Seconds(given.Timeout)
	checkHealthCheckNumber(r, "HealthCheck.Interval", givenInterval, rules.HealthCheckIntervals)
	checkHealthCheckNumber(r, "HealthCheck.Timeout", givenTimeout, rules.HealthCheckTimeouts)
	interval, timeout := rules.NetworkTargetHealthCheckTimes(protocol)
	interval, intervalOk := token.LiteralNumber(prop.Or(givenInterval, &interval))
	timeout, timeoutOk := token.LiteralNumber(prop.Or(givenTimeout, &timeout))
	if intervalOk && timeoutOk {
		rules.CheckNetworkTargetHealthCheckTimes(r, "HealthCheck.Interval", interval, timeout)
	}
}

func checkHealthCheckNumber(r *rules.Report, property string, number *float64, accepted rules.Range) {
	if value, ok := token.LiteralNumber(number); ok {
		rules.CheckNetworkTargetHealthCheckNumber(r, property, value, accepted)
	}
}
