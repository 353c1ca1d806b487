package reachability_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// simByHand is a network that a person can follow: the client in 10.0.0.0/24, the endpoint in 10.0.2.0/24 and
// 10.0.3.0/24, the NLB in 10.1.0.0/24 and 10.1.1.0/24, the ALB in .2 and .3, the tasks in .4 and .5.
func simByHand() *simNetwork {
	side := func(name, prefix string, groups ...string) *simSide {
		s := &simSide{name: name, prefix: prefix, groups: []*simGroup{{id: name + "Default", isDefault: true}}}
		for i, zone := range []string{"a", "b", "a", "b", "a", "b"} {
			s.subnets = append(s.subnets, &simSubnet{
				id: name + string(rune('0'+i)), cidr: prefix + "." + string(rune('0'+i)) + ".0/24", zone: "eu-west-1" + zone,
			})
		}
		for _, id := range groups {
			s.groups = append(s.groups, &simGroup{id: id, closed: true})
		}
		return s
	}
	c, p := side("Consumer", "10.0", "ClientGroup", "EndpointGroup"), side("Provider", "10.1", "NlbGroup", "AlbGroup", "TaskGroup")
	place := func(s *simSide, group int, subnets ...*simSubnet) simPlace {
		return simPlace{s.groups[group : group+1], subnets}
	}
	n := &simNetwork{
		consumer: c, provider: p, clientKind: "AWS::ECS::Service", zoneOf: "consumer", record: "endpoint", allowed: "root",
		domain: "api.pricing.example.com", path: "/v1/quote", port: 443, nlbPort: 443, enforcement: "off",
		client: place(c, 1, c.subnets[0]), endpoint: place(c, 2, c.subnets[2:4]...), nlb: place(p, 1, p.subnets[:2]...),
		services: []*simService{{place(p, 3, p.subnets[4:]...), 8080, 8080}},
		alb: &simALB{
			simPlace: place(p, 2, p.subnets[2:4]...), port: 8443, targetPort: 8443, certificate: "api.pricing.example.com",
			healthPath: "/", healthCodes: "200",
			fallback: simAction{kind: "forward", targets: []simWeight{{0, 1}}},
		},
	}
	join := func(from, to *simGroup, port int) {
		from.out = []*simRule{{protocol: "tcp", from: port, to: port, peer: simPeer{group: to}}}
		to.in = []*simRule{{protocol: "tcp", from: port, to: port, peer: simPeer{group: from}}}
	}
	join(c.groups[1], c.groups[2], 443)
	join(p.groups[1], p.groups[2], 8443)
	join(p.groups[2], p.groups[3], 8080)
	return n
}

// give gives a subnet an ACL.
func (s *simSide) give(subnet int, entries ...*simEntry) *simACL {
	a := &simACL{id: s.subnets[subnet].id + "Own", entries: entries}
	s.acls, s.subnets[subnet].acl = append(s.acls, a), a
	return a
}

func simFrom(cidr string, port int) *simRule {
	return &simRule{protocol: "tcp", from: port, to: port, peer: simPeer{cidr: cidr}}
}

