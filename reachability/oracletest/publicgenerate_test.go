package oracletest

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"
)

// publicNetworks draws networks over the internet that work, and then breaks or changes up to four things in them.
func publicNetworks() *rapid.Generator[*publicNetwork] {
	return rapid.Custom(func(t *rapid.T) *publicNetwork {
		n := workingPublic(t)
		for range pick(t, "changes", 0, 2, 2, 3, 1, 4, 3, 1) {
			n.change(t)
		}
		return n
	})
}

// workingPublic draws a network in which the request arrives, and its answer.
func workingPublic(t *rapid.T) *publicNetwork {
	n := &publicNetwork{routedNetwork: &routedNetwork{network: &network{
		sameAccount: chance(t, "same account", 30),
		clientKind:  pick(t, "kind", "AWS::ECS::Service", "AWS::Lambda::Function", "AWS::EC2::Instance"),
		domain:      "api.pricing.example.com", path: pick(t, "path", "/v1/quote", "/v1/quote/42", "/"),
		record: "ALB", port: pick(t, "port", 443, 443, 8443),
	}}}
	n.zone, n.scheme = pick(t, "zone", "public", "public", "private"), pick(t, "scheme", "internet-facing", "internet-facing", "")
	n.consumer = drawSide(t, "Consumer", "10.0", "App", "Nat")
	n.provider = drawSide(t, "Provider", "10.1", "Alb", "Task")
	n.placeClient(t)
	n.drawAPI(t)
	n.drawEdges(t)
	n.openInternet(t)
	if chance(t, "web ACL", 40) {
		n.drawFilter(t)
	}
	for _, side := range n.sides() {
		side.drawLatticeACLs(t)
		side.drawNoise(t)
	}
	return n
}

// drawEdges draws how both VPCs meet the internet.
func (n *publicNetwork) drawEdges(t *rapid.T) {
	n.out = n.drawOut(t)
	in := &edge{of: n.provider, gateway: "attached", tableOf: map[*subnet]*internetTable{}}
	public := &internetTable{id: "ProviderPublic", routes: drawDefault(t, nil)}
	in.tables = []*internetTable{public}
	for _, s := range n.alb.subnets {
		in.tableOf[s] = public
	}
	n.in = in
	if chance(t, "block", 20) {
		mode := pick(t, "mode", "block-bidirectional", "block-ingress")
		n.in.block = mode
		if n.sameAccount {
			n.out.block = mode
			n.out.exclusions = append(n.out.exclusions, &exclusion{mode: "allow-bidirectional"})
		}
		n.in.exclusions = append(n.in.exclusions, &exclusion{mode: "allow-bidirectional"})
	} else if !n.sameAccount && chance(t, "block out", 20) {
		n.out.block = pick(t, "mode", "block-bidirectional", "block-ingress")
		if n.out.block == "block-bidirectional" || len(n.out.nats) == 0 {
			n.out.exclusions = append(n.out.exclusions, &exclusion{mode: "allow-bidirectional"})
		}
	}
}

// drawOut draws the client's way out: through NAT gateways, or by a public address of its own.
func (n *publicNetwork) drawOut(t *rapid.T) *edge {
	e := &edge{of: n.consumer, gateway: "attached", tableOf: map[*subnet]*internetTable{}}
	public := &internetTable{id: "ConsumerPublic", routes: drawDefault(t, nil)}
	e.tables = []*internetTable{public}
	if n.clientKind != "AWS::Lambda::Function" && chance(t, "straight", 30) {
		n.publicIP = true
		if n.clientKind == "AWS::EC2::Instance" && chance(t, "Elastic IP", 50) {
			n.address, n.publicIP = drawAddress(t, "ClientEip"), false
		}
		for _, s := range n.consumer.subnets {
			e.tableOf[s] = public
		}
		return e
	}
	count := pick(t, "NAT gateways", 1, 2)
	for i := range count {
		g := &nat{id: fmt.Sprintf("Nat%d", i), subnet: n.consumer.subnets[2+i]}
		for j := range pick(t, "addresses", 1, 1, 1, 2) {
			g.addresses = append(g.addresses, drawAddress(t, fmt.Sprintf("Nat%dEip%d", i, j)))
		}
		e.nats = append(e.nats, g)
		e.tableOf[g.subnet] = public
		e.tables = append(e.tables, &internetTable{id: fmt.Sprintf("ConsumerPrivate%d", i), routes: drawDefault(t, g)})
	}
	for i, s := range n.client.subnets {
		e.tableOf[s] = e.tables[1+i%count]
	}
	return e
}

