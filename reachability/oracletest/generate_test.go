package oracletest

import (
	"fmt"

	"pgregory.net/rapid"
)

// networks draws networks that work, and then breaks or changes up to four things in them.
func networks() *rapid.Generator[*network] {
	return rapid.Custom(func(t *rapid.T) *network {
		n := working(t)
		for range pick(t, "changes", 0, 4, 4, 3, 4, 2, 4, 1) {
			n.change(t)
		}
		return n
	})
}

func pick[T any](t *rapid.T, label string, from ...T) T {
	return rapid.SampledFrom(from).Draw(t, label)
}

// chance is true in about that percentage of cases. It shrinks to false.
func chance(t *rapid.T, label string, percent int) bool {
	return 10*rapid.IntRange(0, 9).Draw(t, label) >= 100-percent
}

// some draws one to most of a list, without repetition.
func some[T any](t *rapid.T, label string, most int, from ...T) []T {
	list := rapid.Permutation(from).Draw(t, label)
	return list[:rapid.IntRange(1, min(most, len(list))).Draw(t, label+" count")]
}

// working draws a network in which the request arrives.
func working(t *rapid.T) *network {
	n := &network{
		sameAccount: chance(t, "same account", 50),
		clientKind:  pick(t, "kind", "AWS::ECS::Service", "AWS::Lambda::Function", "AWS::EC2::Instance"),
		allowed:     pick(t, "allowed", "root", "*"),
		domain:      "api.pricing.example.com",
		path:        pick(t, "path", "/v1/quote", "/v1/quote/42", "/V1/Quote", "/"),
		zoneOf:      "consumer", record: "endpoint",
		port:      pick(t, "port", 443, 8443),
		crossZone: chance(t, "cross zone", 50),
	}
	n.nlbPort = n.port
	n.consumer = drawSide(t, "Consumer", "10.0", "App", "End")
	n.provider = drawSide(t, "Provider", pick(t, "prefix", "10.1", "10.0"), "Net", "Alb", "Task")
	n.placeConsumer(t)
	n.placeProvider(t)
	n.openSegments(t)
	if chance(t, "names", 50) {
		n.drawNames(t)
		if i, ok := n.answering(); !ok || i >= 0 {
			n.zoneOf, n.zones = "consumer", nil
		}
	}
	for _, side := range []*side{n.consumer, n.provider} {
		side.drawACLs(t, n.ports())
		side.drawNoise(t)
	}
	if n.alb != nil {
		n.drawRules(t)
	}
	return n
}

// ports are all ports on which something listens.
func (n *network) ports() []int {
	ports := []int{n.port}
	if n.alb != nil {
		ports = append(ports, n.alb.port)
	}
	for _, s := range n.services {
		ports = append(ports, s.port)
	}
	return ports
}

// drawSide draws a VPC with two subnets for each tier, one more in a third zone, and security groups.
func drawSide(t *rapid.T, name, prefix string, tiers ...string) *side {
	s := &side{name: name, prefix: prefix}
	for i, tier := range tiers {
		for j, zone := range []string{"a", "b"} {
			s.subnets = append(s.subnets, &subnet{
				id: name + tier + zone, cidr: fmt.Sprintf("%s.%d.0/24", prefix, 2*i+j), zone: "eu-west-1" + zone,
			})
		}
	}
	s.subnets = append(s.subnets, &subnet{id: name + "Sparec", cidr: prefix + ".20.0/24", zone: "eu-west-1c"})
	s.groups = []*group{{id: name + "Default", isDefault: true}}
	for i := range 5 {
		s.groups = append(s.groups, &group{id: fmt.Sprintf("%sGroup%d", name, i), closed: chance(t, "closed", 60)})
	}
	return s
}

// tier are the subnets of a tier: all, or one.
func (s *side) tier(t *rapid.T, tier int) []*subnet {
	both := s.subnets[2*tier : 2*tier+2]
	return pick(t, "subnets", both, both, both, both[:1], both[1:])
}

func (n *network) placeConsumer(t *rapid.T) {
	c := n.consumer
	n.endpoint = location{some(t, "endpoint groups", 2, c.groups[1:4]...), c.tier(t, 1)}
	n.client = location{some(t, "client groups", 3, c.groups[1:]...), c.tier(t, pick(t, "client tier", 0, 0, 0, 1))}
	if n.clientKind == "AWS::EC2::Instance" {
		n.client.subnets = n.client.subnets[:1]
	}
	if chance(t, "client in default group", 20) {
		n.client.groups = append(n.client.groups, c.defaultGroup())
	}
	if chance(t, "extra client", 30) {
		n.extras = append(n.extras, extra{location{some(t, "extra groups", 2, c.groups...), c.subnets[:1]}})
	}
}

func (n *network) placeProvider(t *rapid.T) {
	p := n.provider
	n.nlb.subnets = p.subnets[:2]
	if chance(t, "NLB has groups", 80) {
		n.nlb.groups = some(t, "NLB groups", 2, p.groups[1:4]...)
		n.enforcement = pick(t, "enforcement", "off", "off", "on", "")
	}
	services := 1
	if chance(t, "ALB", 90) {
		tier := pick(t, "ALB tier", 0, 1)
		n.alb = &alb{
			location:    location{some(t, "ALB groups", 2, p.groups[1:]...), p.subnets[2*tier : 2*tier+2]},
			port:        pick(t, "ALB port", 443, 8443, 9443),
			certificate: pick(t, "certificate", n.domain, "*.pricing.example.com"),
			healthPath:  "/health",
			healthCodes: pick(t, "codes", "200", "200-399", "200,204"),
		}
		n.alb.targetPort = n.alb.port
		services = pick(t, "services", 1, 2, 2)
	}
	for range services {
		port := pick(t, "service port", 80, 8080, 3000)
		n.services = append(n.services, &service{
			location: location{some(t, "service groups", 2, p.groups[1:]...), p.tier(t, pick(t, "service tier", 1, 2, 2))},
			port:     port, containerPort: port,
		})
	}
	if n.alb == nil && n.enteredZones().served(n.services[0].location) != delivered {
		n.crossZone = true
	}
}

