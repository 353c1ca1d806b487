package network

const natGatewayType = "AWS::EC2::NatGateway"

// NatGateway is a NAT gateway.
type NatGateway struct{ *Resource }

// SubnetId is the subnet of a zonal NAT gateway.
func (g *NatGateway) SubnetId() Property { return property(g.Resource, "SubnetId") }

// VpcId is the VPC of a regional NAT gateway.
func (g *NatGateway) VpcId() Property { return property(g.Resource, "VpcId") }

// ConnectivityType is public or private. Default: public.
func (g *NatGateway) ConnectivityType() Property { return property(g.Resource, "ConnectivityType") }

// AvailabilityMode is zonal or regional. Default: zonal.
func (g *NatGateway) AvailabilityMode() Property { return property(g.Resource, "AvailabilityMode") }

// IsPublic says whether the NAT gateway has public addresses and leads to the internet.
func (g *NatGateway) IsPublic() Tristate { return isWord(g.ConnectivityType(), "public", Yes) }

// IsRegional says whether the NAT gateway is one of a VPC, which AWS expands over Availability Zones, and not one of a subnet.
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
func (g *NatGateway) IsRegional() Tristate { return isWord(g.AvailabilityMode(), "regional", No) }

// Allocations are the allocations of its public addresses: one, those of secondary addresses, and those of zones. isKnown is false if it
// has or may have others, such as those that AWS allocates for a regional one whose zones nobody lists.
func (g *NatGateway) Allocations() (allocations []Property, isKnown bool) {
	first, more, zones := property(g.Resource, "AllocationId"), property(g.Resource, "SecondaryAllocationIds"), property(g.Resource, "AvailabilityZoneAddresses")
	isKnown = more.IsListOrAbsent() && zones.IsListOrAbsent() && (g.IsRegional() == No || zones.HasItem())
	allocations = append(first.Items(), more.listed()...)
	for _, zone := range zones.listed() {
		own := zone.Field("AllocationIds")
		isKnown = isKnown && own.IsList()
		allocations = append(allocations, own.listed()...)
	}
	return allocations, isKnown && len(allocations) > 0
}

// NatGateway is the NAT gateway that a value refers to; nil if the templates do not define it.
func (n *Network) NatGateway(v Value) *NatGateway { return n.internet.natGateways.referred(v) }

// NatGateways are the NAT gateways of the templates.
func (n *Network) NatGateways() []*NatGateway { return n.internet.natGateways.list }

// NatGatewayNode is a zonal NAT gateway as a node: its network interface, which has no security group.
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
func (n *Network) NatGatewayNode(g *NatGateway) Node {
	node := n.newNode(g.Resource, nil, g.SubnetId().Items())
	node.Groups, node.Unfiltered = nil, true
	return node
}
