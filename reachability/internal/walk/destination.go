package walk

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// destination is where a name leads: what the packets of a client are sent to.
type destination interface {
	// resource identifies the destination.
	resource() *network.Resource
	// kind is what the destination is, such as "endpoint".
	kind() string
	// entry receives the packets of a client in its VPC; it is empty if nothing is known to.
	entry(client network.Node) network.Node
	// clients are meant to call the destination, and admitted are allowed to.
	clients() []network.Node
	admitted() []network.Node
	// names are the DNS names that lead to the destination.
	names() []string
	// front is what receives requests behind the destination, as far as the templates have it.
	front() front
	// sameAPI says whether another destination leads to the same API.
	sameAPI(other destination) network.Tristate
	// withoutIPv4 finds a destination whose names have no A record.
	withoutIPv4() (result, bool)
	// api is the API that the destination leads to, as people know it.
	api() string
	// route takes a request from the client to the API's targets: over the transports, then through the front doors.
	route(t *trace)
}

// front is what receives the requests of an API: the front doors, or a service of VPC Lattice.
type front interface {
	// ports are the ports of its listeners.
	ports() []int
	// routes are the patterns of paths that the API serves.
	routes() []route
	// certificates are the certificates that clients see.
	certificates() []network.Property
	// protocol is TCP or TLS if the API is known not to be one over HTTP on the port of a request; empty otherwise.
	protocol(t *trace) string
}

// transport carries a request from one side to the next.
type transport interface {
	// cross takes the hops of the transport, and reports whether it is known where they lead. A blocked hop does not end
	// the walk, so that everything that blocks a path is reported at once.
	cross(t *trace) bool
}

// destinations are what clients of the templates can call.
func destinations(n *network.Network, facts proof.Facts) []destination {
	var list []destination
	for _, e := range n.APIEndpoints() {
		list = append(list, newEndpoint(n, facts, e))
	}
	return slices.Concat(list, latticeDestinations(n, facts), internalALBs(n), publicALBs(n, facts))
}

// destinationOf is the destination that the target of a record leads to; nil if it leads to none. isName is false if the
// target is made of the destination and is not its DNS name.
func destinationOf(n *network.Network, facts proof.Facts, target network.Value) (d destination, isName bool) {
	if e, isName := n.EndpointOfEntry(target); e != nil {
		if e.ConnectsTo() == network.ToServiceNetwork {
			return &networkEndpoint{e, n, facts}, isName
		}
		return newEndpoint(n, facts, e), isName
	}
	if r, isName := n.LatticeEntry(target); r != nil {
		return newLatticeName(n, facts, r), isName
	}
	if lb, isName := n.LoadBalancerEntry(target); lb != nil && servesRoutes(n, lb) {
		return internalALB{lb, n}, isName
	} else if lb != nil && servesInternet(n, lb) {
		return publicALB{lb, n, facts}, isName
	}
	return nil, false
}
