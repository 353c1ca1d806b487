package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/l1"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/link"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
)

// PrivateApiConsumerProps are the properties of a [PrivateApiConsumer].
type PrivateApiConsumerProps struct {
	// The VPC of the clients, in which the endpoint is placed.
	//
	// Required.
	Vpc awsec2.IVpc

	// The service to connect to: a [PrivateApiProvider] or [PrivateNlbProvider] of the same app, an API over VPC Lattice of package lattice, an API
	// by route of package routedapi, or an import of one of them.
	//
	// Required.
	Service IPrivateApiService

	// The service that the consumer moves away from. To move to another transport, set Service to the new service and Previous to the old
	// one, and deploy; then remove Previous, and deploy again. In between, the consumer has both connections, the names lead to Service,
	// or to both by RoutingPolicy, and clients may use both ways: those that still hold the address of the old one lose nothing. Names, zones, records, clients and
	// their construct IDs stay, so CloudFormation changes the alias in place.
	//
	// The two services are over different transports and have the same names and ports. DnsMode must be
	// DnsMode_PRIVATE_HOSTED_ZONE. What an endpoint takes, such as Subnets, goes to the connection that has one. DnsName,
	// SecurityGroup and the other methods of the consumer return what belongs to Service.
	//
	// Default: - none: the consumer does not move.
	Previous IPrivateApiService

	// Who may call the API. Both sides of the rule are opened, on the API's ports only. More clients can be added by
	// Connections. A client in another VPC needs a route to the endpoint.
	//
	// Default: - nobody yet.
	Clients *[]awsec2.IConnectable

	// Whether ECS services that Clients or AllowClient name are created and updated after what they need to call the API: the
	// connection, the rules of its security groups, zones and records. Then tasks that fail without the API do not trip the deployment
	// circuit breaker. This adds about two minutes to the first deployment of such a service, and nothing to later ones. It applies to
	// services in the consumer's stack; what itself waits for such a service is left out.
	//
	// Default: true.
	ClientsDependOnConnection *bool

	// How clients find the API by its name.
	//
	// Default: DnsMode_PRIVATE_HOSTED_ZONE.
	DnsMode DnsMode

	// States that the owner of the service has accepted the connection, for DnsMode_PRIVATE_DNS of a service whose connections must be
	// accepted: EC2 enables no private DNS name before. So it takes two deployments: one with DnsMode_NONE, after which the owner
	// accepts the connection, and one with DnsMode_PRIVATE_DNS and ConnectionAccepted, which changes the endpoint in place. Not for a
	// service without an endpoint.
	//
	// Default: false.
	ConnectionAccepted *bool

	// The names under which clients call the API. Without HostedZone, each gets a private hosted zone of exactly that name, so that
	// the zone hides no other; *.name is allowed and gets a zone that does hide others.
	//
	// Default: - the domain names of the service.
	DomainNames *[]*string

	// An existing private hosted zone that has all DomainNames, such as internal.company.com: the records go into it, and no other
	// zone is defined. It must be associated with Vpc, and be in the account of the consumer's stack. Of an imported zone only the
	// name is checked, if it is known: make sure that it is private and associated. Set either HostedZone or HostedZoneVpcs.
	//
	// Default: - a new zone for each name.
	HostedZone awsroute53.IHostedZone

	// More VPCs of this account that resolve the names. Their clients need a route to the endpoint, by peering or a transit gateway. VPCs of
	// other accounts resolve them by a Profile: CloudFormation does not associate a zone with them.
	//
	// Default: - this VPC alone.
	HostedZoneVpcs *[]awsec2.IVpc

	// A Route 53 Profile with which the zones are associated, those of the consumer or HostedZone: the VPCs of the profile, of this account and
	// of others with which it is shared, resolve the names. Their clients need a route to the endpoint, by peering or a transit gateway. The
	// profile is in the Region of the consumer's stack. Package route53profile defines and imports profiles. Refused unless the DnsMode is
	// DnsMode_PRIVATE_HOSTED_ZONE.
	//
	// Default: - only the VPCs of the zones resolve the names.
	Profile IHostedZoneProfile

	// How Route 53 chooses between Service and Previous when a client resolves a name. Choose it in the first deployment: Route 53
	// refuses to change simple records into weighted or failover records, and the reverse. Without records of
	// the consumer, which DnsMode_PRIVATE_HOSTED_ZONE defines, only RoutingPolicy_SIMPLE is accepted.
	//
	// Default: RoutingPolicy_SIMPLE.
	RoutingPolicy RoutingPolicy

	// The weight of the records that lead to Service, from 0 to 255: their share of the queries is Weight of the sum of Weight and
	// PreviousWeight. The two are not both 0. It changes in place. A type of record that only one of the two services answers, such as
	// AAAA, leads to that one whatever the weights. It may be a token. Refused unless RoutingPolicy is RoutingPolicy_WEIGHTED.
	//
	// Default: 100.
	Weight *float64

	// The weight of the records that lead to Previous, from 0 to 255. Refused unless RoutingPolicy is RoutingPolicy_WEIGHTED and
	// Previous is set.
	//
	// Default: 0.
	PreviousWeight *float64

	// The subnets of the endpoint, one of each Availability Zone. They must be in zones of the service; across accounts
	// only zone IDs compare. Refused for a service without an endpoint.
	//
	// Default: - private subnets, one of each Availability Zone.
	Subnets *awsec2.SubnetSelection

	// The IDs of Availability Zones by their names in the account of the consumer, such as euw1-az3 for eu-west-1a: aws ec2
	// describe-availability-zones shows both. If the service says in which zones it is, by its contract or by its attributes, the endpoint
	// keeps only the subnets in these zones, with a warning about the others; it is refused if none is left. Refused for a service without
	// an endpoint.
	//
	// Default: - the context "privateapi:zone-ids/<account>/<region>" of the app, which has the same form; without it, zones are compared by
	// name with a provider of the same app, account and Region, and not at all with others.
	ZoneIds *map[string]*string

	// The security groups of the endpoint, instead of one of its own. Clients are allowed in each of them, and each is a destination
	// that clients may send to. CDK adds no rules to a security group that is imported with Mutable set to false. To add one to the
	// endpoint's own, use Connections().AddSecurityGroup. Refused for a service without an endpoint.
	//
	// Default: - a new security group that is closed until clients are named.
	SecurityGroups *[]awsec2.ISecurityGroup

	// The IP address type of the endpoint. The service must support it, and so must the subnets. Refused for a service
	// without an endpoint.
	//
	// Default: - IPv4.
	IpAddressType awsec2.VpcEndpointIpAddressType

	// The policy of the endpoint, for AWS's own services such as execute-api. An endpoint service accepts none, so it is
	// refused there, as it is for a service without an endpoint.
	//
	// Default: - full access, which is all that an endpoint service accepts.
	EndpointPolicy *EndpointPolicy

	// Emits EndpointPolicy although the service accepts none, for the day that AWS supports it.
	//
	// Default: false.
	ForceEndpointPolicy *bool
}