// drawAddress draws an Elastic IP address that AWS picks, or one that the template asks for.
func drawAddress(t *rapid.T, id string) *elasticIP {
	a := &elasticIP{id: id}
	if chance(t, "known address", 20) {
		a.addr = pick(t, "address", "198.51.100.7", "203.0.113.20", "54.72.10.9")
	}
	return a
}

// drawDefault draws routes that together are for every address.
func drawDefault(t *rapid.T, to *nat) []*internetRoute {
	if chance(t, "halves", 10) {
		return []*internetRoute{{"0.0.0.0/1", to}, {"128.0.0.0/1", to}}
	}
	return []*internetRoute{{"0.0.0.0/0", to}}
}

// sources are the addresses from which the client's packets come; nothing is known of them if AWS picks one for the client itself.
func (n *publicNetwork) sources() []*elasticIP {
	if n.address != nil {
		return []*elasticIP{n.address}
	}
	var list []*elasticIP
	for _, g := range n.out.nats {
		list = append(list, g.addresses...)
	}
	return list
}

// openInternet opens the groups of the client and of the ALB.
func (n *publicNetwork) openInternet(t *rapid.T) {
	if g := pick(t, "group out", n.client.groups...); g.closed {
		for _, cidr := range pick(t, "blocks out", []string{"0.0.0.0/0"}, []string{"0.0.0.0/0"}, []string{"0.0.0.0/1", "128.0.0.0/1"}) {
			g.out = append(g.out, n.openRule(t, peer{cidr: cidr}))
		}
	}
	g := pick(t, "group in", n.alb.groups...)
	for _, p := range n.allowList(t) {
		g.in = append(g.in, n.openRule(t, p))
	}
}

func (n *publicNetwork) openRule(t *rapid.T, p peer) *rule {
	spread := pick(t, "spread", 0, 0, 0, 1, 65535)
	return &rule{
		protocol: pick(t, "protocol", "tcp", "tcp", "6", "-1"), from: max(n.port-spread, 0), to: min(n.port+spread, 65535), peer: p, separate: chance(t, "separate", 40),
	}
}

// allowList are the blocks of an allow-list with all addresses of the client.
func (n *publicNetwork) allowList(t *rapid.T) []peer {
	sources := n.sources()
	if len(sources) == 0 || chance(t, "everybody", 20) {
		return []peer{{cidr: "0.0.0.0/0"}}
	}
	var list []peer
	for _, a := range sources {
		p := peer{address: a}
		switch {
		case a.addr != "" && chance(t, "by address", 60):
			p = peer{cidr: a.addr + "/32"}
		case a.addr == "198.51.100.7" && chance(t, "by block", 50):
			p = peer{cidr: "198.51.100.0/24"}
		}
		list = append(list, p)
	}
	return list
}

// drawFilter draws a web ACL that lets the client pass.
func (n *publicNetwork) drawFilter(t *rapid.T) {
	sets := []*ipSet{{id: "Allowed", blocks: n.allowList(t)}}
	n.filter = &webACL{}
	if sets[0].blocks[0].cidr == "0.0.0.0/0" { // no set has it
		n.filter.allows = true
		return
	}
	switch pick(t, "filter", "allow-list", "allow-list", "block others", "deny-list", "count") {
	case "allow-list":
		n.filter.rules = []*webRule{{action: "Allow", sets: sets}}
	case "block others":
		n.filter.allows, n.filter.rules = true, []*webRule{{action: "Block", not: true, sets: sets}}
	case "deny-list":
		n.filter.allows, n.filter.rules = true, []*webRule{{action: "Block", sets: []*ipSet{{id: "Denied", blocks: []peer{{cidr: "192.0.2.0/24"}}}}}}
		if slices.ContainsFunc(n.sources(), func(a *elasticIP) bool { return a.addr == "" }) || len(n.sources()) == 0 {
			n.filter.rules = nil
		}
	case "count":
		n.filter.allows, n.filter.rules = true, []*webRule{{action: "Count", not: true, sets: sets}}
	}
}

// change changes one thing, which may or may not break the path.
func (n *publicNetwork) change(t *rapid.T) {
	pick(t, "change",
		n.network.changeRule, n.changePeer, n.changePeer, n.network.changeEntry, n.network.changeSubnetACL, n.changePlace, n.changeRoute, n.changeRoute,
		n.changeNat, n.changeNat, n.changeGateway, n.changeBlock, n.changeName, n.changeAddress, n.changeAPI, n.changeFilter,
	)(t)
}

