package proof

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Rules returns every rule: those that constructs enforce, those that only templates can break, and that of each hop.
func Rules() []rules.Rule {
	list := slices.Concat(rules.OfConstructs(), rules.Template(), rules.Lock())
	for _, hop := range catalogue {
		list = append(list, hop.Rule)
	}
	return list
}

// FindRule returns the rule with that ID, with or without "privateapi:" before it.
func FindRule(id string) (rules.Rule, bool) {
	for _, rule := range Rules() {
		if rule.ID == id || rule.ID == "privateapi:"+id {
			return rule, true
		}
	}
	return rules.Rule{}, false
}
