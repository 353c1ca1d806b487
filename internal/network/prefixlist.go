package network

import (
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
