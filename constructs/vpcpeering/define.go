package vpcpeering

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/routes"
)

// define adds the connection and the routes of the requester's side, and those back if they are in the same stack.
func (p *vpcPeering) define(plan *plan) {
	props := &awsec2.CfnVPCPeeringConnectionProps{
		VpcId: plan.requester.vpcID(), PeerVpcId: plan.accepter.vpcID(), PeerOwnerId: plan.peerOwner, PeerRegion: plan.peerRegion,
	}
	if role := plan.props.AccepterRole; role != nil {
		props.PeerRoleArn = onecall.Get(onecall.Use(p.batch, role), awsiam.IRole.RoleArn).Placeholder()
	}
	p.connection = onecall.Add(p.batch, awsec2.NewCfnVPCPeeringConnection, "Connection", props)
	routes.Define(p.batch, "Route", plan.requester.tables, plan.accepter.blocks, p.lead(p.batch))
	if plan.backScope == nil {
		routes.Define(p.batch, "RouteBack", plan.accepter.tables, plan.requester.blocks, p.lead(p.batch))
	}
	placement.WaitFor(p.batch, plan.stack, plan.before, "a VPC peering connection needs its VPCs and the role that accepts it")
}

// routesBack are the routes of the accepter's side in a stack of their own.
type routesBack struct{ constructs.Construct }

// defineBack adds the routes of the accepter's side, unless they are beside the connection. It returns what has them.
func (p *vpcPeering) defineBack(plan *plan) constructs.IConstruct {
	if plan.backScope == nil {
		return p
	}
	back := &routesBack{}
	batch := onecall.Begin(back, &back.Construct, plan.backScope, &plan.backID)
	routes.Define(batch, "RouteBack", plan.accepter.tables, plan.requester.blocks, p.lead(batch))
	placement.WaitFor(batch, plan.backStack, []*answers.Stack{plan.stack}, "routes back need the VPC peering connection")
	batch.Flush()
	placement.Taken(plan.stack, plan.backScope)[plan.backID] = true
	return back
}

// lead sets the connection as where a route leads.
func (p *vpcPeering) lead(batch *onecall.Batch) func(*awsec2.CfnRouteProps) {
	return func(props *awsec2.CfnRouteProps) {
		props.VpcPeeringConnectionId = onecall.Through(batch, p.id()).Placeholder()
	}
}
