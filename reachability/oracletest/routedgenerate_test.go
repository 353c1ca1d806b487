package oracletest

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// routedNetworks draws networks with routes that work, and then breaks or changes up to four things in them.
func routedNetworks() *rapid.Generator[*routedNetwork] {
	return rapid.Custom(func(t *rapid.T) *routedNetwork {
		n := workingRouted(t)
		for range pick(t, "changes", 0, 2, 2, 3, 1, 4, 3, 4) {
			n.change(t)
		}
		return n
	})
}

// workingRouted draws a network in which the request arrives, and its answer.
func workingRouted(t *rapid.T) *routedNetwork {
	n := &routedNetwork{network: &network{
		sameAccount: chance(t, "same account", 40),
		clientKind:  pick(t, "kind", "AWS::ECS::Service", "AWS::Lambda::Function", "AWS::EC2::Instance"),
		domain:      "api.pricing.example.com", path: pick(t, "path", "/v1/quote", "/v1/quote/42", "/"),
		zoneOf: "consumer", record: "ALB", port: pick(t, "port", 443, 443, 8443),
	}}
	n.consumer = drawSide(t, "Consumer", "10.0", "App", "Way")
	n.provider = drawSide(t, "Provider", "10.1", "Alb", "Task", "Way")
	if chance(t, "third VPC", 50) {
		n.other = drawSide(t, "Other", "10.9", "Net")
	}
	if chance(t, "secondary block", 20) {
		n.provider.secondary = []string{"100.64.0.0/16"}
		for i, s := range n.provider.subnets[:2] {
			s.cidr = fmt.Sprintf("100.64.%d.0/24", i)
		}
	}
	n.placeClient(t)
	n.drawAPI(t)
	n.drawWay(t)
	n.openWay(t)
	for _, side := range n.sides() {
		side.drawLatticeACLs(t)
		side.drawNoise(t)
	}
	return n
}

func (n *routedNetwork) placeClient(t *rapid.T) {
	c := n.consumer
	n.client = location{some(t, "client groups", 3, c.groups[1:]...), c.tier(t, 0)}
	if n.clientKind == "AWS::EC2::Instance" {
		n.client.subnets = n.client.subnets[:1]
	}
}

// drawAPI draws the ALB and the services behind it.
func (n *routedNetwork) drawAPI(t *rapid.T) {
	p := n.provider
	n.alb = &alb{
		location: location{some(t, "ALB groups", 2, p.groups[1:4]...), p.subnets[:2]}, port: n.port,
		certificate: pick(t, "certificate", n.domain, "*.pricing.example.com"), healthPath: "/health", healthCodes: "200",
	}
	for range pick(t, "services", 1, 2) {
		port := pick(t, "service port", 80, 8080)
		s := &service{location: location{some(t, "service groups", 2, p.groups[1:]...), p.tier(t, 1)}, port: port, containerPort: port}
		n.services = append(n.services, s)
		if g := pick(t, "group out", n.alb.groups...); g.closed {
			g.out = append(g.out, p.drawRules(t, s.location, p.cidr(), port)...)
		}
		p.letIn(t, n.alb.location, s.location, albBlock(p, n.alb.subnets), port)
	}
	n.network.drawRules(t)
}

// drawWay draws what connects the VPCs, and the routes of both.
func (n *routedNetwork) drawWay(t *rapid.T) {
	way := pick(t, "way", "peering", "gateway", "gateway", "both")
	var p *peering
	var g *gateway
	if way == "peering" && chance(t, "another Region", 25) {
		n.provider.region = "eu-central-1"
		for _, s := range n.provider.subnets {
			s.zone = strings.Replace(s.zone, "eu-west-1", "eu-central-1", 1)
		}
	}
	if way != "gateway" {
		p = n.drawPeering(t, n.provider)
	}
	if way != "peering" {
		g = n.drawGateway(t)
	}
	if n.other != nil && chance(t, "other peering", 40) {
		n.drawPeering(t, n.other)
	}
	direct := func() *vpcRoute {
		if g == nil || p != nil && chance(t, "by peering", 50) {
			return &vpcRoute{peering: p}
		}
		return &vpcRoute{gateway: g}
	}()
	n.consumer.drawTables(t, n.alb.subnets, albBlock(n.provider, n.alb.subnets), direct)
	n.provider.drawTables(t, n.client.subnets, n.consumer.cidr(), direct)
	if len(n.peerings) > 0 && n.other != nil && chance(t, "other route", 30) {
		if last := n.peerings[len(n.peerings)-1]; last.accepter == n.other {
			table := pick(t, "table", n.consumer.tables...)
			table.add(&vpcRoute{cidr: n.other.cidr(), peering: last})
		}
	}
}

