package transitgateway

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/routes"
)

// define adds what belongs to the account of the VPC, and what belongs to the hub's if that is the same.
func (s *spoke) define(plan *spokePlan) {
	hub := plan.facts.hub
	vpcID := plan.facts.vpc.ID()
	s.attachment = onecall.Add(s.batch, awsec2.NewCfnTransitGatewayAttachment, "Attachment", &awsec2.CfnTransitGatewayAttachmentProps{
		VpcId:            &vpcID,
		TransitGatewayId: onecall.Through(s.batch, hub.id).Placeholder(),
		SubnetIds:        s.subnetIDs(plan, &vpcID),
		Options:          &map[string]*string{"SecurityGroupReferencingSupport": enabledIf(hub.references)}, // CDK keeps the keys of its struct in lower case
	})
	for _, route := range routes.Define(s.batch, "Route", plan.tables, plan.facts.destinations, hub.gatewayID(s.batch)) {
		onecall.WaitFor(s.batch, route, s.attachment) // a route may name a gateway only when the VPC is attached to it
	}
	if plan.hubScope == nil {
		s.joinSegment(s.batch, plan)
	}
	placement.WaitFor(s.batch, plan.stack, plan.before, "a spoke needs its hub and its VPC")
}

// subnetIDs returns the subnets of the attachment, which it defines if the plan says so. Their own route table has the local route alone: a
// change of that of other subnets does not lead astray what comes from the hub.
func (s *spoke) subnetIDs(plan *spokePlan, vpcID *string) *[]any {
	ids := []any{}
	for _, subnet := range plan.subnets {
		ids = append(ids, subnet)
	}
	if len(plan.own) == 0 {
		return &ids
	}
	table := onecall.Add(s.batch, awsec2.NewCfnRouteTable, "RouteTable", &awsec2.CfnRouteTableProps{VpcId: vpcID})
	for _, own := range plan.own {
		subnet := onecall.Add(s.batch, awsec2.NewCfnSubnet, "Subnet-"+own.block.Name(), &awsec2.CfnSubnetProps{
			VpcId: vpcID, CidrBlock: &own.block.Value, AvailabilityZone: &own.zone,
		})
		id := onecall.Get(subnet, awsec2.CfnSubnet.AttrSubnetId).Placeholder()
		onecall.Add(s.batch, awsec2.NewCfnSubnetRouteTableAssociation, "SubnetRouteTable-"+own.block.Name(), &awsec2.CfnSubnetRouteTableAssociationProps{
			SubnetId: id, RouteTableId: onecall.Get(table, awsec2.CfnRouteTable.AttrRouteTableId).Placeholder(),
		})
		ids = append(ids, id)
	}
	return &ids
}

// inSegment is what belongs to the account of the hub, in a stack of its own.
type inSegment struct{ constructs.Construct }

// defineInSegment adds what belongs to the account of the hub, unless it is beside the attachment.
func (s *spoke) defineInSegment(plan *spokePlan) {
	if plan.hubScope == nil {
		return
	}
	part := &inSegment{}
	batch := onecall.Begin(part, &part.Construct, plan.hubScope, &plan.hubID)
	s.joinSegment(batch, plan)
	placement.WaitFor(batch, plan.hubStack, []*answers.Stack{plan.stack}, "an association needs the attachment of the spoke")
	batch.Flush()
	placement.Taken(plan.stack, plan.hubScope)[plan.hubID] = true
}

// joinSegment associates the attachment with its segment, and propagates the blocks of the VPC to the segments that reach it. The other way,
// spokes of these propagate theirs.
func (s *spoke) joinSegment(batch *onecall.Batch, plan *spokePlan) {
	id := onecall.Through(batch, s.id()).Placeholder()
	table := func(name string) *string {
		return onecall.Through(batch, plan.facts.hub.segment(name).table).Placeholder()
	}
	onecall.Add(batch, awsec2.NewCfnTransitGatewayRouteTableAssociation, "Association", &awsec2.CfnTransitGatewayRouteTableAssociationProps{
		TransitGatewayAttachmentId: id, TransitGatewayRouteTableId: table(plan.facts.segment.name),
	})
	for _, other := range plan.facts.hub.segments {
		if plan.facts.segment.reaches[other.name] {
			onecall.Add(batch, awsec2.NewCfnTransitGatewayRouteTablePropagation, "Propagation-"+other.name, &awsec2.CfnTransitGatewayRouteTablePropagationProps{
				TransitGatewayAttachmentId: id, TransitGatewayRouteTableId: table(other.name),
			})
		}
	}
}
