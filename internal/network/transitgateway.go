package network

import "strings"

const (
	transitGatewayType     = "AWS::EC2::TransitGateway"
	gatewayAttachmentType  = "AWS::EC2::TransitGatewayAttachment"
	gatewayVpcAttachment   = "AWS::EC2::TransitGatewayVpcAttachment"
	gatewayAttachmentPeers = "AWS::EC2::TransitGatewayPeeringAttachment"
)

// transitFacts are the facts of what connects VPCs.
type transitFacts struct {
	peerings   facts[*PeeringConnection]
	peeringsOf owned[*PeeringConnection] // by VPC

	gateways            facts[*TransitGateway]
	gatewayShares       owned[ShareOf] // by gateway
	attachments         facts[*GatewayAttachment]
	attachmentsTo       owned[*GatewayAttachment] // by gateway
	attachmentsOf       owned[*GatewayAttachment] // by VPC
	unplacedAttachments []*GatewayAttachment      // whose VPC is undecided, or given by its ID

	associations         []*GatewayTableUse
	associationsOf       owned[*GatewayTableUse] // by attachment
	unplacedAssociations []*GatewayTableUse      // whose attachment is undecided, or given by its ID
	propagations         []*GatewayTableUse
	propagationsTo       owned[*GatewayTableUse] // by gateway route table
	routes               []*GatewayRoute
	routesOf             owned[*GatewayRoute] // by gateway route table
}

// TransitGateway is a transit gateway.
type TransitGateway struct{ *Resource }

// DefaultRouteTableAssociation says whether attachments are associated with the default route table. Default: enable.
func (g *TransitGateway) DefaultRouteTableAssociation() Property {
	return property(g.Resource, "DefaultRouteTableAssociation")
}

// DefaultRouteTablePropagation says whether attachments propagate their routes to the default route table. Default: enable.
func (g *TransitGateway) DefaultRouteTablePropagation() Property {
	return property(g.Resource, "DefaultRouteTablePropagation")
}

// AssociationDefaultRouteTableId is the route table with which attachments are associated. Default: one that AWS makes.
func (g *TransitGateway) AssociationDefaultRouteTableId() Property {
	return property(g.Resource, "AssociationDefaultRouteTableId")
}

// PropagationDefaultRouteTableId is the route table to which attachments propagate their routes. Default: one that AWS makes.
func (g *TransitGateway) PropagationDefaultRouteTableId() Property {
	return property(g.Resource, "PropagationDefaultRouteTableId")
}

// AutoAcceptSharedAttachments says whether attachments of other accounts are accepted without an act. Default: disable.
func (g *TransitGateway) AutoAcceptSharedAttachments() Property {
	return property(g.Resource, "AutoAcceptSharedAttachments")
}

// SecurityGroupReferencingSupport says whether rules may name groups of other VPCs of the gateway. Default: disable.
func (g *TransitGateway) SecurityGroupReferencingSupport() Property {
	return property(g.Resource, "SecurityGroupReferencingSupport")
}

// Switch is an option of a transit gateway or an attachment, "enable" or "disable"; byDefault is what AWS takes if it is absent.
func Switch(p Property, byDefault Tristate) Tristate {
	switch {
	case p.IsAbsent():
		return byDefault
	case p.Literal() == "enable":
		return Yes
	case p.IsLiteral():
		return No // EC2 refuses another word
	}
	return Maybe
}

// GatewayAttachment attaches a VPC to a transit gateway.
type GatewayAttachment struct{ *Resource }

// TransitGatewayId is the transit gateway.
func (a *GatewayAttachment) TransitGatewayId() Property {
	return property(a.Resource, "TransitGatewayId")
}

// VpcId is the VPC.
func (a *GatewayAttachment) VpcId() Property { return property(a.Resource, "VpcId") }

// SubnetIds are the subnets, one in each Availability Zone that the gateway serves.
func (a *GatewayAttachment) SubnetIds() Property { return property(a.Resource, "SubnetIds") }

// SubnetChanges is the property that adds or removes subnets of an AWS::EC2::TransitGatewayVpcAttachment; absent if there is none.
func (a *GatewayAttachment) SubnetChanges() Property {
	if p := property(a.Resource, "RemoveSubnetIds"); !p.IsEmpty() {
		return p
	}
	return property(a.Resource, "AddSubnetIds")
}

// Subnets are the subnets, without those that are removed. isKnown is false if not all of them are in the template.
func (a *GatewayAttachment) Subnets() (subnets []Property, isKnown bool) {
	removed := property(a.Resource, "RemoveSubnetIds")
	isKnown = removed.IsListOrAbsent()
	for _, list := range []Property{a.SubnetIds(), property(a.Resource, "AddSubnetIds")} {
		isKnown = isKnown && list.IsListOrAbsent()
		for _, subnet := range list.listed() {
			is := No
			for _, gone := range removed.listed() {
				is = max(is, Equal(subnet.Value, gone.Value))
			}
			isKnown = isKnown && is != Maybe
			if is == No {
				subnets = append(subnets, subnet)
			}
		}
	}
	return subnets, isKnown
}

