package rules

import "slices"

// Every returns every rule: those that constructs enforce, those that only templates can break, and one for each hop
// of a proof.
func Every() []Rule { return slices.Concat(All(), Template(), Hops()) }

// Find returns the rule with an ID, with or without "privateapi:" before it.
func Find(id string) (Rule, bool) {
	for _, rule := range Every() {
		if rule.ID == id || rule.ID == "privateapi:"+id {
			return rule, true
		}
	}
	return Rule{}, false
}
