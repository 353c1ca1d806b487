package oracletest

import (
	"slices"
	"testing"
)

// routedByHand is a network that a person can follow: the client in 10.0.0.0/24 of zone a, the ALB in 10.1.2.0/24 of zone a and
// 10.1.3.0/24 of zone b, and one route table in each VPC. Nothing connects the VPCs yet.
func routedByHand() *routedNetwork {
	n := &routedNetwork{network: byHand()}
	n.endpoint, n.nlb, n.record = location{}, location{}, "ALB"
	n.alb.port = 443
	for _, s := range n.sides() {
		s.tables = []*routeTable{{id: s.name + "Table"}}
		for _, subnet := range s.subnets {
			subnet.table = s.tables[0]
		}
	}
	n.provider.groups[1].out, n.provider.groups[2].in = nil, []*rule{from("10.0.0.0/24", 443)}
	n.consumer.groups[1].out, n.consumer.groups[2].in = []*rule{from("10.1.0.0/16", 443)}, nil
	return n
}

// peered is the network by hand over a peering connection.
func peered() *routedNetwork {
	n := routedByHand()
	p := &peering{id: "Peering", requester: n.consumer, accepter: n.provider, role: true}
	n.peerings = []*peering{p}
	n.there().routes = []*vpcRoute{{cidr: "10.1.0.0/16", peering: p}}
	n.back().routes = []*vpcRoute{{cidr: "10.0.0.0/16", peering: p}}
	return n
}

// attached is the network by hand over a transit gateway of the provider: attached in 10.0.4.0/24 and 10.0.5.0/24, and in 10.1.0.0/24 and
// 10.1.1.0/24, zones a and b. One table of the gateway is for both.
func attached() *routedNetwork {
	n := routedByHand()
	g := &gateway{
		id: "Gateway", owner: n.provider, ownTables: true, references: "enable", autoAccept: "enable", sharedWith: []string{"111111111111"},
		tables: []*gatewayTable{{id: "Default"}, {id: "Segment"}},
	}
	n.gateways = []*gateway{g}
	for i, s := range n.sides() {
		g.attachments = append(g.attachments, &attachment{
			id: s.name + "Attachment", of: s, subnets: [][]*subnet{s.subnets[4:6], s.subnets[:2]}[i], references: "enable", table: g.tables[1],
			propagates: g.tables[1:],
		})
	}
	n.there().routes = []*vpcRoute{{cidr: "10.1.0.0/16", gateway: g}}
	n.back().routes = []*vpcRoute{{cidr: "10.0.0.0/16", gateway: g}}
	return n
}

func (n *routedNetwork) there() *routeTable { return n.consumer.tables[0] }
func (n *routedNetwork) back() *routeTable  { return n.provider.tables[0] }

// alsoTo adds a third VPC, 10.9.0.0/16, with which the client's VPC is peered too.
func (n *routedNetwork) alsoTo() *peering {
	n.other = &side{
		name: "Other", prefix: "10.9", groups: []*group{{id: "OtherDefault", isDefault: true}},
		subnets: []*subnet{{id: "Other0", cidr: "10.9.0.0/24", zone: "eu-west-1a"}},
	}
	p := &peering{id: "OtherPeering", requester: n.consumer, accepter: n.other}
	n.peerings = append(n.peerings, p)
	return p
}

// refer makes the rules of the client and of the ALB name each other's group.
func (n *routedNetwork) refer(out, in bool) {
	client, alb := n.client.groups[0], n.alb.groups[0]
	if out {
		client.out = []*rule{{protocol: "tcp", from: 443, to: 443, peer: peer{group: alb}}}
	}
	if in {
		alb.in = []*rule{{protocol: "tcp", from: 443, to: 443, peer: peer{group: client}}}
	}
}

