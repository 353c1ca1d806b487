package oracletest

import "fmt"

// latticeNetwork is a small complete network in which the private API is a service of VPC Lattice.
type latticeNetwork struct {
	*network // the two VPCs and their accounts, the client, the name and path that it calls, and the ALB with what is behind it

	list        *list // the prefix list of VPC Lattice, with the blocks that the model sends packets to and from
	blocksKnown bool  // somebody said which blocks the list has

	isCentral   bool     // the provider owns the service network, not the consumer
	byProvider  bool     // the provider associates the service
	vpcIn       string   // the service network of the client's VPC: "network", "other", "both" or "" for none
	serviceIn   string   // that of the service
	association location // the security groups of the VPC's association
	shares      []*share

	custom       string // the service's custom domain name
	certificate  string // the name that its certificate covers; "" for no certificate
	key          string // the algorithm of the certificate's key
	listenerPort int
	protocol     string // of the listener: HTTPS or HTTP

	role     bool // the client has a role
	identity []*statement
	service  access
	joined   access // that of the service network

	rules    []*latticeRule
	fallback latticeAction
	groups   []*latticeGroup
}

// share is a resource share.
type share struct {
	of        string // "service" or "network"
	principal string // "consumer", "provider", "other" or "organization"
}

// access is the access control of a service or a service network.
type access struct {
	authType string // NONE, AWS_IAM or "" for the default
	policy   []*statement
}

// statement is a statement of a policy.
type statement struct {
	effect    string
	principal string // "*", "role", "account", "other role", "other account"; "" in an identity policy
	action    string
	resource  string // "*", "service" for everything of the service, or "other"
	condition condition
}

// condition is what a statement asks of a request; its key is "" for nothing.
type condition struct{ operator, key, value string }

// latticeRule is a rule of the service's listener.
type latticeRule struct {
	priority int
	exact    bool
	path     string
	action   latticeAction
}

// latticeAction forwards to target groups, or answers with a status.
type latticeAction struct {
	status  int // 0 for a forward
	targets []weight
}

// latticeGroup is a target group of VPC Lattice with what is registered there.
type latticeGroup struct {
	kind     string // IP, ALB or LAMBDA
	protocol string
	location        // of the tasks
	port     int    // of the container
	named    bool   // the task definition has the port's name
	inVPC    string // "own" or "other"

	health     bool
	healthPort int // 0 for that of the target

	scheme  string // of the ALB
	albPort int    // to which the ALB's target is registered

	permission string // of the function: the principal, or "" for none
	permitted  string // the target group that it is for: "own", "other" or "" for any
}

// blocks are the addresses of VPC Lattice. AWS documents the first; the others are for it to say.
var blocks = []string{"169.254.171.0/24", "129.224.8.0/24"}

func newLatticeList() *list { return &list{given: "pl-0a1b2c3d4e5f60001", cidrs: blocks} }

// otherLists are prefix lists of other services of AWS.
var otherLists = []*list{{given: "pl-6da54004", cidrs: []string{"3.5.64.0/24"}}, {given: "pl-0a1b2c3d4e5f60002", cidrs: []string{"52.94.5.0/24"}}}

func (n *latticeNetwork) GoString() string { return "see the failure" }

func (n *latticeNetwork) String() string {
	text := fmt.Sprintf("%s%s calls https://%s:%d%s, sameAccount=%t zone=%s record=%s blocksKnown=%t\n", n.clientKind, n.client, n.domain, n.port,
		n.path, n.sameAccount, n.zoneOf, n.record, n.blocksKnown)
	text += fmt.Sprintf("isCentral=%t byProvider=%t vpcIn=%q serviceIn=%q association%s\n", n.isCentral, n.byProvider, n.vpcIn, n.serviceIn, n.association)
	for _, s := range n.shares {
		text += fmt.Sprintf("  share %+v\n", *s)
	}
	text += fmt.Sprintf("service %q certificate=%q (%s) listener %s %d\n", n.custom, n.certificate, n.key, n.protocol, n.listenerPort)
	text += fmt.Sprintf("role=%t%s\nservice network %s%s\nservice %s%s\n", n.role, statements(n.identity), n.joined.authType, statements(n.joined.policy),
		n.service.authType, statements(n.service.policy))
	for _, r := range n.rules {
		text += fmt.Sprintf("  rule %+v\n", *r)
	}
	text += fmt.Sprintf("  else %+v\n", n.fallback)
	for i, g := range n.groups {
		text += fmt.Sprintf("target group %d%s %s %s port=%d named=%t in %s health=%t %d scheme=%s albPort=%d permission=%q for %q\n", i, g.location, g.kind,
			g.protocol, g.port, g.named, g.inVPC, g.health, g.healthPort, g.scheme, g.albPort, g.permission, g.permitted)
	}
	if n.alb != nil {
		text += fmt.Sprintf("ALB%s port=%d certificate=%s\n", n.alb.location, n.alb.port, n.alb.certificate)
		for _, r := range n.alb.rules {
			text += fmt.Sprintf("  rule %+v\n", *r)
		}
		text += fmt.Sprintf("  else %+v\n", n.alb.fallback)
	}
	for i, s := range n.services {
		text += fmt.Sprintf("service %d%s port=%d containerPort=%d\n", i, s.location, s.port, s.containerPort)
	}
	return text + n.consumer.String() + n.provider.String()
}

func statements(list []*statement) string {
	text := ""
	for _, s := range list {
		text += fmt.Sprintf("\n  %+v", *s)
	}
	return text
}
