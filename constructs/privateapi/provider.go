package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alb"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/l1"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/subnets"
)

// PrivateApiProvider is an internal API that other VPCs and accounts can connect to over AWS PrivateLink.
//
// It defines an internal NLB, an internal ALB behind it (or takes an ALB that exists), and an endpoint service with the
// principals that may connect. Nothing that it builds is open by default: the NLB accepts PrivateLink traffic only, the ALB
// accepts the NLB only, and a request that matches no route gets 404. An ALB that exists keeps what it has open.
//
// Its routes see the NLB's address as that of the client, in X-Forwarded-For too: PrivateLink hides the client's.
type PrivateApiProvider interface {
	IPrivateLinkService

	// ServiceId returns the ID of the endpoint service: vpce-svc-<id>.
	ServiceId() *string

	// PrivateDnsTxtName returns the name, relative to the domain, of the TXT record that verifies PrivateDnsName; nil
	// without one.
	PrivateDnsTxtName() *string

	// PrivateDnsTxtValue returns the value of that TXT record; nil without a PrivateDnsName.
	PrivateDnsTxtValue() *string

	// EndpointService returns the endpoint service.
	EndpointService() awsec2.CfnVPCEndpointService

	// NetworkLoadBalancer returns the NLB of the endpoint service.
	NetworkLoadBalancer() elbv2.INetworkLoadBalancer

	// NetworkLoadBalancerSecurityGroup returns the security group of the NLB.
	NetworkLoadBalancerSecurityGroup() awsec2.ISecurityGroup

	// NetworkListener returns the NLB's listener.
	NetworkListener() elbv2.CfnListener

	// TargetGroup returns the target group through which the NLB reaches the ALB. It has no attributes that can be set.
	TargetGroup() elbv2.CfnTargetGroup

	// LoadBalancer returns the ALB.
	LoadBalancer() elbv2.IApplicationLoadBalancer

	// Listener returns the ALB's listener.
	Listener() elbv2.IApplicationListener

	// AllowPrincipal allows one more principal to connect. It is not an IAM grant: the permission belongs to the service.
	// It panics if AWS would not accept the principal, and on * without acceptance.
	AllowPrincipal(principal awsiam.ArnPrincipal)

	// AddRoute sends requests that match to targets, and opens the security groups of the ALB and the targets to each
	// other, on the port of the targets only. It panics if AWS would not accept the rule.
	AddRoute(id *string, options *RouteOptions) elbv2.ApplicationTargetGroup
}

type privateApiProvider struct {
	constructs.Construct
	plan  *providerPlan
	batch *onecall.Batch

	networkGroup         *onecall.Item[awsec2.CfnSecurityGroup]
	networkLoadBalancer  *onecall.Item[elbv2.CfnLoadBalancer]
	networkListener      *onecall.Item[elbv2.CfnListener]
	targetGroup          *onecall.Item[elbv2.CfnTargetGroup]
	hopIsValidated       bool
	servicesAreValidated bool
	views                struct {
		networkGroup        l1.View[awsec2.ISecurityGroup]
		networkLoadBalancer l1.View[elbv2.INetworkLoadBalancer]
	}

	loadBalancer *alb.LoadBalancer

	endpointService *onecall.Item[awsec2.CfnVPCEndpointService]
	serviceId       *onecall.Item[*string]
	principals      *principals
	permissions     *onecall.Item[awsec2.CfnVPCEndpointServicePermissions] // nil while nobody is allowed
	endpoints       []*onecall.Item[awsec2.CfnVPCEndpoint]                 // that wait for permissions
	consumers       []consumerAccount                                      // in other accounts
}

var _ PrivateApiProvider = (*privateApiProvider)(nil)

// NewPrivateApiProvider defines a [PrivateApiProvider].
//
// Before it defines anything, it panics with all that AWS would refuse in props.
func NewPrivateApiProvider(scope constructs.Construct, id *string, props *PrivateApiProviderProps) PrivateApiProvider {
	refusal.RequireScope("NewPrivateApiProvider", scope, id)
	plan := planProvider(scope, id, props)

	p := &privateApiProvider{plan: plan, principals: plan.principals}
	p.batch = onecall.Begin(p, &p.Construct, scope, id)
	p.defineNetworkLoadBalancer()
	p.loadBalancer = plan.loadBalancer.Define(p, p.batch)
	p.forwardToLoadBalancer()
	p.defineEndpointService()
	p.batch.Flush(p.serviceId)
	p.validatePrincipals()
	refusal.Warn(plan.report, p)
	return p
}

func (p *privateApiProvider) ServiceName() *string    { return p.plan.serviceName(p.ServiceId()) }
func (p *privateApiProvider) ServiceRegion() *string  { return prop.Copy(p.plan.stack.Region()) }
func (p *privateApiProvider) Port() *float64          { return prop.Copy(p.plan.port) }
func (p *privateApiProvider) DomainNames() *[]*string { return prop.Copy(p.plan.domainNames) }
func (p *privateApiProvider) AcceptanceRequired() *bool {
	return jsii.Bool(p.principals.acceptanceRequired)
}

func (p *privateApiProvider) EndpointPolicySupported() *bool { return jsii.Bool(false) }
func (p *privateApiProvider) ProvidesPrivateDns() *bool {
	return jsii.Bool(p.plan.privateDnsName != nil)
}

func (p *privateApiProvider) SupportedIpAddressTypes() *[]awsec2.IpAddressType {
	if p.plan.supportedIpAddressTypes == nil {
		return &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV4}
	}
	return prop.Copy(p.plan.supportedIpAddressTypes)
}

func (p *privateApiProvider) AvailabilityZoneIds() *[]*string { return subnets.ZoneIDs(p.plan.subnets) }

func (p *privateApiProvider) ServiceId() *string { return prop.Copy(p.serviceId.Object()) }

func (p *privateApiProvider) EndpointService() awsec2.CfnVPCEndpointService {
	return p.endpointService.Object()
}

func (p *privateApiProvider) LoadBalancer() elbv2.IApplicationLoadBalancer {
	return p.loadBalancer.Resource()
}

func (p *privateApiProvider) Listener() elbv2.IApplicationListener { return p.loadBalancer.Listener() }

func (p *privateApiProvider) PrivateDnsTxtName() *string {
	if p.plan.privateDnsName == nil {
		return nil
	}
	return p.EndpointService().AttrPrivateDnsNameConfigurationName()
}

func (p *privateApiProvider) PrivateDnsTxtValue() *string {
	if p.plan.privateDnsName == nil {
		return nil
	}
	return p.EndpointService().AttrPrivateDnsNameConfigurationValue()
}
