package check

import (
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// ruleShadowed warns of a listener rule that gets no requests: the rules before it take them all. What those take is
// looked up by host and path, so that the time grows with the number of rules and not with its square.
func ruleShadowed(p *pass) {
	for _, l := range p.Listeners() {
		taken := takenRequests{}
		for _, r := range p.patternsOf(l) {
			if by := taken.takerOf(r); by != nil {
				p.report(at{r.rule.ConditionsProperty(), by.ConditionsProperty()}, "%s, which is evaluated first, takes every request of the rule",
					network.DisplayName(by.Resource))
			}
			taken.add(r)
		}
	}
}

// rulePatterns are the requests of a listener rule, as far as its conditions on host and path tell.
type rulePatterns struct {
	rule *network.ListenerRule
	// hosts and paths are the patterns; "" stands for all requests.
	hosts, paths []string
	// isWhole says that the rule has no other conditions.
	isWhole bool
}

// patternsOf are the requests of the rules of a listener, in the order of their priorities. Of two rules with one priority
// the first one counts: ELB refuses the other.
func (f *facts) patternsOf(l *network.Listener) []rulePatterns {
	var list []rulePatterns
	seen := map[float64]bool{}
	for _, r := range f.RulesOf(l) {
		priority, ok := r.Priority().Number()
		if !ok || seen[priority] || !network.IsCertain(r.Resource) {
			continue
		}
		seen[priority] = true
		if read, known := readPatterns(r); known {
			list = append(list, read)
		}
	}
	return list
}

// readPatterns reads the conditions of a rule; known is false if one of them is unknown, or if ELB refuses them.
func readPatterns(r *network.ListenerRule) (read rulePatterns, known bool) {
	const most = 20 // hosts times paths; ELB refuses more
	read = rulePatterns{rule: r, isWhole: true}
	for _, c := range r.Conditions {
		patterns, ok := literalPatterns(c)
		switch kind := c.Kind(); {
		case kind == network.PathPattern && ok && read.paths == nil:
			read.paths = patterns
		case kind == network.HostHeader && ok && read.hosts == nil:
			read.hosts = lowerCase(patterns)
		case kind == network.PathPattern || kind == network.HostHeader || kind == "":
			return read, false
		default:
			read.isWhole = false
		}
	}
	if read.paths == nil {
		read.paths = []string{""}
	}
	if read.hosts == nil {
		read.hosts = []string{""}
	}
	return read, r.ConditionsProperty().IsList() && len(read.hosts)*len(read.paths) <= most
}

// literalPatterns are the patterns of a condition; ok is false if it has none, or others than the template has.
func literalPatterns(c network.Condition) (patterns []string, ok bool) {
	for _, p := range c.Patterns {
		pattern, isText := p.Text()
		if !isText || len(pattern) > rules.MaxPatternLength {
			return nil, false
		}
		patterns = append(patterns, pattern)
	}
	return patterns, len(patterns) > 0 && c.RegexValues.IsAbsent()
}

func lowerCase(list []string) []string {
	lower := make([]string, len(list))
	for i, text := range list {
		lower[i] = strings.ToLower(text)
	}
	return lower
}

// takenRequests are the rules that take requests, by host pattern and path pattern.
type takenRequests map[[2]string]*network.ListenerRule

// add notes that a rule takes its requests, unless further conditions of it may leave some of them.
func (t takenRequests) add(r rulePatterns) {
	if !r.isWhole {
		return
	}
	for _, host := range r.hosts {
		for _, path := range r.paths {
			if key := [2]string{host, path}; t[key] == nil {
				t[key] = r.rule
			}
		}
	}
}

// takerOf is a rule that takes requests of another, if all of those are taken; else nil.
func (t takenRequests) takerOf(r rulePatterns) (by *network.ListenerRule) {
	if len(t) == 0 {
		return nil
	}
	for _, host := range r.hosts {
		for _, path := range r.paths {
			if by = t.first(widerHosts(host), widerPaths(path)); by == nil {
				return nil
			}
		}
	}
	return by
}

// first is the first rule that takes requests of one of the hosts and one of the paths; nil if there is none.
func (t takenRequests) first(hosts, paths []string) *network.ListenerRule {
	for _, host := range hosts {
		for _, path := range paths {
			if r := t[[2]string{host, path}]; r != nil {
				return r
			}
		}
	}
	return nil
}

// widerPaths are the patterns that match everything that a path pattern matches: itself, each beginning of it with a star
// behind, and no pattern.
func widerPaths(pattern string) []string {
	wider := []string{"", "*", "/*", pattern}
	for i := range pattern {
		wider = append(wider, pattern[:i]+"*")
	}
	return wider
}

// widerHosts is widerPaths for hosts, whose beginning is what a star stands for.
func widerHosts(pattern string) []string {
	wider := []string{"", "*", pattern}
	for i := range pattern {
		wider = append(wider, "*"+pattern[i:])
	}
	return wider
}
