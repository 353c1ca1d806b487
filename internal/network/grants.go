package network

import (
	"slices"
	"strings"
)

// Grants says whether the policies of a role allow an action, of which some statement must be for a resource. It is No if none allows it,
// and Maybe if one denies it, has a condition, or is not in the templates; the property is what decides.
func (n *Network) Grants(r *Role, action string, isFor func(resource Value) bool) (Tristate, Property) {
	if boundary := r.PermissionsBoundary(); !boundary.IsAbsent() {
		return Maybe, boundary
	}
	answer, at := No, r.Policies()
	all := n.IdentityPoliciesOf(r)
	for _, open := range append(slices.Clip(all.Open), all.Managed...) {
		if !strings.Contains(open.Literal(), ":iam::aws:policy/") { // those of AWS deny nothing
			return Maybe, open
		}
	}
	for _, document := range all.Documents {
		for _, statement := range document.Field("Statement").Items() {
			is := matchesAction(statement, action, isFor)
			switch {
			case is == No:
			case statement.Field("Effect").Literal() != "Allow":
				return Maybe, statement
			case is > answer:
				answer, at = is, statement
			}
		}
	}
	return answer, at
}

// matchesAction says whether a statement is about an action on a resource. A condition that this package knows to hold is none.
func matchesAction(statement Property, action string, isFor func(resource Value) bool) Tristate {
	if !statement.IsMap() || !statement.Field("NotAction").IsAbsent() || !statement.Field("NotResource").IsAbsent() {
		return Maybe
	}
	is := No
	for _, p := range statement.Field("Action").Items() {
		text, isText := p.Text()
		switch {
		case !isText:
			is = max(is, Maybe)
		case isAction(text, action):
			is = Yes
		}
	}
	onIt := No
	for _, p := range statement.Field("Resource").Items() {
		switch _, isText := p.Text(); {
		case p.Literal() == "*" || isFor(p.Value):
			onIt = Yes
		case !isText:
			onIt = max(onIt, Maybe)
		case strings.ContainsAny(p.Literal(), "*?"):
			onIt = max(onIt, Maybe)
		}
	}
	if is = min(is, onIt); is == Yes && !isOwnRegion(statement.Field("Condition"), statement.Resource.Stack) {
		return Maybe
	}
	return is
}

// isAction reports whether an action of a policy is an action: itself, or with a wildcard at its end.
func isAction(pattern, action string) bool {
	prefix, isWildcard := strings.CutSuffix(strings.ToLower(pattern), "*")
	if isWildcard {
		return strings.HasPrefix(strings.ToLower(action), prefix)
	}
	return strings.EqualFold(pattern, action)
}

// isOwnRegion reports whether a condition is absent, or asks for the Region of the stack alone.
func isOwnRegion(condition Property, s *Stack) bool {
	if condition.IsAbsent() {
		return true
	}
	equals := condition.Field("StringEquals")
	regions := equals.Field("ec2:Region").Items()
	return slices.Equal(condition.Fields(), []string{"StringEquals"}) && slices.Equal(equals.Fields(), []string{"ec2:Region"}) &&
		len(regions) == 1 && s.Region != "" && regions[0].Literal() == s.Region
}
