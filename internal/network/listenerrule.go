package network

import (
	"cmp"
	"slices"
)

const listenerRuleType = "AWS::ElasticLoadBalancingV2::ListenerRule"

// ListenerRule is a rule of a listener.
type ListenerRule struct {
	*Resource
	// Conditions are what it asks of a request, if the template has the list.
	Conditions []Condition
	// Actions are what it does with the requests that it takes.
	Actions Actions
}

// ListenerArn is the listener.
func (r *ListenerRule) ListenerArn() Property { return property(r.Resource, "ListenerArn") }

// Priority is the place of the rule: ELB evaluates rules in the order of their priorities.
func (r *ListenerRule) Priority() Property { return property(r.Resource, "Priority") }

// ConditionsProperty is the property that has the conditions.
func (r *ListenerRule) ConditionsProperty() Property { return property(r.Resource, "Conditions") }

// Condition is one condition of a listener rule.
type Condition struct {
	// At is the whole condition.
	At Property
	// Field is host-header, path-pattern, source-ip, ….
	Field Property
	// Values is the property that has the values of the field, and Patterns are its items.
	Values   Property
	Patterns []Property
	// RegexValues is the property that has regular expressions.
	RegexValues Property
	// HeaderName is the header of a condition on one.
	HeaderName Property
}

// Kind is the field, or "" if that is undecided.
func (c Condition) Kind() string { return c.Field.Literal() }

// The fields of conditions. The walk evaluates the first three.
const (
	HostHeader  = "host-header"
	PathPattern = "path-pattern"
	SourceIP    = "source-ip"
	HTTPHeader  = "http-header"
	HTTPMethod  = "http-request-method"
	QueryString = "query-string"
)

// conditionConfigs are the properties that have the values of a field.
var conditionConfigs = map[string]string{
	HostHeader: "HostHeaderConfig", PathPattern: "PathPatternConfig", SourceIP: "SourceIpConfig",
	HTTPHeader: "HttpHeaderConfig", HTTPMethod: "HttpRequestMethodConfig", QueryString: "QueryStringConfig",
}

func readCondition(at Property) Condition {
	c := Condition{At: at, Field: at.Field("Field")}
	config := conditionConfigs[c.Kind()]
	if config == "" {
		return c
	}
	c.RegexValues = at.Field(config).Field("RegexValues")
	if c.RegexValues.IsAbsent() {
		c.RegexValues = at.Field("RegexValues")
	}
	c.Values = at.Field(config).Field("Values")
	if c.Values.IsAbsent() && c.Kind() != SourceIP {
		c.Values = at.Field("Values")
	}
	c.Patterns = c.Values.listed()
	switch c.Kind() {
	case HTTPHeader:
		c.HeaderName = at.Field(config).Field("HttpHeaderName")
	case QueryString:
		for i, pair := range c.Patterns {
			c.Patterns[i] = pair.Field("Value")
		}
	}
	return c
}

// FurtherConditions are the conditions on parts of a request that no question has: headers, the method and the query.
func (r *ListenerRule) FurtherConditions() []Condition {
	return slices.DeleteFunc(slices.Clone(r.Conditions), func(c Condition) bool {
		return !slices.Contains([]string{HTTPHeader, HTTPMethod, QueryString}, c.Kind())
	})
}

// ListenerRules are the rules of the templates.
func (n *Network) ListenerRules() []*ListenerRule { return n.listenerRules }

// RulesOf are the rules of a listener in the order of their priorities; an undecided priority comes first.
func (n *Network) RulesOf(l *Listener) []*ListenerRule { return n.rulesOf.of(l.Resource) }

// UnplacedListenerRules are the rules whose listener is undecided.
func (n *Network) UnplacedListenerRules() []*ListenerRule { return n.rulesOf.unplaced() }

func (n *Network) indexListenerRules() {
	for _, r := range n.OfType(listenerRuleType) {
		rule := &ListenerRule{Resource: r, Actions: readActions(property(r, "Actions"))}
		for _, at := range rule.ConditionsProperty().listed() {
			rule.Conditions = append(rule.Conditions, readCondition(at))
		}
		n.listenerRules = append(n.listenerRules, rule)
		n.rulesOf.add(rule.ListenerArn().Value, rule)
	}
	for _, list := range n.rulesOf.by {
		slices.SortStableFunc(list, func(a, b *ListenerRule) int {
			x, _ := a.Priority().Number()
			y, _ := b.Priority().Number()
			return cmp.Compare(int(x), int(y))
		})
	}
}
