package rules

// The numbers that VPC Lattice accepts; times are in seconds. Those of rules are CloudFormation's, which are narrower than the API's.
var (
	LatticePriorities           = Range{1, 100}
	LatticeWeights              = Range{1, 999}
	LatticeIdleTimeouts         = Range{60, 600}
	LatticeHealthCheckIntervals = Range{5, 300}
	LatticeHealthCheckTimeouts  = Range{1, 120}
	LatticeHealthCheckCounts    = Range{2, 10}
)

const (
	// DefaultLatticeIdleTimeout is the idle timeout of a service, in seconds.
	DefaultLatticeIdleTimeout = 60
	// LatticeConnectionTime is how long a connection lives at most, in seconds.
	LatticeConnectionTime = 600
	// MaxLatticeRules is the default quota of rules of a listener, without the default rule.
	MaxLatticeRules = 10
	// MaxLatticeTargetGroups is the default quota of target groups of a service.
	MaxLatticeTargetGroups = 10
	// MaxLatticeForwardGroups is how many target groups one forward action can have.
	MaxLatticeForwardGroups = 10
	// MaxLatticeTargets is how many targets a target group can have in CloudFormation.
	MaxLatticeTargets = 100
	// MaxLatticeHeaderMatches is how many headers one rule can match.
	MaxLatticeHeaderMatches = 5
	// MaxLatticeHeaderName is the maximum length of the name of a header in a match.
	MaxLatticeHeaderName = 40
	// MaxLatticeMatchLength is the maximum length of a path, and of the value of a header, in a match.
	MaxLatticeMatchLength = 128
	// MaxLatticeHealthCheckPath is the maximum length of the path of a health check.
	MaxLatticeHealthCheckPath = 2048
	// MaxLatticeAuthPolicy is the maximum size of an auth policy, in bytes.
	MaxLatticeAuthPolicy = 10 * 1024
	// MaxLatticeSecurityGroups is how many security groups the association of a VPC can have.
	MaxLatticeSecurityGroups = 5
	// MaxLatticeServicesOfALB is how many services can have one ALB as their target.
	MaxLatticeServicesOfALB = 2
)
