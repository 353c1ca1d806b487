package mesh

// The numbers of resources, as package constructs/mesh defines them: a test there counts them.
const (
	// NetworkResources are those of the service network of a VPC: the network, its association and a security group.
	NetworkResources = 3
	// doorResources are those of a front door besides its services: two load balancers, their security groups and rules, listeners, the endpoint
	// service, and its contract.
	doorResources = 14
	// publishResources are those by which CDK lets the stacks of other accounts in the same app read outputs.
	publishResources = 2
	// shareResources are the share of a contract.
	shareResources = 1
	// routeResources are those of a service behind a front door: a target group, a listener rule, and the rules that let the ALB out and in.
	routeResources = 4
	// apiResources are those of a service of VPC Lattice: the service, its listener, auth policy, share and target group, the rule that lets VPC
	// Lattice in, and its contract.
	apiResources = 8
	// endpointResources are an endpoint and its security group.
	endpointResources = 2
	// clientResources are the rules by which a client is let out and in; over VPC Lattice to the group of the service network and to the prefix
	// list.
	clientResources, latticeClientResources = 2, 3
	// nameResources are a hosted zone and its record; an endpoint of two IP address types has two.
	nameResources = 3
	// associationResources are the association of a service of VPC Lattice, its hosted zone and its record.
	associationResources = 3
	// plannedClients are how many clients the stacks of consumers are planned for.
	plannedClients = 9
)

// Resources returns how many resources a stack has of a front door, at most.
func (d *Door) Resources(sharesContracts bool) int {
	shares := 0
	if sharesContracts {
		shares = shareResources
	}
	if d.Tier.Transport == PrivateLink {
		return publishResources + doorResources + shares + routeResources*len(d.Services)
	}
	return publishResources + (apiResources+shares)*len(d.Services)
}

// Resources returns how many resources a stack has of a connection, at most.
func (c *Connection) Resources(clients int) int {
	return connectionOf(c.Door.Tier.Transport, len(c.Services), clients)
}

// connectionOf is how many resources a connection has to some services.
func connectionOf(transport string, services, clients int) int {
	if transport == PrivateLink {
		return endpointResources + clientResources*clients + nameResources*services
	}
	return latticeClientResources*clients + associationResources*services
}
