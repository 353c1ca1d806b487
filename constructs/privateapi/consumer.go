package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// PrivateApiConsumerProps are the properties of a [PrivateApiConsumer].
type PrivateApiConsumerProps struct {
	// The VPC of the clients, in which the endpoint is placed.
	//
	// Required.
	Vpc awsec2.IVpc

	// The service to connect to: a [PrivateApiProvider] of the same app, or an import.
	//
	// Required.
	Service IPrivateApiService

	// The subnets of the endpoint, one of each Availability Zone. They must be in zones in which the service is; across
	// accounts only zone IDs compare.
	//
	// Default: - private subnets, one of each Availability Zone.
	Subnets *awsec2.SubnetSelection

	// Who may call the API through this endpoint. Both sides of the rule are opened, on the API's port only. More can be
	// added by Connections.
	//
	// Default: - nobody yet.
	Clients *[]awsec2.IConnectable

	// How clients find the endpoint by the API's name.
	//
	// Default: DnsMode_PRIVATE_HOSTED_ZONE.
	DnsMode DnsMode

	// The names under which clients call the API. Each gets a private hosted zone of that very name, so that the zone
	// hides no other. *.name is allowed and gets a zone that does hide others.
	//
	// Default: - the domain names of the service.
	DomainNames *[]*string

	// More VPCs that resolve the names. Their clients need a route to the endpoint, by peering or a transit gateway.
	//
	// Default: - this VPC alone.
	HostedZoneVpcs *[]awsec2.IVpc

	// The IP address type of the endpoint. The service must support it, and so must the subnets.
	//
	// Default: - IPv4.
	IpAddressType awsec2.VpcEndpointIpAddressType

	// The policy of the endpoint, for AWS's own services such as execute-api. An endpoint service takes none, and is
	// refused one.
	//
	// Default: - full access, which is all that an endpoint service takes.
	EndpointPolicy *EndpointPolicy

	// Emits EndpointPolicy although the service takes none, for the day that AWS supports it.
	//
	// Default: false.
	ForceEndpointPolicy *bool
}

// IPrivateApiConsumer is a consumer, defined here or imported: the endpoint by which a VPC reaches a private API.
type IPrivateApiConsumer interface {
	constructs.IConstruct
	awsec2.IConnectable

	// VpcEndpointId returns the ID of the endpoint: vpce-<id>.
	VpcEndpointId() *string

	// Port returns the TCP port of the API.
	Port() *float64

	// DomainNames returns the names under which clients call the API.
	DomainNames() *[]*string
}

// PrivateApiConsumer is an interface endpoint to a private API, with the names under which clients find it.
//
// It defines the endpoint, a security group that is closed until clients are named, and a private hosted zone for each
// domain name. Name clients by Clients, or later by client.Connections().AllowToDefaultPort(consumer, …), which also works
// for a client in a stack that depends on the consumer's.
type PrivateApiConsumer interface {
	IPrivateApiConsumer

	// Endpoint returns the interface endpoint.
	Endpoint() awsec2.IInterfaceVpcEndpoint

	// SecurityGroup returns the security group of the endpoint.
	SecurityGroup() awsec2.ISecurityGroup

	// HostedZones returns the private hosted zones, in the order of DomainNames; none unless the DnsMode is
	// DnsMode_PRIVATE_HOSTED_ZONE. A name and the wildcard below it share one.
	HostedZones() *[]awsroute53.IPrivateHostedZone
}

type privateApiConsumer struct {
	constructs.Construct
	home        *home
	endpoint    awsec2.CfnVPCEndpoint
	handle      handle[awsec2.IInterfaceVpcEndpoint]
	group       awsec2.SecurityGroup
	connections awsec2.Connections
	port        *float64
	domainNames *[]*string
	entries     *[]*string
	zones       []*hostedZone
}

var _ PrivateApiConsumer = (*privateApiConsumer)(nil)

// NewPrivateApiConsumer defines a [PrivateApiConsumer].
//
// It panics, before it has defined anything, with all that AWS would refuse of props.
func NewPrivateApiConsumer(scope constructs.Construct, id *string, props *PrivateApiConsumerProps) PrivateApiConsumer {
	requireScope("NewPrivateApiConsumer", scope, id)
	r := &rules.Report{}
	if props == nil {
		props = &PrivateApiConsumerProps{}
	}
	plan := planConsumer(r, scope, props)
	refuse(r, scope, id)

	c := &privateApiConsumer{home: plan.home, port: props.Service.Port(), domainNames: props.domainNames()}
	constructs.NewConstruct_Override(c, scope, id)
	c.newEndpoint(props, plan)
	if props.dnsMode() == DnsMode_PRIVATE_HOSTED_ZONE {
		c.newHostedZones(props)
	}
	if provider, ok := props.Service.(*privateApiProvider); ok {
		provider.connect(c)
		provider.expect(c)
	}
	if props.Clients != nil {
		for _, client := range *props.Clients {
			c.Connections().AllowDefaultPortFrom(client, jsii.String("Client to private API"))
		}
	}
	warn(r, c)
	return c
}

