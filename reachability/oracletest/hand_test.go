package oracletest

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// byHand is a network that a person can follow: the client in 10.0.0.0/24, the endpoint in 10.0.2.0/24 and
// 10.0.3.0/24, the NLB in 10.1.0.0/24 and 10.1.1.0/24, the ALB in .2 and .3, the tasks in .4 and .5.
func byHand() *network {
	newSide := func(name, prefix string, groups ...string) *side {
		s := &side{name: name, prefix: prefix, groups: []*group{{id: name + "Default", isDefault: true}}}
		for i, zone := range []string{"a", "b", "a", "b", "a", "b"} {
			s.subnets = append(s.subnets, &subnet{
				id: name + string(rune('0'+i)), cidr: prefix + "." + string(rune('0'+i)) + ".0/24", zone: "eu-west-1" + zone,
			})
		}
		for _, id := range groups {
			s.groups = append(s.groups, &group{id: id, closed: true})
		}
		return s
	}
	c, p := newSide("Consumer", "10.0", "ClientGroup", "EndpointGroup"), newSide("Provider", "10.1", "NlbGroup", "AlbGroup", "TaskGroup")
	at := func(s *side, group int, subnets ...*subnet) location {
		return location{s.groups[group : group+1], subnets}
	}
	n := &network{
		consumer: c, provider: p, clientKind: "AWS::ECS::Service", zoneOf: "consumer", record: "endpoint", allowed: "root",
		domain: "api.pricing.example.com", path: "/v1/quote", port: 443, nlbPort: 443, enforcement: "off",
		client: at(c, 1, c.subnets[0]), endpoint: at(c, 2, c.subnets[2:4]...), nlb: at(p, 1, p.subnets[:2]...),
		services: []*service{{location: at(p, 3, p.subnets[4:]...), port: 8080, containerPort: 8080}},
		alb: &alb{
			location: at(p, 2, p.subnets[2:4]...), port: 8443, targetPort: 8443, certificate: "api.pricing.example.com",
			healthPath: "/", healthCodes: "200",
			fallback: action{kind: "forward", targets: []weight{{0, 1}}},
		},
	}
	join := func(from, to *group, port int) {
		from.out = []*rule{{protocol: "tcp", from: port, to: port, peer: peer{group: to}}}
		to.in = []*rule{{protocol: "tcp", from: port, to: port, peer: peer{group: from}}}
	}
	join(c.groups[1], c.groups[2], 443)
	join(p.groups[1], p.groups[2], 8443)
	join(p.groups[2], p.groups[3], 8080)
	return n
}

// give gives a subnet an ACL of its own.
func (s *side) give(subnet int, entries ...*aclEntry) *acl {
	a := &acl{id: s.subnets[subnet].id + "Own", entries: entries}
	s.acls, s.subnets[subnet].acl = append(s.acls, a), a
	return a
}

func from(cidr string, port int) *rule {
	return &rule{protocol: "tcp", from: port, to: port, peer: peer{cidr: cidr}}
}

