package walk

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/authpolicy"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// lawfulCall is a call over VPC Lattice with the policies that decide about it, and where the templates have them.
type lawfulCall struct {
	authpolicy.Call
	client network.Node
	role   network.Property // by which the client signs; absent if it has none
	// documents are the identity policies, and sides the auth policies of the service network and of the service.
	documents []network.Property
	sides     map[authpolicy.Layer]policySide
}

// policySide is where the templates have the access control of a service or a service network.
type policySide struct {
	name     string
	authType network.Property
	policy   *network.AuthPolicy // nil for none
}

// hopOfLayer is the hop of each layer of policies.
var hopOfLayer = map[authpolicy.Layer]string{
	authpolicy.Identity: proof.HopCallerPolicy, authpolicy.ServiceNetwork: proof.HopNetworkPolicy, authpolicy.Service: proof.HopServicePolicy,
}

// policies takes the hops of the policies that decide about the call.
func (t *trace) policies(in networkEntry, listener *network.LatticeListener) {
	c := newLawfulCall(t.n, t.client, in.name.service, in.network())
	c.Request.IsTCP = listener.Protocol().Literal() == passthrough
	c.Request.Port, c.Request.Path = authpolicy.Literal(strconv.Itoa(t.port)), authpolicy.Pattern(t.path)
	if t.over != nil {
		c.Request.Method = authpolicy.Of(t.over.Match.Method.Value)
	}
	decision, signs := c.decide()
	for _, layer := range decision.Layers {
		t.take(hopOfLayer[layer.Layer], c.result(layer, signs))
		if signs && layer.Layer == authpolicy.Identity && layer.Verdict != authpolicy.Denied {
			t.take(proof.HopCallerPolicy, c.signs())
		}
	}
}

// decide gives the verdict on the call, unsigned if that is allowed, and else signed by the role of the client.
func (c *lawfulCall) decide() (d authpolicy.Decision, signs bool) {
	c.Request.IsAnonymous = true
	unsigned := c.Decide()
	if unsigned.Verdict == authpolicy.Allowed || c.role.IsAbsent() {
		return unsigned, false
	}
	c.Request.IsAnonymous = false
	signed := c.Decide()
	if unsigned.Verdict > signed.Verdict {
		c.Request.IsAnonymous = true
		return unsigned, false
	}
	return signed, true
}

// signs is the result for a call that must be signed: no template says whether the client does.
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/sigv4-authenticated-requests.html
func (c *lawfulCall) signs() result {
	return assumable(
		fmt.Sprintf("the policies admit signed requests alone, and whether %s signs them is not in the templates", c.client.Name), proof.AssumeSigned,
		"sign requests with the credentials of "+nameOf(c.role)+": SigV4, the service name vpc-lattice-svcs, and the header x-amz-content-sha256: UNSIGNED-PAYLOAD",
	).at(c.role)
}

