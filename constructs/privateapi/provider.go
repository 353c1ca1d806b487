package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// PayerResponsibility says who pays for the endpoints of a service.
type PayerResponsibility string

const (
	// PayerResponsibility_ENDPOINT_OWNER bills each consumer for its endpoints.
	PayerResponsibility_ENDPOINT_OWNER PayerResponsibility = "EndpointOwner"
	// PayerResponsibility_SERVICE_OWNER bills the provider for all endpoints. It cannot be set back.
	PayerResponsibility_SERVICE_OWNER PayerResponsibility = "ServiceOwner"
)

// PrivateApiProviderProps are the properties of a [PrivateApiProvider].
//
// Either Certificates or Listener is required: the first builds an ALB, the second takes one that exists.
type PrivateApiProviderProps struct {
	// The VPC in which the load balancers stand. For an existing Listener it is the VPC of its ALB.
	//
	// Required.
	Vpc awsec2.IVpc

	// The subnets of both load balancers, one of each Availability Zone and two or more of them. Consumers can reach
	// the API from these zones only.
	//
	// Default: - private subnets, one of each Availability Zone.
	VpcSubnets *awsec2.SubnetSelection

	// Who may create an endpoint to the service: accounts, roles, users or everyone. The principal that counts is the
	// caller of CreateVpcEndpoint, under CDK the CloudFormation execution role of the consumer's account; it is asked
	// once, not at each connection. More can be allowed by AllowPrincipal.
	//
	// Default: - nobody yet; synthesis fails if it stays so.
	AllowedPrincipals *[]awsiam.ArnPrincipal

	// Lets the service synthesise with nobody allowed. Then no other account can see it.
	//
	// Default: false.
	AllowNoPrincipals *bool

	// Lets everyone (*) connect without acceptance. That makes the API public to all of AWS.
	//
	// Default: false.
	AllowEveryoneWithoutAcceptance *bool

	// Whether each connection waits until somebody at the provider accepts it. This gate is independent of
	// AllowedPrincipals, and only who is allowed gets as far as waiting.
	//
	// Default: false if AllowedPrincipals are given and * is not among them, else true.
	AcceptanceRequired *bool

	// The names under which clients call the API. The certificate must cover them; consumers resolve them in a private
	// hosted zone.
	//
	// Default: - none; each consumer gives its own.
	DomainNames *[]*string

	// The private DNS name of the service, which consumers can enable on their endpoint instead of a hosted zone. It
	// needs a public domain and a TXT record there; PrivateDnsTxtName and PrivateDnsTxtValue return the record.
	//
	// Default: - none.
	PrivateDnsName *string

	// The Regions besides its own from which consumers can connect.
	//
	// Default: - the Region of the service.
	SupportedRegions *[]*string

	// The IP address types with which clients can connect. With IPv6 the NLB is dual-stack, and its subnets need IPv6
	// CIDR blocks. NLB to ALB stays IPv4.
	//
	// Default: - IPv4.
	SupportedIpAddressTypes *[]awsec2.IpAddressType

	// Who pays for the endpoints. PayerResponsibility_SERVICE_OWNER cannot be set back.
	//
	// Default: PayerResponsibility_ENDPOINT_OWNER.
	PayerResponsibility PayerResponsibility

	// Whether CloudWatch Contributor Insights counts connections and bytes by endpoint. CloudWatch charges for it.
	//
	// Default: false.
	ContributorInsights *bool

	// The TCP port that clients connect to: the port of the NLB's listener.
	//
	// Default: 443.
	Port *float64

	// The protocol of the NLB's listener. Only elbv2.Protocol_TCP can forward to an ALB; anything else is refused, with
	// the reason.
	//
	// Default: Protocol_TCP.
	NetworkListenerProtocol elbv2.Protocol

	// How long the NLB keeps an idle connection, 60 to 6000 seconds. Not together with SupportedRegions.
	//
	// Default: - 350 seconds, which is the NLB's own.
	TcpIdleTimeout awscdk.Duration

	// Whether the NLB sends traffic across Availability Zones, which EC2 bills. The ALB always does.
	//
	// Default: false.
	CrossZoneEnabled *bool

	// Whether the NLB's inbound rules apply to PrivateLink traffic. They see the private IP address of the client, so
	// they need ConsumerCidrs; where consumers' addresses overlap they cannot tell one from the other.
	//
	// Default: false.
	EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic *bool

	// The CIDR blocks of consumers that may connect while inbound rules are enforced.
	//
	// Default: - none.
	ConsumerCidrs *[]*string

	// Whether the load balancers are protected from deletion. To destroy the stack, deploy once with false.
	//
	// Default: true.
	DeletionProtection *bool

	// A listener of an ALB that exists, to put the NLB in front of it. Its rules, certificates and security groups stay
	// its own; its ALB gets one more ingress rule. An imported one needs ListenerLoadBalancer and ListenerPort, and must
	// exist before this stack is deployed.
	//
	// Default: - an internal ALB and its HTTPS listener are built.
	Listener elbv2.IApplicationListener

	// The ALB of an imported Listener.
	//
	// Default: - known if Listener is defined in this app.
	ListenerLoadBalancer elbv2.IApplicationLoadBalancer

	// The port on which the ALB listens. The NLB's target group has the same.
	//
	// Default: 443, or the port of a Listener that is defined in this app.
	ListenerPort *float64

	// The protocol of an imported Listener.
	//
	// Default: ApplicationProtocol_HTTPS, or the protocol of a Listener that is defined in this app.
	ListenerProtocol elbv2.ApplicationProtocol

	// The certificates of the ALB's listener, the first one for clients that name no host. An ACM certificate will do.
	// They must cover DomainNames.
	//
	// Default: - none, and then Listener is required.
	Certificates *[]elbv2.IListenerCertificate

	// The TLS policy of the ALB's listener.
	//
	// Default: SslPolicy_RECOMMENDED_TLS: TLS 1.3 and 1.2.
	SslPolicy elbv2.SslPolicy

	// Client certificates on the ALB's listener. With MutualAuthenticationMode_VERIFY health checks get an HTTP listener
	// of their own, because an NLB has no client certificate.
	//
	// Default: - clients are not asked for a certificate.
	MutualAuthentication *elbv2.MutualAuthentication

	// The bucket for the ALB's access logs. The stack needs an explicit Region.
	//
	// Default: - no access logs.
	AccessLogsBucket awss3.IBucket

	// The prefix of the ALB's access logs in the bucket.
	//
	// Default: - no prefix.
	AccessLogsPrefix *string

	// The ARN of a regional WAF web ACL for the ALB. Behind PrivateLink its IP, geographic and rate rules see the NLB's
	// addresses, not the clients'.
	//
	// Default: - no web ACL.
	WebAclArn *string

	// How the NLB checks the ALB. Path, Port, Protocol (HTTP or HTTPS), HealthyHttpCodes, Interval (5 to 300 s), Timeout
	// (2 to 120 s) and the thresholds (2 to 10) count. For an existing Listener, Path is required: one that it answers
	// whatever the host is.
	//
	// Default: - the ALB itself answers 200 at /privateapi-health, over HTTPS; ELB's intervals and thresholds.
	HealthCheck *elbv2.HealthCheck
}

