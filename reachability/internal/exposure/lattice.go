package exposure

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/authpolicy"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/authorization"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// latticeService is the entrance of an API over VPC Lattice.
type latticeService struct {
	*network.LatticeService
	facts        proof.Facts
	associations []*network.ServiceAssociation // of the service
	possible     []*network.ServiceAssociation // of an undecided service
}

// latticeServices are the services of VPC Lattice in the templates, with their associations.
func latticeServices(n *network.Network, facts proof.Facts) []*latticeService {
	associations := map[*network.LatticeService][]*network.ServiceAssociation{}
	var possible []*network.ServiceAssociation
	for _, a := range n.ServiceAssociations() {
		identifier := a.ServiceIdentifier()
		switch service := n.LatticeServiceOf(identifier.Value, facts.Services); {
		case service != nil:
			associations[service] = append(associations[service], a)
		case identifier.IsUndecided():
			possible = append(possible, a)
		}
	}
	var list []*latticeService
	for _, s := range n.LatticeServices() {
		list = append(list, &latticeService{s, facts, associations[s], possible})
	}
	return list
}

func (s *latticeService) api() string { return network.DisplayName(s.Resource) }

func (s *latticeService) expose(c *chain) {
	c.shares(s.Ref(), s.api(), s.isAssociatedBy)
	for _, a := range s.possible {
		from := fmt.Sprintf("anything that calls through %s, if it is of this service", network.DisplayName(a.Resource))
		c.unknown(proof.HopServiceAssociation, from, a.ServiceIdentifier())
	}
	for _, a := range s.associations {
		s.throughNetwork(c, a.ServiceNetworkIdentifier())
	}
	s.policy(c)
	lattice := network.LatticeNode(s.Stack, s.facts.LatticePrefixLists, s.facts.PrefixLists)
	for _, l := range c.n.LatticeListenersOf(s.LatticeService) {
		for _, action := range c.n.LatticeActionsOf(l) {
			c.behindLattice(lattice, action)
		}
	}
}

// isAssociatedBy reports whether an account associates the service in the templates: it belongs to the chain.
func (s *latticeService) isAssociatedBy(account string) bool {
	return slices.ContainsFunc(s.associations, func(a *network.ServiceAssociation) bool { return a.Stack.Account == account })
}

// shares adds the accounts with which a service or a service network is shared: each may associate it.
func (c *chain) shares(of network.Value, name string, isOfChain func(account string) bool) {
	for _, share := range c.n.SharesOf(of) {
		for _, principal := range share.Principals().Items() {
			x := proof.Exposure{
				Hop: proof.HopResourceShare, From: principal.String(), Verdict: proof.Reachable, Evidence: cite.Property(principal),
				Chain: principal.IsLiteral() && isOfChain(principal.Literal()),
			}
			if !principal.IsLiteral() || principal.Resource.Exists == network.Maybe {
				x.Verdict = proof.Unknown
			}
			c.add(x)
		}
	}
	for _, share := range c.n.UnplacedShares() {
		c.unknown(proof.HopResourceShare, fmt.Sprintf("anyone with whom %s shares %s, if it does", network.DisplayName(share.Resource), name), share.Arn)
	}
	for _, policy := range c.n.ResourcePoliciesOf(of) {
		c.unknown(proof.HopResourceShare, fmt.Sprintf("anyone whom %s lets use %s", network.DisplayName(policy), name), network.Whole(policy))
	}
}

// throughNetwork adds everything that can send requests to the service through one service network.
func (s *latticeService) throughNetwork(c *chain, joined network.Property) {
	sn := c.n.ServiceNetwork(joined.Value)
	if sn == nil {
		c.unknown(proof.HopVpcAssociation, fmt.Sprintf("anything that is associated with %s, which is not in the templates", network.NameOf(joined.Value)), joined)
	} else {
		c.shares(sn.Ref(), network.DisplayName(sn.Resource), func(account string) bool { return usesNetwork(c.n, joined.Value, account) })
	}
	for _, v := range c.n.VPCsOfUnknownNetworks() {
		c.unknown(proof.HopVpcAssociation, fmt.Sprintf("anything that calls through %s, if it is of this service network", network.DisplayName(v.Resource)), v.ServiceNetworkIdentifier())
	}
	c.admits = s.admits(c.n, joined)
	defer func() { c.admits = nil }()
	ports := s.ports(c)
	for _, v := range c.n.VPCsIn(joined.Value) {
		node := c.n.VpcAssociationNode(v)
		if node.Unfiltered {
			c.add(proof.Exposure{
				Hop: proof.HopAssociationIngress, From: "every workload of " + network.NameOf(node.VPC) + ": its association has no security group",
				Clients: c.callers(c.n.WorkloadsIn(node.VPC)), Verdict: proof.Reachable, Evidence: cite.Property(v.SecurityGroupIds()),
			})
			continue
		}
		c.securityGroups(link{Node: node, hop: proof.HopAssociationIngress, ports: ports})
	}
	for _, e := range c.n.ServiceNetworkEndpointsTo(joined.Value) {
		c.securityGroups(link{Node: c.n.EndpointNode(e), hop: proof.HopEndpointIngress, ports: ports})
	}
}