// The model is checked too, against networks that a person has worked out.
func TestPacketModelByHand(t *testing.T) {
	out443 := &aclEntry{100, true, 6, "0.0.0.0/0", 443, 443, "allow", false}
	back := &aclEntry{100, false, 6, "10.0.0.0/16", 1024, 65535, "allow", false}
	cases := map[string]struct {
		edit func(n *network)
		want string
	}{
		"as it is":             {func(*network) {}, "delivered"},
		"egress to a port off": {func(n *network) { n.consumer.groups[1].out[0].from, n.consumer.groups[1].out[0].to = 444, 500 }, "dropped at client egress"},
		"egress of UDP":        {func(n *network) { n.consumer.groups[1].out[0].protocol = "udp" }, "dropped at client egress"},
		"egress of everything": {func(n *network) { n.consumer.groups[1].closed, n.consumer.groups[1].out = false, nil }, "delivered"},
		"no egress":            {func(n *network) { n.consumer.groups[1].out = nil }, "dropped at client egress"},
		"IPv6 only":            {func(n *network) { n.consumer.groups[2].in[0].peer = peer{cidr: "::/0"} }, "dropped at endpoint ingress"},
		"all protocols ignore ports": {func(n *network) {
			n.consumer.groups[2].in[0] = &rule{protocol: "-1", from: 1, to: 2, peer: peer{cidr: "0.0.0.0/0"}}
		}, "delivered"},
		"a group of nobody":  {func(n *network) { n.consumer.groups[2].in[0].peer.group = n.consumer.groups[0] }, "dropped at endpoint ingress"},
		"half of the subnet": {func(n *network) { n.consumer.groups[2].in = []*rule{from("10.0.0.0/25", 443)} }, "decided at run time at endpoint ingress"},
		"both halves": {func(n *network) {
			n.consumer.groups[2].in = []*rule{from("10.0.0.0/25", 443), from("10.0.0.128/25", 443)}
		}, "delivered"},
		"endpoint in the default group": {func(n *network) { n.endpoint.groups = nil }, "dropped at client egress"},
		"endpoint alone in the default group": {func(n *network) {
			n.endpoint.groups, n.consumer.groups[1].out[0].peer = nil, peer{cidr: "10.0.0.0/8"}
		}, "dropped at endpoint ingress"},
		"both in the default group": {func(n *network) { n.endpoint.groups, n.client.groups = nil, nil }, "delivered"},
		"zone of nobody":            {func(n *network) { n.endpoint.subnets[0].zone = "eu-west-1c" }, "dropped at endpoint zones"},
		"zone of the profile":       {func(n *network) { n.zoneOf, n.profileOf = "profile", "consumer" }, "delivered"},
		"profile of another VPC":    {func(n *network) { n.zoneOf, n.profileOf = "profile", "other" }, "dropped at hosted zone"},
		"zone of the VPC before the profile's": {func(n *network) {
			n.zoneOf, n.profileOf, n.zones = "profile", "consumer", []namedZone{{n.domain, "vpc"}}
		}, "dropped at record"},
		"zone of the profile behind the VPC's": {func(n *network) {
			n.profileOf, n.zones = "consumer", []namedZone{{n.domain, "profile"}}
		}, "delivered"},
		"longer zone of the profile": {func(n *network) {
			n.zoneName, n.profileOf, n.zones = "pricing.example.com", "consumer", []namedZone{{n.domain, "profile"}}
		}, "dropped at record"},
		"shorter zone of the VPC": {func(n *network) {
			n.zoneOf, n.profileOf, n.zones = "profile", "consumer", []namedZone{{"pricing.example.com", "vpc"}}
		}, "delivered"},
		"another account":   {func(n *network) { n.allowed = "other" }, "dropped at allowed principal"},
		"the same account":  {func(n *network) { n.allowed, n.sameAccount = "other", true }, "delivered"},
		"enforced, no rule": {func(n *network) { n.enforcement = "" }, "dropped at NLB ingress"},
		"enforced, the client's group": {func(n *network) {
			n.enforcement, n.sameAccount = "on", true
			n.provider.groups[1].in = []*rule{{protocol: "tcp", from: 443, to: 443, peer: peer{group: n.consumer.groups[1]}}}
		}, "dropped at NLB ingress"},
		"enforced, the client's block": {func(n *network) {
			n.enforcement = "on"
			n.provider.groups[1].in = []*rule{from("10.0.0.0/24", 443)}
		}, "delivered"},
		"NLB without groups": {func(n *network) { n.nlb.groups = nil }, "dropped at ALB ingress"},
		"NLB without groups, its blocks": {func(n *network) {
			n.nlb.groups = nil
			n.provider.groups[2].in = []*rule{from("10.1.0.0/24", 8443), from("10.1.1.0/24", 8443)}
		}, "delivered"},
		"one block of two": {func(n *network) { n.provider.groups[2].in = []*rule{from("10.1.0.0/24", 8443)} }, "dropped at ALB ingress"},
		"one block of two, endpoint there": {func(n *network) {
			n.endpoint.subnets = n.endpoint.subnets[:1]
			n.provider.groups[2].in = []*rule{from("10.1.0.0/24", 8443)}
		}, "delivered as long as it stays in its zone at ALB ingress"},
		"ACL that lets it pass": {func(n *network) { n.consumer.give(0, out443, back) }, "delivered"},
		"ACL without entries":   {func(n *network) { n.consumer.give(0) }, "dropped at client network ACL"},
		"ACL that lets few answers pass": {func(n *network) {
			n.consumer.give(0, out443, &aclEntry{100, false, 6, "10.0.0.0/16", 32768, 60999, "allow", false})
		}, "dropped at client network ACL"},
		"ACL that denies one answer": {func(n *network) {
			n.consumer.give(0, out443, back, &aclEntry{50, false, 6, "0.0.0.0/0", 8080, 8080, "deny", false})
		}, "dropped at client network ACL"},
		"ACL that denies too late": {func(n *network) {
			n.consumer.give(0, out443, back, &aclEntry{200, false, 6, "0.0.0.0/0", 8080, 8080, "deny", false})
		}, "delivered"},
		"ACL that lets UDP pass": {func(n *network) {
			n.consumer.give(0, &aclEntry{100, true, 17, "0.0.0.0/0", 443, 443, "allow", false}, back)
		}, "dropped at client network ACL"},
		"ACL within a subnet": {func(n *network) {
			n.endpoint.subnets = n.endpoint.subnets[:1]
			n.client.subnets = n.endpoint.subnets
			n.consumer.give(2)
		}, "delivered"},
		"ACL that lets no request in": {func(n *network) {
			n.consumer.give(2, &aclEntry{9, true, -1, "10.0.0.0/24", 0, 0, "allow", false}, back)
		}, "dropped at client network ACL"},
		"ACL of a task, from the ALB in its zone": {func(n *network) {
			n.provider.give(4, &aclEntry{9, true, -1, "10.1.2.0/24", 0, 0, "allow", false}, &aclEntry{9, false, -1, "10.1.2.0/24", 0, 0, "allow", false})
		}, "dropped at target network ACL"},
		"ACL of one task subnet": {func(n *network) { n.provider.give(5, out443) }, "dropped at target network ACL"},
		"ACL between zones": {func(n *network) {
			n.provider.give(0, &aclEntry{1, true, -1, "10.1.2.0/24", 0, 0, "allow", false}, &aclEntry{1, false, -1, "10.1.2.0/24", 0, 0, "allow", false})
		}, "delivered as long as it stays in its zone at NLB network ACL"},
		"ACL between zones that are crossed": {func(n *network) {
			n.crossZone = true
			n.provider.give(0, &aclEntry{1, true, -1, "10.1.2.0/24", 0, 0, "allow", false}, &aclEntry{1, false, -1, "10.1.2.0/24", 0, 0, "allow", false})
		}, "dropped at NLB network ACL"},
		"entry of the default ACL": {func(n *network) {
			n.consumer.defaultACL().add(&aclEntry{1, true, 6, "0.0.0.0/0", 443, 443, "deny", false})
		}, "dropped at client network ACL"},
		"entry of the default ACL, too late": {func(n *network) {
			n.consumer.defaultACL().add(&aclEntry{101, true, 6, "0.0.0.0/0", 443, 443, "deny", false})
		}, "delivered"},
		"no such container port": {func(n *network) { n.services[0].containerPort = 80 }, "dropped at target"},
		"tasks in one zone": {func(n *network) {
			n.services[0].subnets = n.services[0].subnets[:1]
		}, "delivered"},
		"tasks in one zone, the ALB stays in each": {func(n *network) {
			n.services[0].subnets, n.services[0].crossZone = n.services[0].subnets[:1], "false"
		}, "decided at run time at target health check"},
		"tasks only in another zone than the endpoint": {func(n *network) {
			n.endpoint.subnets = n.endpoint.subnets[1:]
			n.services[0].subnets, n.services[0].crossZone = n.services[0].subnets[:1], "false"
		}, "dropped at target health check"},
		"the ALB only in another zone than the endpoint": {func(n *network) {
			n.endpoint.subnets, n.alb.subnets = n.endpoint.subnets[1:], n.alb.subnets[:1]
		}, "dropped at NLB health check"},
		"the ALB in one of two zones": {func(n *network) { n.alb.subnets = n.alb.subnets[:1] }, "decided at run time at NLB health check"},
		"the ALB in one of two zones, the endpoint there": {func(n *network) {
			n.endpoint.subnets, n.alb.subnets = n.endpoint.subnets[:1], n.alb.subnets[:1]
		}, "delivered"},
		"the ALB in one of two zones that are crossed": {func(n *network) {
			n.alb.subnets, n.crossZone = n.alb.subnets[:1], true
		}, "delivered"},
		"HTTP/2":               {func(n *network) { n.services[0].version = "HTTP2" }, "decided at run time at target group"},
		"HTTP/2 off":           {func(n *network) { n.services[0].version, n.alb.http2 = "GRPC", "false" }, "dropped at target group"},
		"HTTP/1.1":             {func(n *network) { n.services[0].version, n.alb.http2 = "HTTP1", "false" }, "delivered"},
		"tasks behind the NLB": {func(n *network) { n.alb = nil }, "dropped at load balancer egress"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			n := byHand()
			c.edit(n)
			checkByHand(t, n, c.want)
		})
	}
}

