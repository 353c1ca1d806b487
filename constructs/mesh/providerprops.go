package mesh

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// MeshProviderProps are the properties of a [MeshProvider].
type MeshProviderProps struct {
	// The mesh.
	//
	// Required.
	Mesh Mesh

	// The name of the provider in the mesh.
	//
	// Required.
	Provider *string

	// The VPC of the team, in which the load balancers stand.
	//
	// Required.
	Vpc awsec2.IVpc

	// Where requests go, by the name of the service: one entry for each service that the mesh has of the provider, and no other.
	//
	// Required.
	Services *map[string]*MeshServiceProps

	// The certificates of all front doors: they must cover the domain names of the services behind it. An ALB has 25 besides the first by
	// default, so take certificates of several names or a wildcard. For a tier over VPC Lattice, one certificate that covers all its names.
	//
	// Default: - those of Tiers.
	Certificates *[]elbv2.IListenerCertificate

	// The prefix list of VPC Lattice in the Region, com.amazonaws.<region>.vpc-lattice, from which targets allow traffic.
	//
	// Default: - none; required if the provider has a tier over VPC Lattice.
	PrefixList awsec2.IPrefixList

	// What differs by tier, by the name of the tier.
	//
	// Default: - nothing does.
	Tiers *map[string]*MeshTierProps

	// Whether the contract of each front door, and of each service over VPC Lattice, is published as package contract does, under its name:
	// consumers in other apps need it.
	//
	// Default: true.
	PublishContracts *bool

	// Whether the parameters of contracts are shared with the accounts of the consumers, by AWS RAM. It makes them advanced parameters, for which
	// SSM charges.
	//
	// Default: false.
	ShareContracts *bool

	// The properties of the stacks of the front doors, if scope is an App or a Stage.
	//
	// Default: - the account and the Region that the mesh says.
	StackProps *awscdk.StackProps
}

// MeshServiceProps say where requests for a service go.
type MeshServiceProps struct {
	// Over PrivateLink, the route behind the front door: its targets, their port and protocol, health check, and so on. HostHeaders and Priority
	// are the mesh's.
	//
	// Default: - none; required for a service of a tier over PrivateLink.
	Route *privateapi.RouteOptions

	// Over VPC Lattice, the target. Routes can be added to the API that Api returns.
	//
	// Default: - none; required for a service of a tier over VPC Lattice.
	Target lattice.ITarget

	// Over VPC Lattice, the certificate of the service.
	//
	// Default: - the only one of the tier's Certificates, or of those of the provider.
	Certificate elbv2.IListenerCertificate

	// Over VPC Lattice, who may call with signed requests, as AllowedPrincipals of lattice.ApiProps.
	//
	// Default: - everybody in the VPCs of the accounts whose consumers call the service.
	AllowedPrincipals *[]awsiam.IPrincipal
}

// MeshTierProps are what the front doors of a provider in one tier have besides what the mesh decides.
type MeshTierProps struct {
	// The certificates of the front doors of the tier.
	//
	// Default: - those of the provider.
	Certificates *[]elbv2.IListenerCertificate

	// Over PrivateLink, further properties of each front door, such as AcceptanceRequired, AccessLogsBucket, DeletionProtection and VpcSubnets.
	// What the mesh decides is refused: Vpc, DomainNames, Certificates, AllowedAccounts, AllowNoPrincipals, Listener and StandbyAlb.
	//
	// Default: - the defaults of a privateapi.PrivateApiProvider.
	DoorProps *privateapi.PrivateApiProviderProps

	// Over VPC Lattice, further properties of each service, such as LogDestinations and IdleTimeout. What the mesh decides is refused:
	// DomainName, Certificate, Target, PrefixList, ShareWith, AllowedPrincipals, AllowedVpcs, AllowedVpcAccounts, AllowAnyCaller and AllowNoCallers.
	//
	// Default: - the defaults of a lattice.Api.
	ApiProps *lattice.ApiProps
}
