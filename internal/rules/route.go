package rules

import (
	"hash/fnv"
	"regexp"
	"slices"
	"strings"
)

// Route is what an ALB listener rule matches on, and its priority.
type Route struct {
	ID       string
	Paths    []string // patterns with * and ?; empty matches every path
	Hosts    []string // patterns with * and ?; empty matches every host
	Further  []string // conditions on other parts of a request, which all hold, each as one text
	Priority int
	Explicit bool // the priority was set, not derived from the ID
	Opaque   bool // a pattern is known only at deploy time
}

// HighestPriority is the priority of the listener rule that is evaluated first.
const HighestPriority = 1

// DerivePriority returns priorities from derivedFrom up to derivedBefore, which is excluded.
const derivedFrom = 1000

var derivedBefore = int(RulePriorities.High)

var (
	pathPattern = regexp.MustCompile(`^[/*][A-Za-z0-9_.$/~"'@:+&*?-]*$`)
	hostPattern = regexp.MustCompile(`^[A-Za-z0-9.*?_-]*\.[A-Za-z]+$`)
)

// CheckPathPattern reports a path pattern that a listener rule does not accept.
func CheckPathPattern(r *Report, property, pattern string) {
	if len(pattern) > MaxPatternLength || !pathPattern.MatchString(pattern) {
		r.Add(RouteCondition, property, "%q is not a path pattern", pattern)
	}
}

// CheckHostHeader reports a host pattern that a listener rule does not accept.
func CheckHostHeader(r *Report, property, pattern string) {
	if len(pattern) > MaxPatternLength || !hostPattern.MatchString(pattern) {
		r.Add(RouteCondition, property, "%q is not a host pattern", pattern)
	}
}

// CheckConditions reports more values or wildcards than the conditions of a listener rule can have in total. A value that is
// not known is empty.
func CheckConditions(r *Report, property string, values []string) {
	if n := len(values); n > MaxRuleValues {
		r.Add(RouteCondition, property, "%d values, and a listener rule has at most %d", n, MaxRuleValues)
	}
	wildcards := 0
	for _, value := range values {
		wildcards += strings.Count(value, "*") + strings.Count(value, "?")
	}
	if wildcards > MaxRuleWildcards {
		r.AddWithFix(RouteCondition, property, "use fewer wildcards, or split the rule", "%d wildcards, and a listener rule has at most %d", wildcards, MaxRuleWildcards)
	}
}

// CheckConditionValues warns of more values than the guide allows in one condition.
func CheckConditionValues(r *Report, property string, n int) {
	if n > MaxConditionValues {
		r.Add(RouteConditionValues, property, "%d values in one condition", n)
	}
}

// CheckRuleCount warns of more listener rules than an ALB has by default.
func CheckRuleCount(r *Report, property string, n int) {
	if n > MaxRules {
		r.Add(RuleQuota, property, "the ALB has %d listener rules", n)
	}
}

// CheckTargetGroupCount reports more target groups than an ALB can forward to.
func CheckTargetGroupCount(r *Report, property string, n int) {
	if n > MaxTargetGroups {
		r.Add(TargetGroupQuota, property, "the ALB forwards to %d target groups", n)
	}
}

// CheckPriority reports a number that is not the priority of a listener rule.
func CheckPriority(r *Report, property string, priority float64) {
	checkWhole(r, RoutePriority, property, priority, RulePriorities)
}

// DerivePriority returns a priority that depends on the ID alone, so that adding, removing or reordering routes
// changes no other route's priority: ELB rejects a rule whose priority another rule has at that moment.
func DerivePriority(id string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // never fails
	return derivedFrom + int(h.Sum32()%uint32(derivedBefore-derivedFrom))
}

// Overlaps reports whether one request can match both routes. Further conditions of theirs may keep them apart.
func (a Route) Overlaps(b Route) bool {
	return anyOverlap(a.Paths, b.Paths, strings.Clone) && anyOverlap(a.Hosts, b.Hosts, strings.ToLower)
}

// Contains reports whether a route matches every request that another one matches. Like [PatternContains], it may return
// false for routes that do.
func (a Route) Contains(b Route) bool {
	for _, condition := range a.Further {
		if !slices.Contains(b.Further, condition) {
			return false
		}
	}
	return allContained(a.Paths, b.Paths, strings.Clone) && allContained(a.Hosts, b.Hosts, strings.ToLower)
}

func allContained(as, bs []string, fold func(string) string) bool {
	if len(as) == 0 {
		return true
	}
	for _, b := range bs {
		if !slices.ContainsFunc(as, func(a string) bool { return PatternContains(fold(a), fold(b)) }) {
			return false
		}
	}
	return len(bs) > 0
}

func anyOverlap(as, bs []string, fold func(string) string) bool {
	if len(as) == 0 || len(bs) == 0 {
		return true
	}
	for _, a := range as {
		for _, b := range bs {
			if PatternsOverlap(fold(a), fold(b)) {
				return true
			}
		}
	}
	return false
}

// PatternsOverlap reports whether some string matches both patterns, in which * matches any characters
// and ? matches one. Its running time is proportional to the product of their lengths.
func PatternsOverlap(a, b string) bool {
	// reach[j] is true if a[:i] and b[:j] can match the same string.
	reach := make([]bool, len(b)+1)
	reach[0] = true
	for j := 0; j < len(b) && b[j] == '*'; j++ {
		reach[j+1] = true
	}
	for i := range len(a) {
		next := make([]bool, len(b)+1)
		next[0] = reach[0] && a[i] == '*'
		for j := range len(b) {
			if a[i] == '*' || b[j] == '*' {
				// The star matches nothing, or one more character of the other side.
				next[j+1] = reach[j+1] || next[j]
			} else {
				next[j+1] = reach[j] && (a[i] == b[j] || a[i] == '?' || b[j] == '?')
			}
		}
		reach = next
	}
	return reach[len(b)]
}

// PatternContains reports whether a pattern matches every string that another one matches. It returns false for
// some pairs whose match is indirect, such as "a*" for "a?*" and "a" together.
func PatternContains(pattern, other string) bool {
	// covers[j] is true if pattern[i:] contains other[j:].
	covers := make([]bool, len(other)+1)
	covers[len(other)] = true
	for i := len(pattern) - 1; i >= 0; i-- {
		next := make([]bool, len(other)+1)
		for j := len(other); j >= 0; j-- {
			switch {
			case pattern[i] == '*':
				next[j] = covers[j] || j < len(other) && next[j+1]
			case j == len(other) || other[j] == '*':
			default:
				next[j] = covers[j+1] && (pattern[i] == '?' || pattern[i] == other[j])
			}
		}
		covers = next
	}
	return covers[0]
}
