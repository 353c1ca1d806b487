package walk

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// published is an endpoint service as the destination of clients in other templates: its provider's half of a path.
type published struct {
	*network.EndpointService
	n *network.Network
}

var _ destination = published{}

func (p published) resource() *network.Resource { return p.Resource }

func (p published) kind() string { return "endpoint service" }

func (p published) entry(network.Node) network.Node { return network.Node{} }

func (p published) clients() []network.Node { return nil }

func (p published) admitted() []network.Node { return nil }

func (p published) names() []string { return nil }

func (p published) api() string { return network.DisplayName(p.Resource) }

func (p published) sameAPI(other destination) network.Tristate {
	if o, ok := other.(published); ok && o.Resource == p.Resource {
		return network.Yes
	}
	return network.No
}

func (p published) withoutIPv4() (result, bool) { return result{}, false }

func (p published) front() front { return frontDoors{p.n, loadBalancersOf(p.n, p.EndpointService)} }

// route takes a request from the service into its NLBs.
func (p published) route(t *trace) {
	t.take(proof.HopEndpointService, passes("the path begins at %s: its consumers are in other templates", p.api()).atResource(p.Resource))
	t.enterService(p.EndpointService)
}

// isAlone reports whether a destination is that of a provider whose consumers are in other templates.
func isAlone(d destination) bool {
	switch d.(type) {
	case published, publishedService:
		return true
	}
	return false
}

// anyPrincipal is the client of a provider alone.
const anyPrincipal = "any allowed principal"

// providersAlone returns the traces of the services in templates that have no consumer: their only endpoints are those to
// AWS's services in the VPC of the NLB. Wherever another endpoint is, deployed or not, clients are meant to use it.
func providersAlone(n *network.Network, q proof.Question, run *run) []*trace {
	if q.Client != "" && q.Client != anyPrincipal {
		return nil
	}
	if len(n.APIEndpoints()) > 0 {
		return nil
	}
	var list []*trace
	for _, s := range n.EndpointServices() {
		if slices.ContainsFunc(loadBalancersOf(n, s), n.HasEndpointElsewhere) {
			continue
		}
		e := &expansion{n: n, q: q, run: run, to: published{s, n}}
		list = append(list, e.of(network.Node{Name: anyPrincipal, Resource: s.Resource})...)
	}
	return list
}

// loadBalancersOf are the load balancers of a service that the templates have.
func loadBalancersOf(n *network.Network, s *network.EndpointService) []*network.LoadBalancer {
	var list []*network.LoadBalancer
	for _, arn := range s.NetworkLoadBalancerArns().Items() {
		if lb := n.LoadBalancer(arn.Value); lb != nil {
			list = append(list, lb)
		}
	}
	return list
}