// The model of routes is checked too, against networks that a person has worked out from the user guides of AWS.
func TestPacketModelOfPeeringByHand(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(n *routedNetwork)
		want string
	}{
		"as it is": {func(*routedNetwork) {}, "delivered"},

		// https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html
		"no route":               {func(n *routedNetwork) { n.there().routes = nil }, "dropped at " + hopsOfStages[lostAtRoute]},
		"no route back":          {func(n *routedNetwork) { n.back().routes = nil }, "dropped at " + hopsOfStages[lostAtRouteBack]},
		"route to both subnets":  {func(n *routedNetwork) { n.replaceThere("10.1.2.0/24", "10.1.3.0/24") }, "delivered"},
		"route to one subnet":    {func(n *routedNetwork) { n.replaceThere("10.1.2.0/24") }, "dropped at " + hopsOfStages[lostAtRoute]},
		"route to half a subnet": {func(n *routedNetwork) { n.replaceThere("10.1.2.0/25", "10.1.3.0/24") }, "decided at run time at " + hopsOfStages[lostAtRoute]},
		"route to two halves":    {func(n *routedNetwork) { n.replaceThere("10.1.2.0/25", "10.1.2.128/25", "10.1.3.0/24") }, "delivered"},
		"default route":          {func(n *routedNetwork) { n.replaceThere("0.0.0.0/0") }, "delivered"},
		"a route of another size back": {func(n *routedNetwork) {
			n.back().routes = []*vpcRoute{{cidr: "10.0.0.0/20", peering: n.peerings[0]}}
		}, "delivered"},
		"the more specific route wins": {func(n *routedNetwork) {
			n.there().routes = append(n.there().routes, &vpcRoute{cidr: "10.1.3.0/24"})
		}, "dropped at " + hopsOfStages[lostAtRoute]},
		"the less specific route does not": {func(n *routedNetwork) {
			n.there().routes = append(n.there().routes, &vpcRoute{cidr: "10.0.0.0/8"}, &vpcRoute{cidr: "0.0.0.0/0"})
		}, "delivered"},
		"a more specific route back": {func(n *routedNetwork) {
			n.back().routes = append(n.back().routes, &vpcRoute{cidr: "10.0.0.0/25"})
		}, "decided at run time at " + hopsOfStages[lostAtRouteBack]},
		"a subnet with the main route table": {func(n *routedNetwork) { n.consumer.subnets[0].table = nil }, "decided at run time at " + hopsOfStages[lostAtRoute]},
		"a subnet of the ALB with the main route table": {func(n *routedNetwork) {
			n.provider.subnets[3].table = nil
		}, "decided at run time at " + hopsOfStages[lostAtRouteBack]},
		"a subnet of a target with the main route table": {func(n *routedNetwork) { n.provider.subnets[4].table = nil }, "delivered"},
		"another table for the subnet": {func(n *routedNetwork) {
			n.provider.tables = append(n.provider.tables, &routeTable{id: "ProviderOwn"})
			n.provider.subnets[2].table = n.provider.tables[1]
		}, "dropped at " + hopsOfStages[lostAtRouteBack]},
		"peering with another VPC": {func(n *routedNetwork) { n.there().routes[0].peering = n.alsoTo() }, "dropped at " + hopsOfStages[lostAtPeering]},
		"another peering beside":   {func(n *routedNetwork) { n.there().add(&vpcRoute{cidr: "10.9.0.0/16", peering: n.alsoTo()}) }, "delivered"},
		"not transitive": {func(n *routedNetwork) {
			n.alsoTo().accepter = n.other
			n.peerings[0].requester = n.other
		}, "dropped at " + hopsOfStages[lostAtPeering]},

		// https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
		"the provider requests":     {func(n *routedNetwork) { n.swapPeering() }, "delivered"},
		"nobody is known to accept": {func(n *routedNetwork) { n.peerings[0].role = false }, "decided at run time at " + hopsOfStages[lostAtPeering]},
		"in one account":            {func(n *routedNetwork) { n.sameAccount, n.peerings[0].role = true, false }, "delivered"},
		"a secondary block overlaps": {func(n *routedNetwork) {
			n.provider.secondary = []string{"10.0.240.0/20"}
		}, "dropped at " + hopsOfStages[lostAtPeering]},
		"a secondary block of the client's VPC overlaps": {func(n *routedNetwork) {
			n.consumer.secondary = []string{"10.1.240.0/20"}
		}, "dropped at " + hopsOfStages[lostAtPeering]},
		"a secondary block beside": {func(n *routedNetwork) { n.provider.secondary = []string{"10.2.0.0/16"} }, "delivered"},
		"the VPCs overlap":         {func(n *routedNetwork) { n.renumber("10.0") }, "dropped at " + hopsOfStages[lostAtRoute]},
		"another Region":           {func(n *routedNetwork) { n.provider.moveTo("eu-central-1") }, "delivered"},

		// https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
		"groups refer to each other":                {func(n *routedNetwork) { n.refer(true, true) }, "delivered"},
		"groups refer to each other in one account": {func(n *routedNetwork) { n.refer(true, true); n.sameAccount = true }, "delivered"},
		"out to a group in another Region": {func(n *routedNetwork) {
			n.refer(true, false)
			n.provider.moveTo("eu-central-1")
		}, "dropped at client egress"},
		"in from a group in another Region": {func(n *routedNetwork) {
			n.refer(false, true)
			n.provider.moveTo("eu-central-1")
		}, "dropped at ALB ingress"},
		"out to another group": {func(n *routedNetwork) {
			n.refer(true, true)
			n.client.groups[0].out[0].peer.group = n.provider.groups[3]
		}, "dropped at client egress"},
		"in from a block":         {func(n *routedNetwork) { n.alb.groups[0].in = []*rule{from("10.0.0.0/16", 443)} }, "delivered"},
		"in from half a block":    {func(n *routedNetwork) { n.alb.groups[0].in = []*rule{from("10.0.0.0/25", 443)} }, "decided at run time at ALB ingress"},
		"in from another block":   {func(n *routedNetwork) { n.alb.groups[0].in = []*rule{from("10.1.0.0/16", 443)} }, "dropped at ALB ingress"},
		"out to the block of one": {func(n *routedNetwork) { n.client.groups[0].out = []*rule{from("10.1.2.0/24", 443)} }, "dropped at client egress"},

		// The network ACLs of both subnets, both ways.
		"ACL of the ALB": {func(n *routedNetwork) {
			n.provider.give(2, allow(false, "10.0.0.0/24", 443, 443), allow(true, "10.0.0.0/24", 1024, 65535), allow(true, "10.1.0.0/16", 0, 65535), allow(false, "10.1.0.0/16", 0, 65535))
		}, "delivered"},
		"ACL of the ALB without answers": {func(n *routedNetwork) {
			n.provider.give(2, allow(false, "10.0.0.0/24", 443, 443), allow(true, "10.1.0.0/16", 0, 65535), allow(false, "10.1.0.0/16", 0, 65535))
		}, "dropped at client network ACL"},
		"ACL of the client for its VPC alone": {func(n *routedNetwork) {
			n.consumer.give(0, allow(true, "10.0.0.0/16", 0, 65535), allow(false, "10.0.0.0/16", 0, 65535))
		}, "dropped at client network ACL"},

		"another port":    {func(n *routedNetwork) { n.alb.port = 8443 }, "dropped at ALB listener"},
		"no such record":  {func(n *routedNetwork) { n.record = "absent" }, "dropped at record"},
		"no zone":         {func(n *routedNetwork) { n.zoneOf = "other" }, "dropped at hosted zone"},
		"certificate":     {func(n *routedNetwork) { n.alb.certificate = "*.example.com" }, "dropped at certificate"},
		"no such handler": {func(n *routedNetwork) { n.services[0].containerPort = 81 }, "dropped at target"},
	} {
		t.Run(name, func(t *testing.T) {
			n := peered()
			c.edit(n)
			checkRoutedByHand(t, n, c.want)
		})
	}
}

