package walk

import (
	"fmt"
	"net/netip"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// publicSubnets finds whether packets come into the subnets of an internet-facing ALB, and responses go back where they came from: the
// routes of each subnet lead to an internet gateway that is attached to the VPC.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
func (t *trace) publicSubnets(alb loadBalancer, from network.Node) result {
	node := alb.node
	if subnets := alb.SubnetsProperty(); subnets.IsUnknown() || len(node.Subnets) == 0 {
		return undecided(subnets).assumedBy(proof.AssumeRoutes)
	}
	blocks := t.n.AddressesOf(from).Blocks
	if len(blocks) == 0 {
		blocks = []netip.Prefix{anywhere}
	}
	worst := passes("the subnets of %s lead to an internet gateway of %s", node.Name, network.NameOf(node.VPC)).concerningNodes(node)
	var gateways []network.Property
	for _, subnet := range node.Subnets {
		for _, block := range blocks {
			q := publicQuestion{subnet: subnet, from: node, to: from.Name, block: block, direct: true}
			r := t.internetRoutes(q, func(route *network.Route) {
				kind, target := route.Target()
				if kind == network.ToGateway && network.IsInternetGateway(target.Value) {
					gateways = appendNew(gateways, target)
				}
			})
			worst = t.worse(worst, r)
		}
	}
	for _, gateway := range gateways {
		worst = t.worse(worst, t.attachedGateway(gateway, node.VPC))
		if r := t.n.IngressRouteTable(gateway.Value); r != nil {
			worst = t.worse(worst, assumable(
				fmt.Sprintf("a route table of %s redirects what comes in, and where to is not followed", network.NameOf(gateway.Value)), proof.AssumeRoutes,
				"make sure that it lets requests pass",
			).atResource(r))
		}
	}
	if worst.verdict != proof.Reachable {
		return worst
	}
	for _, subnet := range node.Subnets {
		worst = worst.at(tables(t, subnet)...)
	}
	return worst
}

// appendNew adds a property to a list unless one has its value.
func appendNew(list []network.Property, p network.Property) []network.Property {
	for _, other := range list {
		if network.Same(other.Value, p.Value) == network.Yes {
			return list
		}
	}
	return append(list, p)
}
