package reachability_test

import (
	"slices"
	"strconv"
	"strings"
)

// simNodeHost is the host that the NLB's health check names: an address, which no pattern of the generator names.
const simNodeHost = "10.1.2.3"

// action is what the ALB does with a request: that of the rule of the lowest number that takes it, else the default.
func (a *simALB) action(host, path string) *simAction {
	var first *simListenerRule
	for _, r := range a.rules {
		if r.takes(host, path) && (first == nil || r.priority < first.priority) {
			first = r
		}
	}
	if first == nil {
		return &a.fallback
	}
	return &first.action
}

func (r *simListenerRule) takes(host, path string) bool {
	hosts := make([]string, len(r.hosts))
	for i, h := range r.hosts {
		hosts[i] = strings.ToLower(h)
	}
	return simAny(hosts, strings.ToLower(host)) && simAny(r.paths, path)
}

func simAny(patterns []string, text string) bool {
	return len(patterns) == 0 || slices.ContainsFunc(patterns, func(p string) bool { return simGlob(p, text) })
}

// simGlob matches * with any text, also none, and ? with exactly one character.
func simGlob(pattern, text string) bool {
	switch {
	case pattern == "":
		return text == ""
	case pattern[0] == '*':
		return simGlob(pattern[1:], text) || text != "" && simGlob(pattern, text[1:])
	case text == "":
		return false
	}
	return (pattern[0] == '?' || pattern[0] == text[0]) && simGlob(pattern[1:], text[1:])
}

// healthy reports whether the NLB's health check can find the ALB healthy. Targets behind a forward are taken to be.
func (a *simALB) healthy() bool {
	action := a.action(simNodeHost, a.healthPath)
	return action.kind == "forward" || simCode(a.healthCodes, action.status)
}

// simCode reports whether a status code is among "200", "200,204" or "200-399".
func simCode(codes, status string) bool {
	code, _ := strconv.Atoi(strings.TrimPrefix(status, "HTTP_"))
	for part := range strings.SplitSeq(codes, ",") {
		low, high, ranged := strings.Cut(part, "-")
		if !ranged {
			high = low
		}
		from, _ := strconv.Atoi(low)
		to, _ := strconv.Atoi(high)
		if code >= from && code <= to {
			return true
		}
	}
	return false
}
