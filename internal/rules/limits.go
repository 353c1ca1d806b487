package rules

import "fmt"

// Range is the whole numbers from Low to High.
type Range struct{ Low, High float64 }

// String returns the range in the form of a fix: "5 to 300".
func (r Range) String() string { return fmt.Sprintf("%v to %v", r.Low, r.High) }

// between returns the range in the form of a sentence: "between 5 and 300".
func (r Range) between() string { return fmt.Sprintf("between %v and %v", r.Low, r.High) }

// has reports whether a number is in the range.
func (r Range) has(n float64) bool { return r.Low <= n && n <= r.High }

// The numbers that AWS accepts; times are in seconds.
var (
	PortNumbers           = Range{1, 65535}
	RulePriorities        = Range{1, 50000}
	IdleTimeouts          = Range{60, 6000}
	AlbIdleTimeouts       = Range{1, 4000}
	DeregistrationDelays  = Range{0, 3600}
	HealthCheckIntervals  = Range{5, 300}
	HealthCheckTimeouts   = Range{2, 120}
	HealthCheckThresholds = Range{2, 10}
	TargetGroupWeights    = Range{0, 999}
	StickinessDurations   = Range{1, 604800}
	RecordWeights         = Range{0, 255}
)

const (
	// DefaultIdleTimeout is the TCP idle timeout of an NLB listener, in seconds.
	DefaultIdleTimeout = 350
	// DefaultAlbIdleTimeout is the idle timeout of an ALB, in seconds.
	DefaultAlbIdleTimeout = 60
	// MaxRuleValues is how many values the conditions of a listener rule can have in total.
	MaxRuleValues = 5
	// MaxConditionValues is how many values the guide allows in one condition; the quotas know no such limit.
	MaxConditionValues = 3
	// MaxRuleWildcards is how many wildcards the conditions of a listener rule can have in total.
	MaxRuleWildcards = 5
	// MaxRules is the default quota of rules of an ALB, without the default rules.
	MaxRules = 100
	// MaxTargetGroups is how many target groups an ALB can forward to.
	MaxTargetGroups = 100
	// MaxForwardGroups is how many target groups one forward action can have.
	MaxForwardGroups = 5
	// MaxPatternLength is the maximum length of a value in a condition of a listener rule.
	MaxPatternLength = 128
	// MaxConditionNameLength is the maximum length of a header name or a method in a condition of a listener rule.
	MaxConditionNameLength = 40
	// MaxResponseBodyLength is the maximum length of the body of a fixed response.
	MaxResponseBodyLength = 1024
	// MaxJwtTextLength is the maximum length of an issuer, of a JWKS endpoint, and of the value of a claim.
	MaxJwtTextLength = 256
	// MaxJwtClaims is how many additional claims of a JWT are validated, and how many values each of them can have.
	MaxJwtClaims = 10
	// MaxHealthCheckPathLength is the maximum length of the path of a health check.
	MaxHealthCheckPathLength = 1024
	// MaxDomainNameLength is the maximum length of a domain name.
	MaxDomainNameLength = 255
	// MaxLabelLength is the maximum length of one label of a domain name.
	MaxLabelLength = 63
	// MaxEndpointPolicyLength is the maximum length of an endpoint policy.
	MaxEndpointPolicyLength = 20480
	// MaxEndpointsPerVpc is the default quota of interface endpoints in a VPC.
	MaxEndpointsPerVpc = 50
	// MaxCertificates is the default quota of certificates of an ALB, without the default ones of its listeners.
	MaxCertificates = 25
	// MaxSecurityGroupRules is the default quota of inbound rules of a security group, and of outbound ones, for each of IPv4
	// and IPv6.
	MaxSecurityGroupRules = 60
	// MaxSecurityGroups is the default quota of security groups of a network interface.
	MaxSecurityGroups = 5
	// MaxLoadBalancersOfALB is how many NLBs can have one ALB as their target.
	MaxLoadBalancersOfALB = 2
	// MinLoadBalancerZones is how many Availability Zones an Application Load Balancer needs.
	MinLoadBalancerZones = 2
)
