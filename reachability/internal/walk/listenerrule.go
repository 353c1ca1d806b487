package walk

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// oneOf follows the outcomes of a listener, one of which happens: if some are blocked and some are not, the result is
// unknown.
func (t *trace) oneOf(alb loadBalancer, outcomes []network.Outcome) {
	oneOf(t, proof.HopAlbRule, outcomes, func(t *trace, o network.Outcome) { t.byRule(alb, o) }, whyMaybe)
}

// oneOf follows the outcomes of a listener at a hop; whyMaybe says why it is unknown which of them happens.
func oneOf[T any](t *trace, hop string, outcomes []T, follow func(*trace, T), whyMaybe func(T) result) {
	var branches, blocked []*trace
	for _, o := range outcomes {
		branch := t.branch()
		follow(branch, o)
		branches = append(branches, branch)
		if branch.verdict() == proof.Blocked {
			blocked = append(blocked, branch)
		}
	}
	if len(blocked) == 0 || len(blocked) == len(outcomes) {
		each(t, branches, func(t, branch *trace) { t.hops = append(t.hops, branch.hops...) })
		return
	}
	r := whyMaybe(outcomes[0])
	r.message += "; one outcome is blocked: " + blocked[0].decisive().Message
	t.take(hop, r)
}

// whyMaybe says why it is unknown whether an outcome happens.
func whyMaybe(o network.Outcome) result { return doubtful(o.Resource(), o.Why) }

// doubtful is the result for a rule of which it is unknown whether it takes a request.
func doubtful(rule *network.Resource, d network.Doubt) result {
	name := network.DisplayName(rule)
	switch d.Kind {
	case network.HostUnknown:
		return unknown("the host of the request is unknown", "ask about a domain").at(d.At)
	case network.RegularExpression:
		return unknown("a regular expression decides whether "+name+" matches the request", "use patterns with * and ?").at(d.At)
	case network.SourceAddress:
		return unknown("a rule checks the source address, which is not known: behind an NLB it is that of a node, and not the client's", "route by host and path").at(d.At)
	case network.OtherCondition:
		return unknown(fmt.Sprintf("%s of the request decides whether %s matches it", d.Field, name), "ask about the route by its path pattern").at(d.At)
	}
	return undecided(d.At)
}

// byRule takes a request through one outcome of a listener.
func (t *trace) byRule(alb loadBalancer, o network.Outcome) {
	actions := o.Actions()
	login, authenticates := actions.Authenticates()
	if authenticates && !t.take(proof.HopAlbRule, assumable(
		fmt.Sprintf("%s accepts only requests with credentials (%s)", network.DisplayName(o.Resource()), login.Type.Literal()),
		proof.AssumeAuthentication, "make the client send them",
	).at(login.At).concerning(t.n.UnmodelledBefore(o)...)) {
		return
	}
	if authenticates && login.ValidatesJwt() {
		t.take(proof.HopJwtKeys, t.jwtKeys(alb, login))
	}
	if code, answers, _ := actions.Answer(); answers {
		t.take(proof.HopAlbRule, t.answered(o, code))
		return
	}
	groups, r := forwardedTo(actions)
	if len(groups) == 0 {
		t.take(proof.HopAlbRule, r)
		return
	}
	if t.isShadowed(o, groups) {
		t.take(proof.HopAlbRule, t.shadowed(o))
		return
	}
	if !authenticates {
		by := network.DisplayName(o.Resource())
		if o.Rule == nil {
			by = "the listener's default action"
		}
		takes := passes("%s takes %s%s", by, t.domain, t.path).at(actions.List).concerning(t.n.UnmodelledBefore(o)...)
		t.take(proof.HopAlbRule, t.exceptEarlier(onConditions(takes, o), o))
	}
	from := forwarder{alb, o.Listener, actions}
	t.forward(actions.UndecidedWeights(), groups, func(t *trace, group network.Property) { t.toTargets(from, group) })
}

// onConditions notes what a rule demands of requests beside their host and path. A question about a route is about the
// requests that meet it.
func onConditions(r result, o network.Outcome) result {
	if o.Rule == nil {
		return r
	}
	for i, condition := range o.Rule.FurtherConditions() {
		r.message += []string{", of requests that match its ", " and its "}[min(i, 1)] + condition.Kind()
		r = r.related(cite.Property(condition.At))
	}
	return r
}

// exceptEarlier notes the rules that come before a route and take some of its requests.
func (t *trace) exceptEarlier(r result, o network.Outcome) result {
	if t.route == nil || o.Rule != t.route {
		return r
	}
	for _, earlier := range t.n.TakenBefore(o.Listener, network.Request{Host: t.domain, Path: t.path, Route: t.route}) {
		r.message += fmt.Sprintf(", except for those that %s takes before it by their %s", network.DisplayName(earlier.Rule.Resource), earlier.Why.Field)
		r = r.related(cite.Property(earlier.Why.At))
	}
	return r
}

// answered is the result for a request that the listener answers itself, with a status code.
func (t *trace) answered(o network.Outcome, code string) result {
	switch {
	case o.Rule == nil:
		r := blocks(
			fmt.Sprintf("no rule matches %s%s, and the listener's default action answers with %s", t.domain, t.path, code),
			"add a rule that forwards this host and path",
		).at(o.Actions().List)
		list := t.n.RulesOf(o.Listener)
		for _, rule := range list[:min(len(list), 3)] {
			r = r.related(cite.Property(rule.ConditionsProperty()))
		}
		return r
	case t.route != nil && o.Rule != t.route:
		return t.shadowed(o)
	}
	return blocks(
		fmt.Sprintf("%s answers %s%s itself, with %s", network.DisplayName(o.Rule.Resource), t.domain, t.path, code), "give the rule an action of type forward",
	).at(o.Actions().List)
}

// isShadowed reports whether an outcome takes the requests of the route to other target groups than the route's.
func (t *trace) isShadowed(o network.Outcome, groups []network.Property) bool {
	if t.route == nil || o.Rule == t.route {
		return false
	}
	same := func(a, b network.Property) bool { return network.Equal(a.Value, b.Value) == network.Yes }
	return !slices.EqualFunc(t.route.Actions.Targets().Groups, groups, same)
}

// shadowed is the result for a route whose requests another rule takes, or the listener's default action.
func (t *trace) shadowed(o network.Outcome) result {
	route := network.DisplayName(t.route.Resource)
	if o.Rule == nil {
		return blocks(
			fmt.Sprintf("the listener's default action takes %s%s instead of %s", t.domain, t.path, route), "change the conditions of "+route,
		).at(o.Actions().List, t.route.ConditionsProperty())
	}
	return blocks(
		fmt.Sprintf("%s comes before %s and takes its requests", network.DisplayName(o.Rule.Resource), route), "give "+route+" a lower priority number",
	).at(o.Rule.Priority(), t.route.Priority())
}
