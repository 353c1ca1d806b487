package rules

import (
	"regexp"
	"slices"
	"strings"
)

// The protocols of listeners and target groups of VPC Lattice.
const (
	LatticeHTTP           = "HTTP"
	LatticeHTTPS          = "HTTPS"
	LatticeTLSPassthrough = "TLS_PASSTHROUGH"
	LatticeTCP            = "TCP"
)

// The types of target groups of VPC Lattice whose targets it does not check.
const (
	LatticeALB       = "ALB"
	LatticeFunctions = "LAMBDA"
)

var (
	latticeARN        = regexp.MustCompile(`^arn:([\w-]+):vpc-lattice:([a-z0-9-]+):(\d{12}):(service/svc|servicenetwork/sn)-([0-9a-z]{17})$`)
	latticePath       = regexp.MustCompile(`^/[a-zA-Z0-9@:%_+.~#?&/=-]*$`)
	latticeMatcher    = matcher{LatticeHealthCheck, albMatcher.form, albMatcher.accepted, httpCodesFix}
	latticePrefixList = regexp.MustCompile(`^pl-([0-9a-f]{8}|[0-9a-f]{17})$`)
	latticeLogs       = regexp.MustCompile(`^arn:[\w-]+:(?:(logs):([a-z0-9-]+):\d{12}:log-group:[\w./#-]+(?::\*)?|(s3):::[a-z0-9][a-z0-9.-]+|(firehose):([a-z0-9-]+):\d{12}:deliverystream/[\w.-]+)$`)
	organizationARN   = regexp.MustCompile(`^arn:[\w-]+:organizations::\d{12}:(organization/o-[a-z0-9]{10,32}|ou/o-[a-z0-9]{10,32}/ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$`)
	latticePrincipal  = regexp.MustCompile(`^arn:[\w-]+:(?:iam::\d{12}:(?:root|(?:role|user)/[\w+=,.@/-]+)|sts::\d{12}:assumed-role/[\w+=,.@-]+/[\w+=,.@-]+)$`)
	latticeLimits     = regexp.MustCompile(`^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike)$`)
	latticeIdentities = regexp.MustCompile(`(?i)^(aws:Principal(OrgID|OrgPaths|Account|Arn|Tag/.+)|vpc-lattice-svcs:SourceVpc(OwnerAccount)?)$`)
	latticeName       = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	latticeMethods    = []string{"CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT", "TRACE"}
)

// LatticeARN is what the ARN of a service or of a service network says.
type LatticeARN struct {
	Partition, Region, Account string
	// ID is the ID with its prefix: svc-… or sn-….
	ID string
}

// ParseLatticeServiceARN reads the ARN of a service.
func ParseLatticeServiceARN(arn string) (parsed LatticeARN, ok bool) {
	return parseLatticeARN(arn, "service/svc")
}

// ParseLatticeServiceNetworkARN reads the ARN of a service network.
func ParseLatticeServiceNetworkARN(arn string) (parsed LatticeARN, ok bool) {
	return parseLatticeARN(arn, "servicenetwork/sn")
}

func parseLatticeARN(arn, kind string) (parsed LatticeARN, ok bool) {
	m := latticeARN.FindStringSubmatch(arn)
	if m == nil || m[4] != kind {
		return LatticeARN{}, false
	}
	return LatticeARN{Partition: m[1], Region: m[2], Account: m[3], ID: kind[strings.IndexByte(kind, '/')+1:] + "-" + m[5]}, true
}

// CheckLatticeServiceArn reports anything but the ARN of a service, and one in another Region, which may be empty.
func CheckLatticeServiceArn(r *Report, property, arn, region string) {
	parsed, ok := ParseLatticeServiceARN(arn)
	checkLatticeArn(r, property, arn, "service", parsed, ok, region)
}

// CheckLatticeServiceNetworkArn reports anything but the ARN of a service network, and one in another Region, which may be empty.
func CheckLatticeServiceNetworkArn(r *Report, property, arn, region string) {
	parsed, ok := ParseLatticeServiceNetworkARN(arn)
	checkLatticeArn(r, property, arn, "service network", parsed, ok, region)
}

