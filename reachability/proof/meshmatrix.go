package proof

import (
	"slices"
	"strings"
	"unicode"
)

// MatrixOfMesh returns the matrix of a declaration: its services and consumers, whatever the templates have. A consumer without a Vpc has the VPC
// of its account that is named after it, or else the only one, if no other consumer is in the account. A VPC whose account the templates do not
// tell may be in any.
func MatrixOfMesh(paths []Path, services []MatrixService, consumers []MatrixConsumer) *Matrix {
	m := &Matrix{Services: slices.Clone(services), Consumers: slices.Clone(consumers), IsDeclared: true}
	m.place(paths)
	m.fill(paths)
	return m
}

// place finds the VPCs of the consumers.
func (m *Matrix) place(paths []Path) {
	var all, free []Place // those in free are VPCs that no consumer is known to have
	for _, p := range paths {
		at := Place{Account: p.Client.Place.Account, Vpc: p.Client.Place.Vpc}
		if at.Vpc == "" || slices.Contains(all, at) {
			continue
		}
		all = append(all, at)
		if !slices.ContainsFunc(m.Consumers, func(c MatrixConsumer) bool { return c.isIn(at) }) {
			free = append(free, at)
		}
	}
	for _, c := range m.Consumers {
		if c.Vpc != "" && !slices.ContainsFunc(all, c.isIn) {
			m.NotFound = append(m.NotFound, c)
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
			return !c.mayBeIn(p.Account) || slices.ContainsFunc(m.Consumers, func(o MatrixConsumer) bool { return o.isIn(p) })
		})
		switch {
		case len(own) == 1 && own[0].Account != "" && inAccount[c.Account] == 1:
			c.Vpc = own[0].Vpc
		case len(own) > 0:
			m.Unplaced = append(m.Unplaced, c.Name)
		}
	}
}

// isIn reports whether a VPC is that of a consumer.
func (c MatrixConsumer) isIn(at Place) bool { return c.Vpc == at.Vpc && c.mayBeIn(at.Account) }

// mayBeIn reports whether an account is that of a consumer. One that the templates do not tell may be.
func (c MatrixConsumer) mayBeIn(account string) bool { return c.Account == account || account == "" }

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
			if c.Vpc == "" && c.mayBeIn(vpc.Account) && isNamedAfter(name, c.Name) && len(c.Name) > longest {
				best, longest = i, len(c.Name)
			}
		}
		if best >= 0 {
			return best
		}
	}
	return -1
}

// isNamedAfter reports whether a part of a path begins with a name, or has its words, written in any case and with any separators.
func isNamedAfter(path, name string) bool {
	wanted := " " + strings.Join(words(name), " ") + " "
	return slices.ContainsFunc(strings.Split(path, "/"), func(part string) bool {
		return strings.HasPrefix(bare(part), bare(name)) || strings.Contains(" "+strings.Join(words(part), " ")+" ", wanted)
	})
}

// words are the words of a name in lower case: a capital letter after a small one begins one, and so does what follows a separator.
func words(name string) []string {
	var b strings.Builder
	before := ' '
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			r = ' '
		case unicode.IsUpper(r) && !unicode.IsUpper(before):
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
		before = r
	}
	return strings.Fields(b.String())
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
