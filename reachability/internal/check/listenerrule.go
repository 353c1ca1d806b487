package check

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// rulePriority finds a priority that no listener rule accepts, or that two rules of a listener have.
func rulePriority(p *pass) {
	for _, r := range p.listenerRules {
		p.number(r.Priority(), rules.CheckPriority)
	}
	for _, l := range p.Listeners() {
		first := map[float64]*network.ListenerRule{}
		for _, r := range p.RulesOf(l) {
			priority, ok := r.Priority().Number()
			if !ok || !network.IsCertain(r.Resource) {
				continue
			}
			if other := first[priority]; other != nil {
				p.report(at{r.Priority(), other.Priority()}, "two rules of the listener have priority %v", priority)
				continue
			}
			first[priority] = r
		}
	}
}

// ruleConditions finds paths and hosts that no listener rule accepts, and more of them than a rule can have.
func ruleConditions(p *pass) {
	checkPattern := map[string]func(*rules.Report, string, string){
		network.PathPattern: rules.CheckPathPattern,
		network.HostHeader:  rules.CheckHostHeader,
	}
	for _, r := range p.listenerRules {
		count := 0
		for _, c := range r.Conditions {
			if check := checkPattern[c.Kind()]; check != nil {
				for _, pattern := range c.Patterns {
					p.text(pattern, check)
				}
				count += len(c.Patterns)
			}
		}
		if count > rules.MaxRuleValues {
			p.report(at{r.ConditionsProperty()}, "the rule has %d paths and hosts, more than %d", count, rules.MaxRuleValues)
		}
	}
}
