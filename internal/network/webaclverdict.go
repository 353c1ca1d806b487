package network

// WebAclAllows says whether a web ACL allows requests from an address, as far as its rules look at addresses alone, and the property that
// decides or leaves it open. has says whether a block of an IP set has the address.
//
// The first rule that matches and allows or blocks decides, then the default action. A rule that looks at anything else may match. It never
// says yes of what a rule group may block.
// https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-processing.html
func (n *Network) WebAclAllows(w *WebAcl, has func(block Property) Tristate) (allows Tristate, at Property) {
	if list := w.RulesProperty(); w.Exists != Yes || Macro(w.Stack) != "" || !list.IsListOrAbsent() {
		return Maybe, list
	}
	var doubt *Property
	mayAllow, mayBlock := false, false
	for _, r := range w.Rules() {
		if _, ok := r.Priority().Number(); !ok || !r.At.IsMap() {
			return Maybe, r.At
		}
		outcome := r.outcome(r.Statement().Matches(func(set WebAclStatement) Tristate { return n.inCertainSet(set.Arn().Value, has) }))
		switch {
		case outcome == ruleAllows && !mayBlock:
			return Yes, r.At
		case outcome == ruleBlocks && !mayAllow:
			return No, r.At
		case outcome == ruleAllows || outcome == ruleBlocks:
			return Maybe, *doubt
		}
		mayAllow = mayAllow || outcome&ruleMayAllow != 0
		mayBlock = mayBlock || outcome&ruleMayBlock != 0
		if outcome != ruleGoesOn && doubt == nil {
			doubt = &r.At
		}
	}
	switch allows := w.Allows(); {
	case allows == Maybe:
		return Maybe, w.DefaultAction()
	case allows == Yes && mayBlock || allows == No && mayAllow:
		return Maybe, *doubt
	default:
		return allows, w.DefaultAction()
	}
}

// ruleOutcome is what a rule does with a request.
type ruleOutcome int

const (
	ruleGoesOn   ruleOutcome = 0
	ruleMayAllow ruleOutcome = 1 << iota
	ruleMayBlock
	ruleAllows
	ruleBlocks
)

// outcome is what the rule does with requests that its statement matches or not.
func (r WebAclRule) outcome(matches Tristate) ruleOutcome {
	switch action := r.Action(); {
	case matches == No || action == WebAclCount:
		return ruleGoesOn
	case action == WebAclAllow && matches == Yes:
		return ruleAllows
	case action == WebAclAllow:
		return ruleMayAllow
	case action == WebAclBlock && matches == Yes:
		return ruleBlocks
	case action == WebAclBlock || action == WebAclCaptcha || action == WebAclChallenge || r.blocksAtMost():
		return ruleMayBlock
	}
	return ruleMayAllow | ruleMayBlock
}

// blocksAtMost reports whether the rule is a rule group of AWS with the actions that AWS gives it: none of them allows a request past the
// rules that follow.
// https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
func (r WebAclRule) blocksAtMost() bool {
	group := r.Statement().At.Field("ManagedRuleGroupStatement")
	return r.At.Field("Action").IsAbsent() && group.Field("VendorName").Literal() == "AWS" && group.Field("RuleActionOverrides").IsEmpty()
}

// inCertainSet is [Network.InSet] of a set that is deployed as the template has it.
func (n *Network) inCertainSet(arn Value, has func(block Property) Tristate) Tristate {
	set := n.IPSet(arn)
	if set == nil || !IsCertain(set.Resource) {
		return Maybe
	}
	is, _ := n.InSet(arn, has)
	return is
}