// albBlock is the block of a VPC that subnets are in.
func albBlock(s *side, subnets []*subnet) string {
	for _, block := range s.blocks() {
		if prefix, _, _ := strings.Cut(block, ".0.0/"); strings.HasPrefix(subnets[0].cidr, prefix+".") {
			return block
		}
	}
	return s.cidr()
}

func (n *routedNetwork) drawPeering(t *rapid.T, to *side) *peering {
	p := &peering{id: fmt.Sprintf("Peering%d", len(n.peerings)), requester: n.consumer, accepter: to}
	if to == n.provider && chance(t, "by the provider", 40) {
		p.requester, p.accepter = p.accepter, p.requester
	}
	p.role = n.account(p.requester) != n.account(p.accepter) || chance(t, "role", 20)
	n.peerings = append(n.peerings, p)
	return p
}

// drawGateway draws a gateway that routes between the VPCs.
func (n *routedNetwork) drawGateway(t *rapid.T) *gateway {
	g := &gateway{
		id: fmt.Sprintf("Gateway%d", len(n.gateways)), owner: pick(t, "owner", n.consumer, n.provider), ownTables: chance(t, "own tables", 70),
		references: pick(t, "references", "enable", "", "disable", "enable"), autoAccept: pick(t, "accept", "", "enable"),
	}
	g.tables = []*gatewayTable{{id: g.id + "Default"}}
	if !n.sameAccount {
		g.autoAccept = "enable"
		g.sharedWith = []string{"111111111111", "222222222222"}[:]
		if g.owner == n.consumer {
			g.sharedWith = g.sharedWith[1:]
		} else {
			g.sharedWith = g.sharedWith[:1]
		}
	}
	attached := n.sides()
	if chance(t, "third VPC stays out", 40) {
		attached = attached[:2]
	}
	for i, s := range attached {
		a := &attachment{id: fmt.Sprintf("%sAttachment%d", g.id, i), of: s, references: pick(t, "references", "", "enable", "enable")}
		a.subnets = s.subnets[:2]
		if s != n.other && chance(t, "subnets of its own", 70) {
			a.subnets = s.subnets[len(s.subnets)-3 : len(s.subnets)-1]
		}
		g.attachments = append(g.attachments, a)
	}
	n.gateways = append(n.gateways, g)
	if !g.ownTables {
		for _, a := range g.attachments {
			a.table, a.propagates = g.tables[0], g.tables[:1]
		}
		return g
	}
	count := pick(t, "tables", 2, 1, 3)
	for i := range count {
		g.tables = append(g.tables, &gatewayTable{id: fmt.Sprintf("%sTable%d", g.id, i)})
	}
	for i, a := range g.attachments {
		a.table = g.tables[1+i%count]
	}
	g.reach(t, g.attachments[0], g.attachments[1])
	g.reach(t, g.attachments[1], g.attachments[0])
	if len(attached) > 2 && chance(t, "third VPC reaches", 50) {
		g.reach(t, g.attachments[2], g.attachments[0])
	}
	return g
}

// reach routes packets from one attachment to another: by propagation, or by static routes.
func (g *gateway) reach(t *rapid.T, from, to *attachment) {
	if chance(t, "propagates", 60) {
		if !slices.Contains(to.propagates, from.table) {
			to.propagates = append(to.propagates, from.table)
		}
		return
	}
	for _, block := range to.of.blocks() {
		from.table.add(&gatewayRoute{block, to})
	}
}

// add adds a route, unless there is one for its block: AWS refuses a second.
func (table *routeTable) add(r *vpcRoute) {
	if !slices.ContainsFunc(table.routes, func(o *vpcRoute) bool { return o.cidr == r.cidr }) {
		table.routes = append(table.routes, r)
	}
}

