package network

// Options are the properties of a transit gateway that are enable or disable.
func (g *TransitGateway) Options() []Property {
	var list []Property
	for _, name := range []string{
		"AutoAcceptSharedAttachments", "DefaultRouteTableAssociation", "DefaultRouteTablePropagation", "DnsSupport", "MulticastSupport",
		"SecurityGroupReferencingSupport", "VpnEcmpSupport",
	} {
		list = append(list, property(g.Resource, name))
	}
	return list
}

// Options are the properties of an attachment that are enable or disable.
func (a *GatewayAttachment) Options() []Property {
	var list []Property
	for _, name := range []string{"ApplianceModeSupport", "DnsSupport", "Ipv6Support", "SecurityGroupReferencingSupport"} {
		list = append(list, property(a.Resource, "Options", name))
	}
	return list
}

// IsReplacedBySubnets reports whether a change of its subnets replaces the attachment.
func (a *GatewayAttachment) IsReplacedBySubnets() bool { return a.Type == gatewayVpcAttachment }
