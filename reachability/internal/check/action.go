package check

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// listenerActions are the actions of a listener or of a rule.
type listenerActions struct {
	listener *network.Listener // nil if it is undecided, or not certain
	actions  network.Actions
}

// allActions are the actions of the listeners and rules that are certain to be deployed.
func (f *facts) allActions() []listenerActions {
	var all []listenerActions
	for _, l := range f.listeners {
		all = append(all, listenerActions{l, l.DefaultActions})
	}
	for _, r := range f.listenerRules {
		l := f.Listener(r.ListenerArn().Value)
		if l != nil && !network.IsCertain(l.Resource) {
			l = nil
		}
		all = append(all, listenerActions{l, r.Actions})
	}
	return all
}

// weightedForward finds a forward action with too many target groups, one of them twice, or numbers that it does not accept.
func weightedForward(p *pass) {
	for _, of := range p.allActions() {
		for _, action := range of.actions.Items {
			config := action.At.Field("ForwardConfig")
			groups := config.Field("TargetGroups")
			p.values(groups, func(report *rules.Report, property string) { rules.CheckForwardGroups(report, property, groups.Len()) })
			p.number(config.Field("TargetGroupStickinessConfig").Field("DurationSeconds"), rules.CheckStickiness)
		}
		for _, f := range of.actions.Forwards {
			p.number(f.Weight, rules.CheckWeight)
		}
		for _, pair := range of.actions.Repeated() {
			p.report(at{pair[1].TargetGroup, pair[0].TargetGroup}, "the action lists the target group twice")
		}
	}
}

// routeAction finds a fixed response that no listener gives.
func routeAction(p *pass) {
	for _, of := range p.allActions() {
		for _, action := range of.actions.Items {
			if action.Type.Literal() == "fixed-response" {
				response := action.At.Field("FixedResponseConfig")
				p.text(response.Field("StatusCode"), rules.CheckResponseStatus)
				p.text(response.Field("MessageBody"), rules.CheckResponseBody)
			}
		}
	}
}

// jwtValidation finds a validation of JWTs that no listener accepts.
func jwtValidation(p *pass) {
	for _, of := range p.allActions() {
		for _, action := range of.actions.Items {
			if !action.ValidatesJwt() {
				continue
			}
			if of.listener != nil && of.listener.Protocol().Literal() == "HTTP" {
				p.report(at{action.At, of.listener.Protocol()}, "the listener speaks HTTP, and only an HTTPS listener validates JWTs")
			}
			p.text(action.JwksEndpoint(), rules.CheckJwksEndpoint)
			config := action.At.Field("JwtValidationConfig")
			p.text(config.Field("Issuer"), rules.CheckJwtIssuer)
			p.claims(config.Field("AdditionalClaims"))
		}
	}
}

// claims checks the additional claims of a validation of JWTs.
func (p *pass) claims(list network.Property) {
	if !list.IsList() {
		return
	}
	p.values(list, func(report *rules.Report, property string) { rules.CheckJwtClaimCount(report, property, list.Len()) })
	for _, claim := range list.Items() {
		p.text(claim.Field("Name"), rules.CheckJwtClaimName)
		p.text(claim.Field("Format"), rules.CheckJwtClaimFormat)
		format, values := claim.Field("Format").Literal(), claim.Field("Values")
		if !values.IsListOrAbsent() {
			continue
		}
		p.values(values, func(report *rules.Report, property string) {
			rules.CheckJwtClaimValues(report, property, format, values.Len())
		})
		for _, value := range values.Items() {
			p.text(value, func(report *rules.Report, property, value string) {
				rules.CheckJwtClaimValue(report, property, format, value)
			})
		}
	}
}
