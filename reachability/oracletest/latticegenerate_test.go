package oracletest

import (
	"slices"

	"pgregory.net/rapid"
)

// latticeNetworks draws networks over VPC Lattice that work, and then breaks or changes up to four things in them.
func latticeNetworks() *rapid.Generator[*latticeNetwork] {
	return rapid.Custom(func(t *rapid.T) *latticeNetwork {
		n := workingLattice(t)
		for range pick(t, "changes", 0, 2, 1, 3, 1, 2, 1, 4) {
			n.change(t)
		}
		return n
	})
}

var latticePaths = []string{"/v1/quote", "/v1/quote/42", "/v2/quote", "/"}

// workingLattice draws a network in which the request arrives.
func workingLattice(t *rapid.T) *latticeNetwork {
	n := &latticeNetwork{
		network: &network{
			sameAccount: chance(t, "same account", 30),
			clientKind:  pick(t, "kind", "AWS::ECS::Service", "AWS::Lambda::Function", "AWS::ECS::Service", "AWS::EC2::Instance"),
			domain:      "api.pricing.example.com", path: pick(t, "path", latticePaths...),
			zoneOf: "consumer", record: pick(t, "record", "association", "association", "service"),
			port: pick(t, "port", 443, 443, 8443, 80),
		},
		list: newLatticeList(), blocksKnown: chance(t, "blocks known", 40),
		isCentral: chance(t, "central", 30), vpcIn: "network", serviceIn: "network",
		custom: "api.pricing.example.com", certificate: pick(t, "certificate", "api.pricing.example.com", "*.pricing.example.com"),
		key: pick(t, "key", "", "RSA_2048"), protocol: "HTTPS",
	}
	n.byProvider = chance(t, "by provider", map[bool]int{true: 80, false: 20}[n.isCentral])
	n.listenerPort = n.port
	if n.port == 80 {
		n.protocol, n.certificate, n.key = "HTTP", pick(t, "certificate", "", n.domain), ""
	}
	n.consumer = drawSide(t, "Consumer", "10.0", "App", "End")
	n.provider = drawSide(t, "Provider", pick(t, "prefix", "10.1", "10.0"), "Alb", "Task")
	n.drawShares(t)
	n.placeClient(t)
	n.drawPolicies(t)
	n.drawGroups(t)
	n.rules, n.fallback = n.drawLatticeRules(t)
	n.openLattice(t)
	for _, side := range []*side{n.consumer, n.provider} {
		side.drawLatticeACLs(t)
		side.drawNoise(t)
	}
	return n
}

// drawShares shares what its account does not associate itself, and more.
func (n *latticeNetwork) drawShares(t *rapid.T) {
	owner, other := "consumer", "provider"
	if n.isCentral {
		owner, other = other, owner
		n.shares = append(n.shares, &share{"network", "consumer"})
	}
	switch {
	case n.isCentral && !n.byProvider:
		n.byProvider = true // the consumer owns neither
	case !n.isCentral && n.byProvider:
		n.shares = append(n.shares, &share{"network", "provider"})
	case !n.isCentral:
		n.shares = append(n.shares, &share{"service", "consumer"})
	}
	if chance(t, "another share", 20) {
		of := pick(t, "of", "service", "network")
		if of == "service" {
			owner, other = "provider", "consumer"
		}
		n.shares = append(n.shares, &share{of, pick(t, "with", other, "other", "organization")})
	}
	_ = owner
}

func (n *latticeNetwork) placeClient(t *rapid.T) {
	c := n.consumer
	n.client = location{some(t, "client groups", 3, c.groups[1:]...), c.tier(t, 0)}
	if n.clientKind == "AWS::EC2::Instance" {
		n.client.subnets = n.client.subnets[:1]
	}
	if chance(t, "association has groups", 80) {
		n.association.groups = some(t, "association groups", 2, c.groups[1:4]...)
	}
	n.role = n.clientKind == "AWS::Lambda::Function" || n.clientKind == "AWS::ECS::Service" && chance(t, "role", 70)
}

