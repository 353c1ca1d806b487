package authpolicy

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// Layer is one of the policies that a call must pass.
type Layer int

// The layers, in the order in which VPC Lattice evaluates them.
const (
	// Identity is the policies of the role or the user that signs.
	Identity Layer = iota
	// ServiceNetwork is the auth policy of the service network.
	ServiceNetwork
	// Service is the auth policy of the service.
	Service
)

// String names the layer.
func (l Layer) String() string {
	return [...]string{"the caller's identity policies", "the auth policy of the service network", "the auth policy of the service"}[l]
}

// Side is the access control of a service or a service network.
type Side struct {
	// AuthType is the property of that name. Default: NONE.
	AuthType assembly.Value
	// Policy is its auth policy; nil for none.
	Policy *Policy
	// Unread says why there may be another auth policy, as a clause; "" if there is none.
	Unread string
}

// Identities are the policies of the role or the user that signs a request.
type Identities struct {
	Policies []*Policy
	// Unread says why there may be other policies, such as a managed one that the templates do not define, as a clause;
	// "" if there are none.
	Unread string
	// Settled is their verdict on every Invoke of the service, if it does not depend on the request. Default: nil, each request is
	// evaluated.
	Settled *Result
}

// Call is a request with all policies that decide about it.
type Call struct {
	Request *Request
	// Caller has the policies of the principal that signs; not read for an anonymous request.
	Caller Identities
	// Network and Target are the service network and the service.
	Network, Target Side
}

// Decision is the verdict on a call.
type Decision struct {
	// Result is that of the layer that decides: the first one that denies, else the first one that is unknown.
	Result
	// Layer is the layer that decides; the last one if the call is allowed.
	Layer Layer
	// Layers are the layers that take part, in their order.
	Layers []LayerResult
}

// LayerResult is the verdict of one layer.
type LayerResult struct {
	Layer Layer
	Result
}

const none, iam = "NONE", "AWS_IAM"

// Decide gives the verdict on a call. Each layer must allow it. A layer of AuthType NONE allows everything. The caller's
// policies count also within one account: VPC Lattice needs an explicit allow of all of them. AWS does not say so of a service
// and a service network that are both of AuthType NONE, where nothing is denied by default: there they are taken not to count.
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html#auth-policies-evaluation-logic
func (c *Call) Decide() Decision {
	var d Decision
	add := func(layer Layer, r Result) { d.Layers = append(d.Layers, LayerResult{layer, r}) }
	if !c.Request.IsAnonymous {
		if needs := max(c.Network.isOn(), c.Target.isOn()); needs != No {
			add(Identity, onlyIf(needs, c.Caller.Decide(c.Request)))
		}
	}
	add(ServiceNetwork, c.Network.evaluate(c.Request))
	add(Service, c.Target.evaluate(c.Request))
	decides := slices.MinFunc(d.Layers, func(a, b LayerResult) int { return int(a.Verdict) - int(b.Verdict) })
	if decides.Verdict == Allowed {
		decides = d.Layers[len(d.Layers)-1]
	}
	d.Layer, d.Result = decides.Layer, decides.Result
	return d
}

// Decide gives the verdict of these policies alone.
func (i Identities) Decide(r *Request) Result {
	if i.Settled != nil && !r.IsTCP {
		return *i.Settled
	}
	return evaluate(i.Policies, i.Unread, true, r)
}

// IsSettled reports whether the call is allowed whatever is not known of the request.
func (d Decision) IsSettled() bool {
	return !slices.ContainsFunc(d.Layers, func(r LayerResult) bool { return !r.IsSettled })
}

// isOn reports whether auth policies are enabled.
func (s Side) isOn() Tristate {
	switch {
	case isAbsentOr(s.AuthType, none):
		return No
	case Of(s.AuthType).is(iam):
		return Yes
	}
	return Maybe
}

func (s Side) evaluate(r *Request) Result {
	on := s.isOn()
	if on == No {
		return Result{Verdict: Allowed, Document: -1, Statement: -1, IsSettled: true}
	}
	var list []*Policy
	if s.Policy != nil {
		list = append(list, s.Policy)
	}
	result := evaluate(list, s.Unread, false, r)
	if len(list) == 0 && s.Unread == "" {
		result.Why = "it has no auth policy, and AuthType AWS_IAM denies what no policy allows"
	}
	if on == Maybe && result.Verdict != Allowed {
		settle := s.AuthType.Settle()
		result = onlyIf(Maybe, result)
		result.Why = fmt.Sprintf("AuthType is %s, and if it is AWS_IAM: %s", describe(s.AuthType), result.Why)
		result.Settle = settle
	}
	return result
}

// onlyIf is the result of a layer that may not count: it then allows the call.
func onlyIf(counts Tristate, r Result) Result {
	if counts == Maybe && r.Verdict == Denied {
		r.Verdict = Unknown
	}
	return r
}
