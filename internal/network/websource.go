package network

import "iter"

// WebRuleGroup is a group of rules of AWS WAF that web ACLs refer to.
type WebRuleGroup struct{ *Resource }

// Statements are the statements of its rules.
func (g *WebRuleGroup) Statements() (list []WebAclStatement) {
	for _, at := range property(g.Resource, "Rules").listed() {
		list = append(list, WebAclStatement{at.Field("Statement")})
	}
	return list
}

// WebRuleGroup is the rule group that an ARN refers to; nil if the templates do not define it.
func (n *Network) WebRuleGroup(arn Value) *WebRuleGroup {
	return n.internet.webRuleGroups.referred(arn)
}

// WebSource is what a statement looks at to tell sources of requests apart.
type WebSource struct {
	// At is the statement.
	At WebAclStatement
	// What is what it looks at: an address, a country, a network or a rate.
	What string
	// IsForwarded is true for a header that the client may write, in place of the address of the connection.
	IsForwarded bool
}

// Sources are what the statement looks at to tell sources apart, and the statements within it: those that it is made of, that narrow it down,
// and those of rule groups of the templates.
func (n *Network) Sources(s WebAclStatement) iter.Seq[WebSource] {
	return func(yield func(WebSource) bool) { n.sources(s, map[*WebRuleGroup]bool{}, yield) }
}

func (n *Network) sources(s WebAclStatement, seen map[*WebRuleGroup]bool, yield func(WebSource) bool) bool {
	if !s.At.IsMap() {
		return true
	}
	if source, ok := s.source(); ok && !yield(source) {
		return false
	}
	for _, inner := range s.within() {
		if !n.sources(inner, seen, yield) {
			return false
		}
	}
	group := n.WebRuleGroup(s.At.Field("RuleGroupReferenceStatement").Field("Arn").Value)
	if group == nil || !IsCertain(group.Resource) || seen[group] {
		return true
	}
	seen[group] = true
	for _, inner := range group.Statements() {
		if !n.sources(inner, seen, yield) {
			return false
		}
	}
	return true
}

// within are the statements in a statement.
func (s WebAclStatement) within() (list []WebAclStatement) {
	for _, kind := range []WebAclStatementKind{AndStatement, OrStatement} {
		for _, at := range s.At.Field(string(kind)).Field("Statements").listed() {
			list = append(list, WebAclStatement{at})
		}
	}
	for _, path := range [][2]string{
		{string(NotStatement), "Statement"}, {"RateBasedStatement", "ScopeDownStatement"}, {"ManagedRuleGroupStatement", "ScopeDownStatement"},
	} {
		if at := s.At.Field(path[0]).Field(path[1]); at.IsMap() {
			list = append(list, WebAclStatement{at})
		}
	}
	return list
}

// source is what the statement itself looks at; ok is false if that is not the source.
func (s WebAclStatement) source() (source WebSource, ok bool) {
	has := func(p Property) bool { return p.IsMap() }
	for _, kind := range []struct{ statement, what, forwarded string }{
		{string(IPSetStatement), "the address", "IPSetForwardedIPConfig"},
		{"GeoMatchStatement", "the country", "ForwardedIPConfig"},
		{"AsnMatchStatement", "the network", "ForwardedIPConfig"},
	} {
		if at := s.At.Field(kind.statement); has(at) {
			return WebSource{s, kind.what, has(at.Field(kind.forwarded))}, true
		}
	}
	rate := s.At.Field("RateBasedStatement")
	if !has(rate) {
		return WebSource{}, false
	}
	switch key := rate.Field("AggregateKeyType").Literal(); key {
	case "IP", "FORWARDED_IP":
		return WebSource{s, "the rate of an address", key == "FORWARDED_IP"}, true
	case "CUSTOM_KEYS":
		keys, isForwarded := rate.Field("CustomKeys").listed(), false
		for _, key := range keys {
			forwarded := !key.Field("ForwardedIP").IsAbsent()
			if !forwarded && key.Field("IP").IsAbsent() {
				return WebSource{}, false // such as a header, by which it tells them apart
			}
			isForwarded = isForwarded || forwarded
		}
		return WebSource{s, "the rate of an address", isForwarded}, len(keys) > 0
	}
	return WebSource{}, false
}