// checkByHand compares the packet model with what a person worked out, and then the proof with the packet model.
func checkByHand(t *testing.T, n *network, want string) {
	t.Helper()
	v := n.judge()
	if v.String() != want {
		t.Errorf("%s, want %s", v, want)
	}
	if got := proveByHand(t, n, nil); v.contradicts(got) != "" {
		t.Errorf("%s\n%s", v.contradicts(got), got)
	}
}

func proveByHand(t *testing.T, n *network, hole any) reachability.Answer {
	t.Helper()
	m, err := load(t.TempDir(), n, style{}, hole)
	if err != nil {
		t.Fatal(err)
	}
	return m.Prove(question(n, style{})).Answers[0]
}

// The same for the rules of a listener, which are tried in order of their priority.
func TestPacketModelRoutesByHand(t *testing.T) {
	fixed := func(priority int, path, host string) *listenerRule {
		r := &listenerRule{priority: priority, paths: []string{path}, action: action{kind: "fixed-response", status: "404"}}
		if host != "" {
			r.hosts = []string{host}
		}
		return r
	}
	forward := fixed(10, "/v1/*", "")
	forward.action = action{kind: "forward", targets: []weight{{0, 1}}}
	const dropped, delivered = "dropped at ALB rule", "delivered"
	for name, c := range map[string]struct {
		rule *listenerRule
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
			n := byHand()
			n.alb.rules = []*listenerRule{forward, c.rule}
			checkByHand(t, n, c.want)
		})
	}
}

