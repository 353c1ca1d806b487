package publicapi

import (
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// ApiAttributes describe an API behind an internet-facing ALB that is defined elsewhere: in another app, another repository or another
// account.
type ApiAttributes struct {
	// The DNS name of the ALB: <name>-<id>.<region>.elb.amazonaws.com.
	//
	// Required.
	LoadBalancerDnsName *string

	// The ID of the hosted zone in which AWS keeps that name.
	//
	// Required.
	LoadBalancerCanonicalHostedZoneId *string

	// The names under which clients call the API. The certificate of the listener must cover them.
	//
	// Default: - none.
	DomainNames *[]*string

	// The TCP port that clients connect to.
	//
	// Default: 443.
	Port *float64
}

// importedApi is an API that this app does not define.
type importedApi struct {
	constructs.Construct
	attrs *ApiAttributes
	ports *[]*float64
}

var _ IApi = (*importedApi)(nil)

// Api_FromAttributes imports an API by its attributes.
//
// It panics if an attribute is missing or malformed.
func Api_FromAttributes(scope constructs.Construct, id *string, attrs *ApiAttributes) IApi {
	refusal.RequireScope("Api_FromAttributes", scope, id)
	attrs = prop.Or(prop.Copy(attrs), &ApiAttributes{}) // the caller may change its own
	r := &rules.Report{}
	attrs.validate(r)
	ports := check.Ports(r, attrs.Port, nil)
	refusal.Of(r, scope, id)

	a := &importedApi{attrs: attrs, ports: ports}
	constructs.NewConstruct_Override(a, scope, id)
	return a
}

func (a *ApiAttributes) validate(r *rules.Report) {
	if a.LoadBalancerDnsName == nil {
		r.AddWithFix(rules.Required, "LoadBalancerDnsName", "supply the DNS name of the ALB, which the owner of the API gives you", "is missing")
	}
	if name, ok := token.Literal(a.LoadBalancerDnsName); ok {
		rules.CheckPublicName(r, "LoadBalancerDnsName", name)
	}
	if a.LoadBalancerCanonicalHostedZoneId == nil {
		r.AddWithFix(rules.Required, "LoadBalancerCanonicalHostedZoneId", "supply the ID of the hosted zone of that name: aws elbv2 describe-load-balancers shows it", "is missing")
	}
	check.DomainNames(r, "DomainNames", a.DomainNames)
}

func (a *importedApi) DomainNames() *[]*string {
	return prop.Copy(prop.Or(a.attrs.DomainNames, &[]*string{}))
}
func (a *importedApi) Ports() *[]*float64           { return prop.Copy(a.ports) }
func (a *importedApi) LoadBalancerDnsName() *string { return prop.Copy(a.attrs.LoadBalancerDnsName) }

func (a *importedApi) LoadBalancerCanonicalHostedZoneId() *string {
	return prop.Copy(a.attrs.LoadBalancerCanonicalHostedZoneId)
}

// PlanConnection plans how a consumer reaches the API over the internet.
func (a *importedApi) PlanConnection(options *privateapi.ConnectionOptions) *privateapi.ConnectionPlan {
	return planConnection(a, nil, options)
}
