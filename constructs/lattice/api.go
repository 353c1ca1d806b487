package lattice

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Api is an internal API that other VPCs and accounts can call over VPC Lattice.
//
// It defines a VPC Lattice service with one listener, an auth policy for the callers that it allows, and a share with the accounts that may
// connect their VPCs. Nothing is open by default: nobody may call, a request that matches no route gets 404, and targets get a rule for the
// prefix list of VPC Lattice on the ports of requests and health checks only.
//
// VPC Lattice ends every connection after 10 minutes, and has no WebSockets: publish those with a [privateapi.PrivateApiProvider].
type Api interface {
	IApi

	// ServiceId returns the ID of the VPC Lattice service: svc-<id>.
	ServiceId() *string

	// DnsName returns the name that VPC Lattice generated for the service. It resolves in every VPC, and leads to the API only where the service
	// network of the VPC has the service.
	DnsName() *string

	// DnsHostedZoneId returns the ID of the hosted zone in which AWS keeps DnsName, for alias records.
	DnsHostedZoneId() *string

	// Service returns the VPC Lattice service.
	Service() awsvpclattice.CfnService

	// Listener returns the listener.
	Listener() awsvpclattice.CfnListener

	// AddRoute sends requests that match to targets, and opens the security groups of the targets to VPC Lattice. It panics if AWS would not
	// accept the rule.
	AddRoute(id *string, options *RouteOptions) Route

	// AllowPrincipal allows one more caller that signs its requests. GrantInvoke gives a role of this app its own side too. It panics if an
	// auth policy cannot have the principal.
	AllowPrincipal(principal awsiam.IPrincipal)

	// AllowVpc allows everybody in one more VPC to call, signed or not. Those who sign need vpc-lattice-svcs:Invoke in their own policies.
	AllowVpc(vpc awsec2.IVpc)

	// AllowVpcAccount allows everybody in the VPCs of one more account to call, as AllowVpc does.
	AllowVpcAccount(account *string)
}

type api struct {
	constructs.Construct
	serviceMetrics
	plan    *apiPlan
	batch   *onecall.Batch
	callers *callers

	service    *onecall.Item[awsvpclattice.CfnService]
	arn        *onecall.Item[*string] // of the service
	listener   *onecall.Item[awsvpclattice.CfnListener]
	authPolicy *onecall.Item[awsvpclattice.CfnAuthPolicy] // nil if any caller is allowed
	ready      []*onecall.Item[constructs.IConstruct]     // what consumers wait for

	matches      []rules.LatticeMatch
	targetGroups int
	groups       []measuredGroup

	associations []*onecall.Item[awsvpclattice.CfnServiceNetworkServiceAssociation] // of the consumers of this app
	consumers    []consumer
}

var (
	_ Api        = (*api)(nil)
	_ definedApi = (*api)(nil)
)

// NewApi defines an [Api].
//
// Before it defines anything, it panics with all that breaks a rule in props.
func NewApi(scope constructs.Construct, id *string, props *ApiProps) Api {
	refusal.RequireScope("NewApi", scope, id)
	plan := planApi(scope, id, props)

	a := &api{plan: plan, callers: plan.callers}
	a.serviceMetrics.of = a.measured
	a.batch = onecall.Begin(a, &a.Construct, scope, id)
	a.defineService()
	a.defineListener()
	a.defineAuthPolicy()
	a.defineShare(*id)
	a.defineLogs()
	a.validate()
	a.batch.Flush(append(a.wanted(plan.listener.target), a.arn)...)
	a.attach(plan.listener.target)
	refusal.Warn(plan.report, a)
	return a
}

func (a *api) defineService() {
	authType := authIAM
	if a.callers.any {
		authType = authNone
	}
	props := &awsvpclattice.CfnServiceProps{
		AuthType:           authType,
		CustomDomainName:   a.plan.domainName,
		IdleTimeoutSeconds: a.plan.idleTimeout,
	}
	if a.plan.certificate != nil {
		props.CertificateArn = &a.plan.certificate.ARN
	}
	a.service = onecall.Add(a.batch, awsvpclattice.NewCfnService, "Service", props)
	a.arn = onecall.Get(a.service, awsvpclattice.CfnService.AttrArn)
}

// serviceArn stands for the ARN of the service in the batch of the API.
func (a *api) serviceArn() *string { return a.arn.Placeholder() }

func asConstruct[R constructs.IConstruct](item *onecall.Item[R]) *onecall.Item[constructs.IConstruct] {
	return onecall.As(item, func(r R) constructs.IConstruct { return r })
}

func (a *api) ServiceArn() *string { return prop.Copy(a.arn.Object()) }
func (a *api) ServiceId() *string  { return a.Service().AttrId() }
func (a *api) DnsName() *string    { return a.Service().AttrDnsEntryDomainName() }
func (a *api) DnsHostedZoneId() *string {
	return a.Service().AttrDnsEntryHostedZoneId()
}
func (a *api) PrefixList() awsec2.IPrefixList      { return a.plan.prefixList }
func (a *api) Service() awsvpclattice.CfnService   { return a.service.Object() }
func (a *api) Listener() awsvpclattice.CfnListener { return a.listener.Object() }
func (a *api) Ports() *[]*float64                  { return &[]*float64{prop.Copy(a.plan.listener.port)} }

func (a *api) DomainNames() *[]*string {
	if a.plan.domainName == nil {
		return &[]*string{}
	}
	return &[]*string{prop.Copy(a.plan.domainName)}
}

// PlanConnection plans how a consumer reaches the API: through the service network of its VPC.
func (a *api) PlanConnection(options *privateapi.ConnectionOptions) *privateapi.ConnectionPlan {
	return planConnection(a, options)
}
