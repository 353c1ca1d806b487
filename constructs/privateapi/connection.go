package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// ConnectionOptions are what a consumer requests of its connection to a service.
type ConnectionOptions struct {
	// Scope is where the consumer will be defined. While the connection is planned, the consumer does not exist yet.
	Scope constructs.Construct

	// Vpc is the VPC of the clients. It is nil if the caller gave none, which is reported already.
	Vpc awsec2.IVpc

	// DomainNames are the names under which clients call the API.
	DomainNames *[]*string

	// HostedZoneVpcs are more VPCs whose clients resolve the names.
	HostedZoneVpcs *[]awsec2.IVpc

	// DnsMode is how clients find the API by its name; it is never empty.
	DnsMode DnsMode

	// ConnectionAccepted states that the owner of the service has accepted the connection, of which a private DNS name needs to be sure.
	ConnectionAccepted *bool

	// Subnets, ZoneIds, SecurityGroups, IpAddressType, EndpointPolicy and ForceEndpointPolicy are meant for an interface endpoint. The
	// consumer refuses them if the plan has none.
	Subnets             *awsec2.SubnetSelection
	ZoneIds             *map[string]*string
	SecurityGroups      *[]awsec2.ISecurityGroup
	IpAddressType       awsec2.VpcEndpointIpAddressType
	EndpointPolicy      *EndpointPolicy
	ForceEndpointPolicy *bool

	// Report collects the problems that the service finds, by the rules of this module. The consumer panics with these and
	// its own at once.
	Report *rules.Report
}

// ConnectionPlan is how a service will connect a consumer.
type ConnectionPlan struct {
	// Transport is the usual name of the transport, such as PrivateLink. The Service and the Previous of a consumer have different
	// ones.
	Transport string

	// HasEndpoint is true if the connection is an interface endpoint, with the subnets, the security groups, the IP address type
	// and the policy that the consumer requests.
	HasEndpoint bool

	// HasPrivateDns is true unless the endpoint is known to have no private DNS name to enable. If it is false, the consumer
	// refuses DnsMode_PRIVATE_DNS.
	HasPrivateDns bool

	// PrivateDnsName is that name, which may begin with a wildcard; nil if it is unknown. With DnsMode_PRIVATE_DNS, the consumer refuses
	// names that it does not answer.
	PrivateDnsName *string

	// Connector defines the connection.
	Connector Connector
}

// Connection connects a consumer to an API.
type Connection struct {
	// Alias is the target of the records for the API's names: of those that the consumer defines, which need it, and of those
	// that its caller defines.
	//
	// Default: - none, which DnsMode_PRIVATE_HOSTED_ZONE refuses.
	Alias *AliasTarget

	// RecordDependencies must be deployed before a record sends clients to the API.
	//
	// Default: - nothing but what the alias refers to.
	RecordDependencies *[]constructs.IDependable

	// SecurityGroups allow traffic from clients, and are closed until they are named. Clients may send traffic to them, unless
	// PeersOnly is true.
	//
	// Default: - nothing in the consumer's account filters traffic from clients.
	SecurityGroups *[]awsec2.ISecurityGroup

	// Peers are what clients may send traffic to besides SecurityGroups, such as a prefix list or CIDR blocks. Required without
	// SecurityGroups.
	//
	// Default: - SecurityGroups alone.
	Peers *[]awsec2.IPeer

	// PeersOnly lets clients send traffic to Peers alone, for networks such as transit gateways, over which an outbound rule that names
	// a security group matches nothing.
	//
	// Default: false.
	PeersOnly *bool

	// RuleDependencies must be deployed before a rule of SecurityGroups names a client, and before a rule of a client names one of them: EC2
	// accepts no rule that names a security group of another VPC before a network connects the two VPCs.
	//
	// Default: - nothing.
	RuleDependencies *[]constructs.IDependable

	// VpcEndpoint is the VPC endpoint of the connection.
	//
	// Default: - the transport has none.
	VpcEndpoint awsec2.CfnVPCEndpoint
}

// AliasTarget is the target of an alias record. Each value is a *string, or an intrinsic function in the form of a template.
type AliasTarget struct {
	// DnsName is the DNS name of the target.
	DnsName any

	// HostedZoneId is the ID of the hosted zone in which AWS keeps that name.
	HostedZoneId any

	// RecordTypes are the types of record that the target answers.
	//
	// Default: - A.
	RecordTypes *[]awsroute53.RecordType
}
