package network

// HasCustomPolicy reports whether the endpoint is certain to have another policy than the default one, which gives full
// access.
func (e *Endpoint) HasCustomPolicy() bool {
	policy := e.PolicyDocument()
	return policy.IsMap() && !mayGiveFullAccess(policy)
}

// mayGiveFullAccess reports whether a policy allows every action to everyone, or may do so.
func mayGiveFullAccess(policy Property) bool {
	statement := policy.Field("Statement")
	if statement.IsList() {
		if statement.Len() != 1 {
			return false
		}
		statement = statement.At(0)
	}
	if !statement.IsMap() {
		return true
	}
	principal := statement.Field("Principal")
	if principal.IsMap() {
		principal = principal.Field("AWS")
	}
	for _, p := range []Property{principal, statement.Field("Action"), statement.Field("Resource")} {
		if !mayBeAny(p) {
			return false
		}
	}
	return statement.Field("Condition").IsAbsent() && statement.Field("Effect").Literal() != "Deny"
}

// mayBeAny reports whether a principal, an action or a resource is the wildcard *, or may be.
func mayBeAny(p Property) bool {
	if p.IsList() && p.Len() == 1 {
		p = p.At(0)
	}
	return p.Literal() == "*" || p.IsUnknown()
}
