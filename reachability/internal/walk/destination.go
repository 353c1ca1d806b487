package walk

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// destination is where a name leads: what the packets of a client are sent to.
type destination interface {
	// resource identifies the destination.
	resource() *network.Resource
	// node receives the packets of the client.
	node() network.Node
	// names are the DNS names that lead to the destination.
	names() []string
	// frontDoors are the load balancers behind the destination, as far as the templates have them.
	frontDoors() []*network.LoadBalancer
	// sameAPI says whether another destination leads to the same API.
	sameAPI(other destination) network.Tristate
	// withoutIPv4 finds a destination whose names have no A record.
	withoutIPv4() (result, bool)
	// api is the API that the destination leads to, as people know it.
	api() string
	// route takes a request from the client to the API's targets: over the transports, then through the front doors.
	route(t *trace)
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
	return list
}

// destinationOf is the destination that the target of a record leads to; nil if it leads to none. isName is false if the
// target is made of the destination and is not its DNS name.
func destinationOf(n *network.Network, facts proof.Facts, target network.Value) (d destination, isName bool) {
	if e, isName := n.EndpointOfEntry(target); e != nil {
		return newEndpoint(n, facts, e), isName
	}
	return nil, false
}
