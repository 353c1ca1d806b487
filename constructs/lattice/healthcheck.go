package lattice

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// HealthCheck is how VPC Lattice checks targets. An ALB and a function have none.
//
// See https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-group-health-checks.html
type HealthCheck struct {
	// Whether targets are checked.
	//
	// Default: true. Without a HealthCheck, targets of ProtocolVersion_HTTP1 are checked, and no others.
	Enabled *bool

	// What the check speaks: TargetProtocol_HTTP or TargetProtocol_HTTPS.
	//
	// Default: TargetProtocol_HTTP.
	Protocol TargetProtocol

	// The version of HTTP of the check, which is never gRPC.
	//
	// Default: - ProtocolVersion_HTTP1; required for targets of HTTP/2, gRPC and TCP.
	ProtocolVersion ProtocolVersion

	// The path of the check.
	//
	// Default: /.
	Path *string

	// The port of the check. The security groups of targets are opened on it too.
	//
	// Default: - the port of the targets.
	Port *float64

	// The HTTP codes of healthy targets, such as 200-299.
	//
	// Default: 200.
	HealthyHttpCodes *string

	// How often a target is checked, 5 to 300 seconds.
	//
	// Default: - 30 seconds.
	Interval awscdk.Duration

	// How long a target may take to answer, 1 to 120 seconds.
	//
	// Default: - 5 seconds.
	Timeout awscdk.Duration

	// How many checks make a target healthy, 2 to 10.
	//
	// Default: 5.
	HealthyThresholdCount *float64

	// How many failed checks make a target unhealthy, 2 to 10.
	//
	// Default: 2.
	UnhealthyThresholdCount *float64
}

// checkHealthCheck checks the health check of a target group, if it has one.
func checkHealthCheck(r *rules.Report, property string, t *TargetPlan) {
	h := t.HealthCheck
	if h == nil {
		return
	}
	if h.Protocol != "" {
		rules.CheckLatticeHealthCheckProtocol(r, property+".Protocol", string(h.Protocol))
	}
	isOff := h.Enabled != nil && !*h.Enabled
	switch {
	case h.ProtocolVersion != "":
		rules.CheckLatticeHealthCheckVersion(r, property+".ProtocolVersion", string(h.ProtocolVersion))
	case !isOff && (t.Protocol == TargetProtocol_TCP || t.ProtocolVersion == ProtocolVersion_HTTP2 || t.ProtocolVersion == ProtocolVersion_GRPC):
		r.AddWithFix(rules.LatticeHealthCheck, property+".ProtocolVersion", "set ProtocolVersion_HTTP1 or ProtocolVersion_HTTP2",
			"is missing, and the targets do not speak HTTP/1.1")
	}
	if path, ok := token.Literal(h.Path); ok {
		rules.CheckLatticeHealthCheckPath(r, property+".Path", path)
	}
	check.Port(r, property+".Port", h.Port)
	if codes, ok := token.Literal(h.HealthyHttpCodes); ok {
		rules.CheckLatticeHTTPCodes(r, property+".HealthyHttpCodes", codes)
	}
	for _, number := range []struct {
		name     string
		value    *float64
		accepted rules.Range
	}{
		{"Interval", prop.Seconds(h.Interval), rules.LatticeHealthCheckIntervals},
		{"Timeout", prop.Seconds(h.Timeout), rules.LatticeHealthCheckTimeouts},
		{"HealthyThresholdCount", h.HealthyThresholdCount, rules.LatticeHealthCheckCounts},
		{"UnhealthyThresholdCount", h.UnhealthyThresholdCount, rules.LatticeHealthCheckCounts},
	} {
		if value, ok := token.LiteralNumber(number.value); ok {
			rules.CheckLatticeHealthCheckNumber(r, property+"."+number.name, value, number.accepted)
		}
	}
}

// property returns the health check for CloudFormation; nil for VPC Lattice's own.
func (h *HealthCheck) property() any {
	if h == nil {
		return nil
	}
	enabled := prop.Or(h.Enabled, jsii.Bool(true))
	config := &awsvpclattice.CfnTargetGroup_HealthCheckConfigProperty{
		Enabled:                    enabled,
		Path:                       h.Path,
		Port:                       h.Port,
		HealthCheckIntervalSeconds: prop.Seconds(h.Interval),
		HealthCheckTimeoutSeconds:  prop.Seconds(h.Timeout),
		HealthyThresholdCount:      h.HealthyThresholdCount,
		UnhealthyThresholdCount:    h.UnhealthyThresholdCount,
	}
	if h.Protocol != "" {
		config.Protocol = jsii.String(string(h.Protocol))
	}
	if h.ProtocolVersion != "" {
		config.ProtocolVersion = jsii.String(string(h.ProtocolVersion))
	}
	if h.HealthyHttpCodes != nil {
		config.Matcher = &awsvpclattice.CfnTargetGroup_MatcherProperty{HttpCode: h.HealthyHttpCodes}
	}
	return config
}
