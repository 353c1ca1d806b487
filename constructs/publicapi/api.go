package publicapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awswafv2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alb"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Api is an API behind an internet-facing Application Load Balancer.
//
// It defines the ALB with an HTTPS listener, a web ACL in front of it, and records in a public hosted zone. It lets in the clients that
// AllowedClients names, by their addresses, and a request that matches no route gets 404.
//
// Its routes see the public address of the client, or of its NAT gateway, in X-Forwarded-For too.
type Api interface {
	IApi

	// Port returns the TCP port that clients connect to, the only one of Ports.
	Port() *float64

	// LoadBalancer returns the ALB.
	LoadBalancer() elbv2.IApplicationLoadBalancer

	// Listener returns the listener of the ALB. As the Listener of a [privateapi.PrivateApiProvider], the API is reached over PrivateLink
	// too. The provider is refused if the web ACL that is built has AllowedClients and no PrivateLinkCidrBlocks.
	Listener() elbv2.IApplicationListener

	// SecurityGroup returns the security group of the ALB, which lets clients in.
	SecurityGroup() awsec2.ISecurityGroup

	// WebAcl returns the web ACL that was built; nil with WebAclArn.
	WebAcl() awswafv2.CfnWebACL

	// AddRoute sends requests that match to targets, and opens the security groups of the ALB and the targets to each other, on the port of
	// the targets only. A condition on the source address sees the client's public one. It panics if AWS would not accept the rule.
	AddRoute(id *string, options *privateapi.RouteOptions) privateapi.Route

	// MetricWebAcl returns a metric of the web ACL that was built, such as BlockedRequests: the sum over one minute, without data while there is
	// none. The DimensionsMap of the options narrows it by Rule: the name of a client, or of one of ManagedRuleGroups. It panics with
	// WebAclArn, and if AWS publishes no such metric. The ALB has the metrics of CDK: LoadBalancer().Metrics().
	//
	// See https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html
	MetricWebAcl(name *string, options *awscloudwatch.MetricOptions) awscloudwatch.Metric

	// MetricResources returns what CloudWatch measures, in the order of a request's path, for package monitoring.
	MetricResources() []metrics.Resource
}

type api struct {
	constructs.Construct
	plan  *apiPlan
	batch *onecall.Batch

	loadBalancer *alb.LoadBalancer
	dnsName      *onecall.Item[*string]
	hostedZoneID *onecall.Item[*string]
	webACL       *onecall.Item[awswafv2.CfnWebACL] // nil for the caller's
	webACLMetric *onecall.Item[*string]            // the name of its metrics
}

var _ Api = (*api)(nil)

// NewApi defines an [Api].
//
// Before it defines anything, it panics with all that breaks a rule in props.
func NewApi(scope constructs.Construct, id *string, props *ApiProps) Api {
	refusal.RequireScope("NewApi", scope, id)
	return newApi(scope, id, props, stage{})
}

// newApi defines an API at a stage of its migration.
func newApi(scope constructs.Construct, id *string, props *ApiProps, at stage) *api {
	a := &api{plan: planApi(scope, id, props, at)}
	a.batch = onecall.Begin(a, &a.Construct, scope, id)
	a.loadBalancer = a.plan.loadBalancer.Define(a, a.batch)
	a.dnsName, a.hostedZoneID = a.loadBalancer.DnsName(), a.loadBalancer.HostedZoneID()
	a.keepScheme()
	a.defineWebACL()
	a.defineIngress()
	a.defineRecords()
	path := a.loadBalancer.Path()
	a.batch.Flush(a.dnsName, a.hostedZoneID, path)
	if a.plan.webACL != nil && a.plan.webACL.blocksNetwork() {
		a.loadBalancer.RefuseNetworks(*path.Object())
	}
	refusal.Warn(a.plan.report, a)
	return a
}

// keepScheme makes synthesis refuse an ALB that somebody makes internal.
func (a *api) keepScheme() {
	r := &rules.Report{}
	r.Add(rules.PublicScheme, "LoadBalancer", "has the scheme internal by an override")
	onecall.RefuseValue(a.loadBalancer.Built(), "Scheme", "internal", *(*refusal.Messages(r))[0])
}

func (a *api) DomainNames() *[]*string { return prop.Copy(prop.Or(a.plan.domainNames, &[]*string{})) }
func (a *api) Port() *float64          { return prop.Copy(a.loadBalancer.Port()) }
func (a *api) Ports() *[]*float64      { return &[]*float64{a.Port()} }

func (a *api) LoadBalancerDnsName() *string               { return prop.Copy(a.dnsName.Object()) }
func (a *api) LoadBalancerCanonicalHostedZoneId() *string { return prop.Copy(a.hostedZoneID.Object()) }

func (a *api) LoadBalancer() elbv2.IApplicationLoadBalancer { return a.loadBalancer.Resource() }
func (a *api) Listener() elbv2.IApplicationListener         { return a.loadBalancer.Listener() }
func (a *api) SecurityGroup() awsec2.ISecurityGroup         { return a.loadBalancer.FirstGroup().Object() }

func (a *api) AddRoute(id *string, options *privateapi.RouteOptions) privateapi.Route {
	return a.loadBalancer.AddRoute(id, (*alb.RouteOptions)(options))
}