// PrivateApiProvider is an internal API that other VPCs and accounts can connect to over AWS PrivateLink.
//
// It defines an internal NLB, an internal ALB behind it (or takes an ALB that exists), and an endpoint service with the
// principals that may connect. Nothing that it builds is open by default: the NLB accepts PrivateLink traffic only, the ALB
// accepts the NLB only, and a request that no route takes gets 404. An ALB that exists keeps what it has open.
//
// Its routes see the NLB's address as that of the client, in X-Forwarded-For too: PrivateLink hides the client's.
type PrivateApiProvider interface {
	IPrivateApiService

	// ServiceId returns the ID of the endpoint service: vpce-svc-<id>.
	ServiceId() *string

	// PrivateDnsTxtName returns the name, relative to the domain, of the TXT record that verifies PrivateDnsName; nil
	// without one.
	PrivateDnsTxtName() *string

	// PrivateDnsTxtValue returns the value of that TXT record; nil without a PrivateDnsName.
	PrivateDnsTxtValue() *string

	// EndpointService returns the endpoint service.
	EndpointService() awsec2.CfnVPCEndpointService

	// NetworkLoadBalancer returns the NLB that the endpoint service is made of.
	NetworkLoadBalancer() elbv2.INetworkLoadBalancer

	// NetworkLoadBalancerSecurityGroup returns the security group of the NLB.
	NetworkLoadBalancerSecurityGroup() awsec2.ISecurityGroup

	// NetworkListener returns the NLB's listener.
	NetworkListener() elbv2.CfnListener

	// TargetGroup returns the target group by which the NLB reaches the ALB. It has no attributes that can be set.
	TargetGroup() elbv2.CfnTargetGroup

	// LoadBalancer returns the ALB.
	LoadBalancer() elbv2.IApplicationLoadBalancer

	// Listener returns the ALB's listener.
	Listener() elbv2.IApplicationListener

	// AllowPrincipal allows one more principal to connect. It is no IAM grant: the permission is the service's. It
	// panics if AWS would not accept the principal, and on * without acceptance.
	AllowPrincipal(principal awsiam.ArnPrincipal)

	// AddRoute sends requests that match to targets, and opens the ALB's and the targets' security groups to each other
	// on the port of the targets alone. It panics if AWS would not accept the rule.
	AddRoute(id *string, options *RouteOptions) elbv2.ApplicationTargetGroup
}

