package network

import (
	"net/netip"
	"slices"
)

// Addresses are the CIDR blocks in which a node has its addresses.
type Addresses struct {
	Blocks []netip.Prefix
	// Exact says that the node has addresses in each block; else it has some in one of them.
	Exact bool
}

// Coverage says how much of something is covered.
type Coverage int

// The coverages.
const (
	None Coverage = iota
	Some
	All
)

// Cover says how much of a block the prefixes have together.
func Cover(block netip.Prefix, prefixes []netip.Prefix) Coverage {
	var parts []netip.Prefix
	for _, p := range prefixes {
		if !p.Overlaps(block) {
			continue
		}
		if p.Bits() <= block.Bits() {
			return All
		}
		parts = append(parts, p)
	}
	if len(parts) == 0 {
		return None
	}
	low, high := Halves(block)
	a, b := Cover(low, parts), Cover(high, parts)
	if a == b {
		return a
	}
	return Some
}

// Halves splits a block in two.
func Halves(block netip.Prefix) (low, high netip.Prefix) {
	bits := block.Bits() + 1
	low = netip.PrefixFrom(block.Masked().Addr(), bits)
	bytes := low.Addr().AsSlice()
	bytes[block.Bits()/8] |= 0x80 >> (block.Bits() % 8)
	addr, _ := netip.AddrFromSlice(bytes)
	return low, netip.PrefixFrom(addr, bits)
}

// Block is the CIDR block that a value has; ok is false if it is undecided or not a block.
func Block(v Value) (block netip.Prefix, ok bool) {
	text, ok := v.Text()
	if !ok {
		return netip.Prefix{}, false
	}
	block, err := netip.ParsePrefix(text)
	return block.Masked(), err == nil
}

// AddressesOf are the blocks of a node's subnets, or those of its VPC where the subnets' are undecided; none if nothing is known.
func (n *Network) AddressesOf(node Node) Addresses {
	if node.PrefixList != nil {
		return Addresses{Blocks: node.PrefixList.Blocks, Exact: true}
	}
	if node.Internet != nil {
		return node.Internet.blocks()
	}
	var found Addresses
	for _, subnet := range node.Subnets {
		block, ok := n.subnetBlock(subnet)
		if !ok {
			return n.AddressesIn(node.VPC)
		}
		if !slices.Contains(found.Blocks, block) {
			found.Blocks = append(found.Blocks, block)
		}
	}
	if len(found.Blocks) == 0 {
		return n.AddressesIn(node.VPC)
	}
	found.Exact = true
	return found
}

func (n *Network) subnetBlock(subnet Value) (netip.Prefix, bool) {
	r, _, ok := subnet.Reference()
	if !ok {
		return netip.Prefix{}, false
	}
	return Block(r.Property("CidrBlock"))
}

// AddressesIn are all blocks of a VPC; none if one of them is undecided.
func (n *Network) AddressesIn(vpc Value) Addresses {
	r, _, ok := vpc.Reference()
	if !ok {
		return Addresses{}
	}
	primary, ok := Block(r.Property("CidrBlock"))
	if !ok {
		return Addresses{}
	}
	found := Addresses{Blocks: []netip.Prefix{primary}}
	for _, more := range n.secondaryCIDRs.of(r) {
		if !property(more, "AmazonProvidedIpv6CidrBlock").IsAbsent() || !property(more, "Ipv6CidrBlock").IsAbsent() {
			continue
		}
		block, ok := Block(more.Property("CidrBlock"))
		if !ok {
			return Addresses{}
		}
		found.Blocks = append(found.Blocks, block)
	}
	return found
}
