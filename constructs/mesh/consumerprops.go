package mesh

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// MeshConsumerProps are the properties of a [MeshConsumer].
//
// What it connects to comes from one of Providers, Contracts, ServiceNames and Services, for each of its connections: the names that ConnectionsOf
// of the [Mesh] returns.
type MeshConsumerProps struct {
	// The mesh.
	//
	// Required.
	Mesh Mesh

	// The name of the consumer in the mesh.
	//
	// Required.
	Consumer *string

	// The VPC of the clients.
	//
	// Required.
	Vpc awsec2.IVpc

	// Who may call the services: each client may call all that the consumer calls. AllowClient of a single connection allows less.
	//
	// Default: - nobody yet.
	Clients *[]awsec2.IConnectable

	// The providers of the same app.
	//
	// Default: - none.
	Providers *[]MeshProvider

	// The contracts that providers publish, as JSON, by name: the text of a file that privateapi contract wrote, or of the SSM parameter
	// /private-api/<name>/contract, which awsssm.StringParameter_ValueFromLookup looks up. Others than those of the consumer's connections are not
	// read.
	//
	// Default: - none.
	Contracts *map[string]*string

	// The names of endpoint services, and the ARNs of services of VPC Lattice, by the name of the connection: the rest the mesh knows. They may be
	// tokens, such as what CloudFormation reads from the SSM parameter /private-api/<name>/service-name when it deploys.
	//
	// Default: - none.
	ServiceNames *map[string]*string

	// Services of any kind, by the name of the connection, such as one that the team reaches by another transport.
	//
	// Default: - none.
	Services *map[string]privateapi.IPrivateApiService

	// The prefix list of VPC Lattice in the Region, to which clients are let out. Imports by Contracts and ServiceNames need it.
	//
	// Default: - none; required for them over VPC Lattice.
	PrefixList awsec2.IPrefixList

	// The service network of the VPC, if it has one already. The VPC has one for all its consumers.
	//
	// Default: - a new one, if the consumer calls a service over VPC Lattice; in a stack of its own if scope is an App or a Stage.
	ServiceNetwork lattice.IServiceNetwork

	// The subnets of the endpoints, as Subnets of privateapi.PrivateApiConsumerProps.
	//
	// Default: - private subnets, one of each Availability Zone.
	Subnets *awsec2.SubnetSelection

	// The IDs of Availability Zones by their names, as ZoneIds of privateapi.PrivateApiConsumerProps.
	//
	// Default: - the context of the app.
	ZoneIds *map[string]*string

	// The IP address type of the endpoints.
	//
	// Default: - IPv4.
	IpAddressType awsec2.VpcEndpointIpAddressType

	// More VPCs of the account that resolve the names, as HostedZoneVpcs of privateapi.PrivateApiConsumerProps.
	//
	// Default: - the VPC alone.
	HostedZoneVpcs *[]awsec2.IVpc

	// A Route 53 Profile with which the zones are associated, as Profile of privateapi.PrivateApiConsumerProps.
	//
	// Default: - none.
	Profile privateapi.IHostedZoneProfile

	// Whether ECS services among the clients wait for the connections, as ClientsDependOnConnection of privateapi.PrivateApiConsumerProps.
	//
	// Default: true.
	ClientsDependOnConnection *bool

	// The properties of the stacks of the connections, if scope is an App or a Stage.
	//
	// Default: - the account and the Region that the mesh says.
	StackProps *awscdk.StackProps
}
