package deployed

import (
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// peerings reads the peering connections of the account's VPCs, in all states.
func (r *reader) peerings() (err error) {
	r.Peerings, err = all(r.ctx, ec2.NewDescribeVpcPeeringConnectionsPaginator(r.ec2, nil), func(p *ec2.DescribeVpcPeeringConnectionsOutput) []types.VpcPeeringConnection {
		return p.VpcPeeringConnections
	})
	return err
}

// transitGateways reads the account's transit gateways, the attachments of its VPCs and of its gateways, and the route tables
// of its gateways.
func (r *reader) transitGateways() error {
	gateways, err := all(r.ctx, ec2.NewDescribeTransitGatewaysPaginator(r.ec2, nil), func(p *ec2.DescribeTransitGatewaysOutput) []types.TransitGateway {
		return p.TransitGateways
	})
	if err != nil {
		return err
	}
	for _, gateway := range gateways {
		if aws.ToString(gateway.OwnerId) == r.Account {
			r.TransitGateways = append(r.TransitGateways, gateway)
		}
	}
	if r.Attachments, err = all(r.ctx, ec2.NewDescribeTransitGatewayVpcAttachmentsPaginator(r.ec2, nil), func(p *ec2.DescribeTransitGatewayVpcAttachmentsOutput) []types.TransitGatewayVpcAttachment {
		return p.TransitGatewayVpcAttachments
	}); err != nil {
		return err
	}
	tables, err := all(r.ctx, ec2.NewDescribeTransitGatewayRouteTablesPaginator(r.ec2, nil), func(p *ec2.DescribeTransitGatewayRouteTablesOutput) []types.TransitGatewayRouteTable {
		return p.TransitGatewayRouteTables
	})
	if err != nil {
		return err
	}
	for _, table := range tables {
		read, err := r.gatewayTable(table)
		if err != nil {
			return fmt.Errorf("route table %s: %w", aws.ToString(table.TransitGatewayRouteTableId), err)
		}
		r.GatewayTables = append(r.GatewayTables, read)
	}
	return nil
}

func (r *reader) gatewayTable(table types.TransitGatewayRouteTable) (read GatewayTable, err error) {
	read.TransitGatewayRouteTable = table
	id := table.TransitGatewayRouteTableId
	associations := &ec2.GetTransitGatewayRouteTableAssociationsInput{TransitGatewayRouteTableId: id}
	if read.Associations, err = all(r.ctx, ec2.NewGetTransitGatewayRouteTableAssociationsPaginator(r.ec2, associations), func(p *ec2.GetTransitGatewayRouteTableAssociationsOutput) []types.TransitGatewayRouteTableAssociation {
		return p.Associations
	}); err != nil {
		return read, err
	}
	propagations := &ec2.GetTransitGatewayRouteTablePropagationsInput{TransitGatewayRouteTableId: id}
	if read.Propagations, err = all(r.ctx, ec2.NewGetTransitGatewayRouteTablePropagationsPaginator(r.ec2, propagations), func(p *ec2.GetTransitGatewayRouteTablePropagationsOutput) []types.TransitGatewayRouteTablePropagation {
		return p.TransitGatewayRouteTablePropagations
	}); err != nil {
		return read, err
	}
	// The call has no pages. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SearchTransitGatewayRoutes.html
	routes, err := r.ec2.SearchTransitGatewayRoutes(r.ctx, &ec2.SearchTransitGatewayRoutesInput{
		TransitGatewayRouteTableId: id, Filters: []types.Filter{{Name: aws.String("state"), Values: []string{"active", "blackhole"}}},
	})
	if err != nil {
		return read, err
	}
	read.Routes = routes.Routes
	if aws.ToBool(routes.AdditionalRoutesAvailable) {
		r.Unread = append(r.Unread, fmt.Sprintf("routes of %s beyond the first %d", aws.ToString(id), len(routes.Routes)))
	}
	return read, nil
}
