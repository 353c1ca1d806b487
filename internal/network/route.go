package network

// Route is a route of a route table.
type Route struct{ *Resource }

// inspects reports whether a route sends traffic between subnets through a firewall or an appliance. The default route
// is not between subnets.
func (r *Route) inspects() bool {
	if block, ok := Block(r.Property("DestinationCidrBlock")); !ok || block.Bits() == 0 {
		return false
	}
	for _, target := range []string{"VpcEndpointId", "NetworkInterfaceId", "InstanceId"} {
		if !property(r.Resource, target).IsAbsent() {
			return true
		}
	}
	return false
}

// InspectionRoutes are the routes that send traffic between subnets through a firewall or an appliance.
func (n *Network) InspectionRoutes() []*Route { return n.inspectionRoutes }

// InspectionRoutesOf are the inspection routes of a subnet's route table.
func (n *Network) InspectionRoutesOf(subnet Value) []*Route {
	return n.inspectionRoutesOf[valueKey(subnet)]
}

func (n *Network) indexRoutes() {
	byTable := map[key][]*Route{}
	for _, r := range n.OfType("AWS::EC2::Route") {
		if route := (&Route{r}); route.inspects() {
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