func checkLatticeArn(r *Report, property, arn, kind string, parsed LatticeARN, ok bool, region string) {
	switch {
	case !ok:
		r.Add(LatticeArn, property, "%q is not the ARN of a %s", arn, kind)
	case region != "" && parsed.Region != region:
		r.Add(LatticeRegion, property, "%q is in %s, but the consumer is in %s", arn, parsed.Region, region)
	}
}

// CheckLatticeName reports a name that a resource cannot have. Its kind is the prefix of its ID, such as "svc"; a name has from low to high
// characters.
func CheckLatticeName(r *Report, property, name, kind string, length Range) {
	switch {
	case !length.has(float64(len(name))):
		r.Add(LatticeName, property, "%q does not have %v characters", name, length)
	case !latticeName.MatchString(name):
		r.Add(LatticeName, property, "%q has other characters than a to z, 0 to 9 and single hyphens", name)
	case strings.HasPrefix(name, kind+"-"):
		r.Add(LatticeName, property, "%q begins with %s-", name, kind)
	}
}

// CheckLatticePrefixList reports an ID that is not that of a prefix list.
func CheckLatticePrefixList(r *Report, property, id string) {
	if !latticePrefixList.MatchString(id) {
		r.Add(LatticePrefixList, property, "%q is not the ID of a prefix list", id)
	}
}

// CheckLatticeCertificate reports an ARN that is not that of an ACM certificate in the account and Region of a service.
func CheckLatticeCertificate(r *Report, property, arn string, service Environment) {
	c, ok := ParseCertificateARN(arn)
	switch {
	case !ok || c.Region == "":
		r.Add(LatticeCertificate, property, "%q is not the ARN of an ACM certificate", arn)
	case service.Region != "" && c.Region != service.Region:
		r.AddWithFix(LatticeCertificate, property, "use a certificate in "+service.Region, "%q is in %s, but the service is in %s", arn, c.Region, service.Region)
	case service.Account != "" && c.Account != service.Account:
		r.AddWithFix(LatticeCertificate, property, "use a certificate of account "+service.Account,
			"%q is of account %s, but the service is of %s", arn, c.Account, service.Account)
	}
}

// CheckLatticeCertificateNames reports a domain name that none of the names of the service's certificate covers.
func CheckLatticeCertificateNames(r *Report, property, domain string, names []string) {
	if !slices.ContainsFunc(names, func(name string) bool { return CertificateCovers(name, domain) }) {
		r.AddWithFix(LatticeCertificate, property, "add the name to SubjectAlternativeNames of the certificate",
			"%q is not covered: the certificate is for %s", domain, strings.Join(names, ", "))
	}
}

// CheckLatticeIdleTimeout reports an idle timeout, in seconds, that a service does not accept.
func CheckLatticeIdleTimeout(r *Report, property string, seconds float64) {
	checkWhole(r, LatticeIdleTimeout, property, seconds, LatticeIdleTimeouts)
}

// CheckLatticeConnections warns of an ALB behind a service that keeps idle connections, in seconds, longer than any connection lasts.
func CheckLatticeConnections(r *Report, property string, seconds float64) {
	if seconds > LatticeConnectionTime {
		r.Add(LatticeConnections, property, "keeps idle connections for %v s, and VPC Lattice ends every connection after %d s", seconds, LatticeConnectionTime)
	}
}

// CheckLatticeLogs reports an ARN to which a service in a Region, which may be empty, cannot write access logs. It returns the service of the
// destination: logs, s3 or firehose.
func CheckLatticeLogs(r *Report, property, arn, region string) (service string) {
	m := latticeLogs.FindStringSubmatch(arn)
	if m == nil {
		r.Add(LatticeLogs, property, "%q is not the ARN of a log group, a bucket or a delivery stream", arn)
		return ""
	}
	if other := m[2] + m[5]; other != "" && region != "" && other != region {
		r.AddWithFix(LatticeLogs, property, "use a destination in "+region, "%q is in %s, but the service is in %s", arn, other, region)
	}
	return m[1] + m[3] + m[4]
}

