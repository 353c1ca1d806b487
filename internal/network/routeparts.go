package network

// Routes are the routes of all route tables of VPCs.
func (n *Network) Routes() []*Route {
	var list []*Route
	for _, r := range n.OfType("AWS::EC2::Route") {
		list = append(list, &Route{r})
	}
	return list
}

// Targets are the properties that can name the target of the route, whether it has them or not.
func (r *Route) Targets() []Property {
	list := make([]Property, len(routeTargets))
	for i, target := range routeTargets {
		list[i] = property(r.Resource, target.name)
	}
	return list
}

// Destinations are the properties that can say which packets the route takes, whether it has them or not.
func (r *Route) Destinations() []Property {
	return []Property{r.DestinationCidrBlock(), r.DestinationPrefixListId(), property(r.Resource, "DestinationIpv6CidrBlock")}
}

// VpcOfTable is the VPC of a route table that the templates define; ok is false for any other table.
func (n *Network) VpcOfTable(table Value) (vpc Value, ok bool) {
	r := ofType(table, routeTableType)
	if r == nil {
		return Value{}, false
	}
	return r.Property("VpcId"), true
}

// SubnetsIn are the subnets of a VPC in the templates.
func (n *Network) SubnetsIn(vpc Value) []*Subnet { return n.subnetsIn.named(vpc) }