func (table *gatewayTable) add(r *gatewayRoute) {
	if !slices.ContainsFunc(table.routes, func(o *gatewayRoute) bool { return o.cidr == r.cidr }) {
		table.routes = append(table.routes, r)
	}
}

// drawTables draws the route tables of a VPC, with routes to subnets of another.
func (s *side) drawTables(t *rapid.T, to []*subnet, block string, target *vpcRoute) {
	count := pick(t, "route tables", 1, 2)
	for i := range count {
		table := &routeTable{id: fmt.Sprintf("%sTable%d", s.name, i)}
		s.tables = append(s.tables, table)
		for _, cidr := range drawDestinations(t, to, block) {
			table.add(&vpcRoute{cidr, target.peering, target.gateway})
		}
		if chance(t, "internet", 40) {
			table.add(&vpcRoute{cidr: "0.0.0.0/0"})
		}
	}
	for i, subnet := range s.subnets {
		subnet.table = s.tables[i%count]
	}
}

// drawDestinations draws blocks that together are of subnets.
func drawDestinations(t *rapid.T, to []*subnet, block string) []string {
	var blocks []string
	switch pick(t, "destinations", "VPC", "VPC", "subnets", "halves", "private", "any") {
	case "VPC":
		return []string{block}
	case "private":
		if strings.HasPrefix(block, "10.") {
			return []string{"10.0.0.0/8"}
		}
		return []string{"100.64.0.0/10"}
	case "any":
		return []string{"0.0.0.0/0"}
	case "halves":
		for _, s := range to {
			blocks = append(blocks, half(s.cidr, "0"), half(s.cidr, "128"))
		}
	default:
		for _, s := range to {
			blocks = append(blocks, s.cidr)
		}
	}
	return blocks
}

// openWay opens the groups of the client and of the ALB, in one of many ways: by groups where the network allows it.
func (n *routedNetwork) openWay(t *rapid.T) {
	j := n.journey(packet{src: addresses(n.client.subnets[0], nil)[0], dst: addresses(n.alb.subnets[0], nil)[0]}, ends{n.client.subnets[0], n.alb.subnets[0]})
	client, alb := n.client, n.alb.location
	if !n.refersBothWays(j) {
		alb.groups = nil
	}
	if !n.refersBothWays(j) && !n.refersInbound(j) {
		client.groups = nil
	}
	if g := pick(t, "group out", n.client.groups...); g.closed {
		g.out = append(g.out, n.consumer.drawRules(t, alb, albBlock(n.provider, alb.subnets), n.port)...)
	}
	g := pick(t, "group in", n.alb.groups...)
	g.in = append(g.in, n.provider.drawRules(t, client, n.consumer.cidr(), n.port)...)
}

// change changes one thing, which may or may not break the path.
func (n *routedNetwork) change(t *rapid.T) {
	changes := []func(*rapid.T){
		n.network.changeRule, n.network.changeRule, n.changeForeign, n.network.changeEntry, n.network.changeSubnetACL, n.changePlace, n.changeRoute, n.changeRoute, n.changeRoute,
		n.changeBlocks, n.changeAPI,
	}
	if len(n.peerings) > 0 {
		changes = append(changes, n.changePeering)
	}
	if len(n.gateways) > 0 {
		changes = append(changes, n.changeGateway, n.changeGateway, n.changeAttachment, n.changeAttachment, n.changeGatewayTable, n.changeGatewayTable)
	}
	pick(t, "change", changes...)(t)
}

// changeForeign adds a rule that names a group of the other VPC, if both the client and the ALB have one.
func (n *routedNetwork) changeForeign(t *rapid.T) {
	if len(n.client.groups) == 0 || len(n.alb.groups) == 0 {
		return
	}
	r := &rule{protocol: "tcp", from: n.port, to: n.port}
	if chance(t, "in", 50) {
		r.peer.group = pick(t, "group", n.client.groups...)
		g := pick(t, "in", n.alb.groups...)
		g.in = replaceOrAdd(t, g.in, r)
		return
	}
	r.peer.group = pick(t, "group", n.alb.groups...)
	g := pick(t, "out", n.client.groups...)
	g.closed, g.out = true, replaceOrAdd(t, g.out, r)
}