// A model that judges others is judged itself: networks that a person has worked out.
func TestPacketModelByHand(t *testing.T) {
	out443 := &simEntry{100, true, 6, "0.0.0.0/0", 443, 443, "allow", false}
	back := &simEntry{100, false, 6, "10.0.0.0/16", 1024, 65535, "allow", false}
	cases := map[string]struct {
		edit func(n *simNetwork)
		want string
	}{
		"as it is":             {func(*simNetwork) {}, "delivered"},
		"egress to a port off": {func(n *simNetwork) { n.consumer.groups[1].out[0].from, n.consumer.groups[1].out[0].to = 444, 500 }, "dropped at client egress"},
		"egress of UDP":        {func(n *simNetwork) { n.consumer.groups[1].out[0].protocol = "udp" }, "dropped at client egress"},
		"egress of everything": {func(n *simNetwork) { n.consumer.groups[1].closed, n.consumer.groups[1].out = false, nil }, "delivered"},
		"no egress":            {func(n *simNetwork) { n.consumer.groups[1].out = nil }, "dropped at client egress"},
		"IPv6 only":            {func(n *simNetwork) { n.consumer.groups[2].in[0].peer = simPeer{cidr: "::/0"} }, "dropped at endpoint ingress"},
		"all protocols ignore ports": {func(n *simNetwork) {
			n.consumer.groups[2].in[0] = &simRule{protocol: "-1", from: 1, to: 2, peer: simPeer{cidr: "0.0.0.0/0"}}
		}, "delivered"},
		"a group of nobody":  {func(n *simNetwork) { n.consumer.groups[2].in[0].peer.group = n.consumer.groups[0] }, "dropped at endpoint ingress"},
		"half of the subnet": {func(n *simNetwork) { n.consumer.groups[2].in = []*simRule{simFrom("10.0.0.0/25", 443)} }, "decided by addresses at endpoint ingress"},
		"both halves": {func(n *simNetwork) {
			n.consumer.groups[2].in = []*simRule{simFrom("10.0.0.0/25", 443), simFrom("10.0.0.128/25", 443)}
		}, "delivered"},
		"endpoint in the default group": {func(n *simNetwork) { n.endpoint.groups = nil }, "dropped at client egress"},
		"endpoint alone in the default group": {func(n *simNetwork) {
			n.endpoint.groups, n.consumer.groups[1].out[0].peer = nil, simPeer{cidr: "10.0.0.0/8"}
		}, "dropped at endpoint ingress"},
		"both in the default group": {func(n *simNetwork) { n.endpoint.groups, n.client.groups = nil, nil }, "delivered"},
		"zone of nobody":            {func(n *simNetwork) { n.endpoint.subnets[0].zone = "eu-west-1c" }, "dropped at endpoint zones"},
		"another account":           {func(n *simNetwork) { n.allowed = "other" }, "dropped at allowed principal"},
		"the same account":          {func(n *simNetwork) { n.allowed, n.sameAccount = "other", true }, "delivered"},
		"enforced, no rule":         {func(n *simNetwork) { n.enforcement = "" }, "dropped at NLB ingress"},
		"enforced, the client's group": {func(n *simNetwork) {
			n.enforcement, n.sameAccount = "on", true
			n.provider.groups[1].in = []*simRule{{protocol: "tcp", from: 443, to: 443, peer: simPeer{group: n.consumer.groups[1]}}}
		}, "dropped at NLB ingress"},
		"enforced, the client's block": {func(n *simNetwork) {
			n.enforcement = "on"
			n.provider.groups[1].in = []*simRule{simFrom("10.0.0.0/24", 443)}
		}, "delivered"},
		"NLB without groups": {func(n *simNetwork) { n.nlb.groups = nil }, "dropped at ALB ingress"},
		"NLB without groups, its blocks": {func(n *simNetwork) {
			n.nlb.groups = nil
			n.provider.groups[2].in = []*simRule{simFrom("10.1.0.0/24", 8443), simFrom("10.1.1.0/24", 8443)}
		}, "delivered"},
		"one block of two": {func(n *simNetwork) { n.provider.groups[2].in = []*simRule{simFrom("10.1.0.0/24", 8443)} }, "dropped at ALB ingress"},
		"one block of two, endpoint there": {func(n *simNetwork) {
			n.endpoint.subnets = n.endpoint.subnets[:1]
			n.provider.groups[2].in = []*simRule{simFrom("10.1.0.0/24", 8443)}
		}, "delivered as long as it stays in its zone at ALB ingress"},
		"ACL that lets it pass": {func(n *simNetwork) { n.consumer.give(0, out443, back) }, "delivered"},
		"ACL without entries":   {func(n *simNetwork) { n.consumer.give(0) }, "dropped at client network ACL"},
		"ACL that lets few answers pass": {func(n *simNetwork) {
			n.consumer.give(0, out443, &simEntry{100, false, 6, "10.0.0.0/16", 32768, 60999, "allow", false})
		}, "dropped at client network ACL"},
		"ACL that denies one answer": {func(n *simNetwork) {
			n.consumer.give(0, out443, back, &simEntry{50, false, 6, "0.0.0.0/0", 8080, 8080, "deny", false})
		}, "dropped at client network ACL"},
		"ACL that denies too late": {func(n *simNetwork) {
			n.consumer.give(0, out443, back, &simEntry{200, false, 6, "0.0.0.0/0", 8080, 8080, "deny", false})
		}, "delivered"},
		"ACL that lets UDP pass": {func(n *simNetwork) {
			n.consumer.give(0, &simEntry{100, true, 17, "0.0.0.0/0", 443, 443, "allow", false}, back)
		}, "dropped at client network ACL"},
		"ACL within a subnet": {func(n *simNetwork) {
			n.endpoint.subnets = n.endpoint.subnets[:1]
			n.client.subnets = n.endpoint.subnets
			n.consumer.give(2)
		}, "delivered"},
		"ACL that lets no request in": {func(n *simNetwork) {
			n.consumer.give(2, &simEntry{9, true, -1, "10.0.0.0/24", 0, 0, "allow", false}, back)
		}, "dropped at client network ACL"},
		"ACL of a task, from the ALB in its zone": {func(n *simNetwork) {
			n.provider.give(4, &simEntry{9, true, -1, "10.1.2.0/24", 0, 0, "allow", false}, &simEntry{9, false, -1, "10.1.2.0/24", 0, 0, "allow", false})
		}, "dropped at target network ACL"},
		"ACL of one task subnet": {func(n *simNetwork) { n.provider.give(5, out443) }, "dropped at target network ACL"},
		"ACL between zones": {func(n *simNetwork) {
			n.provider.give(0, &simEntry{1, true, -1, "10.1.2.0/24", 0, 0, "allow", false}, &simEntry{1, false, -1, "10.1.2.0/24", 0, 0, "allow", false})
		}, "delivered as long as it stays in its zone at NLB network ACL"},
		"ACL between zones that are crossed": {func(n *simNetwork) {
			n.crossZone = true
			n.provider.give(0, &simEntry{1, true, -1, "10.1.2.0/24", 0, 0, "allow", false}, &simEntry{1, false, -1, "10.1.2.0/24", 0, 0, "allow", false})
		}, "dropped at NLB network ACL"},
		"entry of the default ACL": {func(n *simNetwork) {
			n.consumer.defaultACL().add(&simEntry{1, true, 6, "0.0.0.0/0", 443, 443, "deny", false})
		}, "dropped at client network ACL"},
		"entry of the default ACL, too late": {func(n *simNetwork) {
			n.consumer.defaultACL().add(&simEntry{101, true, 6, "0.0.0.0/0", 443, 443, "deny", false})
		}, "delivered"},
		"no such container port": {func(n *simNetwork) { n.services[0].containerPort = 80 }, "dropped at target"},
		"tasks behind the NLB":   {func(n *simNetwork) { n.alb = nil }, "dropped at load balancer egress"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			n := simByHand()
			c.edit(n)
			checkByHand(t, n, c.want)
		})
	}
}

