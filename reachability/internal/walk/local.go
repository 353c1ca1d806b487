package walk

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// local carries a request from the client to a node in its own VPC.
type local struct {
	to network.Node
	// role is what the node is to the client, such as "endpoint".
	role string
	// vpc is the property that says which VPC the node is in.
	vpc network.Property
	// ingress is the hop into the node.
	ingress string
}

var _ transport = local{}

func (l local) cross(t *trace) bool {
	t.take(proof.HopRoute, l.routed(t))
	t.take(proof.HopClientEgress, t.allows(t.client, network.Egress, t.port, l.to))
	t.take(proof.HopClientNacl, t.acls(t.client, l.to, t.port))
	t.take(l.ingress, t.allows(l.to, network.Ingress, t.port, t.client))
	return true
}

// routed finds whether packets of the client get to the node: within a VPC they do.
func (l local) routed(t *trace) result {
	client, to := network.NameOf(t.client.VPC), network.NameOf(l.to.VPC)
	switch network.Equal(t.client.VPC, l.to.VPC) {
	case network.No:
		return assumable(
			fmt.Sprintf("the client is in %s and the %s in %s; peering connections and transit gateways are not followed", client, l.role, to),
			proof.AssumeRoutes, "add routes there and back, or give the client's VPC an "+l.role,
		).at(l.vpc)
	case network.Maybe:
		if network.Same(t.client.VPC, l.to.VPC) != network.Yes {
			return unknownUntil(open(l.to.VPC, t.client.VPC), "whether the client and the %s are in one VPC is unknown", l.role).at(l.vpc)
		}
	}
	for _, subnet := range slices.Concat(t.client.Subnets, l.to.Subnets) {
		if list := t.n.InspectionRoutesOf(subnet); len(list) > 0 {
			return assumable(
				fmt.Sprintf("routes of %s send traffic through %s", network.NameOf(subnet), list[0].Inspector()),
				proof.AssumeRoutes, "make sure that it lets the requests pass",
			).atResource(list[0].Resource)
		}
	}
	return passes("the client and the %s are in %s", l.role, to).at(l.vpc).concerningNodes(t.client, l.to)
}
