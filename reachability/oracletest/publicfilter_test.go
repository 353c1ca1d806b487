package oracletest

import "slices"

// atFilter is the web ACL: the first rule that matches and ends a request decides, else the default action.
func (n *publicNetwork) atFilter(one trip) step {
	if n.filter == nil || one.lost == "no route" {
		return passes
	}
	for _, r := range n.filter.rules {
		isIn := slices.ContainsFunc(r.sets, func(s *ipSet) bool {
			return slices.ContainsFunc(s.blocks, func(p peer) bool {
				return p.address != nil && p.address == one.address || contains(p.cidr, one.source)
			})
		})
		if r.action != "Count" && isIn != r.not {
			return stepOf(r.action == "Allow")
		}
	}
	return stepOf(n.filter.allows)
}

// blocksForCertain reports whether the web ACL blocks an address of the client, whatever AWS picks for it.
func (n *publicNetwork) blocksForCertain() bool {
	for _, from := range n.client.subnets {
		for _, to := range n.alb.subnets {
			seen := map[*elasticIP]map[step]bool{}
			for _, one := range n.trips(from, to) {
				if seen[one.address] == nil {
					seen[one.address] = map[step]bool{}
				}
				seen[one.address][n.atFilter(one)] = true
				for _, a := range n.filter.addresses() {
					if other := one; one.address == nil { // the proof does not exclude that AWS picks it
						other.address = a
						seen[nil][n.atFilter(other)] = true
					}
				}
			}
			for _, steps := range seen {
				if !steps[passes] {
					return true
				}
			}
		}
	}
	return false
}

// addresses are those that the sets of a web ACL name.
func (f *webACL) addresses() []*elasticIP {
	var list []*elasticIP
	if f == nil {
		return nil
	}
	for _, r := range f.rules {
		for _, s := range r.sets {
			for _, p := range s.blocks {
				if p.address != nil {
					list = append(list, p.address)
				}
			}
		}
	}
	return list
}