// usesNetwork reports whether an account associates something with a service network in the templates, or has an endpoint to
// it.
func usesNetwork(n *network.Network, sn network.Value, account string) bool {
	return slices.ContainsFunc(n.VPCsIn(sn), func(v *network.VpcAssociation) bool { return v.Stack.Account == account }) ||
		slices.ContainsFunc(n.ServicesIn(sn), func(a *network.ServiceAssociation) bool { return a.Stack.Account == account }) ||
		slices.ContainsFunc(n.ServiceNetworkEndpointsTo(sn), func(e *network.Endpoint) bool { return e.Stack.Account == account })
}

// ports are the ports of the service. Listeners whose service is undecided may add any port.
func (s *latticeService) ports(c *chain) []int {
	var ports []int
	for _, l := range c.n.LatticeListenersOf(s.LatticeService) {
		port, _ := l.PortNumber()
		ports = append(ports, port)
	}
	if len(c.n.UnplacedLatticeListeners()) > 0 {
		ports = append(ports, anyPort)
	}
	return ports
}

// admits says which callers the policies may admit, where they admit none that does not sign; nil if they may admit others.
// Who can send packets then matters less than who is named.
func (s *latticeService) admits(n *network.Network, joined network.Property) func(network.Node) bool {
	if !admitsSignedOnly(n, s.AuthType(), s.Ref()) {
		return nil
	}
	return func(caller network.Node) bool {
		return authorization.Admit(n, caller, s.LatticeService, joined).MayPass
	}
}

// admitsSignedOnly reports whether the auth policies of a service certainly admit no caller that does not sign.
func admitsSignedOnly(n *network.Network, authType network.Property, of network.Value) bool {
	if authType.Literal() != "AWS_IAM" || len(n.UnplacedAuthPolicies()) > 0 {
		return false
	}
	for _, p := range n.AuthPoliciesOf(of) {
		for _, a := range network.Derive(n, p.Policy().Value, authpolicy.Read).Allowances() {
			if a.Anonymous != authpolicy.No || a.Unread != "" {
				return false
			}
		}
	}
	return true
}

// policy adds the callers whom the auth policy of the service names.
func (s *latticeService) policy(c *chain) {
	authType := s.AuthType()
	if authType.IsAbsent() || authType.Literal() == "NONE" {
		return // whoever is connected may call, and is listed
	}
	if authType.IsUndecided() {
		c.unknown(proof.HopServicePolicy, "everyone who is connected, unless AuthType is AWS_IAM", authType)
	}
	for _, p := range c.n.UnplacedAuthPolicies() {
		c.unknown(proof.HopServicePolicy, fmt.Sprintf("anyone whom %s allows, if it is of this service", network.DisplayName(p.Resource)), p.ResourceIdentifier())
	}
	for _, p := range c.n.AuthPoliciesOf(s.Ref()) {
		for _, a := range network.Derive(c.n, p.Policy().Value, authpolicy.Read).Allowances() {
			s.allowance(c, p, a)
		}
	}
}

// allowance adds the callers whom one statement of an auth policy allows.
func (s *latticeService) allowance(c *chain, p *network.AuthPolicy, a authpolicy.Allowance) {
	at := p.Policy()
	if statements := at.Field("Statement"); statements.IsList() && a.Statement >= 0 {
		at = statements.At(a.Statement)
	}
	x := proof.Exposure{Hop: proof.HopServicePolicy, From: a.String(), Verdict: proof.Reachable, Evidence: cite.Property(at)}
	if a.Unread != "" || a.Anonymous == authpolicy.Maybe || p.Exists == network.Maybe {
		x.Verdict = proof.Unknown
	}
	switch {
	case a.IsExcept || a.Unread != "":
	case a.IsOpen:
		x.Chain = true // whoever is connected may call, and is listed
	case len(a.Limits) > 0:
		x.Chain = a.Anonymous == authpolicy.Yes && s.isFromAssociated(c.n, a.Limits)
	default:
		for _, caller := range a.Callers {
			c.add(s.caller(c, x, caller))
		}
		return
	}
	c.add(x)
}