// publicBlocks are blocks that a rule, a set or a route may name.
var publicBlocks = []string{
	"0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "54.0.0.0/8", "54.72.10.9/32", "198.51.100.0/24", "198.51.100.7/32", "203.0.113.0/24", "192.0.2.0/24", "10.0.0.0/16",
	"10.0.0.0/8", "10.1.0.0/16",
}

func (n *publicNetwork) drawBlock(t *rapid.T) peer {
	if sources := n.sources(); len(sources) > 0 && chance(t, "address", 40) {
		return peer{address: pick(t, "address", sources...)}
	}
	return peer{cidr: pick(t, "block", publicBlocks...)}
}

// changePeer changes whom a rule of the client or of the ALB names, or adds one.
func (n *publicNetwork) changePeer(t *rapid.T) {
	if chance(t, "in", 70) {
		g := pick(t, "group", n.provider.placed(n.alb.location).groups...)
		if len(g.in) > 0 && chance(t, "replace", 80) {
			pick(t, "rule", g.in...).peer = n.drawBlock(t)
		} else {
			g.in = append(g.in, n.openRule(t, n.drawBlock(t)))
		}
		return
	}
	g := pick(t, "group", n.consumer.placed(n.client).groups...)
	if len(g.out) > 0 && chance(t, "replace", 80) {
		pick(t, "rule", g.out...).peer = peer{cidr: pick(t, "block", publicBlocks...)}
	} else if !g.isDefault {
		g.closed, g.out = true, append(g.out, n.openRule(t, peer{cidr: pick(t, "block", publicBlocks...)}))
	}
}

// changePlace changes the groups or the subnets of the client or the ALB.
func (n *publicNetwork) changePlace(t *rapid.T) {
	switch pick(t, "place", "client", "ALB", "no groups", "client's zone", "client's tier", "ALB's zone") {
	case "client":
		n.client.groups = some(t, "groups", 2, n.consumer.groups...)
	case "ALB":
		n.alb.groups = some(t, "groups", 2, n.provider.groups...)
	case "no groups":
		n.client.groups = nil
	case "client's zone":
		n.client.subnets = n.consumer.subnets[len(n.consumer.subnets)-1:]
	case "client's tier":
		n.client.subnets = n.consumer.subnets[2:3]
	case "ALB's zone":
		n.alb.subnets = []*subnet{n.alb.subnets[0], n.provider.subnets[len(n.provider.subnets)-1]}
	}
}

// changeRoute drops, changes or adds a route, or changes the table of a subnet.
func (n *publicNetwork) changeRoute(t *rapid.T) {
	e := pick(t, "edge", n.out, n.in)
	table := pick(t, "table", e.tables...)
	target := func() *nat {
		if len(e.nats) > 0 && chance(t, "NAT", 60) {
			return pick(t, "NAT", e.nats...)
		}
		return nil
	}
	switch pick(t, "what", "drop", "target", "block", "more specific", "no table", "other table") {
	case "drop":
		if len(table.routes) > 0 {
			i := rapid.IntRange(0, len(table.routes)-1).Draw(t, "route")
			table.routes = append(table.routes[:i:i], table.routes[i+1:]...)
		}
	case "target":
		if len(table.routes) > 0 {
			pick(t, "route", table.routes...).nat = target()
		}
	case "block":
		if len(table.routes) > 0 {
			table.replace(pick(t, "route", table.routes...), pick(t, "block", publicBlocks...))
		}
	case "more specific":
		if block := pick(t, "block", "54.0.0.0/8", "198.51.100.0/24", "128.0.0.0/1", "10.9.0.0/16"); table.isFree(block) {
			table.routes = append(table.routes, &internetRoute{block, target()})
		}
	case "no table":
		delete(e.tableOf, pick(t, "subnet", e.of.subnets...))
	case "other table":
		e.tableOf[pick(t, "subnet", e.of.subnets...)] = table
	}
}

// isFree reports whether a table has no route for a block yet: AWS refuses a second.
func (table *internetTable) isFree(block string) bool {
	return !slices.ContainsFunc(table.routes, func(r *internetRoute) bool { return r.cidr == block })
}

func (table *internetTable) replace(r *internetRoute, block string) {
	if table.isFree(block) && block[:3] != "10." {
		r.cidr = block
	}
}

