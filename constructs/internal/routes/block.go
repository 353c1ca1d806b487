package routes

import (
	"fmt"
	"net/netip"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Block is an IPv4 block that routes lead to.
type Block struct {
	// Property is where its author wrote it.
	Property string
	// Value is the block, which may be a token.
	Value string
	// name is a part of construct IDs. Blocks that are known are named by themselves, so that their order changes no ID.
	name string
}

// Given returns the blocks of a list, and reports those that are none.
func Given(r *rules.Report, property string, list *[]*string) []Block {
	check.NoNil(r, property, list)
	if list != nil && token.IsList(*list) {
		r.AddWithFix(rules.CIDR, property, "list the blocks one by one; each may be a token", "is a list that is known only at deploy time, and each block needs a route")
	}
	var blocks []Block
	seen := map[string]bool{}
	for i, element := range token.Elements(list) {
		if element == nil || seen[*element] {
			continue
		}
		seen[*element] = true
		name := fmt.Sprintf("Block%d", i+1)
		property := fmt.Sprintf("%s[%d]", property, i)
		if literal, isLiteral := token.Literal(element); isLiteral {
			name = part(literal)
			rules.CheckNetworkBlock(r, property, literal)
		}
		blocks = append(blocks, Block{property, *element, name})
	}
	return blocks
}

// OfVpc returns the block of a VPC.
func OfVpc(property string, value *string) Block {
	block := Block{property, *value, "Vpc"}
	if literal, isLiteral := token.Literal(value); isLiteral {
		block.name = part(literal)
	}
	return block
}

// Name returns a part of construct IDs, which no other block or order of blocks changes if the block is known.
func (b Block) Name() string { return b.name }

// Prefix returns the block if it is known.
func (b Block) Prefix() (netip.Prefix, bool) {
	literal, isLiteral := token.Literal(&b.Value)
	if !isLiteral {
		return netip.Prefix{}, false
	}
	prefix, err := netip.ParsePrefix(literal)
	return prefix.Masked(), err == nil
}

// Overlap is two blocks that are known to overlap.
type Overlap struct{ A, B Block }

// Overlaps returns the pairs of blocks of two lists that are known to overlap, each pair of values once.
func Overlaps(list, other []Block) []Overlap {
	var found []Overlap
	seen := map[[2]string]bool{}
	for _, a := range list {
		for _, b := range other {
			p, isKnown := a.Prefix()
			q, isOtherKnown := b.Prefix()
			if pair := [2]string{a.Value, b.Value}; isKnown && isOtherKnown && p.Overlaps(q) && !seen[pair] {
				seen[pair] = true
				found = append(found, Overlap{a, b})
			}
		}
	}
	return found
}

// Outside returns the blocks of a list that are known to lie in none of those that routes lead to; none if these are not known, or one is a
// token.
func Outside(list *[]*string, led []Block) []string {
	if len(led) == 0 {
		return nil
	}
	var prefixes []netip.Prefix
	for _, block := range led {
		prefix, isKnown := block.Prefix()
		if !isKnown {
			return nil
		}
		prefixes = append(prefixes, prefix)
	}
	var outside []string
	for _, literal := range token.Literals(list) {
		prefix, err := netip.ParsePrefix(literal)
		if err == nil && !within(prefix, prefixes) {
			outside = append(outside, literal)
		}
	}
	return outside
}

func within(prefix netip.Prefix, blocks []netip.Prefix) bool {
	for _, block := range blocks {
		if block.Bits() <= prefix.Bits() && block.Contains(prefix.Addr()) {
			return true
		}
	}
	return false
}
