package reachability

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// valuesPerRule is how many values the conditions of a listener rule have at most.
const valuesPerRule = rules.MaxRuleValues

// listenerRules reviews listener rules: each, and those of one listener together.
func (v *review) listenerRules() {
	for _, r := range v.sure(cfnListenerRule) {
		v.checkNumber(r, []any{"Priority"}, rules.CheckPriority)
		v.routeConditions(r)
	}
	for _, listener := range v.m.ofType(cfnListener) {
		v.routes(listener)
	}
}

func (v *review) routeConditions(r *assembly.Resource) {
	count := 0
	for i, condition := range items(r, "Conditions") {
		var check func(*rules.Report, string, string)
		switch textOf(condition.Field("Field")) {
		case "path-pattern":
			check = rules.CheckPathPattern
		case "host-header":
			check = rules.CheckHostHeader
		default:
			continue
		}
		path, values := patternsOf(condition)
		for j := range values {
			v.checkText(r, append(append([]any{"Conditions", i}, path...), j), check)
		}
		count += len(values)
	}
	if count > valuesPerRule {
		v.add(rules.RouteCondition, []Evidence{evidence(r, "Conditions")}, "the rule has %d values of paths and hosts, more than %d", count, valuesPerRule)
	}
}

// patternsOf returns the patterns of a condition on the path or the host, and where they are in it.
func patternsOf(condition assembly.Value) (path []any, values []assembly.Value) {
	for _, config := range []string{"PathPatternConfig", "HostHeaderConfig"} {
		if list, ok := condition.Field(config).Field("Values").Items(); ok {
			return []any{config, "Values"}, list
		}
	}
	values, _ = condition.Field("Values").Items()
	return []any{"Values"}, values
}

// readRule is a listener rule of which all conditions are known, and are on the path and the host alone if it is whole.
type readRule struct {
	r            *assembly.Resource
	priority     float64
	hosts, paths []string // "" for every one
	whole        bool
}

// routes compares the rules of one listener.
func (v *review) routes(listener *assembly.Resource) {
	var routes []readRule
	first := map[float64]*assembly.Resource{}
	for _, r := range v.rulesOf[listener] {
		priority, ok := r.Property("Priority").Number()
		if !ok || !v.isSure(r) {
			continue
		}
		if other := first[priority]; other != nil {
			v.add(rules.RoutePriority, []Evidence{evidence(r, "Priority"), evidence(other, "Priority")},
				"two rules of the listener have the priority %v", priority)
			continue
		}
		first[priority] = r
		if read, known := readRuleOf(r, priority); known {
			routes = append(routes, read)
		}
	}
	slices.SortStableFunc(routes, func(a, b readRule) int { return cmp.Compare(a.priority, b.priority) })
	v.shadowed(routes)
}

// shadowed finds rules of which every request is taken by rules before them, in time that grows with the number of
// rules and not with its square: what the rules before take is looked up by host and path.
func (v *review) shadowed(routes []readRule) {
	taken := map[[2]string]*assembly.Resource{}
	for _, at := range routes {
		if by := at.takenBy(taken); by != nil {
			v.add(rules.RouteShadowed, []Evidence{evidence(at.r, "Conditions"), evidence(by, "Conditions")},
				"%s, of the smaller priority, takes every request of the rule", displayName(by))
		}
		if !at.whole {
			continue
		}
		for _, host := range at.hosts {
			for _, path := range at.paths {
				if key := [2]string{host, path}; taken[key] == nil {
					taken[key] = at.r
				}
			}
		}
	}
}

// takenBy returns a rule that takes requests of the route, if all of them are taken.
func (at readRule) takenBy(taken map[[2]string]*assembly.Resource) (by *assembly.Resource) {
	if len(taken) == 0 {
		return nil
	}
	for _, host := range at.hosts {
		for _, path := range at.paths {
			if by = takerOf(taken, widerHosts(host), widerPaths(path)); by == nil {
				return nil
			}
		}
	}
	return by
}

func takerOf(taken map[[2]string]*assembly.Resource, hosts, paths []string) *assembly.Resource {
	for _, host := range hosts {
		for _, path := range paths {
			if r := taken[[2]string{host, path}]; r != nil {
				return r
			}
		}
	}
	return nil
}

// widerPaths returns the patterns that match all that a path pattern matches: itself, what it begins with and a star,
// and none at all.
func widerPaths(pattern string) []string {
	wider := []string{"", "*", "/*", pattern}
	for i := range pattern {
		wider = append(wider, pattern[:i]+"*")
	}
	return wider
}

// widerHosts is widerPaths for hosts, of which stars take the beginning.
func widerHosts(pattern string) []string {
	wider := []string{"", "*", pattern}
	for i := range pattern {
		wider = append(wider, "*"+pattern[i:])
	}
	return wider
}

// readRuleOf reads a rule; known is false if a part of its conditions is not.
func readRuleOf(r *assembly.Resource, priority float64) (read readRule, known bool) {
	conditions, known := r.Property("Conditions").Items()
	read = readRule{r: r, priority: priority, whole: true}
	for _, condition := range conditions {
		field, ok := condition.Field("Field").Text()
		_, values := patternsOf(condition)
		var patterns []string
		for _, value := range values {
			pattern, isText := value.Text()
			ok = ok && isText
			patterns = append(patterns, pattern)
		}
		switch field {
		case "path-pattern":
			known = known && ok && len(patterns) > 0 && read.paths == nil
			read.paths = patterns
		case "host-header":
			known = known && ok && len(patterns) > 0 && read.hosts == nil
			for _, pattern := range patterns {
				read.hosts = append(read.hosts, strings.ToLower(pattern))
			}
		default:
			known = known && field != ""
			read.whole = false
		}
		for _, config := range []string{"PathPatternConfig", "HostHeaderConfig"} {
			known = known && condition.Field(config).Field("RegexValues").Kind() == assembly.Absent
		}
	}
	if read.paths == nil {
		read.paths = []string{""}
	}
	if read.hosts == nil {
		read.hosts = []string{""}
	}
	isLong := func(pattern string) bool { return len(pattern) > longestPattern }
	if slices.ContainsFunc(read.paths, isLong) || slices.ContainsFunc(read.hosts, isLong) || len(read.paths)*len(read.hosts) > manyValues {
		return read, false // AWS refuses the rule, which is a finding of its own
	}
	return read, known
}
