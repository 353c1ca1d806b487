package walk

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// endpoint is an interface endpoint as the destination of a name, with PrivateLink behind it.
type endpoint struct {
	*network.Endpoint
	n     *network.Network
	found network.ServiceNameResult
	// contract describes a service that the templates do not define; nil if there is none.
	contract *network.Contract
}

var _ destination = (*endpoint)(nil)

func newEndpoint(n *network.Network, facts proof.Facts, e *network.Endpoint) *endpoint {
	to := &endpoint{Endpoint: e, n: n, found: n.ServiceOf(e, facts.Services)}
	if to.found.Problem == network.ServiceNotLoaded {
		to.contract = n.ContractOf(e.ServiceName().Value)
	}
	return to
}

func (e *endpoint) resource() *network.Resource { return e.Resource }

func (e *endpoint) kind() string { return "endpoint" }

func (e *endpoint) entry(network.Node) network.Node { return e.n.EndpointNode(e.Endpoint) }

func (e *endpoint) clients() []network.Node { return e.n.ClientsOf(e.n.EndpointNode(e.Endpoint)) }

func (e *endpoint) admitted() []network.Node { return e.n.AdmittedBy(e.n.EndpointNode(e.Endpoint)) }

func (e *endpoint) api() string { return e.ServiceName().String() }

func (e *endpoint) sameAPI(other destination) network.Tristate {
	o, ok := other.(*endpoint)
	if !ok {
		return network.No
	}
	if network.Same(e.ServiceName().Value, o.ServiceName().Value) == network.Yes {
		return network.Yes
	}
	if network.Equal(e.ServiceName().Value, o.ServiceName().Value) == network.Maybe {
		return network.Maybe
	}
	return network.No
}

// names are the names of the records that lead to the endpoint, and the private DNS name of its service.
func (e *endpoint) names() []string {
	var names []string
	for _, r := range e.n.RecordsTo(e.Endpoint) {
		names = append(names, r.DomainName())
	}
	return append(names, e.ownName())
}

// ownName is the private DNS name of the service, if the endpoint enables it.
func (e *endpoint) ownName() string {
	switch {
	case !e.PrivateDnsEnabled().Is(true):
		return ""
	case e.contract != nil:
		return network.DomainNameOf(e.contract.Service.PrivateDnsName)
	case e.found.Service == nil:
		return ""
	}
	return network.DomainName(e.found.Service.PrivateDnsName().Value)
}

// answers reports whether the endpoint answers a name in its VPC by private DNS.
func (e *endpoint) answers(name string) bool { return matchesName(e.ownName(), name) }

// mayAnswer reports whether it is unknown whether the endpoint answers a name by private DNS.
func (e *endpoint) mayAnswer(name string) bool {
	p := e.PrivateDnsEnabled()
	enabled, known := p.Bool()
	if !enabled && (known || p.IsAbsent()) {
		return false
	}
	if e.contract != nil {
		return p.IsUndecided() && e.contract.Service.PrivateDnsName != "" && !known && matchesName(network.DomainNameOf(e.contract.Service.PrivateDnsName), name)
	}
	if e.found.Service == nil {
		return e.found.Problem == network.ServiceNameUndecided || e.found.Problem == network.ServiceNotLoaded
	}
	own := e.found.Service.PrivateDnsName()
	return !own.IsAbsent() && (network.DomainName(own.Value) == "" || matchesName(network.DomainName(own.Value), name))
}

// matchesName reports whether a private DNS name, which may begin with a wildcard, is for a name.
func matchesName(own, name string) bool {
	return own != "" && (own == name || strings.HasPrefix(own, "*.") && strings.HasSuffix(name, own[1:]))
}

// resolveSelf takes the hops of a name that the endpoint answers by private DNS.
func (e *endpoint) resolveSelf(t *trace) destination {
	t.take(proof.HopHostedZone, t.verified(e))
	if r, wrong := e.withoutIPv4(); wrong {
		t.take(proof.HopRecord, r)
		return e
	}
	t.take(proof.HopRecord, passes("AWS answers it with the endpoint").at(e.PrivateDnsEnabled()))
	return e
}

// withoutIPv4 finds an endpoint whose names have no A record: only requests over IPv4 are followed.
func (e *endpoint) withoutIPv4() (result, bool) {
	for _, p := range []network.Property{e.IpAddressType(), e.DnsRecordIpType()} {
		switch {
		case p.IsUndecided() && p.Path() == "IpAddressType":
			return undecided(p), true
		case p.Literal() == "ipv6":
			return unknown(
				fmt.Sprintf("%s of %s is ipv6, so its name has no A record, and paths over IPv6 are not followed", p.Path(), network.DisplayName(e.Resource)),
				"set it to ipv4 or dualstack",
			).at(p), true
		}
	}
	return result{}, false
}

func (e *endpoint) front() front {
	if e.contract != nil {
		return listed{e.contract}
	}
	return e.doors()
}

// doors are the NLBs of the service.
func (e *endpoint) doors() frontDoors {
	if e.found.Service == nil {
		return frontDoors{n: e.n}
	}
	return frontDoors{e.n, loadBalancersOf(e.n, e.found.Service)}
}

// route takes a request over the VPC to the endpoint, over PrivateLink to the service, and into its NLBs.
func (e *endpoint) route(t *trace) {
	transports := []transport{
		local{to: e.entry(t.client), role: "endpoint", vpc: e.VpcId(), ingress: proof.HopEndpointIngress},
		privateLink{e},
	}
	for _, transport := range transports {
		if !transport.cross(t) {
			return
		}
	}
	t.enterService(e.found.Service)
}

// selfNamed is a destination in the client's VPC that answers the domain itself; nil if there is none.
func (t *trace) selfNamed() *endpoint {
	list := t.n.EndpointsWithOwnNames(t.client.VPC)
	t.run.left.Steps(len(list))
	for _, e := range list {
		if e := newEndpoint(t.n, t.facts, e); e.answers(t.domain) {
			return e
		}
	}
	return nil
}

// maybeSelfNamed is a destination of which it is unknown whether it answers the domain in the client's VPC; nil if there is
// none.
func (t *trace) maybeSelfNamed() *endpoint {
	list := t.n.APIEndpointsThatMayBeIn(t.client.VPC)
	t.run.left.Steps(len(list))
	for _, e := range list {
		if e := newEndpoint(t.n, t.facts, e); e.mayAnswer(t.domain) {
			return e
		}
	}
	return nil
}
