package compare

import (
	"math/big"
	"slices"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// Comparison is options side by side for a mesh.
type Comparison struct {
	Mesh *Mesh
	// Ways are all options, in their order.
	Ways []Way
	// Best is the cheapest option that fits; empty if none does. BestIf is one that costs less still, and depends on something; empty if there is none.
	Best, BestIf OptionID
	// Decides is what decides, in sentences.
	Decides []string
	// Ranges are where the cheapest option that fits changes, by dimension.
	Ranges map[Dimension][]Range
	// Breaks are where other options cost less than the best one, whether they fit or not.
	Breaks []Break
	// Notes are where this comparison disagrees with advice.
	Notes []Note
	// Prices are the prices of options, and Warnings say which of them are old.
	Prices   []prices.Price
	Warnings []string
	// ResourceEndpoints is the line on what is not compared.
	ResourceEndpoints string
}

// Way is an option for a mesh.
type Way struct {
	Option   Option
	Fit      Fit
	Findings []Finding
	Cost     Cost
	Quotas   []Quota
	// FirstByServices and FirstByConsumers are the quotas that growth exceeds first; nil if none is.
	FirstByServices, FirstByConsumers *Quota
}

// Break is where an option costs less than the best one.
type Break struct {
	Option OptionID `json:"option"`
	// At are the numbers nearest to those of the mesh, by dimension; those without a number have none.
	At map[Dimension]int `json:"at"`
}

// Compare sets options side by side, on a day.
func Compare(m *Mesh, p *Pricer, today time.Time) *Comparison {
	c := &Comparison{Mesh: m, Ranges: map[Dimension][]Range{}, Prices: p.Prices(), Warnings: p.warnings(today)}
	for _, o := range Options() {
		w := Way{Option: o, Findings: append(findings(m, o.ID), quotaFindings(m, o.ID)...), Cost: p.Cost(m, o.ID), Quotas: quotas(m, o.ID)}
		slices.SortStableFunc(w.Findings, func(a, b Finding) int { return int(b.Fit) - int(a.Fit) })
		w.Fit = fitOf(w.Findings)
		w.FirstByServices = hitFirst(w.Quotas, func(q Quota) int { return q.AtServices })
		w.FirstByConsumers = hitFirst(w.Quotas, func(q Quota) int { return q.AtConsumers })
		c.Ways = append(c.Ways, w)
	}
	search := p.search(m)
	c.Best = cheapest(m, func(o OptionID) *big.Rat {
		if total := c.Way(o).Cost.total(); !total.IsMissing() {
			return total.Rat()
		}
		return nil
	})
	c.BestIf = c.cheaperIf()
	for _, by := range []Dimension{ByServices, ByConsumers, ByGB} {
		c.Ranges[by] = search.ranges(by)
	}
	c.Breaks = c.breaks(search)
	c.Decides = c.decides()
	c.Notes = c.notes()
	c.ResourceEndpoints = resourceEndpoints(p)
	return c
}

// Way is an option of the comparison.
func (c *Comparison) Way(o OptionID) *Way {
	for i := range c.Ways {
		if c.Ways[i].Option.ID == o {
			return &c.Ways[i]
		}
	}
	return nil
}

// ByCost are all options, the cheapest first; those whose price is not known come last.
func (c *Comparison) ByCost() []Way {
	ways := slices.Clone(c.Ways)
	slices.SortStableFunc(ways, func(a, b Way) int { return less(a.Cost.total(), b.Cost.total()) })
	return ways
}

// cheaperIf is the cheapest option that depends on something, if it costs less than the best one.
func (c *Comparison) cheaperIf() OptionID {
	for _, w := range c.ByCost() {
		switch {
		case w.Option.ID == c.Best || w.Cost.total().IsMissing():
			return ""
		case w.Fit == Depends:
			return w.Option.ID
		}
	}
	return ""
}

func (c *Comparison) breaks(s *search) []Break {
	var list []Break
	for _, w := range c.Ways {
		if c.Best == "" || w.Option.ID == c.Best || w.Cost.total().IsMissing() {
			continue
		}
		b := Break{w.Option.ID, map[Dimension]int{}}
		for _, by := range []Dimension{ByServices, ByConsumers, ByGB} {
			if n, ok := s.breakEven(by, w.Option.ID, c.Best); ok {
				b.At[by] = n
			}
		}
		list = append(list, b)
	}
	return list
}

// total is what decides between options: with the usage, if there is one.
func (c Cost) total() prices.Amount {
	if c.Total != nil {
		return *c.Total
	}
	return c.Fixed
}

// resourceEndpoints is what resource endpoints would be, in a line.
func resourceEndpoints(p *Pricer) string {
	hour, gb := p.kept[prices.ResourceEndpointHour], p.kept[prices.ResourceEndpointGB]
	return "resource endpoints: TCP to an address or a name without a load balancer, " + hour.String() + " an hour of each zone and endpoint and " + gb.String() +
		" a GB; no routes, no health checks, and a front is still needed for HTTP"
}