// drawPolicies draws policies that let the client call: by its role, or by its VPC.
func (n *latticeNetwork) drawPolicies(t *rapid.T) {
	signs := n.role && chance(t, "signs", 60)
	if signs || n.role && chance(t, "identity", 30) {
		n.identity = []*statement{{"Allow", "", drawAction(t), pick(t, "resource", "*", "service"), condition{}}}
	}
	for _, a := range []*access{&n.joined, &n.service} {
		if a.authType = pick(t, "auth", "NONE", "AWS_IAM", "AWS_IAM", ""); a.authType != "AWS_IAM" {
			continue
		}
		s := &statement{"Allow", "*", drawAction(t), "*", n.drawTrueCondition(t)}
		if signs {
			s.principal = pick(t, "principal", "role", "account", "*")
		}
		a.policy = append(a.policy, s)
		if chance(t, "another statement", 40) {
			a.policy = append(a.policy, n.drawHarmless(t))
		}
	}
}

func drawAction(t *rapid.T) string {
	return pick(t, "action", "vpc-lattice-svcs:Invoke", "vpc-lattice-svcs:Invoke", "*", "vpc-lattice-svcs:*")
}

// drawTrueCondition draws a condition that the request meets.
func (n *latticeNetwork) drawTrueCondition(t *rapid.T) condition {
	return pick(t, "condition",
		condition{}, condition{"StringEquals", "vpc-lattice-svcs:SourceVpcOwnerAccount", "111111111111"},
		condition{"StringEquals", "vpc-lattice-svcs:SourceVpc", "own"}, condition{"StringNotEquals", "vpc-lattice-svcs:SourceVpcOwnerAccount", "333333333333"},
		condition{"StringLike", "vpc-lattice-svcs:RequestPath", "/*"},
	)
}

// drawCondition draws any condition.
func (n *latticeNetwork) drawCondition(t *rapid.T) condition {
	return pick(t, "condition",
		condition{"StringEquals", "vpc-lattice-svcs:SourceVpcOwnerAccount", "333333333333"}, condition{},
		condition{"StringEquals", "vpc-lattice-svcs:SourceVpc", "other"}, condition{"StringLike", "vpc-lattice-svcs:RequestPath", "/v1/*"},
		condition{"StringEquals", "vpc-lattice-svcs:Port", "443"}, condition{"StringNotEquals", "vpc-lattice-svcs:SourceVpc", "own"}, n.drawTrueCondition(t),
	)
}

// drawHarmless draws a statement that does not take the call from the client.
func (n *latticeNetwork) drawHarmless(t *rapid.T) *statement {
	return pick(t, "statement",
		&statement{"Deny", "*", "vpc-lattice-svcs:Connect", "*", condition{}},
		&statement{"Deny", "other role", "*", "*", condition{}},
		&statement{"Deny", "*", "*", "*", condition{"StringEquals", "vpc-lattice-svcs:SourceVpcOwnerAccount", "333333333333"}},
		&statement{"Allow", "other account", "vpc-lattice-svcs:Invoke", "*", condition{}},
	)
}

// drawStatement draws any statement.
func (n *latticeNetwork) drawStatement(t *rapid.T, isIdentity bool) *statement {
	s := &statement{
		effect: pick(t, "effect", "Allow", "Deny"), principal: pick(t, "principal", "*", "role", "account", "other role", "other account"),
		action:   pick(t, "action", "vpc-lattice-svcs:Invoke", "*", "vpc-lattice-svcs:Connect", "s3:*", "vpc-lattice-svcs:*"),
		resource: pick(t, "resource", "*", "other", "service"), condition: n.drawCondition(t),
	}
	if isIdentity {
		s.principal, s.condition = "", condition{}
	}
	return s
}

// drawGroups draws target groups: tasks, a function, or an ALB.
func (n *latticeNetwork) drawGroups(t *rapid.T) {
	p := n.provider
	for range pick(t, "groups", 2, 1, 2) {
		g := &latticeGroup{
			kind: pick(t, "type", "IP", "IP", "IP", "ALB", "LAMBDA"), protocol: "HTTP", inVPC: "own", health: true, named: true,
			location: location{some(t, "task groups", 2, p.groups[1:]...), p.tier(t, 1)}, port: pick(t, "port", 80, 8080, 3000),
			healthPort: pick(t, "health port", 0, 0, 8081, 9000), scheme: "internal",
			permission: pick(t, "permission", "vpc-lattice.amazonaws.com", "vpc-lattice.amazonaws.com", "*"),
		}
		if g.kind == "IP" && chance(t, "no health check", 20) {
			g.health, g.healthPort = false, 0
		}
		if g.kind == "ALB" {
			if n.alb != nil {
				g.kind = "LAMBDA"
			} else {
				n.drawALB(t, g)
			}
		}
		n.groups = append(n.groups, g)
	}
}

