package check

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// publicSubnets finds a subnet of an internet-facing ALB from which no route leads to the internet: answers to clients get lost. It leaves
// those that an endpoint service stands in front of to [internetFacing]: private clients reach them.
func publicSubnets(p *pass) {
	if len(p.UnplacedTableAssociations()) > 0 || len(p.UnplacedRoutes()) > 0 {
		return
	}
	for _, alb := range p.publicALBsInFront() {
		for _, id := range alb.Subnets() {
			s := p.Subnet(id.Value)
			if s == nil || !network.IsCertain(s.Resource) {
				continue
			}
			if table, isClosed := p.closedTable(s); isClosed {
				p.report(
					at{id, table, alb.Scheme()}, "subnet %s of internet-facing ALB %s has no route to an internet gateway", network.DisplayName(s.Resource),
					network.DisplayName(alb.Resource),
				)
			}
		}
	}
}

// closedTable is the route table of a subnet, and whether it is certain that none of its routes leads to the internet. People add routes to a
// main route table, and to one that the templates do not define.
func (p *pass) closedTable(s *network.Subnet) (table network.Property, isClosed bool) {
	association := p.TableAssociation(s.Ref())
	if association == nil || !network.IsCertain(association.Resource) || !p.IsDefinedRouteTable(association.RouteTableId().Value) {
		return table, false
	}
	table = association.RouteTableId()
	return table, !slices.ContainsFunc(p.RoutesOf(table.Value), mayLeadToInternet)
}

// mayLeadToInternet reports whether a route may carry answers to public addresses: to an internet gateway, or to what inspects them first. A NAT
// gateway carries only what begins in the VPC.
func mayLeadToInternet(r *network.Route) bool {
	kind, target := r.Target()
	switch kind {
	case network.ToGateway:
		if !network.IsInternetGateway(target.Value) && !target.IsUnknown() {
			return false
		}
	case network.ToEndpoint, network.ToInterface, network.ToInstance:
	default:
		return false
	}
	if r.IsIPv6() {
		return false
	}
	block, ok := network.Block(r.DestinationCidrBlock().Value)
	return !ok || network.IsPublicBlock(block)
}
