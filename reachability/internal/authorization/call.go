// Package authorization collects the policies that decide about a call over VPC Lattice: those of the role by which a client signs,
// and the auth policies of the service network and of the service. Package authpolicy evaluates them.
package authorization

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/authpolicy"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// Call is a call with the policies that decide about it, and where the templates have them.
type Call struct {
	authpolicy.Call
	// Client is who calls, and Role the property that names the role by which it signs; absent if it has none.
	Client network.Node
	Role   network.Property
	// Documents are the identity policies, and Sides the access control of the service network and of the service.
	Documents []network.Property
	Sides     map[authpolicy.Layer]Side
	settled   *verdict // on all calls of the client to the service; nil if it depends on the call
}

// Side is where the templates have the access control of a service or a service network.
type Side struct {
	Name     string
	AuthType network.Property
	Policy   *network.AuthPolicy // nil for none
}

// Verdict gives the verdict on the call, unsigned if that is allowed, and else signed by the role of the client.
func (c *Call) Verdict() (d authpolicy.Decision, signs bool) {
	if c.settled != nil && !c.Request.IsTCP {
		c.Request.IsAnonymous = !c.settled.signs
		return c.settled.Decision, c.settled.signs
	}
	v, _ := c.evaluate()
	return v.Decision, v.signs
}

// verdict is a decision about a call, signed or not.
type verdict struct {
	authpolicy.Decision
	signs bool
}

// evaluate gives the verdict on the call. It is settled if it is the same for every port, path and method.
func (c *Call) evaluate() (v verdict, isSettled bool) {
	c.Request.IsAnonymous = true
	unsigned := c.Decide()
	if unsigned.Verdict == authpolicy.Allowed || c.Role.IsAbsent() || c.Request.IsTCP { // TLS that is passed through has no signature
		return verdict{unsigned, false}, unsigned.IsSettled()
	}
	c.Request.IsAnonymous = false
	signed := c.Decide()
	if unsigned.Verdict > signed.Verdict {
		c.Request.IsAnonymous = true
		return verdict{unsigned, false}, false
	}
	return verdict{signed, true}, unsigned.Verdict == authpolicy.Denied && signed.IsSettled()
}

// Admission is what the policies decide about any call of a client, whatever its port, path and method.
type Admission struct {
	// MayPass is true if the policies may let a call pass, signed or not.
	MayPass bool
	// IsKeptOut is true if neither the policies of the service nor the client's own let it call, for certain.
	IsKeptOut bool
	// settled is the verdict on all calls, if it is one.
	settled *verdict
}

// admissionKey is what an admission depends on.
type admissionKey struct {
	roleOf        *network.Resource // nil for a client without a role
	role, vpc     network.Value
	service       *network.Resource
	joinedNetwork network.Value
}

// Admit decides about the calls of a client to a service, in the service network that a property names: once for all clients of one VPC
// and role.
func Admit(n *network.Network, client network.Node, s *network.LatticeService, joined network.Property) Admission {
	role := n.RoleOf(client)
	key := admissionKey{role: role.Value, vpc: client.VPC, service: s.Resource, joinedNetwork: joined.Value}
	if !role.IsAbsent() {
		key.roleOf = role.Resource
	}
	return network.Derive(n, key, func(admissionKey) Admission {
		v, isSettled := collect(n, client, s, joined).evaluate()
		isOpen := func(layer authpolicy.LayerResult) bool {
			return layer.Layer != authpolicy.ServiceNetwork && layer.Verdict != authpolicy.Denied
		}
		a := Admission{MayPass: v.Verdict != authpolicy.Denied, IsKeptOut: !slices.ContainsFunc(v.Layers, isOpen)}
		if isSettled {
			a.settled = &v
		}
		return a
	})
}

// New collects the policies that decide about calls of a client to a service, in the service network that a property
// names.
func New(n *network.Network, client network.Node, s *network.LatticeService, joined network.Property) *Call {
	c := collect(n, client, s, joined)
	c.settled = Admit(n, client, s, joined).settled
	return c
}

func collect(n *network.Network, client network.Node, s *network.LatticeService, joined network.Property) *Call {
	c := &Call{Client: client, Role: n.RoleOf(client), Sides: map[authpolicy.Layer]Side{}}
	c.Request = &authpolicy.Request{
		SourceVpc: authpolicy.Of(client.VPC), Service: arnOf(n, s.Resource), ServiceNetwork: authpolicy.Of(joined.Value),
	}
	if vpc := n.VPC(client.VPC); vpc != nil {
		c.Request.SourceVpcOwner = authpolicy.Account(vpc.Stack)
	} else if list := n.VpcAssociationsOf(client.VPC); len(list) > 0 {
		c.Request.SourceVpcOwner = authpolicy.Account(list[0].Stack) // only the owner of a VPC can associate it
	}
	c.readRole(n, s)
	c.Target = c.side(n, authpolicy.Service, s.AuthType(), s.Ref())
	if sn := n.ServiceNetwork(joined.Value); sn != nil {
		c.Request.ServiceNetwork = arnOf(n, sn.Resource)
		c.Network = c.side(n, authpolicy.ServiceNetwork, sn.AuthType(), sn.Ref())
		return c
	}
	c.Sides[authpolicy.ServiceNetwork] = Side{Name: network.NameOf(joined.Value), AuthType: joined}
	c.Network = authpolicy.Side{AuthType: assembly.NewUnknown(
		"service network "+network.NameOf(joined.Value)+" is not in the templates", assembly.Settlement{Kind: assembly.ByTemplate, Subject: "the template that defines " + network.NameOf(joined.Value)},
	), Unread: "its auth policy is not in the templates"}
	return c
}

// arnOf is the ARN of a resource.
func arnOf(n *network.Network, r *network.Resource) authpolicy.Text {
	return network.Derive(n, r, func(r *network.Resource) authpolicy.Text { return authpolicy.Attribute(r, "Arn") })
}

// side reads the access control of a service or a service network.
func (c *Call) side(n *network.Network, layer authpolicy.Layer, authType network.Property, of network.Value) authpolicy.Side {
	side := authpolicy.Side{AuthType: authType.Value}
	at := Side{Name: network.NameOf(of), AuthType: authType}
	list := n.AuthPoliciesOf(of)
	if unplaced := n.UnplacedAuthPolicies(); len(unplaced) > 0 {
		side.Unread = "whether " + network.DisplayName(unplaced[0].Resource) + " is its auth policy is unknown"
	}
	for _, p := range list {
		if p.Exists == network.No {
			continue
		}
		if at.Policy != nil {
			side.Unread = network.DisplayName(at.Policy.Resource) + " and " + network.DisplayName(p.Resource) + " are both its auth policy"
			break
		}
		at.Policy, side.Policy = p, network.Derive(n, p.Policy().Value, authpolicy.Read)
	}
	c.Sides[layer] = at
	return side
}

// readRole reads the role by which the client signs, and its policies.
func (c *Call) readRole(n *network.Network, s *network.LatticeService) {
	if c.Role.IsAbsent() {
		return
	}
	role := n.Role(c.Role.Value)
	if role == nil {
		c.Request.Principal = authpolicy.Of(c.Role.Value)
		c.Caller.Unread = "role " + network.NameOf(c.Role.Value) + " is not in the templates, and nor are its policies"
		return
	}
	sign(n, c.Request, role)
	own := policiesOf(n, role)
	c.Documents, c.Caller = own.documents, own.Identities
	if verdict := OfRole(n, role, s); verdict.IsSettled {
		c.Caller.Settled = &verdict
	}
}
