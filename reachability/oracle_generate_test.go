package reachability_test

import (
	"fmt"

	"pgregory.net/rapid"
)

// simNetworks draws networks that work, and then breaks or changes up to four things in them.
func simNetworks() *rapid.Generator[*simNetwork] {
	return rapid.Custom(func(t *rapid.T) *simNetwork {
		n := simWorking(t)
		for range simPick(t, "changes", 0, 4, 4, 3, 4, 2, 4, 1) {
			n.change(t)
		}
		return n
	})
}

func simPick[T any](t *rapid.T, label string, from ...T) T {
	return rapid.SampledFrom(from).Draw(t, label)
}

// simChance is true in about that share of cases. It shrinks to false.
func simChance(t *rapid.T, label string, percent int) bool {
	return 10*rapid.IntRange(0, 9).Draw(t, label) >= 100-percent
}

// simSome draws one to most of a list, without repetition.
func simSome[T any](t *rapid.T, label string, most int, from ...T) []T {
	list := rapid.Permutation(from).Draw(t, label)
	return list[:rapid.IntRange(1, min(most, len(list))).Draw(t, label+" count")]
}

// simWorking draws a network in which the request arrives.
func simWorking(t *rapid.T) *simNetwork {
	n := &simNetwork{
		sameAccount: simChance(t, "same account", 50),
		clientKind:  simPick(t, "kind", "AWS::ECS::Service", "AWS::Lambda::Function", "AWS::EC2::Instance"),
		allowed:     simPick(t, "allowed", "root", "*"),
		domain:      "api.pricing.example.com",
		path:        simPick(t, "path", "/v1/quote", "/v1/quote/42", "/V1/Quote", "/"),
		zoneOf:      "consumer", record: "endpoint",
		port:      simPick(t, "port", 443, 8443),
		crossZone: simChance(t, "cross zone", 50),
	}
	n.nlbPort = n.port
	n.consumer = simDrawSide(t, "Consumer", "10.0", "App", "End")
	n.provider = simDrawSide(t, "Provider", simPick(t, "prefix", "10.1", "10.0"), "Net", "Alb", "Task")
	n.placeConsumer(t)
	n.placeProvider(t)
	n.openLegs(t)
	for _, side := range []*simSide{n.consumer, n.provider} {
		side.drawACLs(t, n.ports())
		side.drawNoise(t)
	}
	if n.alb != nil {
		n.drawRules(t)
	}
	return n
}

// ports are all ports on which something listens.
func (n *simNetwork) ports() []int {
	ports := []int{n.port}
	if n.alb != nil {
		ports = append(ports, n.alb.port)
	}
	for _, s := range n.services {
		ports = append(ports, s.port)
	}
	return ports
}

// simDrawSide draws a VPC with two subnets for each tier, one more in a third zone, and security groups.
func simDrawSide(t *rapid.T, name, prefix string, tiers ...string) *simSide {
	s := &simSide{name: name, prefix: prefix}
	for i, tier := range tiers {
		for j, zone := range []string{"a", "b"} {
			s.subnets = append(s.subnets, &simSubnet{
				id: name + tier + zone, cidr: fmt.Sprintf("%s.%d.0/24", prefix, 2*i+j), zone: "eu-west-1" + zone,
			})
		}
	}
	s.subnets = append(s.subnets, &simSubnet{id: name + "Sparec", cidr: prefix + ".20.0/24", zone: "eu-west-1c"})
	s.groups = []*simGroup{{id: name + "Default", isDefault: true}}
	for i := range 5 {
		s.groups = append(s.groups, &simGroup{id: fmt.Sprintf("%sGroup%d", name, i), closed: simChance(t, "closed", 60)})
	}
	return s
}

// tier are the subnets of a tier: all, or one.
func (s *simSide) tier(t *rapid.T, tier int) []*simSubnet {
	both := s.subnets[2*tier : 2*tier+2]
	return simPick(t, "subnets", both, both, both, both[:1], both[1:])
}

