package privateapi

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/contract"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// IPrivateLinkService is a service that consumers reach by an interface endpoint: over AWS PrivateLink.
//
// [PrivateApiProvider] and [PrivateNlbProvider] are such services, and so is what [PrivateApiService_FromContract],
// [PrivateApiService_FromAttributes] and [PrivateApiService_FromAwsService] return. Nil means unknown, and what is unknown is not checked.
type IPrivateLinkService interface {
	IContractedService
	EndpointServiceMetrics

	// ServiceName returns the name that endpoints connect to: com.amazonaws.vpce.<region>.vpce-svc-<id>.
	ServiceName() *string

	// ServiceRegion returns the Region that hosts the service, or nil.
	ServiceRegion() *string

	// AcceptanceRequired returns whether the owner of the service must accept each connection, or nil.
	AcceptanceRequired() *bool

	// ProvidesPrivateDns returns whether the service has a private DNS name that endpoints can enable, or nil.
	ProvidesPrivateDns() *bool

	// PrivateDnsName returns the private DNS name that endpoints can enable, which may begin with a wildcard; nil if there is none, or
	// if it is unknown.
	PrivateDnsName() *string

	// EndpointPolicySupported returns whether endpoints to the service take a policy, or nil. Endpoint services
	// of AWS customers do not, nor do all services of AWS.
	EndpointPolicySupported() *bool

	// AvailabilityZoneIds returns the IDs, such as euw1-az1, of the Availability Zones of the service, or nil. Those of a
	// provider are the zones of its subnets: consumers can use a zone that is added later once the NLB is associated with the
	// service anew.
	AvailabilityZoneIds() *[]*string

	// SupportedIpAddressTypes returns the IP address types that clients can connect with, or nil.
	SupportedIpAddressTypes() *[]awsec2.IpAddressType
}

// PrivateApiServiceAttributes describe an endpoint service that is defined elsewhere: in another app, another
// repository or another account.
type PrivateApiServiceAttributes struct {
	// The name of the service, as its owner gives it: com.amazonaws.vpce.<region>.vpce-svc-<id>. It may be a token,
	// such as a CloudFormation parameter.
	//
	// Required.
	ServiceName *string

	// The Region that hosts the service. It must be the Region in ServiceName. Consumers in another Region need it: without
	// it, they refuse a service name of another Region than theirs.
	//
	// Default: - the Region in ServiceName; unknown if that is a token, and then the consumer's own.
	ServiceRegion *string

	// The TCP port that clients connect to. Not together with Ports.
	//
	// Default: 443.
	Port *float64

	// The TCP ports that clients connect to, if there are several: those of the listeners of the provider's NLB.
	//
	// Default: - Port alone.
	Ports *[]*float64

	// The names under which clients call the API. The certificate of the provider must cover them.
	//
	// Default: - none.
	DomainNames *[]*string

	// Whether the owner of the service must accept each connection.
	//
	// Default: - unknown.
	AcceptanceRequired *bool

	// Whether the service has a verified private DNS name. Only then can a consumer use DnsMode_PRIVATE_DNS.
	//
	// Default: true for a service of AWS, and with PrivateDnsName; else false.
	ProvidesPrivateDns *bool

	// The verified private DNS name of the service, such as api.pricing.company.com or *.pricing.company.com. A consumer with
	// DnsMode_PRIVATE_DNS compares the names that clients call with it.
	//
	// Default: - unknown.
	PrivateDnsName *string

	// The IDs, such as euw1-az1, of the Availability Zones of the service. Names such as eu-west-1a differ between
	// accounts: a consumer compares them with the IDs of its own zones, if it has ZoneIds.
	//
	// Default: - unknown.
	AvailabilityZoneIds *[]*string

	// The IP address types that clients can connect with.
	//
	// Default: - unknown.
	SupportedIpAddressTypes *[]awsec2.IpAddressType
}

