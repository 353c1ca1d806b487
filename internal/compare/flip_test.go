package compare

import (
	"math/big"
	"testing"
)

// The search finds what the closed form says: VPC Lattice costs less than a shared front door unless S > 1.8 + 0.8 V in two zones, and
// 1.8 + 1.2 V in three.
func TestBreakEvenOfServices(t *testing.T) {
	p := pricerOf(t, "us-east-1")
	for z, perConsumer := range map[int]*big.Rat{2: big.NewRat(8, 10), 3: big.NewRat(12, 10)} {
		for _, v := range []int{1, 2, 5, 10, 20, 73} {
			bound := new(big.Rat).Add(big.NewRat(18, 10), new(big.Rat).Mul(perConsumer, rat(v)))
			want := 1 + int(new(big.Int).Quo(bound.Num(), bound.Denom()).Int64()) // the first number above it
			m := meshOf(t, "us-east-1", 1, 1, v, zones(z))
			if got, ok := p.search(m).breakEven(ByServices, Shared, Lattice); !ok || got != want {
				t.Errorf("%d zones, %d consumers: from %d services, want %d", z, v, got, want)
			}
			for n := 1; n <= 100; n++ {
				g := m.grown(n, v)
				isBelow := exact(p, g, Shared).Cmp(exact(p, g, Lattice)) < 0
				if isBelow != (rat(n).Cmp(bound) > 0) {
					t.Errorf("%d zones, %d services, %d consumers: a shared front door is below: %v", z, n, v, isBelow)
				}
			}
		}
	}
}

// The same by consumers: a shared front door costs less while V < (S - 1.8) / 0.8. With five services both cost the same at four consumers.
func TestBreakEvenOfConsumers(t *testing.T) {
	p := pricerOf(t, "us-east-1")
	for s, want := range map[int]int{5: 5, 6: 6, 10: 11, 20: 23} {
		m := meshOf(t, "us-east-1", s, 1, 1)
		if got, ok := p.search(m).breakEven(ByConsumers, Lattice, Shared); !ok || got != want {
			t.Errorf("%d services: from %d consumers, want %d", s, got, want)
		}
	}
}

// Endpoints of a central VPC cost less than those of each consumer above 2.5 (V + 1) / (V - 1) services, if the gateway is bought for it.
func TestBreakEvenOfCentralEndpoints(t *testing.T) {
	p := pricerOf(t, "us-east-1")
	for _, v := range []int{2, 3, 5, 10, 50} {
		bound := new(big.Rat).Mul(big.NewRat(5, 2), big.NewRat(int64(v+1), int64(v-1)))
		want := 1 + int(new(big.Int).Quo(bound.Num(), bound.Denom()).Int64())
		m := meshOf(t, "us-east-1", 1, 1, v)
		if got, ok := p.search(m).breakEven(ByServices, Central, Own); !ok || got != want {
			t.Errorf("%d consumers: from %d services, want %d", v, got, want)
		}
	}
	if n, ok := p.search(meshOf(t, "us-east-1", 1, 1, 1)).breakEven(ByServices, Central, Own); ok {
		t.Errorf("for one consumer, central endpoints cost less from %d services", n)
	}
}

// With a gateway that is there, they cost less below 730 GB a month for each endpoint that is saved.
func TestBreakEvenOfGigabytes(t *testing.T) {
	p := pricerOf(t, "us-east-1")
	for _, size := range [][2]int{{1, 2}, {5, 3}, {20, 10}} {
		s, v := size[0], size[1]
		saved := s * (v - 1)
		m := meshOf(t, "us-east-1", s, s, v, yes(HasTransitGateway), gb(1000*saved))
		if got, ok := p.search(m).breakEven(ByGB, Central, Own); !ok || got != 730*saved-1 {
			t.Errorf("%v: up to %d GB, want %d", size, got, 730*saved-1)
		}
	}
}

