package compare

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// Dimension is what grows in a search.
type Dimension string

// The dimensions.
const (
	ByServices  Dimension = "services"
	ByConsumers Dimension = "consumers"
	ByGB        Dimension = "gbPerMonth"
)

// LargestGB is how many gigabytes searches try at least: ten petabytes.
const LargestGB = 10 << 20

// LastGB is how many gigabytes searches for the mesh try.
func (m *Mesh) LastGB() int { return max(LargestGB, m.Gigabytes()) }

// Range is a range of numbers in which one option is the cheapest of those that fit.
type Range struct {
	From int `json:"from"`
	// To is the last number; nil in the last range, which ends with what was tried.
	To     *int     `json:"to,omitempty"`
	Option OptionID `json:"option,omitempty"` // empty if none fits
}

// search finds where the answer for a mesh changes. It keeps what options cost at each number.
type search struct {
	*Pricer
	mesh *Mesh
	kept map[point]*big.Rat
}

// point is an option at a number in a dimension.
type point struct {
	by     Dimension
	n      int
	option OptionID
}

// search searches around a mesh.
func (p *Pricer) search(m *Mesh) *search { return &search{p, m, map[point]*big.Rat{}} }

// costAt is what an option costs at a number; nil if a price is not known. g is the mesh there.
func (s *search) costAt(by Dimension, n int, g *Mesh, o OptionID) *big.Rat {
	key := point{by, n, o}
	amount, ok := s.kept[key]
	if !ok {
		isKnown := false
		if amount, isKnown = s.exact(g, o); !isKnown {
			amount = nil
		}
		s.kept[key] = amount
	}
	return amount
}

// ranges are the ranges of a dimension, with all else as it is in the mesh.
func (s *search) ranges(by Dimension) []Range {
	cheapest := func(n int) OptionID {
		g := at(s.mesh, by, n)
		return cheapest(g, func(o OptionID) *big.Rat { return s.costAt(by, n, g, o) })
	}
	var ranges []Range
	add := func(from int, option OptionID) {
		if last := len(ranges) - 1; last >= 0 {
			if ranges[last].Option == option {
				return
			}
			to := from - 1
			ranges[last].To = &to
		}
		ranges = append(ranges, Range{From: from, Option: option})
	}
	if by == ByGB {
		for _, from := range s.steps(cheapest) {
			add(from, cheapest(from))
		}
		return ranges
	}
	for n := 1; n <= Largest; n++ {
		add(n, cheapest(n))
	}
	return ranges
}

// at is the mesh with a number in a dimension.
func at(m *Mesh, by Dimension, n int) *Mesh {
	switch by {
	case ByServices:
		return m.grown(n, m.Consumers)
	case ByConsumers:
		return m.grown(m.Services, n)
	}
	return m.used(rat(n))
}

// cheapest is the cheapest option of those that fit a mesh, by what each costs, which is nil if that is not known; the first of several.
func cheapest(m *Mesh, costOf func(o OptionID) *big.Rat) OptionID {
	var best OptionID
	var least *big.Rat
	for _, o := range Options() {
		if fitFor(m, o.ID) != Fits {
			continue
		}
		if amount := costOf(o.ID); amount != nil && (least == nil || amount.Cmp(least) < 0) {
			best, least = o.ID, amount
		}
	}
	return best
}

// steps are the numbers of gigabytes from 0 at which the value of a choice between options changes.
//
// Between the ends of tiers and the kinks of capacity units, the cost of each option is a line. The least of lines that is the least at both
// ends is so in between, so that halving finds every change.
func (s *search) steps(choice func(n int) OptionID) []int {
	changes := []int{0}
	var halve func(a, b int)
	halve = func(a, b int) {
		switch {
		case a >= b || choice(a) == choice(b):
		case b == a+1:
			changes = append(changes, b)
		default:
			middle := a + (b-a)/2
			halve(a, middle)
			halve(middle, b)
		}
	}
	kinks := s.kinks()
	for i := 1; i < len(kinks); i++ {
		halve(kinks[i-1], kinks[i])
	}
	return changes
}

// kinks are the whole numbers of gigabytes around which the cost of an option stops being a line, sorted.
func (s *search) kinks() []int {
	most := s.mesh.LastGB()
	found := []int{0, 1, most}
	add := func(n *big.Rat) {
		whole := new(big.Int).Quo(n.Num(), n.Denom())
		if whole.IsInt64() && whole.Int64() < int64(most) {
			found = append(found, int(whole.Int64()), int(whole.Int64())+1)
		}
	}
	for _, price := range s.Pricer.kept {
		for _, tier := range price.Tiers {
			if tier.UpTo != nil {
				add(tier.UpTo)
			}
		}
	}
	if m := s.mesh; m.Usage != nil {
		u := meter{m.Usage, s.book.HoursPerMonth}
		for _, kink := range append(unitKinks(u, lcuNewConnections, lcuActiveConnections), unitKinks(u, nlcuNewConnections, nlcuActiveConnections)...) {
			add(kink)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// breakEven is the number nearest to that of the mesh at which one option costs less than another, whether they fit or not; ok is false if there is
// none up to [Largest] or the mesh itself, or of gigabytes up to [LargestGB] or those of the mesh.
func (s *search) breakEven(by Dimension, one, other OptionID) (n int, ok bool) {
	m := s.mesh
	isBelow := func(n int) OptionID {
		g := at(m, by, n)
		a, b := s.costAt(by, n, g, one), s.costAt(by, n, g, other)
		if a != nil && b != nil && a.Cmp(b) < 0 {
			return one
		}
		return other
	}
	var found []int
	from := 0
	switch by {
	case ByServices:
		from = m.Services
	case ByConsumers:
		from = m.Consumers
	case ByGB:
		from = m.Gigabytes()
		steps := s.steps(isBelow)
		for i, step := range steps {
			last := s.mesh.LastGB()
			if i+1 < len(steps) {
				last = steps[i+1] - 1
			}
			if isBelow(step) == one {
				found = append(found, min(max(from, step), last))
			}
		}
	}
	if by != ByGB {
		for n := 1; n <= Largest; n++ {
			if isBelow(n) == one {
				found = append(found, n)
			}
		}
		if from > Largest && isBelow(from) == one {
			found = append(found, from)
		}
	}
	if len(found) == 0 {
		return 0, false
	}
	return slices.MinFunc(found, func(a, b int) int { return cmp.Compare(distance(a, from), distance(b, from)) }), true
}

func distance(a, b int) int { return max(a-b, b-a) }

// less compares what options cost: those whose price is not known come last.
func less(a, b prices.Amount) int {
	if a.IsMissing() != b.IsMissing() {
		if a.IsMissing() {
			return 1
		}
		return -1
	}
	return a.Rat().Cmp(b.Rat())
}
