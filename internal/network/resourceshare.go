package network

// ResourceShare shares resources with other accounts, by AWS RAM.
type ResourceShare struct{ *Resource }

// ResourceArns are what is shared.
func (s *ResourceShare) ResourceArns() Property { return property(s.Resource, "ResourceArns") }

// Principals are whom it is shared with: accounts, organizational units, organizations.
func (s *ResourceShare) Principals() Property { return property(s.Resource, "Principals") }

// AllowExternalPrincipals says whether accounts outside the organization may be principals. Default: true.
func (s *ResourceShare) AllowExternalPrincipals() Property {
	return property(s.Resource, "AllowExternalPrincipals")
}

// PermissionArns are the permissions that the principals get. Default: those of the type of each resource.
func (s *ResourceShare) PermissionArns() Property { return property(s.Resource, "PermissionArns") }

// ShareOf is a resource share, and where it names what it shares.
type ShareOf struct {
	*ResourceShare
	Arn Property
}

// ResourceShares are the resource shares of the templates.
func (n *Network) ResourceShares() []*ResourceShare { return n.lattice.shares }

// SharesOf are the resource shares of what an identifier names.
func (n *Network) SharesOf(identifier Value) []ShareOf { return n.lattice.sharesOf.lattice(identifier) }

// UnplacedShares are the resource shares of which it is undecided what they share.
func (n *Network) UnplacedShares() []ShareOf { return n.lattice.sharesOf.unplaced() }

// ResourcePoliciesOf are resource policies, beside the shares, that say who may use what an identifier names.
func (n *Network) ResourcePoliciesOf(identifier Value) []*Resource {
	return n.lattice.resourcePolicies.lattice(identifier)
}

func (n *Network) indexShares() {
	for _, r := range n.OfType("AWS::RAM::ResourceShare") {
		s := &ResourceShare{r}
		n.lattice.shares = append(n.lattice.shares, s)
		for _, arn := range s.ResourceArns().Items() {
			n.lattice.sharesOf.addLattice(arn.Value, ShareOf{s, arn})
		}
	}
	for _, r := range n.OfType("AWS::VpcLattice::ResourcePolicy") {
		n.lattice.resourcePolicies.addLattice(r.Property("ResourceArn"), r)
	}
}