func replaceOrAdd(t *rapid.T, list []*rule, r *rule) []*rule {
	if len(list) > 0 && chance(t, "replace", 70) {
		return []*rule{r}
	}
	return append(list, r)
}

// changePlace changes the groups or the subnets of the client or the ALB.
func (n *routedNetwork) changePlace(t *rapid.T) {
	switch pick(t, "place", "client", "ALB", "no groups", "client's zone", "ALB's zone") {
	case "client":
		n.client.groups = some(t, "groups", 2, n.consumer.groups...)
	case "ALB":
		n.alb.groups = some(t, "groups", 2, n.provider.groups...)
	case "no groups":
		n.client.groups = nil
	case "client's zone":
		n.client.subnets = n.consumer.subnets[len(n.consumer.subnets)-1:]
	case "ALB's zone":
		n.alb.subnets = []*subnet{n.alb.subnets[0], n.provider.subnets[len(n.provider.subnets)-1]}
	}
}

// changeRoute drops, changes or adds a route of a VPC, or changes the table of a subnet.
func (n *routedNetwork) changeRoute(t *rapid.T) {
	s := n.anySide(t)
	table := pick(t, "table", s.tables...)
	block := n.consumer.cidr()
	far := n.client.subnets
	if s == n.consumer {
		far, block = n.alb.subnets, albBlock(n.provider, n.alb.subnets)
	}
	specific := []string{far[0].cidr, half(far[0].cidr, "0"), half(far[0].cidr, "128"), far[0].cidr[:len(far[0].cidr)-len("0/24")] + "16/28"}
	switch pick(t, "what", "drop", "target", "block", "more specific", "less specific", "no table", "other table") {
	case "drop":
		if len(table.routes) > 0 {
			i := rapid.IntRange(0, len(table.routes)-1).Draw(t, "route")
			table.routes = append(table.routes[:i:i], table.routes[i+1:]...)
		}
	case "target":
		if len(table.routes) > 0 {
			i := rapid.IntRange(0, len(table.routes)-1).Draw(t, "route")
			table.routes[i] = n.drawTarget(t, s, table.routes[i].cidr)
		}
	case "block":
		if len(table.routes) > 0 {
			i := rapid.IntRange(0, len(table.routes)-1).Draw(t, "route")
			old := table.routes[i]
			table.routes = append(table.routes[:i:i], table.routes[i+1:]...)
			table.add(&vpcRoute{pick(t, "block", append(specific, "10.2.0.0/16", "10.0.0.0/8", block)...), old.peering, old.gateway})
		}
	case "more specific":
		table.add(n.drawTarget(t, s, pick(t, "block", specific...)))
	case "less specific":
		table.add(n.drawTarget(t, s, pick(t, "block", "10.0.0.0/8", "0.0.0.0/0", "10.0.0.0/9")))
	case "no table":
		pick(t, "subnet", s.subnets...).table = nil
	case "other table":
		pick(t, "subnet", s.subnets...).table = table
	}
}

// drawTarget draws a route to anything that a VPC can have routes to.
func (n *routedNetwork) drawTarget(t *rapid.T, s *side, cidr string) *vpcRoute {
	targets := []*vpcRoute{{cidr: cidr}}
	for _, p := range n.peerings {
		if p.requester == s || p.accepter == s {
			targets = append(targets, &vpcRoute{cidr: cidr, peering: p})
		}
	}
	for _, g := range n.gateways {
		if g.attachmentOf(s) != nil {
			targets = append(targets, &vpcRoute{cidr: cidr, gateway: g})
		}
	}
	return pick(t, "target", targets...)
}

func (n *routedNetwork) changePeering(t *rapid.T) {
	p := pick(t, "peering", n.peerings...)
	switch pick(t, "what", "role", "other end") {
	case "role":
		p.role = !p.role
	case "other end":
		if n.other != nil && n.provider.region == "" {
			p.requester, p.accepter = n.consumer, n.other
		}
	}
}

// changeBlocks gives a VPC a block that it had not.
func (n *routedNetwork) changeBlocks(t *rapid.T) {
	switch s := pick(t, "VPC", n.sides()...); s {
	case n.consumer:
		s.secondary = append(s.secondary, pick(t, "block", "10.1.192.0/20", "10.3.0.0/16"))
	case n.provider:
		s.secondary = append(s.secondary, pick(t, "block", "10.0.192.0/20", "10.3.0.0/16"))
	default:
		s.secondary = append(s.secondary, pick(t, "block", "10.0.192.0/20", "10.1.192.0/20"))
	}
}

