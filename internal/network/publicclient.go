package network

import (
	"net/netip"
	"slices"
)

// MaySendOut reports whether a node's security groups let packets out to public addresses, or may.
func (n *Network) MaySendOut(node Node) bool {
	return node.Unfiltered || slices.ContainsFunc(node.Groups, func(id GroupID) bool {
		g := n.SecurityGroup(id)
		return g == nil || Derive(n, g, maySendOut)
	})
}

// maySendOut reports whether a security group has an egress rule for public addresses, or may have one.
func maySendOut(g *SecurityGroup) bool {
	if g.Open[Egress] || g.MayBeOpen || g.Unread[Egress] != nil || g.Resource == nil {
		return true
	}
	return slices.ContainsFunc(g.Rules[Egress], func(rule Rule) bool {
		if rule.NamesGroup() {
			return false
		}
		block, ok := Block(rule.CidrIp)
		return !ok || IsPublicBlock(block)
	})
}

// NamedAddresses are the public addresses that ingress rules admit by name: not those of rules for everybody.
type NamedAddresses struct {
	elasticIPs map[*ElasticIP]bool
	blocks     prefixSet
}

// NamedAddresses are the public addresses that the security groups of a node admit by name.
func (n *Network) NamedAddresses(node Node) *NamedAddresses {
	named := &NamedAddresses{elasticIPs: map[*ElasticIP]bool{}}
	for _, id := range node.Groups {
		g := n.SecurityGroup(id)
		if g == nil {
			continue
		}
		for _, rule := range g.Rules[Ingress] {
			entries, _ := PrefixListEntries(rule.PrefixList, nil)
			for _, v := range append(entries, rule.CidrIp) {
				named.add(n, v)
			}
		}
	}
	return named
}

func (a *NamedAddresses) add(n *Network, v Value) {
	if e := n.ElasticIPOfBlock(v); e != nil {
		a.elasticIPs[e] = true
	}
	if block, ok := Block(v); ok && block.Addr().Is4() && block.Bits() > 0 {
		a.blocks.add(block)
	}
}

// HasAny reports whether one of some addresses is admitted by name.
func (a *NamedAddresses) HasAny(addresses []PublicAddress) bool {
	return slices.ContainsFunc(addresses, func(address PublicAddress) bool {
		if address.ElasticIP != nil && a.elasticIPs[address.ElasticIP] {
			return true
		}
		return address.Addr.IsValid() && a.blocks.covers(netip.PrefixFrom(address.Addr, address.Addr.BitLen()))
	})
}
