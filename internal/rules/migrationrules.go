package rules

import (
	"regexp"
	"strings"
)

const parameterNames = "https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-parameter-name-constraints.html"

const (
	// MaxParameterLevels is how many levels the name of an SSM parameter has.
	MaxParameterLevels = 15
	// MaxParameterName is how long the name of an SSM parameter is.
	MaxParameterName = 1011
)

// The rules of the migration of a public API.
var (
	MigrationPhase = Rule{
		ID: "privateapi:migrationPhase", Severity: Error,
		Summary: "A migration goes from phase to phase, forth or back by one.",
		AWS:     "would move clients in the deployment that removes what serves them: a new target group has no healthy target yet",
		Fix:     "deploy the phases in between, one at a time",
		Source:  networkLB + "target-group-health-checks.html",
	}
	MigrationBegin = Rule{
		ID: "privateapi:migrationBegin", Severity: Error,
		Summary: "A migration begins in the phase STATUS_QUO, and only its first deployment has Begin.",
		AWS:     "would deploy the phase whatever is deployed: with Begin, no rule of the template compares the two",
		Fix:     "deploy STATUS_QUO with Begin, and then remove Begin",
		Source:  "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html",
	}
	MigrationNames = Rule{
		ID: "privateapi:migrationNames", Severity: Error,
		Summary: "The public API and the provider of a migration have the same names.",
		AWS:     "would connect clients of the other name to an ALB whose certificate may not cover it",
		Fix:     "list the same DomainNames in both",
		Source:  applicationL + "https-listener-certificates.html",
	}
	MigrationNetworkBlocks = Rule{
		ID: "privateapi:migrationNetworkBlocks", Severity: Error,
		Summary: "The web ACL of a public API lets in the subnets of the NLB in front, by their IPv4 blocks.",
		AWS:     "would block the requests over PrivateLink and the health checks of the NLB: both come from its addresses",
		Fix:     "import the VPC with PrivateSubnetIpv4CidrBlocks, or look it up with Vpc_FromLookup",
		Source:  networkLB + "edit-target-group-attributes.html#client-ip-preservation",
	}
	MigrationParameter = Rule{
		ID: "privateapi:migrationParameter", Severity: Error,
		Summary: "The phase is recorded in an SSM parameter, whose name is known at synthesis.",
		AWS: "ValidationException: Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path, it can consist of " +
			"sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_",
		Fix:    "set PhaseParameterName to a name such as /pricing/migration-phase",
		Source: parameterNames,
	}
)

// Migration returns the rules that the migration of a public API enforces, besides those of [Public].
func Migration() []Rule {
	return []Rule{MigrationPhase, MigrationBegin, MigrationNames, MigrationNetworkBlocks, MigrationParameter}
}

var (
	parameterName     = regexp.MustCompile(`^[A-Za-z0-9_.-]+$|^(/[A-Za-z0-9_.-]+)+$`)
	reservedParameter = regexp.MustCompile(`(?i)^/?(aws|ssm)`)
)

// CheckParameterName reports what is not the name of an SSM parameter.
func CheckParameterName(r *Report, property, name string) {
	switch {
	case !parameterName.MatchString(name):
		r.Add(MigrationParameter, property, "is %q", name)
	case reservedParameter.MatchString(name):
		r.Add(MigrationParameter, property, "is %q, and names that begin with aws or ssm are AWS's own", name)
	case strings.Count(name, "/") > MaxParameterLevels:
		r.Add(MigrationParameter, property, "has %d levels, and at most %d are accepted", strings.Count(name, "/"), MaxParameterLevels)
	case len(name) > MaxParameterName:
		r.Add(MigrationParameter, property, "has %d characters, and at most %d are accepted", len(name), MaxParameterName)
	}
}