func (n *simNetwork) placeConsumer(t *rapid.T) {
	c := n.consumer
	n.endpoint = simPlace{simSome(t, "endpoint groups", 2, c.groups[1:4]...), c.tier(t, 1)}
	n.client = simPlace{simSome(t, "client groups", 3, c.groups[1:]...), c.tier(t, simPick(t, "client tier", 0, 0, 0, 1))}
	if n.clientKind == "AWS::EC2::Instance" {
		n.client.subnets = n.client.subnets[:1]
	}
	if simChance(t, "client in default group", 20) {
		n.client.groups = append(n.client.groups, c.defaultGroup())
	}
	if simChance(t, "extra client", 30) {
		n.extras = append(n.extras, simExtra{simPlace{simSome(t, "extra groups", 2, c.groups...), c.subnets[:1]}})
	}
}

func (n *simNetwork) placeProvider(t *rapid.T) {
	p := n.provider
	n.nlb.subnets = p.subnets[:2]
	if simChance(t, "NLB has groups", 80) {
		n.nlb.groups = simSome(t, "NLB groups", 2, p.groups[1:4]...)
		n.enforcement = simPick(t, "enforcement", "off", "off", "on", "")
	}
	services := 1
	if simChance(t, "ALB", 90) {
		tier := simPick(t, "ALB tier", 0, 1)
		n.alb = &simALB{
			simPlace:    simPlace{simSome(t, "ALB groups", 2, p.groups[1:]...), p.subnets[2*tier : 2*tier+2]},
			port:        simPick(t, "ALB port", 443, 8443, 9443),
			certificate: simPick(t, "certificate", n.domain, "*.pricing.example.com"),
			healthPath:  "/health",
			healthCodes: simPick(t, "codes", "200", "200-399", "200,204"),
		}
		n.alb.targetPort = n.alb.port
		services = simPick(t, "services", 1, 2, 2)
	}
	for range services {
		port := simPick(t, "service port", 80, 8080, 3000)
		n.services = append(n.services, &simService{
			simPlace{simSome(t, "service groups", 2, p.groups[1:]...), p.tier(t, simPick(t, "service tier", 1, 2, 2))}, port, port,
		})
	}
}

// openLegs opens each leg in one of the many ways in which it can be.
func (n *simNetwork) openLegs(t *rapid.T) {
	n.consumer.open(t, n.client, n.endpoint, n.port)
	if len(n.nlb.groups) > 0 && n.enforcement != "off" {
		n.provider.letIn(t, simPlace{subnets: n.client.subnets}, n.nlb, n.consumer.cidr(), n.port)
	}
	from := n.nlb
	if n.alb != nil {
		n.provider.open(t, n.nlb, n.alb.simPlace, n.alb.port)
		from = n.alb.simPlace
	}
	for _, s := range n.services {
		n.provider.open(t, from, s.simPlace, s.port)
	}
}

func (s *simSide) open(t *rapid.T, from, to simPlace, port int) {
	if len(from.groups) > 0 {
		if g := simPick(t, "group out", from.groups...); g.closed {
			g.out = append(g.out, s.drawRules(t, to, s.cidr(), port)...)
		}
	}
	s.letIn(t, from, to, s.cidr(), port)
}

func (s *simSide) letIn(t *rapid.T, from, to simPlace, vpc string, port int) {
	g := simPick(t, "group in", to.groups...)
	g.in = append(g.in, s.drawRules(t, from, vpc, port)...)
}

// drawRules are rules that together name a place, on a port.
func (s *simSide) drawRules(t *rapid.T, peer simPlace, vpc string, port int) []*simRule {
	var rules []*simRule
	for _, p := range s.drawPeers(t, peer, vpc) {
		r := &simRule{protocol: simPick(t, "protocol", "tcp", "tcp", "tcp", "6", "-1"), peer: p, separate: simChance(t, "separate", 40)}
		spread := simPick(t, "spread", 0, 0, 0, 1, 10, 65535)
		r.from, r.to = max(port-spread, 0), min(port+spread, 65535)
		rules = append(rules, r)
	}
	return rules
}