// The same over a transit gateway.
func TestPacketModelOfTransitGatewayByHand(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(n *routedNetwork, g *gateway)
		want string
	}{
		"as it is":      {func(*routedNetwork, *gateway) {}, "delivered"},
		"no route":      {func(n *routedNetwork, _ *gateway) { n.there().routes = nil }, "dropped at " + hopsOfStages[lostAtRoute]},
		"no route back": {func(n *routedNetwork, _ *gateway) { n.back().routes = nil }, "dropped at " + hopsOfStages[lostAtRouteBack]},
		"no route in the subnets of the attachments": {func(n *routedNetwork, _ *gateway) {
			for _, s := range slices.Concat(n.consumer.subnets[4:], n.provider.subnets[:2]) {
				s.table = nil
			}
		}, "delivered"},

		// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html: resources in zones without an attachment cannot reach it.
		"client in a zone without attachment": {func(_ *routedNetwork, g *gateway) {
			g.attachments[0].subnets = g.attachments[0].subnets[1:]
		}, "dropped at " + hopsOfStages[lostAtAttachment]},
		"ALB in a zone without attachment": {func(_ *routedNetwork, g *gateway) {
			g.attachments[1].subnets = g.attachments[1].subnets[:1]
		}, "dropped at " + hopsOfStages[lostAtAttachmentBack]},
		"no ALB in the zone without attachment": {func(n *routedNetwork, g *gateway) {
			g.attachments[1].subnets, n.alb.subnets = g.attachments[1].subnets[1:], n.alb.subnets[1:]
		}, "delivered"},
		"identical blocks": {func(n *routedNetwork, g *gateway) {
			n.alsoTo()
			n.other.prefix = "10.1"
			g.attachments = append(g.attachments, &attachment{
				id: "OtherAttachment", of: n.other, subnets: n.other.subnets, table: g.tables[1], propagates: g.tables[1:],
			})
			n.other.subnets[0].cidr, n.peerings = "10.1.0.0/24", nil
		}, "decided at run time at " + hopsOfStages[lostAtGatewayTable]},
		"attached in their own subnets": {func(n *routedNetwork, g *gateway) {
			g.attachments[0].subnets, g.attachments[1].subnets = n.consumer.subnets[:2], n.provider.subnets[2:4]
		}, "delivered"},

		// https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
		"not associated":      {func(_ *routedNetwork, g *gateway) { g.attachments[0].table = nil }, "dropped at " + hopsOfStages[lostAtGatewayTable]},
		"ALB not associated":  {func(_ *routedNetwork, g *gateway) { g.attachments[1].table = nil }, "dropped at " + hopsOfStages[lostAtGatewayTableBack]},
		"not propagated":      {func(_ *routedNetwork, g *gateway) { g.attachments[1].propagates = nil }, "dropped at " + hopsOfStages[lostAtGatewayTable]},
		"not propagated back": {func(_ *routedNetwork, g *gateway) { g.attachments[0].propagates = nil }, "dropped at " + hopsOfStages[lostAtGatewayTableBack]},
		"static routes": {func(_ *routedNetwork, g *gateway) {
			for _, a := range g.attachments {
				a.propagates = nil
				g.tables[1].add(&gatewayRoute{a.of.cidr(), a})
			}
		}, "delivered"},
		"static before propagated": {func(_ *routedNetwork, g *gateway) {
			g.tables[1].add(&gatewayRoute{"10.1.0.0/16", g.attachments[0]})
		}, "dropped at " + hopsOfStages[lostAtGatewayTable]},
		"a less specific static route": {func(_ *routedNetwork, g *gateway) { g.tables[1].add(&gatewayRoute{cidr: "10.0.0.0/8"}) }, "delivered"},
		"a blackhole":                  {func(_ *routedNetwork, g *gateway) { g.tables[1].add(&gatewayRoute{cidr: "10.1.3.0/24"}) }, "dropped at " + hopsOfStages[lostAtGatewayTable]},
		"a blackhole back":             {func(_ *routedNetwork, g *gateway) { g.tables[1].add(&gatewayRoute{cidr: "10.0.0.0/16"}) }, "dropped at " + hopsOfStages[lostAtGatewayTableBack]},
		"two segments": {func(_ *routedNetwork, g *gateway) {
			g.segments()
			g.attachments[0].propagates, g.attachments[1].propagates = g.tables[2:], g.tables[1:2]
		}, "delivered"},
		"two segments that do not reach each other": {func(_ *routedNetwork, g *gateway) {
			g.segments()
			g.attachments[0].propagates, g.attachments[1].propagates = g.tables[1:2], g.tables[2:]
		}, "dropped at " + hopsOfStages[lostAtGatewayTable]},
		"two segments, one way": {func(_ *routedNetwork, g *gateway) {
			g.segments()
			g.attachments[0].propagates, g.attachments[1].propagates = nil, g.tables[1:2]
		}, "dropped at " + hopsOfStages[lostAtGatewayTableBack]},
		"default table": {func(_ *routedNetwork, g *gateway) {
			g.ownTables, g.tables = false, g.tables[:1]
			for _, a := range g.attachments {
				a.table, a.propagates = g.tables[0], g.tables
			}
		}, "delivered"},
		"a secondary block": {func(n *routedNetwork, _ *gateway) {
			n.provider.secondary = []string{"100.64.0.0/16"}
			n.provider.subnets[2].cidr, n.provider.subnets[3].cidr = "100.64.2.0/24", "100.64.3.0/24"
			n.client.groups[0].out[0].peer.cidr = "100.64.0.0/16"
			n.provider.groups[3].in[0].peer = peer{cidr: "0.0.0.0/0"}
		}, "dropped at " + hopsOfStages[lostAtRoute]},
		"the VPCs overlap": {func(n *routedNetwork, _ *gateway) { n.renumber("10.0") }, "dropped at " + hopsOfStages[lostAtRoute]},

		// Sharing and acceptance.
		"not shared":              {func(_ *routedNetwork, g *gateway) { g.sharedWith = nil }, "dropped at " + hopsOfStages[lostAtAcceptance]},
		"shared with another":     {func(_ *routedNetwork, g *gateway) { g.sharedWith[0] = "333333333333" }, "dropped at " + hopsOfStages[lostAtAcceptance]},
		"pending acceptance":      {func(_ *routedNetwork, g *gateway) { g.autoAccept = "" }, "decided at run time at " + hopsOfStages[lostAtAcceptance]},
		"of the client's account": {func(n *routedNetwork, g *gateway) { g.owner, g.sharedWith[0] = n.consumer, "222222222222" }, "delivered"},
		"in one account":          {func(n *routedNetwork, g *gateway) { n.sameAccount, g.sharedWith, g.autoAccept = true, nil, "" }, "delivered"},

		// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-security: inbound rules alone.
		"in from the client's group":                {func(n *routedNetwork, _ *gateway) { n.refer(false, true) }, "delivered"},
		"out to the ALB's group":                    {func(n *routedNetwork, _ *gateway) { n.refer(true, false) }, "dropped at client egress"},
		"references off at the gateway":             {func(n *routedNetwork, g *gateway) { n.refer(false, true); g.references = "disable" }, "dropped at ALB ingress"},
		"references not on at the gateway":          {func(n *routedNetwork, g *gateway) { n.refer(false, true); g.references = "" }, "dropped at ALB ingress"},
		"references off at the client's attachment": {func(n *routedNetwork, g *gateway) { n.refer(false, true); g.attachments[0].references = "disable" }, "dropped at ALB ingress"},
		"references off at the ALB's attachment":    {func(n *routedNetwork, g *gateway) { n.refer(false, true); g.attachments[1].references = "disable" }, "dropped at ALB ingress"},
		"references off, nobody needs them":         {func(_ *routedNetwork, g *gateway) { g.references = "disable" }, "delivered"},

		// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html
		"ACL where requests enter": {func(n *routedNetwork, _ *gateway) {
			n.consumer.give(4, allow(false, "10.0.0.0/24", 443, 443), allow(true, "10.0.0.0/24", 1024, 65535))
			n.consumer.give(5, allow(true, "10.0.0.0/24", 1024, 65535))
		}, "delivered"},
		"ACL where requests enter, closed": {func(n *routedNetwork, _ *gateway) {
			n.consumer.give(4, allow(true, "0.0.0.0/0", 0, 65535))
		}, "dropped at attachment network ACL"},
		"ACL where answers leave, closed": {func(n *routedNetwork, _ *gateway) {
			n.consumer.give(4, allow(false, "0.0.0.0/0", 0, 65535))
		}, "dropped at attachment network ACL"},
		"ACL where requests leave": {func(n *routedNetwork, _ *gateway) {
			n.provider.give(0, allow(true, "10.1.0.0/16", 443, 443), allow(false, "10.1.2.0/24", 1024, 65535))
		}, "delivered"},
		"ACL where requests leave, closed": {func(n *routedNetwork, _ *gateway) {
			n.provider.give(0, allow(false, "0.0.0.0/0", 0, 65535))
		}, "dropped at attachment network ACL"},
		"ACL of a zone where nothing leaves": {func(n *routedNetwork, _ *gateway) {
			n.provider.give(1, allow(false, "10.1.3.0/24", 1024, 65535))
		}, "delivered"},
		"ACL of the ALB's subnet, which is the attachment's": {func(n *routedNetwork, g *gateway) {
			g.attachments[1].subnets, n.alb.subnets = n.provider.subnets[2:3], n.alb.subnets[:1]
			n.provider.give(2, allow(true, "0.0.0.0/0", 0, 65535), allow(false, "10.1.0.0/16", 0, 65535))
		}, "delivered"},
	} {
		t.Run(name, func(t *testing.T) {
			n := attached()
			c.edit(n, n.gateways[0])
			checkRoutedByHand(t, n, c.want)
		})
	}
}

