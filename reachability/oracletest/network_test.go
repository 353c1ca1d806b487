package oracletest

import "fmt"

// network is a small complete network as a plain Go value: one private API and its clients. Templates are written
// from it, and the packet model judges it without looking at them.
type network struct {
	consumer, provider *side
	sameAccount        bool

	client     location
	clientKind string // AWS::ECS::Service, AWS::Lambda::Function or AWS::EC2::Instance
	endpoint   location
	allowed    string // the principal: "root", "*", "other" or ""

	domain, path string
	zoneOf       string // whose VPC the hosted zone is associated with: "consumer" or "other"; "profile" for that of a Route 53 Profile
	zoneName     string // of that zone; "" for the domain
	profileOf    string // whose VPC the profile is associated with: "consumer" or "other"
	zones        []namedZone
	record       string // "endpoint", or "absent" for a record of another name

	port        int // that the client calls
	nlb         location
	nlbPort     int
	enforcement string // "on", "off" or "" for the default
	crossZone   bool

	// alb is nil where the NLB forwards to the tasks of services[0].
	alb      *alb
	services []*service

	extras []extra // workloads that nobody asks for
}

// alb is the second load balancer.
type alb struct {
	location
	targetPort  int // that the NLB's target group forwards to
	port        int // that the ALB listens on
	certificate string
	rules       []*listenerRule
	fallback    action
	healthPath  string
	healthCodes string
	http2       string // routing.http2.enabled: "true", "false" or "" for the default
}

// service is a target group and the ECS service behind it.
type service struct {
	location
	port          int    // registered with the target group
	containerPort int    // that a container maps
	crossZone     string // of the target group: "true", "false", or "" for that of the load balancer
	version       string // HTTP1, HTTP2, GRPC or "" for the default; only behind an ALB
}

// extra is one more client in the templates, or a resource like it.
type extra struct{ location }

// side is a VPC with what is in it.
type side struct {
	name      string
	prefix    string   // the first two numbers of its addresses
	secondary []string // more blocks of the VPC
	region    string   // "" for eu-west-1
	subnets   []*subnet
	tables    []*routeTable
	groups    []*group // the first is the VPC's default group
	lists     []*list
	acls      []*acl
}

func (s *side) cidr() string { return s.prefix + ".0.0/16" }

func (s *side) regionName() string {
	if s.region == "" {
		return "eu-west-1"
	}
	return s.region
}

// defaultGroup is the group of interfaces that name no group.
func (s *side) defaultGroup() *group { return s.groups[0] }

// location is where something is: its subnets, and the security groups of its network interfaces.
type location struct {
	groups  []*group
	subnets []*subnet
}

// subnet is a subnet; without an ACL it has the VPC's default one, which lets everything pass.
type subnet struct {
	id, cidr, zone string
	acl            *acl
	table          *routeTable // nil for the main one, which has no routes but the local one
}

// acl is a network ACL. What no entry matches is denied.
type acl struct {
	id        string
	isDefault bool // the VPC's own, which begins with entries 100 that let everything pass
	entries   []*aclEntry
}

// aclEntry is one numbered entry.
type aclEntry struct {
	number   int
	egress   bool
	protocol int // -1 is all
	cidr     string
	from, to int
	action   string
	builtIn  bool // not in the templates
}

// group is a security group. Without egress rules it lets everything out, unless it is closed.
type group struct {
	id        string
	isDefault bool // the VPC's own, which lets in its members and everything out
	closed    bool // has the rule that CDK writes where nothing may leave
	in, out   []*rule
}

// rule is one rule of a security group.
type rule struct {
	protocol string
	from, to int
	peer     peer
	separate bool // a resource of its own
}

// peer is who a rule names: exactly one of its fields.
type peer struct {
	cidr    string // IPv4 or IPv6
	group   *group
	list    *list
	address *elasticIP
}

// list is a prefix list. AWS gives its own an ID, and no template has them.
type list struct {
	id    string
	cidrs []string
	given string // the ID that AWS gave it; "" for one of the templates
}

// listenerRule is a rule of the ALB's listener. Without hosts or paths, it matches any.
type listenerRule struct {
	priority     int
	hosts, paths []string
	action       action
}

// action is what a rule does.
type action struct {
	kind    string // forward, fixed-response or redirect
	status  string
	targets []weight
}

// weight is one target group of a forward action: an index into services.
type weight struct{ service, weight int }

// GoString keeps rapid from printing pointers; a failure shows the network itself.
func (n *network) GoString() string { return "see the failure" }

// String is the whole network, for a counterexample.
func (n *network) String() string {
	text := fmt.Sprintf("%s%s calls https://%s:%d%s, sameAccount=%t allowed=%q zone=%s %s profile=%s further=%v record=%s\n", n.clientKind, n.client,
		n.domain, n.port, n.path, n.sameAccount, n.allowed, n.zone(), n.zoneOf, n.profileOf, n.zones, n.record)
	text += fmt.Sprintf("endpoint%s\nNLB%s port=%d enforcement=%q crossZone=%t\n", n.endpoint, n.nlb, n.nlbPort, n.enforcement,
		n.crossZone)
	if n.alb != nil {
		text += fmt.Sprintf("ALB%s targetPort=%d port=%d certificate=%s health=%s (%s)\n", n.alb.location, n.alb.targetPort,
			n.alb.port, n.alb.certificate, n.alb.healthPath, n.alb.healthCodes)
		for _, r := range n.alb.rules {
			text += fmt.Sprintf("  rule %+v\n", *r)
		}
		text += fmt.Sprintf("  else %+v\n", n.alb.fallback)
	}
	for i, s := range n.services {
		text += fmt.Sprintf("service %d%s port=%d containerPort=%d crossZone=%q version=%q\n", i, s.location, s.port, s.containerPort,
			s.crossZone, s.version)
	}
	return text + n.consumer.String() + n.provider.String()
}

func (p location) String() string {
	text := " in"
	for _, s := range p.subnets {
		text += " " + s.id
	}
	text += " with"
	for _, g := range p.groups {
		text += " " + g.id
	}
	return text
}

func (s *side) String() string {
	text := s.name + " " + s.cidr() + "\n"
	for _, subnet := range s.subnets {
		text += fmt.Sprintf("  %s %s %s", subnet.id, subnet.cidr, subnet.zone)
		if subnet.acl != nil {
			text += " " + subnet.acl.id
		}
		text += "\n"
	}
	for _, g := range s.groups {
		text += fmt.Sprintf("  %s closed=%t\n", g.id, g.closed)
		for _, r := range g.in {
			text += "    in  " + r.String() + "\n"
		}
		for _, r := range g.out {
			text += "    out " + r.String() + "\n"
		}
	}
	for _, l := range s.lists {
		text += fmt.Sprintf("  %s %v\n", l.id, l.cidrs)
	}
	for _, a := range s.acls {
		text += "  " + a.id + "\n"
		for _, e := range a.entries {
			text += fmt.Sprintf("    %+v\n", *e)
		}
	}
	return text
}

func (r *rule) String() string {
	text := fmt.Sprintf("%s %d-%d %s", r.protocol, r.from, r.to, r.peer.cidr)
	switch {
	case r.peer.group != nil:
		text += r.peer.group.id
	case r.peer.list != nil:
		text += r.peer.list.id + r.peer.list.given
	case r.peer.address != nil:
		text += r.peer.address.id + "/32"
	}
	return text
}
