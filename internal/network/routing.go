package network

import (
	"cmp"
	"net/netip"
	"slices"
)

// Routed is one entry of a route table, of a VPC or of a transit gateway: the packets that it takes, and its place among entries
// for the same block.
type Routed[T any] struct {
	// Entry is the route, or what propagates it.
	Entry T
	// Block is the block of the packets.
	Block netip.Prefix
	// Rank is the place among entries for one block: those of the lowest rank win.
	Rank int
	// Why is why it is not known which packets it takes: its destination, or whether it is deployed. Block is then not valid, or not
	// sure.
	Why *Property
}

// MayOverride reports whether an entry that is in doubt may take the packets of another one: by a longer prefix, or by its rank.
func (r Routed[T]) MayOverride(other Routed[T]) bool {
	return !r.Block.IsValid() || r.Block.Bits() > other.Block.Bits() || r.Block.Bits() == other.Block.Bits() && r.Rank <= other.Rank
}

// Taken is an entry that takes packets of a part of a block.
type Taken[T any] struct {
	Routed[T]
	// Of are the packets that it takes: the whole block that was asked for, or a part of it.
	Of netip.Prefix
}

// Take is what a route table does with the packets to a block.
type Take[T any] struct {
	// Taken are the entries that take some of them, the most specific first. Entries of one block and one rank are all here.
	Taken []Taken[T]
	// IsComplete says that no packet is left over.
	IsComplete bool
	// Doubtful are the entries of which it is not known whether they take some.
	Doubtful []Routed[T]
}

// TakePackets finds the entries that take packets to a block: the longest prefix wins, then the lowest rank.
// https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
// https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html#tgw-route-evaluation-overview
func TakePackets[T any](entries []Routed[T], block netip.Prefix) Take[T] {
	var list []Routed[T]
	var take Take[T]
	for _, e := range entries {
		switch {
		case !e.Block.IsValid():
			take.Doubtful = append(take.Doubtful, e)
		case e.Block.Overlaps(block):
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b Routed[T]) int {
		return cmp.Or(cmp.Compare(b.Block.Bits(), a.Block.Bits()), cmp.Compare(a.Rank, b.Rank))
	})
	var before prefixSet
	winner := map[netip.Prefix]int{}
	for _, e := range list {
		rank, again := winner[e.Block]
		switch own := shorter(block, e.Block); {
		case again && rank < e.Rank, !again && before.covers(own):
		case e.Why != nil:
			take.Doubtful = append(take.Doubtful, e)
		default:
			winner[e.Block] = e.Rank
			before.add(own)
			take.Taken = append(take.Taken, Taken[T]{e, own})
		}
	}
	take.IsComplete = before.covers(block)
	return take
}

// routedIndex finds the entries of a large route table that may take packets to a block.
type routedIndex[T any] struct {
	byBlock   map[netip.Prefix][]Routed[T]
	blocks    []netip.Prefix // in the order of their addresses
	undecided []Routed[T]    // without a block
}

func newRoutedIndex[T any](entries []Routed[T]) *routedIndex[T] {
	x := &routedIndex[T]{byBlock: map[netip.Prefix][]Routed[T]{}}
	for _, e := range entries {
		if !e.Block.IsValid() {
			x.undecided = append(x.undecided, e)
			continue
		}
		block := e.Block.Masked()
		if _, again := x.byBlock[block]; !again {
			x.blocks = append(x.blocks, block)
		}
		x.byBlock[block] = append(x.byBlock[block], e)
	}
	slices.SortFunc(x.blocks, comparePrefixes)
	return x
}

// comparePrefixes puts blocks in the order of their addresses, and each before those that are parts of it.
func comparePrefixes(a, b netip.Prefix) int {
	return cmp.Or(a.Addr().Compare(b.Addr()), cmp.Compare(a.Bits(), b.Bits()))
}

// of are the entries that may take packets to a block: those of blocks around it, of blocks in it, and those without a block.
func (x *routedIndex[T]) of(block netip.Prefix) []Routed[T] {
	block = block.Masked()
	entries := slices.Clone(x.undecided)
	for bits := range block.Bits() {
		around, _ := block.Addr().Prefix(bits)
		entries = append(entries, x.byBlock[around]...)
	}
	first, _ := slices.BinarySearchFunc(x.blocks, block, comparePrefixes)
	for _, inside := range x.blocks[first:] {
		if !block.Contains(inside.Addr()) {
			break
		}
		entries = append(entries, x.byBlock[inside]...)
	}
	return entries
}

// shorter is the smaller one of two blocks that overlap.
func shorter(a, b netip.Prefix) netip.Prefix {
	if a.Bits() >= b.Bits() {
		return a
	}
	return b
}

// The ranks of entries for one block, the first of which wins.
const (
	staticRank = iota
	prefixListRank
	propagatedRank
)

// Routing is what the route table of a subnet does with packets to a block. Local routes of the VPC are entries without a route.
// The entries of prefix lists of others are given by ID.
func (n *Network) Routing(table, vpc Value, block netip.Prefix, prefixLists map[string][]string) Take[*Route] {
	var entries []Routed[*Route]
	for _, own := range n.AddressesIn(vpc).Blocks {
		entries = append(entries, Routed[*Route]{Block: own})
	}
	for _, r := range slices.Concat(n.RoutesOf(table), n.UnplacedRoutes()) {
		entries = append(entries, n.routedBy(r, prefixLists)...)
	}
	return TakePackets(entries, block)
}

// routedBy are the entries of a route: several for a prefix list.
func (n *Network) routedBy(r *Route, prefixLists map[string][]string) []Routed[*Route] {
	if r.IsIPv6() {
		return nil
	}
	entry := Routed[*Route]{Entry: r}
	if table := r.RouteTableId(); !IsIdentified(table.Value) {
		entry.Why = &table
	} else if r.Exists == Maybe {
		whole := Whole(r.Resource)
		entry.Why = &whole
	}
	to := r.DestinationCidrBlock()
	if !to.IsAbsent() {
		return []Routed[*Route]{entry.to(to, to.Value)}
	}
	list := r.DestinationPrefixListId()
	entry.Rank = prefixListRank
	blocks, known := PrefixListEntries(list.Value, prefixLists)
	if !known {
		entry.Why = &list
		return []Routed[*Route]{entry}
	}
	var entries []Routed[*Route]
	for _, v := range blocks {
		if e := entry.to(list, v); e.Why != nil || e.Block.IsValid() {
			entries = append(entries, e)
		}
	}
	return entries
}

// to gives an entry its block; p is the property that has it.
func (r Routed[T]) to(p Property, v Value) Routed[T] {
	block, ok := Block(v)
	if _, isText := v.Text(); ok {
		r.Block = block
	} else if !isText {
		r.Why = &p
	}
	return r
}
