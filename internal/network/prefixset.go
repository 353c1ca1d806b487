package network

import (
	"net/netip"
	"slices"
)

// prefixSet is a set of blocks, as a tree of their bits.
type prefixSet struct {
	isFull bool
	halves [2]*prefixSet
}

// add adds a block.
func (s *prefixSet) add(block netip.Prefix) {
	bits := block.Masked().Addr().AsSlice()
	path := []*prefixSet{s}
	for i := range block.Bits() {
		half := &path[i].halves[bits[i/8]>>(7-i%8)&1]
		if *half == nil {
			*half = &prefixSet{}
		}
		path = append(path, *half)
	}
	path[block.Bits()].isFull = true
	for i := block.Bits() - 1; i >= 0; i-- {
		low, high := path[i].halves[0], path[i].halves[1]
		if low == nil || high == nil || !low.isFull || !high.isFull {
			return
		}
		path[i].isFull = true
	}
}

// covers reports whether the blocks have all addresses of a block together.
func (s *prefixSet) covers(block netip.Prefix) bool {
	bits := block.Masked().Addr().AsSlice()
	at := s
	for i := range block.Bits() {
		if at == nil || at.isFull {
			break
		}
		at = at.halves[bits[i/8]>>(7-i%8)&1]
	}
	return at != nil && at.isFull
}

// Enclosing returns for each block the index of the smallest other one that has all of it, or an equal one before it; -1 for none.
func Enclosing(blocks []netip.Prefix) []int {
	order, enclosing := make([]int, len(blocks)), make([]int, len(blocks))
	for i := range blocks {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return comparePrefixes(blocks[a].Masked(), blocks[b].Masked()) })
	var around []int // the blocks that have the one at hand, the smallest last
	for _, i := range order {
		for len(around) > 0 && !blocks[around[len(around)-1]].Contains(blocks[i].Addr()) {
			around = around[:len(around)-1]
		}
		enclosing[i] = -1
		if len(around) > 0 {
			enclosing[i] = around[len(around)-1]
		}
		around = append(around, i)
	}
	return enclosing
}
