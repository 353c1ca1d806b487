package lattice

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// routePlan is a route with all defaults filled in and all rules checked.
type routePlan struct {
	match         rules.LatticeMatch
	httpMatch     *awsvpclattice.CfnRule_HttpMatchProperty
	targets       []*weightedPlan
	fixedResponse *float64 // nil unless there are no targets
}

// weightedPlan is one of the targets of a route.
type weightedPlan struct {
	constructID string
	group       *targetGroupPlan
	weight      *float64 // nil for the only target
}

// constructID returns the construct ID of the rule.
func (plan *routePlan) constructID() string {
	if plan.match.Explicit {
		return fmt.Sprint("Rule", plan.match.Priority)
	}
	return "RuleOf" + plan.match.ID
}

// groups returns the target groups of a route.
func (plan *routePlan) groups() (groups []*targetGroupPlan) {
	for _, target := range plan.targets {
		groups = append(groups, target.group)
	}
	return groups
}

// planRoute checks a route against the rules of VPC Lattice and against the routes before it.
func (a *api) planRoute(r *rules.Report, id string, o *RouteOptions) *routePlan {
	plan := &routePlan{fixedResponse: o.FixedResponse}
	if a.plan.protocol() == ListenerProtocol_TLS_PASSTHROUGH {
		r.AddWithFix(rules.LatticePassthrough, "AddRoute", "remove the route, or use ListenerProtocol_HTTPS", "is called for a TLS_PASSTHROUGH listener, which has no rules")
	}
	plan.planMatch(r, o)
	a.planPriority(r, id, plan, o)
	a.planTargets(r, id, plan, o)
	if n := len(a.matches) + 1; n == rules.MaxLatticeRules+1 { // once
		rules.CheckLatticeRuleCount(r, "AddRoute", n)
	}
	if n := a.targetGroups + len(plan.targets); a.targetGroups <= rules.MaxLatticeTargetGroups { // once
		rules.CheckLatticeTargetGroupCount(r, "AddRoute", n)
	}
	return plan
}

// planMatch checks the conditions of a route.
func (plan *routePlan) planMatch(r *rules.Report, o *RouteOptions) {
	plan.httpMatch = &awsvpclattice.CfnRule_HttpMatchProperty{Method: o.Method}
	plan.planPath(r, o)
	if method, ok := token.Literal(o.Method); ok {
		rules.CheckLatticeMethod(r, "Method", method)
		plan.match.Method = method
	}
	plan.planHeaders(r, o)
	if o.Path == nil && o.PathPrefix == nil && o.Method == nil && len(prop.Elements(o.Headers)) == 0 {
		r.AddWithFix(rules.LatticeRoute, "AddRoute", "set Path, PathPrefix, Method or Headers; set Target of the API for all other requests", "has no condition")
	}
	plan.match.Opaque = o.Method != nil && plan.match.Method == "" || plan.match.Opaque
}

func (plan *routePlan) planPath(r *rules.Report, o *RouteOptions) {
	property, path := "Path", prop.Or(o.Path, o.PathPrefix)
	if o.Path == nil {
		property = "PathPrefix"
	}
	switch {
	case o.Path != nil && o.PathPrefix != nil:
		r.AddWithFix(rules.LatticeRoute, "PathPrefix", "remove it, or Path", "is set together with Path")
	case path == nil:
		if o.CaseSensitive != nil {
			r.AddWithFix(rules.Contradiction, "CaseSensitive", "set Path or PathPrefix, or leave it out", "is set without a path")
		}
		return
	}
	match := &awsvpclattice.CfnRule_PathMatchTypeProperty{Exact: o.Path, Prefix: o.PathPrefix}
	plan.httpMatch.PathMatch = &awsvpclattice.CfnRule_PathMatchProperty{Match: match, CaseSensitive: prop.OrAbsent(o.CaseSensitive)}
	literal, ok := token.Literal(path)
	if !ok {
		plan.match.Opaque = true
		return
	}
	rules.CheckLatticePath(r, property, literal)
	plan.match.Path, plan.match.IsPrefix, plan.match.CaseSensitive = literal, o.Path == nil, prop.IsTrue(o.CaseSensitive)
}

func (plan *routePlan) planHeaders(r *rules.Report, o *RouteOptions) {
	check.NoNil(r, "Headers", o.Headers)
	headers := prop.Elements(o.Headers)
	rules.CheckLatticeHeaderCount(r, "Headers", len(headers))
	matches := []any{}
	for i, header := range headers {
		if header != nil {
			matches = append(matches, plan.planHeader(r, fmt.Sprintf("Headers[%d]", i), header))
		}
	}
	if len(matches) > 0 {
		plan.httpMatch.HeaderMatches = matches
	}
}

