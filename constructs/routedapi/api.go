package routedapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alb"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// Api is an API behind an internal Application Load Balancer that clients reach by route.
//
// It defines an internal ALB with an HTTPS listener, or takes a listener that exists. Nothing that it builds is open by default: the ALB
// accepts the clients that a consumer names, or that AllowedCidrs, AllowedSecurityGroups or a [ClientAccess] names, and a request that
// matches no route gets 404. An ALB that exists keeps what it has open.
//
// Its routes see the client's own address, in X-Forwarded-For too.
type Api interface {
	IApi

	// Port returns the TCP port that clients connect to, the only one of Ports.
	Port() *float64

	// LoadBalancer returns the ALB. Its Metrics are those of the API: AWS publishes none of the way to it over a peering, and those of a
	// transit gateway are of its hub and its spokes.
	LoadBalancer() elbv2.IApplicationLoadBalancer

	// Listener returns the listener of the ALB. As the Listener of a [privateapi.PrivateApiProvider], the API is reached over PrivateLink
	// too.
	Listener() elbv2.IApplicationListener

	// AddRoute sends requests that match to targets, and opens the security groups of the ALB and the targets to each other, on the port of
	// the targets only. A condition on the source address sees the client's own. It panics if AWS would not accept the rule.
	AddRoute(id *string, options *privateapi.RouteOptions) privateapi.Route

	// MetricResources returns what CloudWatch measures, in the order of a request's path, for package monitoring.
	MetricResources() []metrics.Resource
}

type api struct {
	constructs.Construct
	plan  *apiPlan
	batch *onecall.Batch

	loadBalancer *alb.LoadBalancer
	group        *onecall.Item[awsec2.ISecurityGroup] // nil if the caller's ALB has none
	built        *groupOf                             // nil for the caller's ALB
	dnsName      *onecall.Item[*string]
	hostedZoneID *onecall.Item[*string]

	clients  map[string]string      // that the ALB lets in, as named returns them
	closedTo []constructs.Construct // consumers whose clients only the API can let in
}

var (
	_ Api   = (*api)(nil)
	_ place = (*api)(nil)
)

// NewApi defines an [Api].
//
// Before it defines anything, it panics with all that breaks a rule in props.
func NewApi(scope constructs.Construct, id *string, props *ApiProps) Api {
	refusal.RequireScope("NewApi", scope, id)
	plan := planApi(scope, id, props)

	a := &api{plan: plan, clients: map[string]string{}}
	a.batch = onecall.Begin(a, &a.Construct, scope, id)
	a.loadBalancer = plan.loadBalancer.Define(a, a.batch)
	a.group, a.dnsName, a.hostedZoneID = a.loadBalancer.FirstGroup(), a.loadBalancer.DnsName(), a.loadBalancer.HostedZoneID()
	if a.loadBalancer.SecurityGroup() != nil {
		a.built = newGroupOf(plan.stack, a.group)
	}
	if a.group != nil {
		defineIngress(a.batch, onecall.Get(a.group, awsec2.ISecurityGroup.SecurityGroupId).Placeholder(), plan.ingress)
	}
	a.batch.Flush(a.wanted()...)
	for _, rule := range plan.ingress {
		a.clients[rule.id] = rule.property
	}
	a.validate()
	refusal.Warn(plan.report, a)
	return a
}

// wanted is what consumers need, which the call that makes the API fetches.
func (a *api) wanted() []onecall.Wanted {
	wanted := []onecall.Wanted{a.dnsName, a.hostedZoneID}
	if a.built != nil {
		wanted = append(wanted, a.built.wanted()...)
	}
	return wanted
}

func (a *api) DomainNames() *[]*string { return prop.Copy(prop.Or(a.plan.domainNames, &[]*string{})) }
func (a *api) Port() *float64          { return prop.Copy(a.loadBalancer.Port()) }
func (a *api) Ports() *[]*float64      { return &[]*float64{a.Port()} }
func (a *api) CidrBlocks() *[]*string  { return prop.Copy(&a.plan.cidrBlocks) }

func (a *api) LoadBalancerDnsName() *string               { return prop.Copy(a.dnsName.Object()) }
func (a *api) LoadBalancerCanonicalHostedZoneId() *string { return prop.Copy(a.hostedZoneID.Object()) }

func (a *api) SecurityGroup() awsec2.ISecurityGroup {
	if a.group == nil {
		return nil
	}
	return a.group.Object()
}

func (a *api) LoadBalancer() elbv2.IApplicationLoadBalancer { return a.loadBalancer.Resource() }
func (a *api) Listener() elbv2.IApplicationListener         { return a.loadBalancer.Listener() }

func (a *api) AddRoute(id *string, options *privateapi.RouteOptions) privateapi.Route {
	return a.loadBalancer.AddRoute(id, (*alb.RouteOptions)(options))
}

// Over returns the API as clients reach it over a network.
func (a *api) Over(network INetwork) privateapi.IPrivateApiService { return &over{a, a, network} }

// PlanConnection plans how a consumer in the VPC of the API reaches it.
func (a *api) PlanConnection(options *privateapi.ConnectionOptions) *privateapi.ConnectionPlan {
	return planLocal(a, options)
}
