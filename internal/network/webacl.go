package network

import (
	"cmp"
	"slices"
)

const (
	webAclType = "AWS::WAFv2::WebACL"
	ipSetType  = "AWS::WAFv2::IPSet"

	webRuleGroupType = "AWS::WAFv2::RuleGroup"
)

// WebAcl is a web ACL of AWS WAF.
type WebAcl struct{ *Resource }

// DefaultAction is what it does with requests that no rule ends: Allow or Block.
func (w *WebAcl) DefaultAction() Property { return property(w.Resource, "DefaultAction") }

// Allows says whether requests that no rule ends are allowed.
func (w *WebAcl) Allows() Tristate {
	switch action := w.DefaultAction(); {
	case !action.IsMap():
		return Maybe
	case !action.Field("Allow").IsAbsent():
		return Yes
	}
	return No
}

// RulesProperty is the list of rules.
func (w *WebAcl) RulesProperty() Property { return property(w.Resource, "Rules") }

// WebAclRule is a rule of a web ACL.
type WebAclRule struct{ At Property }

// Rules are the rules in the order in which requests pass them, as far as the template has them: by their priorities, then those whose
// priority is undecided.
func (w *WebAcl) Rules() []WebAclRule {
	var list []WebAclRule
	for _, at := range w.RulesProperty().listed() {
		list = append(list, WebAclRule{at})
	}
	slices.SortStableFunc(list, func(a, b WebAclRule) int {
		x, okX := a.Priority().Number()
		y, okY := b.Priority().Number()
		if !okX || !okY {
			return cmp.Compare(rankOf(okX), rankOf(okY))
		}
		return cmp.Compare(x, y)
	})
	return list
}

// rankOf puts what is known first.
func rankOf(isKnown bool) int {
	if isKnown {
		return 0
	}
	return 1
}

// Name is the name of the rule.
func (r WebAclRule) Name() Property { return r.At.Field("Name") }

// Priority is the place of the rule: the lowest is first.
func (r WebAclRule) Priority() Property { return r.At.Field("Priority") }

// WebAclAction is what a rule does with a request.
type WebAclAction string

// The actions.
const (
	// WebAclUndecided is an action that only the deployment decides, or one of a rule group.
	WebAclUndecided WebAclAction = ""
	// WebAclAllow lets the request pass, past all rules that follow.
	WebAclAllow WebAclAction = "Allow"
	// WebAclBlock ends the request.
	WebAclBlock WebAclAction = "Block"
	// WebAclCount lets the request go on to the next rule.
	WebAclCount WebAclAction = "Count"
	// WebAclCaptcha and WebAclChallenge ask the client for a proof that no program calls.
	WebAclCaptcha   WebAclAction = "Captcha"
	WebAclChallenge WebAclAction = "Challenge"
)

// Action is what the rule does with requests that its statement matches. Rules with rule groups have actions of their own.
func (r WebAclRule) Action() WebAclAction {
	action := r.At.Field("Action")
	if !action.IsMap() {
		return WebAclUndecided
	}
	for _, one := range []WebAclAction{WebAclAllow, WebAclBlock, WebAclCount, WebAclCaptcha, WebAclChallenge} {
		if !action.Field(string(one)).IsAbsent() {
			return one
		}
	}
	return WebAclUndecided
}

// Statement is what the rule matches.
func (r WebAclRule) Statement() WebAclStatement { return WebAclStatement{r.At.Field("Statement")} }

// WebAclStatement is a statement of a rule.
type WebAclStatement struct{ At Property }

// WebAclStatementKind is the kind of a statement.
type WebAclStatementKind string

// The kinds of statements that are about addresses, or are made of others.
const (
	// OtherStatement is any other kind, or one that is undecided.
	OtherStatement WebAclStatementKind = ""
	IPSetStatement WebAclStatementKind = "IPSetReferenceStatement"
	NotStatement   WebAclStatementKind = "NotStatement"
	AndStatement   WebAclStatementKind = "AndStatement"
	OrStatement    WebAclStatementKind = "OrStatement"
)

