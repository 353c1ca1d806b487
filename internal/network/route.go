package network

import (
	"net/netip"
	"slices"
)

// Route is a route of a route table.
type Route struct{ *Resource }

// Inspector is what an inspection route sends traffic through, in words.
func (r *Route) Inspector() string {
	if property(r.Resource, "NatGatewayId").IsAbsent() {
		return "a firewall or an appliance"
	}
	return "a NAT gateway"
}

// inspects reports whether a route sends traffic between subnets through a firewall, an appliance or a NAT gateway, or
// may: EC2 accepts no other target for it. The default route is not between subnets, nor is one for a block that is not part
// of the VPC. What is in a prefix list is not looked at.
// https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
func (n *Network) inspects(r *Route) bool {
	to := property(r.Resource, "DestinationCidrBlock")
	if to.IsAbsent() && property(r.Resource, "DestinationPrefixListId").IsAbsent() {
		return false
	}
	if block, ok := Block(to.Value); ok && (block.Bits() == 0 || n.isOutside(block, r)) {
		return false
	}
	for _, target := range []string{"VpcEndpointId", "NetworkInterfaceId", "InstanceId", "NatGatewayId"} {
		if !property(r.Resource, target).IsAbsent() {
			return true
		}
	}
	return false
}

// isOutside reports whether a block is for certain no part of the VPC of a route.
func (n *Network) isOutside(block netip.Prefix, r *Route) bool {
	table, _, ok := r.Property("RouteTableId").Reference()
	if !ok {
		return false
	}
	blocks := n.AddressesIn(table.Property("VpcId")).Blocks
	return len(blocks) > 0 && !slices.ContainsFunc(blocks, func(own netip.Prefix) bool {
		return own.Overlaps(block) && own.Bits() <= block.Bits()
	})
}

// InspectionRoutes are the routes that send traffic between subnets through a firewall, an appliance or a NAT gateway.
func (n *Network) InspectionRoutes() []*Route { return n.inspectionRoutes }

// InspectionRoutesOf are the inspection routes of a subnet's route table.
func (n *Network) InspectionRoutesOf(subnet Value) []*Route {
	return n.inspectionRoutesOf[valueKey(subnet)]
}

func (n *Network) indexRoutes() {
	byTable := map[key][]*Route{}
	for _, r := range n.OfType("AWS::EC2::Route") {
		if route := (&Route{r}); n.inspects(route) {
			n.inspectionRoutes = append(n.inspectionRoutes, route)
			table := valueKey(r.Property("RouteTableId"))
			byTable[table] = append(byTable[table], route)
		}
	}
	n.inspectionRoutesOf = map[key][]*Route{}
	for _, r := range n.OfType("AWS::EC2::SubnetRouteTableAssociation") {
		if list := byTable[valueKey(r.Property("RouteTableId"))]; len(list) > 0 {
			n.inspectionRoutesOf[valueKey(r.Property("SubnetId"))] = list
		}
	}
}
