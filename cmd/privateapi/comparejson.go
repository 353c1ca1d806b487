package main

import (
	"bufio"
	"io"

	"github.com/cdk-private-api/cdk-private-api-go/internal/compare"
	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// jsonAmount is an amount: exact, as decimals, and as it is printed.
type jsonAmount struct {
	Exact        string `json:"exact"`
	Text         string `json:"text"`
	IsUnverified bool   `json:"isUnverified,omitempty"`
	IsMissing    bool   `json:"isMissing,omitempty"`
}

func amountJSON(a *prices.Amount) *jsonAmount {
	if a == nil {
		return nil
	}
	return &jsonAmount{a.Rat().RatString(), a.String(), a.IsUnverified(), a.IsMissing()}
}

// perGBJSON is the amount of each GB, which is printed with more decimals.
func perGBJSON(a prices.Amount) *jsonAmount {
	amount := amountJSON(&a)
	amount.Text = perUnit(a)
	return amount
}

// jsonPrice is a price with its source.
type jsonPrice struct {
	Item   prices.Item `json:"item"`
	Price  string      `json:"price"`
	Unit   string      `json:"unit"`
	Mark   prices.Mark `json:"mark"`
	Source string      `json:"source"`
	Date   string      `json:"date,omitempty"`
}

// jsonWay is an option of a comparison.
type jsonWay struct {
	Option    compare.OptionID   `json:"option"`
	Title     string             `json:"title"`
	Fit       compare.Fit        `json:"fit"`
	Findings  []compare.Finding  `json:"findings"`
	Fixed     *jsonAmount        `json:"fixed"`
	PerGB     *jsonAmount        `json:"perGB"`
	Traffic   *jsonAmount        `json:"traffic,omitempty"`
	Total     *jsonAmount        `json:"total,omitempty"`
	Lines     []compare.CostLine `json:"lines"`
	NotPriced []string           `json:"notPriced"`
	Quotas    []compare.Quota    `json:"quotas"`
}

// jsonMesh is what was compared for.
type jsonMesh struct {
	Region            string                        `json:"region"`
	Services          int                           `json:"services"`
	Consumers         int                           `json:"consumers"`
	Providers         int                           `json:"providers"`
	Zones             int                           `json:"zones"`
	Tiers             int                           `json:"tiers"`
	FrontDoors        int                           `json:"frontDoors"`
	Calls             int                           `json:"calls"`
	DoorCalls         int                           `json:"doorCalls"`
	ProviderCalls     int                           `json:"providerCalls"`
	Routes            int                           `json:"routes"`
	Principals        int                           `json:"principals"`
	LongestConnection int                           `json:"longestConnection,omitempty"`
	LongestIdle       int                           `json:"longestIdle,omitempty"`
	Protocols         []compare.Protocol            `json:"protocols"`
	Answers           map[compare.Question]string   `json:"answers"`
	Evidence          map[string][]compare.Evidence `json:"evidence"`
	Assumed           []string                      `json:"assumed"`
	Usage             map[string]string             `json:"usage,omitempty"`
}

// writeComparisonJSON writes a comparison as JSON.
func writeComparisonJSON(w io.Writer, c *compare.Comparison, book *prices.Book) error {
	o := &jsonObject{w: bufio.NewWriter(w)}
	o.field("mesh", meshJSON(c.Mesh))
	o.field("currency", book.Currency)
	o.field("asOf", book.AsOf)
	o.field("hoursPerMonth", book.HoursPerMonth.RatString())
	o.list("prices", len(c.Prices), func(i int) (string, error) {
		p := c.Prices[i]
		return element(jsonPrice{p.Item, p.String(), p.Unit, p.Mark, p.Source, p.Date})
	})
	o.list("options", len(c.Ways), func(i int) (string, error) {
		w := c.Ways[i]
		return element(jsonWay{
			w.Option.ID, w.Option.Title, w.Fit, orEmpty(w.Findings), amountJSON(&w.Cost.Fixed), perGBJSON(w.Cost.PerGB), amountJSON(w.Cost.Traffic), amountJSON(w.Cost.Total),
			orEmpty(w.Cost.Lines), orEmpty(w.Cost.NotPriced), orEmpty(w.Quotas),
		})
	})
	o.field("best", c.Best)
	o.field("bestIf", c.BestIf)
	o.field("decides", orEmpty(c.Decides))
	o.field("ranges", c.Ranges)
	o.field("breaks", orEmpty(c.Breaks))
	o.field("traits", compare.Traits())
	o.field("advice", orEmpty(c.Notes))
	o.field("warnings", orEmpty(c.Warnings))
	o.field("notCompared", c.ResourceEndpoints)
	return o.end()
}

func meshJSON(m *compare.Mesh) jsonMesh {
	j := jsonMesh{
		m.Region, m.Services, m.Consumers, m.Providers, m.Zones, m.Tiers, m.FrontDoors, m.Calls, m.DoorCalls, m.ProviderCalls, m.Routes, m.Principals, m.LongestConnection, m.LongestIdle,
		m.Protocols,
		map[compare.Question]string{},
		map[string][]compare.Evidence{},
		orEmpty(m.Assumed), nil,
	}
	for q, a := range m.Answers {
		j.Answers[q] = a.Is.String()
		if len(a.Evidence) > 0 {
			j.Evidence[string(q)] = a.Evidence
		}
	}
	for key, list := range m.Evidence {
		if len(list) > 0 {
			j.Evidence[key] = list
		}
	}
	if m.Usage != nil {
		j.Usage = map[string]string{}
		for key, n := range m.Usage.Given() {
			j.Usage[key] = n.RatString()
		}
	}
	return j
}
