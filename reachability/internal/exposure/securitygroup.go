package exposure

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// securityGroups adds everything that the security groups of a link allow on its ports.
func (c *chain) securityGroups(to link) {
	for _, id := range to.Groups {
		c.securityGroup(id, to)
	}
	for _, rule := range c.n.UnplacedRules(network.Ingress) {
		if len(to.Groups) > 0 && allowsPorts(rule, to.ports) != proof.Blocked {
			from := fmt.Sprintf("anything %s allows, if it is a rule of %s", network.DisplayName(rule.Resource), network.GroupNames(to.Groups))
			c.unknown(to.hop, from, rule.GroupId())
		}
	}
}

// securityGroup adds everything that one security group of a link allows.
func (c *chain) securityGroup(id network.GroupID, to link) {
	g := c.n.SecurityGroup(id)
	if g == nil || g.Resource == nil && !g.Open[network.Ingress] {
		c.unknown(to.hop, fmt.Sprintf("anything %s allows, which is not in the templates", id), network.Whole(to.Resource))
	}
	if g == nil {
		return
	}
	if g.Open[network.Ingress] {
		c.add(proof.Exposure{
			Hop: to.hop, From: fmt.Sprintf("the members of %s", id), Clients: c.callers(c.n.Members(id, to.Resource)),
			Verdict: proof.Reachable, Evidence: cite.Resource(to.Resource),
		})
	}
	if !c.left.Steps(len(g.Rules[network.Ingress])) {
		return
	}
	for _, rule := range g.Rules[network.Ingress] {
		if verdict := allowsPorts(rule, to.ports); verdict != proof.Blocked {
			c.rule(rule, verdict, to)
		}
	}
	if unread := g.Unread[network.Ingress]; unread != nil {
		c.unknown(to.hop, fmt.Sprintf("anything the rules of %s allow, which are unknown", id), *unread)
	}
}

// allowsPorts says whether a rule allows one of the ports.
func allowsPorts(rule network.Rule, ports []int) proof.Verdict {
	verdict := proof.Blocked
	for _, port := range ports {
		is, _ := rule.Ports(port)
		if port == anyPort {
			is = rule.AnyPort()
		}
		switch is {
		case network.Yes:
			verdict = proof.Reachable
		case network.Maybe:
			return proof.Unknown
		}
	}
	if verdict == proof.Reachable && rule.Resource.Exists == network.Maybe {
		return proof.Unknown
	}
	return verdict
}

// rule adds what one ingress rule of a link allows.
func (c *chain) rule(rule network.Rule, verdict proof.Verdict, to link) {
	x := proof.Exposure{Hop: to.hop, Verdict: verdict}
	switch {
	case rule.NamesGroup():
		x.Evidence = cite.Property(rule.GroupProperty())
		c.group(x, network.GroupID{Value: rule.Group}, to)
	case rule.NamesPrefixList():
		c.prefixList(x, rule.PrefixListProperty(), to)
	case len(rule.Blocks()) > 0:
		x.Evidence = cite.Property(rule.Blocks()[0])
		c.block(x, rule.Blocks()[0].Value, to)
	default:
		c.unknown(to.hop, "a source that the rule names neither by ID nor by CIDR block", rule.Whole())
	}
}

// group adds a security group that a rule names. The chain comes through it if the previous node has it.
func (c *chain) group(x proof.Exposure, source network.GroupID, to link) {
	x.From = "security group " + source.String()
	if source.IsUndecided() {
		x.Verdict = proof.Unknown
	}
	if to.reach != nil {
		if x = to.reach.groupOf(x, source); x.Verdict == proof.Blocked {
			return
		}
	}
	x.Chain = to.previous != nil && slices.ContainsFunc(to.previous.Groups, func(g network.GroupID) bool { return g.Is(source) == network.Yes })
	if x.Chain {
		c.otherMembers(x, source, to)
	} else {
		x.Clients = c.callers(c.n.Members(source, nil))
	}
	c.add(x)
}

// prefixList adds the blocks of a prefix list that a rule names, or the list as a whole if they are not known.
func (c *chain) prefixList(x proof.Exposure, list network.Property, to link) {
	x.Evidence = cite.Property(list)
	name := "prefix list " + network.NameOf(list.Value)
	if from := to.previous; from != nil && from.PrefixList != nil && from.PrefixList.ID != "" && list.Literal() == from.PrefixList.ID {
		x.From, x.Chain = name+" of "+from.Name, true
		c.add(x)
		return
	}
	blocks, known := network.PrefixListEntries(list.Value, c.prefixLists)
	if !known {
		x.From = name
		c.add(x)
		return
	}
	for _, block := range blocks {
		x.From = name + ": "
		c.block(x, block, to)
	}
}

// block adds a CIDR block that a rule names. The chain comes through it if the previous node has no security group, and
// all its addresses are in it.
func (c *chain) block(x proof.Exposure, cidr network.Value, to link) {
	block, ok := network.Block(cidr)
	if to.reach != nil && ok && c.routedBlock(x, block, to) {
		return
	}
	x.From += cidr.String()
	if ok && block.Bits() == 0 {
		x.From += ", every address"
	} else if ok && to.previous != nil && to.previous.Unfiltered {
		x.Chain = network.Cover(block, c.n.AddressesOf(*to.previous).Blocks) == network.All
	}
	c.add(x)
}
