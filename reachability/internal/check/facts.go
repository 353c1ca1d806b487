package check

import (
	"iter"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// facts are what the checks of one run share: the network, and what several of them ask of it.
type facts struct {
	*network.Network
	given proof.Facts

	// What is certain to be deployed as the templates have it. Nothing else can break a rule.
	zones         []*network.HostedZone
	endpoints     []*network.Endpoint
	services      []*network.EndpointService
	permissions   []*network.Permissions
	loadBalancers []*network.LoadBalancer
	listeners     []*network.Listener
	listenerRules []*network.ListenerRule
	targetGroups  []*network.TargetGroup
	lattice       latticeFacts
	routed        routedFacts

	// Whether the owner of every fact of a kind is known. If not, none of that kind is missing for certain.
	allListenersPlaced, allRulesPlaced, allPermissionsPlaced, allIngressPlaced, allCertificatesPlaced bool

	albTargets []albTargetEntry
	albPorts   map[*network.LoadBalancer]*listenerPorts // filled on demand
	path       *apiPath                                 // found on demand
}

func newFacts(n *network.Network) *facts {
	f := &facts{
		Network:       n,
		zones:         certain(n.HostedZones(), func(z *network.HostedZone) *network.Resource { return z.Resource }),
		endpoints:     certain(n.Endpoints(), func(e *network.Endpoint) *network.Resource { return e.Resource }),
		services:      certain(n.EndpointServices(), func(s *network.EndpointService) *network.Resource { return s.Resource }),
		permissions:   certain(n.AllPermissions(), func(p *network.Permissions) *network.Resource { return p.Resource }),
		loadBalancers: certain(n.LoadBalancers(), func(lb *network.LoadBalancer) *network.Resource { return lb.Resource }),
		listeners:     certain(n.Listeners(), func(l *network.Listener) *network.Resource { return l.Resource }),
		listenerRules: certain(n.ListenerRules(), func(r *network.ListenerRule) *network.Resource { return r.Resource }),
		targetGroups:  certain(n.TargetGroups(), func(tg *network.TargetGroup) *network.Resource { return tg.Resource }),
		lattice:       newLatticeFacts(n),
		routed:        newRoutedFacts(n),
		albPorts:      map[*network.LoadBalancer]*listenerPorts{},
	}
	f.findOwners()
	f.findALBTargets()
	return f
}

// findOwners finds of which kinds every fact has a known owner.
func (f *facts) findOwners() {
	f.allListenersPlaced = allPlaced(slices.Values(f.Listeners()), func(l *network.Listener) (network.Property, bool) {
		return l.LoadBalancerArn(), f.loadBalancer(l.LoadBalancerArn().Value) != nil
	})
	f.allRulesPlaced = allPlaced(slices.Values(f.ListenerRules()), func(r *network.ListenerRule) (network.Property, bool) {
		return r.ListenerArn(), f.Listener(r.ListenerArn().Value) != nil
	})
	f.allPermissionsPlaced = allPlaced(slices.Values(f.AllPermissions()), func(p *network.Permissions) (network.Property, bool) {
		return p.ServiceId(), f.EndpointService(p.ServiceId().Value) != nil
	})
	f.allCertificatesPlaced = len(f.UnplacedCertificates()) == 0
	f.allIngressPlaced = allPlaced(f.StandaloneRules(network.Ingress), func(r network.Rule) (network.Property, bool) {
		return r.GroupId(), f.DefinedGroup(r.GroupId().Value) != nil
	})
}

// certain are the facts that are certain to be deployed as the templates have them.
func certain[T any](list []T, resource func(T) *network.Resource) []T {
	return slices.DeleteFunc(slices.Clone(list), func(fact T) bool { return !network.IsCertain(resource(fact)) })
}

// allPlaced reports whether the owner of every fact is known: the templates define it, or name it as text.
func allPlaced[T any](list iter.Seq[T], owner func(T) (property network.Property, isDefined bool)) bool {
	for fact := range list {
		if property, isDefined := owner(fact); !isDefined && !property.IsLiteral() {
			return false
		}
	}
	return true
}

// loadBalancer is the load balancer that a value refers to, if it is or may be deployed; nil for any other value.
func (f *facts) loadBalancer(v network.Value) *network.LoadBalancer {
	lb := f.LoadBalancer(v)
	if lb == nil || lb.Exists == network.No {
		return nil
	}
	return lb
}

// isCertain reports whether a load balancer is there for certain, as the templates have it.
func isCertain(lb *network.LoadBalancer) bool { return lb != nil && network.IsCertain(lb.Resource) }

// vpcKey identifies a VPC, whichever way the templates name it.
type vpcKey struct {
	vpc *network.VPC
	id  string
}

// vpcKey is the key of the VPC that a value names; ok is false if it is unknown which one that is.
func (f *facts) vpcKey(v network.Value) (key vpcKey, ok bool) {
	key.vpc = f.VPC(v)
	key.id, _ = v.Text()
	return key, key != vpcKey{}
}
