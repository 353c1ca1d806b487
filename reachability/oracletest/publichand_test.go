package oracletest

import "testing"

// publicByHand is a network that a person can follow: the client in 10.0.0.0/24 leaves through a NAT gateway in 10.0.2.0/24, whose address the
// ALB in 10.1.2.0/24 and 10.1.3.0/24 lets in by name.
func publicByHand() *publicNetwork {
	n := &publicNetwork{routedNetwork: routedByHand(), zone: "public", scheme: "internet-facing"}
	address := &elasticIP{id: "Nat0Eip"}
	gateway := &nat{id: "Nat0", subnet: n.consumer.subnets[2], addresses: []*elasticIP{address}}
	newEdge := func(s *side, tables ...*internetTable) *edge {
		s.tables = nil
		for _, subnet := range s.subnets {
			subnet.table = nil
		}
		return &edge{of: s, gateway: "attached", tables: tables, tableOf: map[*subnet]*internetTable{}}
	}
	private := &internetTable{"ConsumerPrivate", []*internetRoute{{"0.0.0.0/0", gateway}}}
	public := &internetTable{"ConsumerPublic", []*internetRoute{{"0.0.0.0/0", nil}}}
	n.out = newEdge(n.consumer, private, public)
	n.out.nats = []*nat{gateway}
	n.out.tableOf[n.consumer.subnets[0]], n.out.tableOf[n.consumer.subnets[2]] = private, public
	outside := &internetTable{"ProviderPublic", []*internetRoute{{"0.0.0.0/0", nil}}}
	n.in = newEdge(n.provider, outside)
	for _, s := range n.alb.subnets {
		n.in.tableOf[s] = outside
	}
	n.consumer.groups[1].out = []*rule{from("0.0.0.0/0", 443)}
	n.provider.groups[2].in = []*rule{{protocol: "tcp", from: 443, to: 443, peer: peer{address: address}}}
	return n
}

func (n *publicNetwork) nat() *nat               { return n.out.nats[0] }
func (n *publicNetwork) private() *internetTable { return n.out.tables[0] }
func (n *publicNetwork) inbound() *rule          { return n.provider.groups[2].in[0] }

// straight lets the client leave by the internet gateway.
func (n *publicNetwork) straight() { n.private().routes[0].nat = nil }

// listed gives the ALB a web ACL with rules.
func (n *publicNetwork) listed(allows bool, rules ...*webRule) {
	n.filter = &webACL{allows: allows, rules: rules}
}

func setOf(blocks ...peer) []*ipSet { return []*ipSet{{id: "Set", blocks: blocks}} }

