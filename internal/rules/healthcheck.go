package rules

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// CheckHealthCheckNumber reports a number of the NLB's health check that is not whole or not in a range.
func CheckHealthCheckNumber(r *Report, property string, value float64, accepted Range) {
	checkWhole(r, HealthCheck, property, value, accepted)
}

// PortNumber returns the port that a health check's port names, and false for "traffic-port" and anything else that is not a number.
func PortNumber(port string) (float64, bool) {
	n, err := strconv.ParseUint(port, 10, 32)
	return float64(n), err == nil
}

// CheckHealthCheckPath reports a path that a health check cannot request. If a listener rule answers the health check, it
// also reports a path that the rule cannot match literally: a wildcard would answer more than health checks.
func CheckHealthCheckPath(r *Report, property, path string, answeredByRule bool) {
	checkPath(r, HealthCheck, property, path)
	if isPath(path) && answeredByRule && (len(path) > MaxPatternLength || strings.ContainsAny(path, "*?") || !pathPattern.MatchString(path)) {
		r.AddWithFix(HealthCheck, property, fmt.Sprintf("use a plain path of at most %d characters, without * and ?", MaxPatternLength),
			"%q cannot be matched by the listener rule that answers health checks", path)
	}
}

func isPath(path string) bool {
	return strings.HasPrefix(path, "/") && len(path) <= MaxHealthCheckPathLength
}

func checkPath(r *Report, rule Rule, property, path string) {
	if !isPath(path) {
		r.AddWithFix(rule, property, fmt.Sprintf("begin the path with /, and keep it to at most %d characters", MaxHealthCheckPathLength),
			"%q is not a path", path)
	}
}

// matcher is the kind of codes that count as healthy.
type matcher struct {
	rule     Rule
	form     *regexp.Regexp
	accepted string
	fix      string
}

const httpCodesFix = "write codes like 200, 200-299 or 200,204"

var (
	albMatcher           = matcher{HealthCheck, regexp.MustCompile(`^[2-5]\d\d(-[2-5]\d\d)?(,[2-5]\d\d(-[2-5]\d\d)?)*$`), "HTTP codes between 200 and 599", httpCodesFix}
	networkTargetMatcher = matcher{NetworkTargetHealthCheck, albMatcher.form, albMatcher.accepted, httpCodesFix}
	targetMatcher        = matcher{TargetHealthCheck, regexp.MustCompile(`^[2-4]\d\d(-[2-4]\d\d)?(,[2-4]\d\d(-[2-4]\d\d)?)*$`), "HTTP codes between 200 and 499", httpCodesFix}
	grpcMatcher          = matcher{TargetHealthCheck, regexp.MustCompile(`^\d\d?(-\d\d?)?(,\d\d?(-\d\d?)?)*$`), "gRPC codes between 0 and 99", "write codes like 0, 0-99 or 0,12"}
)

// check reports codes that have another form, and ranges that end before they begin. It returns whether there are none.
func (m matcher) check(r *Report, property, codes string) bool {
	if !m.form.MatchString(codes) {
		r.AddWithFix(m.rule, property, m.fix, "%q is not a list or range of %s", codes, m.accepted)
		return false
	}
	for span := range strings.SplitSeq(codes, ",") {
		if low, high, isRange := strings.Cut(span, "-"); isRange && number(low) > number(high) {
			r.AddWithFix(m.rule, property, m.fix, "%q ends before it begins", span)
			return false
		}
	}
	return true
}

// number returns the number that digits stand for.
func number(digits string) int {
	n, _ := strconv.Atoi(digits) // the form is checked
	return n
}

// CheckHTTPCodes reports a matcher of an NLB health check that is not made of codes from 200 to 599, or, where the ALB
// itself answers with 200, one without it.
func CheckHTTPCodes(r *Report, property, codes string, answeredWith200 bool) {
	if albMatcher.check(r, property, codes) && answeredWith200 && !CodeMatches(codes, "200") {
		r.AddWithFix(HealthCheck, property, "include 200", "is %q, but the ALB answers health checks with 200", codes)
	}
}

// CodeMatches reports whether the matcher of a health check, such as "200" or "200-299,404", accepts an HTTP
// code.
func CodeMatches(matcher, code string) bool {
	for span := range strings.SplitSeq(matcher, ",") {
		low, high, isRange := strings.Cut(strings.TrimSpace(span), "-")
		if !isRange {
			high = low
		}
		if len(code) == 3 && low <= code && code <= high {
			return true
		}
	}
	return false
}
