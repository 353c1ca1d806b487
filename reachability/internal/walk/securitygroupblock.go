package walk

import (
	"fmt"
	"net/netip"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// prefixList takes a rule that names its peer by a prefix list.
func (c *groupCheck) prefixList(m ruleMatch) {
	p := m.rule.PrefixListProperty()
	blocks, known := network.PrefixListEntries(p.Value, c.lists)
	switch id, hasID := network.PrefixListID(p.Value); {
	case !known && hasID:
		c.doubtful(unknown(
			fmt.Sprintf("the entries of prefix list %s are not in the templates", id), "", proof.Settlement{Kind: proof.SettleByPrefixList, Subject: id},
		).at(p))
		return
	case !known:
		c.doubtful(unknownUntil(p.Value, "the entries of a prefix list are unknown: %s", cite.Why(p.Value)).at(p))
		return
	}
	for _, v := range blocks {
		c.cidr(m, p, v)
	}
}

// managedList takes a rule that names its peer by a prefix list, where the peer has the addresses of one that AWS manages.
func (c *groupCheck) managedList(m ruleMatch) {
	p, list := m.rule.PrefixListProperty(), c.peer.PrefixList
	id, hasID := network.PrefixListID(p.Value)
	switch {
	case hasID && list.ID == "":
		settle := proof.Settlement{Kind: proof.SettleByLatticePrefixList, Subject: list.Stack.Region}
		if list.Stack.Region == "" {
			settle = environment(list.Stack)
		}
		c.doubtful(unknown(fmt.Sprintf("whether prefix list %s is that of %s is not in the templates", id, c.peer.Name), "", settle).at(p))
	case hasID && id == list.ID:
		c.matched(m, p)
	default:
		c.prefixList(m)
	}
}

// block takes a rule that names its peer by a CIDR block.
func (c *groupCheck) block(m ruleMatch) {
	blocks := m.rule.Blocks()
	if len(blocks) == 0 {
		c.doubtful(unknown("a rule names its peer in a way that the proof does not know", "name the peer by its security group or by a CIDR block").at(m.rule.Whole()))
		return
	}
	c.cidr(m, blocks[0], blocks[0].Value)
}

// cidr takes one CIDR block of a rule; p is the property that has it. Requests are IPv4, so a block of IPv6 is for others.
func (c *groupCheck) cidr(m ruleMatch, p network.Property, v network.Value) {
	block, ok := network.Block(v)
	_, isText := v.Text()
	switch {
	case isText && !ok, ok && !block.Addr().Is4():
		return
	case c.peer.Internet != nil:
		c.public(m, p, v)
		return
	case !ok:
		c.doubtful(unknownUntil(v, "the CIDR block of a rule is unknown: %s", cite.Why(v)).at(p))
		return
	case block.Bits() == 0:
		c.matched(m, p)
		return
	}
	if c.touches(block) == network.None {
		return
	}
	if m.ports == network.Maybe || m.rule.Resource.Exists == network.Maybe {
		why := m.why()
		c.doubtful(unknown("whether a rule is for the port, or is deployed, is unknown", why.fix, why.settle...).at(p))
		return
	}
	c.prefixes = append(c.prefixes, block)
	c.byBlock = append(c.byBlock, p)
}

// touches says whether a block has addresses of the peer.
func (c *groupCheck) touches(block netip.Prefix) network.Coverage {
	theirs := c.addresses()
	if len(theirs.Blocks) == 0 {
		return network.Some
	}
	for _, b := range theirs.Blocks {
		if b.Overlaps(block) {
			return network.Some
		}
	}
	return network.None
}

// blocks finds whether the CIDR blocks of the rules cover the addresses of the peer.
func (c *groupCheck) blocks() result {
	if len(c.prefixes) == 0 {
		return result{verdict: proof.Blocked}
	}
	theirs := c.addresses()
	byBlock := result{}.at(c.byBlock[:min(len(c.byBlock), someRules)]...).restsOn(resourcesOf(c.byBlock)...)
	covered := map[network.Coverage]int{}
	var outside netip.Prefix
	for _, block := range theirs.Blocks {
		coverage := network.Cover(block, c.prefixes)
		covered[coverage]++
		if coverage == network.None {
			outside = block
		}
	}
	isPartial := c.peer.PrefixList != nil && c.peer.PrefixList.IsPartial
	switch {
	case len(theirs.Blocks) > 0 && covered[network.All] == len(theirs.Blocks) && !isPartial:
		return passes("%s rules allow TCP %d %s the addresses of %s", c.d, c.port, c.toward(), c.peer.Name).like(byBlock)
	case theirs.Exact && covered[network.None] > 0:
		message := fmt.Sprintf("%s rules allow TCP %d %s some subnets of %s, but not %s %s", c.d, c.port, c.toward(), c.peer.Name, c.toward(), outside)
		return blocks(message, "").related(byBlock.evidence...)
	case isPartial:
		return unknown(
			fmt.Sprintf("whether %s rules for TCP %d cover all addresses of %s is unknown", c.d, c.port, c.peer.Name), "name its prefix list",
		).like(byBlock)
	}
	return unknown(
		fmt.Sprintf("whether %s rules for TCP %d cover all addresses of %s is unknown", c.d, c.port, c.peer.Name), "name its security group, or the blocks of its subnets",
	).like(byBlock)
}

// addresses are those of the peer.
func (c *groupCheck) addresses() network.Addresses {
	if c.theirs == nil {
		theirs := c.n.AddressesOf(c.peer)
		c.theirs = &theirs
	}
	return *c.theirs
}

// resourcesOf are the resources that have properties, each once.
func resourcesOf(list []network.Property) []*network.Resource {
	var resources []*network.Resource
	seen := map[*network.Resource]bool{}
	for _, p := range list {
		if !seen[p.Resource] {
			seen[p.Resource] = true
			resources = append(resources, p.Resource)
		}
	}
	return resources
}
