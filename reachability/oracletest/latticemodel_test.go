package oracletest

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// The model of VPC Lattice is written from its user guide:
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/security-groups.html
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/sharing.html
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-groups.html

// judge walks the network by brute force.
func (n *latticeNetwork) judge() verdict {
	var h hops
	n.walkName(&h)
	n.walkIn(&h)
	n.walkService(&h)
	n.walkPolicies(&h)
	action := n.action()
	h.must(reachability.HopServiceRule, action.status == 0)
	v := h.fate()
	if v.fate == dropped {
		return v
	}
	for _, t := range action.targets {
		if t.weight == 0 {
			continue
		}
		tail := n.walkGroup(n.groups[t.service])
		v.fate = max(v.fate, tail.fate)
		v.at = append(v.at, tail.at...)
	}
	slices.Sort(v.at)
	v.at = slices.Compact(v.at)
	return v
}

// walkName walks from the name to an address of VPC Lattice.
func (n *latticeNetwork) walkName(h *hops) {
	h.must(reachability.HopHostedZone, n.zoneOf == "consumer")
	h.must(reachability.HopRecord, n.record != "absent")
	h.add(reachability.HopClientEgress, n.exchange(n.client, func(client, lattice netip.Addr, _ *subnet) bool {
		p := packet{src: client, dst: lattice, srcGroups: n.client.groups, dstPort: n.port, list: n.list}
		return slices.ContainsFunc(n.consumer.placed(n.client).groups, func(g *group) bool { return g.letsOut(p) })
	}))
	h.add(reachability.HopClientNacl, n.exchange(n.client, func(client, lattice netip.Addr, s *subnet) bool {
		return answered(s.acl, packet{src: client, dst: lattice, dstPort: n.port}, true)
	}))
}

// exchange is the fate of packets between a location and VPC Lattice, whatever addresses both have. If nobody said which blocks
// the prefix list has beside the documented one, they may be any.
func (n *latticeNetwork) exchange(at location, pass func(addr, lattice netip.Addr, s *subnet) bool) fate {
	documented := n.addressesIn(blocks[0])
	var others []netip.Addr
	for _, block := range n.list.cidrs[1:] {
		others = append(others, n.addressesIn(block)...)
	}
	if !n.blocksKnown {
		for _, cidr := range n.cidrs() {
			if prefix, err := netip.ParsePrefix(cidr); err == nil && prefix.Addr().Is4() {
				others = append(others, prefix.Addr())
			}
		}
	}
	worst := delivered
	for _, s := range at.subnets {
		passes, passesOthers := 0, 0
		own := addresses(s, n.cidrs())
		for _, addr := range own {
			for _, lattice := range documented {
				passes += count(pass(addr, lattice, s))
			}
			for _, lattice := range others {
				passesOthers += count(pass(addr, lattice, s))
			}
		}
		switch {
		case passes == 0 && (passesOthers == 0 || !n.blocksKnown):
			worst = max(worst, dropped)
		case passes < len(own)*len(documented) || passesOthers < len(own)*len(others):
			worst = max(worst, depends)
		}
	}
	return worst
}

// elsewhere is the fate of packets that are not to or from VPC Lattice. A rule for its prefix list lets them pass too if they are
// in one of its blocks, which are unknown if nobody said so.
func (n *latticeNetwork) elsewhere(of func() fate) fate {
	fate := of()
	if n.blocksKnown {
		return fate
	}
	defer func(known []string) { n.list.cidrs = known }(n.list.cidrs)
	n.list.cidrs = []string{"0.0.0.0/0"}
	if of() != fate {
		return depends
	}
	return fate
}