// result is the verdict of one layer of policies as that of a hop.
func (c *lawfulCall) result(layer authpolicy.LayerResult, signs bool) result {
	at, concerns := c.evidence(layer)
	who := "unsigned requests of " + c.client.Name
	switch {
	case layer.Layer == authpolicy.Identity:
		who = c.client.Name
	case signs:
		who = c.client.Name + ", as " + nameOf(c.role) + ","
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
func (c *lawfulCall) subject(layer authpolicy.LayerResult) string {
	if layer.Layer == authpolicy.Identity {
		return nameOf(c.role)
	}
	side := c.sides[layer.Layer]
	if side.policy != nil {
		return network.DisplayName(side.policy.Resource)
	}
	return side.name
}

func deniedTo(layer authpolicy.LayerResult, who string) string {
	if layer.IsExplicit {
		return "keeps " + who + " out"
	}
	return "does not let " + who + " call"
}

// allowedBy is the result of a layer that allows the call.
func (c *lawfulCall) allowedBy(layer authpolicy.LayerResult, who string) result {
	if layer.Layer != authpolicy.Identity && layer.Document < 0 {
		return passes("AuthType of %s is NONE, so it lets every request pass", c.sides[layer.Layer].name)
	}
	return passes("%s lets %s call", c.subject(layer), who)
}

func deniedFix(layer authpolicy.LayerResult, signs bool, c *lawfulCall) string {
	switch {
	case layer.IsExplicit:
		return "take the caller out of the statement that denies it"
	case layer.Layer == authpolicy.Identity:
		return "allow vpc-lattice-svcs:Invoke on the service in a policy of " + nameOf(c.role)
	case signs:
		return "allow " + nameOf(c.role) + " in the policy"
	case c.role.IsAbsent():
		return "give the client a role and name it in the policy, or allow the client's VPC by vpc-lattice-svcs:SourceVpc"
	}
	return "allow the client's role, or its VPC by vpc-lattice-svcs:SourceVpc, in the policy"
}

// evidence is what decides a layer: a statement, a policy, or the AuthType.
func (c *lawfulCall) evidence(layer authpolicy.LayerResult) (at []network.Property, concerns []*network.Resource) {
	if layer.Layer == authpolicy.Identity {
		if layer.Document >= 0 {
			at = append(at, statementOf(c.documents[layer.Document], layer.Statement))
		} else {
			at = append(at, c.role)
		}
		concerns = append(concerns, c.role.Resource)
		if role, _, ok := c.role.Reference(); ok {
			concerns = append(concerns, role)
		}
		return at, concerns
	}
	side := c.sides[layer.Layer]
	if side.policy != nil {
		at = append(at, statementOf(side.policy.Policy(), layer.Statement))
	}
	if side.authType.Resource != nil {
		at = append(at, side.authType)
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

// newLawfulCall collects the policies that decide about calls of a client to a service, in the service network that a property
// names.
func newLawfulCall(n *network.Network, client network.Node, s *network.LatticeService, joined network.Property) *lawfulCall {
	c := &lawfulCall{client: client, role: n.RoleOf(client), sides: map[authpolicy.Layer]policySide{}}
	c.Request = &authpolicy.Request{
		SourceVpc: authpolicy.Of(client.VPC), Service: authpolicy.Attribute(s.Resource, "Arn"), ServiceNetwork: authpolicy.Of(joined.Value),
	}
	if vpc := n.VPC(client.VPC); vpc != nil {
		c.Request.SourceVpcOwner = authpolicy.Account(vpc.Stack)
	} else if client.Resource != nil {
		c.Request.SourceVpcOwner = authpolicy.Account(client.Resource.Stack)
	}
	c.readRole(n)
	c.Target = c.side(n, authpolicy.Service, s.AuthType(), s.Ref())
	if sn := n.ServiceNetwork(joined.Value); sn != nil {
		c.Request.ServiceNetwork = authpolicy.Attribute(sn.Resource, "Arn")
		c.Network = c.side(n, authpolicy.ServiceNetwork, sn.AuthType(), sn.Ref())
		return c
	}
	c.sides[authpolicy.ServiceNetwork] = policySide{name: nameOf(joined), authType: joined}
	c.Network = authpolicy.Side{AuthType: assembly.NewUnknown(
		"service network "+nameOf(joined)+" is not in the templates", assembly.Settlement{Kind: assembly.ByTemplate, Subject: "the template that defines " + nameOf(joined)},
	), Unread: "its auth policy is not in the templates"}
	return c
}

// side reads the access control of a service or a service network.
func (c *lawfulCall) side(n *network.Network, layer authpolicy.Layer, authType network.Property, of network.Value) authpolicy.Side {
	side := authpolicy.Side{AuthType: authType.Value}
	at := policySide{name: network.NameOf(of), authType: authType}
	list := n.AuthPoliciesOf(of)
	if unplaced := n.UnplacedAuthPolicies(); len(unplaced) > 0 {
		side.Unread = "whether " + network.DisplayName(unplaced[0].Resource) + " is its auth policy is unknown"
	}
	for _, p := range list {
		if p.Exists == network.No {
			continue
		}
		if at.policy != nil {
			side.Unread = network.DisplayName(at.policy.Resource) + " and " + network.DisplayName(p.Resource) + " are both its auth policy"
			break
		}
		at.policy, side.Policy = p, authpolicy.Read(p.Policy().Value)
	}
	c.sides[layer] = at
	return side
}

// readRole reads the role by which the client signs, and its policies.
func (c *lawfulCall) readRole(n *network.Network) {
	if c.role.IsAbsent() {
		return
	}
	role := n.Role(c.role.Value)
	if role == nil {
		c.Request.Principal = authpolicy.Of(c.role.Value)
		c.Caller.Unread = "role " + nameOf(c.role) + " is not in the templates, and nor are its policies"
		return
	}
	c.Request.Principal, c.Request.PrincipalAccount = authpolicy.Attribute(role.Resource, "Arn"), authpolicy.Account(role.Stack)
	all := n.IdentityPoliciesOf(role)
	for _, document := range all.Documents {
		c.documents = append(c.documents, document)
		c.Caller.Policies = append(c.Caller.Policies, authpolicy.Read(document.Value))
	}
	var unread []string
	for _, arn := range all.Managed {
		if !isSilent(arn) {
			unread = append(unread, "managed policy "+arn.String()+" is not in the templates")
		}
	}
	for _, p := range all.Open {
		unread = append(unread, fmt.Sprintf("%s of %s is unknown", p.Path(), network.DisplayName(p.Resource)))
	}
	if !role.PermissionsBoundary().IsAbsent() {
		unread = append(unread, "the permissions boundary of "+network.DisplayName(role.Resource)+" is not evaluated")
	}
	c.Caller.Unread = strings.Join(unread, ", and ")
}

// silent are managed policies of AWS that neither allow nor deny calls over VPC Lattice: each allows actions of other services
// only.
// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
var silent = []string{
	"service-role/AWSLambdaBasicExecutionRole", "service-role/AWSLambdaVPCAccessExecutionRole", "service-role/AmazonECSTaskExecutionRolePolicy",
	"service-role/AWSLambdaSQSQueueExecutionRole", "service-role/AmazonEC2ContainerServiceforEC2Role", "AmazonSSMManagedInstanceCore",
	"CloudWatchAgentServerPolicy", "AWSXRayDaemonWriteAccess", "AWSXrayWriteOnlyAccess", "CloudWatchLambdaInsightsExecutionRolePolicy",
}

// isSilent reports whether a managed policy is one of AWS that says nothing about VPC Lattice.
func isSilent(arn network.Property) bool {
	text := arn.Literal()
	if parts := arn.Parts(); len(parts) > 0 {
		text, _ = parts[len(parts)-1].Text() // arn:${AWS::Partition}:iam::aws:policy/…
	}
	for _, name := range silent {
		if strings.HasSuffix(text, ":iam::aws:policy/"+name) {
			return true
		}
	}
	return false
}

// isKeptOut reports whether policies keep a client out for certain, signed or not: neither the service's nor its own let it call.
func (d *latticeName) isKeptOut(client network.Node) bool {
	if d.service == nil || d.association == nil || d.service.AuthType().IsAbsent() || client.Resource == nil {
		return false
	}
	decision, _ := newLawfulCall(d.n, client, d.service, d.association.ServiceNetworkIdentifier()).decide()
	for _, layer := range decision.Layers {
		if layer.Layer != authpolicy.ServiceNetwork && layer.Verdict != authpolicy.Denied {
			return false
		}
	}
	return true
}

// MayCall reports whether policies may let a caller call a service, in the service network that a property names.
func MayCall(n *network.Network, caller network.Node, s *network.LatticeService, joined network.Property) bool {
	decision, _ := newLawfulCall(n, caller, s, joined).decide()
	return decision.Verdict != authpolicy.Denied
}