// openSegments opens each segment, in one of many ways.
func (n *network) openSegments(t *rapid.T) {
	n.consumer.open(t, n.client, n.endpoint, n.port)
	if len(n.nlb.groups) > 0 && n.enforcement != "off" {
		n.provider.letIn(t, location{subnets: n.client.subnets}, n.nlb, n.consumer.cidr(), n.port)
	}
	from := n.nlb
	if n.alb != nil {
		n.provider.open(t, n.nlb, n.alb.location, n.alb.port)
		from = n.alb.location
	}
	for _, s := range n.services {
		n.provider.open(t, from, s.location, s.port)
	}
}

func (s *side) open(t *rapid.T, from, to location, port int) {
	if len(from.groups) > 0 {
		if g := pick(t, "group out", from.groups...); g.closed {
			g.out = append(g.out, s.drawRules(t, to, s.cidr(), port)...)
		}
	}
	s.letIn(t, from, to, s.cidr(), port)
}

func (s *side) letIn(t *rapid.T, from, to location, vpc string, port int) {
	g := pick(t, "group in", to.groups...)
	g.in = append(g.in, s.drawRules(t, from, vpc, port)...)
}

// drawRules draws rules that together allow a location, on a port.
func (s *side) drawRules(t *rapid.T, peer location, vpc string, port int) []*rule {
	var rules []*rule
	for _, p := range s.drawPeers(t, peer, vpc) {
		r := &rule{protocol: pick(t, "protocol", "tcp", "tcp", "tcp", "6", "-1"), peer: p, separate: chance(t, "separate", 40)}
		spread := pick(t, "spread", 0, 0, 0, 1, 10, 65535)
		r.from, r.to = max(port-spread, 0), min(port+spread, 65535)
		rules = append(rules, r)
	}
	return rules
}

// drawPeers draws peers that together are a location.
func (s *side) drawPeers(t *rapid.T, at location, vpc string) []peer {
	way := pick(t, "way", "group", "group", "group", "any", "vpc", "subnets", "halves", "list", "list")
	if way == "group" && len(at.groups) == 0 {
		way = "subnets"
	}
	var cidrs []string
	switch way {
	case "group":
		return []peer{{group: pick(t, "peer", at.groups...)}}
	case "any":
		return []peer{{cidr: "0.0.0.0/0"}}
	case "vpc":
		return []peer{{cidr: vpc}}
	case "halves":
		for _, subnet := range at.subnets {
			cidrs = append(cidrs, half(subnet.cidr, "0"), half(subnet.cidr, "128"))
		}
	default:
		for _, subnet := range at.subnets {
			cidrs = append(cidrs, subnet.cidr)
		}
	}
	if way == "list" {
		if chance(t, "list of the VPC", 30) {
			cidrs = []string{vpc}
		}
		return []peer{{list: s.newList(cidrs)}}
	}
	var peers []peer
	for _, cidr := range cidrs {
		peers = append(peers, peer{cidr: cidr})
	}
	return peers
}

func (s *side) newList(cidrs []string) *list {
	l := &list{id: fmt.Sprintf("%sList%d", s.name, len(s.lists)), cidrs: cidrs}
	s.lists = append(s.lists, l)
	return l
}

// half is half of a /24: the half that starts at that number.
func half(cidr, start string) string { return cidr[:len(cidr)-len("0/24")] + start + "/25" }

// drawNoise adds ingress rules that no request needs, and egress rules to groups that have some.
func (s *side) drawNoise(t *rapid.T) {
	for range pick(t, "noise", 0, 1, 2, 3) {
		g := pick(t, "noisy", s.groups[1:]...)
		if r := s.drawRule(t); chance(t, "noise out", 40) && g.closed {
			g.out = append(g.out, r)
		} else {
			g.in = append(g.in, r)
		}
	}
}

// drawRule draws any rule.
func (s *side) drawRule(t *rapid.T) *rule {
	r := &rule{
		protocol: pick(t, "protocol", "tcp", "tcp", "udp", "17", "icmp", "icmpv6", "-1"),
		separate: chance(t, "separate", 40),
	}
	r.from = pick(t, "from", 443, 0, 22, 80, 442, 444, 1024, 3000, 8080, 8443, 9443)
	r.to = max(r.from, pick(t, "to", 0, 443, 1023, 8443, 65535))
	r.peer = s.drawPeer(t)
	return r
}

// drawPeer draws any peer that a rule may name.
func (s *side) drawPeer(t *rapid.T) peer {
	if chance(t, "group", 40) {
		return peer{group: pick(t, "peer", s.groups...)}
	}
	if len(s.lists) > 0 && chance(t, "list", 20) {
		return peer{list: pick(t, "list", s.lists...)}
	}
	return peer{cidr: pick(t, "cidr", append([]string{"::/0", "fd00::/8"}, s.someCidrs(t)...)...)}
}

// someCidrs are address blocks in and around the VPC.
func (s *side) someCidrs(t *rapid.T) []string {
	subnet := pick(t, "subnet", s.subnets...).cidr
	return []string{
		s.cidr(), "0.0.0.0/0", "10.0.0.0/8", "10.9.0.0/16", s.prefix + ".0.0/23", subnet, half(subnet, "0"), half(subnet, "128"),
		subnet[:len(subnet)-len("0/24")] + "10/32",
	}
}