// drawALB draws the ALB of a target group, with services behind it.
func (n *latticeNetwork) drawALB(t *rapid.T, g *latticeGroup) {
	p := n.provider
	g.protocol, g.health, g.healthPort = "HTTPS", false, 0
	n.alb = &alb{
		location: location{some(t, "ALB groups", 2, p.groups[1:]...), p.subnets[:2]}, port: pick(t, "ALB port", 443, 8443),
		certificate: n.domain, healthPath: "/health", healthCodes: "200",
	}
	g.albPort = n.alb.port
	for range pick(t, "services", 1, 2) {
		port := pick(t, "service port", 80, 8080)
		n.services = append(n.services, &service{
			location: location{some(t, "service groups", 2, p.groups[1:]...), p.tier(t, 1)}, port: port, containerPort: port,
		})
	}
	n.network.drawRules(t)
}

// drawLatticeRules draws rules of which the first that matches forwards.
func (n *latticeNetwork) drawLatticeRules(t *rapid.T) (rules []*latticeRule, fallback latticeAction) {
	n.fallback = n.drawLatticeAction(t)
	for range pick(t, "rules", 2, 1, 3, 0) {
		n.rules = append(n.rules, n.drawLatticeRule(t))
	}
	for n.action().status != 0 {
		forward := n.forwardAll(t)
		first := &n.fallback
		for _, r := range n.rules {
			if r.action.status == n.action().status && r.matches(n.path) {
				first = &r.action
			}
		}
		*first = forward
	}
	return n.rules, n.fallback
}

func (n *latticeNetwork) drawLatticeRule(t *rapid.T) *latticeRule {
	r := &latticeRule{exact: chance(t, "exact", 30), path: pick(t, "path", "/v1", "/v1/quote", "/v2", "/v1/quote/42", "/"), action: n.drawLatticeAction(t)}
	if r.exact {
		r.path = pick(t, "exact path", latticePaths...)
	}
	for free := false; !free; {
		r.priority = rapid.IntRange(1, 100).Draw(t, "priority")
		free = !slices.ContainsFunc(n.rules, func(o *latticeRule) bool { return o.priority == r.priority })
	}
	return r
}

func (n *latticeNetwork) drawLatticeAction(t *rapid.T) latticeAction {
	if chance(t, "answers", 30) {
		return latticeAction{status: pick(t, "status", 404, 500)}
	}
	return n.forwardAll(t)
}

// forwardAll forwards to one of the target groups, or to all.
func (n *latticeNetwork) forwardAll(t *rapid.T) latticeAction {
	var targets []weight
	for i := range n.groups {
		targets = append(targets, weight{i, pick(t, "weight", 100, 1, 10)})
	}
	if len(targets) > 1 && chance(t, "one", 60) {
		targets = targets[:1]
	}
	if len(targets) > 1 && chance(t, "without weight", 30) {
		targets[1].weight = 0
	}
	return latticeAction{targets: targets}
}

// openLattice opens each segment, in one of many ways.
func (n *latticeNetwork) openLattice(t *rapid.T) {
	if g := pick(t, "group out", n.client.groups...); g.closed {
		g.out = append(g.out, n.drawLatticeOpening(t, n.port)...)
	}
	if len(n.association.groups) > 0 {
		n.consumer.letIn(t, n.client, n.association, n.consumer.cidr(), n.port)
	}
	for _, g := range n.groups {
		ports := []int{g.port}
		at := g.location
		switch {
		case g.kind == "LAMBDA":
			continue
		case g.kind == "ALB":
			ports, at = []int{n.alb.port}, n.alb.location
			for _, s := range n.services {
				n.provider.open(t, n.alb.location, s.location, s.port)
			}
		case g.health && g.healthPort != 0:
			ports = append(ports, g.healthPort)
		}
		for _, port := range ports {
			group := pick(t, "group in", at.groups...)
			group.in = append(group.in, n.drawLatticeOpening(t, port)...)
		}
	}
}

