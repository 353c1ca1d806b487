package compare

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// What options cost without traffic, in two zones. Each service has a VPC of its own, but for a shared front door, whose services have one.
func TestFixedCosts(t *testing.T) {
	for _, tc := range []struct {
		region              string
		services, consumers int
		want                map[OptionID]string
	}{
		{"us-east-1", 1, 1, map[OptionID]string{Own: "47.45", Shared: "47.45", Lattice: "18.25", TransitGateway: "89.43", Central: "120.45"}},
		{"us-east-1", 5, 5, map[OptionID]string{Own: "529.25", Shared: "105.85", Lattice: "91.25", TransitGateway: "447.13", Central: "456.25"}},
		{"us-east-1", 20, 1, map[OptionID]string{Own: "949.00", Shared: "47.45", Lattice: "365.00", TransitGateway: "1095.00", Central: "1022.00"}},
		{"us-east-1", 20, 10, map[OptionID]string{Own: "3577.00", Shared: "178.85", Lattice: "365.00", TransitGateway: "1423.50", Central: "1350.50"}},
		{"us-east-1", 20, 20, map[OptionID]string{Own: "6497.00", Shared: "324.85", Lattice: "365.00", TransitGateway: "1788.50", Central: "1715.50"}},
		{"eu-west-1", 1, 1, map[OptionID]string{Own: "52.85?", Shared: "52.85?", Lattice: "?"}},
		{"eu-west-1", 5, 5, map[OptionID]string{Own: "585.46?", Shared: "117.09?"}},
		{"eu-west-1", 20, 1, map[OptionID]string{Own: "1057.04?", Shared: "52.85?"}},
		{"eu-west-1", 20, 10, map[OptionID]string{Own: "3947.84?", Shared: "197.39?"}},
		{"eu-west-1", 20, 20, map[OptionID]string{Own: "7159.84?", Shared: "357.99?"}},
	} {
		p := pricerOf(t, tc.region)
		for o, want := range tc.want {
			providers := tc.services
			if o == Shared {
				providers = 1
			}
			if got := p.Cost(meshOf(t, tc.region, tc.services, providers, tc.consumers), o).Fixed.String(); got != want {
				t.Errorf("%s, %d services and %d consumers, %s: %s, want %s", tc.region, tc.services, tc.consumers, o, got, want)
			}
		}
	}
}

// What options cost is what their formulas say, for all small meshes.
func TestFormulas(t *testing.T) {
	const e, l, a, service, ip, nat = "0.01", "0.0225", "0.05", "0.025", "0.005", "0.045"
	price := func(text string, times ...int) *big.Rat {
		n, _ := new(big.Rat).SetString(text)
		for _, factor := range times {
			n.Mul(n, rat(factor))
		}
		return n
	}
	month := func(list ...*big.Rat) *big.Rat {
		sum := new(big.Rat)
		for _, n := range list {
			sum.Add(sum, n)
		}
		return sum.Mul(sum, rat(730))
	}
	p := pricerOf(t, "us-east-1")
	for _, size := range [][4]int{{1, 1, 1, 1}, {3, 1, 2, 2}, {3, 3, 2, 3}, {20, 4, 7, 3}, {20, 20, 20, 2}} {
		s, q, v, z := size[0], size[1], size[2], size[3]
		m := meshOf(t, "us-east-1", s, q, v, zones(z))
		for o, want := range map[OptionID]*big.Rat{
			Shared:         month(price(l, 2, q), price(e, q, v, z)),
			Own:            month(price(l, 2, s), price(e, s, v, z)),
			Targets:        month(price(l, s), price(e, s, v, z)),
			Lattice:        month(price(service, s)),
			Peering:        month(price(l, q)),
			TransitGateway: month(price(a, q+v), price(l, q)),
			Central:        month(price(l, 2, s), price(e, s, z), price(a, v+1)),
			Public:         new(big.Rat).Add(month(price(l, q), price(ip, q, z), price(ip, v, z), price(nat, v, z)), rat(6*q)),
		} {
			if got := p.Cost(m, o).Fixed.Rat(); got.Cmp(want) != 0 {
				t.Errorf("%v %s: %s, want %s", size, o, got.FloatString(4), want.FloatString(4))
			}
		}
	}
}