// importedService is an endpoint service that this app does not define.
type importedService struct {
	constructs.Construct
	endpointServiceMetrics
	contract                *contract.Contract // nil if the service is imported by other means
	name                    *string
	shortName               string // of a service of AWS that CDK knows
	region                  *string
	hasRegion               bool // the caller gave the Region
	ports                   *[]*float64
	domainNames             *[]*string
	acceptanceRequired      *bool
	providesPrivateDns      *bool
	privateDnsName          *string
	endpointPolicySupported *bool
	availabilityZoneIds     *[]*string
	ipAddressTypes          *[]awsec2.IpAddressType
}

var _ IPrivateLinkService = (*importedService)(nil)

// PrivateApiService_FromAttributes imports an endpoint service by its attributes.
//
// It panics if the service name is missing or malformed, or if an attribute contradicts it.
func PrivateApiService_FromAttributes(scope constructs.Construct, id *string, attrs *PrivateApiServiceAttributes) IPrivateLinkService {
	refusal.RequireScope("PrivateApiService_FromAttributes", scope, id)
	attrs = prop.Or(prop.Copy(attrs), &PrivateApiServiceAttributes{}) // the caller may change its own
	r := &rules.Report{}
	attrs.validate(r)
	ports := check.Ports(r, attrs.Port, attrs.Ports)
	refusal.Of(r, scope, id)

	s := &importedService{
		name:                attrs.ServiceName,
		region:              attrs.ServiceRegion,
		hasRegion:           attrs.ServiceRegion != nil,
		ports:               ports,
		domainNames:         attrs.DomainNames,
		acceptanceRequired:  attrs.AcceptanceRequired,
		providesPrivateDns:  prop.Or(attrs.ProvidesPrivateDns, jsii.Bool(attrs.PrivateDnsName != nil)),
		privateDnsName:      attrs.PrivateDnsName,
		availabilityZoneIds: attrs.AvailabilityZoneIds,
		ipAddressTypes:      attrs.SupportedIpAddressTypes,
	}
	if name, ok := token.Literal(attrs.ServiceName); ok {
		region, kind := rules.ParseServiceName(name)
		if region != "" { // some names have no Region, such as IAM's
			s.region = jsii.String(region)
		}
		s.endpointPolicySupported = jsii.Bool(false)
		if kind == rules.AwsService {
			s.endpointPolicySupported = takesEndpointPolicy(name)
		}
		s.providesPrivateDns = prop.Or(attrs.ProvidesPrivateDns, jsii.Bool(attrs.PrivateDnsName != nil || kind == rules.AwsService))
	}
	s.endpointServiceMetrics.of = s.measured
	constructs.NewConstruct_Override(s, scope, id)
	return s
}

// AwsServiceOptions are the options of [PrivateApiService_FromAwsService].
type AwsServiceOptions struct {
	// The names under which clients call the service besides its own, such as the custom domain name of a private
	// REST API.
	//
	// Default: - none.
	DomainNames *[]*string
}

// PrivateApiService_FromAwsService imports a service of AWS itself in the Region of scope, such as
// awsec2.InterfaceVpcEndpointAwsService_APIGATEWAY(): a private REST API is a private API too, and its endpoint does
// take a policy. Not every service of AWS takes one.
func PrivateApiService_FromAwsService(scope constructs.Construct, id *string, service awsec2.InterfaceVpcEndpointAwsService, options *AwsServiceOptions) IPrivateLinkService {
	refusal.RequireScope("PrivateApiService_FromAwsService", scope, id)
	if options == nil {
		options = &AwsServiceOptions{}
	}
	r := &rules.Report{}
	if service == nil {
		r.Add(rules.Required, "service", "is nil")
	}
	check.DomainNames(r, "DomainNames", options.DomainNames)
	refusal.Of(r, scope, id)

	s := &importedService{
		name:                    service.Name(),
		shortName:               *service.ShortName(),
		ports:                   &[]*float64{service.Port()},
		domainNames:             prop.Copy(options.DomainNames),
		acceptanceRequired:      jsii.Bool(false),
		providesPrivateDns:      jsii.Bool(true),
		endpointPolicySupported: takesEndpointPolicy(*service.ShortName()),
	}
	s.endpointServiceMetrics.of = s.measured
	constructs.NewConstruct_Override(s, scope, id)
	return s
}

