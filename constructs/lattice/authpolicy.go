package lattice

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// defineAuthPolicy defines the auth policy of the service, unless any caller is allowed. Callers may still come: synthesis fails if there is
// none by then, so that no service denies everybody by an empty policy.
func (a *api) defineAuthPolicy() {
	if a.callers.any {
		return
	}
	a.authPolicy = onecall.Add(a.batch, awsvpclattice.NewCfnAuthPolicy, "AuthPolicy", &awsvpclattice.CfnAuthPolicyProps{
		ResourceIdentifier: a.serviceArn(),
		Policy:             a.callers.document(),
	})
	a.ready = append(a.ready, asConstruct(a.authPolicy))
}

func (a *api) AllowPrincipal(principal awsiam.IPrincipal) {
	r := &rules.Report{}
	check.Embedded(r, "AllowPrincipal", &principal)
	refusal.At(r, a)
	a.allow(r, "AllowPrincipal", func(c *callers) { c.addPrincipal(r, "AllowPrincipal", principal) })
}

func (a *api) AllowVpc(vpc awsec2.IVpc) {
	r := &rules.Report{}
	check.Embedded(r, "AllowVpc", &vpc)
	refusal.At(r, a)
	a.allow(r, "AllowVpc", func(c *callers) { c.addVpc(r, "AllowVpc", vpc) })
}

func (a *api) AllowVpcAccount(account *string) {
	r := &rules.Report{}
	a.allow(r, "AllowVpcAccount", func(c *callers) {
		if account == nil {
			r.Add(rules.Required, "AllowVpcAccount", "is nil")
			return
		}
		c.addAccount(r, "AllowVpcAccount", *account)
	})
}

// allow adds callers to the auth policy, all of them or none.
func (a *api) allow(r *rules.Report, function string, add func(*callers)) {
	more := a.callers.clone()
	add(more)
	if a.callers.any {
		r.AddWithFix(rules.LatticeAuth, function, "remove AllowAnyCaller", "is called although AllowAnyCaller is set, under which the auth policy is inactive")
	}
	more.checkSize(r, function)
	refusal.At(r, a)
	a.callers = more // only now, so that a later call does not allow a caller that was refused
	onecall.Call(a.authPolicy, awsvpclattice.CfnAuthPolicy.SetPolicy, any(a.callers.document()))
	a.batch.Flush()
}

// GrantInvoke adds both sides, because VPC Lattice wants an allow of the auth policy and one of the caller's own policies.
func (a *api) GrantInvoke(grantee awsiam.IGrantable) awsiam.Grant {
	const function = "GrantInvoke"
	r := &rules.Report{}
	check.Embedded(r, function, &grantee)
	if grantee == nil {
		r.Add(rules.Required, function, "is nil")
	}
	refusal.At(r, a)
	principal := grantee.GrantPrincipal()
	a.checkGrantee(r, principal)
	if a.callers.any && a.callers.protocol == ListenerProtocol_TLS_PASSTHROUGH {
		r.AddWithFix(rules.LatticePassthrough, function, "remove it", "grants signed requests, which a TLS_PASSTHROUGH listener cannot read")
	}
	if !a.callers.any {
		a.allow(r, function, func(c *callers) { c.addPrincipal(r, function, principal) })
	}
	refusal.At(r, a)
	return grantCaller(grantee, a.callers.action(), a.ServiceArn())
}
