package network

import (
	"net/netip"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// PrefixListEntries are the blocks of a prefix list: of one in the templates, or those that people gave by ID. known is
// false if nobody did. The form of an ID says nothing about the entries: lists of AWS, which can have link-local addresses,
// have 8 or 17 digits, and lists of customers have 17.
func PrefixListEntries(prefixList Value, given map[string][]string) (blocks []Value, known bool) {
	if id, ok := prefixList.Text(); ok {
		entries, known := given[id]
		for _, entry := range entries {
			blocks = append(blocks, assembly.NewText(entry))
		}
		return blocks, known
	}
	list := ofType(prefixList, "AWS::EC2::PrefixList")
	if list == nil || !property(list, "Entries").IsList() {
		return nil, false
	}
	for i := range list.Property("Entries").Len() {
		blocks = append(blocks, list.Property("Entries", i, "Cidr"))
	}
	return blocks, true
}

// PrefixListID is the ID of a prefix list that a template has as text, as opposed to a reference.
func PrefixListID(prefixList Value) (id string, ok bool) {
	id, ok = prefixList.Text()
	return id, ok && strings.HasPrefix(id, "pl-")
}

// ManagedPrefixList is a prefix list that AWS manages.
type ManagedPrefixList struct {
	// ID is the ID; "" if nobody gave it.
	ID string
	// Stack is a stack in the Region of the list.
	Stack *Stack
	// Blocks are its entries. IsPartial says that it has others, which nobody gave.
	Blocks    []netip.Prefix
	IsPartial bool
}

// linkLocal are the addresses to which names of VPC Lattice resolve. The prefix list has others beside them.
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/security-groups.html
var linkLocal = netip.MustParsePrefix("169.254.171.0/24")

// LatticeNode is VPC Lattice in the Region of a stack as a node: the addresses to which clients send requests, and from which
// targets receive them. ids are the prefix lists of VPC Lattice that people gave by Region, and entries those of prefix lists
// by ID.
func LatticeNode(s *Stack, ids map[string]string, entries map[string][]string) Node {
	list := &ManagedPrefixList{ID: ids[s.Region], Stack: s}
	for _, text := range entries[list.ID] {
		if block, ok := Block(assembly.NewText(text)); ok && block.Addr().Is4() {
			list.Blocks = append(list.Blocks, block)
		}
	}
	if len(list.Blocks) == 0 {
		list.Blocks, list.IsPartial = []netip.Prefix{linkLocal}, true
	}
	return Node{Name: "VPC Lattice", Unfiltered: true, PrefixList: list}
}