type privateApiProvider struct {
	constructs.Construct
	plan *providerPlan

	networkGroup        awsec2.CfnSecurityGroup
	networkLoadBalancer elbv2.CfnLoadBalancer
	networkListener     elbv2.CfnListener
	targetGroup         elbv2.CfnTargetGroup
	handles             struct {
		networkGroup        handle[awsec2.ISecurityGroup]
		networkLoadBalancer handle[elbv2.INetworkLoadBalancer]
	}

	loadBalancer elbv2.IApplicationLoadBalancer
	listener     elbv2.IApplicationListener
	// loadBalancerGroup is the security group of the ALB that is built; else it is nil.
	loadBalancerGroup awsec2.SecurityGroup
	connections       awsec2.Connections // of the caller's listener, nil until a route needs them
	// healthListener answers health checks that have a port of their own; else it is nil.
	healthListener elbv2.ApplicationListener

	endpointService awsec2.CfnVPCEndpointService
	serviceId       *string // nil until asked for
	principals      *principals
	permissions     awsec2.CfnVPCEndpointServicePermissions
	endpoints       []awscdk.CfnResource // that wait for permissions
	consumers       []consumerAccount    // in other accounts

	routes       []rules.Route
	shapeWatched bool
}

var _ PrivateApiProvider = (*privateApiProvider)(nil)

// NewPrivateApiProvider defines a [PrivateApiProvider].
//
// It panics, before it has defined anything, with all that AWS would refuse of props.
func NewPrivateApiProvider(scope constructs.Construct, id *string, props *PrivateApiProviderProps) PrivateApiProvider {
	requireScope("NewPrivateApiProvider", scope, id)
	plan := planProvider(scope, id, props)

	p := &privateApiProvider{plan: plan, principals: plan.principals}
	constructs.NewConstruct_Override(p, scope, id)
	p.newNetworkLoadBalancer()
	p.newApplicationLoadBalancer()
	p.forwardToApplicationLoadBalancer()
	p.newEndpointService()
	return p
}

func (p *privateApiProvider) ServiceName() *string    { return p.plan.serviceName(p.ServiceId()) }
func (p *privateApiProvider) ServiceRegion() *string  { return p.plan.home.region() }
func (p *privateApiProvider) Port() *float64          { return p.plan.port }
func (p *privateApiProvider) DomainNames() *[]*string { return copied(p.plan.props.DomainNames) }
func (p *privateApiProvider) AcceptanceRequired() *bool {
	return jsii.Bool(p.principals.acceptanceRequired)
}
func (p *privateApiProvider) EndpointPolicySupported() *bool { return jsii.Bool(false) }

func (p *privateApiProvider) ProvidesPrivateDns() *bool {
	return jsii.Bool(p.plan.props.PrivateDnsName != nil)
}

func (p *privateApiProvider) SupportedIpAddressTypes() *[]awsec2.IpAddressType {
	if p.plan.props.SupportedIpAddressTypes == nil {
		return &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV4}
	}
	return copied(p.plan.props.SupportedIpAddressTypes)
}

func (p *privateApiProvider) AvailabilityZoneIds() *[]*string { return zoneIDs(p.plan.subnets) }

func (p *privateApiProvider) ServiceId() *string { return once(&p.serviceId, p.endpointService.Ref) }

func (p *privateApiProvider) EndpointService() awsec2.CfnVPCEndpointService { return p.endpointService }

func (p *privateApiProvider) LoadBalancer() elbv2.IApplicationLoadBalancer { return p.loadBalancer }
func (p *privateApiProvider) Listener() elbv2.IApplicationListener         { return p.listener }

func (p *privateApiProvider) PrivateDnsTxtName() *string {
	if p.plan.props.PrivateDnsName == nil {
		return nil
	}
	return p.endpointService.AttrPrivateDnsNameConfigurationName()
}

func (p *privateApiProvider) PrivateDnsTxtValue() *string {
	if p.plan.props.PrivateDnsName == nil {
		return nil
	}
	return p.endpointService.AttrPrivateDnsNameConfigurationValue()
}
