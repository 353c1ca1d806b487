package authpolicy

// Request is a call of a service over VPC Lattice. A field that is not given is not known.
type Request struct {
	// IsAnonymous says that the request is not signed.
	IsAnonymous bool
	// IsTCP says that the listener is of protocol TLS_PASSTHROUGH: there is no method, path or header.
	IsTCP bool

	// Principal is the ARN of the role or the user that signs, and PrincipalAccount its account.
	// Default of the account: that in the ARN.
	Principal, PrincipalAccount Text
	// IsAnother reports whether an ARN is certainly that of another role than the one that signs, whose name the deployment decides.
	// Default: none is.
	IsAnother func(arn string) bool
	// PrincipalOrg is the ID of the organization of that account.
	PrincipalOrg Text
	// PrincipalTags are tags of the principal. It may have others, such as those of its session.
	PrincipalTags map[string]Text

	// SourceVpc is the VPC in which the caller is, and SourceVpcOwner the account that owns it.
	SourceVpc, SourceVpcOwner Text

	// Service and ServiceNetwork are ARNs.
	Service, ServiceNetwork Text

	// Method, Path and Port are those of the request. The path begins with a slash.
	Method, Path, Port Text
	// Headers are headers that the request has, by lower-case name. It may have others.
	Headers map[string]Text
}

// action is the action of the request.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonvpclatticeservices.html
func (r *Request) action() Text {
	if r.IsTCP {
		return Literal("vpc-lattice-svcs:Connect")
	}
	return Literal("vpc-lattice-svcs:Invoke")
}

// resource is the resource of the request: the service, and the path behind it.
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html#auth-policies-resource-format
func (r *Request) resource() Text {
	switch {
	case r.IsTCP:
		return r.Service
	case !r.Path.IsGiven():
		return r.Service.join(Literal("/"), r.Path)
	}
	return r.Service.join(r.Path)
}

// account is the account of the principal that signs.
func (r *Request) account() Text {
	if r.PrincipalAccount.IsGiven() || !r.Principal.IsGiven() {
		return r.PrincipalAccount
	}
	if list, ok := r.Principal.segments(); ok {
		return list[4]
	}
	return Text{}
}
