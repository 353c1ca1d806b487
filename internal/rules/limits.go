package rules

import "fmt"

// Range is the whole numbers from Low to High.
type Range struct{ Low, High float64 }

// String returns the range as a fix has it: "5 to 300".
func (r Range) String() string { return fmt.Sprintf("%v to %v", r.Low, r.High) }

// between returns the range as a sentence has it: "between 5 and 300".
func (r Range) between() string { return fmt.Sprintf("between %v and %v", r.Low, r.High) }

// The numbers that AWS accepts; times are in seconds. The health checks are those of a Network Load Balancer.
var (
	PortNumbers           = Range{1, 65535}
	RulePriorities        = Range{1, 50000}
	IdleTimeouts          = Range{60, 6000}
	DeregistrationDelays  = Range{0, 3600}
	HealthCheckIntervals  = Range{5, 300}
	HealthCheckTimeouts   = Range{2, 120}
	HealthCheckThresholds = Range{2, 10}
)

const (
	// MaxRuleValues is how many paths and hosts together the conditions of a listener rule can have.
	MaxRuleValues = 5
	// MaxPatternLength is the length of a path or host pattern of a listener rule.
	MaxPatternLength = 128
	// MaxHealthCheckPathLength is the length of the path of a health check.
	MaxHealthCheckPathLength = 1024
	// MaxDomainNameLength is the length of a domain name.
	MaxDomainNameLength = 255
	// MaxLabelLength is the length of one label of a domain name.
	MaxLabelLength = 63
	// MaxEndpointPolicyLength is the length of an endpoint policy.
	MaxEndpointPolicyLength = 20480
	// MaxEndpointsPerVpc is the default quota of interface endpoints in a VPC.
	MaxEndpointsPerVpc = 50
	// MinLoadBalancerZones is how many Availability Zones an Application Load Balancer needs.
	MinLoadBalancerZones = 2
)
