package rules

import (
	"math"
	"regexp"
)

var responseStatus = regexp.MustCompile(`^[245][0-9]{2}$`)

// CheckForwardGroups reports more target groups than one forward action can have.
func CheckForwardGroups(r *Report, property string, n int) {
	if n > MaxForwardGroups {
		r.Add(WeightedForward, property, "%d target groups, and a listener rule forwards to at most %d", n, MaxForwardGroups)
	}
}

// CheckWeight reports a number that is not the weight of a target group.
func CheckWeight(r *Report, property string, weight float64) {
	checkWhole(r, WeightedForward, property, weight, TargetGroupWeights)
}

// CheckStickiness reports a time in seconds for which a client cannot stay with a target group.
func CheckStickiness(r *Report, property string, seconds float64) {
	if seconds != math.Trunc(seconds) || !StickinessDurations.has(seconds) {
		r.AddWithFix(WeightedForward, property, "use "+StickinessDurations.String()+" seconds", "is %v s", seconds)
	}
}

// CheckResponseStatus reports a status that a fixed response cannot have.
func CheckResponseStatus(r *Report, property, status string) {
	if !responseStatus.MatchString(status) {
		r.AddWithFix(RouteAction, property, "use a status 2XX, 4XX or 5XX", "has the status %s", status)
	}
}

// CheckResponseBody reports a body that is too long for a fixed response.
func CheckResponseBody(r *Report, property, body string) {
	if len(body) > MaxResponseBodyLength {
		r.AddWithFix(RouteAction, property, "use a shorter body", "has a body of %d bytes, and a fixed response has at most %d", len(body), MaxResponseBodyLength)
	}
}

// CheckTargetGroupLoadBalancer reports a target group that another load balancer has, such as "the ALB Shop/Alb"; "" for none.
func CheckTargetGroupLoadBalancer(r *Report, property, other string) {
	if other != "" {
		r.Add(TargetGroupLoadBalancer, property, "belongs to %s", other)
	}
}