// checkByHand asks the packet model, and then the proof.
func checkByHand(t *testing.T, n *simNetwork, want string) {
	t.Helper()
	v := n.judge()
	if v.String() != want {
		t.Errorf("%s, want %s", v, want)
	}
	if got := proveByHand(t, n, nil); v.contradicts(got) != "" {
		t.Errorf("%s\n%s", v.contradicts(got), got)
	}
}

func proveByHand(t *testing.T, n *simNetwork, hole any) reachability.Answer {
	t.Helper()
	m, err := simLoad(t.TempDir(), n, simStyle{}, hole)
	if err != nil {
		t.Fatal(err)
	}
	return m.Prove(simQuestion(n, simStyle{})).Answers[0]
}

// The same for the rules of a listener, which are tried in order of their priority.
func TestPacketModelRoutesByHand(t *testing.T) {
	fixed := func(priority int, path, host string) *simListenerRule {
		r := &simListenerRule{priority: priority, paths: []string{path}, action: simAction{kind: "fixed-response", status: "404"}}
		if host != "" {
			r.hosts = []string{host}
		}
		return r
	}
	forward := fixed(10, "/v1/*", "")
	forward.action = simAction{kind: "forward", targets: []simWeight{{0, 1}}}
	const dropped, delivered = "dropped at ALB rule", "delivered"
	for name, c := range map[string]struct {
		rule *simListenerRule
		want string
	}{
		"another path":          {fixed(1, "/v2/*", ""), delivered},
		"the path":              {fixed(1, "/v1/*", ""), dropped},
		"too late":              {fixed(20, "/v1/*", ""), delivered},
		"capitals in the path":  {fixed(1, "/V1/*", ""), delivered},
		"one character":         {fixed(1, "/v?/quote", ""), dropped},
		"one character more":    {fixed(1, "/v1/quote?", ""), delivered},
		"any text is no text":   {fixed(1, "/v1/quote*", ""), dropped},
		"prefix":                {fixed(1, "/v1", ""), delivered},
		"capitals in the host":  {fixed(1, "*", "API.*.Example.com"), dropped},
		"another host":          {fixed(1, "*", "*.orders.example.com"), delivered},
		"path, but not host":    {fixed(1, "/v1/quote", "www.pricing.example.com"), delivered},
		"health check with it":  {fixed(1, "/*", ""), "dropped at NLB health check"},
		"one dot is every text": {fixed(1, "*", "*.com"), dropped},
	} {
		t.Run(name, func(t *testing.T) {
			n := simByHand()
			n.alb.rules = []*simListenerRule{forward, c.rule}
			checkByHand(t, n, c.want)
		})
	}
}

// A weight of none is no share of the requests; any other share must arrive.
func TestPacketModelWeighsByHand(t *testing.T) {
	for weight, want := range map[int]string{0: "delivered", 1: "dropped at target"} {
		n := simByHand()
		broken := *n.services[0]
		broken.containerPort = 1
		n.services = append(n.services, &broken)
		n.alb.fallback.targets = []simWeight{{0, 1}, {1, weight}}
		checkByHand(t, n, want)
	}
}

// Each way to write the same is read.
func TestProofReadsEachStyle(t *testing.T) {
	for name, style := range map[string]simStyle{
		"layers": {Layers: true}, "split": {Split: true}, "renamed": {Rename: true}, "shuffled": {Shuffle: true, Seed: 1},
		"adorned": {Adorn: true}, "with a stranger": {Stranger: true}, "with spare listeners": {Spare: true},
		"verbose": {Verbose: true}, "by Ref": {ByRef: true}, "in another form": {OtherWay: true}, "grouped records": {Grouped: true},
		"indirect": {Indirect: true, Seed: 1},
	} {
		t.Run(name, func(t *testing.T) {
			n := simByHand()
			m, err := simLoad(t.TempDir(), n, style, nil)
			if err != nil {
				t.Fatal(err)
			}
			m.Prove(simQuestion(n, style)).RequireReachable(t)
		})
	}
}
