package compare

import (
	"strings"
	"testing"
)

// The answer is the cheapest that fits, and what costs less and depends stands beside it.
func TestBest(t *testing.T) {
	for name, tc := range map[string]struct {
		m            *Mesh
		best, bestIf OptionID
		decides      string
	}{
		"each service in a VPC":  {meshOf(t, "us-east-1", 20, 20, 10), Lattice, Peering, "peering would cost less"},
		"all services in a VPC":  {meshOf(t, "us-east-1", 20, 1, 10, no(MayRoute)), Shared, "", "privatelink-shared costs the least of the 4 options that fit: 178.85 a month without traffic"},
		"a price is not known":   {meshOf(t, "eu-west-1", 20, 20, 10, no(MayRoute, MayBePublic)), Targets, Central, "lattice fits, but a price of it is not known, so it is not ranked"},
		"of those with a price":  {meshOf(t, "eu-west-1", 20, 1, 10, no(MayRoute)), Shared, "", "privatelink-shared costs the least of the 3 options that fit and whose price is known"},
		"one has a price":        {meshOf(t, "eu-west-1", 2, 1, 11, settled, no(MayBePublic), yes(ClientAddress)), TransitGateway, Peering, "transit-gateway is the only option that fits and whose price is known"},
		"two cost the same":      {meshOf(t, "us-east-1", 1, 1, 1, no(MayRoute), yes(MutualTLS, Layer7)), Shared, "", "privatelink costs the same"},
		"one fits":               {meshOf(t, "us-east-1", 1, 1, 1, speak(TCP), no(MayRoute)), Targets, "", "privatelink-targets is the only option that fits without a condition"},
		"none fits":              {meshOf(t, "us-east-1", 1, 1, 1, speak(TCP), no(MayRoute), yes(ClientAddress)), "", Targets, "privatelink-targets costs the least of those that depend on something: 31.03 a month without traffic; it depends on: proxy-protocol"},
		"none can":               {meshOf(t, "us-east-1", 1, 1, 1, speak(TCP), no(MayRoute), yes(WebACL)), "", "", "no option fits: what rules them out must change"},
		"with a gateway that is": {meshOf(t, "us-east-1", 2, 1, 20, settled, yes(HasTransitGateway), yes(OnPremises)), TransitGateway, "", "transit-gateway costs the least"},
	} {
		t.Run(name, func(t *testing.T) {
			c := Compare(tc.m, pricerOf(t, tc.m.Region), today)
			if c.Best != tc.best || c.BestIf != tc.bestIf || !strings.Contains(strings.Join(c.Decides, "\n"), tc.decides) {
				t.Errorf("%q, and %q if: %s", c.Best, c.BestIf, strings.Join(c.Decides, "\n"))
			}
		})
	}
}

// Other options cost less at the numbers that are named, and not between those and the mesh.
func TestBreaks(t *testing.T) {
	p := pricerOf(t, "us-east-1")
	m := meshOf(t, "us-east-1", 20, 1, 10, no(MayRoute), gb(1000))
	c := Compare(m, p, today)
	if len(c.Breaks) != len(Options())-1 {
		t.Errorf("%d options", len(c.Breaks))
	}
	isLess := func(by Dimension, n int, o OptionID) bool {
		g := at(m, by, n)
		return exact(p, g, o).Cmp(exact(p, g, c.Best)) < 0
	}
	from := map[Dimension]int{ByServices: 20, ByConsumers: 10, ByGB: 1000}
	for _, b := range c.Breaks {
		for by, n := range b.At {
			if !isLess(by, n, b.Option) {
				t.Errorf("%s does not cost less at %d %s", b.Option, n, by)
			}
			step := 1
			if n > from[by] {
				step = -1
			}
			if n != from[by] && isLess(by, n+step, b.Option) {
				t.Errorf("%s costs less nearer than at %d %s", b.Option, n, by)
			}
		}
	}
}

// Each piece of advice applies to some mesh, and names who gives it.
func TestNotes(t *testing.T) {
	p := pricerOf(t, "us-east-1")
	given := map[string]bool{}
	for _, m := range []*Mesh{
		meshOf(t, "us-east-1", 1, 1, 5), meshOf(t, "us-east-1", 20, 1, 10, no(MayRoute)), meshOf(t, "us-east-1", 2, 2, 2, settled, yes(SharedTeam)),
		meshOf(t, "us-east-1", 1, 1, 1, yes(Layer7, ExternalAccounts, ClientAddress, OverlappingBlocks)),
	} {
		for _, n := range Compare(m, p, today).Notes {
			given[n.Says] = true
			if n.Source == "" || n.We == "" {
				t.Errorf("%+v", n)
			}
		}
	}
	for _, a := range adviceOfOthers {
		if !given[a.says] {
			t.Errorf("no mesh has the advice %q", a.says)
		}
	}
}

// On a later day the prices are old, and the comparison says so.
func TestWarnings(t *testing.T) {
	m, p := meshOf(t, "us-east-1", 1, 1, 1), pricerOf(t, "us-east-1")
	warnings := strings.Join(Compare(m, p, today.AddDate(2, 0, 0)).Warnings, "\n")
	for _, want := range []string{"the prices are of 2026-11, more than a year ago", "the sources of these prices are older than a year: interface endpoint, each zone (2026-09-17), "} {
		if !strings.Contains(warnings, want) {
			t.Errorf("no %s in %s", want, warnings)
		}
	}
	for _, w := range Compare(m, p, today).Warnings {
		if strings.Contains(w, "interface endpoint") {
			t.Errorf("a price of this year is old: %s", w)
		}
	}
}

// Advice for an option whose price is not known is neither right nor wrong.
func TestOpenAdvice(t *testing.T) {
	for region, want := range map[string]bool{"us-east-1": false, "eu-west-1": true} {
		m := meshOf(t, region, 20, 1, 10, no(MayRoute))
		for _, n := range Compare(m, pricerOf(t, region), today).Notes {
			isOnLattice := strings.Contains(n.Says, "VPC Lattice")
			if n.Open != (want && isOnLattice) || n.Open && n.Agrees {
				t.Errorf("%s: %+v", region, n)
			}
		}
	}
	// Where it does not fit, its price does not matter.
	for _, n := range Compare(meshOf(t, "eu-west-1", 20, 1, 10, no(MayRoute), speak(WebSocket)), pricerOf(t, "eu-west-1"), today).Notes {
		if n.Open {
			t.Errorf("%+v", n)
		}
	}
}
