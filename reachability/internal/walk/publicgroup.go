package walk

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// public takes one CIDR block of a rule for a peer at the other end of the internet; p is the property that has it.
func (c *groupCheck) public(m ruleMatch, p network.Property, v network.Value) {
	addresses := c.peer.Internet.All()
	if c.perAddress == nil {
		c.perAddress = make([]*result, len(addresses))
	}
	for i, a := range addresses {
		switch c.n.IsIn(a, v) {
		case network.Yes:
			r := passes("%s of %s allows TCP %d %s %s", c.d, m.rule.Owner(), c.port, c.toward(), c.peer.Name).at(p)
			if a.ElasticIP != nil {
				r = r.restsOn(a.ElasticIP.Resource)
			}
			switch {
			case m.ports == network.Maybe:
				c.doubtful(m.why())
			case m.rule.Resource.Exists == network.Maybe:
				c.doubtful(r)
			case c.perAddress[i] == nil:
				c.perAddress[i] = &r
			}
		case network.Maybe:
			c.doubtful(c.unsure(a, p, v))
		}
	}
}

// unsure is the result for a block that may have a public address of the peer.
func (c *groupCheck) unsure(a network.PublicAddress, p network.Property, v network.Value) result {
	block := network.NameOf(v)
	_, isText := v.Text()
	if !isText && c.n.ElasticIPOfBlock(v) == nil {
		return unknownUntil(v, "the CIDR block of a rule is unknown: %s", cite.Why(v)).at(p)
	}
	if c.d == network.Egress {
		return unknown(
			fmt.Sprintf("whether %s has the addresses of %s is unknown: AWS picks them, and may change them", block, c.peer.Name), "allow TCP "+fmt.Sprint(c.port)+" to 0.0.0.0/0",
		).at(p)
	}
	of, settle := c.peer.Name, proof.Settlement{Kind: proof.SettleByPublicAddress, Subject: c.peer.Name}
	if c.peer.Resource != nil {
		settle.Subject = network.FullName(c.peer.Resource)
	}
	fix := "give it an Elastic IP address, and name that in the rule"
	if subject := a.Subject(); subject != "" {
		of, settle.Subject = subject, subject
		fix = `name the Elastic IP address in the rule: Fn::Sub "${Address}/32"`
	}
	if a.Of.Resource == nil {
		return unknown(fmt.Sprintf("not all public addresses of %s are known, nor whether %s has them", of, block), fix, settle).at(p)
	}
	return unknown(fmt.Sprintf("whether %s has the public address of %s is unknown", block, of), fix, settle).at(p)
}

// overInternet finds whether the rules allow all public addresses of the peer; decided is false unless they do for certain.
func (c *groupCheck) overInternet() (r result, decided bool) {
	addresses := c.peer.Internet.All()
	r = passes("%s of %s allows TCP %d %s %s", c.d, network.GroupNames(c.of.Groups), c.port, c.toward(), c.publicPeer())
	var missing []string
	for i, one := range c.perAddress {
		if one == nil {
			missing = append(missing, addressName(addresses[i]))
			continue
		}
		r.uses = append(r.uses, one.uses...)
		r = r.related(one.evidence...)
	}
	switch {
	case len(c.perAddress) > 0 && len(missing) == 0:
		return r, true
	case len(missing) < len(c.perAddress) && c.doubt == nil:
		return blocks(
			fmt.Sprintf("%s of %s allows TCP %d from some public addresses of %s, and not from %s, which connections get too",
				c.d, network.GroupNames(c.of.Groups), c.port, c.peer.Name, strings.Join(missing, " and ")),
			"",
		).related(r.evidence...), false
	}
	return result{verdict: proof.Blocked}, false
}

// publicPeer is the peer with its addresses, as far as they are known.
func (c *groupCheck) publicPeer() string {
	var names []string
	for _, a := range c.peer.Internet.Addresses {
		names = append(names, addressName(a))
	}
	if len(names) == 0 {
		return c.peer.Name
	}
	return fmt.Sprintf("%s, by %s", c.peer.Name, strings.Join(names, " and "))
}

// addressName is a public address as people know it.
func addressName(a network.PublicAddress) string {
	switch {
	case a.Addr.IsValid():
		return a.Addr.String()
	case a.Subject() != "":
		return a.Subject()
	}
	return "other addresses"
}

// namedInVain are rules that name a group of clients or of what they call, where packets pass the internet, a few of them.
func (c *groupCheck) namedInVain() []proof.Evidence {
	if c.peer.Internet == nil {
		return nil
	}
	var list []proof.Evidence
	for _, id := range c.of.Groups {
		g := c.n.SecurityGroup(id)
		if g == nil {
			continue
		}
		for _, rule := range g.Rules[c.d] {
			isFor := c.d == network.Egress || len(c.n.WorkloadsWith(network.GroupID{Value: rule.Group})) > 0
			if is, _ := rule.Ports(c.port); is == network.No || !rule.NamesGroup() || !isFor {
				continue
			}
			if list = append(list, cite.Property(rule.GroupProperty())); len(list) == 3 {
				return list
			}
		}
	}
	return list
}