// CheckLatticeAuthPolicySize reports an auth policy that is too large. It is JSON without white space.
func CheckLatticeAuthPolicySize(r *Report, property, policy string) {
	if n := len(policy); n > MaxLatticeAuthPolicy {
		r.Add(LatticeAuthPolicySize, property, "an auth policy of %d bytes", n)
	}
}

// CheckLatticePrincipal reports an ARN that is not that of a role, a user, an account or a session: only these sign requests.
func CheckLatticePrincipal(r *Report, property, arn string) {
	switch {
	case arn == Everyone:
		r.AddWithFix(LatticePrincipal, property, "use AllowedVpcs or AllowedVpcAccounts, or set AllowAnyCaller", "allows every principal, signed or not")
	case !IsAccountID(arn) && !latticePrincipal.MatchString(arn):
		r.Add(LatticePrincipal, property, "%q is not the ARN of a role, a user or an account", arn)
	}
}

// CheckLatticeConditionalPrincipal is [CheckLatticePrincipal] for a principal of a statement with conditions. Every principal is accepted if a
// condition admits only callers that have an identity, or that are in some VPCs.
func CheckLatticeConditionalPrincipal(r *Report, property, arn string, conditions map[string]any) {
	if arn == Everyone && limitsCallers(conditions) {
		return
	}
	CheckLatticePrincipal(r, property, arn)
}

// limitsCallers reports whether a condition is certain not to be met by a caller that does not sign, in whatever VPC. Operators that are
// negated, that end in IfExists, or that hold for no value at all are met by such a caller.
func limitsCallers(conditions map[string]any) bool {
	for operator, keys := range conditions {
		if !latticeLimits.MatchString(operator) {
			continue
		}
		keys, _ := keys.(map[string]any)
		for key, value := range keys {
			if latticeIdentities.MatchString(key) && !includesEveryone(value) {
				return true
			}
		}
	}
	return false
}

func includesEveryone(value any) bool {
	if list, isList := value.([]any); isList {
		return slices.Contains(list, any(Everyone))
	}
	return value == Everyone
}

// CheckLatticeShare reports a principal with which a service cannot be shared: anything but an account, an organization and an organizational
// unit.
func CheckLatticeShare(r *Report, property, principal string) {
	fields := strings.SplitN(principal, ":", 6)
	switch {
	case IsAccountID(principal) || organizationARN.MatchString(principal):
	case len(fields) == 6 && (fields[2] == "iam" || fields[2] == "sts"):
		r.Add(LatticeShare, property, "%q is an IAM principal", principal)
	default:
		r.Add(LatticeShare, property, "%q is not an account, an organization or an organizational unit", principal)
	}
}

// CheckLatticePath reports a path, or the prefix of one, that a listener rule cannot match.
func CheckLatticePath(r *Report, property, path string) {
	switch {
	case len(path) > MaxLatticeMatchLength:
		r.Add(LatticeRoute, property, "%q has more than %d characters", path, MaxLatticeMatchLength)
	case strings.Contains(path, "*"):
		r.AddWithFix(LatticeRoute, property, "set PathPrefix to the part before the wildcard", "%q has a wildcard", path)
	case !latticePath.MatchString(path):
		r.Add(LatticeRoute, property, "%q is not a path", path)
	}
}

// CheckLatticeMethod reports a method that a listener rule of CloudFormation cannot match.
func CheckLatticeMethod(r *Report, property, method string) {
	if !slices.Contains(latticeMethods, method) {
		r.Add(LatticeMethod, property, "is %q", method)
	}
}

// CheckLatticeHeaderName reports the name of a header that a listener rule cannot match.
func CheckLatticeHeaderName(r *Report, property, name string) {
	if len(name) > MaxLatticeHeaderName || !headerName.MatchString(name) {
		r.AddWithFix(LatticeRoute, property, "use the name of a header of at most 40 characters", "%q is not a header name", name)
	}
}

// CheckLatticeHeaderValue reports the value of a header that a listener rule cannot match.
func CheckLatticeHeaderValue(r *Report, property, value string) {
	if value == "" || len(value) > MaxLatticeMatchLength {
		r.AddWithFix(LatticeRoute, property, "use 1 to 128 characters", "%q is empty or too long", value)
	}
}