// drawPeers are peers that together are a place.
func (s *simSide) drawPeers(t *rapid.T, place simPlace, vpc string) []simPeer {
	way := simPick(t, "way", "group", "group", "group", "any", "vpc", "subnets", "halves", "list", "list")
	if way == "group" && len(place.groups) == 0 {
		way = "subnets"
	}
	var cidrs []string
	switch way {
	case "group":
		return []simPeer{{group: simPick(t, "peer", place.groups...)}}
	case "any":
		return []simPeer{{cidr: "0.0.0.0/0"}}
	case "vpc":
		return []simPeer{{cidr: vpc}}
	case "halves":
		for _, subnet := range place.subnets {
			cidrs = append(cidrs, simHalf(subnet.cidr, "0"), simHalf(subnet.cidr, "128"))
		}
	default:
		for _, subnet := range place.subnets {
			cidrs = append(cidrs, subnet.cidr)
		}
	}
	if way == "list" {
		if simChance(t, "list of the VPC", 30) {
			cidrs = []string{vpc}
		}
		return []simPeer{{list: s.newList(cidrs)}}
	}
	var peers []simPeer
	for _, cidr := range cidrs {
		peers = append(peers, simPeer{cidr: cidr})
	}
	return peers
}

func (s *simSide) newList(cidrs []string) *simList {
	l := &simList{id: fmt.Sprintf("%sList%d", s.name, len(s.lists)), cidrs: cidrs}
	s.lists = append(s.lists, l)
	return l
}

// simHalf is a half of a /24 that begins with that number.
func simHalf(cidr, start string) string { return cidr[:len(cidr)-len("0/24")] + start + "/25" }

// drawNoise adds rules that let in what nobody asks for, and out where only rules count.
func (s *simSide) drawNoise(t *rapid.T) {
	for range simPick(t, "noise", 0, 1, 2, 3) {
		g := simPick(t, "noisy", s.groups[1:]...)
		if r := s.drawRule(t); simChance(t, "noise out", 40) && g.closed {
			g.out = append(g.out, r)
		} else {
			g.in = append(g.in, r)
		}
	}
}

// drawRule is any rule.
func (s *simSide) drawRule(t *rapid.T) *simRule {
	r := &simRule{
		protocol: simPick(t, "protocol", "tcp", "tcp", "udp", "17", "icmp", "icmpv6", "-1"),
		separate: simChance(t, "separate", 40),
	}
	r.from = simPick(t, "from", 443, 0, 22, 80, 442, 444, 1024, 3000, 8080, 8443, 9443)
	r.to = max(r.from, simPick(t, "to", 0, 443, 1023, 8443, 65535))
	r.peer = s.drawPeer(t)
	return r
}

// drawPeer is anyone whom a rule may name.
func (s *simSide) drawPeer(t *rapid.T) simPeer {
	if simChance(t, "group", 40) {
		return simPeer{group: simPick(t, "peer", s.groups...)}
	}
	if len(s.lists) > 0 && simChance(t, "list", 20) {
		return simPeer{list: simPick(t, "list", s.lists...)}
	}
	return simPeer{cidr: simPick(t, "cidr", append([]string{"::/0", "fd00::/8"}, s.someCidrs(t)...)...)}
}

// someCidrs are address blocks in and around the VPC.
func (s *simSide) someCidrs(t *rapid.T) []string {
	subnet := simPick(t, "subnet", s.subnets...).cidr
	return []string{
		s.cidr(), "0.0.0.0/0", "10.0.0.0/8", "10.9.0.0/16", s.prefix + ".0.0/23", subnet, simHalf(subnet, "0"), simHalf(subnet, "128"),
		subnet[:len(subnet)-len("0/24")] + "10/32",
	}
}
