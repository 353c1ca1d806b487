package oracletest

import "slices"

// hole is a literal that can become a parameter without a value, with the values that it may be given.
type hole struct {
	name string
	at   any // a pointer to the literal
	each func(try func())
}

// newHole makes a hole. After a try, the literal has its old value again.
func newHole[T comparable](name string, at *T, values ...T) hole {
	return hole{name, at, func(try func()) {
		old := *at
		defer func() { *at = old }()
		if !slices.Contains(values, old) {
			values = append(values, old)
		}
		for _, v := range values {
			*at = v
			try()
		}
	}}
}

// holes are the literals of a network that may be left without a value.
func (n *network) holes() []hole {
	var holes []hole
	for _, side := range []*side{n.consumer, n.provider} {
		for _, g := range side.groups {
			for _, r := range append(slices.Clone(g.in), g.out...) {
				holes = append(holes, side.ruleHoles(r)...)
			}
		}
		for _, a := range side.acls {
			for _, e := range a.entries {
				if !e.builtIn {
					holes = append(holes, entryHoles(side, e)...)
				}
			}
		}
		for _, l := range side.lists {
			for i := range l.cidrs {
				holes = append(holes, newHole("list CIDR", &l.cidrs[i], cidrs(side)...))
			}
		}
	}
	holes = append(holes, newHole("NLB port", &n.nlbPort, 443, 8443, 80), newHole("cross zone", &n.crossZone, true, false))
	holes = append(holes, n.consumer.locationHoles(n.client)...)
	holes = append(holes, n.consumer.groupHoles(n.endpoint)...)
	holes = append(holes, n.provider.groupHoles(n.nlb)...)
	for i := range n.zones {
		holes = append(holes, newHole("zone name", &n.zones[i].name, n.domain, "pricing.example.com", "orders.example.com"))
	}
	if n.allowed != "" {
		holes = append(holes, newHole("principal", &n.allowed, "root", "other", "*"))
	}
	if len(n.nlb.groups) > 0 && n.enforcement != "" {
		holes = append(holes, newHole("enforcement", &n.enforcement, "on", "off"))
	}
	for _, s := range n.services {
		holes = append(holes, n.provider.locationHoles(s.location)...)
		holes = append(holes, newHole("container port", &s.containerPort, 80, 8080, 3000), newHole("service port", &s.port, 80, 8080, 3000))
		if s.crossZone != "" {
			holes = append(holes, newHole("cross zone of a group", &s.crossZone, "true", "false"))
		}
		if s.version != "" && n.alb != nil {
			holes = append(holes, newHole("protocol version", &s.version, "HTTP1", "HTTP2", "GRPC"))
		}
	}
	if n.alb != nil {
		holes = append(holes, n.provider.groupHoles(n.alb.location)...)
		holes = append(holes, n.alb.holes()...)
		if n.alb.http2 != "" {
			holes = append(holes, newHole("HTTP/2", &n.alb.http2, "true", "false"))
		}
	}
	return holes
}

// groupHoles are the IDs of the security groups of something.
func (s *side) groupHoles(p location) []hole {
	var holes []hole
	for i := range p.groups {
		holes = append(holes, newHole("group", &p.groups[i], s.groups...))
	}
	return holes
}

// locationHoles are the IDs of the security groups and the subnets of something.
func (s *side) locationHoles(p location) []hole {
	holes := s.groupHoles(p)
	for i := range p.subnets {
		holes = append(holes, newHole("subnet", &p.subnets[i], s.subnets...))
	}
	return holes
}

func (s *side) ruleHoles(r *rule) []hole {
	ports := []int{0, 80, 443, 3000, 8080, 8443, 9443, 65535}
	below := slices.DeleteFunc(slices.Clone(ports), func(p int) bool { return p > r.to })
	above := slices.DeleteFunc(slices.Clone(ports), func(p int) bool { return p < r.from })
	var holes []hole
	switch r.protocol {
	case "tcp", "6", "udp", "17":
		holes = []hole{
			newHole("rule from", &r.from, below...), newHole("rule to", &r.to, above...),
			newHole("rule protocol", &r.protocol, "tcp", "udp", "-1", "6"),
		}
	}
	switch {
	case r.peer.group != nil:
		holes = append(holes, newHole("rule group", &r.peer.group, s.groups...))
	case r.peer.list == nil && isIPv4(r.peer.cidr):
		holes = append(holes, newHole("rule CIDR", &r.peer.cidr, cidrs(s)...))
	}
	return holes
}

func entryHoles(s *side, e *aclEntry) []hole {
	holes := []hole{newHole("entry action", &e.action, "allow", "deny")}
	if isIPv4(e.cidr) {
		holes = append(holes, newHole("entry CIDR", &e.cidr, cidrs(s)...))
	}
	if e.protocol == 6 || e.protocol == 17 {
		holes = append(holes, newHole("entry protocol", &e.protocol, 6, 17, -1))
	}
	if e.protocol == 6 {
		ports := []int{0, 443, 1024, 1025, 8080, 32768, 65535}
		below := slices.DeleteFunc(slices.Clone(ports), func(p int) bool { return p > e.to })
		above := slices.DeleteFunc(slices.Clone(ports), func(p int) bool { return p < e.from })
		holes = append(holes, newHole("entry from", &e.from, below...), newHole("entry to", &e.to, above...))
	}
	return holes
}

// The certificate is not among them: the proof compares its names only where it knows them, and reports where it does not.
func (a *alb) holes() []hole {
	holes := []hole{
		newHole("ALB port", &a.port, 443, 8443, 9443), newHole("target port", &a.targetPort, 443, 8443, 9443),
		newHole("health path", &a.healthPath, "/health", "/", "/v1/quote"), newHole("health codes", &a.healthCodes, "200", "404", "200-399"),
	}
	actions := []*action{&a.fallback}
	for _, r := range a.rules {
		for i := range r.paths {
			holes = append(holes, newHole("path", &r.paths[i], paths...))
		}
		for i := range r.hosts {
			holes = append(holes, newHole("host", &r.hosts[i], hosts...))
		}
		holes = append(holes, newHole("priority", &r.priority, a.freePriorities(r)...))
		actions = append(actions, &r.action)
	}
	for _, action := range actions {
		if action.kind == "fixed-response" {
			holes = append(holes, newHole("status", &action.status, "200", "404"))
		}
		if len(action.targets) == 2 {
			for i := range action.targets {
				if action.targets[1-i].weight > 0 {
					holes = append(holes, newHole("weight", &action.targets[i].weight, 0, 1, 5))
				}
			}
		}
	}
	return holes
}

// freePriorities are numbers that no other rule has, around those that others have.
func (a *alb) freePriorities(r *listenerRule) []int {
	free := []int{1, 50000}
	for _, x := range a.rules {
		free = append(free, x.priority-1, x.priority+1)
	}
	return slices.DeleteFunc(free, func(p int) bool {
		return p < 1 || slices.ContainsFunc(a.rules, func(x *listenerRule) bool { return x != r && x.priority == p })
	})
}

// cidrs are blocks that a CIDR without a value may turn out to be.
func cidrs(s *side) []string {
	cidrs := []string{"0.0.0.0/0", s.cidr(), "10.9.0.0/16", "10.0.0.0/16"}
	for _, subnet := range s.subnets {
		cidrs = append(cidrs, subnet.cidr)
	}
	return append(cidrs, half(s.subnets[0].cidr, "0"))
}

func isIPv4(cidr string) bool { return len(cidr) > 0 && !slices.Contains([]byte(cidr), ':') }