// The model of the internet is checked too, against networks that a person has worked out from the user guides of AWS.
func TestPacketModelOfTheInternetByHand(t *testing.T) {
	another := func(n *publicNetwork) { n.nat().addresses = append(n.nat().addresses, &elasticIP{id: "Nat0More"}) }
	for name, c := range map[string]struct {
		edit func(n *publicNetwork)
		want string
	}{
		"as it is":                             {func(*publicNetwork) {}, "delivered"},
		"a private zone":                       {func(n *publicNetwork) { n.zone = "private" }, "delivered"},
		"a private zone that hides the record": {func(n *publicNetwork) { n.zone, n.record = "private", "hidden" }, "dropped at record"},
		"no record":                            {func(n *publicNetwork) { n.record = "absent" }, "dropped at record"},

		// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
		"no route":              {func(n *publicNetwork) { n.private().routes = nil }, "dropped at internet route"},
		"a route to some":       {func(n *publicNetwork) { n.private().routes[0].cidr = "54.0.0.0/8" }, "decided at run time at internet route"},
		"a private NAT gateway": {func(n *publicNetwork) { n.nat().private, n.nat().addresses = true, nil }, "dropped at NAT gateway"},
		"a NAT gateway in a private subnet": {func(n *publicNetwork) {
			n.out.tableOf[n.nat().subnet] = &internetTable{id: "ConsumerClosed"}
			n.out.tables = append(n.out.tables, n.out.tableOf[n.nat().subnet])
		}, "dropped at NAT gateway"},
		"a NAT gateway in the client's subnet": {func(n *publicNetwork) { n.nat().subnet = n.consumer.subnets[0] }, "dropped at NAT gateway"},
		"no internet gateway":                  {func(n *publicNetwork) { n.out.gateway = "detached" }, "dropped at internet gateway"},
		"an internet gateway of others":        {func(n *publicNetwork) { n.out.gateway = "imported" }, "decided at run time at internet gateway"},

		// https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
		"straight, from a private address": {(*publicNetwork).straight, "dropped at internet gateway"},
		"straight, from a public one that is not listed": {func(n *publicNetwork) {
			n.straight()
			n.publicIP = true
		}, "dropped at ALB ingress"},
		"straight, from any public one": {func(n *publicNetwork) {
			n.straight()
			n.publicIP, n.inbound().peer = true, peer{cidr: "0.0.0.0/0"}
		}, "delivered"},
		"straight, by an Elastic IP address": {func(n *publicNetwork) {
			n.straight()
			n.clientKind, n.address = "AWS::EC2::Instance", &elasticIP{id: "Own"}
			n.inbound().peer.address = n.address
		}, "delivered"},

		"a private block":          {func(n *publicNetwork) { n.inbound().peer = peer{cidr: "10.0.0.0/16"} }, "dropped at ALB ingress"},
		"the group of the client":  {func(n *publicNetwork) { n.provider.groups[2].in = nil }, "dropped at ALB ingress"},
		"a block that may have it": {func(n *publicNetwork) { n.inbound().peer = peer{cidr: "54.0.0.0/8"} }, "decided at run time at ALB ingress"},
		"one of two addresses":     {another, "decided at run time at ALB ingress"},
		"a block that has it": {func(n *publicNetwork) {
			n.nat().addresses[0].addr = "198.51.100.7"
			n.inbound().peer = peer{cidr: "198.51.100.0/24"}
		}, "delivered"},
		"a block that has it not": {func(n *publicNetwork) {
			n.nat().addresses[0].addr = "198.51.100.7"
			n.inbound().peer = peer{cidr: "203.0.113.0/24"}
		}, "dropped at ALB ingress"},
		"clients are let out to a private block": {func(n *publicNetwork) { n.consumer.groups[1].out = []*rule{from("10.1.0.0/16", 443)} }, "dropped at client egress"},
		"clients are let out to some":            {func(n *publicNetwork) { n.consumer.groups[1].out = []*rule{from("54.0.0.0/8", 443)} }, "decided at run time at client egress"},

		// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
		"an ALB by default":         {func(n *publicNetwork) { n.scheme = "" }, "delivered"},
		"an internal ALB":           {func(n *publicNetwork) { n.scheme = "internal" }, "dropped at public subnet"},
		"an ALB in private subnets": {func(n *publicNetwork) { n.in.tables[0].routes = nil }, "dropped at public subnet"},
		"an ALB with one private subnet": {func(n *publicNetwork) {
			closed := &internetTable{id: "ProviderClosed"}
			n.in.tables = append(n.in.tables, closed)
			n.in.tableOf[n.alb.subnets[1]] = closed
		}, "dropped at public subnet"},
		"an ALB in a VPC without an internet gateway": {func(n *publicNetwork) { n.in.gateway = "detached" }, "dropped at public subnet"},
		"answers go to some alone":                    {func(n *publicNetwork) { n.in.tables[0].routes[0].cidr = "54.0.0.0/8" }, "decided at run time at public subnet"},

		// https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html
		"ingress is blocked":                  {func(n *publicNetwork) { n.in.block = "block-ingress" }, "dropped at block public access"},
		"the client's ingress is blocked":     {func(n *publicNetwork) { n.out.block = "block-ingress" }, "delivered"},
		"both ways of the client are blocked": {func(n *publicNetwork) { n.out.block = "block-bidirectional" }, "dropped at block public access"},
		"the NAT gateway's subnet is excluded": {func(n *publicNetwork) {
			n.out.block, n.out.exclusions = "block-bidirectional", []*exclusion{{n.nat().subnet, "allow-egress"}}
		}, "delivered"},
		"the client's subnet is excluded": {func(n *publicNetwork) {
			n.out.block, n.out.exclusions = "block-bidirectional", []*exclusion{{n.consumer.subnets[0], "allow-egress"}}
		}, "dropped at block public access"},
		"the API's VPC is excluded": {func(n *publicNetwork) {
			n.in.block, n.in.exclusions = "block-ingress", []*exclusion{{nil, "allow-bidirectional"}}
		}, "delivered"},
		"the API's VPC is excluded for egress": {func(n *publicNetwork) {
			n.in.block, n.in.exclusions = "block-bidirectional", []*exclusion{{nil, "allow-egress"}}
		}, "dropped at block public access"},
		"one subnet of the ALB is excluded": {func(n *publicNetwork) {
			n.in.block, n.in.exclusions = "block-bidirectional", []*exclusion{{n.alb.subnets[0], "allow-bidirectional"}}
		}, "dropped at block public access"},

		// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
		"an ACL of the client without answers": {func(n *publicNetwork) { n.consumer.give(0, allow(true, "0.0.0.0/0", 443, 443)) }, "dropped at client network ACL"},
		"an ACL of the client": {func(n *publicNetwork) {
			n.consumer.give(0, allow(true, "0.0.0.0/0", 443, 443), allow(false, "0.0.0.0/0", 1024, 65535))
		}, "delivered"},
		"an ACL of the NAT gateway that knows the internet alone": {func(n *publicNetwork) {
			n.consumer.give(2, allow(true, "0.0.0.0/0", 443, 443), allow(false, "0.0.0.0/0", 1024, 65535))
		}, "dropped at NAT gateway network ACL"},
		"an ACL of the NAT gateway": {func(n *publicNetwork) {
			n.consumer.give(2, allow(true, "0.0.0.0/0", 443, 443), allow(false, "0.0.0.0/0", 1024, 65535), allow(false, "10.0.0.0/24", 443, 443),
				allow(true, "10.0.0.0/24", 1024, 65535))
		}, "delivered"},
		"an ACL of the ALB that knows private addresses alone": {func(n *publicNetwork) {
			n.provider.give(2, allow(false, "10.0.0.0/8", 443, 443), allow(true, "10.0.0.0/8", 1024, 65535))
		}, "dropped at ALB network ACL"},

		// https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-processing.html
		"a web ACL lists the address": {func(n *publicNetwork) {
			n.listed(false, &webRule{action: "Allow", sets: setOf(peer{address: n.nat().addresses[0]})})
		}, "delivered"},
		"a web ACL lists another": {func(n *publicNetwork) {
			n.listed(false, &webRule{action: "Allow", sets: setOf(peer{cidr: "10.0.0.0/8"})})
		}, "dropped at ALB listener"},
		"a web ACL blocks all others": {func(n *publicNetwork) {
			n.listed(true, &webRule{action: "Block", not: true, sets: setOf(peer{cidr: "10.1.0.0/16"})})
		}, "dropped at ALB listener"},
		"a web ACL counts all others": {func(n *publicNetwork) {
			n.listed(true, &webRule{action: "Count", not: true, sets: setOf(peer{cidr: "10.1.0.0/16"})})
		}, "delivered"},
		"a web ACL lists one of two addresses": {func(n *publicNetwork) {
			first := n.nat().addresses[0]
			n.inbound().peer = peer{cidr: "0.0.0.0/0"}
			another(n)
			n.listed(false, &webRule{action: "Allow", sets: setOf(peer{address: first})})
		}, "decided at run time at ALB listener"},
	} {
		t.Run(name, func(t *testing.T) {
			n := publicByHand()
			c.edit(n)
			v := n.judge()
			if v.String() != c.want {
				t.Errorf("%s, want %s\n%s", v, c.want, n)
			}
			for _, style := range []style{{}, {Layers: true, ByRef: true, OtherWay: true}, {Verbose: true, Grouped: true, Rename: true, Split: true}} {
				m, err := loadPublic(t.TempDir(), n, style, nil)
				if err != nil {
					t.Fatal(err)
				}
				got := m.Prove(publicQuestion(n, style)).Answers[0]
				if wrong := n.contradicts(v, got); wrong != "" {
					t.Errorf("%s\n%s", wrong, got)
				}
			}
		})
	}
}