func (plan *routePlan) planHeader(r *rules.Report, property string, header *HeaderMatch) *awsvpclattice.CfnRule_HeaderMatchProperty {
	if header.Name == nil {
		r.AddWithFix(rules.Required, property+".Name", "supply the name of the header", "is missing")
	} else if name, ok := token.Literal(header.Name); ok {
		rules.CheckLatticeHeaderName(r, property+".Name", name)
	}
	kinds := 0
	var text string
	for _, value := range []struct {
		name  string
		value *string
	}{{"Exact", header.Exact}, {"Prefix", header.Prefix}, {"Contains", header.Contains}} {
		if value.value == nil {
			continue
		}
		kinds++
		if literal, ok := token.Literal(value.value); ok {
			rules.CheckLatticeHeaderValue(r, property+"."+value.name, literal)
		}
		text = value.name + " " + *value.value
	}
	if kinds != 1 {
		r.AddWithFix(rules.LatticeRoute, property, "set one of Exact, Prefix and Contains", "has %d of Exact, Prefix and Contains", kinds)
	}
	plan.match.Headers = append(plan.match.Headers, strings.ToLower(*prop.Or(header.Name, jsii.String("")))+" "+text)
	return &awsvpclattice.CfnRule_HeaderMatchProperty{
		Name: header.Name, CaseSensitive: prop.OrAbsent(header.CaseSensitive),
		Match: &awsvpclattice.CfnRule_HeaderMatchTypeProperty{Exact: header.Exact, Prefix: header.Prefix, Contains: header.Contains},
	}
}

// planPriority decides the priority of a route and checks it against the routes before it.
func (a *api) planPriority(r *rules.Report, id string, plan *routePlan, o *RouteOptions) {
	match := &plan.match
	match.ID, match.Explicit = id, o.Priority != nil
	if priority, ok := token.LiteralNumber(o.Priority); ok {
		rules.CheckLatticePriority(r, "Priority", priority)
		match.Priority = int(priority)
	} else if o.Priority != nil {
		r.AddWithFix(rules.LatticePriority, "Priority", "set a number", "is known only at deploy time, and CDK needs it at synthesis")
	} else {
		match.Priority = rules.DeriveLatticePriority(id)
	}
	for _, other := range a.matches {
		checkAgainst(r, *match, other)
	}
}

// checkAgainst reports an ID, a priority or requests that another route has already.
func checkAgainst(r *rules.Report, match, other rules.LatticeMatch) {
	switch {
	case match.ID == other.ID:
		r.AddWithFix(rules.Contradiction, "id", "give each route its own id", "%q is the id of another route", match.ID)
	case match.Explicit && match.Priority == other.Priority:
		r.Add(rules.LatticePriority, "Priority", "%d is the priority of route %s", match.Priority, other.ID)
	case match.Priority == other.Priority:
		r.AddWithFix(rules.LatticePriority, "Priority", "set Priority on one of them", "is derived from the id, and route %s has the same one, %d", other.ID, other.Priority)
	case match.Explicit && other.Explicit:
		checkShadowed(r, match, other)
	case match.Overlaps(other):
		r.Add(rules.RouteOverlap, "Priority", "must be set here and on route %s: both match some requests", other.ID)
	}
}

// checkShadowed warns of a route that gets no requests.
func checkShadowed(r *rules.Report, match, other rules.LatticeMatch) {
	switch {
	case other.Priority < match.Priority && other.Contains(match):
		r.Add(rules.RouteShadowed, "Priority", "route %s has a smaller Priority and matches every request of this route", other.ID)
	case match.Priority < other.Priority && match.Contains(other):
		r.Add(rules.RouteShadowed, "Priority", "this route has a smaller Priority and matches every request of route %s", other.ID)
	}
}

// planTargets checks where a route forwards to.
func (a *api) planTargets(r *rules.Report, id string, plan *routePlan, o *RouteOptions) {
	actions := check.Set(
		check.Property{Name: "Target", IsSet: o.Target != nil},
		check.Property{Name: "Targets", IsSet: len(prop.Elements(o.Targets)) > 0},
		check.Property{Name: "FixedResponse", IsSet: o.FixedResponse != nil},
	)
	switch {
	case len(actions) == 0:
		r.AddWithFix(rules.Required, "Target", "set Target, Targets or FixedResponse", "is missing")
	case len(actions) > 1:
		r.AddWithFix(rules.Contradiction, actions[1], "set one of Target, Targets and FixedResponse", "is set together with %s", actions[0])
	}
	checkFixedResponse(r, "FixedResponse", o.FixedResponse)
	if o.Target != nil {
		a.planWeighted(r, plan, "Target", "TargetsOf"+id, o.Target, nil)
	}
	rules.CheckLatticeForwardGroups(r, "Targets", len(prop.Elements(o.Targets)))
	seen := map[string]bool{}
	for i, target := range prop.Elements(o.Targets) {
		property := fmt.Sprintf("Targets[%d]", i)
		switch {
		case target == nil || target.Target == nil:
			r.AddWithFix(rules.Required, property, "set Target", "is nil")
			continue
		case target.Id == nil || *target.Id == "":
			r.AddWithFix(rules.Required, property+".Id", "supply an ID, such as Blue", "is missing")
			continue
		case seen[*target.Id]:
			r.AddWithFix(rules.Contradiction, property+".Id", "give each target its own ID", "%q is the ID of another target", *target.Id)
		}
		seen[*target.Id] = true
		if weight, ok := token.LiteralNumber(target.Weight); ok {
			rules.CheckLatticeWeight(r, property+".Weight", weight)
		}
		a.planWeighted(r, plan, property, "TargetsOf"+id+"-"+*target.Id, target.Target, prop.Or(target.Weight, jsii.Number(1)))
	}
}

func (a *api) planWeighted(r *rules.Report, plan *routePlan, property, constructID string, target ITarget, weight *float64) {
	group := a.plan.planTarget(r, property, target)
	a.plan.checkClaims(r, property, group)
	plan.targets = append(plan.targets, &weightedPlan{constructID, group, weight})
}
