package network

const (
	serviceNetworkType     = "AWS::VpcLattice::ServiceNetwork"
	serviceAssociationType = "AWS::VpcLattice::ServiceNetworkServiceAssociation"
	vpcAssociationType     = "AWS::VpcLattice::ServiceNetworkVpcAssociation"
)

// ServiceNetwork is a service network of VPC Lattice.
type ServiceNetwork struct{ *Resource }

// AuthType is NONE or AWS_IAM. Default: NONE.
func (sn *ServiceNetwork) AuthType() Property { return property(sn.Resource, "AuthType") }

// SharingEnabled says whether the service network may be shared with other accounts. Its key is in lower case.
func (sn *ServiceNetwork) SharingEnabled() Property {
	return property(sn.Resource, "SharingConfig", "enabled")
}

// ServiceAssociation associates a service with a service network.
type ServiceAssociation struct{ *Resource }

// ServiceIdentifier is the service: its ARN if it is of another account.
func (a *ServiceAssociation) ServiceIdentifier() Property {
	return property(a.Resource, "ServiceIdentifier")
}

// ServiceNetworkIdentifier is the service network: its ARN if it is of another account.
func (a *ServiceAssociation) ServiceNetworkIdentifier() Property {
	return property(a.Resource, "ServiceNetworkIdentifier")
}

// VpcAssociation associates a VPC with a service network: its workloads may call the services.
type VpcAssociation struct{ *Resource }

// ServiceNetworkIdentifier is the service network: its ARN if it is of another account.
func (a *VpcAssociation) ServiceNetworkIdentifier() Property {
	return property(a.Resource, "ServiceNetworkIdentifier")
}

// VpcIdentifier is the VPC.
func (a *VpcAssociation) VpcIdentifier() Property { return property(a.Resource, "VpcIdentifier") }

// SecurityGroupIds are the groups that let workloads of the VPC in. Without any, all of them may call.
func (a *VpcAssociation) SecurityGroupIds() Property { return property(a.Resource, "SecurityGroupIds") }

// ServiceNetworks are the service networks of the templates.
func (n *Network) ServiceNetworks() []*ServiceNetwork { return n.lattice.networks.list }

// ServiceNetwork is the service network that an identifier names; nil if the templates do not define it.
func (n *Network) ServiceNetwork(identifier Value) *ServiceNetwork {
	return n.lattice.networks.by[latticeResource(identifier, serviceNetworkType)]
}

// ServiceAssociations are the associations of services.
func (n *Network) ServiceAssociations() []*ServiceAssociation {
	return n.lattice.serviceAssociations.list
}

// AsServiceAssociation is a resource as an association of a service; nil if it is none.
func (n *Network) AsServiceAssociation(r *Resource) *ServiceAssociation {
	return n.lattice.serviceAssociations.by[r]
}

// ServicesIn are the associations of services with the service network that an identifier names.
func (n *Network) ServicesIn(network Value) []*ServiceAssociation {
	return n.lattice.servicesIn.lattice(network)
}

// AssociationsOf are the associations of the service that an identifier names.
func (n *Network) AssociationsOf(service Value) []*ServiceAssociation {
	return n.lattice.associationsOf.lattice(service)
}

// UnplacedServiceAssociations are the associations of services whose service network is undecided.
func (n *Network) UnplacedServiceAssociations() []*ServiceAssociation {
	return n.lattice.servicesIn.unplaced()
}

// VpcAssociations are the associations of VPCs.
func (n *Network) VpcAssociations() []*VpcAssociation { return n.lattice.vpcAssociations.list }

// VPCsIn are the associations of VPCs with the service network that an identifier names.
func (n *Network) VPCsIn(network Value) []*VpcAssociation { return n.lattice.vpcsIn.lattice(network) }

// VpcAssociationsOf are the associations of a VPC. EC2 allows one.
func (n *Network) VpcAssociationsOf(vpc Value) []*VpcAssociation {
	return n.lattice.associationsIn.named(vpc)
}

// UnplacedVpcAssociations are the associations whose VPC is undecided.
func (n *Network) UnplacedVpcAssociations() []*VpcAssociation {
	return n.lattice.associationsIn.unplaced()
}

// VPCsOfUnknownNetworks are the associations of VPCs whose service network is undecided.
func (n *Network) VPCsOfUnknownNetworks() []*VpcAssociation { return n.lattice.vpcsIn.unplaced() }

// VpcAssociationNode is an association of a VPC as a node: what lets workloads of the VPC in.
func (n *Network) VpcAssociationNode(a *VpcAssociation) Node {
	groups := a.SecurityGroupIds().Items()
	node := n.newNode(a.Resource, groups, nil)
	node.VPC = a.VpcIdentifier().Value
	if len(groups) == 0 {
		node.Groups, node.Unfiltered = nil, true
	}
	return node
}

// ServiceNetworkEndpointsTo are the endpoints to the service network that an identifier names.
func (n *Network) ServiceNetworkEndpointsTo(network Value) []*Endpoint {
	return n.lattice.endpointsTo.lattice(network)
}

// ServiceNetworkEndpoints are the endpoints to service networks.
func (n *Network) ServiceNetworkEndpoints() []*Endpoint {
	var list []*Endpoint
	for _, e := range n.endpoints.list {
		if e.ConnectsTo() == ToServiceNetwork {
			list = append(list, e)
		}
	}
	return list
}

func (n *Network) indexServiceNetworks() {
	collect(n, &n.lattice.networks, serviceNetworkType, func(r *Resource) *ServiceNetwork { return &ServiceNetwork{r} })
	collect(n, &n.lattice.serviceAssociations, serviceAssociationType, func(r *Resource) *ServiceAssociation { return &ServiceAssociation{r} })
	for _, a := range n.lattice.serviceAssociations.list {
		n.lattice.servicesIn.addLattice(a.ServiceNetworkIdentifier().Value, a)
		n.lattice.associationsOf.addLattice(a.ServiceIdentifier().Value, a)
	}
	collect(n, &n.lattice.vpcAssociations, vpcAssociationType, func(r *Resource) *VpcAssociation { return &VpcAssociation{r} })
	for _, a := range n.lattice.vpcAssociations.list {
		n.lattice.vpcsIn.addLattice(a.ServiceNetworkIdentifier().Value, a)
		n.lattice.associationsIn.add(a.VpcIdentifier().Value, a)
	}
	for _, e := range n.ServiceNetworkEndpoints() {
		n.lattice.endpointsTo.addLattice(e.ServiceNetworkArn().Value, e)
	}
}
