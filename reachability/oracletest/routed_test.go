package oracletest

import "fmt"

// routedNetwork is a small complete network in which clients reach an internal ALB in another VPC by route: over peering connections
// and transit gateways.
type routedNetwork struct {
	*network       // the two VPCs, the client, the name and path that it calls, and the ALB with what is behind it
	other    *side // a third VPC, which nobody calls from
	peerings []*peering
	gateways []*gateway
}

// routeTable is a route table of a VPC. The local routes of the VPC's blocks are not listed.
type routeTable struct {
	id     string
	routes []*vpcRoute
}

// vpcRoute sends packets to a peering connection or a transit gateway; to neither, it sends them to an internet gateway.
type vpcRoute struct {
	cidr    string
	peering *peering
	gateway *gateway
}

// peering is a peering connection.
type peering struct {
	id                  string
	requester, accepter *side
	role                bool // PeerRoleArn
}

// gateway is a transit gateway with all that belongs to it.
type gateway struct {
	id          string
	owner       *side
	references  string // SecurityGroupReferencingSupport: "enable", "disable" or "" for the default
	ownTables   bool   // the default route table neither associates nor propagates
	autoAccept  string // AutoAcceptSharedAttachments
	sharedWith  []string
	attachments []*attachment
	tables      []*gatewayTable // the first is the default one, which no template names
}

// attachment attaches a VPC to a gateway, with a subnet for each of some zones.
type attachment struct {
	id         string
	of         *side
	subnets    []*subnet
	references string        // SecurityGroupReferencingSupport
	table      *gatewayTable // with which it is associated; nil for none
	propagates []*gatewayTable
}

// gatewayTable is a route table of a gateway.
type gatewayTable struct {
	id     string
	routes []*gatewayRoute
}

// gatewayRoute is a static route; without an attachment it is a blackhole.
type gatewayRoute struct {
	cidr string
	to   *attachment
}

func (n *routedNetwork) sides() []*side {
	if n.other == nil {
		return []*side{n.consumer, n.provider}
	}
	return []*side{n.consumer, n.provider, n.other}
}

// account is the account of a VPC. The third one is in that of the consumer.
func (n *routedNetwork) account(s *side) string {
	if s != n.provider || n.sameAccount {
		return "111111111111"
	}
	return "222222222222"
}

// blocks are the address blocks of a VPC.
func (s *side) blocks() []string { return append([]string{s.cidr()}, s.secondary...) }

func (n *routedNetwork) GoString() string { return "see the failure" }

func (n *routedNetwork) String() string {
	text := fmt.Sprintf("%s%s calls https://%s:%d%s, sameAccount=%t zone=%s record=%s\n", n.clientKind, n.client, n.domain, n.port, n.path, n.sameAccount,
		n.zoneOf, n.record)
	text += fmt.Sprintf("ALB%s port=%d certificate=%s\n", n.alb.location, n.alb.port, n.alb.certificate)
	for _, r := range n.alb.rules {
		text += fmt.Sprintf("  rule %+v\n", *r)
	}
	text += fmt.Sprintf("  else %+v\n", n.alb.fallback)
	for i, s := range n.services {
		text += fmt.Sprintf("service %d%s port=%d containerPort=%d\n", i, s.location, s.port, s.containerPort)
	}
	for _, p := range n.peerings {
		text += fmt.Sprintf("%s from %s to %s role=%t\n", p.id, p.requester.name, p.accepter.name, p.role)
	}
	for _, g := range n.gateways {
		text += g.String()
	}
	for _, s := range n.sides() {
		text += s.String() + fmt.Sprintf("  in %s, also %v\n", s.regionName(), s.secondary)
		for _, subnet := range s.subnets {
			if subnet.table != nil {
				text += fmt.Sprintf("  %s has %s\n", subnet.id, subnet.table.id)
			}
		}
		for _, table := range s.tables {
			text += "  " + table.id + "\n"
			for _, r := range table.routes {
				text += fmt.Sprintf("    %s to %s\n", r.cidr, r.target())
			}
		}
	}
	return text
}

func (r *vpcRoute) target() string {
	switch {
	case r.peering != nil:
		return r.peering.id
	case r.gateway != nil:
		return r.gateway.id
	}
	return "an internet gateway"
}

func (g *gateway) String() string {
	text := fmt.Sprintf("%s of %s references=%q ownTables=%t autoAccept=%q sharedWith=%v\n", g.id, g.owner.name, g.references, g.ownTables, g.autoAccept,
		g.sharedWith)
	for _, a := range g.attachments {
		text += fmt.Sprintf("  %s of %s%s references=%q", a.id, a.of.name, location{subnets: a.subnets}, a.references)
		if a.table != nil {
			text += " associated with " + a.table.id
		}
		for _, table := range a.propagates {
			text += " propagates to " + table.id
		}
		text += "\n"
	}
	for _, table := range g.tables {
		text += "  " + table.id + "\n"
		for _, r := range table.routes {
			to := "nowhere"
			if r.to != nil {
				to = r.to.id
			}
			text += fmt.Sprintf("    %s to %s\n", r.cidr, to)
		}
	}
	return text
}
