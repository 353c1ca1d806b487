package routedapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// INetwork routes packets between the VPC of clients and that of an API, both ways: a VPC peering connection, or a spoke of a transit
// gateway hub.
type INetwork interface {
	constructs.IConstruct

	// PlanRouting plans how clients in a VPC reach an API. It reports what AWS would refuse or would not route, and defines nothing.
	PlanRouting(options *RoutingOptions) *RoutingPlan
}

// RoutingOptions are the two ends that a network shall connect.
type RoutingOptions struct {
	// Scope is where the consumer will be defined. It does not exist yet.
	Scope constructs.Construct

	// Vpc is the VPC of the clients. It is nil if the caller gave none, which is reported already.
	Vpc awsec2.IVpc

	// ApiVpc is the VPC of the API; nil if it is not known.
	ApiVpc awsec2.IVpc

	// CidrBlocks are the IPv4 blocks of the API's load balancer. A block may be a token; the list is empty if none is known.
	CidrBlocks *[]*string

	// Report collects the problems that the network finds.
	Report *rules.Report
}

// RoutingPlan is how a network carries packets from clients to an API.
type RoutingPlan struct {
	// Transport is the usual name of the network, such as VPC peering. The Service and the Previous of a consumer have different
	// ones.
	Transport string

	// References says which rules may name a security group at the other end.
	References SecurityGroupReferences

	// Dependencies must be deployed before a record sends clients over the network: the routes of the clients' side.
	Dependencies *[]constructs.IDependable
}

// SecurityGroupReferences says which rules may name a security group at the other end of a network.
type SecurityGroupReferences string

const (
	// SecurityGroupReferences_NONE is for networks between Regions: rules name CIDR blocks.
	SecurityGroupReferences_NONE SecurityGroupReferences = "NONE"
	// SecurityGroupReferences_INBOUND is for transit gateways: an outbound rule that names a group at the other end matches nothing.
	SecurityGroupReferences_INBOUND SecurityGroupReferences = "INBOUND"
	// SecurityGroupReferences_BOTH is for peering connections in one Region.
	SecurityGroupReferences_BOTH SecurityGroupReferences = "BOTH"
)