// VPC Lattice costs less than a front door for each service, always: 18.25 against 32.85.
func TestNoBreakEven(t *testing.T) {
	p := pricerOf(t, "us-east-1")
	for _, by := range []Dimension{ByServices, ByConsumers} {
		if n, ok := p.search(meshOf(t, "us-east-1", 20, 20, 10)).breakEven(by, Own, Lattice); ok {
			t.Errorf("by %s, a front door for each service costs less at %d", by, n)
		}
	}
}

// The ranges of gigabytes are those that a comparison at every number would find.
func TestRangesOfGigabytes(t *testing.T) {
	p := pricerOf(t, "us-east-1")
	m := meshOf(t, "us-east-1", 20, 1, 22, gb(0))
	ranges := p.search(m).ranges(ByGB)
	for i, r := range ranges {
		to := LargestGB
		if r.To != nil {
			to = *r.To
		}
		for _, n := range []int{r.From, (r.From + to) / 2, to} {
			if got := cheapest(m.used(rat(n)), func(o OptionID) *big.Rat { return p.Cost(m.used(rat(n)), o).Total.Rat() }); got != r.Option {
				t.Errorf("at %d GB %s is the cheapest, and the range has %s", n, got, r.Option)
			}
		}
		if i > 0 && *ranges[i-1].To != r.From-1 {
			t.Errorf("a gap before %d", r.From)
		}
	}
	if len(ranges) < 2 {
		t.Errorf("only %v", ranges)
	}
}

// Numbers above those that searches try are tried as they are.
func TestBreakEvenOfALargeMesh(t *testing.T) {
	p := pricerOf(t, "us-east-1")
	m := meshOf(t, "us-east-1", Largest+1, 1, Largest+2, gb(2*LargestGB))
	for _, tc := range []struct {
		by         Dimension
		one, other OptionID
		want       int
		ok         bool
	}{
		{ByServices, Peering, Own, Largest + 1, true},
		{ByConsumers, Peering, Own, Largest + 2, true},
		{ByGB, Targets, Own, 2 * LargestGB, true},
		{ByServices, Own, Peering, 0, false},
	} {
		if got, ok := p.search(m).breakEven(tc.by, tc.one, tc.other); got != tc.want || ok != tc.ok {
			t.Errorf("%s, %s below %s: at %d, %v, want %d", tc.by, tc.one, tc.other, got, ok, tc.want)
		}
	}
	// Up to ten petabytes VPC Lattice costs less than the endpoints of a thousand consumers, and far above no more.
	m = meshOf(t, "us-east-1", 2, 1, 2, gb(1e15))
	if got, ok := p.search(m).breakEven(ByGB, Lattice, Targets); !ok || got > LargestGB {
		t.Errorf("VPC Lattice costs less at %d GB, %v", got, ok)
	}
}

func TestRanges(t *testing.T) {
	p := pricerOf(t, "us-east-1")
	fits := func(m *Mesh) { m.Answers[MayRoute] = Answer{Is: No}; m.Answers[MayBePublic] = Answer{Is: No} }
	got := p.search(meshOf(t, "us-east-1", 20, 1, 10, fits)).ranges(ByServices)
	if len(got) < 2 || got[0].From != 1 || *got[0].To != 9 || got[0].Option != Lattice || got[1].From != 10 || got[1].Option != Shared {
		t.Errorf("got %v", got)
	}
}

// Where prices of traffic are not known, the first gigabyte is where no answer is known any more: the range before it ends with 0.
func TestRangeOfNothing(t *testing.T) {
	got := pricerOf(t, "eu-central-1").search(meshOf(t, "eu-central-1", 20, 1, 10, no(MayRoute, MayBePublic))).ranges(ByGB)
	if len(got) != 2 || got[0].From != 0 || got[0].To == nil || *got[0].To != 0 || got[0].Option != Shared || got[1].From != 1 || got[1].To != nil || got[1].Option != "" {
		t.Errorf("got %+v", got)
	}
}