func TestCostOfTraffic(t *testing.T) {
	p := pricerOf(t, "us-east-1")
	for o, want := range map[OptionID]string{
		Shared: "0.024", Own: "0.024", Targets: "0.016", Lattice: "0.025", Peering: "0.018", TransitGateway: "0.028", Central: "0.044", Public: "0.053",
	} {
		c := p.Cost(meshOf(t, "us-east-1", 20, 1, 10, gb(1000)), o)
		if got := c.PerGB.Rat().FloatString(3); got != want {
			t.Errorf("%s: %s a GB, want %s", o, got, want)
		}
		if got, want := c.Traffic.Rat(), new(big.Rat).Mul(c.PerGB.Rat(), rat(1000)); got.Cmp(want) != 0 {
			t.Errorf("%s: %s for 1,000 GB, want %s", o, got.FloatString(4), want.FloatString(4))
		}
		if got, want := c.Total.Rat(), new(big.Rat).Add(c.Fixed.Rat(), c.Traffic.Rat()); got.Cmp(want) != 0 {
			t.Errorf("%s: %s in total, want %s", o, got.FloatString(4), want.FloatString(4))
		}
	}
	if c := p.Cost(meshOf(t, "us-east-1", 1, 1, 1), Shared); c.Traffic != nil || c.Total != nil {
		t.Error("a total without a usage")
	}
}

// Above the tiers of the Price List each GB costs less, and what costs more than its gigabytes is counted by its own dimension.
func TestCostOfUsage(t *testing.T) {
	p := pricerOf(t, "us-east-1")
	for name, tc := range map[string]struct {
		usage  Usage
		option OptionID
		want   string
	}{
		"two petabytes":                    {Usage{GB: rat(2 << 20)}, Targets, fmt.Sprintf("%.2f", 1048576*0.01+1048576*0.006+2097152*0.006)},
		"requests that are free":           {Usage{Requests: rat(2 * 730 * 300_000)}, Lattice, "0.00"},
		"requests that are not":            {Usage{Requests: rat(2*730*300_000 + 5_000_000)}, Lattice, "0.50"},
		"many new connections":             {Usage{GB: rat(1), NewConnections: rat(90_000 * 100)}, Peering, fmt.Sprintf("%.2f", 100*0.008+0.01)},
		"many connections that last":       {Usage{GB: rat(1), ActiveConnections: rat(3000 * 2)}, Peering, fmt.Sprintf("%.2f", 2*730*0.008+0.01)},
		"connections that last, of an NLB": {Usage{ActiveConnections: rat(200_000)}, Targets, fmt.Sprintf("%.2f", 2*730*0.006)},
		"requests to a web ACL":            {Usage{Requests: rat(10_000_000)}, Public, "6.00"},
	} {
		c := p.Cost(meshOf(t, "us-east-1", 2, 1, 1, func(m *Mesh) { m.Usage = &tc.usage }), tc.option)
		if got := c.Traffic.String(); got != tc.want {
			t.Errorf("%s, %s: %s, want %s", name, tc.option, got, tc.want)
		}
	}
}