// A target group with weight 0 gets no requests. With any other weight, its requests must arrive.
func TestPacketModelWeighsByHand(t *testing.T) {
	for share, want := range map[int]string{0: "delivered", 1: "dropped at target"} {
		n := byHand()
		broken := *n.services[0]
		broken.containerPort = 1
		n.services = append(n.services, &broken)
		n.alb.fallback.targets = []weight{{0, 1}, {1, share}}
		checkByHand(t, n, want)
	}
}

// Each style of writing a template is read.
func TestProofReadsEachStyle(t *testing.T) {
	for name, style := range map[string]style{
		"layers": {Layers: true}, "split": {Split: true}, "renamed": {Rename: true}, "shuffled": {Shuffle: true, Seed: 1},
		"adorned": {Adorn: true}, "with a stranger": {Stranger: true}, "with spare listeners": {Spare: true},
		"verbose": {Verbose: true}, "by Ref": {ByRef: true}, "in another form": {OtherWay: true}, "grouped records": {Grouped: true},
		"indirect": {Indirect: true, Seed: 1},
	} {
		t.Run(name, func(t *testing.T) {
			n := byHand()
			m, err := load(t.TempDir(), n, style, nil)
			if err != nil {
				t.Fatal(err)
			}
			m.Prove(question(n, style)).RequireReachable(t)
		})
	}
}