// Kind is the kind of the statement.
func (s WebAclStatement) Kind() WebAclStatementKind {
	for _, kind := range []WebAclStatementKind{IPSetStatement, NotStatement, AndStatement, OrStatement} {
		if !s.At.Field(string(kind)).IsAbsent() && s.At.IsMap() {
			return kind
		}
	}
	return OtherStatement
}

// Parts are the statements that the statement is made of: those of And and Or, and that of Not. isKnown is false if there are or may be
// others.
func (s WebAclStatement) Parts() (parts []WebAclStatement, isKnown bool) {
	of := s.At.Field(string(s.Kind()))
	if s.Kind() == NotStatement {
		return []WebAclStatement{{of.Field("Statement")}}, true
	}
	list := of.Field("Statements")
	for _, at := range list.listed() {
		parts = append(parts, WebAclStatement{at})
	}
	return parts, list.IsList()
}

// Arn is the IP set of an IPSetReferenceStatement.
func (s WebAclStatement) Arn() Property { return s.At.Field(string(IPSetStatement)).Field("Arn") }

// IsForwarded reports whether an IPSetReferenceStatement looks at a header, and not at the address of the connection.
func (s WebAclStatement) IsForwarded() bool {
	return !s.At.Field(string(IPSetStatement)).Field("IPSetForwardedIPConfig").IsAbsent()
}

// IPSet is a set of addresses of AWS WAF.
type IPSet struct{ *Resource }

// Addresses are its CIDR blocks.
func (s *IPSet) Addresses() Property { return property(s.Resource, "Addresses") }

// IPAddressVersion is IPV4 or IPV6.
func (s *IPSet) IPAddressVersion() Property { return property(s.Resource, "IPAddressVersion") }

// WebAcl is the web ACL that an ARN refers to; nil if the templates do not define it.
func (n *Network) WebAcl(arn Value) *WebAcl { return n.internet.webAcls.referred(arn) }

// IPSet is the IP set that an ARN refers to; nil if the templates do not define it.
func (n *Network) IPSet(arn Value) *IPSet { return n.internet.ipSets.referred(arn) }

// InSet says whether an IP set has one of the addresses that are asked about: has says so of a block. ok is false if the templates do not
// define the set, or do not have all of it.
func (n *Network) InSet(arn Value, has func(block Property) Tristate) (is Tristate, ok bool) {
	set := n.IPSet(arn)
	if set == nil {
		return Maybe, false
	}
	for _, block := range set.Addresses().listed() {
		is = max(is, has(block))
	}
	if !set.Addresses().IsList() {
		return max(is, Maybe), false
	}
	return is, true
}

// Matches says whether a statement matches requests from an address, of which inSet says whether an IP set has it. Statements that look at
// anything else may match.
func (s WebAclStatement) Matches(inSet func(set WebAclStatement) Tristate) Tristate {
	kind := s.Kind()
	switch kind {
	case OtherStatement:
		return Maybe
	case IPSetStatement:
		if s.IsForwarded() {
			return Maybe
		}
		return inSet(s)
	}
	parts, isKnown := s.Parts()
	result := map[WebAclStatementKind]Tristate{NotStatement: Yes, AndStatement: Yes, OrStatement: No}[kind]
	for _, part := range parts {
		is := part.Matches(inSet)
		switch kind {
		case NotStatement:
			result = Yes - is
		case AndStatement:
			result = min(result, is)
		case OrStatement:
			result = max(result, is)
		}
	}
	switch {
	case isKnown:
	case kind == AndStatement:
		result = min(result, Maybe)
	case kind == OrStatement:
		result = max(result, Maybe)
	}
	return result
}

func (n *Network) indexWebAcls() {
	collect(n, &n.internet.webAcls, webAclType, func(r *Resource) *WebAcl { return &WebAcl{r} })
	collect(n, &n.internet.webRuleGroups, webRuleGroupType, func(r *Resource) *WebRuleGroup { return &WebRuleGroup{r} })
	collect(n, &n.internet.ipSets, ipSetType, func(r *Resource) *IPSet { return &IPSet{r} })
}
