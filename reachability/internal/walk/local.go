package walk

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// local carries a request from the client to a node in its own VPC, or in one to which routes lead.
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
	if network.Equal(t.client.VPC, l.to.VPC) == network.No {
		l.toAnotherVpc(t)
		return true
	}
	t.take(proof.HopRoute, l.routed(t))
	l.filtered(t, way{})
	return true
}

// toAnotherVpc takes the hops of the routes to the node's VPC, of what connects the two, and of the routes back.
func (l local) toAnotherVpc(t *trace) {
	ways, r := t.routesTo(t.client, l.to)
	t.take(proof.HopRoute, r)
	if len(ways) == 0 {
		l.filtered(t, way{})
		return
	}
	each(t, ways, func(t *trace, w way) {
		w.role = l.role
		w = t.between(w, l.to)
		t.take(proof.HopRouteBack, t.routedBack(w, l.to))
		l.filtered(t, w)
	})
}

// filtered takes the hops of what filters packets between the client and the node.
func (l local) filtered(t *trace, w way) {
	t.take(proof.HopClientEgress, t.allowsOver(w, t.client, network.Egress, t.port, l.to))
	t.take(proof.HopClientNacl, t.acls(t.client, l.to, t.port))
	if w.own != nil && w.other != nil {
		t.take(proof.HopAttachmentNacl, t.attachmentAcls(w, l.to))
	}
	t.take(l.ingress, t.allowsOver(w, l.to, network.Ingress, t.port, t.client))
}

// routed finds whether packets of the client get to the node in its own VPC: they do, unless a route sends them through an
// appliance.
func (l local) routed(t *trace) result {
	if network.Equal(t.client.VPC, l.to.VPC) == network.Maybe && network.Same(t.client.VPC, l.to.VPC) != network.Yes {
		return unknownUntil(open(l.to.VPC, t.client.VPC), "whether the client and the %s are in one VPC is unknown", l.role).at(l.vpc)
	}
	if r, found := t.inspected(slices.Concat(t.client.Subnets, l.to.Subnets)); found {
		return r
	}
	return passes("the client and the %s are in %s", l.role, network.NameOf(l.to.VPC)).at(l.vpc).concerningNodes(t.client, l.to)
}

// inspected finds a route of subnets that sends traffic within their VPC through an appliance.
func (t *trace) inspected(subnets []network.Value) (r result, found bool) {
	for _, subnet := range subnets {
		if list := t.n.InspectionRoutesOf(subnet); len(list) > 0 {
			return assumable(
				fmt.Sprintf("routes of %s send traffic through %s", network.NameOf(subnet), list[0].Inspector()),
				proof.AssumeRoutes, "make sure that it lets the requests pass",
			).atResource(list[0].Resource), true
		}
	}
	return result{}, false
}