// SecurityGroupReferencingSupport says whether rules of the VPC may name groups of other VPCs of the gateway. Default: enable.
func (a *GatewayAttachment) SecurityGroupReferencingSupport() Property {
	return property(a.Resource, "Options", "SecurityGroupReferencingSupport")
}

// ApplianceModeSupport keeps a flow in one Availability Zone. Default: disable.
func (a *GatewayAttachment) ApplianceModeSupport() Property {
	return property(a.Resource, "Options", "ApplianceModeSupport")
}

// AttachmentNode is an attachment as a node: the network interfaces in its subnets, which have no security group.
func (n *Network) AttachmentNode(a *GatewayAttachment) Node {
	node := Node{Name: DisplayName(a.Resource), Resource: a.Resource, VPC: a.VpcId().Value, Unfiltered: true}
	subnets, _ := a.Subnets()
	for _, subnet := range subnets {
		node.Subnets = append(node.Subnets, subnet.Value)
	}
	return node
}

// TransitGateways are the transit gateways of the templates.
func (n *Network) TransitGateways() []*TransitGateway { return n.transit.gateways.list }

// TransitGateway is the transit gateway that a value refers to; nil if the templates do not define it.
func (n *Network) TransitGateway(v Value) *TransitGateway { return n.transit.gateways.referred(v) }

// GatewayAttachments are the attachments of VPCs, of both types.
func (n *Network) GatewayAttachments() []*GatewayAttachment { return n.transit.attachments.list }

// GatewayAttachment is the attachment that a value refers to; nil if the templates do not define it.
func (n *Network) GatewayAttachment(v Value) *GatewayAttachment {
	return n.transit.attachments.referred(v)
}

// AttachmentsTo are the attachments to a transit gateway.
func (n *Network) AttachmentsTo(gateway Value) []*GatewayAttachment {
	return n.transit.attachmentsTo.named(gateway)
}

// AttachmentsOf are the attachments of a VPC.
func (n *Network) AttachmentsOf(vpc Value) []*GatewayAttachment {
	return n.transit.attachmentsOf.named(vpc)
}

// Attachment is the attachment of a VPC to a transit gateway; nil if there is none for certain. doubt is the property that
// leaves open whether an attachment is the one.
func (n *Network) Attachment(vpc, gateway Value) (a *GatewayAttachment, doubt *Property) {
	for _, a := range n.AttachmentsOf(vpc) {
		switch Same(a.TransitGatewayId().Value, gateway) {
		case Yes:
			return a, nil
		case Maybe:
			p := a.TransitGatewayId()
			doubt = &p
		}
	}
	for _, a := range n.transit.unplacedAttachments {
		is := min(Same(a.VpcId().Value, vpc), Same(a.TransitGatewayId().Value, gateway))
		p := a.VpcId()
		if Same(p.Value, vpc) == Yes {
			p = a.TransitGatewayId()
		}
		switch is {
		case Yes:
			return a, nil
		case Maybe:
			if doubt == nil {
				doubt = &p
			}
		}
	}
	return nil, doubt
}

// PeeringAttachments are the attachments of transit gateways to other gateways.
func (n *Network) PeeringAttachments() []*Resource { return n.OfType(gatewayAttachmentPeers) }

// GatewaySharesOf are the resource shares of a transit gateway.
func (n *Network) GatewaySharesOf(gateway Value) []ShareOf {
	return n.transit.gatewayShares.named(gateway)
}

// gatewayOfArn is the transit gateway that an ARN names: one of the templates, or its ID.
func gatewayOfArn(arn Value) (gateway key, ok bool) {
	if r := partOf(arn, transitGatewayType); r != nil {
		return resourceKey(r), true
	}
	text, _ := arn.Text()
	_, id, ok := strings.Cut(text, ":transit-gateway/")
	return key{text: "=" + id}, ok
}

func (n *Network) indexTransitGateways() {
	collect(n, &n.transit.gateways, transitGatewayType, func(r *Resource) *TransitGateway { return &TransitGateway{r} })
	n.transit.attachments.by = map[*Resource]*GatewayAttachment{}
	for _, attachmentType := range []string{gatewayAttachmentType, gatewayVpcAttachment} {
		for _, r := range n.asm.OfType(attachmentType) {
			a := &GatewayAttachment{r}
			n.transit.attachments.by[r] = a
			if r.Exists != No {
				n.transit.attachments.list = append(n.transit.attachments.list, a)
			}
		}
	}
	for _, a := range n.transit.attachments.list {
		vpc, gateway := a.VpcId().Value, a.TransitGatewayId().Value
		n.transit.attachmentsTo.add(gateway, a)
		n.transit.attachmentsOf.add(vpc, a)
		if _, _, isReference := vpc.Reference(); !isReference {
			n.transit.unplacedAttachments = append(n.transit.unplacedAttachments, a)
		}
	}
	for _, r := range n.OfType("AWS::RAM::ResourceShare") {
		s := &ResourceShare{r}
		for _, arn := range s.ResourceArns().Items() {
			if gateway, ok := gatewayOfArn(arn.Value); ok {
				n.transit.gatewayShares.addTo(gateway, ShareOf{s, arn})
			}
		}
	}
	n.indexGatewayTables()
}
