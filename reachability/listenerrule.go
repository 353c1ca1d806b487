package reachability

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// asked is a request, or all requests of a route, as far as listener rules look at it.
type asked struct {
	host string // "" if it is not known
	path string // may be a pattern, for all requests that match it
	// route is the rule whose requests are meant; what else it asks of a request holds for them.
	route *assembly.Resource
	// sources are the addresses from which the ALB sees the request.
	sources addresses
}

// outcome is one thing that a listener can do with a request: a rule's actions, or its own default.
type outcome struct {
	resource *assembly.Resource
	property string // that has the actions
	maybe    bool   // whether it is this one is not known
	why      step
}

// match is what a rule, or one of its conditions, says to a request.
type match struct {
	is        assembly.Tristate
	byRequest bool // Maybe, and the request decides, such as its method
	why       step
}

// indexRules collects the rules of listeners in the order of their priorities; a priority that is not known comes first.
func (m *Model) indexRules() {
	m.rulesOf = map[key][]*assembly.Resource{}
	m.indexBy("AWS::ElasticLoadBalancingV2::ListenerRule", "ListenerArn", m.rulesOf)
	for _, list := range m.rulesOf {
		slices.SortStableFunc(list, func(a, b *assembly.Resource) int {
			x, _ := a.Property("Priority").Number()
			y, _ := b.Property("Priority").Number()
			return int(x - y)
		})
	}
}

// outcomes returns what a listener can do with a request: all rules that may take it, up to the first that does.
func (m *Model) outcomes(listener *assembly.Resource, q asked) []outcome {
	var list []outcome
	for _, rule := range m.rulesOf[unplaced] {
		if found := m.matches(rule, q); found.is != assembly.No {
			why := undecided(rule, "ListenerArn")
			list = append(list, outcome{resource: rule, property: "Actions", maybe: true, why: why})
		}
	}
	for _, rule := range m.rulesOf[resourceKey(listener)] {
		found := m.matches(rule, q)
		if found.is == assembly.No || found.byRequest && q.route != nil {
			continue
		}
		o := outcome{resource: rule, property: "Actions", maybe: found.is == assembly.Maybe, why: found.why}
		if _, ok := rule.Property("Priority").Number(); !ok && !o.maybe {
			o.maybe, o.why = true, undecided(rule, "Priority")
		}
		list = append(list, o)
		if !o.maybe {
			return list
		}
	}
	return append(list, outcome{resource: listener, property: "DefaultActions"})
}

// matches finds whether a rule takes a request.
func (m *Model) matches(rule *assembly.Resource, q asked) match {
	conditions := rule.Property("Conditions")
	if conditions.Kind() != assembly.List {
		return match{is: assembly.Maybe, why: undecided(rule, "Conditions")}
	}
	result := match{is: assembly.Yes}
	for i := range conditions.Len() {
		found := m.condition(rule, i, q)
		if found.is == assembly.Maybe && found.byRequest && hasCondition(q.route, conditions, i) {
			continue
		}
		if found.is < result.is {
			result = found
		}
	}
	if rule.Exists == assembly.Maybe && result.is == assembly.Yes {
		return match{is: assembly.Maybe, why: undecided(rule)}
	}
	return result
}

// hasCondition reports whether a route asks of its requests what a condition of another rule, or of its own, does.
func hasCondition(route *assembly.Resource, conditions assembly.Value, i int) bool {
	if route == nil {
		return false
	}
	list, _ := conditions.Items()
	return slices.ContainsFunc(items(route, "Conditions"), func(own assembly.Value) bool { return assembly.Equal(own, list[i]) == assembly.Yes })
}

