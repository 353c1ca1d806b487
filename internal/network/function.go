package network

// IsFunction reports whether a resource is a function, a version of one or an alias. Ref of a version or an alias is its
// ARN.
func IsFunction(r *Resource) bool {
	switch r.Type {
	case functionType, "AWS::Lambda::Alias", "AWS::Lambda::Version", "AWS::Serverless::Function":
		return true
	}
	return false
}

// NeedsArnAttribute reports whether Ref of a function is its name, so that its ARN is an attribute.
func NeedsArnAttribute(r *Resource) bool { return r.Type == functionType }

// FunctionPermission lets a principal invoke a function.
type FunctionPermission struct{ *Resource }

// FunctionName is the function, a version or an alias.
func (p *FunctionPermission) FunctionName() Property { return property(p.Resource, "FunctionName") }

// Principal is who may invoke it.
func (p *FunctionPermission) Principal() Property { return property(p.Resource, "Principal") }

// SourceArn restricts the principal to requests for one resource, or for those whose ARNs match.
func (p *FunctionPermission) SourceArn() Property { return property(p.Resource, "SourceArn") }

// For reports whether the permission holds for requests by a target group.
func (p *FunctionPermission) For(tg *TargetGroup) Tristate {
	source := p.SourceArn()
	if source.IsAbsent() {
		return Yes
	}
	if pattern, ok := source.Text(); ok {
		return arnLike(pattern, tg.Stack, "elasticloadbalancing", tg.arnPath())
	}
	return Equal(source.Value, tg.Ref())
}

// ForLattice reports whether the permission holds for requests by a target group of VPC Lattice.
func (p *FunctionPermission) ForLattice(tg *LatticeTargetGroup) Tristate {
	source := p.SourceArn()
	if source.IsAbsent() {
		return Yes
	}
	if pattern, ok := source.Text(); ok {
		return arnLike(pattern, tg.Stack, "vpc-lattice", "targetgroup/")
	}
	return SameLattice(source.Value, tg.Ref())
}

// FunctionPermissions are the permissions of the templates.
func (n *Network) FunctionPermissions() []*FunctionPermission {
	var list []*FunctionPermission
	for _, r := range n.OfType("AWS::Lambda::Permission") {
		list = append(list, &FunctionPermission{r})
	}
	return list
}
