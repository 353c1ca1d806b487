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

// ruleConditions finds values that no listener rule accepts, and more of them than a rule can have.
func ruleConditions(p *pass) {
	checkValue := map[string]func(*rules.Report, string, string){
		network.PathPattern: rules.CheckPathPattern,
		network.HostHeader:  rules.CheckHostHeader,
		network.HTTPHeader:  rules.CheckConditionValue,
		network.HTTPMethod:  rules.CheckMethod,
		network.QueryString: rules.CheckConditionValue,
		network.SourceIP:    func(*rules.Report, string, string) {},
	}
	for _, r := range p.listenerRules {
		var values, fields []string
		for _, c := range r.Conditions {
			check := checkValue[c.Kind()]
			if check == nil {
				continue
			}
			p.text(c.HeaderName, rules.CheckHeaderName)
			for _, value := range c.Patterns {
				p.text(value, check)
			}
			values, fields = append(values, texts(c.Patterns)...), append(fields, c.Kind())
		}
		p.values(r.ConditionsProperty(), func(report *rules.Report, property string) {
			rules.CheckConditions(report, property, values)
			rules.CheckConditionFields(report, property, fields)
		})
	}
}

// texts are the values of properties, with "" for those that are unknown.
func texts(list []network.Property) []string {
	values := make([]string, len(list))
	for i, property := range list {
		values[i], _ = property.Text()
	}
	return values
}

// ruleConditionValues warns of more paths or hosts than the guide allows in one condition.
func ruleConditionValues(p *pass) {
	for _, r := range p.listenerRules {
		for _, c := range r.Conditions {
			if kind := c.Kind(); kind == network.PathPattern || kind == network.HostHeader {
				p.values(c.Values, func(report *rules.Report, property string) {
					rules.CheckConditionValues(report, property, len(c.Patterns))
				})
			}
		}
	}
}

// ruleQuota warns of an ALB with more listener rules than it has by default.
func ruleQuota(p *pass) {
	for _, lb := range p.loadBalancers {
		count := 0
		for _, l := range p.ListenersOf(lb) {
			for _, r := range p.RulesOf(l) {
				if network.IsCertain(r.Resource) {
					count++
				}
			}
		}
		p.values(network.Whole(lb.Resource), func(report *rules.Report, property string) { rules.CheckRuleCount(report, property, count) })
	}
}

// targetGroupQuota finds an ALB that forwards to more target groups than it can.
func targetGroupQuota(p *pass) {
	for _, lb := range p.loadBalancers {
		if lb.Kind() == network.Application {
			count := len(p.TargetGroupsOf(lb))
			p.values(network.Whole(lb.Resource), func(report *rules.Report, property string) { rules.CheckTargetGroupCount(report, property, count) })
		}
	}
}

// grpcListener finds an HTTP listener that forwards to gRPC targets.
func grpcListener(p *pass) {
	for _, tg := range p.targetGroups {
		if tg.ProtocolVersion().Literal() != rules.GRPC {
			continue
		}
		seen := map[*network.Listener]bool{}
		for _, by := range p.ForwardedBy(tg.Ref()) {
			if by.IsCertain() && by.Listener.Protocol().Literal() == "HTTP" && !seen[by.Listener] {
				seen[by.Listener] = true
				p.report(at{by.Listener.Protocol(), tg.ProtocolVersion()}, "the HTTP listener forwards to gRPC targets of %s", network.DisplayName(tg.Resource))
			}
		}
	}
}
