package walk

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// publishedService is a service of VPC Lattice as the destination of clients in other templates: its provider's half of a path.
type publishedService struct {
	*network.LatticeService
	n *network.Network
}

var _ destination = publishedService{}

func (p publishedService) resource() *network.Resource { return p.Resource }

func (p publishedService) kind() string { return "service" }

func (p publishedService) entry(network.Node) network.Node { return network.Node{} }

func (p publishedService) clients() []network.Node { return nil }

func (p publishedService) admitted() []network.Node { return nil }

func (p publishedService) names() []string {
	return []string{network.DomainName(p.CustomDomainName().Value)}
}

func (p publishedService) front() front { return latticeFront{p.n, p.LatticeService} }

func (p publishedService) api() string { return network.DisplayName(p.Resource) }

func (p publishedService) sameAPI(other destination) network.Tristate {
	o, ok := other.(publishedService)
	return yesOrNo(ok && o.Resource == p.Resource)
}

func (p publishedService) withoutIPv4() (result, bool) { return result{}, false }

// route takes a request from the service through its listener. Who may call, its auth policy decides for each caller.
func (p publishedService) route(t *trace) {
	t.take(proof.HopServiceAssociation, passes("the path begins at %s: its consumers are in other templates", p.api()).atResource(p.Resource))
	t.throughName(p.LatticeService)
	listener, _ := t.serviceListener(p.LatticeService)
	if listener == nil {
		return
	}
	t.take(proof.HopServicePolicy, t.mayAdmit(p.LatticeService))
	t.throughListener(p.LatticeService, listener)
}

// mayAdmit finds a service that admits nobody: AuthType AWS_IAM without an auth policy.
func (t *trace) mayAdmit(s *network.LatticeService) result {
	authType, policies := s.AuthType(), t.n.AuthPoliciesOf(s.Ref())
	switch {
	case authType.IsAbsent() || authType.Literal() == "NONE":
		return passes("AuthType is NONE, so every request that gets here is allowed").at(authType)
	case authType.IsUndecided():
		return undecided(authType)
	case len(policies) == 0:
		return blocks("AuthType is AWS_IAM and there is no auth policy, so every request is denied", "add an AWS::VpcLattice::AuthPolicy, or set AuthType to NONE").
			at(authType).unless(owners(t.n.UnplacedAuthPolicies(), (*network.AuthPolicy).ResourceIdentifier))
	}
	return passes("%s says who may call", network.DisplayName(policies[0].Resource)).at(policies[0].Policy(), authType)
}

// servicesAlone returns the traces of the services of VPC Lattice in templates that have no consumer.
func servicesAlone(n *network.Network, q proof.Question, run *run) []*trace {
	if q.Client != "" && q.Client != anyPrincipal || len(n.ServiceAssociations())+len(n.VpcAssociations())+len(n.ServiceNetworkEndpoints()) > 0 {
		return nil
	}
	var list []*trace
	for _, s := range n.LatticeServices() {
		e := &expansion{n: n, q: q, run: run, to: publishedService{s, n}}
		list = append(list, e.of(network.Node{Name: anyPrincipal, Resource: s.Resource})...)
	}
	return list
}
