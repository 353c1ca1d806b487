package check

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/authpolicy"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/authorization"
)

// latticeAuth finds an auth policy that is inactive, and a service or a service network that denies every request.
func latticeAuth(p *pass) {
	for _, s := range p.lattice.services {
		p.latticeAuthOf(s.Resource, s.AuthType(), "service")
	}
	for _, sn := range p.lattice.serviceNetworks {
		p.latticeAuthOf(sn.Resource, sn.AuthType(), "service network")
	}
}

func (p *pass) latticeAuthOf(r *network.Resource, authType network.Property, kind string) {
	policies := p.AuthPoliciesOf(r.Ref())
	switch {
	case authType.Literal() == "AWS_IAM" && len(policies) == 0 && len(p.UnplacedAuthPolicies()) == 0 && !p.MayBeChangedByCustomResource(r):
		p.reportWithFix("add an AWS::VpcLattice::AuthPolicy for it", at{authType}, "AuthType is AWS_IAM, and the %s has no auth policy", kind)
	case authType.IsAbsent() || authType.Literal() == "NONE":
		for _, policy := range policies {
			if network.IsCertain(policy.Resource) {
				p.reportWithFix("set AuthType to AWS_IAM, or remove the policy", at{authType, network.Whole(policy.Resource)},
					"AuthType of the %s is NONE, so auth policy %s is inactive", kind, network.DisplayName(policy.Resource))
			}
		}
	}
}

// latticeAuthPolicySize finds an auth policy that is larger than VPC Lattice accepts.
func latticeAuthPolicySize(p *pass) {
	for _, policy := range p.lattice.policies {
		document := policy.Policy()
		p.values(document, func(report *rules.Report, property string) {
			rules.CheckLatticeAuthPolicySize(report, property, authpolicy.Read(document.Value).JSON())
		})
	}
}

// activePolicy is the auth policy that is certain to be the one of a service; nil if it is not certain.
func (f *facts) activePolicy(r *network.Resource, authType network.Property) *network.AuthPolicy {
	policies := f.AuthPoliciesOf(r.Ref())
	if authType.Literal() != "AWS_IAM" || len(policies) != 1 || !network.IsCertain(policies[0].Resource) {
		return nil
	}
	return policies[0]
}

// latticeAnyCaller warns of an auth policy of a service that lets in callers of every VPC that is connected, signed or not.
func latticeAnyCaller(p *pass) {
	for _, s := range p.lattice.services {
		policy := p.activePolicy(s.Resource, s.AuthType())
		if policy == nil {
			continue
		}
		for _, a := range network.Derive(p.Network, policy.Policy().Value, authpolicy.Read).Allowances() {
			if a.IsOpen {
				p.report(at{policy.Policy().Field("Statement").Items()[a.Statement]}, "the statement allows %s", a)
			}
		}
	}
}

// latticeCallerPolicy warns of a role that the auth policy of a service names, and whose own policies do not allow it to call
// the service.
func latticeCallerPolicy(p *pass) {
	for _, s := range p.lattice.services {
		policy := p.activePolicy(s.Resource, s.AuthType())
		if policy == nil {
			continue
		}
		for _, statement := range policy.Policy().Field("Statement").Items() {
			for _, principal := range statement.Field("Principal").Field("AWS").Items() {
				role := p.Role(principal.Value)
				if statement.Field("Effect").Literal() == "Allow" && role != nil && network.IsCertain(role.Resource) && p.certainlyCannotCall(role, s) {
					p.report(at{principal, network.Whole(role.Resource)}, "no policy of %s allows it to call service %s", network.DisplayName(role.Resource), network.DisplayName(s.Resource))
				}
			}
		}
	}
}

// certainlyCannotCall reports whether the policies of a role are all known, and none allows any request to a service.
func (p *pass) certainlyCannotCall(role *network.Role, s *network.LatticeService) bool {
	all := p.IdentityPoliciesOf(role)
	if len(all.Managed)+len(all.Open) > 0 || p.MayBeChangedByCustomResource(role.Resource) {
		return false
	}
	return authorization.OfRole(p.Network, role, s).Verdict == authpolicy.Denied
}
