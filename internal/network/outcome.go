package network

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Request is an HTTP request as far as listener rules look at it.
type Request struct {
	// Host is the name that is called; "" if it is not known.
	Host string
	// Path is the path, or a pattern for all paths that match it.
	Path string
	// Route is the rule whose requests are meant, if any: its further conditions hold for them.
	Route *ListenerRule
	// Sources are the addresses from which the load balancer receives the request.
	Sources Addresses
}

// Outcome is one thing that a listener can do with a request: the actions of a rule, or its own default actions.
type Outcome struct {
	// Rule is nil for the default actions.
	Rule     *ListenerRule
	Listener *Listener
	// Maybe says that it is not known whether this is the outcome, and Why the reason.
	Maybe bool
	Why   Doubt
}

// Resource is the rule or the listener.
func (o Outcome) Resource() *Resource {
	if o.Rule != nil {
		return o.Rule.Resource
	}
	return o.Listener.Resource
}

// Actions are what the outcome does with the request.
func (o Outcome) Actions() Actions {
	if o.Rule != nil {
		return o.Rule.Actions
	}
	return o.Listener.DefaultActions
}

// DoubtKind says why it is not known whether a rule takes a request.
type DoubtKind int

// The kinds of doubt.
const (
	// PropertyUndecided is a property whose value the deployment decides.
	PropertyUndecided DoubtKind = iota
	// ExistenceUndecided is a rule of which it is not known whether it is deployed.
	ExistenceUndecided
	// HostUnknown is a condition on the host of a request whose host is not known.
	HostUnknown
	// RegularExpression is a condition with a regular expression, which is not evaluated.
	RegularExpression
	// SourceAddress is a condition on source addresses that are not known.
	SourceAddress
	// OtherCondition is a condition on another part of the request, such as its method.
	OtherCondition
)

// Doubt is why it is not known whether a rule takes a request, and the property that leaves it open.
type Doubt struct {
	Kind DoubtKind
	At   Property
	// Field is the field of the condition, such as http-request-method; only for OtherCondition.
	Field string
}

// match is what a rule, or one of its conditions, says to a request.
type match struct {
	is        Tristate
	byRequest bool // Maybe, and the request decides, such as its method
	why       Doubt
}

func undecidedMatch(at Property) match { return match{is: Maybe, why: Doubt{At: at}} }

// Outcomes are what a listener can do with a request: all rules that may take it, up to the first that certainly does.
func (n *Network) Outcomes(l *Listener, q Request) []Outcome {
	var list []Outcome
	for _, rule := range n.UnplacedListenerRules() {
		if matches(rule, q).is != No {
			list = append(list, Outcome{Rule: rule, Listener: l, Maybe: true, Why: Doubt{At: rule.ListenerArn()}})
		}
	}
	for _, rule := range n.RulesOf(l) {
		found := matches(rule, q)
		if found.is == No || found.byRequest && q.Route != nil {
			continue
		}
		o := Outcome{Rule: rule, Listener: l, Maybe: found.is == Maybe, Why: found.why}
		if _, ok := rule.Priority().Number(); !ok && !o.Maybe {
			o.Maybe, o.Why = true, Doubt{At: rule.Priority()}
		}
		list = append(list, o)
		if !o.Maybe {
			return list
		}
	}
	return append(list, Outcome{Listener: l})
}

// TakenBefore are the rules that come before the route of a request and take some of its requests, such as those of one
// method.
func (n *Network) TakenBefore(l *Listener, q Request) []Outcome {
	var list []Outcome
	for _, rule := range n.RulesOf(l) {
		if rule == q.Route {
			return list
		}
		if found := matches(rule, q); found.byRequest && found.is == Maybe {
			list = append(list, Outcome{Rule: rule, Listener: l, Maybe: true, Why: found.why})
		}
	}
	return nil
}

// UnmodelledBefore are the rules that come before an outcome and whose conditions have properties that the proof does not
// model: they may take its requests.
func (n *Network) UnmodelledBefore(o Outcome) []*Resource {
	if !n.HasUnmodelled() {
		return nil
	}
	var list []*Resource
	for _, rule := range n.RulesOf(o.Listener) {
		if rule == o.Rule {
			break
		}
		if slices.ContainsFunc(n.Unmodelled(rule.Resource), func(u Unmodelled) bool {
			return u.Resource == rule.Resource && strings.HasPrefix(u.Path(), "Conditions")
		}) {
			list = append(list, rule.Resource)
		}
	}
	return list
}

