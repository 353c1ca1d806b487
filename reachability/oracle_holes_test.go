package reachability_test

import "slices"

// simHole is a literal that can become a parameter without a value, with the values that it may be given.
type simHole struct {
	name string
	at   any // a pointer to the literal
	each func(try func())
}

// hole makes one. What a completion changes is put back.
func hole[T comparable](name string, at *T, values ...T) simHole {
	return simHole{name, at, func(try func()) {
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

// holes are the literals of a network that may be left open.
func (n *simNetwork) holes() []simHole {
	var holes []simHole
	for _, side := range []*simSide{n.consumer, n.provider} {
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
				holes = append(holes, hole("list CIDR", &l.cidrs[i], simCidrs(side)...))
			}
		}
	}
	holes = append(holes, hole("NLB port", &n.nlbPort, 443, 8443, 80))
	holes = append(holes, n.consumer.placeHoles(n.client)...)
	holes = append(holes, n.consumer.groupHoles(n.endpoint)...)
	holes = append(holes, n.provider.groupHoles(n.nlb)...)
	if n.allowed != "" {
		holes = append(holes, hole("principal", &n.allowed, "root", "other", "*"))
	}
	if len(n.nlb.groups) > 0 && n.enforcement != "" {
		holes = append(holes, hole("enforcement", &n.enforcement, "on", "off"))
	}
	for _, s := range n.services {
		holes = append(holes, n.provider.placeHoles(s.simPlace)...)
		holes = append(holes, hole("container port", &s.containerPort, 80, 8080, 3000), hole("service port", &s.port, 80, 8080, 3000))
	}
	if n.alb != nil {
		holes = append(holes, n.provider.groupHoles(n.alb.simPlace)...)
		holes = append(holes, n.alb.holes()...)
	}
	return holes
}

// groupHoles are the IDs of the security groups of something.
func (s *simSide) groupHoles(p simPlace) []simHole {
	var holes []simHole
	for i := range p.groups {
		holes = append(holes, hole("group", &p.groups[i], s.groups...))
	}
	return holes
}

// placeHoles are those, and the IDs of its subnets.
func (s *simSide) placeHoles(p simPlace) []simHole {
	holes := s.groupHoles(p)
	for i := range p.subnets {
		holes = append(holes, hole("subnet", &p.subnets[i], s.subnets...))
	}
	return holes
}

func (s *simSide) ruleHoles(r *simRule) []simHole {
	ports := []int{0, 80, 443, 3000, 8080, 8443, 9443, 65535}
	below := slices.DeleteFunc(slices.Clone(ports), func(p int) bool { return p > r.to })
	above := slices.DeleteFunc(slices.Clone(ports), func(p int) bool { return p < r.from })
	var holes []simHole
	switch r.protocol {
	case "tcp", "6", "udp", "17":
		holes = []simHole{
			hole("rule from", &r.from, below...), hole("rule to", &r.to, above...),
			hole("rule protocol", &r.protocol, "tcp", "udp", "-1", "6"),
		}
	}
	switch {
	case r.peer.group != nil:
		holes = append(holes, hole("rule group", &r.peer.group, s.groups...))
	case r.peer.list == nil && simIsIPv4(r.peer.cidr):
		holes = append(holes, hole("rule CIDR", &r.peer.cidr, simCidrs(s)...))
	}
	return holes
}

func entryHoles(s *simSide, e *simEntry) []simHole {
	holes := []simHole{hole("entry action", &e.action, "allow", "deny")}
	if simIsIPv4(e.cidr) {
		holes = append(holes, hole("entry CIDR", &e.cidr, simCidrs(s)...))
	}
	if e.protocol == 6 || e.protocol == 17 {
		holes = append(holes, hole("entry protocol", &e.protocol, 6, 17, -1))
	}
	if e.protocol == 6 {
		ports := []int{0, 443, 1024, 1025, 8080, 32768, 65535}
		below := slices.DeleteFunc(slices.Clone(ports), func(p int) bool { return p > e.to })
		above := slices.DeleteFunc(slices.Clone(ports), func(p int) bool { return p < e.from })
		holes = append(holes, hole("entry from", &e.from, below...), hole("entry to", &e.to, above...))
	}
	return holes
}

// holes leave out the certificate: the proof compares its names only where it knows them, and says so where it does not.
func (a *simALB) holes() []simHole {
	holes := []simHole{
		hole("ALB port", &a.port, 443, 8443, 9443), hole("target port", &a.targetPort, 443, 8443, 9443),
		hole("health path", &a.healthPath, "/health", "/", "/v1/quote"), hole("health codes", &a.healthCodes, "200", "404", "200-399"),
	}
	actions := []*simAction{&a.fallback}
	for _, r := range a.rules {
		for i := range r.paths {
			holes = append(holes, hole("path", &r.paths[i], simPaths...))
		}
		for i := range r.hosts {
			holes = append(holes, hole("host", &r.hosts[i], simHosts...))
		}
		holes = append(holes, hole("priority", &r.priority, a.freePriorities(r)...))
		actions = append(actions, &r.action)
	}
	for _, action := range actions {
		if action.kind == "fixed-response" {
			holes = append(holes, hole("status", &action.status, "200", "404"))
		}
		if len(action.targets) == 2 {
			for i := range action.targets {
				if action.targets[1-i].weight > 0 {
					holes = append(holes, hole("weight", &action.targets[i].weight, 0, 1, 5))
				}
			}
		}
	}
	return holes
}

// freePriorities are numbers that no other rule has, around those that others have.
func (a *simALB) freePriorities(r *simListenerRule) []int {
	free := []int{1, 50000}
	for _, x := range a.rules {
		free = append(free, x.priority-1, x.priority+1)
	}
	return slices.DeleteFunc(free, func(p int) bool {
		return p < 1 || slices.ContainsFunc(a.rules, func(x *simListenerRule) bool { return x != r && x.priority == p })
	})
}

// simCidrs are blocks that a CIDR without a value may turn out to be.
func simCidrs(s *simSide) []string {
	cidrs := []string{"0.0.0.0/0", s.cidr(), "10.9.0.0/16", "10.0.0.0/16"}
	for _, subnet := range s.subnets {
		cidrs = append(cidrs, subnet.cidr)
	}
	return append(cidrs, simHalf(s.subnets[0].cidr, "0"))
}

func simIsIPv4(cidr string) bool { return len(cidr) > 0 && !slices.Contains([]byte(cidr), ':') }