// drawLatticeOpening draws rules that together name VPC Lattice.
func (n *latticeNetwork) drawLatticeOpening(t *rapid.T, port int) []*rule {
	peers := []peer{{list: n.list}}
	switch pick(t, "way", "list", "list", "list", "any", "blocks") {
	case "any":
		peers = []peer{{cidr: "0.0.0.0/0"}}
	case "blocks":
		if n.blocksKnown {
			peers = nil
			for _, block := range n.list.cidrs {
				peers = append(peers, peer{cidr: block})
			}
		}
	}
	var rules []*rule
	for _, p := range peers {
		spread := pick(t, "spread", 0, 0, 1, 65535)
		rules = append(rules, &rule{
			protocol: pick(t, "protocol", "tcp", "tcp", "6", "-1"), from: max(port-spread, 0), to: min(port+spread, 65535), peer: p, separate: chance(t, "separate", 40),
		})
	}
	return rules
}

// drawLatticeACLs gives some subnets ACLs that let all addresses pass.
func (s *side) drawLatticeACLs(t *rapid.T) {
	for i := range pick(t, "ACLs", 0, 1) {
		a := &acl{id: s.name + "Acl" + string(rune('A'+i))}
		s.acls = append(s.acls, a)
		for _, egress := range []bool{false, true} {
			a.entries = append(a.entries, &aclEntry{100, egress, pick(t, "protocol", 6, -1), "0.0.0.0/0", 0, 65535, "allow", false})
		}
	}
	for _, subnet := range s.subnets {
		if len(s.acls) > 0 && chance(t, "subnet has ACL", 60) {
			subnet.acl = s.acls[0]
		}
	}
}

// change changes one thing, which may or may not break the path.
func (n *latticeNetwork) change(t *rapid.T) {
	pick(t, "change",
		n.network.changeRule, n.changeOpening, n.changeOpening, n.network.changeEntry, n.changePlace, n.changeMembership, n.changeShare, n.changeName,
		n.changePolicy, n.changePolicy, n.changeLatticeRules, n.changeLatticeRules, n.changeTargets, n.changeTargets,
	)(t)
}

// changeOpening changes a rule that names VPC Lattice, or adds one that names other addresses.
func (n *latticeNetwork) changeOpening(t *rapid.T) {
	peers := []peer{{list: otherLists[0]}, {list: otherLists[1]}, {cidr: n.list.cidrs[0]}, {cidr: "169.254.171.0/25"}, {list: n.list}, {cidr: "10.0.0.0/8"}}
	for _, side := range []*side{n.consumer, n.provider} {
		for _, g := range side.groups {
			for _, r := range append(slices.Clone(g.in), g.out...) {
				if r.peer.list == n.list && chance(t, "this", 50) {
					if chance(t, "port", 40) {
						r.from, r.to = r.from+1, max(r.to, r.from+1)
					} else {
						r.peer = pick(t, "peer", peers...)
					}
					return
				}
			}
		}
	}
	n.client.groups[0].out = append(n.client.groups[0].out, &rule{protocol: "tcp", from: n.port, to: n.port, peer: pick(t, "peer", peers...)})
}

// changePlace changes the groups of the client, of the association or of targets.
func (n *latticeNetwork) changePlace(t *rapid.T) {
	g := pick(t, "target group", n.groups...)
	switch pick(t, "place", "client", "association", "no groups", "targets") {
	case "client":
		n.client.groups = some(t, "groups", 2, n.consumer.groups...)
	case "association":
		n.association.groups = some(t, "groups", 2, n.consumer.groups...)
	case "no groups":
		n.association.groups = nil
	case "targets":
		g.groups = some(t, "groups", 2, n.provider.groups...)
	}
}

func (n *latticeNetwork) changeMembership(t *rapid.T) {
	switch pick(t, "what", "VPC", "service", "both", "none", "not associated", "zone", "record") {
	case "VPC":
		n.vpcIn = "other"
	case "service":
		n.serviceIn = "other"
	case "both":
		n.vpcIn = "both"
	case "none":
		n.vpcIn = ""
	case "not associated":
		n.serviceIn = ""
	case "zone":
		n.zoneOf = "other"
	case "record":
		n.record = "absent"
	}
}

func (n *latticeNetwork) changeShare(t *rapid.T) {
	if len(n.shares) == 0 || chance(t, "who associates", 20) {
		n.byProvider = !n.byProvider
		return
	}
	i := rapid.IntRange(0, len(n.shares)-1).Draw(t, "share")
	if chance(t, "drop", 40) {
		n.shares = append(n.shares[:i:i], n.shares[i+1:]...)
		return
	}
	n.shares[i].principal = pick(t, "principal", "other", "organization", "consumer", "provider")
}

