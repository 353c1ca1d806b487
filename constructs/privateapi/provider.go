package privateapi

import (
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alb"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
)

// PrivateApiProvider is an internal API that other VPCs and accounts can connect to over AWS PrivateLink.
//
// It defines an internal NLB, an internal ALB behind it (or takes an ALB that exists), and an endpoint service with the
// principals that may connect. Nothing that it builds is open by default: the NLB accepts PrivateLink traffic only, the ALB
// accepts the NLB only, and a request that matches no route gets 404. An ALB that exists keeps what it has open.
//
// Its routes see the NLB's address as that of the client, in X-Forwarded-For too: PrivateLink hides the client's.
type PrivateApiProvider interface {
	IPrivateLinkProvider

	// Port returns the TCP port that clients connect to, the only one of Ports.
	Port() *float64

	// NetworkListener returns the NLB's listener.
	NetworkListener() elbv2.CfnListener

	// TargetGroup returns the target group through which the NLB reaches the ALB. It has no attributes that can be set.
	TargetGroup() elbv2.CfnTargetGroup

	// StandbyNetworkListener returns the NLB's listener for the ALB that stands by; nil without one.
	StandbyNetworkListener() elbv2.CfnListener

	// StandbyTargetGroup returns the target group of the ALB that stands by; nil without one.
	StandbyTargetGroup() elbv2.CfnTargetGroup

	// LoadBalancer returns the ALB. With StandbyAlb it is the one that is built.
	LoadBalancer() elbv2.IApplicationLoadBalancer

	// Listener returns the listener of that ALB.
	Listener() elbv2.IApplicationListener

	// AddRoute sends requests that match to targets, and opens the security groups of the ALB and the targets to each
	// other, on the port of the targets only. It panics if AWS would not accept the rule.
	AddRoute(id *string, options *RouteOptions) Route
}

type privateApiProvider struct {
	constructs.Construct
	privateLinkProvider
	plan *providerPlan

	main         *hop
	standby      *hop              // nil without an ALB that stands by
	loadBalancer *alb.LoadBalancer // that of the routes
}

var _ PrivateApiProvider = (*privateApiProvider)(nil)

// NewPrivateApiProvider defines a [PrivateApiProvider].
//
// Before it defines anything, it panics with all that breaks a rule in props.
func NewPrivateApiProvider(scope constructs.Construct, id *string, props *PrivateApiProviderProps) PrivateApiProvider {
	refusal.RequireScope("NewPrivateApiProvider", scope, id)
	plan := planProvider(scope, id, props)

	p := &privateApiProvider{plan: plan}
	p.begin(p, &p.Construct, plan.link, scope, id)
	p.defineNetworkLoadBalancer("NLB of a private API: PrivateLink in, the ALB out", plan.port)
	p.defineHops()
	p.defineEndpointService()
	p.batch.Flush(p.serviceId)
	p.validatePrincipals()
	refusal.Warn(plan.report, p)
	return p
}

func (p *privateApiProvider) Port() *float64     { return prop.Copy(p.plan.port) }
func (p *privateApiProvider) Ports() *[]*float64 { return &[]*float64{p.Port()} }

func (p *privateApiProvider) LoadBalancer() elbv2.IApplicationLoadBalancer {
	return p.loadBalancer.Resource()
}

func (p *privateApiProvider) Listener() elbv2.IApplicationListener { return p.loadBalancer.Listener() }
