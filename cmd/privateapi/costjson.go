package main

import (
	"encoding/json"
	"io"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cost"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// costDocument is a bill as JSON. Amounts are texts with two decimals, so that no reader rounds them again.
type costDocument struct {
	Version       int             `json:"version"`
	Currency      string          `json:"currency"`
	AsOf          string          `json:"asOf"`
	HoursPerMonth json.Number     `json:"hoursPerMonth"`
	Total         costTotal       `json:"total"`
	By            cost.By         `json:"by"`
	Groups        []costGroup     `json:"groups"`
	Charges       []costCharge    `json:"charges"`
	NotPriced     []costNotPriced `json:"notPriced"`
	Notes         []string        `json:"notes"`
	Warnings      []string        `json:"warnings"`
	Prices        []costPrice     `json:"prices"`
}

// costMoney is an amount, or a range. Without a high end, the templates set none, or a price is not known.
type costMoney struct {
	Low  string `json:"low"`
	High string `json:"high,omitempty"`
	// Unverified says that a price in it was not checked, and Incomplete that one is not known.
	Unverified bool `json:"unverified,omitempty"`
	Incomplete bool `json:"incomplete,omitempty"`
}

type costTotal struct {
	Fixed costMoney `json:"fixed"`
	Usage costMoney `json:"usage"`
	Total costMoney `json:"total"`
}

type costGroup struct {
	Name string `json:"name"`
	costTotal
}

type costCharge struct {
	Resource      string       `json:"resource"`
	ConstructPath string       `json:"constructPath,omitempty"`
	Type          string       `json:"type"`
	Stack         string       `json:"stack"`
	Account       string       `json:"account,omitempty"`
	Payer         string       `json:"payer,omitempty"`
	Region        string       `json:"region"`
	Item          prices.Item  `json:"item"`
	Title         string       `json:"title"`
	Unit          string       `json:"unit"`
	UnitPrice     string       `json:"unitPrice"`
	UsageKey      string       `json:"usageKey,omitempty"`
	Quantity      *costNumbers `json:"quantity,omitempty"`
	Cost          *costMoney   `json:"cost,omitempty"`
	Notes         []string     `json:"notes,omitempty"`
}

type costNumbers struct {
	Low  string `json:"low"`
	High string `json:"high,omitempty"`
}

type costNotPriced struct {
	Type  string `json:"type"`
	Count int    `json:"count"`
	Why   string `json:"why,omitempty"`
}

type costPrice struct {
	Item   prices.Item `json:"item"`
	Region string      `json:"region"`
	Unit   string      `json:"unit"`
	Price  string      `json:"price"`
	Mark   prices.Mark `json:"mark"`
	Source string      `json:"source"`
	Date   string      `json:"date,omitempty"`
}

// writeCostJSON writes a bill as JSON.
func writeCostJSON(w io.Writer, b *cost.Bill, by cost.By) error {
	d := costDocument{
		Version: 1, Currency: b.Prices.Currency, AsOf: b.Prices.AsOf, HoursPerMonth: json.Number(b.Prices.HoursPerMonth.RatString()),
		Total: totalJSON(b.Total()), By: by, Groups: []costGroup{}, Charges: []costCharge{}, NotPriced: []costNotPriced{},
		Notes: orEmpty(b.Notes), Warnings: orEmpty(b.Warnings), Prices: []costPrice{},
	}
	for _, g := range b.Groups(by) {
		d.Groups = append(d.Groups, costGroup{g.Name, totalJSON(g.Total)})
	}
	for _, c := range b.Charges {
		d.Charges = append(d.Charges, chargeJSON(c))
	}
	for _, n := range b.NotPriced {
		d.NotPriced = append(d.NotPriced, costNotPriced(n))
	}
	for _, p := range b.UsedPrices() {
		d.Prices = append(d.Prices, costPrice{p.Item, p.Region, p.Unit, p.String(), p.Mark, p.Source, p.Date})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(d)
}

func totalJSON(t cost.Total) costTotal {
	return costTotal{moneyJSON(t.Fixed), moneyJSON(t.Usage), moneyJSON(t.Sum())}
}

func moneyJSON(m cost.Money) costMoney {
	money := costMoney{
		Low: m.Low.Rat().FloatString(2), Unverified: m.Low.IsUnverified() || m.High.IsUnverified(), Incomplete: m.Low.IsMissing() || m.High.IsMissing(),
	}
	if !m.Open && !money.Incomplete {
		money.High = m.High.Rat().FloatString(2)
	}
	return money
}

func chargeJSON(c *cost.Charge) costCharge {
	r := c.Resource
	charge := costCharge{
		Resource: network.FullName(r), ConstructPath: r.ConstructPath, Type: r.Type, Stack: r.Stack.Name, Account: r.Stack.Account, Payer: c.Payer,
		Region: c.Price.Region, Item: c.Price.Item, Title: c.Title, Unit: c.Price.Unit, UnitPrice: c.Price.String(), UsageKey: c.Key, Notes: c.Notes,
	}
	if c.Quantity != nil {
		charge.Quantity = &costNumbers{Low: c.Quantity.Low.FloatString(3)}
		if c.Quantity.High != nil {
			charge.Quantity.High = c.Quantity.High.FloatString(3)
		}
		money := moneyJSON(c.Cost)
		charge.Cost = &money
	}
	return charge
}