// IPrivateApiConsumer is a consumer, defined here or imported: how a VPC reaches a private API. As a connectable it lets
// clients in and out over every transport, on the port of the API by default; an API of several ports has no default one.
type IPrivateApiConsumer interface {
	constructs.IConstruct
	awsec2.IConnectable
	EndpointMetrics

	// VpcEndpointId returns the ID of the VPC endpoint: vpce-<id>; nil if the transport has none.
	VpcEndpointId() *string

	// NetworkInterfaceIds returns the IDs of the network interfaces of the VPC endpoint, one for each of its subnets, such as for flow
	// logs. It is nil for an imported consumer, and if the transport has no endpoint.
	NetworkInterfaceIds() *[]*string

	// Port returns the TCP port of the API, the first of Ports.
	Port() *float64

	// Ports returns the TCP ports of the API.
	Ports() *[]*float64

	// DomainNames returns the names under which clients call the API.
	DomainNames() *[]*string

	// DnsName returns the DNS name that AWS gives the connection, to which records of your own lead: over PrivateLink the Regional
	// name of the endpoint. It is nil if the transport has none, or if an import does not say.
	DnsName() *string

	// DnsHostedZoneId returns the ID of the hosted zone in which AWS keeps DnsName, for alias records; nil as for DnsName.
	DnsHostedZoneId() *string

	// AliasTarget returns the target for alias records of your own, as awsroute53.RecordTarget_FromAlias takes it; nil as for
	// DnsName. Define A records, AAAA records or both, depending on the IP address type of the endpoint.
	AliasTarget() awsroute53.IAliasRecordTarget

	// AllowClient lets a client call the API on some of its ports, or on all if none are named. It opens both sides of the rule,
	// as Clients does, and an ECS service waits for the connection as those of Clients do, unless ClientsDependOnConnection is
	// false. For an imported consumer no service waits. It panics if the API has no such port.
	AllowClient(client awsec2.IConnectable, ports ...*float64)
}