// newEndpoint defines the endpoint and its security group. The endpoint is L1: it takes VPC and subnets as they are, and a
// handle to it is made for who asks for one.
func (c *privateApiConsumer) newEndpoint(props *PrivateApiConsumerProps, plan *consumerPlan) {
	c.group = awsec2.NewSecurityGroup(c, jsii.String("SecurityGroup"), &awsec2.SecurityGroupProps{
		Vpc:              props.Vpc,
		Description:      jsii.String("Endpoint of a private API: named clients in, nothing out"),
		AllowAllOutbound: jsii.Bool(false),
	})
	c.endpoint = awsec2.NewCfnVPCEndpoint(c, jsii.String("Endpoint"), &awsec2.CfnVPCEndpointProps{
		VpcEndpointType:   jsii.String("Interface"),
		VpcId:             props.Vpc,
		SubnetIds:         plan.subnets,
		ServiceName:       props.Service.ServiceName(),
		ServiceRegion:     plan.serviceRegion,
		SecurityGroupIds:  &[]any{c.group},
		PrivateDnsEnabled: jsii.Bool(props.dnsMode() == DnsMode_PRIVATE_DNS),
		IpAddressType:     spelled(props.IpAddressType),
		DnsOptions:        dnsOptions(props.IpAddressType),
		PolicyDocument:    props.EndpointPolicy.document(),
	})
}

func (c *privateApiConsumer) Connections() awsec2.Connections {
	if c.connections == nil {
		c.connections = awsec2.NewConnections(&awsec2.ConnectionsProps{
			SecurityGroups: &[]awsec2.ISecurityGroup{c.group},
			DefaultPort:    c.home.tcp(c.port),
		})
	}
	return c.connections
}

func (c *privateApiConsumer) VpcEndpointId() *string               { return c.endpoint.Ref() }
func (c *privateApiConsumer) Port() *float64                       { return c.port }
func (c *privateApiConsumer) DomainNames() *[]*string              { return copied(c.domainNames) }
func (c *privateApiConsumer) SecurityGroup() awsec2.ISecurityGroup { return c.group }

// Endpoint imports the endpoint into its own app.
func (c *privateApiConsumer) Endpoint() awsec2.IInterfaceVpcEndpoint {
	return c.handle.of(c.endpoint, func(scope constructs.Construct, id *string) awsec2.IInterfaceVpcEndpoint {
		return awsec2.InterfaceVpcEndpoint_FromInterfaceVpcEndpointAttributes(scope, id, &awsec2.InterfaceVpcEndpointAttributes{
			VpcEndpointId:  c.endpoint.Ref(),
			Port:           c.port,
			SecurityGroups: &[]awsec2.ISecurityGroup{c.group},
		})
	})
}

// PrivateApiConsumerAttributes describe a consumer that is defined elsewhere.
type PrivateApiConsumerAttributes struct {
	// The ID of the endpoint: vpce-<id>.
	//
	// Required.
	VpcEndpointId *string

	// The security groups of the endpoint.
	//
	// Required.
	SecurityGroups *[]awsec2.ISecurityGroup

	// The TCP port of the API.
	//
	// Default: 443.
	Port *float64

	// The names under which clients call the API.
	//
	// Default: - none.
	DomainNames *[]*string
}

// importedConsumer is a consumer that this stack does not define.
type importedConsumer struct {
	constructs.Construct
	id          *string
	port        *float64
	domainNames *[]*string
	connections awsec2.Connections
}

var _ IPrivateApiConsumer = (*importedConsumer)(nil)

// PrivateApiConsumer_FromAttributes imports a consumer, so that a stack can let its clients in.
//
// It panics if an attribute is missing or malformed.
func PrivateApiConsumer_FromAttributes(scope constructs.Construct, id *string, attrs *PrivateApiConsumerAttributes) IPrivateApiConsumer {
	requireScope("PrivateApiConsumer_FromAttributes", scope, id)
	if attrs == nil {
		attrs = &PrivateApiConsumerAttributes{}
	}
	r := &rules.Report{}
	if attrs.VpcEndpointId == nil {
		r.Add(rules.Required, "VpcEndpointId", "is missing")
	}
	if id, ok := literal(attrs.VpcEndpointId); ok {
		rules.CheckEndpointID(r, "VpcEndpointId", id)
	}
	if attrs.SecurityGroups == nil || len(*attrs.SecurityGroups) == 0 {
		r.Add(rules.Required, "SecurityGroups", "is empty")
	}
	checkNoNil(r, "SecurityGroups", attrs.SecurityGroups, func(g awsec2.ISecurityGroup) bool { return g == nil })
	checkPort(r, "Port", attrs.Port)
	checkDomainNames(r, attrs.DomainNames)
	refuse(r, scope, id)

	c := &importedConsumer{id: attrs.VpcEndpointId, port: valueOr(attrs.Port, jsii.Number(defaultPort)), domainNames: copied(attrs.DomainNames)}
	constructs.NewConstruct_Override(c, scope, id)
	c.connections = awsec2.NewConnections(&awsec2.ConnectionsProps{
		SecurityGroups: attrs.SecurityGroups,
		DefaultPort:    homeOf(scope).tcp(c.port),
	})
	return c
}

func (c *importedConsumer) Connections() awsec2.Connections { return c.connections }
func (c *importedConsumer) VpcEndpointId() *string          { return c.id }
func (c *importedConsumer) Port() *float64                  { return c.port }
func (c *importedConsumer) DomainNames() *[]*string         { return copied(c.domainNames) }