// matches says whether a rule takes a request.
func matches(rule *ListenerRule, q Request) match {
	if !rule.ConditionsProperty().IsList() {
		return undecidedMatch(rule.ConditionsProperty())
	}
	result := match{is: Yes}
	for _, c := range rule.Conditions {
		found := c.matches(q)
		if found.is == Maybe && found.byRequest && q.Route.has(c) {
			continue
		}
		if found.is < result.is {
			result = found
		}
	}
	if rule.Exists == Maybe && result.is == Yes {
		return match{is: Maybe, why: Doubt{Kind: ExistenceUndecided, At: Whole(rule.Resource)}}
	}
	return result
}

// has reports whether a route has a condition too, so that it holds for all its requests.
func (r *ListenerRule) has(c Condition) bool {
	return r != nil && slices.ContainsFunc(r.Conditions, func(own Condition) bool { return Equal(own.At.Value, c.At.Value) == Yes })
}

// matches says whether a condition holds for a request.
func (c Condition) matches(q Request) match {
	if _, ok := c.Field.Text(); !ok {
		return undecidedMatch(c.At)
	}
	switch c.Kind() {
	case HostHeader:
		if q.Host == "" {
			return match{is: Maybe, why: Doubt{Kind: HostUnknown, At: c.At}}
		}
		return c.matchesPatterns(func(pattern string) Coverage {
			return PatternCovers(strings.ToLower(pattern), strings.ToLower(q.Host))
		})
	case PathPattern:
		return c.matchesPatterns(func(pattern string) Coverage { return PatternCovers(pattern, q.Path) })
	case SourceIP:
		return c.matchesSource(q.Sources)
	}
	return match{is: Maybe, byRequest: true, why: Doubt{Kind: OtherCondition, At: c.At, Field: c.Kind()}}
}

// LongestPattern is how long a pattern of a listener rule can be.
const LongestPattern = 128

// PatternCovers says how many of the requests for a path or a host a pattern matches. What is asked for may be a pattern
// itself.
func PatternCovers(pattern, asked string) Coverage {
	switch {
	case beginsOtherwise(pattern, asked):
	case len(pattern) > LongestPattern: // ELB refuses it
	case rules.PatternContains(pattern, asked):
		return All
	case rules.PatternsOverlap(pattern, asked):
		return Some
	}
	return None
}

// beginsOtherwise reports whether two patterns differ before the first wildcard of either, so that nothing matches both.
// It settles most pairs without a table of their characters.
func beginsOtherwise(a, b string) bool {
	for i := range min(len(a), len(b)) {
		switch {
		case a[i] == '*' || a[i] == '?' || b[i] == '*' || b[i] == '?':
			return false
		case a[i] != b[i]:
			return true
		}
	}
	return false
}

// matchesPatterns says whether a pattern matches all that is asked for. A pattern that matches only a part leaves the
// rest, which is what has to be proven.
func (c Condition) matchesPatterns(covers func(pattern string) Coverage) match {
	result := match{is: No}
	if !c.RegexValues.IsAbsent() {
		result = match{is: Maybe, why: Doubt{Kind: RegularExpression, At: c.RegexValues}}
	}
	if !c.Values.IsListOrAbsent() {
		return undecidedMatch(c.Values)
	}
	for _, p := range c.Patterns {
		pattern, ok := p.Text()
		if !ok {
			result = undecidedMatch(p)
			continue
		}
		if covers(pattern) == All {
			return match{is: Yes}
		}
	}
	return result
}

// matchesSource says whether the load balancer receives requests from the blocks of a condition.
func (c Condition) matchesSource(sources Addresses) match {
	doubt := match{is: Maybe, why: Doubt{Kind: SourceAddress, At: c.At}}
	var prefixes []netip.Prefix
	for _, p := range c.Patterns {
		block, ok := Block(p.Value)
		if !ok {
			return doubt
		}
		prefixes = append(prefixes, block)
	}
	if len(sources.Blocks) == 0 {
		return doubt
	}
	seen := map[Coverage]bool{}
	for _, block := range sources.Blocks {
		seen[Cover(block, prefixes)] = true
	}
	switch {
	case len(seen) == 1 && seen[All]:
		return match{is: Yes}
	case len(seen) == 1 && seen[None]:
		return match{is: No}
	}
	return doubt
}

// HealthCheckHost stands for the host of a health check, which is the load balancer's own address: no host condition of
// an API matches it.
const HealthCheckHost = "0.0.0.0"

// CanMatchAddress reports whether a rule has a host condition that an address can match, such as 10.0.*: the host of a
// health check is an address, and not known.
func (r *ListenerRule) CanMatchAddress() bool {
	return slices.ContainsFunc(r.Conditions, func(c Condition) bool {
		return c.Kind() == HostHeader && slices.ContainsFunc(c.Patterns, func(p Property) bool {
			pattern := p.Literal()
			return strings.ContainsAny(pattern, "0123456789") && strings.Trim(pattern, "0123456789.*?") == ""
		})
	})
}
