package walk

import (
	"cmp"
	"fmt"
	"net/netip"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/budget"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// portRange is a range of TCP ports.
type portRange struct{ low, high int }

// String is the range as people read it.
func (s portRange) String() string {
	if s.low == s.high {
		return fmt.Sprintf("TCP %d", s.low)
	}
	return fmt.Sprintf("TCP %d-%d", s.low, s.high)
}

// aclWalk evaluates the entries of a network ACL in their order, for a range of ports.
type aclWalk struct {
	network.NetworkAcl
	ports portRange
	left  *budget.Budget
	hint  string // what makes entries match for certain
}

// block evaluates the entries for one block of addresses. A block that an entry splits is evaluated in halves: if they
// differ, the address decides.
func (w aclWalk) block(block netip.Prefix) result {
	if !w.left.Steps(len(w.Entries)) {
		return result{verdict: proof.Unknown}
	}
	w.Entries = entriesFor(w.Entries, block)
	for _, entry := range w.Entries {
		own, ok := network.Block(entry.CidrBlock().Value)
		if ok && own.Addr().Is4() == block.Addr().Is4() && own.Overlaps(block) && own.Bits() > block.Bits() {
			low, high := network.Halves(block)
			a, b := w.block(low), w.block(high)
			if a.verdict == b.verdict {
				return a
			}
			if b.verdict.WorseThan(a.verdict) {
				a = b
			}
			a.verdict = proof.Unknown
			return a
		}
	}
	return w.evaluate(func(entry *network.NetworkAclEntry) network.Tristate {
		own, ok := network.Block(entry.CidrBlock().Value)
		switch {
		case entry.CidrBlock().IsAbsent():
			return network.No // an entry of IPv6
		case !ok:
			return network.Maybe
		case own.Overlaps(block):
			return network.Yes
		}
		return network.No
	})
}

// entriesFor are the entries that can decide for a block, so that the halves of a block have fewer to evaluate: none for
// other addresses, and none behind one that is for all of the block and all ports.
func entriesFor(entries []*network.NetworkAclEntry, block netip.Prefix) []*network.NetworkAclEntry {
	var list []*network.NetworkAclEntry
	for _, entry := range entries {
		own, ok := network.Block(entry.CidrBlock().Value)
		if ok && !own.Overlaps(block) {
			continue
		}
		list = append(list, entry)
		protocol, isNumber := entry.Protocol().Number()
		if ok && own.Bits() <= block.Bits() && isNumber && protocol == -1 && isDecided(entry) && entry.Exists == network.Yes {
			break
		}
	}
	return list
}

// isDecided reports whether the action, the number and the direction of an entry are known.
func isDecided(entry *network.NetworkAclEntry) bool {
	_, known := entry.RuleAction().Text()
	return known && entry.RuleNumber().Literal() != "" && len(entry.Directions()) == 1
}

// anyBlock evaluates the entries for addresses that are unknown.
func (w aclWalk) anyBlock() result {
	return w.evaluate(func(entry *network.NetworkAclEntry) network.Tristate {
		if own, ok := network.Block(entry.CidrBlock().Value); ok && own.Bits() == 0 {
			return network.Yes
		}
		if entry.CidrBlock().IsAbsent() {
			return network.No
		}
		return network.Maybe
	})
}

// allOf evaluates the entries for addresses of which only some are known.
func (w aclWalk) allOf(known []netip.Prefix) result {
	for _, block := range known {
		if r := w.block(block); r.verdict == proof.Blocked {
			return r
		}
	}
	r := w.anyBlock()
	if r.verdict == proof.Reachable {
		return r
	}
	return assumable(
		fmt.Sprintf("whether %s allows %s for all addresses of VPC Lattice is unknown", w.Name(), w.ports), proof.AssumeNetworkACL,
		"allow them for 0.0.0.0/0, or give the entries of the prefix list",
	).atResource(w.Resource)
}

// evaluate finds what the first entries that match do with the ports; matches says whether an entry is for the addresses. An entry
// that allows and may match takes nothing from ports that a later one allows.
func (w aclWalk) evaluate(matches func(*network.NetworkAclEntry) network.Tristate) result {
	left := []portRange{w.ports}
	var doubt, ofDenial *result
	for _, entry := range w.Entries {
		covers, sure := entryPorts(entry, left)
		match := matches(entry)
		if len(covers) == 0 || match == network.No {
			continue
		}
		if !sure || match == network.Maybe || entry.Exists == network.Maybe || !isDecided(entry) {
			r := w.unsure(entry)
			doubt = cmp.Or(doubt, &r)
			if entry.RuleAction().Literal() != "allow" {
				ofDenial = cmp.Or(ofDenial, &r)
			}
			continue
		}
		if entry.RuleAction().Literal() != "allow" {
			return orDoubt(blocks(
				fmt.Sprintf("entry %s of %s denies %s", entry.RuleNumber().Literal(), w.Name(), covers[0]),
				fmt.Sprintf("allow %s in %s with a lower rule number", w.ports, w.Name()),
			).at(entry.RuleAction()), doubt)
		}
		if left = without(left, covers); len(left) == 0 {
			return orDoubt(passes("%s allows it", w.Name()).atResource(entry.Resource), ofDenial)
		}
	}
	if w.IsDefault {
		return orDoubt(passes("the default network ACL allows it"), ofDenial)
	}
	return orDoubt(blocks(
		fmt.Sprintf("no entry of %s allows %s", w.Name(), left[0]), fmt.Sprintf("allow %s in %s", w.ports, w.Name()),
	).atResource(w.Resource), doubt)
}

// unsure is the result for an entry of which it is unknown whether it matches.
func (w aclWalk) unsure(entry *network.NetworkAclEntry) result {
	message := fmt.Sprintf("whether entry %s of %s matches is unknown", network.DisplayName(entry.Resource), w.Name())
	if p, ok := entry.Undecided(); ok {
		return unknownUntil(p.Value, "%s", message).atResource(entry.Resource)
	}
	return unknown(message, w.hint).atResource(entry.Resource)
}

// orDoubt is a result, unless an earlier entry may have decided otherwise.
func orDoubt(r result, doubt *result) result {
	if doubt != nil {
		return *doubt
	}
	return r
}

// entryPorts returns the part of ranges that an entry is for, and whether that is sure.
func entryPorts(entry *network.NetworkAclEntry, ranges []portRange) (covers []portRange, sure bool) {
	protocol, ok := entry.Protocol().Number()
	switch {
	case !ok:
		return ranges, false
	case protocol == -1:
		return ranges, true
	case protocol != 6:
		return nil, true
	}
	low, lowOK := entry.PortFrom().Number()
	high, highOK := entry.PortTo().Number()
	if !lowOK || !highOK {
		return ranges, false
	}
	for _, r := range ranges {
		if c := (portRange{max(r.low, int(low)), min(r.high, int(high))}); c.low <= c.high {
			covers = append(covers, c)
		}
	}
	return covers, true
}

// without returns what is left of ranges when others are taken out.
func without(ranges, others []portRange) []portRange {
	for _, o := range others {
		var left []portRange
		for _, r := range ranges {
			if o.high < r.low || o.low > r.high {
				left = append(left, r)
				continue
			}
			if r.low < o.low {
				left = append(left, portRange{r.low, o.low - 1})
			}
			if r.high > o.high {
				left = append(left, portRange{o.high + 1, r.high})
			}
		}
		ranges = left
	}
	return ranges
}
