package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// throughNat finds whether a NAT gateway carries the client's packets to an internet gateway, and returns the property that names that;
// absent if it is not known.
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
func (t *trace) throughNat(e exit, to network.Node) (gateway network.Property, r result) {
	nat := t.n.NatGateway(e.target.Value)
	name := network.NameOf(e.target.Value)
	switch {
	case nat == nil && !network.IsIdentified(e.target.Value):
		return gateway, unknownUntil(e.target.Value, "which NAT gateway routes lead to is unknown: %s", cite.Why(e.target.Value)).at(e.target).assumedBy(proof.AssumeRoutes)
	case nat == nil:
		return gateway, assumable(
			fmt.Sprintf("NAT gateway %s is defined elsewhere; whether it leads to the internet is not in the templates", name), proof.AssumeRoutes, "load the template that defines it",
		).at(e.target)
	case nat.IsPublic() == network.No:
		return gateway, blocks(name+" is a private NAT gateway, which has no public address", "make it a public one, with an Elastic IP address").at(nat.ConnectivityType())
	case nat.IsPublic() == network.Maybe:
		return gateway, undecided(nat.ConnectivityType())
	case nat.IsRegional() == network.Maybe:
		return gateway, undecided(nat.AvailabilityMode())
	case nat.IsRegional() == network.Yes:
		return gateway, t.regionalNat(nat)
	}
	node := t.n.NatGatewayNode(nat)
	if r, elsewhere := t.natElsewhere(nat, nat.SubnetId(), node.VPC); elsewhere {
		return gateway, r
	}
	if allocations, _ := nat.Allocations(); len(allocations) == 0 {
		return gateway, blocks(name+" has no Elastic IP address, which EC2 refuses for a public NAT gateway", "set AllocationId").atResource(nat.Resource)
	}
	worst := passes("%s is public, and its subnet leads to an internet gateway", name).at(nat.SubnetId()).concerningNodes(node)
	for _, subnet := range node.Subnets {
		q := publicQuestion{subnet: subnet, from: node, to: to.Name, block: anywhere, direct: true}
		worst = t.worse(worst, t.internetRoutes(q, func(route *network.Route) {
			if kind, target := route.Target(); kind == network.ToGateway {
				gateway = target
			}
		}))
	}
	return gateway, worst
}

// regionalNat is the result for a regional NAT gateway: AWS routes it to the internet gateway of its VPC, and expands it over zones.
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
func (t *trace) regionalNat(nat *network.NatGateway) result {
	if r, elsewhere := t.natElsewhere(nat, nat.VpcId(), nat.VpcId().Value); elsewhere {
		return r
	}
	return assumable(
		fmt.Sprintf("%s is a regional NAT gateway, of which AWS manages the routes and the zones", network.DisplayName(nat.Resource)), proof.AssumeRoutes,
		"make sure that it serves the client's zones, and leads to an internet gateway",
	).at(nat.AvailabilityMode())
}

// natElsewhere finds a NAT gateway of another VPC than the client's, or one that may be; at is the property that tells.
func (t *trace) natElsewhere(nat *network.NatGateway, at network.Property, vpc network.Value) (r result, found bool) {
	name := network.DisplayName(nat.Resource)
	switch {
	case network.Equal(vpc, t.client.VPC) == network.No:
		return blocks(
			fmt.Sprintf("%s is in %s, and takes no packets of another VPC: %s is in %s", name, network.NameOf(vpc), t.client.Name, network.NameOf(t.client.VPC)),
			"route the client's subnets to a NAT gateway of their own VPC",
		).at(at), true
	case network.Same(vpc, t.client.VPC) != network.Yes:
		return unknownUntil(open(vpc, t.client.VPC), "whether %s is in the client's VPC is unknown", name).at(at).assumedBy(proof.AssumeRoutes), true
	}
	return result{}, false
}