// condition finds whether one condition of a rule holds for a request.
func (m *Model) condition(rule *assembly.Resource, i int, q asked) match {
	field, ok := rule.Property("Conditions", i, "Field").Text()
	if !ok {
		return match{is: assembly.Maybe, why: undecided(rule, "Conditions", i)}
	}
	switch field {
	case "host-header":
		if q.host == "" {
			return match{is: assembly.Maybe, why: doubts("the name that is called is not known", "ask with a domain").at(rule, "Conditions", i)}
		}
		return patterns(rule, i, "HostHeaderConfig", func(pattern string) coverage {
			return relation(strings.ToLower(pattern), strings.ToLower(q.host))
		})
	case "path-pattern":
		return patterns(rule, i, "PathPatternConfig", func(pattern string) coverage { return relation(pattern, q.path) })
	case "source-ip":
		return sourceIP(rule, i, q)
	}
	return match{is: assembly.Maybe, byRequest: true, why: doubts(fmt.Sprintf("%s of the request decides whether %s takes it", field, displayName(rule)), "ask for the route by its path pattern").at(rule, "Conditions", i)}
}

// longestPattern is how long a pattern of a listener rule can be.
const longestPattern = rules.MaxPatternLength

// relation says how many of the requests for what is asked a pattern matches; what is asked may be a pattern itself.
func relation(pattern, asked string) coverage {
	switch {
	case len(pattern) > longestPattern: // no rule has it
	case rules.PatternContains(pattern, asked):
		return all
	case rules.PatternsOverlap(pattern, asked):
		return some
	}
	return none
}

// patterns finds whether a list of patterns has what is asked for. A pattern that has a part of it leaves the rest,
// which is what is proven.
func patterns(rule *assembly.Resource, i int, config string, relate func(string) coverage) match {
	values := rule.Property("Conditions", i, config, "Values")
	path := []any{"Conditions", i, config, "Values"}
	if values.Kind() == assembly.Absent {
		values, path = rule.Property("Conditions", i, "Values"), []any{"Conditions", i, "Values"}
	}
	result := match{is: assembly.No}
	if regex := rule.Property("Conditions", i, config, "RegexValues"); regex.Kind() != assembly.Absent {
		result = match{is: assembly.Maybe, why: doubts("a regular expression decides whether "+displayName(rule)+" takes the request", "use patterns with * and ?").at(rule, "Conditions", i, config, "RegexValues")}
	}
	if values.Kind() != assembly.List && values.Kind() != assembly.Absent {
		return match{is: assembly.Maybe, why: undecided(rule, path...)}
	}
	for j := range values.Len() {
		at := append(slices.Clip(path), j)
		pattern, ok := rule.Property(at...).Text()
		if !ok {
			result = match{is: assembly.Maybe, why: undecided(rule, at...)}
			continue
		}
		if relate(pattern) == all {
			return match{is: assembly.Yes}
		}
	}
	return result
}

// sourceIP finds whether the ALB sees requests come from the blocks of a condition. Through PrivateLink these are the
// addresses of the NLB.
func sourceIP(rule *assembly.Resource, i int, q asked) match {
	doubt := match{is: assembly.Maybe, why: doubts("a rule looks at the source address, which is that of an NLB node and not the client's", "route by host and path").at(rule, "Conditions", i)}
	var prefixes []netip.Prefix
	values := rule.Property("Conditions", i, "SourceIpConfig", "Values")
	for j := range values.Len() {
		block, ok := prefix(rule.Property("Conditions", i, "SourceIpConfig", "Values", j))
		if !ok {
			return doubt
		}
		prefixes = append(prefixes, block)
	}
	if len(q.sources.list) == 0 {
		return doubt
	}
	seen := map[coverage]bool{}
	for _, block := range q.sources.list {
		seen[cover(block, prefixes)] = true
	}
	switch {
	case len(seen) == 1 && seen[all]:
		return match{is: assembly.Yes}
	case len(seen) == 1 && seen[none]:
		return match{is: assembly.No}
	}
	return doubt
}

// code is the status with which an outcome answers itself; if it answers, and if what it does is known.
func (o outcome) code() (status string, answers, known bool) {
	actions := o.resource.Property(o.property)
	if actions.Kind() != assembly.List {
		return "", false, false
	}
	for i := range actions.Len() {
		var code assembly.Value
		switch kind, ok := o.resource.Property(o.property, i, "Type").Text(); {
		case !ok:
			return "", false, false
		case kind == "fixed-response":
			code = o.resource.Property(o.property, i, "FixedResponseConfig", "StatusCode")
		case kind == "redirect":
			code = o.resource.Property(o.property, i, "RedirectConfig", "StatusCode")
		default:
			continue
		}
		status, known = code.Text()
		return strings.TrimPrefix(status, "HTTP_"), true, known
	}
	return "", false, true
}