func (n *publicNetwork) changeNat(t *rapid.T) {
	if len(n.out.nats) == 0 {
		return
	}
	g := pick(t, "NAT", n.out.nats...)
	switch pick(t, "what", "private", "subnet", "another address", "address", "one address") {
	case "private":
		g.private, g.addresses = true, nil
	case "subnet":
		g.subnet = pick(t, "subnet", n.consumer.subnets...)
	case "another address":
		if !g.private && len(g.addresses) < 3 {
			g.addresses = append(g.addresses, drawAddress(t, fmt.Sprintf("%sMore%d", g.id, len(g.addresses))))
		}
	case "address":
		if len(g.addresses) > 0 {
			pick(t, "which", g.addresses...).addr = pick(t, "address", "", "192.0.2.1", "198.51.100.9")
		}
	case "one address":
		g.addresses = g.addresses[:min(1, len(g.addresses))]
	}
}

func (n *publicNetwork) changeGateway(t *rapid.T) {
	pick(t, "edge", n.out, n.in).gateway = pick(t, "gateway", "detached", "imported", "attached")
}

// changeBlock changes VPC Block Public Access, or what is excluded.
func (n *publicNetwork) changeBlock(t *rapid.T) {
	e := pick(t, "edge", n.out, n.in)
	if chance(t, "mode", 50) {
		e.block = pick(t, "mode", "block-bidirectional", "block-ingress", "")
		if n.sameAccount {
			n.out.block, n.in.block = e.block, e.block
		}
		return
	}
	e.exclusions = nil
	for range pick(t, "exclusions", 1, 0, 2) {
		x := &exclusion{mode: pick(t, "exclusion", "allow-bidirectional", "allow-bidirectional", "allow-egress")}
		if chance(t, "subnet", 60) {
			x.subnet = pick(t, "excluded", e.of.subnets...)
		}
		if !slices.ContainsFunc(e.exclusions, func(o *exclusion) bool { return o.subnet == x.subnet }) {
			e.exclusions = append(e.exclusions, x)
		}
	}
}

func (n *publicNetwork) changeName(t *rapid.T) {
	switch pick(t, "what", "zone", "record", "scheme", "hidden", "other") {
	case "zone":
		n.zone = pick(t, "zone", "public", "private")
	case "record":
		n.record = "absent"
	case "scheme":
		n.scheme = "internal"
	case "hidden":
		n.zone, n.record = "private", "hidden"
	case "other":
		n.zone = "other"
	}
}

// changeAddress changes the public address of the client.
func (n *publicNetwork) changeAddress(t *rapid.T) {
	switch {
	case n.address != nil:
		n.address.addr = pick(t, "address", "", "198.51.100.7", "192.0.2.1")
	case n.clientKind != "AWS::Lambda::Function":
		n.publicIP = !n.publicIP
	}
}

// changeAPI changes the ALB or a service.
func (n *publicNetwork) changeAPI(t *rapid.T) {
	switch pick(t, "what", "port", "certificate", "rules", "rules", "container") {
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

// changeFilter changes a rule of the web ACL, or its default action.
func (n *publicNetwork) changeFilter(t *rapid.T) {
	if n.filter == nil {
		n.drawFilter(t)
		return
	}
	if len(n.filter.rules) == 0 || chance(t, "default", 20) {
		n.filter.allows = !n.filter.allows
		return
	}
	r := pick(t, "rule", n.filter.rules...)
	switch pick(t, "what", "action", "not", "block", "drop", "add", "another set") {
	case "action":
		r.action = pick(t, "action", "Block", "Allow", "Count")
	case "not":
		r.not = !r.not
	case "block":
		s := pick(t, "set", r.sets...)
		s.blocks = []peer{n.setBlock(t)}
	case "drop":
		n.filter.rules = n.filter.rules[:len(n.filter.rules)-1]
	case "add":
		r := &webRule{action: pick(t, "action", "Block", "Allow"), not: chance(t, "not", 30), sets: []*ipSet{n.newSet(t)}}
		n.filter.rules = append([]*webRule{r}, n.filter.rules...)
	case "another set":
		r.sets = append(r.sets, n.newSet(t))
	}
}

// newSet draws a set that no rule has.
func (n *publicNetwork) newSet(t *rapid.T) *ipSet {
	n.filter.sets++
	return &ipSet{id: fmt.Sprintf("Set%d", n.filter.sets), blocks: []peer{n.setBlock(t)}}
}

// setBlock draws a block of a set, which takes no /0.
func (n *publicNetwork) setBlock(t *rapid.T) peer {
	p := n.drawBlock(t)
	if p.cidr == "0.0.0.0/0" {
		p.cidr = "0.0.0.0/1"
	}
	return p
}