func (n *routedNetwork) changeGateway(t *rapid.T) {
	g := pick(t, "gateway", n.gateways...)
	switch pick(t, "what", "references", "accept", "share", "references") {
	case "references":
		g.references = pick(t, "references", "enable", "disable", "")
	case "accept":
		g.autoAccept = pick(t, "accept", "", "disable", "enable")
	case "share":
		g.sharedWith = pick(t, "with", nil, []string{"333333333333"})
	}
}

func (n *routedNetwork) changeAttachment(t *rapid.T) {
	g := pick(t, "gateway", n.gateways...)
	i := rapid.IntRange(0, len(g.attachments)-1).Draw(t, "attachment")
	a := g.attachments[i]
	switch pick(t, "what", "zone", "references", "drop", "spare zone", "other subnets") {
	case "zone":
		a.subnets = a.subnets[:1]
	case "references":
		a.references = pick(t, "references", "disable", "enable", "")
	case "drop":
		// Its routes must go too: AWS refuses them without it.
		g.drop(a)
		for _, table := range a.of.tables {
			table.routes = slices.DeleteFunc(table.routes, func(r *vpcRoute) bool { return r.gateway == g })
		}
	case "spare zone":
		if spare := a.of.subnets[len(a.of.subnets)-1]; !slices.Contains(a.subnets, spare) {
			a.subnets = append(slices.Clone(a.subnets), spare)
		}
	case "other subnets":
		a.subnets = a.of.subnets[:2]
	}
}

// drop takes an attachment off a gateway, with the routes to it. One stays.
func (g *gateway) drop(a *attachment) {
	if len(g.attachments) < 2 {
		return
	}
	g.attachments = slices.DeleteFunc(slices.Clone(g.attachments), func(other *attachment) bool { return other == a })
	for _, table := range g.tables {
		table.routes = slices.DeleteFunc(table.routes, func(r *gatewayRoute) bool { return r.to == a })
	}
}

// changeGatewayTable changes what the tables of a gateway have: associations, propagations and static routes.
func (n *routedNetwork) changeGatewayTable(t *rapid.T) {
	g := pick(t, "gateway", n.gateways...)
	if !g.ownTables {
		return
	}
	a := pick(t, "attachment", g.attachments...)
	table := pick(t, "table", g.tables[1:]...)
	switch pick(t, "what", "association", "no association", "no propagation", "propagation", "blackhole", "static", "no static", "specific") {
	case "association":
		a.table = table
	case "no association":
		a.table = nil
	case "no propagation":
		a.propagates = nil
	case "propagation":
		if !slices.Contains(a.propagates, table) {
			a.propagates = append(slices.Clone(a.propagates), table)
		}
	case "blackhole":
		table.add(&gatewayRoute{cidr: pick(t, "block", n.provider.cidr(), n.consumer.cidr(), n.alb.subnets[0].cidr, "10.0.0.0/8")})
	case "static":
		table.add(&gatewayRoute{pick(t, "block", "0.0.0.0/0", "10.0.0.0/8", a.of.cidr()), a})
	case "specific":
		table.add(&gatewayRoute{pick(t, "block", n.alb.subnets[0].cidr, half(n.client.subnets[0].cidr, "0"), n.client.subnets[0].cidr), a})
	case "no static":
		table.routes = nil
	}
}

// changeAPI changes the name, the ALB or a service.
func (n *routedNetwork) changeAPI(t *rapid.T) {
	switch pick(t, "what", "zone", "record", "port", "certificate", "rules", "rules", "container") {
	case "zone":
		n.zoneOf = "other"
	case "record":
		n.record = "absent"
	case "port":
		n.alb.port = pick(t, "port", 443, 8443, 444)
	case "certificate":
		n.alb.certificate = pick(t, "certificate", "*.example.com", "api.other.example.com")
	case "rules":
		n.network.changeListenerRules(t)
	case "container":
		pick(t, "service", n.services...).containerPort = pick(t, "container", 80, 8080)
	}
}
