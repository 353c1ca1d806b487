package proof

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MatrixOfMesh returns the matrix of a declaration: its services and consumers, whatever the templates have. A consumer without a Vpc has the VPC
// of its account that is named after it, or else the only one, if no other consumer is in the account.
func MatrixOfMesh(paths []Path, services []MatrixService, consumers []MatrixConsumer) *Matrix {
	m := &Matrix{Services: slices.Clone(services), Consumers: slices.Clone(consumers), IsDeclared: true}
	m.place(paths)
	m.fill(paths)
	return m
}

// place finds the VPCs of the consumers.
func (m *Matrix) place(paths []Path) {
	var free []Place // VPCs that no consumer is known to have
	for _, p := range paths {
		at := Place{Account: p.Client.Place.Account, Vpc: p.Client.Place.Vpc}
		isTaken := slices.ContainsFunc(m.Consumers, func(c MatrixConsumer) bool { return c.Account == at.Account && c.Vpc == at.Vpc })
		if at.Vpc != "" && !isTaken && !slices.Contains(free, at) {
			free = append(free, at)
		}
	}
	inAccount := map[string]int{}
	for _, c := range m.Consumers {
		inAccount[c.Account]++
	}
	for _, vpc := range free {
		if best := m.named(vpc, paths); best >= 0 {
			m.Consumers[best].Vpc = vpc.Vpc
		}
	}
	for i := range m.Consumers {
		c := &m.Consumers[i]
		if c.Vpc != "" {
			continue
		}
		own := slices.DeleteFunc(slices.Clone(free), func(p Place) bool {
			return p.Account != c.Account || slices.ContainsFunc(m.Consumers, func(o MatrixConsumer) bool { return o.Account == p.Account && o.Vpc == p.Vpc })
		})
		switch {
		case len(own) == 1 && inAccount[c.Account] == 1:
			c.Vpc = own[0].Vpc
		case len(own) > 0:
			m.Unplaced = append(m.Unplaced, c.Name)
		}
	}
}

// named is the consumer without a VPC after which a VPC, or else a client in it, is named: the one with the longest name. It is negative if there is
// none.
func (m *Matrix) named(vpc Place, paths []Path) int {
	names := []string{vpc.Vpc}
	for _, p := range paths {
		if p.Client.Place.Account == vpc.Account && p.Client.Place.Vpc == vpc.Vpc {
			names = append(names, p.Client.Name)
		}
	}
	for _, name := range names {
		best, longest := -1, 0
		for i, c := range m.Consumers {
			if c.Vpc == "" && c.Account == vpc.Account && isNamedAfter(name, c.Name) && len(c.Name) > longest {
				best, longest = i, len(c.Name)
			}
		}
		if best >= 0 {
			return best
		}
	}
	return -1
}

// isNamedAfter reports whether a name, in any case and with any separators, begins at a word of a part of a path: MeshWebShop has web-shop.
func isNamedAfter(path, name string) bool {
	return slices.ContainsFunc(strings.Split(path, "/"), func(part string) bool {
		for i, previous := 0, rune(0); i < len(part); {
			r, size := utf8.DecodeRuneInString(part[i:])
			if isWordStart(previous, r) && strings.HasPrefix(bare(part[i:]), bare(name)) {
				return true
			}
			i, previous = i+size, r
		}
		return false
	})
}

// isWordStart reports whether a word begins with a rune after another: after a separator, or with a capital after what is none.
func isWordStart(previous, r rune) bool {
	isPart := unicode.IsLetter(previous) || unicode.IsDigit(previous)
	return !isPart || unicode.IsUpper(r) && !unicode.IsUpper(previous)
}

// bare is a name in lower case, without what is neither a letter nor a digit.
func bare(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}