func (n *latticeNetwork) addressesIn(block string) []netip.Addr {
	return addresses(&subnet{cidr: block}, n.cidrs())
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// answered reports whether the ACL of a subnet lets a packet pass, and the answer. VPC Lattice is in no subnet.
func answered(a *acl, p packet, egress bool) bool {
	if !a.pass(p, egress) {
		return false
	}
	for _, port := range ephemeral(a) {
		if !a.pass(packet{src: p.dst, dst: p.src, srcPort: p.dstPort, dstPort: port}, !egress) {
			return false
		}
	}
	return true
}

// walkIn walks into the service network, and in it to the service.
func (n *latticeNetwork) walkIn(h *hops) {
	// A VPC takes one association, and requests go to the services of that network alone.
	h.must(reachability.HopVpcAssociation, n.vpcIn == "network" || n.vpcIn == "other")
	if groups := n.association.groups; len(groups) > 0 {
		client := n.consumer.placed(n.client)
		l := segment{from: client, to: location{groups: groups, subnets: []*subnet{{cidr: "0.0.0.0/24"}}}, port: n.port, cidrs: n.cidrs()}
		h.add(reachability.HopAssociationIngress, n.elsewhere(l.ingress))
	}
	h.must(reachability.HopServiceAssociation, n.vpcIn == n.serviceIn)
	h.add(reachability.HopResourceShare, n.consent())
}

// consent is the fate of the associations: an account may associate what it owns with what it owns, or what is shared with it; of
// two things that it associates it owns one.
func (n *latticeNetwork) consent() fate {
	if n.sameAccount {
		return delivered
	}
	networkOwner, associates := "consumer", "consumer"
	if n.isCentral {
		networkOwner = "provider"
	}
	if n.byProvider {
		associates = "provider"
	}
	worst := delivered
	if associates != "provider" { // the service is the provider's
		worst = max(worst, n.shared("service", associates))
	}
	if associates != networkOwner {
		worst = max(worst, n.shared("network", associates))
	}
	if associates != "provider" && associates != networkOwner {
		worst = dropped
	}
	if networkOwner != "consumer" { // only the owner of a VPC associates it
		worst = max(worst, n.shared("network", "consumer"))
	}
	return worst
}

// shared is whether something is shared with an account. Nobody says who is in an organization.
func (n *latticeNetwork) shared(what, with string) fate {
	best := dropped
	for _, s := range n.shares {
		switch {
		case s.of != what:
		case s.principal == with:
			return delivered
		case s.principal == "organization":
			best = depends
		}
	}
	return best
}

// walkService walks to the listener: VPC Lattice finds the service by the name, and shows its certificate.
func (n *latticeNetwork) walkService(h *hops) {
	h.must(reachability.HopServiceDomain, n.custom == n.domain)
	h.must(reachability.HopServiceListener, n.listenerPort == n.port && (n.protocol == "HTTPS" || n.port != 443))
	if n.protocol == "HTTPS" {
		h.must(reachability.HopServiceCertificate, covers(n.certificate, n.domain) && n.key != "EC_prime256v1")
	}
}

// covers reports whether a certificate covers a name; its wildcard is one label.
func covers(certificate, name string) bool {
	if suffix, ok := strings.CutPrefix(certificate, "*."); ok {
		_, parent, _ := strings.Cut(name, ".")
		return parent == suffix
	}
	return certificate == name
}

// walkPolicies adds the hops of the policies. The client may send the request with or without a signature: one that the policies
// allow is enough. If they allow neither, each policy that denies one of them may be the one that is named.
func (n *latticeNetwork) walkPolicies(h *hops) {
	at, allowed := n.refuses(false)
	if !allowed && n.role {
		var also []string
		also, allowed = n.refuses(true)
		at = append(at, also...)
	}
	if allowed {
		return
	}
	for i, hop := range at {
		if i < len(at)-1 {
			h.add(hop, depends)
		} else {
			h.add(hop, dropped)
		}
	}
}

// refuses returns the layers of policies that refuse a request.
func (n *latticeNetwork) refuses(signed bool) (at []string, allowed bool) {
	if signed && (n.service.authType == "AWS_IAM" || n.joined.authType == "AWS_IAM") && !n.allows(n.identity, signed, true) {
		at = append(at, reachability.HopCallerPolicy)
	}
	if n.joined.authType == "AWS_IAM" && !n.allows(n.joined.policy, signed, false) {
		at = append(at, reachability.HopNetworkPolicy)
	}
	if n.service.authType == "AWS_IAM" && !n.allows(n.service.policy, signed, false) {
		at = append(at, reachability.HopServicePolicy)
	}
	return at, len(at) == 0
}

// allows evaluates a policy: what no statement allows is denied, and one that denies decides.
func (n *latticeNetwork) allows(policy []*statement, signed, isIdentity bool) bool {
	allowed := false
	for _, s := range policy {
		switch {
		case !isIdentity && !s.isFor(signed), !s.invokes(), s.resource == "other", !n.holds(s.condition):
		case s.effect == "Deny":
			return false
		default:
			allowed = true
		}
	}
	return allowed
}

// isFor reports whether the principal of a statement is the caller: the role, or its account. Without a signature it is nobody.
func (s *statement) isFor(signed bool) bool {
	return s.principal == "*" || signed && (s.principal == "role" || s.principal == "account")
}

func (s *statement) invokes() bool { return glob(strings.ToLower(s.action), "vpc-lattice-svcs:invoke") }

func (n *latticeNetwork) holds(c condition) bool {
	if c.key == "" {
		return true
	}
	value := map[string]string{
		"vpc-lattice-svcs:SourceVpcOwnerAccount": "111111111111", "vpc-lattice-svcs:SourceVpc": "own",
		"vpc-lattice-svcs:RequestPath": n.path, "vpc-lattice-svcs:Port": map[int]string{443: "443", 8443: "8443", 80: "80"}[n.port],
	}[c.key]
	switch c.operator {
	case "StringEquals":
		return c.value == value
	case "StringNotEquals":
		return c.value != value
	case "StringLike":
		return glob(c.value, value)
	}
	panic("no such operator: " + c.operator)
}

// action is what the listener does with the request: that of the first rule that matches.
func (n *latticeNetwork) action() latticeAction {
	var first *latticeRule
	for _, r := range n.rules {
		if r.matches(n.path) && (first == nil || r.priority < first.priority) {
			first = r
		}
	}
	if first == nil {
		return n.fallback
	}
	return first.action
}

// walkGroup walks into a target group.
func (n *latticeNetwork) walkGroup(g *latticeGroup) verdict {
	switch g.kind {
	case "LAMBDA":
		var h hops
		// Without the permission VPC Lattice does not register the function. One that refers to the target group comes after it.
		h.must(reachability.HopTarget, (g.permission == "vpc-lattice.amazonaws.com" || g.permission == "*") && g.permitted != "other")
		if g.permitted == "own" {
			h.add(reachability.HopTarget, depends)
		}
		return h.fate()
	case "ALB":
		return n.walkInternalALB(g)
	}
	var h hops
	h.must(reachability.HopTargetGroup, g.protocol != "TCP")
	h.must(reachability.HopTarget, g.inVPC == "own" && g.named)
	if g.health && g.healthPort != 0 && g.healthPort != g.port {
		h.add(reachability.HopTargetHealthCheck, max(n.aclIn(g.location, g.healthPort), n.in(g.location, g.healthPort)))
	}
	h.add(reachability.HopTargetNacl, n.aclIn(g.location, g.port))
	h.add(reachability.HopTargetIngress, n.in(g.location, g.port))
	return h.fate()
}

// in is the fate at the security groups of a target: the source is VPC Lattice, not the client.
func (n *latticeNetwork) in(at location, port int) fate {
	return n.exchange(at, func(addr, lattice netip.Addr, _ *subnet) bool {
		p := packet{src: lattice, dst: addr, dstPort: port, list: n.list}
		return slices.ContainsFunc(n.provider.placed(at).groups, func(g *group) bool { return g.letsIn(p) })
	})
}

func (n *latticeNetwork) aclIn(at location, port int) fate {
	return n.exchange(at, func(addr, lattice netip.Addr, s *subnet) bool {
		return answered(s.acl, packet{src: lattice, dst: addr, dstPort: port}, false)
	})
}

// walkInternalALB walks through an ALB: VPC Lattice takes internal ones, of the VPC of the target group, and checks no health.
func (n *latticeNetwork) walkInternalALB(g *latticeGroup) verdict {
	a := n.alb
	var h hops
	h.must(reachability.HopServiceTargetGroup, g.scheme == "internal" && !g.health && g.inVPC == "own" && g.protocol != "TCP" && g.albPort == a.port)
	h.add(reachability.HopAlbNacl, n.aclIn(a.location, a.port))
	h.add(reachability.HopAlbIngress, n.in(a.location, a.port))
	h.must(reachability.HopAlbListener, g.protocol == "HTTPS")
	h.must(reachability.HopCertificate, covers(a.certificate, n.domain))
	action := a.action(n.domain, n.path)
	h.must(reachability.HopAlbRule, action.kind == "forward")
	v := h.fate()
	if v.fate == dropped {
		return v
	}
	for _, t := range action.targets {
		if t.weight == 0 {
			continue
		}
		tail := n.walkBehindALB(n.services[t.service]).fate()
		v.fate = max(v.fate, tail.fate)
		v.at = append(v.at, tail.at...)
	}
	return v
}

// walkBehindALB walks from the ALB to the tasks of a service.
func (n *latticeNetwork) walkBehindALB(s *service) hops {
	var h hops
	h.must(reachability.HopTargetHealthCheck, len(zonesOf(n.alb.location).of(s.location)) > 0)
	l := segment{from: n.provider.placed(n.alb.location), to: n.provider.placed(s.location), port: s.port, cidrs: n.cidrs()}
	h.add(reachability.HopLoadBalancerEgress, n.elsewhere(l.egress))
	h.add(reachability.HopTargetNacl, l.acl())
	h.add(reachability.HopTargetIngress, n.elsewhere(l.ingress))
	h.must(reachability.HopTarget, s.port == s.containerPort)
	return h
}

func (r *latticeRule) matches(path string) bool {
	return r.path == path || !r.exact && strings.HasPrefix(path, r.path)
}
