package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// networkEndpoint is an endpoint to a service network as the destination of a name. AWS gives the endpoint a name for each
// service of the network, in an order that no template has.
// https://docs.aws.amazon.com/vpc/latest/privatelink/access-with-service-network-endpoint.html
type networkEndpoint struct {
	*network.Endpoint
	n     *network.Network
	facts proof.Facts
}

var _ destination = (*networkEndpoint)(nil)

func (e *networkEndpoint) resource() *network.Resource { return e.Resource }

func (e *networkEndpoint) kind() string { return "endpoint" }

func (e *networkEndpoint) entry(network.Node) network.Node { return e.n.EndpointNode(e.Endpoint) }

func (e *networkEndpoint) clients() []network.Node {
	return e.n.ClientsOf(e.n.EndpointNode(e.Endpoint))
}

func (e *networkEndpoint) admitted() []network.Node {
	return e.n.AdmittedBy(e.n.EndpointNode(e.Endpoint))
}

// names are those of the records that lead to the endpoint.
func (e *networkEndpoint) names() []string {
	var names []string
	for _, r := range e.n.RecordsTo(e.Endpoint) {
		names = append(names, r.DomainName())
	}
	return names
}

// front is the service that answers to the first of the names.
func (e *networkEndpoint) front() front {
	for _, name := range e.names() {
		if d := e.service(name); d != nil {
			return d.front()
		}
	}
	return latticeFront{n: e.n}
}

func (e *networkEndpoint) api() string { return nameOf(e.ServiceNetworkArn()) }

func (e *networkEndpoint) sameAPI(other destination) network.Tristate {
	if o, ok := other.(*networkEndpoint); ok && network.SameLattice(e.ServiceNetworkArn().Value, o.ServiceNetworkArn().Value) == network.Yes {
		return network.Yes
	}
	return network.No
}

func (e *networkEndpoint) withoutIPv4() (result, bool) {
	switch family := e.IpAddressType(); {
	case family.IsUndecided():
		return undecided(family), true
	case family.Literal() == "ipv6":
		return unknown(
			fmt.Sprintf("IpAddressType of %s is ipv6, so its names have no A record, and paths over IPv6 are not followed", network.DisplayName(e.Resource)), "set it to ipv4 or dualstack",
		).at(family), true
	}
	return result{}, false
}

// service is the service of the network that answers to a name, else the only one; nil if none is known.
func (e *networkEndpoint) service(name string) *latticeName {
	associations := e.n.ServicesIn(e.ServiceNetworkArn().Value)
	var only *latticeName
	for _, a := range associations {
		d := newLatticeName(e.n, e.facts, a.Resource)
		if d.service != nil && name != "" && network.DomainName(d.service.CustomDomainName().Value) == name {
			return d
		}
		only = d
	}
	if len(associations) != 1 {
		return nil
	}
	return only
}

// route takes a request over the VPC to the endpoint, into the service network, and to the service.
func (e *networkEndpoint) route(t *trace) {
	local{to: e.entry(t.client), role: "endpoint", vpc: e.VpcId(), ingress: proof.HopEndpointIngress}.cross(t)
	joined := e.ServiceNetworkArn()
	if r, wrong := wrongIdentifier(joined); wrong {
		t.take(proof.HopVpcAssociation, r)
		return
	}
	if !network.IsIdentified(joined.Value) {
		t.take(proof.HopVpcAssociation, undecided(joined))
		return
	}
	t.take(proof.HopVpcAssociation, passes("%s connects to %s", network.DisplayName(e.Resource), nameOf(joined)).at(joined))
	d := e.service(t.domain)
	if d == nil {
		t.take(proof.HopServiceAssociation, unknown(
			fmt.Sprintf("which service of %s the name of the endpoint leads to is unknown", nameOf(joined)), "give the service the custom domain name that clients call",
		).related(cite.Property(joined)))
		return
	}
	t.take(proof.HopServiceAssociation, assumable(
		fmt.Sprintf("whether the DNS entry of %s is that of %s is known after the deployment", network.DisplayName(e.Resource), d.api()), proof.AssumeNetworkName,
		"use the name that describe-vpc-endpoint-associations lists for the service",
	).at(joined))
	networkEntry{name: d, endpoint: e}.cross(t)
}
