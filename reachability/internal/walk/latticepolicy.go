package walk

import (
	"fmt"
	"strconv"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/authpolicy"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/authorization"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// lawfulCall says what the policies that decide about a call mean for its hops.
type lawfulCall struct{ *authorization.Call }

// hopOfLayer is the hop of each layer of policies.
var hopOfLayer = map[authpolicy.Layer]string{
	authpolicy.Identity: proof.HopCallerPolicy, authpolicy.ServiceNetwork: proof.HopNetworkPolicy, authpolicy.Service: proof.HopServicePolicy,
}

// policies takes the hops of the policies that decide about the call.
func (t *trace) policies(in networkEntry, listener *network.LatticeListener) {
	c := lawfulCall{authorization.New(t.n, t.client, in.name.service, in.network())}
	c.Request.IsTCP = listener.Protocol().Literal() == passthrough
	c.Request.Port, c.Request.Path = authpolicy.Literal(strconv.Itoa(t.port)), authpolicy.Pattern(t.path)
	if t.over != nil {
		c.Request.Method = authpolicy.Of(t.over.Match.Method.Value)
	}
	decision, signs := c.Verdict()
	for _, layer := range decision.Layers {
		t.take(hopOfLayer[layer.Layer], c.result(layer, signs))
		if signs && layer.Layer == authpolicy.Identity && layer.Verdict != authpolicy.Denied {
			t.take(proof.HopCallerPolicy, c.signs())
		}
	}
}

// signs is the result for a call that must be signed: no template says whether the client does.
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/sigv4-authenticated-requests.html
func (c lawfulCall) signs() result {
	return assumable(
		fmt.Sprintf("the policies admit signed requests alone, and whether %s signs them is not in the templates", c.Client.Name), proof.AssumeSigned,
		"sign requests with the credentials of "+nameOf(c.Role)+": SigV4, the service name vpc-lattice-svcs, and the header x-amz-content-sha256: UNSIGNED-PAYLOAD",
	).at(c.Role)
}

// result is the verdict of one layer of policies as that of a hop.
func (c lawfulCall) result(layer authpolicy.LayerResult, signs bool) result {
	at, concerns := c.evidence(layer)
	who := "unsigned requests of " + c.Client.Name
	switch {
	case layer.Layer == authpolicy.Identity:
		who = c.Client.Name
	case signs:
		who = c.Client.Name + ", as " + nameOf(c.Role) + ","
	}
	var r result
	switch layer.Verdict {
	case authpolicy.Allowed:
		r = c.allowedBy(layer, who)
	case authpolicy.Denied:
		r = blocks(fmt.Sprintf("%s %s: %s", c.subject(layer), deniedTo(layer, who), layer.Why), deniedFix(layer, signs, c))
	default:
		r = unknown(
			fmt.Sprintf("whether %s lets %s call is unknown: %s", c.subject(layer), who, layer.Why), "name the caller in the policy, or assume that it allows the request",
		).assumedBy(proof.AssumePolicies)
		if layer.Settle != (assembly.Settlement{}) {
			r.settle = []proof.Settlement{cite.Settlement(layer.Settle)}
		}
	}
	return r.at(at...).concerning(concerns...)
}

// subject is what decides at a layer, as people know it.
func (c lawfulCall) subject(layer authpolicy.LayerResult) string {
	if layer.Layer == authpolicy.Identity {
		return nameOf(c.Role)
	}
	side := c.Sides[layer.Layer]
	if side.Policy != nil {
		return network.DisplayName(side.Policy.Resource)
	}
	return side.Name
}

func deniedTo(layer authpolicy.LayerResult, who string) string {
	if layer.IsExplicit {
		return "keeps " + who + " out"
	}
	return "does not let " + who + " call"
}

// allowedBy is the result of a layer that allows the call.
func (c lawfulCall) allowedBy(layer authpolicy.LayerResult, who string) result {
	if layer.Layer != authpolicy.Identity && layer.Document < 0 {
		return passes("AuthType of %s is NONE, so it lets every request pass", c.Sides[layer.Layer].Name)
	}
	return passes("%s lets %s call", c.subject(layer), who)
}

func deniedFix(layer authpolicy.LayerResult, signs bool, c lawfulCall) string {
	switch {
	case layer.IsExplicit:
		return "take the caller out of the statement that denies it"
	case layer.Layer == authpolicy.Identity:
		return "allow vpc-lattice-svcs:Invoke on the service in a policy of " + nameOf(c.Role)
	case signs:
		return "allow " + nameOf(c.Role) + " in the policy"
	case c.Role.IsAbsent():
		return "give the client a role and name it in the policy, or allow the client's VPC by vpc-lattice-svcs:SourceVpc"
	}
	return "allow the client's role, or its VPC by vpc-lattice-svcs:SourceVpc, in the policy"
}

// evidence is what decides a layer: a statement, a policy, or the AuthType.
func (c lawfulCall) evidence(layer authpolicy.LayerResult) (at []network.Property, concerns []*network.Resource) {
	if layer.Layer == authpolicy.Identity {
		if layer.Document >= 0 {
			at = append(at, statementOf(c.Documents[layer.Document], layer.Statement))
		} else {
			at = append(at, c.Role)
		}
		concerns = append(concerns, c.Role.Resource)
		if role, _, ok := c.Role.Reference(); ok {
			concerns = append(concerns, role)
		}
		return at, concerns
	}
	side := c.Sides[layer.Layer]
	if side.Policy != nil {
		at = append(at, statementOf(side.Policy.Policy(), layer.Statement))
	}
	if side.AuthType.Resource != nil {
		at = append(at, side.AuthType)
	}
	return at, nil
}

// statementOf is a statement of a policy document; the whole document for none.
func statementOf(document network.Property, index int) network.Property {
	statements := document.Field("Statement")
	if index < 0 || !statements.IsList() {
		return document
	}
	return statements.At(index)
}

// isKeptOut reports whether policies keep a client out for certain, signed or not: neither the service's nor its own let it call.
func (d *latticeName) isKeptOut(client network.Node) bool {
	if d.service == nil || d.association == nil || d.service.AuthType().IsAbsent() || client.Resource == nil {
		return false
	}
	return authorization.Admit(d.n, client, d.service, d.association.ServiceNetworkIdentifier()).IsKeptOut
}
