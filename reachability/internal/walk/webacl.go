package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// sources are where an ALB receives requests from: addresses in a VPC, or public ones.
type sources struct {
	network.Addresses
	internet *network.Internet // nil for addresses in a VPC
}

// key tells sources from others.
func (s sources) key() string {
	text := fmt.Sprint(s.Addresses)
	if s.internet != nil {
		for _, a := range s.internet.All() {
			text += " " + addressName(a)
		}
	}
	return text
}

// webAcl finds whether a web ACL in front of an ALB lets requests pass; found is false if it does for certain, by their addresses alone.
func (t *trace) webAcl(list []*network.WebAclAssociation, from sources) (r result, found bool) {
	association := list[0]
	if acl := t.n.WebAcl(association.WebACLArn().Value); acl != nil && len(list) == 1 && network.IsIdentified(association.ResourceArn().Value) {
		switch allows, who, at := t.webAclAllows(acl, from); allows {
		case network.Yes:
			return result{}, false
		case network.No:
			return blocks(
				fmt.Sprintf("web ACL %s blocks requests from %s", network.DisplayName(acl.Resource), who),
				"allow the addresses in the web ACL, by an IP set",
			).at(at).atResource(association.Resource), true
		}
	}
	return assumable(
		"a web ACL inspects each request; which requests it allows is not evaluated", proof.AssumeWebACL, "make sure that it allows the client's requests",
	).atResource(association.Resource), true
}

// webAclAllows says whether a web ACL allows requests from some addresses, and of a No, which it blocks by which property. It blocks one of
// several that are all in use; where it is not known which block has the addresses, it must block, or allow, every one.
func (t *trace) webAclAllows(acl *network.WebAcl, from sources) (allows network.Tristate, who string, at network.Property) {
	type source struct {
		name string
		isIn func(network.Property) network.Tristate
	}
	var all []source
	if from.internet != nil {
		for _, a := range from.internet.All() {
			all = append(all, source{addressName(a), func(block network.Property) network.Tristate { return t.n.IsIn(a, block.Value) }})
		}
	} else {
		for _, own := range from.Blocks {
			all = append(all, source{own.String(), func(block network.Property) network.Tristate { return t.n.HasBlock(block.Value, own) }})
		}
	}
	if len(all) == 0 {
		return network.Maybe, "", at
	}
	allowed, blocked := 0, 0
	for _, one := range all {
		switch own, by := t.n.WebAclAllows(acl, one.isIn); own {
		case network.Yes:
			allowed++
		case network.No:
			if blocked++; blocked == 1 {
				who, at = one.name, by
			}
		}
	}
	switch {
	case blocked == len(all) || blocked > 0 && (from.internet != nil || from.Exact):
		return network.No, who, at
	case allowed == len(all):
		return network.Yes, "", at
	}
	return network.Maybe, "", at
}
