package check

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/authpolicy"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// latticePassthrough finds a TLS_PASSTHROUGH listener that does more than to forward connections for one name, or that nobody may use.
func latticePassthrough(p *pass) {
	for _, l := range p.lattice.listeners {
		if l.Protocol().Literal() != rules.LatticeTLSPassthrough {
			continue
		}
		if l.DefaultAction.Answers() {
			p.report(at{l.DefaultAction.At, l.Protocol()}, "the TLS_PASSTHROUGH listener answers with a fixed response")
		}
		for _, r := range p.certainRulesOf(l) {
			p.report(at{network.Whole(r.Resource), l.Protocol()}, "the TLS_PASSTHROUGH listener has the rule %s", network.DisplayName(r.Resource))
		}
		s := p.LatticeService(l.ServiceIdentifier().Value)
		if s == nil || !network.IsCertain(s.Resource) {
			continue
		}
		if name := s.CustomDomainName(); name.IsAbsent() {
			p.report(at{name, l.Protocol()}, "the service has a TLS_PASSTHROUGH listener, but no custom domain name")
		}
		if policy := p.activePolicy(s.Resource, s.AuthType()); policy != nil && allowsNobodyUnsigned(policy) {
			p.report(at{policy.Policy(), l.Protocol()}, "the auth policy allows no caller that does not sign, and through TLS_PASSTHROUGH nobody can")
		}
	}
}

// allowsNobodyUnsigned reports whether no statement of a policy allows a caller that does not sign.
func allowsNobodyUnsigned(policy *network.AuthPolicy) bool {
	allowances := authpolicy.Read(policy.Policy().Value).Allowances()
	return !slices.ContainsFunc(allowances, func(a authpolicy.Allowance) bool { return a.Anonymous != authpolicy.No })
}

// latticeRoute finds a match that no rule accepts.
func latticeRoute(p *pass) {
	for _, r := range p.lattice.rules {
		m := r.Match
		if m.Exact.IsLiteral() && m.Prefix.IsLiteral() {
			p.report(at{m.Exact, m.Prefix}, "the rule matches both an exact path and a prefix")
		}
		p.text(m.Exact, rules.CheckLatticePath)
		p.text(m.Prefix, rules.CheckLatticePath)
		p.values(m.At, func(report *rules.Report, property string) {
			rules.CheckLatticeHeaderCount(report, property, len(m.Headers))
		})
		for _, header := range m.Headers {
			p.text(header.Field("Name"), rules.CheckLatticeHeaderName)
			for _, kind := range []string{"Exact", "Prefix", "Contains"} {
				p.text(header.Field("Match").Field(kind), rules.CheckLatticeHeaderValue)
			}
		}
	}
}

// latticeMethod finds a method that a rule of CloudFormation cannot match.
func latticeMethod(p *pass) {
	for _, r := range p.lattice.rules {
		p.text(r.Match.Method, rules.CheckLatticeMethod)
	}
}

// latticePriority finds a priority that a rule cannot have, and two rules of a listener with one priority.
func latticePriority(p *pass) {
	for _, r := range p.lattice.rules {
		p.number(r.Priority(), rules.CheckLatticePriority)
	}
	for _, l := range p.lattice.listeners {
		first := map[float64]*network.LatticeRule{}
		for _, r := range p.certainRulesOf(l) {
			priority, ok := r.Priority().Number()
			if !ok {
				continue
			}
			if other := first[priority]; other != nil {
				p.report(at{r.Priority(), other.Priority()}, "%s has priority %v too", network.DisplayName(other.Resource), priority)
				continue
			}
			first[priority] = r
		}
	}
}

// latticeForward finds more target groups, or other weights, than an action accepts.
func latticeForward(p *pass) {
	for _, a := range p.latticeActions() {
		if groups := a.TargetGroups(); groups.IsList() {
			p.values(groups, func(report *rules.Report, property string) {
				rules.CheckLatticeForwardGroups(report, property, len(a.Forwards))
			})
		}
		for _, f := range a.Forwards {
			p.number(f.Weight, rules.CheckLatticeWeight)
		}
	}
}

// latticeFixedResponse finds a fixed response with a status that VPC Lattice does not support.
func latticeFixedResponse(p *pass) {
	for _, a := range p.latticeActions() {
		p.number(a.StatusCode(), rules.CheckLatticeFixedResponse)
	}
}

// latticeTargetProtocol finds a listener that forwards to targets of a protocol that does not fit its own.
func latticeTargetProtocol(p *pass) {
	for _, a := range p.latticeActions() {
		if a.listener == nil || !a.listener.Protocol().IsLiteral() {
			continue
		}
		for _, f := range a.Forwards {
			tg := p.latticeTargetGroup(f)
			if tg == nil {
				continue
			}
			protocol := tg.Protocol()
			if tg.Type().Literal() == rules.LatticeFunctions {
				protocol = tg.Type()
			}
			p.text(protocol, func(report *rules.Report, property, text string) {
				rules.CheckLatticeTargetProtocol(report, property, a.listener.Protocol().Literal(), text)
			})
		}
	}
}

// latticeQuota warns of more rules and target groups than a service has by default.
func latticeQuota(p *pass) {
	for _, l := range p.lattice.listeners {
		p.values(network.Whole(l.Resource), func(report *rules.Report, property string) {
			rules.CheckLatticeRuleCount(report, property, len(p.certainRulesOf(l)))
		})
	}
	for _, s := range p.lattice.services {
		groups := map[*network.Resource]bool{}
		for _, l := range p.certainListenersOf(s) {
			for _, a := range p.LatticeActionsOf(l) {
				for _, f := range a.Forwards {
					if tg := p.latticeTargetGroup(f); tg != nil && network.IsCertain(a.At.Resource) {
						groups[tg.Resource] = true
					}
				}
			}
		}
		p.values(network.Whole(s.Resource), func(report *rules.Report, property string) {
			rules.CheckLatticeTargetGroupCount(report, property, len(groups))
		})
	}
}