// changeName changes the service's name, certificate or listener.
func (n *latticeNetwork) changeName(t *rapid.T) {
	switch pick(t, "what", "domain", "no domain", "certificate", "no certificate", "key", "port", "protocol") {
	case "domain":
		n.custom = "prices.pricing.example.com"
	case "no domain":
		n.custom = ""
	case "certificate":
		n.certificate = pick(t, "certificate", "*.example.com", "other.pricing.example.com", "*.pricing.example.com")
	case "no certificate":
		n.certificate = ""
	case "key":
		n.key = "EC_prime256v1"
	case "port":
		n.listenerPort = pick(t, "port", 443, 8443, 444)
	case "protocol":
		if n.port == 443 {
			n.protocol = "HTTP"
		}
	}
}

// changePolicy changes an AuthType, or adds, drops or changes a statement.
func (n *latticeNetwork) changePolicy(t *rapid.T) {
	a := pick(t, "access", &n.joined, &n.service, &n.service)
	list, isIdentity := &a.policy, false
	if n.role && chance(t, "identity", 30) {
		list, isIdentity = &n.identity, true
	}
	switch what := pick(t, "what", "auth", "add", "drop", "principal", "condition", "condition"); {
	case what == "auth":
		a.authType = pick(t, "auth", "NONE", "AWS_IAM")
	case what == "add" || len(*list) == 0:
		*list = append(*list, n.drawStatement(t, isIdentity))
	case what == "drop" || isIdentity:
		*list = (*list)[1:]
	case what == "principal":
		(*list)[0].principal = pick(t, "principal", "role", "other role", "account", "other account")
	case what == "condition":
		(*list)[0].condition = n.drawCondition(t)
	}
}

func (n *latticeNetwork) changeLatticeRules(t *rapid.T) {
	if len(n.rules) == 0 || chance(t, "add", 40) {
		n.rules = append(n.rules, n.drawLatticeRule(t))
		return
	}
	i := rapid.IntRange(0, len(n.rules)-1).Draw(t, "rule")
	r := n.rules[i]
	switch pick(t, "what", "action", "default", "path", "drop", "move") {
	case "action":
		r.action = n.drawLatticeAction(t)
	case "default":
		n.fallback = n.drawLatticeAction(t)
	case "path":
		r.path = pick(t, "path", latticePaths...)
	case "drop":
		n.rules = append(n.rules[:i:i], n.rules[i+1:]...)
	case "move":
		j := rapid.IntRange(0, len(n.rules)-1).Draw(t, "with")
		r.priority, n.rules[j].priority = n.rules[j].priority, r.priority
	}
}

// changeTargets changes a target group or what is registered there.
func (n *latticeNetwork) changeTargets(t *rapid.T) {
	g := pick(t, "target group", n.groups...)
	switch g.kind {
	case "LAMBDA":
		if chance(t, "permission", 60) {
			g.permission = pick(t, "principal", "", "elasticloadbalancing.amazonaws.com", "vpc-lattice.amazonaws.com")
		} else {
			g.permitted = pick(t, "permitted", "other", "own")
		}
	case "ALB":
		switch pick(t, "what", "scheme", "health", "VPC", "protocol", "port", "certificate", "rules", "services") {
		case "scheme":
			g.scheme = "internet-facing"
		case "health":
			g.health = true
		case "VPC":
			g.inVPC = "other"
		case "protocol":
			g.protocol = pick(t, "protocol", "TCP", "HTTP")
		case "port":
			g.albPort = pick(t, "port", 443, 8443, 444)
		case "certificate":
			n.alb.certificate = pick(t, "certificate", "*.pricing.example.com", "other.example.com")
		case "rules":
			n.network.changeListenerRules(t)
		case "services":
			s := pick(t, "service", n.services...)
			s.containerPort = pick(t, "container", 80, 8080)
		}
	default:
		switch pick(t, "what", "name", "VPC", "protocol", "port", "health port", "health") {
		case "name":
			g.named = false
		case "VPC":
			g.inVPC = "other"
		case "protocol":
			g.protocol = "TCP"
		case "port":
			g.port = pick(t, "port", 80, 8080, 3000)
		case "health port":
			g.health, g.healthPort = true, pick(t, "health port", 8081, 9000, 7000)
		case "health":
			g.health, g.healthPort = false, 0
		}
	}
}