// takesEndpointPolicy returns whether a service of AWS takes endpoint policies; nil if that is not known.
func takesEndpointPolicy(service string) *bool {
	takes, known := rules.TakesEndpointPolicy(service)
	if !known {
		return nil
	}
	return jsii.Bool(takes)
}

func (s *importedService) ServiceName() *string      { return prop.Copy(s.name) }
func (s *importedService) ServiceRegion() *string    { return prop.Copy(s.region) }
func (s *importedService) Ports() *[]*float64        { return prop.Copy(s.ports) }
func (s *importedService) DomainNames() *[]*string   { return prop.Copy(s.domainNames) }
func (s *importedService) AcceptanceRequired() *bool { return prop.Copy(s.acceptanceRequired) }
func (s *importedService) ProvidesPrivateDns() *bool { return prop.Copy(s.providesPrivateDns) }
func (s *importedService) PrivateDnsName() *string   { return prop.Copy(s.privateDnsName) }
func (s *importedService) EndpointPolicySupported() *bool {
	return prop.Copy(s.endpointPolicySupported)
}

func (s *importedService) AvailabilityZoneIds() *[]*string { return prop.Copy(s.availabilityZoneIds) }

func (s *importedService) SupportedIpAddressTypes() *[]awsec2.IpAddressType {
	return prop.Copy(s.ipAddressTypes)
}

func (s *importedService) PlanConnection(options *ConnectionOptions) *ConnectionPlan {
	endpoint := planEndpoint(s, knownZones(s.availabilityZoneIds), options)
	if s.contract != nil {
		checkSupportedRegions(options.Report, "Service", s.contract, endpoint.stack)
	} else {
		s.checkRegionIsMeant(options.Report, endpoint)
	}
	return endpoint.connectionPlan()
}

// checkRegionIsMeant reports a service name of another Region than the consumer's, unless the caller gave that Region: a
// name that was copied from the wrong Region looks the same.
func (s *importedService) checkRegionIsMeant(r *rules.Report, endpoint *endpointPlan) {
	if own, ok := token.Literal(endpoint.stack.Region()); ok && endpoint.serviceRegion != nil && !s.hasRegion {
		region := *endpoint.serviceRegion
		r.AddWithFix(rules.ServiceRegion, "Service",
			fmt.Sprintf("use the name of the service in %s, or set ServiceRegion to %s if the service supports consumers in %s", own, region, own),
			"has a name of %s, and this stack is in %s", region, own)
	}
}

func (a *PrivateApiServiceAttributes) validate(r *rules.Report) {
	if a.ServiceName == nil {
		r.AddWithFix(rules.Required, "ServiceName",
			"supply the name that the owner of the service gives you: com.amazonaws.vpce.<region>.vpce-svc-<id>", "is missing")
	}
	if name, ok := token.Literal(a.ServiceName); ok {
		rules.CheckServiceName(r, "ServiceName", name)
		nameRegion, _ := rules.ParseServiceName(name)
		if region, ok := token.Literal(a.ServiceRegion); ok && nameRegion != "" && region != nameRegion {
			r.AddWithFix(rules.ServiceRegion, "ServiceRegion", fmt.Sprintf("make it %s, or leave it out", nameRegion),
				"is %q, but the Region in the service name is %s", region, nameRegion)
		}
	}
	if region, ok := token.Literal(a.ServiceRegion); ok {
		rules.CheckRegion(r, "ServiceRegion", region)
	}
	check.DomainNames(r, "DomainNames", a.DomainNames)
	if name, ok := token.Literal(a.PrivateDnsName); ok {
		rules.CheckPrivateDnsName(r, "PrivateDnsName", name)
	}
	if a.PrivateDnsName != nil && a.ProvidesPrivateDns != nil && !*a.ProvidesPrivateDns {
		r.AddWithFix(rules.Contradiction, "PrivateDnsName", "remove ProvidesPrivateDns, or PrivateDnsName", "is set, but ProvidesPrivateDns is false")
	}
	check.NoNil(r, "AvailabilityZoneIds", a.AvailabilityZoneIds)
	check.Each(a.AvailabilityZoneIds, "AvailabilityZoneIds", func(property, zone string) {
		rules.CheckAvailabilityZoneID(r, property, zone)
	})
}