// Each VPC may have several ways. The most specific route says which one a packet takes.
func TestPacketModelOfTwoWaysByHand(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(n *routedNetwork, g *gateway, p *peering)
		want string
	}{
		"the gateway for less": {func(n *routedNetwork, g *gateway, _ *peering) {
			n.there().add(&vpcRoute{cidr: "10.0.0.0/8", gateway: g})
		}, "delivered"},
		"the gateway for more": {func(n *routedNetwork, g *gateway, _ *peering) {
			n.there().add(&vpcRoute{cidr: "10.1.2.0/23", gateway: g})
			n.back().add(&vpcRoute{cidr: "10.0.0.0/24", gateway: g})
		}, "delivered"},
		"a group behind the gateway": {func(n *routedNetwork, g *gateway, _ *peering) {
			n.refer(true, true)
			n.there().add(&vpcRoute{cidr: "10.1.2.0/23", gateway: g})
			n.back().add(&vpcRoute{cidr: "10.0.0.0/24", gateway: g})
		}, "dropped at client egress"},
		"a group behind the peering": {func(n *routedNetwork, g *gateway, _ *peering) {
			n.refer(true, true)
			n.there().add(&vpcRoute{cidr: "10.0.0.0/8", gateway: g})
		}, "delivered"},
	} {
		t.Run(name, func(t *testing.T) {
			n, over := peered(), attached()
			over.consumer, over.provider = n.consumer, n.provider
			g := over.gateways[0]
			g.owner = n.provider
			for i, a := range g.attachments {
				a.of = n.sides()[i]
				a.subnets = [][]*subnet{a.of.subnets[4:6], a.of.subnets[:2]}[i]
			}
			n.gateways = over.gateways
			c.edit(n, g, n.peerings[0])
			checkRoutedByHand(t, n, c.want)
		})
	}
}