// caller is one principal that a statement names: a role stands for its workloads, and an account belongs to the chain if it
// associates the service.
func (s *latticeService) caller(c *chain, x proof.Exposure, caller authpolicy.Caller) proof.Exposure {
	x.From = caller.Name.String()
	switch caller.Kind {
	case authpolicy.Everyone:
		x.From, x.Chain = "every caller", true // whoever is connected may call, and is listed
	case authpolicy.WholeAccount:
		x.From = "account " + caller.Name.String()
		x.Chain = s.isAssociatedBy(caller.Name.String())
	case authpolicy.OnePrincipal:
		x.Clients = clients(c.workloadsOf(caller.Name))
	}
	return x
}

// rolesByArn is the key of the index of all roles, which all services share.
type rolesByArn struct{}

// workloadsOf are the workloads of the roles that may be a principal.
func (c *chain) workloadsOf(principal authpolicy.Text) []network.Node {
	roles := network.Derive(c.n, rolesByArn{}, func(rolesByArn) map[string][]*network.Role {
		byArn := map[string][]*network.Role{}
		for _, r := range c.n.Roles() {
			arn := authpolicy.Attribute(r.Resource, "Arn").String()
			byArn[arn] = append(byArn[arn], r)
		}
		return byArn
	})
	var list []network.Node
	for _, r := range roles[principal.String()] {
		list = append(list, c.n.WorkloadsAs(r)...)
	}
	return list
}

// isFromAssociated reports whether conditions are about sources alone, and each value is a VPC, or an account, of which the
// associations of the templates list all callers.
func (s *latticeService) isFromAssociated(n *network.Network, limits []authpolicy.Limit) bool {
	vpcs, accounts := map[string]bool{}, map[string]bool{}
	for _, a := range s.associations {
		for _, v := range n.VPCsIn(a.ServiceNetworkIdentifier().Value) {
			vpcs[authpolicy.Of(v.VpcIdentifier().Value).String()] = true
			accounts[v.Stack.Account] = true
		}
	}
	for _, l := range limits {
		known := map[string]map[string]bool{"vpc-lattice-svcs:SourceVpc": vpcs, "vpc-lattice-svcs:SourceVpcOwnerAccount": accounts}[l.Key]
		if l.Operator != "StringEquals" || known == nil || len(l.Values) == 0 || slices.ContainsFunc(l.Values, func(v authpolicy.Text) bool { return !known[v.String()] }) {
			return false
		}
	}
	return true
}

// behindLattice adds everything that can send traffic to what a service of VPC Lattice forwards to by an action.
func (c *chain) behindLattice(lattice network.Node, action network.LatticeAction) {
	if list := action.TargetGroups(); !list.IsListOrAbsent() || action.At.IsUndecided() && !action.At.IsMap() {
		c.unknown(proof.HopTargetIngress, fmt.Sprintf("anything that reaches the targets of %s, which are unknown", network.DisplayName(action.At.Resource)), action.At)
	}
	for _, forward := range action.Forwards {
		tg := c.n.LatticeTargetGroup(forward.TargetGroup.Value)
		switch {
		case tg == nil:
			c.unknownTargetGroup(forward.TargetGroup, action.At)
		case tg.Type().Literal() == "LAMBDA": // VPC Lattice invokes a function, without packets that a security group would filter
		case tg.Type().Literal() == "ALB":
			c.latticeALB(tg, lattice)
		default:
			targets, _ := c.n.LatticeTargetsOf(tg)
			c.registered(tg.Resource, targets, &lattice)
		}
	}
}

// latticeALB adds everything that can send traffic to the ALB in a target group of VPC Lattice, and to what is behind it.
func (c *chain) latticeALB(tg *network.LatticeTargetGroup, lattice network.Node) {
	id := tg.TargetId(0)
	alb := c.n.LoadBalancer(id.Value)
	if alb == nil {
		c.unknown(proof.HopAlbIngress, fmt.Sprintf("anything %s allows, which is not in the templates", id), id)
		return
	}
	c.applicationLoadBalancer(alb, tg.TargetPort(0).Int(), &lattice)
}
