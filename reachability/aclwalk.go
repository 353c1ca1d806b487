package reachability

import (
	"fmt"
	"net/netip"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// portSpan is a range of ports.
type portSpan struct{ low, high int }

func (s portSpan) String() string {
	if s.low == s.high {
		return fmt.Sprintf("TCP %d", s.low)
	}
	return fmt.Sprintf("TCP %d-%d", s.low, s.high)
}

// aclWalk is the way through the entries of one ACL.
type aclWalk struct {
	acl     *assembly.Resource
	entries []*assembly.Resource
	ports   portSpan
	open    bool // what no entry is for passes: the default ACL of a VPC
}

// name is the ACL as people know it.
func (w aclWalk) name() string {
	if w.open {
		return "the default network ACL of " + displayName(w.acl)
	}
	return displayName(w.acl)
}

// block walks the entries for one block of addresses. A block that an entry splits is walked in halves: where they
// differ, the address decides.
func (w aclWalk) block(block netip.Prefix) step {
	w.entries = entriesFor(w.entries, block)
	for _, entry := range w.entries {
		own, ok := prefix(entry.Property("CidrBlock"))
		if ok && own.Addr().Is4() == block.Addr().Is4() && own.Overlaps(block) && own.Bits() > block.Bits() {
			low, high := halves(block)
			a, b := w.block(low), w.block(high)
			if a.verdict == b.verdict {
				return a
			}
			if b.verdict.WorseThan(a.verdict) {
				a = b
			}
			a.verdict = Unknown
			return a
		}
	}
	return w.walk(func(entry *assembly.Resource) assembly.Tristate {
		v := entry.Property("CidrBlock")
		own, ok := prefix(v)
		switch {
		case v.Kind() == assembly.Absent:
			return assembly.No // an entry of IPv6
		case !ok:
			return assembly.Maybe
		case own.Overlaps(block):
			return assembly.Yes
		}
		return assembly.No
	})
}

// entriesFor returns the entries that can decide for a block, so that the halves of a block have fewer to look at: no
// entry for other addresses, and none behind one that is for all of the block and all ports.
func entriesFor(entries []*assembly.Resource, block netip.Prefix) []*assembly.Resource {
	var list []*assembly.Resource
	for _, entry := range entries {
		own, ok := prefix(entry.Property("CidrBlock"))
		if ok && !own.Overlaps(block) {
			continue
		}
		list = append(list, entry)
		protocol, isNumber := entry.Property("Protocol").Number()
		_, known := entry.Property("RuleAction").Text()
		if ok && own.Bits() <= block.Bits() && isNumber && protocol == -1 && known && text(entry, "RuleNumber") != "" && len(sidesOf(entry)) == 1 && entry.Exists == assembly.Yes {
			break
		}
	}
	return list
}

// anyBlock walks the entries for addresses that are not known.
func (w aclWalk) anyBlock() step {
	return w.walk(func(entry *assembly.Resource) assembly.Tristate {
		v := entry.Property("CidrBlock")
		if own, ok := prefix(v); ok && own.Bits() == 0 {
			return assembly.Yes
		}
		if v.Kind() == assembly.Absent {
			return assembly.No
		}
		return assembly.Maybe
	})
}

// walk finds what the first entries that match do with the ports; has says whether an entry is for the addresses.
func (w aclWalk) walk(has func(*assembly.Resource) assembly.Tristate) step {
	left := []portSpan{w.ports}
	var doubt *step
	for _, entry := range w.entries {
		covers, sure := entryPorts(entry, left)
		match := has(entry)
		if len(covers) == 0 || match == assembly.No {
			continue
		}
		action, known := entry.Property("RuleAction").Text()
		number := text(entry, "RuleNumber")
		if !sure || !known || len(sidesOf(entry)) > 1 || match == assembly.Maybe || entry.Exists == assembly.Maybe || number == "" {
			if doubt == nil {
				s := w.undecidedEntry(entry)
				doubt = &s
			}
			continue
		}
		if action != "allow" {
			s := blocks(
				fmt.Sprintf("entry %s of %s denies %s", number, w.name(), covers[0]),
				fmt.Sprintf("allow %s in %s by an entry with a lower number", w.ports, w.name()),
			).at(entry, "RuleAction")
			return orDoubt(s, doubt)
		}
		if left = without(left, covers); len(left) == 0 {
			return orDoubt(passes(w.name()+" lets it pass").at(entry), doubt)
		}
	}
	if w.open {
		return orDoubt(passes("the default network ACL lets it pass"), doubt)
	}
	s := blocks(
		fmt.Sprintf("no entry of %s allows %s", w.name(), left[0]),
		fmt.Sprintf("allow %s in %s", w.ports, w.name()),
	).at(w.acl)
	return orDoubt(s, doubt)
}

// orDoubt is a step, unless an earlier entry may have decided otherwise.
func orDoubt(s step, doubt *step) step {
	if doubt != nil {
		return *doubt
	}
	return s
}

// undecidedEntry is a doubt about whether an entry matches.
func (w aclWalk) undecidedEntry(entry *assembly.Resource) step {
	message := fmt.Sprintf("whether entry %s of %s matches is not known", displayName(entry), w.name())
	for _, path := range [][]any{{"CidrBlock"}, {"RuleAction"}, {"RuleNumber"}, {"Protocol"}, {"PortRange", "From"}, {"PortRange", "To"}, {"Egress"}} {
		if v := entry.Property(path...); v.Kind() != assembly.Literal && v.Kind() != assembly.Absent {
			return awaits(message, v).at(entry)
		}
	}
	if entry.Exists == assembly.Maybe {
		return awaits(message, entry.Existence()).at(entry)
	}
	return doubts(message, "let the entries name whole subnets").at(entry)
}

// entryPorts returns the part of spans that an entry is for, and whether that is sure.
func entryPorts(entry *assembly.Resource, spans []portSpan) (covers []portSpan, sure bool) {
	protocol, ok := entry.Property("Protocol").Number()
	switch {
	case !ok:
		return spans, false
	case protocol == -1:
		return spans, true
	case protocol != 6:
		return nil, true
	}
	low, lowOk := entry.Property("PortRange", "From").Number()
	high, highOk := entry.Property("PortRange", "To").Number()
	if !lowOk || !highOk {
		return spans, false
	}
	for _, s := range spans {
		if c := (portSpan{max(s.low, int(low)), min(s.high, int(high))}); c.low <= c.high {
			covers = append(covers, c)
		}
	}
	return covers, true
}

// without returns what is left of spans when others are taken out.
func without(spans, others []portSpan) []portSpan {
	for _, o := range others {
		var left []portSpan
		for _, s := range spans {
			if o.high < s.low || o.low > s.high {
				left = append(left, s)
				continue
			}
			if s.low < o.low {
				left = append(left, portSpan{s.low, o.low - 1})
			}
			if s.high > o.high {
				left = append(left, portSpan{o.high + 1, s.high})
			}
		}
		spans = left
	}
	return spans
}
