package lattice

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/certificates"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/share"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// apiPlan is an API with all defaults filled in and all rules checked.
type apiPlan struct {
	report *rules.Report
	scope  constructs.Construct
	id     *string
	stack  *answers.Stack

	domainName    *string
	certificate   *certificates.Certificate  // nil for none
	certificateOf elbv2.IListenerCertificate // as the caller gave it
	idleTimeout   *float64
	prefixList    awsec2.IPrefixList
	listener      *listenerPlan
	callers       *callers
	share         *share.Plan // nil for none
	logs          []*logPlan
}

// planApi panics with all problems of the props. It only reads what the caller passed and defines nothing.
func planApi(scope constructs.Construct, id *string, props *ApiProps) *apiPlan {
	r := &rules.Report{}
	props = prop.Or(prop.Copy(props), &ApiProps{}) // the caller may change its own
	check.Embedded(r, "", props)
	refusal.Of(r, scope, id) // what is nil cannot be asked for more
	plan := &apiPlan{report: r, scope: scope, id: id, stack: answers.StackOf(scope)}
	plan.planNames(r, props)
	plan.planPrefixList(r, props.PrefixList)
	plan.planIdleTimeout(r, props)
	plan.planListener(r, props)
	plan.callers = planCallers(r, plan.stack, plan.listener.protocol, props)
	plan.share = share.New(r, props.ShareWith, props.AllowExternalPrincipals, rules.CheckLatticeShare)
	plan.logs = plan.planLogs(r, props.LogDestinations)
	plan.checkClaims(r, "Target", plan.listener.target)
	refusal.Of(r, scope, id)
	plan.claimTargets(plan.listener.target)
	return plan
}

// planNames checks the domain name, and the certificate for it.
func (plan *apiPlan) planNames(r *rules.Report, props *ApiProps) {
	protocol := prop.EnumOr(props.Protocol, ListenerProtocol_HTTPS)
	plan.domainName = props.DomainName
	domain, isLiteral := token.Literal(props.DomainName)
	if isLiteral {
		rules.CheckDomainName(r, "DomainName", domain)
		if strings.HasPrefix(domain, "*.") {
			r.AddWithFix(rules.LatticeDomain, "DomainName", "use the full name of the API", "%q is a wildcard", domain)
		}
	}
	switch {
	case props.DomainName == nil && protocol == ListenerProtocol_TLS_PASSTHROUGH:
		r.AddWithFix(rules.LatticePassthrough, "DomainName", "supply the name by which clients call, which TLS has as its SNI", "is missing")
	case props.Certificate != nil && props.DomainName == nil:
		r.AddWithFix(rules.Contradiction, "Certificate", "set DomainName, or leave it out", "is set without DomainName")
	case props.Certificate != nil && protocol != ListenerProtocol_HTTPS:
		r.AddWithFix(rules.Contradiction, "Certificate", "leave it out", "is set, but the listener speaks %s", protocol)
	case props.Certificate == nil && props.DomainName != nil && protocol == ListenerProtocol_HTTPS:
		r.Add(rules.LatticeCertificate, "Certificate", "is missing, but DomainName is set")
	case props.Certificate != nil:
		plan.planCertificate(r, props, domain, isLiteral)
	}
}

func (plan *apiPlan) planCertificate(r *rules.Report, props *ApiProps, domain string, isLiteral bool) {
	certificate := certificates.Read(plan.stack, props.Certificate)
	plan.certificate, plan.certificateOf = &certificate, props.Certificate
	if certificate.IsLiteral {
		rules.CheckLatticeCertificate(r, "Certificate", certificate.ARN, plan.environment())
	}
	if isLiteral && certificate.Names != nil {
		rules.CheckLatticeCertificateNames(r, "DomainName", domain, certificate.Names)
	}
}

// environment is where the API stands, as far as it is known.
func (plan *apiPlan) environment() rules.Environment {
	account, _ := token.Literal(plan.stack.Account())
	region, _ := token.Literal(plan.stack.Region())
	return rules.Environment{Account: account, Region: region}
}

func (plan *apiPlan) planPrefixList(r *rules.Report, list awsec2.IPrefixList) {
	plan.prefixList = list
	if list == nil {
		r.AddWithFix(rules.Required, "PrefixList", "supply the prefix list com.amazonaws.<region>.vpc-lattice, from which targets allow traffic", "is missing")
	}
	checkPrefixList(r, plan.stack, list)
}

func (plan *apiPlan) planIdleTimeout(r *rules.Report, props *ApiProps) {
	plan.idleTimeout = prop.Seconds(props.IdleTimeout)
	if seconds, ok := token.LiteralNumber(plan.idleTimeout); ok {
		rules.CheckLatticeIdleTimeout(r, "IdleTimeout", seconds)
	}
}
