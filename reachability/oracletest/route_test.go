package oracletest

import (
	"slices"
	"strconv"
	"strings"
)

// nodeHost is the host in the NLB's health check: an address, which no pattern of the generator matches.
const nodeHost = "10.1.2.3"

// action is what the ALB does with a request: the action of the first rule that matches, else the default action.
func (a *alb) action(host, path string) *action {
	var first *listenerRule
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

func (r *listenerRule) takes(host, path string) bool {
	hosts := make([]string, len(r.hosts))
	for i, h := range r.hosts {
		hosts[i] = strings.ToLower(h)
	}
	return anyOf(hosts, strings.ToLower(host)) && anyOf(r.paths, path)
}

func anyOf(patterns []string, text string) bool {
	return len(patterns) == 0 || slices.ContainsFunc(patterns, func(p string) bool { return glob(p, text) })
}

// glob matches * with any text, including none, and ? with exactly one character.
func glob(pattern, text string) bool {
	switch {
	case pattern == "":
		return text == ""
	case pattern[0] == '*':
		return glob(pattern[1:], text) || text != "" && glob(pattern, text[1:])
	case text == "":
		return false
	}
	return (pattern[0] == '?' || pattern[0] == text[0]) && glob(pattern[1:], text[1:])
}

// healthy reports whether the NLB's health check can find the ALB healthy. Targets behind a forward count as healthy.
func (a *alb) healthy() bool {
	action := a.action(nodeHost, a.healthPath)
	return action.kind == "forward" || code(a.healthCodes, action.status)
}

// code reports whether a status code is among "200", "200,204" or "200-399".
func code(codes, status string) bool {
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