// PrivateApiConsumer connects the clients of a VPC to a private API, by the names under which they call it.
//
// The service decides how: over PrivateLink the consumer has an interface endpoint and a security group that is closed
// until clients are named. Over every transport it has a private hosted zone for each domain name. Name clients by
// Clients or AllowClient, which names ports too, or by client.Connections().AllowToDefaultPort(consumer, …), which also works for a client in a stack that
// depends on the consumer's.
type PrivateApiConsumer interface {
	IPrivateApiConsumer

	// Endpoint returns the interface endpoint; nil if the transport has none.
	Endpoint() awsec2.IInterfaceVpcEndpoint

	// SecurityGroup returns the security group that lets clients in: over PrivateLink that of the endpoint, which is the first of
	// SecurityGroups if that is set. Connections().SecurityGroups() returns all. It is nil if nothing in the consumer's account lets
	// clients in.
	SecurityGroup() awsec2.ISecurityGroup

	// HostedZones returns the private hosted zones, in the order of DomainNames; none unless the DnsMode is
	// DnsMode_PRIVATE_HOSTED_ZONE. A name and the wildcard below it share one. If HostedZone is set, it is the only one.
	HostedZones() *[]awsroute53.IPrivateHostedZone
}

type privateApiConsumer struct {
	constructs.Construct
	endpointMetrics
	plan        *consumerPlan
	batch       *onecall.Batch
	interfaces  *[]*string   // nil until somebody asks
	gates       []*link.Gate // of the connection to Service, and to Previous if there is one
	links       []*link.Link // as gates
	connections *onecall.Item[awsec2.Connections]
	zones       []*hostedZone
	endpoint    l1.View[awsec2.IInterfaceVpcEndpoint]
	identity    metrics.EndpointIdentity // of the endpoint; empty until a metric is asked for
}

var (
	_ PrivateApiConsumer = (*privateApiConsumer)(nil)
	_ link.Connected     = (*privateApiConsumer)(nil)
)

// NewPrivateApiConsumer defines a [PrivateApiConsumer].
//
// Before it defines anything, it panics with all that breaks a rule in props.
func NewPrivateApiConsumer(scope constructs.Construct, id *string, props *PrivateApiConsumerProps) PrivateApiConsumer {
	refusal.RequireScope("NewPrivateApiConsumer", scope, id)
	props = prop.Or(prop.Copy(props), &PrivateApiConsumerProps{}) // the caller may change its own
	c := &privateApiConsumer{plan: planConsumer(scope, id, props)}
	c.endpointMetrics.of = c.measured
	c.batch = onecall.BeginConnectable(c, &c.Construct, scope, id)
	c.connect()
	c.defineZones()
	for _, client := range c.plan.clients {
		c.letClientIn(client, *c.plan.ports)
	}
	c.batch.Flush()
	c.made()
	refusal.Warn(c.plan.report, c)
	return c
}

func (c *privateApiConsumer) Connections() awsec2.Connections { return c.connections.Object() }

func (c *privateApiConsumer) Port() *float64          { return firstPort(c.plan.ports) }
func (c *privateApiConsumer) Ports() *[]*float64      { return prop.Copy(c.plan.ports) }
func (c *privateApiConsumer) DomainNames() *[]*string { return prop.Copy(c.plan.domainNames) }

func (c *privateApiConsumer) SecurityGroup() awsec2.ISecurityGroup {
	if len(c.gates[0].SecurityGroups) == 0 {
		return nil
	}
	return c.gates[0].SecurityGroups[0].Object()
}

func (c *privateApiConsumer) VpcEndpointId() *string {
	if c.link().VpcEndpoint == nil {
		return nil
	}
	return onecall.Get(c.link().VpcEndpoint, awsec2.CfnVPCEndpoint.Ref).Object()
}

// Endpoint imports the endpoint into its own app.
func (c *privateApiConsumer) Endpoint() awsec2.IInterfaceVpcEndpoint {
	if c.link().VpcEndpoint == nil {
		return nil
	}
	resource := c.link().VpcEndpoint.Object()
	return c.endpoint.Of(resource, func(scope constructs.Construct, id *string) awsec2.IInterfaceVpcEndpoint {
		attributes := &awsec2.InterfaceVpcEndpointAttributes{VpcEndpointId: resource.Ref(), Port: c.Port()}
		if groups := c.Connections().SecurityGroups(); len(*groups) > 0 {
			attributes.SecurityGroups = groups
		}
		return awsec2.InterfaceVpcEndpoint_FromInterfaceVpcEndpointAttributes(scope, id, attributes)
	})
}
