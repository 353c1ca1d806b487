package alb

import (
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// checkTargets checks where requests go: to targets of the route's own, to target groups that exist, to both by weight, or
// nowhere, because an action ends them.
func (b *LoadBalancer) checkTargets(r *rules.Report, o *RouteOptions) {
	hasTargets, hasGroups := len(prop.Elements(o.Targets)) > 0, len(prop.Elements(o.TargetGroups)) > 0
	switch {
	case o.Action != nil:
		b.checkAction(r, o)
		return
	case !hasTargets && !hasGroups:
		r.AddWithFix(rules.Required, "Targets", "supply where requests go", "is empty")
	case !hasTargets:
		for _, name := range check.Set(optionsOfOwnGroup(o)...) {
			r.AddWithFix(rules.Contradiction, name, "set it on the target group", "is set, but the route has no Targets of its own")
		}
	}
	if o.Weight != nil && (!hasTargets || !hasGroups) {
		r.AddWithFix(rules.Contradiction, "Weight", "leave it out", "is set, but the route does not have both Targets and TargetGroups")
	}
	if o.StickinessDuration != nil && !hasGroups {
		r.AddWithFix(rules.Contradiction, "StickinessDuration", "leave it out", "is set, but the route has no TargetGroups to choose from")
	}
	checkWeights(r, o, hasTargets)
	if seconds, ok := token.LiteralNumber(prop.Seconds(o.StickinessDuration)); ok {
		rules.CheckStickiness(r, "StickinessDuration", seconds)
	}
}

// checkWeights checks what the weights are together.
func checkWeights(r *rules.Report, o *RouteOptions, hasTargets bool) {
	groups := prop.Elements(o.TargetGroups)
	count, isAnyOpen := len(groups), false
	if hasTargets {
		count++
		weight, isLiteral := token.LiteralNumber(o.Weight)
		if isLiteral {
			rules.CheckWeight(r, "Weight", weight)
		}
		isAnyOpen = !isLiteral || weight != 0
	}
	rules.CheckForwardGroups(r, "TargetGroups", count)
	for _, group := range groups {
		if group == nil {
			return
		}
		weight, isLiteral := token.LiteralNumber(group.Weight)
		isAnyOpen = isAnyOpen || !isLiteral || weight != 0
	}
	if count > 0 && !isAnyOpen {
		r.AddWithFix(rules.WeightedForward, "TargetGroups", "give one of them a weight", "all weights are 0, so no target group gets requests")
	}
}

// optionsOfOwnGroup are the options that describe the target group of a route's own targets.
func optionsOfOwnGroup(o *RouteOptions) []check.Property {
	return []check.Property{
		{Name: "DeregistrationDelay", IsSet: o.DeregistrationDelay != nil},
		{Name: "HealthCheck", IsSet: o.HealthCheck != nil},
		{Name: "Protocol", IsSet: o.Protocol != ""},
		{Name: "ProtocolVersion", IsSet: o.ProtocolVersion != ""},
		{Name: "TargetType", IsSet: o.TargetType != ""},
	}
}
