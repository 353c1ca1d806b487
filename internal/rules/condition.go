package rules

import (
	"regexp"
	"slices"
	"strings"
)

var (
	headerName = regexp.MustCompile("^[A-Za-z0-9!#$%&'+.^_`|~-]+$")
	methodName = regexp.MustCompile(`^[A-Z_-]+$`)
)

// CheckHeaderName reports a header name on which a listener rule cannot have a condition.
func CheckHeaderName(r *Report, property, name string) {
	if len(name) > MaxConditionNameLength || !headerName.MatchString(name) {
		r.AddWithFix(RouteCondition, property, "use the name of a header, without wildcards", "%q is not a header name", name)
	} else if strings.EqualFold(name, "host") {
		r.AddWithFix(RouteCondition, property, "use a condition on the host header", "the host header has a condition of its own")
	}
}

// CheckMethod reports a method on which a listener rule cannot have a condition.
func CheckMethod(r *Report, property, method string) {
	if len(method) > MaxConditionNameLength || !methodName.MatchString(method) {
		r.AddWithFix(RouteCondition, property, "write it in capitals, such as GET, without wildcards", "%q is not a method", method)
	}
}

// CheckConditionValue reports a value that a condition on a header or a query string cannot have.
func CheckConditionValue(r *Report, property, value string) {
	if value == "" || len(value) > MaxPatternLength {
		r.AddWithFix(RouteCondition, property, "use 1 to 128 characters", "%q is empty or too long", value)
	}
}

// CheckConditionFields reports conditions of which a listener rule can have one only.
func CheckConditionFields(r *Report, property string, fields []string) {
	seen := map[string]bool{}
	for _, field := range fields {
		if seen[field] && !slices.Contains([]string{"http-header", "query-string"}, field) {
			r.AddWithFix(RouteCondition, property, "list the values in one condition", "two %s conditions, and a listener rule has at most one", field)
			return
		}
		seen[field] = true
	}
}

// CheckSourceAddress warns of a condition on the source address behind PrivateLink.
func CheckSourceAddress(r *Report, property string) {
	r.Add(SourceIPCondition, property, "checks the source address")
}