// CheckLatticeHeaderCount reports more headers than a listener rule can match.
func CheckLatticeHeaderCount(r *Report, property string, n int) {
	if n > MaxLatticeHeaderMatches {
		r.AddWithFix(LatticeRoute, property, "match fewer headers", "%d headers, and a listener rule matches at most %d", n, MaxLatticeHeaderMatches)
	}
}

// CheckLatticePriority reports a number that is not the priority of a listener rule in CloudFormation.
func CheckLatticePriority(r *Report, property string, priority float64) {
	checkWhole(r, LatticePriority, property, priority, LatticePriorities)
}

// CheckLatticeWeight reports a number that is not the weight of a target group.
func CheckLatticeWeight(r *Report, property string, weight float64) {
	checkWhole(r, LatticeForward, property, weight, LatticeWeights)
}

// CheckLatticeForwardGroups reports more target groups than one action can have.
func CheckLatticeForwardGroups(r *Report, property string, n int) {
	if n > MaxLatticeForwardGroups {
		r.Add(LatticeForward, property, "%d targets, and a listener rule forwards to at most %d", n, MaxLatticeForwardGroups)
	}
}

// CheckLatticeFixedResponse reports a status that a fixed response cannot have.
func CheckLatticeFixedResponse(r *Report, property string, status float64) {
	if status != 404 && status != 500 {
		r.Add(LatticeFixedResponse, property, "is %v", status)
	}
}

// CheckLatticeRuleCount warns of more rules than a listener has by default.
func CheckLatticeRuleCount(r *Report, property string, n int) {
	if n > MaxLatticeRules {
		r.Add(LatticeQuota, property, "the listener has %d rules", n)
	}
}

// CheckLatticeTargetGroupCount warns of more target groups than a service has by default.
func CheckLatticeTargetGroupCount(r *Report, property string, n int) {
	if n > MaxLatticeTargetGroups {
		r.Add(LatticeQuota, property, "the service has %d target groups", n)
	}
}

// CheckLatticeTargetProtocol reports targets to which a listener cannot forward.
func CheckLatticeTargetProtocol(r *Report, property, listener, target string) {
	if (listener == LatticeTLSPassthrough) != (target == LatticeTCP) {
		r.Add(LatticeTargetProtocol, property, "is %s, but the listener is %s", target, listener)
	}
}

// CheckLatticeAssociationGroups reports a number of security groups that the association of a VPC cannot have.
func CheckLatticeAssociationGroups(r *Report, property string, n int) {
	if n < 1 || n > MaxLatticeSecurityGroups {
		r.Add(LatticeAssociation, property, "%d security groups", n)
	}
}

// CheckLatticeHealthCheckNumber reports a number of a health check that is not whole or not in a range.
func CheckLatticeHealthCheckNumber(r *Report, property string, value float64, accepted Range) {
	checkWhole(r, LatticeHealthCheck, property, value, accepted)
}

// CheckLatticeHealthCheckProtocol reports a protocol in which VPC Lattice does not check targets.
func CheckLatticeHealthCheckProtocol(r *Report, property, protocol string) {
	if !isHTTP(protocol) {
		r.AddWithFix(LatticeHealthCheck, property, "use HTTP or HTTPS", "is %s", protocol)
	}
}

// CheckLatticeHealthCheckVersion reports a protocol version of a health check.
func CheckLatticeHealthCheckVersion(r *Report, property, version string) {
	if version != "HTTP1" && version != "HTTP2" {
		r.AddWithFix(LatticeHealthCheck, property, "use HTTP1 or HTTP2", "is %s", version)
	}
}

// CheckLatticeHealthCheckPath reports a path that VPC Lattice cannot request from targets.
func CheckLatticeHealthCheckPath(r *Report, property, path string) {
	if len(path) > MaxLatticeHealthCheckPath || !latticePath.MatchString(path) {
		r.AddWithFix(LatticeHealthCheck, property, "begin the path with /", "%q is not a path", path)
	}
}

// CheckLatticeHTTPCodes reports a matcher of HTTP codes that a health check does not accept.
func CheckLatticeHTTPCodes(r *Report, property, codes string) {
	latticeMatcher.check(r, property, codes)
}