func (n *routedNetwork) replaceThere(cidrs ...string) {
	p := n.peerings[0]
	n.there().routes = nil
	for _, cidr := range cidrs {
		n.there().add(&vpcRoute{cidr: cidr, peering: p})
	}
}

func (n *routedNetwork) swapPeering() {
	p := n.peerings[0]
	p.requester, p.accepter = p.accepter, p.requester
}

// renumber gives the provider's VPC other addresses.
func (n *routedNetwork) renumber(prefix string) {
	old := n.provider.prefix
	n.provider.prefix = prefix
	for _, s := range n.provider.subnets {
		s.cidr = prefix + s.cidr[len(old):]
	}
}

func (s *side) moveTo(region string) {
	old := s.regionName()
	s.region = region
	for _, subnet := range s.subnets {
		subnet.zone = region + subnet.zone[len(old):]
	}
}

// segments gives the attachments of a gateway a table each.
func (g *gateway) segments() {
	g.tables = append(g.tables, &gatewayTable{id: "SecondSegment"})
	g.attachments[1].table = g.tables[2]
}

func allow(egress bool, cidr string, from, to int) *aclEntry {
	return &aclEntry{map[bool]int{true: 100, false: 200}[egress] + int(cidr[len(cidr)-1]) + from%97, egress, 6, cidr, from, to, "allow", false}
}

// checkRoutedByHand compares the packet model with what a person worked out, and then the proof with the packet model.
func checkRoutedByHand(t *testing.T, n *routedNetwork, want string) {
	t.Helper()
	v := n.judge()
	if v.String() != want {
		t.Errorf("%s, want %s\n%s", v, want, n)
	}
	m, err := loadRouted(t.TempDir(), n, style{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := m.Prove(routedQuestion(n, style{})).Answers[0]
	if wrong := n.contradicts(v, got); wrong != "" {
		t.Errorf("%s\n%s", wrong, got)
	}
}