// signsIn is an action that lets only requests with credentials pass, and its index.
func (o outcome) signsIn() (string, int) {
	for i := range o.resource.Property(o.property).Len() {
		if kind := text(o.resource, o.property, i, "Type"); strings.HasPrefix(kind, "authenticate-") || kind == "jwt-validation" {
			return kind, i
		}
	}
	return "", 0
}

// forwardsTo returns the target groups of a list of actions to which requests go.
func forwardsTo(r *assembly.Resource, property string) ([]assembly.Value, step) {
	actions := r.Property(property)
	if actions.Kind() != assembly.List {
		return nil, undecided(r, property)
	}
	for i := range actions.Len() {
		if isUndecided(r.Property(property, i, "Type")) {
			return nil, undecided(r, property, i, "Type")
		}
		if text(r, property, i, "Type") != "forward" {
			continue
		}
		if list := r.Property(property, i, "ForwardConfig", "TargetGroups"); list.Kind() != assembly.List && list.Kind() != assembly.Absent {
			return nil, undecided(r, property, i, "ForwardConfig", "TargetGroups")
		}
		groups, weighted := weightedGroups(r, property, i)
		if len(groups) > 0 {
			return groups, passes("")
		}
		if weighted {
			return nil, blocks("all target groups of the action have weight 0, so no request goes to one", "give one a weight").at(r, property, i, "ForwardConfig", "TargetGroups")
		}
		return nil, blocks(displayName(r)+" forwards to no target group", "name a target group").at(r, property, i)
	}
	return nil, blocks(displayName(r)+" forwards to no target group", "add an action of type forward").at(r, property)
}

// forward walks each of the target groups of an action, all of which must pass. Where one is blocked and its weight is
// not known, it may get no request.
func (t *trail) forward(r *assembly.Resource, property string, groups []assembly.Value, walk func(*trail, assembly.Value)) {
	each(t, groups, func(t *trail, group assembly.Value) {
		branch := *t
		branch.hops = nil
		walk(&branch, group)
		if path := weightOf(r, property, group); path != nil && branch.verdict() == Blocked {
			decisive := Answer{Hops: branch.hops}.Decisive()
			s := undecided(r, path...)
			s.message += "; if it is not 0: " + decisive.Message
			t.take(decisive.Name, s)
			return
		}
		t.hops = append(t.hops, branch.hops...)
	})
}

// weightOf returns the way to the weight of a target group that is not known; nil if it is.
func weightOf(r *assembly.Resource, property string, group assembly.Value) []any {
	for i := range r.Property(property).Len() {
		for j := range r.Property(property, i, "ForwardConfig", "TargetGroups").Len() {
			path := []any{property, i, "ForwardConfig", "TargetGroups", j, "Weight"}
			same := assembly.Equal(r.Property(property, i, "ForwardConfig", "TargetGroups", j, "TargetGroupArn"), group) == assembly.Yes
			if same && isUndecided(r.Property(path...)) {
				return path
			}
		}
	}
	return nil
}

// weightedGroups returns the target groups of a forward action that have a weight, by either property.
func weightedGroups(r *assembly.Resource, property string, i int) (groups []assembly.Value, weighted bool) {
	list := r.Property(property, i, "ForwardConfig", "TargetGroups")
	for j := range list.Len() {
		weight, ok := r.Property(property, i, "ForwardConfig", "TargetGroups", j, "Weight").Number()
		if !ok || weight > 0 {
			groups = append(groups, r.Property(property, i, "ForwardConfig", "TargetGroups", j, "TargetGroupArn"))
		}
	}
	if list.Len() == 0 {
		if v := r.Property(property, i, "TargetGroupArn"); v.Kind() != assembly.Absent {
			groups = append(groups, v)
		}
	}
	return groups, list.Len() > 0
}
