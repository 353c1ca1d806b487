package network

// AuthPolicy is the auth policy of a service or a service network of VPC Lattice: who may call it.
type AuthPolicy struct{ *Resource }

// ResourceIdentifier is the service or the service network.
func (p *AuthPolicy) ResourceIdentifier() Property {
	return property(p.Resource, "ResourceIdentifier")
}

// Policy is the policy document.
func (p *AuthPolicy) Policy() Property { return property(p.Resource, "Policy") }

// AuthPolicies are the auth policies of the templates.
func (n *Network) AuthPolicies() []*AuthPolicy { return n.lattice.authPolicies }

// AuthPoliciesOf are the auth policies of the service or the service network that an identifier names.
func (n *Network) AuthPoliciesOf(identifier Value) []*AuthPolicy {
	return n.lattice.authPoliciesOf.lattice(identifier)
}

// UnplacedAuthPolicies are the auth policies of undecided services.
func (n *Network) UnplacedAuthPolicies() []*AuthPolicy { return n.lattice.authPoliciesOf.unplaced() }

func (n *Network) indexAuthPolicies() {
	for _, r := range n.OfType("AWS::VpcLattice::AuthPolicy") {
		p := &AuthPolicy{r}
		n.lattice.authPolicies = append(n.lattice.authPolicies, p)
		n.lattice.authPoliciesOf.addLattice(p.ResourceIdentifier().Value, p)
	}
}
