package cost

import (
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// webACL adds a web ACL, its rules and rule groups, and the requests that it inspects.
// https://aws.amazon.com/waf/pricing/
func webACL(m *meter, r *network.Resource) {
	m.fixed(r, prices.WebACL, exactly(1))
	m.webRules(r)
	m.use(r, prices.WebACLRequests, requestsKey, million)
}

// webRuleGroup adds the rules of a rule group, which cost once however many web ACLs have the group.
func webRuleGroup(m *meter, r *network.Resource) { m.webRules(r) }

func (m *meter) webRules(r *network.Resource) {
	acl := &network.WebAcl{Resource: r}
	rules := acl.RulesProperty()
	if rules.IsEmpty() {
		return
	}
	if !rules.IsList() {
		m.fixed(r, prices.WebACLRule, atLeast(0), "only the deployment decides the rules")
		return
	}
	count, notes := countOf(rules.Items())
	m.fixed(r, prices.WebACLRule, count, notes...)
	for _, rule := range acl.Rules() {
		if name := rule.Statement().At.Field("ManagedRuleGroupStatement").Field("Name").Literal(); isDearer(name) {
			m.note("%s of %s costs more than a rule, which is not in the bill", name, network.DisplayName(r))
		}
	}
}

// isDearer reports whether a managed rule group has a price of its own.
func isDearer(group string) bool {
	for _, part := range []string{"BotControl", "ATPRuleSet", "ACFPRuleSet", "AntiDDoS"} {
		if strings.Contains(group, part) {
			return true
		}
	}
	return false
}
