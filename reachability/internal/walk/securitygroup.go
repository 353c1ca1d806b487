package walk

import (
	"fmt"
	"net/netip"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/budget"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// someRules is how many rules of a kind are cited: more than a security group has, unless its quota was raised.
const someRules = 60

// groupCheck collects what the rules of a node's security groups say about one TCP port and one peer.
type groupCheck struct {
	n     *network.Network
	left  *budget.Budget
	lists map[string][]string // prefix lists that people gave
	of    network.Node
	d     network.Direction
	port  int
	peer  network.Node

	allowed    *result            // by a rule that is certain
	doubt      *result            // about a rule that may allow it
	prefixes   []netip.Prefix     // that certain rules allow
	byBlock    []network.Property // of those rules
	samePeer   []proof.Evidence   // rules that are for the peer, on other ports, some of them
	over       way                // how the peer is reached, if it is in another VPC
	useless    *result            // a rule that names a group of the peer in a way that does nothing there
	theirs     *network.Addresses // of the peer, once they are needed
	perAddress []*result          // by public address of a peer at the other end of the internet: that a certain rule allows it
}

// allows finds whether one direction of a node's security groups allows TCP traffic on a port, to or from a peer.
func (t *trace) allows(of network.Node, d network.Direction, port int, peer network.Node) result {
	return t.allowsOver(way{}, of, d, port, peer)
}

// allowsOver is allows for a peer in another VPC.
func (t *trace) allowsOver(w way, of network.Node, d network.Direction, port int, peer network.Node) result {
	if of.Unfiltered {
		return passes("%s has no security group, so nothing is filtered", of.Name)
	}
	if r, wrong := t.foreignGroup(of); wrong {
		return r
	}
	c := &groupCheck{n: t.n, left: t.run.left, lists: t.facts.PrefixLists, of: of, d: d, port: port, peer: peer, over: w}
	for _, id := range of.Groups {
		c.group(id)
	}
	c.unplaced()
	if c.allowed != nil {
		return c.allowed.concerningNodes(of)
	}
	r := c.blocks()
	if peer.Internet != nil {
		var decided bool
		if r, decided = c.overInternet(); decided {
			return r.concerningNodes(of)
		}
	}
	switch {
	case r.verdict != proof.Blocked:
		return r.concerningNodes(of)
	case c.doubt != nil:
		return *c.doubt
	}
	return c.blocked(r)
}

// foreignGroup finds a security group of a node that belongs to another VPC: EC2 refuses it.
func (t *trace) foreignGroup(of network.Node) (result, bool) {
	for _, id := range of.Groups {
		g := t.n.SecurityGroup(id)
		if g == nil || g.Resource == nil || g.VpcId().IsAbsent() {
			continue
		}
		if vpc := g.VpcId(); network.Equal(vpc.Value, of.VPC) == network.No {
			return blocks(
				fmt.Sprintf("security group %s belongs to VPC %s, and %s is in %s", id, network.NameOf(vpc.Value), of.Name, network.NameOf(of.VPC)),
				"use a security group of the same VPC",
			).at(vpc), true
		}
	}
	return result{}, false
}

// toward is the preposition between a node and its peer.
func (c *groupCheck) toward() string {
	return [...]string{network.Ingress: "from", network.Egress: "to"}[c.d]
}

// blocked completes the result for traffic that no rule allows.
func (c *groupCheck) blocked(r result) result {
	groups := network.GroupNames(c.of.Groups)
	if r.message == "" {
		r.message = fmt.Sprintf("no %s rule of %s allows TCP %d %s %s", c.d, groups, c.port, c.toward(), c.peer.Name)
	}
	if named := c.namedInVain(); len(r.evidence) == 0 && len(named) > 0 {
		r.message += ": rules that name security groups are for private addresses alone"
		r = r.related(named...)
	}
	if c.useless != nil && len(r.evidence) == 0 {
		return *c.useless
	}
	peer := network.GroupNames(c.peer.Groups)
	switch {
	case c.peer.PrefixList != nil:
		peer = "the prefix list of " + c.peer.Name
	case c.peer.Internet != nil && c.d == network.Egress:
		peer = "0.0.0.0/0"
	case c.peer.Internet != nil:
		peer = "the public addresses of " + c.peer.Name
	case len(c.peer.Groups) == 0:
		peer = "the addresses of " + c.peer.Name
	}
	r.fix = fmt.Sprintf("allow TCP %d %s %s in the %s rules of %s", c.port, c.toward(), peer, c.d, groups)
	r = r.related(c.samePeer...)
	for _, id := range c.of.Groups {
		if g := c.n.SecurityGroup(id); g != nil && g.Resource != nil {
			r = r.related(cite.Resource(g.Resource))
		} else if c.of.Resource != nil {
			r = r.related(cite.Resource(c.of.Resource))
		}
	}
	return r.related(c.samePort()...)
}

// samePort are rules that allow other groups on the port, a few of them.
func (c *groupCheck) samePort() []proof.Evidence {
	var list []proof.Evidence
	for _, id := range c.of.Groups {
		g := c.n.SecurityGroup(id)
		if g == nil {
			continue
		}
		for _, rule := range g.Rules[c.d] {
			if is, _ := rule.Ports(c.port); is == network.No || !rule.NamesGroup() {
				continue
			}
			if list = append(list, cite.Property(rule.GroupProperty())); len(list) == 3 {
				return list
			}
		}
	}
	return list
}

// group reads the rules of one group.
func (c *groupCheck) group(id network.GroupID) {
	g := c.n.SecurityGroup(id)
	if g == nil {
		c.doubtful(unknownUntil(id.Value, "security group %s is not in the templates", id))
		return
	}
	if g.Open[c.d] {
		c.openGroup(id, g)
	}
	rules := c.n.RulesFor(g, c.d, c.peer)
	if !c.left.Steps(len(rules)) {
		return
	}
	for _, rule := range rules {
		c.rule(rule)
	}
	if c.d == network.Egress && g.MayBeOpen {
		c.doubtful(undecided(network.Whole(g.Rules[network.Egress][0].Resource)))
	}
	if p := g.Unread[c.d]; p != nil {
		c.doubtful(undecided(*p))
	}
	if g.Resource == nil && !id.IsDefaultGroup() {
		c.doubtful(unknown(
			fmt.Sprintf("security group %s is defined elsewhere, and not all of its rules are in the templates", id), "",
			proof.Settlement{Kind: proof.SettleByTemplate, Subject: "the security group"},
		))
	}
}

// unplaced reads the rules whose security group is undecided: they can open a group, and never close it.
func (c *groupCheck) unplaced() {
	for _, rule := range c.n.UnplacedRules(c.d) {
		if is, _ := rule.Ports(c.port); is != network.No && rule.CanBeFor(c.peer) {
			c.doubtful(undecided(rule.GroupId()))
		}
	}
}

// openGroup applies EC2's own default rules.
func (c *groupCheck) openGroup(id network.GroupID, g *network.SecurityGroup) {
	if c.d == network.Egress {
		if rules := c.n.UnplacedRules(network.Egress); len(rules) > 0 {
			c.doubtful(undecided(rules[0].GroupId()))
			return
		}
		r := passes("%s has EC2's default egress rule, which allows everything", id)
		if g.Resource != nil {
			r = r.atResource(g.Resource)
		}
		c.certain(r)
		return
	}
	for _, other := range c.peer.Groups {
		switch id.Is(other) {
		case network.Yes:
			c.certain(passes("%s allows traffic between its members", id))
		case network.Maybe:
			c.doubtful(unknownUntil(other.Value, "whether %s is in %s is unknown", c.peer.Name, id))
		}
	}
}

func (c *groupCheck) certain(r result) {
	if c.allowed == nil {
		c.allowed = &r
	}
}

func (c *groupCheck) doubtful(r result) {
	if c.doubt == nil {
		c.doubt = &r
	}
}

// rule reads one rule: whether it is for TCP and the port, and whether it is for the peer.
func (c *groupCheck) rule(rule network.Rule) {
	ports, undecidedPort := rule.Ports(c.port)
	if ports == network.No {
		if len(c.samePeer) < someRules && rule.IsFor(c.peer) == network.Yes {
			c.samePeer = append(c.samePeer, cite.Property(rule.FromPortProperty()))
		}
		return
	}
	m := ruleMatch{rule: rule, ports: ports, undecided: undecidedPort}
	switch {
	case rule.NamesGroup() && c.peer.Internet != nil: // it is for private addresses
	case rule.NamesGroup():
		p := rule.GroupProperty()
		switch rule.IsFor(c.peer) {
		case network.Yes:
			c.named(m, p)
		case network.Maybe:
			c.doubtful(unknownUntil(p.Value, "whether %s is a security group of %s is unknown", network.NameOf(p.Value), c.peer.Name).at(p))
		}
	case rule.NamesPrefixList() && c.peer.PrefixList != nil:
		c.managedList(m)
	case rule.NamesPrefixList():
		c.prefixList(m)
	default:
		c.block(m)
	}
}

// ruleMatch is a rule that is for the port, or may be.
type ruleMatch struct {
	rule      network.Rule
	ports     network.Tristate
	undecided network.Property // that leaves open whether it is for the port
}

// why is the doubt about whether the rule is for the port.
func (m ruleMatch) why() result {
	if m.ports == network.Maybe {
		return undecided(m.undecided)
	}
	return result{}
}

// matched takes a rule that is for the peer; p is the property that names the peer.
func (c *groupCheck) matched(m ruleMatch, p network.Property) {
	r := passes("%s of %s allows TCP %d %s %s", c.d, m.rule.Owner(), c.port, c.toward(), c.peer.Name).at(p)
	switch {
	case m.ports == network.Maybe:
		c.doubtful(m.why())
	case m.rule.Resource.Exists == network.Maybe:
		c.doubtful(r)
	default:
		c.certain(r)
	}
}
