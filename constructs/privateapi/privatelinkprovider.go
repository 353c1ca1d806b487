package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/subnets"
)

// IPrivateLinkProvider is a provider over AWS PrivateLink: an internal NLB, and the endpoint service that publishes it to
// the principals that may connect.
//
// [PrivateApiProvider] and [PrivateNlbProvider] are such providers.
type IPrivateLinkProvider interface {
	IPrivateLinkService

	// ServiceId returns the ID of the endpoint service: vpce-svc-<id>.
	ServiceId() *string

	// PrivateDnsTxtName returns the name, relative to the domain, of the TXT record that verifies PrivateDnsName; nil
	// without one.
	PrivateDnsTxtName() *string

	// PrivateDnsTxtValue returns the value of that TXT record; nil without a PrivateDnsName.
	PrivateDnsTxtValue() *string

	// VerifyPrivateDnsBy makes endpoints of the same app that enable PrivateDnsName wait for what verifies it, which may be in another
	// stack. [dnsverification.NewVerification] calls it; a verification of your own does too. It panics without a PrivateDnsName, and
	// if something verifies it already.
	//
	// [dnsverification.NewVerification]: https://pkg.go.dev/github.com/cdk-private-api/cdk-private-api-go/constructs/dnsverification
	VerifyPrivateDnsBy(verification constructs.IConstruct)

	// PrivateDnsVerification returns what VerifyPrivateDnsBy was called with; nil if nothing in this app verifies the name.
	PrivateDnsVerification() constructs.IConstruct

	// EndpointService returns the endpoint service.
	EndpointService() awsec2.CfnVPCEndpointService

	// NetworkLoadBalancer returns the NLB of the endpoint service.
	NetworkLoadBalancer() elbv2.INetworkLoadBalancer

	// NetworkLoadBalancerSecurityGroup returns the security group of the NLB.
	NetworkLoadBalancerSecurityGroup() awsec2.ISecurityGroup

	// AllowPrincipal allows one more principal to connect. It is not an IAM grant: the permission belongs to the service.
	// It panics if AWS would not accept the principal, and on * without acceptance.
	AllowPrincipal(principal awsiam.ArnPrincipal)
}

// privateLinkProvider is the part that all providers over PrivateLink have, and embed. It is embedded as a value: jsii
// cannot look into an unexported pointer.
type privateLinkProvider struct {
	endpointServiceMetrics
	self  providerConstruct // the provider that embeds it
	link  *privateLinkPlan
	batch *onecall.Batch

	networkGroup         *onecall.Item[awsec2.CfnSecurityGroup]
	networkLoadBalancer  *onecall.Item[elbv2.CfnLoadBalancer]
	servicesAreValidated bool
	views                struct { // nil until somebody needs them
		networkGroup        *onecall.Item[awsec2.ISecurityGroup]
		networkLoadBalancer *onecall.Item[elbv2.INetworkLoadBalancer]
	}

	endpointService *onecall.Item[awsec2.CfnVPCEndpointService]
	serviceId       *onecall.Item[*string]
	principals      *principals
	listeners       []*onecall.Item[constructs.IConstruct]                 // of the NLB, which endpoints wait for
	permissions     *onecall.Item[awsec2.CfnVPCEndpointServicePermissions] // nil while nobody is allowed
	endpoints       []*onecall.Item[awsec2.CfnVPCEndpoint]                 // that wait for permissions
	connected       []constructs.Construct                                 // the consumers of this app
	consumers       []consumerAccount                                      // in other accounts

	verification constructs.IConstruct // of the private DNS name; nil while nothing verifies it
	selfNamed    []selfNamedEndpoint   // that wait for it
}

// providerConstruct is a provider as CDK and consumers see it.
type providerConstruct interface {
	constructs.Construct
	IPrivateLinkProvider
}

// begin begins the provider that embeds p; embedded is the field by which that embeds [constructs.Construct].
func (p *privateLinkProvider) begin(self providerConstruct, embedded *constructs.Construct, plan *privateLinkPlan, scope constructs.Construct, id *string) {
	p.self, p.link, p.principals = self, plan, plan.principals
	p.endpointServiceMetrics.of = p.measured
	p.batch = onecall.Begin(self, embedded, scope, id)
}

func (p *privateLinkProvider) ServiceName() *string    { return p.link.serviceName(p.ServiceId()) }
func (p *privateLinkProvider) ServiceRegion() *string  { return prop.Copy(p.link.stack.Region()) }
func (p *privateLinkProvider) DomainNames() *[]*string { return prop.Copy(p.link.domainNames) }
func (p *privateLinkProvider) AcceptanceRequired() *bool {
	return jsii.Bool(p.principals.acceptanceRequired)
}

func (p *privateLinkProvider) EndpointPolicySupported() *bool { return jsii.Bool(false) }
func (p *privateLinkProvider) ProvidesPrivateDns() *bool {
	return jsii.Bool(p.link.privateDnsName != nil)
}

func (p *privateLinkProvider) PrivateDnsName() *string { return prop.Copy(p.link.privateDnsName) }

func (p *privateLinkProvider) SupportedIpAddressTypes() *[]awsec2.IpAddressType {
	if p.link.supportedIpAddressTypes == nil {
		return &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV4}
	}
	return prop.Copy(p.link.supportedIpAddressTypes)
}

func (p *privateLinkProvider) AvailabilityZoneIds() *[]*string {
	return subnets.ZoneIDs(p.link.stack, p.link.subnets)
}

func (p *privateLinkProvider) ServiceId() *string { return prop.Copy(p.serviceId.Object()) }

func (p *privateLinkProvider) EndpointService() awsec2.CfnVPCEndpointService {
	return p.endpointService.Object()
}

func (p *privateLinkProvider) PrivateDnsTxtName() *string {
	if p.link.privateDnsName == nil {
		return nil
	}
	return p.EndpointService().AttrPrivateDnsNameConfigurationName()
}

func (p *privateLinkProvider) PrivateDnsTxtValue() *string {
	if p.link.privateDnsName == nil {
		return nil
	}
	return p.EndpointService().AttrPrivateDnsNameConfigurationValue()
}
