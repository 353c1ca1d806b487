package exposure

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// endpointService is the entrance of an API over PrivateLink.
type endpointService struct {
	*network.EndpointService
	endpoints []*network.Endpoint // that connect to it
	possible  []*network.Endpoint // that connect to an undecided service
}

// endpointServices are the endpoint services of the templates, with their endpoints.
func endpointServices(n *network.Network, facts proof.Facts) []*endpointService {
	endpoints := map[*network.EndpointService][]*network.Endpoint{}
	var possible []*network.Endpoint
	for _, e := range n.APIEndpoints() {
		switch service := n.ServiceOf(e, facts.Services).Service; {
		case service != nil:
			endpoints[service] = append(endpoints[service], e)
		case e.ServiceName().IsUndecided():
			possible = append(possible, e)
		}
	}
	var list []*endpointService
	for _, s := range n.EndpointServices() {
		list = append(list, &endpointService{s, endpoints[s], possible})
	}
	return list
}

func (s *endpointService) api() string { return network.DisplayName(s.Resource) }

func (s *endpointService) expose(c *chain) {
	s.principals(c)
	for _, e := range s.possible {
		from := fmt.Sprintf("anything that calls through %s, if it connects to this service", network.DisplayName(e.Resource))
		c.unknown(proof.HopEndpointIngress, from, e.ServiceName())
	}
	for _, arn := range s.NetworkLoadBalancerArns().Items() {
		nlb := c.n.LoadBalancer(arn.Value)
		if nlb == nil {
			c.unknown(proof.HopNlbIngress, fmt.Sprintf("anything %s allows, which is not in the templates", arn), arn)
			continue
		}
		ports := c.portsOf(c.n.ListenersOf(nlb))
		for _, e := range s.endpoints {
			c.securityGroups(link{Node: c.n.EndpointNode(e), hop: proof.HopEndpointIngress, ports: ports})
		}
		c.networkLoadBalancer(nlb, ports)
	}
}

// principals adds who may create endpoints to the service.
func (s *endpointService) principals(c *chain) {
	for _, p := range c.n.UnplacedPermissions() {
		from := fmt.Sprintf("anything %s allows, if it belongs to this service", network.DisplayName(p.Resource))
		c.unknown(proof.HopAllowedPrincipal, from, p.ServiceId())
	}
	for _, p := range c.n.PermissionsOf(s.EndpointService) {
		for _, principal := range p.AllowedPrincipals().Items() {
			s.principal(c, principal)
		}
	}
}

// principal adds one allowed principal. An account with an endpoint in the templates belongs to the chain.
func (s *endpointService) principal(c *chain, principal network.Property) {
	x := proof.Exposure{
		Hop: proof.HopAllowedPrincipal, From: principal.String(), Verdict: proof.Reachable, Evidence: cite.Property(principal),
	}
	if principal.Literal() == rules.Everyone {
		x.From = "everyone (*)"
	} else {
		x.Chain = slices.ContainsFunc(s.endpoints, func(e *network.Endpoint) bool {
			account := e.Stack.Account
			return account != "" && network.MatchPrincipal(principal.Value, account, s.Stack.Region).Is == network.Yes
		})
	}
	if !principal.IsLiteral() && !x.Chain || principal.Resource.Exists == network.Maybe {
		x.Verdict = proof.Unknown
	}
	c.add(x)
}