func TestWhatChangesTheCost(t *testing.T) {
	p := pricerOf(t, "us-east-1")
	for name, tc := range map[string]struct {
		option OptionID
		edit   func(m *Mesh)
		want   string
	}{
		"a gateway that is there":              {TransitGateway, yes(HasTransitGateway), "16.43"},
		"central endpoints with a gateway":     {Central, yes(HasTransitGateway), "949.00"},
		"two tiers":                            {Shared, func(m *Mesh) { m.Tiers = 2 }, "357.70"},
		"more tiers than services":             {Shared, func(m *Mesh) { m.Tiers = 50 }, "3577.00"},
		"few calls":                            {Own, func(m *Mesh) { m.Calls = 20 }, "949.00"},
		"more rules than an ALB has":           {Shared, func(m *Mesh) { m.Routes = 6 }, "357.70"},
		"a web ACL on the ALB of a front door": {Shared, yes(WebACL), "184.85"},
		"a web ACL behind VPC Lattice":         {Lattice, yes(WebACL), "813.50"},
		"a web ACL by route":                   {Peering, yes(WebACL), "22.43"},
		"a web ACL over a gateway":             {TransitGateway, yes(WebACL), "423.93"},
		"a web ACL in public":                  {Public, yes(WebACL), "759.73"}, // which has one anyway
		"an NLB by route":                      {Peering, speak(TCP), "16.43"},
	} {
		m := meshOf(t, "us-east-1", 20, 1, 10, tc.edit)
		if got := p.Cost(m, tc.option).Fixed.String(); got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
	}
}

// Where clients speak TCP, an NLB is the front of an API by route; requests to a web ACL cost by route too.
func TestFrontsByRoute(t *testing.T) {
	p := pricerOf(t, "us-east-1")
	for name, tc := range map[string]struct {
		edit                 func(m *Mesh)
		item                 prices.Item
		perGB, traffic, left string
	}{
		"HTTP":           {func(*Mesh) {}, prices.ALBHour, "0.0180", "18.00", ""},
		"a web ACL":      {yes(WebACL), prices.ALBHour, "0.0180", "18.60", ""},
		"TCP":            {speak(TCP), prices.NLBHour, "0.0160", "16.00", ""},
		"HTTP and TLS":   {speak(HTTP, TLS), prices.NLBHour, "0.0160", "16.00", ""},
		"another Region": {yes(CrossRegion), prices.ALBHour, "0.0180", "18.00", notPricedRegions},
	} {
		m := meshOf(t, "us-east-1", 2, 1, 1, tc.edit, func(m *Mesh) { m.Usage = &Usage{GB: rat(1000), Requests: rat(1_000_000)} })
		c := p.Cost(m, Peering)
		if c.Lines[0].Item != tc.item || c.PerGB.Rat().FloatString(4) != tc.perGB || c.Traffic.String() != tc.traffic {
			t.Errorf("%s: %s, %s a GB, %s, want %+v", name, c.Lines[0].Item, c.PerGB.Rat().FloatString(4), c.Traffic, tc)
		}
		if slices.Contains(c.NotPriced, notPricedRegions) != (tc.left != "") {
			t.Errorf("%s: not priced: %v", name, c.NotPriced)
		}
	}
}

// All prices that are missing are told at once.
func TestNoPricesOfARegion(t *testing.T) {
	_, err := NewPricer(prices.Default(), "sa-east-1")
	for _, item := range []prices.Item{prices.EndpointHour, prices.ALBHour, prices.LatticeHour} {
		if want := fmt.Sprintf("there is no price of %s in sa-east-1: give it with --prices FILE", item); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// What searches compare is what the report shows, for all options.
func TestExactIsTheTotal(t *testing.T) {
	for _, region := range []string{"us-east-1", "eu-west-1"} {
		p := pricerOf(t, region)
		for _, m := range []*Mesh{meshOf(t, region, 20, 3, 7), meshOf(t, region, 5, 5, 2, gb(2<<20), yes(WebACL))} {
			for _, o := range Options() {
				amount, isKnown := p.exact(m, o.ID)
				if total := p.Cost(m, o.ID).total(); isKnown == total.IsMissing() || isKnown && amount.Cmp(total.Rat()) != 0 {
					t.Errorf("%s, %s: %s, want %s", region, o.ID, amount.FloatString(2), total)
				}
			}
		}
	}
}
