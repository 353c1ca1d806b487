package network

const (
	routeTableType       = "AWS::EC2::RouteTable"
	tableAssociationType = "AWS::EC2::SubnetRouteTableAssociation"
)

// TableAssociation associates a route table with a subnet.
type TableAssociation struct{ *Resource }

// RouteTableId is the route table.
func (a *TableAssociation) RouteTableId() Property { return property(a.Resource, "RouteTableId") }

// SubnetId is the subnet.
func (a *TableAssociation) SubnetId() Property { return property(a.Resource, "SubnetId") }

// TableAssociation is the association of a subnet; nil if the templates have none. The subnet then uses the main route table
// of its VPC, which CloudFormation cannot define, unless an association of an undecided subnet is its own.
// https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
func (n *Network) TableAssociation(subnet Value) *TableAssociation {
	if list := n.tableAssociations.named(subnet); len(list) > 0 {
		return list[0]
	}
	return nil
}

// UnplacedTableAssociations are the associations whose subnet is undecided.
func (n *Network) UnplacedTableAssociations() []*TableAssociation {
	return n.tableAssociations.unplaced()
}

// IsDefinedRouteTable reports whether the templates define the route table that a value names, so that they have its routes.
func (n *Network) IsDefinedRouteTable(table Value) bool { return ofType(table, routeTableType) != nil }

// RoutesOf are the routes of a route table that the templates add.
func (n *Network) RoutesOf(table Value) []*Route { return n.routes.named(table) }

// UnplacedRoutes are the routes whose route table is undecided.
func (n *Network) UnplacedRoutes() []*Route { return n.routes.unplaced() }

func (n *Network) indexRouteTables() {
	for _, r := range n.OfType("AWS::EC2::Route") {
		n.routes.add(r.Property("RouteTableId"), &Route{r})
	}
	for _, r := range n.OfType(tableAssociationType) {
		n.tableAssociations.add(r.Property("SubnetId"), &TableAssociation{r})
	}
}
