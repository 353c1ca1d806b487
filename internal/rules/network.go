package rules

import (
	"fmt"
	"math"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
)

var webACL = regexp.MustCompile(`^arn:[\w-]+:wafv2:([a-z0-9-]+):\d{12}:regional/webacl/[^/]+/[^/]+$`)

// CheckPort reports a number that is not a TCP port.
func CheckPort(r *Report, property string, port float64) {
	checkWhole(r, PortRange, property, port, PortNumbers)
}

// CheckCIDR reports anything but an IPv4 or IPv6 block without host bits.
func CheckCIDR(r *Report, property, cidr string) {
	prefix, err := netip.ParsePrefix(cidr)
	switch {
	case err != nil:
		r.Add(CIDR, property, "%q is not a CIDR block", cidr)
	case prefix.Masked() != prefix:
		r.AddWithFix(CIDR, property, "write "+prefix.Masked().String(), "%q has host bits set", cidr)
	}
}

// CheckWebACL reports an ARN that is not that of a web ACL for Application Load Balancers in a Region. The Region may be
// empty.
func CheckWebACL(r *Report, property, arn, region string) {
	m := webACL.FindStringSubmatch(arn)
	switch {
	case m == nil:
		r.Add(WebACL, property, "%q is not the ARN of a regional web ACL", arn)
	case region != "" && m[1] != region:
		r.AddWithFix(WebACL, property, "use a web ACL of "+region, "%q is in %s, but the ALB is in %s", arn, m[1], region)
	}
}

// CheckHealthCheckNumber reports a number of a health check that is not whole or not between low and high.
func CheckHealthCheckNumber(r *Report, property string, value, low, high float64) {
	checkWhole(r, HealthCheck, property, value, Range{low, high})
}

// CheckIdleTimeout reports a TCP idle timeout, in seconds, that an NLB listener does not accept.
func CheckIdleTimeout(r *Report, property string, seconds float64) {
	checkWhole(r, IdleTimeout, property, seconds, IdleTimeouts)
}

// CheckDeregistrationDelay reports a delay, in seconds, that a target group does not accept.
func CheckDeregistrationDelay(r *Report, property string, seconds float64) {
	checkWhole(r, DeregistrationDelay, property, seconds, DeregistrationDelays)
}

// CheckHTTPCodes reports a matcher of an NLB health check that is not made of codes from 200 to 599, or, where the ALB
// itself answers with 200, one without it.
func CheckHTTPCodes(r *Report, property, codes string, answeredWith200 bool) {
	const fix = "write codes like 200, 200-299 or 200,204"
	if !httpCodes.MatchString(codes) {
		r.AddWithFix(HealthCheck, property, fix, "%q is not a list or range of HTTP codes between 200 and 599", codes)
		return
	}
	has200 := false
	for span := range strings.SplitSeq(codes, ",") {
		low, high, isRange := strings.Cut(span, "-")
		if !isRange {
			high = low
		}
		if low > high {
			r.AddWithFix(HealthCheck, property, fix, "%q ends before it begins", span)
			return
		}
		has200 = has200 || low == "200"
	}
	if answeredWith200 && !has200 {
		r.AddWithFix(HealthCheck, property, "include 200", "is %q, but the ALB answers health checks with 200", codes)
	}
}

// CheckTargetHTTPCodes reports a matcher of the targets of an ALB that is not made of codes from 200 to 499.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html
func CheckTargetHTTPCodes(r *Report, property, codes string) {
	if !targetHTTPCodes.MatchString(codes) {
		r.AddWithFix(HealthCheck, property, "write codes like 200, 200-299 or 200,204", "%q is not a list or range of HTTP codes between 200 and 499", codes)
	}
}

var targetHTTPCodes = regexp.MustCompile(`^[2-4]\d\d(-[2-4]\d\d)?(,[2-4]\d\d(-[2-4]\d\d)?)*$`)

var httpCodes = regexp.MustCompile(`^[2-5]\d\d(-[2-5]\d\d)?(,[2-5]\d\d(-[2-5]\d\d)?)*$`)

func checkWhole(r *Report, rule Rule, property string, value float64, accepted Range) {
	if value < accepted.Low || value > accepted.High || value != math.Trunc(value) {
		r.Add(rule, property, "must be a whole number %s, got %v", accepted.between(), value)
	}
}

// PortNumber returns the port that a health check's port names, and false for "traffic-port" and anything else that is not a number.
func PortNumber(port string) (float64, bool) {
	n, err := strconv.ParseUint(port, 10, 32)
	return float64(n), err == nil
}

// CheckHealthCheckPath reports a path that a health check cannot request. If a listener rule answers the health check, it
// also reports a path that the rule cannot match literally: a wildcard would answer more than health checks.
func CheckHealthCheckPath(r *Report, property, path string, answeredByRule bool) {
	switch {
	case len(path) == 0 || path[0] != '/' || len(path) > MaxHealthCheckPathLength:
		r.AddWithFix(HealthCheck, property, fmt.Sprintf("begin the path with /, and keep it to at most %d characters", MaxHealthCheckPathLength),
			"%q is not a path", path)
	case answeredByRule && (len(path) > MaxPatternLength || strings.ContainsAny(path, "*?") || !pathPattern.MatchString(path)):
		r.AddWithFix(HealthCheck, property, fmt.Sprintf("use a plain path of at most %d characters, without * and ?", MaxPatternLength),
			"%q cannot be matched by the listener rule that answers health checks", path)
	}
}
