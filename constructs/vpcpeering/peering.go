package vpcpeering

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
)

// VpcPeeringProps are the properties of a [VpcPeering].
type VpcPeeringProps struct {
	// The side that requests the connection. The VpcPeering is defined in a stack of its account and Region.
	//
	// Required.
	Requester *Side

	// The side that accepts the connection, of this or another account, in this or another Region.
	//
	// Required.
	Accepter *Side

	// The role in the accepter's account by which CloudFormation accepts the connection: see [NewAccepterRole].
	//
	// Default: - none; required if the VPC of the accepter is of another account.
	AccepterRole awsiam.IRole

	// Where the routes back are defined: a stack of the accepter's account and Region, which is deployed after this one. It is neither the
	// stack of the accepter's VPC nor that of the role: this one waits for both.
	//
	// Default: - beside the connection, if the VPC of the accepter is of the account and Region of this stack; required otherwise.
	AccepterScope constructs.Construct
}

// Side is one of the two VPCs of a peering connection.
type Side struct {
	// The VPC. Import one of another account or Region in a stack of that account and Region.
	//
	// Required.
	Vpc awsec2.IVpc

	// The IPv4 blocks of the VPC to which the other side routes. AWS allows no overlap of any blocks of the two VPCs. Secondary blocks
	// that the stack of the VPC adds before are compared too; list those of an import.
	//
	// Default: - the primary block of the VPC.
	CidrBlocks *[]*string

	// The subnets whose route tables get routes to the other side.
	//
	// Default: - all private and isolated subnets.
	Subnets *awsec2.SubnetSelection
}

// IVpcPeering is a VPC peering connection, defined here or imported.
type IVpcPeering interface {
	routedapi.INetwork

	// VpcPeeringConnectionId returns the ID of the connection.
	VpcPeeringConnectionId() *string
}

// VpcPeering is a VPC peering connection that is accepted, with the routes of both sides: one in each route table for each block of the other
// side.
//
// It lets nobody in: security groups do. In one Region they may name groups of the other side, also across accounts. AWS publishes no metrics of
// a peering: those of the API's ALB, and flow logs, show its traffic.
type VpcPeering interface {
	IVpcPeering
}

type vpcPeering struct {
	constructs.Construct
	network
	batch      *onecall.Batch
	connection *onecall.Item[awsec2.CfnVPCPeeringConnection]
}

var _ VpcPeering = (*vpcPeering)(nil)

// NewVpcPeering defines a [VpcPeering].
//
// Before it defines anything, it panics with all that breaks a rule in props, such as CIDR blocks that overlap.
func NewVpcPeering(scope constructs.Construct, id *string, props *VpcPeeringProps) VpcPeering {
	refusal.RequireScope("NewVpcPeering", scope, id)
	props = prop.Or(prop.Copy(props), &VpcPeeringProps{}) // the caller may change its own
	plan := newPlan(scope, id, props)
	p := &vpcPeering{network: network{requester: plan.requester, accepter: plan.accepter}}
	p.batch = onecall.Begin(p, &p.Construct, scope, id)
	p.define(plan)
	p.batch.Flush()
	p.requester.routed = p
	p.accepter.routed = p.defineBack(plan)
	refusal.Warn(plan.report, p)
	return p
}

func (p *vpcPeering) VpcPeeringConnectionId() *string { return prop.Copy(p.id().Object()) }

func (p *vpcPeering) id() *onecall.Item[*string] {
	return onecall.Get(p.connection, awsec2.CfnVPCPeeringConnection.AttrId)
}

// PlanRouting implements [routedapi.INetwork].
func (p *vpcPeering) PlanRouting(options *routedapi.RoutingOptions) *routedapi.RoutingPlan {
	return p.planRouting(options)
}
