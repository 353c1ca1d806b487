package network

import (
	"net/netip"
	"slices"
)

// PublicAddress is a public IPv4 address that packets come from, as far as it is known.
type PublicAddress struct {
	// Of is what gives the address, such as the allocation.
	Of Property
	// ElasticIP is the address as a resource; nil if the templates do not define it.
	ElasticIP *ElasticIP
	// Addr is the address; invalid if only the deployment decides it.
	Addr netip.Addr
}

// Subject is what people give the address of: an Elastic IP address by its stack and logical ID, or an allocation by its ID; "" if there is
// no such name.
func (a PublicAddress) Subject() string {
	if a.ElasticIP != nil {
		return FullName(a.ElasticIP.Resource)
	}
	return a.Of.Literal()
}

// publicAddress is the address of an allocation. given are addresses that people gave.
func (n *Network) publicAddress(of Property, given map[string][]string) PublicAddress {
	a := PublicAddress{Of: of, ElasticIP: n.ElasticIP(of.Value)}
	if a.ElasticIP == nil {
		a.Addr = firstAddr(given[of.Literal()])
		return a
	}
	a.Addr = firstAddr([]string{a.ElasticIP.Address().Literal()})
	if !a.Addr.IsValid() {
		a.Addr = firstAddr(givenFor(given, a.ElasticIP.Resource))
	}
	return a
}

// firstAddr is the first address of a list, if it is one.
func firstAddr(list []string) netip.Addr {
	if len(list) == 0 {
		return netip.Addr{}
	}
	addr, _ := netip.ParseAddr(list[0])
	return addr
}

// givenFor are the addresses that people gave for a resource, by any of its names.
func givenFor(given map[string][]string, r *Resource) []string {
	for _, name := range []string{FullName(r), r.ConstructPath, r.ID} {
		if list := given[name]; len(list) > 0 && name != "" {
			return list
		}
	}
	return nil
}

// PublicAddressesOfNat are the public addresses of the NAT gateway that a value refers to: a connection gets any of them. isKnown is false
// if it has or may have others.
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
func (n *Network) PublicAddressesOfNat(target Property, given map[string][]string) (list []PublicAddress, isKnown bool) {
	if list, isGiven := n.GivenAddresses(target, given); isGiven {
		return list, true
	}
	g := n.NatGateway(target.Value)
	if g == nil {
		return nil, false
	}
	allocations, isKnown := g.Allocations()
	for _, allocation := range allocations {
		list = append(list, n.publicAddress(allocation, given))
	}
	return list, isKnown
}

// GivenAddresses are the public addresses that people gave for what a value names; ok is false if they gave none.
func (n *Network) GivenAddresses(of Property, given map[string][]string) (list []PublicAddress, ok bool) {
	if r, _, isReference := of.Reference(); isReference {
		return givenAddresses(of, givenFor(given, r))
	}
	return givenAddresses(of, given[of.Literal()])
}

// givenAddresses are addresses that people gave for something.
func givenAddresses(of Property, given []string) (list []PublicAddress, isKnown bool) {
	for _, text := range given {
		if addr := firstAddr([]string{text}); addr.IsValid() {
			list = append(list, PublicAddress{Of: of, Addr: addr})
		}
	}
	return list, len(list) > 0
}

// PublicAddressesOfNode are the public addresses of a workload that has some: Elastic IP addresses. isKnown is false if AWS picks them.
func (n *Network) PublicAddressesOfNode(node Node, given map[string][]string) (list []PublicAddress, isKnown bool) {
	if list := givenFor(given, node.Resource); len(list) > 0 {
		return givenAddresses(Whole(node.Resource), list)
	}
	for _, use := range n.internet.elasticIPUses.of(node.Resource) {
		list = append(list, n.publicAddress(Property{Value: use.address, Resource: use.at.Resource, name: use.at.name}, given))
	}
	return list, len(list) > 0
}

// blocks are the addresses as blocks; none if only the deployment decides one of them.
func (i *Internet) blocks() Addresses {
	found := Addresses{Exact: true}
	for _, a := range i.All() {
		if !a.Addr.IsValid() {
			return Addresses{}
		}
		found.Blocks = append(found.Blocks, netip.PrefixFrom(a.Addr, a.Addr.BitLen()))
	}
	return found
}

// IsIn says whether a block has the address. The block can be "ADDRESS/32" of the address as a reference, by Fn::Sub or Fn::Join.
func (n *Network) IsIn(a PublicAddress, block Value) Tristate {
	if prefix, ok := Block(block); ok {
		switch {
		case !IsPublicBlock(prefix):
			return No
		case prefix.Bits() == 0:
			return Yes
		case a.Addr.IsValid():
			return yesOrNo(prefix.Contains(a.Addr))
		}
		return Maybe
	}
	if _, isText := block.Text(); isText || n.elasticIPOfAddress(block) != nil {
		return No // not a block
	}
	named := n.ElasticIPOfBlock(block)
	switch {
	case named == nil:
		return Maybe
	case a.ElasticIP != nil:
		return yesOrNo(named == a.ElasticIP)
	}
	return Maybe
}

// HasBlock says whether a block has all addresses of another one; maybe if it has some, or is decided at deployment.
func (n *Network) HasBlock(block Value, of netip.Prefix) Tristate {
	prefix, ok := Block(block)
	switch {
	case !ok && n.ElasticIPOfBlock(block) != nil && !IsPublicBlock(of):
		return No
	case !ok:
		return Maybe
	case !prefix.Overlaps(of):
		return No
	case prefix.Bits() <= of.Bits():
		return Yes
	}
	return Maybe
}

// ElasticIPOfBlock is the Elastic IP address that alone is in a block: "ADDRESS/32". It is nil for any other block.
func (n *Network) ElasticIPOfBlock(block Value) *ElasticIP {
	parts := block.Parts()
	if len(parts) != 2 {
		return nil
	}
	if bits, _ := parts[1].Text(); bits != "/32" {
		return nil
	}
	return n.elasticIPOfAddress(parts[0])
}

// notPublic are addresses that no packet from the internet has.
// https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml
var notPublic = []netip.Prefix{
	netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"),
	netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("169.254.0.0/16"), netip.MustParsePrefix("127.0.0.0/8"),
}

// IsPublicBlock reports whether a block has public IPv4 addresses.
func IsPublicBlock(block netip.Prefix) bool {
	return block.Addr().Is4() && !slices.ContainsFunc(notPublic, func(p netip.Prefix) bool { return p.Contains(block.Addr()) && p.Bits() <= block.Bits() })
}
