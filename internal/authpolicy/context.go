package authpolicy

import "strings"

// contextValue is what a request has under a condition key.
type contextValue struct {
	// isPresent says whether the request has the key.
	isPresent Tristate
	// values are its values; one of them alone if alternative is set.
	values      []Text
	alternative bool
	// why says why the value is not known; "" if it is.
	why string
}

func present(t Text) contextValue { return contextValue{isPresent: Yes, values: []Text{t}} }

func unknownValue(why string) contextValue { return contextValue{isPresent: Maybe, why: why} }

// principalTypes are the types of principals that sign.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
var principalTypes = []Text{Literal("AssumedRole"), Literal("User"), Literal("FederatedUser"), Literal("Account")}

// context returns what the request has under a condition key. Keys are case-sensitive in auth policies.
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html#auth-policies-condition-keys
func (r *Request) context(key string) contextValue {
	header, isHeader := strings.CutPrefix(key, "vpc-lattice-svcs:RequestHeader/")
	tag, isTag := strings.CutPrefix(key, "aws:PrincipalTag/")
	switch {
	case r.IsTCP && (isHeader || key == "vpc-lattice-svcs:RequestMethod" || key == "vpc-lattice-svcs:RequestPath"):
		return contextValue{}
	case isHeader:
		value, ok := r.Headers[strings.ToLower(header)]
		if !ok {
			return unknownValue("whether requests have the header " + header + " is not known")
		}
		return present(value)
	case isTag && !r.PrincipalTags[tag].IsGiven():
		return r.ofPrincipal(unknownValue("whether the caller has the tag " + tag + " is not known"))
	case isTag:
		return r.ofPrincipal(present(r.PrincipalTags[tag]))
	}
	switch key {
	case "vpc-lattice-svcs:Port":
		return present(r.Port)
	case "vpc-lattice-svcs:RequestMethod":
		return present(r.Method)
	case "vpc-lattice-svcs:RequestPath":
		return present(r.Path)
	case "vpc-lattice-svcs:ServiceArn":
		return present(r.Service)
	case "vpc-lattice-svcs:ServiceNetworkArn":
		return present(r.ServiceNetwork)
	case "vpc-lattice-svcs:SourceVpc":
		return present(r.SourceVpc)
	case "vpc-lattice-svcs:SourceVpcOwnerAccount":
		return present(r.SourceVpcOwner)
	case "aws:PrincipalType":
		return r.principalType()
	case "aws:PrincipalAccount":
		if r.IsAnonymous {
			return present(Literal("anonymous"))
		}
		return present(r.account())
	case "aws:PrincipalArn":
		return r.ofPrincipal(present(r.Principal))
	case "aws:PrincipalOrgID":
		if !r.PrincipalOrg.IsGiven() {
			return r.ofPrincipal(unknownValue("the organization of the caller's account is not known"))
		}
		return r.ofPrincipal(present(r.PrincipalOrg))
	case "aws:PrincipalOrgPaths", "aws:userid", "aws:username":
		return r.ofPrincipal(unknownValue("condition key " + key + " is not modelled"))
	}
	return unknownValue("condition key " + key + " is not modelled")
}

// ofPrincipal is a value that requests have which are signed.
func (r *Request) ofPrincipal(v contextValue) contextValue {
	if r.IsAnonymous {
		return contextValue{}
	}
	return v
}

func (r *Request) principalType() contextValue {
	if r.IsAnonymous {
		return present(Literal("Anonymous"))
	}
	if list, ok := r.Principal.segments(); ok {
		switch resource := list[5].String(); {
		case strings.HasPrefix(resource, "role/"):
			return present(principalTypes[0])
		case strings.HasPrefix(resource, "user/"):
			return present(principalTypes[1])
		}
	}
	return contextValue{isPresent: Yes, values: principalTypes, alternative: true}
}
