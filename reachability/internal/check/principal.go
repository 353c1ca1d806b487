package check

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// nobodyAllowed warns of a service that allows no principal, unless an endpoint in its own account uses it.
func nobodyAllowed(p *pass) {
	if !p.allPermissionsPlaced {
		return
	}
	for _, s := range p.services {
		if p.MayBeChangedByCustomResource(s.Resource) || p.isUsedInItsAccount(s) {
			continue
		}
		var where at
		empty := true
		for _, permissions := range p.PermissionsOf(s) {
			list := permissions.AllowedPrincipals()
			empty = empty && list.IsEmpty()
			where = append(where, list)
		}
		if empty {
			slices.Reverse(where)
			where = append(where, network.Whole(s.Resource))
			p.report(where, "no principal may connect to the endpoint service")
		}
	}
}

// isUsedInItsAccount reports whether an endpoint in the account of a service may connect to it.
func (f *facts) isUsedInItsAccount(s *network.EndpointService) bool {
	for _, e := range f.EndpointsTo(s) {
		if e.Stack.Account == s.Stack.Account {
			return true
		}
	}
	return false
}

// permissionsTwice finds two resources that list the principals of one service.
func permissionsTwice(p *pass) {
	first := map[*network.EndpointService]*network.Permissions{}
	for _, permissions := range p.permissions {
		s := p.EndpointService(permissions.ServiceId().Value)
		switch {
		case s == nil:
		case first[s] == nil:
			first[s] = permissions
		default:
			p.report(at{permissions.ServiceId(), first[s].ServiceId()}, "two resources list the allowed principals of endpoint service %s", network.DisplayName(s.Resource))
		}
	}
}

// principalTwice finds a principal that is listed twice.
func principalTwice(p *pass) {
	for _, permissions := range p.permissions {
		first := map[string]network.Property{}
		for _, principal := range permissions.AllowedPrincipals().Items() {
			arn, ok := principal.Text()
			if !ok {
				continue
			}
			if earlier, twice := first[arn]; twice {
				p.report(at{principal, earlier}, "%s is listed twice", arn)
				continue
			}
			first[arn] = principal
		}
	}
}

// principalForm finds principals that AWS does not accept.
func principalForm(p *pass) {
	for _, permissions := range p.permissions {
		for _, principal := range distinct(permissions.AllowedPrincipals().Items()) {
			p.text(principal, func(report *rules.Report, property, arn string) {
				rules.CheckPrincipal(report, property, arn)
				rules.CheckPrincipalPartition(report, property, arn, permissions.Stack.Region)
			})
		}
	}
}

// everyoneNeedsAcceptance finds a service that lets every account connect without acceptance.
func everyoneNeedsAcceptance(p *pass) {
	for _, permissions := range p.permissions {
		s := p.EndpointService(permissions.ServiceId().Value)
		if s == nil || !s.AcceptanceRequired().Is(false) {
			continue
		}
		for _, principal := range distinct(permissions.AllowedPrincipals().Items()) {
			if principal.Literal() == rules.Everyone {
				p.report(at{s.AcceptanceRequired(), principal}, "every AWS account may connect, and connections are accepted automatically")
			}
		}
	}
}

// distinct are properties without those that repeat the text of one before.
func distinct(list []network.Property) []network.Property {
	var kept []network.Property
	seen := map[string]bool{}
	for _, property := range list {
		if text, ok := property.Text(); ok && !seen[text] {
			seen[text] = true
			kept = append(kept, property)
		}
	}
	return kept
}
