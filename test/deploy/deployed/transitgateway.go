package deployed

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	ec2 "github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// transitGateways writes the transit gateways of a state and their route tables. A default route table is written like the
// others, with what it is associated with and what is propagated to it, so the gateway does neither by itself.
func (w *writer) transitGateways(t *template, s *State) {
	for _, gateway := range s.TransitGateways {
		id, name := aws.ToString(gateway.TransitGatewayId), aws.ToString(gateway.TransitGatewayArn)
		if gateway.State != ec2.TransitGatewayStateAvailable && gateway.State != ec2.TransitGatewayStateModifying {
			w.addUnread("%s is %s", id, gateway.State)
			continue
		}
		properties := object{"DefaultRouteTableAssociation": "disable", "DefaultRouteTablePropagation": "disable"}
		if options := gateway.Options; options != nil {
			properties["AutoAcceptSharedAttachments"] = string(options.AutoAcceptSharedAttachments)
			properties["DnsSupport"] = string(options.DnsSupport)
			properties["SecurityGroupReferencingSupport"] = string(options.SecurityGroupReferencingSupport)
			properties["TransitGatewayCidrBlocks"] = values(options.TransitGatewayCidrBlocks...)
		}
		w.add(t, id, "AWS::EC2::TransitGateway", properties, id)
		w.locations[name] = location{t, id, "TransitGatewayArn"}
	}
	for _, table := range s.GatewayTables {
		id := aws.ToString(table.TransitGatewayRouteTableId)
		w.add(t, id, "AWS::EC2::TransitGatewayRouteTable", object{"TransitGatewayId": aws.ToString(table.TransitGatewayId)}, id)
	}
}

// attachments writes the attachments of VPCs in the account of the VPC, if that was read, and else in that of the gateway.
// Whether an attachment is accepted is a fact.
func (w *writer) attachments(t *template, s *State, states []*State) {
	for _, attachment := range s.Attachments {
		id := aws.ToString(attachment.TransitGatewayAttachmentId)
		if isDetached(attachment) || w.written[id] {
			continue
		}
		if owner := aws.ToString(attachment.VpcOwnerId); owner != s.Account && hasAccount(states, owner, s.Region) {
			continue
		}
		w.written[id] = true
		w.add(t, id, "AWS::EC2::TransitGatewayAttachment", object{
			"TransitGatewayId": aws.ToString(attachment.TransitGatewayId), "VpcId": aws.ToString(attachment.VpcId),
			"SubnetIds": values(attachment.SubnetIds...), "Options": fromSDK(attachment.Options),
		}, id)
	}
}

// isDetached reports whether an attachment has ended or never began. EC2 lists it for a while.
// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-lifecycle
func isDetached(attachment ec2.TransitGatewayVpcAttachment) bool {
	switch attachment.State {
	case ec2.TransitGatewayAttachmentStateDeleted, ec2.TransitGatewayAttachmentStateDeleting, ec2.TransitGatewayAttachmentStateFailed,
		ec2.TransitGatewayAttachmentStateFailing, ec2.TransitGatewayAttachmentStateRejected, ec2.TransitGatewayAttachmentStateRejecting:
		return true
	}
	return false
}

func hasAccount(states []*State, account, region string) bool {
	return slices.ContainsFunc(states, func(s *State) bool { return s.Account == account && s.Region == region })
}

// gatewayRoutes writes the associations, propagations and routes of the route tables of gateways.
func (w *writer) gatewayRoutes(t *template, s *State, states []*State) {
	for _, table := range s.GatewayTables {
		id := aws.ToString(table.TransitGatewayRouteTableId)
		for _, association := range table.Associations {
			attachment := aws.ToString(association.TransitGatewayAttachmentId)
			if association.State != ec2.TransitGatewayAssociationStateAssociated {
				w.addUnread("the association of %s with %s is %s", attachment, id, association.State)
				continue
			}
			w.add(t, id+" "+attachment+" association", "AWS::EC2::TransitGatewayRouteTableAssociation", object{
				"TransitGatewayRouteTableId": id, "TransitGatewayAttachmentId": attachment,
			})
		}
		w.propagations(t, table, states)
		for _, route := range table.Routes {
			if route.Type == ec2.TransitGatewayRouteTypeStatic {
				w.gatewayRoute(t, id, route)
			}
		}
	}
}

// propagations writes the propagations to a route table. The routes of one follow from the blocks of its VPC; if that was not
// read, they are written instead.
func (w *writer) propagations(t *template, table GatewayTable, states []*State) {
	id := aws.ToString(table.TransitGatewayRouteTableId)
	for _, propagation := range table.Propagations {
		attachment, vpc := aws.ToString(propagation.TransitGatewayAttachmentId), vpcOf(states, aws.ToString(propagation.ResourceId))
		if propagation.State != ec2.TransitGatewayPropagationStateEnabled {
			w.addUnread("the propagation of %s to %s is %s", attachment, id, propagation.State)
			continue
		}
		if vpc == nil {
			for _, route := range table.Routes {
				if route.Type == ec2.TransitGatewayRouteTypePropagated && leadsTo(route, attachment) {
					w.gatewayRoute(t, id, route)
				}
			}
			continue
		}
		w.add(t, id+" "+attachment+" propagation", "AWS::EC2::TransitGatewayRouteTablePropagation", object{
			"TransitGatewayRouteTableId": id, "TransitGatewayAttachmentId": attachment,
		})
		for _, block := range blocksOf(*vpc) {
			if !hasRoute(table, block) {
				w.addUnread("%s of %s is not propagated to %s", block, attachment, id)
			}
		}
	}
}

func (w *writer) gatewayRoute(t *template, table string, route ec2.TransitGatewayRoute) {
	block := aws.ToString(route.DestinationCidrBlock)
	if block == "" || len(route.TransitGatewayAttachments) > 1 {
		w.addUnread("route of %s: %s%s to %d attachments", table, block, aws.ToString(route.PrefixListId), len(route.TransitGatewayAttachments))
		return
	}
	properties := object{"TransitGatewayRouteTableId": table, "DestinationCidrBlock": block}
	if len(route.TransitGatewayAttachments) == 0 {
		properties["Blackhole"] = true
	} else {
		properties["TransitGatewayAttachmentId"] = aws.ToString(route.TransitGatewayAttachments[0].TransitGatewayAttachmentId)
	}
	w.add(t, table+" "+block, "AWS::EC2::TransitGatewayRoute", properties)
}

func leadsTo(route ec2.TransitGatewayRoute, attachment string) bool {
	return slices.ContainsFunc(route.TransitGatewayAttachments, func(a ec2.TransitGatewayRouteAttachment) bool {
		return aws.ToString(a.TransitGatewayAttachmentId) == attachment
	})
}

func hasRoute(table GatewayTable, block string) bool {
	return slices.ContainsFunc(table.Routes, func(route ec2.TransitGatewayRoute) bool { return aws.ToString(route.DestinationCidrBlock) == block })
}

// vpcOf returns a VPC by its ID; nil if it was not read.
func vpcOf(states []*State, id string) *Vpc {
	for _, s := range states {
		for i := range s.Vpcs {
			if aws.ToString(s.Vpcs[i].VpcId) == id {
				return &s.Vpcs[i]
			}
		}
	}
	return nil
}
