package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cost"
	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// costHead says what the numbers of a bill are.
func costHead(b *cost.Bill) string {
	return fmt.Sprintf("%s a month of %s hours, prices as of %s, without free tiers, discounts and taxes",
		b.Prices.Currency, b.Prices.HoursPerMonth.RatString(), b.Prices.AsOf)
}

// costColumns are the columns of the totals: usage is there where somebody gave it.
func costColumns(b *cost.Bill, by cost.By) []string {
	if b.HasUsage {
		return []string{string(by), "fixed", "usage", "total"}
	}
	return []string{string(by), "fixed"}
}

// costRow is a line of the totals.
func costRow(b *cost.Bill, name string, t cost.Total) []string {
	switch {
	case !b.HasUsage:
	case t.HasUsage:
		return []string{name, t.Fixed.String(), t.Usage.String(), t.Sum().String()}
	default:
		return []string{name, t.Fixed.String(), "-", t.Sum().String()}
	}
	return []string{name, t.Fixed.String()}
}

// chargeText is a charge in words: "interface endpoint, each zone: 1460 × 0.011/AZ-hour = 16.06".
func chargeText(c *cost.Charge) string {
	text := c.Title + ": "
	if c.Quantity == nil {
		text += c.Price.PerUnit() + ", by use"
	} else {
		text += fmt.Sprintf("%s × %s = %s", c.Quantity, c.Price.PerUnit(), c.Cost)
	}
	for _, note := range c.Notes {
		text += "; " + note
	}
	return text
}

// unusedLine is a price of usage that nobody gave, with the number of resources that have it and the keys that give it.
type unusedLine struct {
	price prices.Price
	title string
	key   string
	count int
}

// unusedLines are the prices of usage that nobody gave, by item and Region.
func unusedLines(t cost.Total) []*unusedLine {
	type id struct {
		item   prices.Item
		region string
	}
	byID := map[id]*unusedLine{}
	var lines []*unusedLine
	for _, c := range t.Unused {
		k := id{c.Price.Item, c.Price.Region}
		if byID[k] == nil {
			byID[k] = &unusedLine{price: c.Price, title: c.Title, key: c.Key}
			lines = append(lines, byID[k])
		}
		byID[k].count++
	}
	slices.SortFunc(lines, func(a, b *unusedLine) int {
		return cmp.Or(cmp.Compare(a.title, b.title), cmp.Compare(a.price.Region, b.price.Region))
	})
	return lines
}

func (l *unusedLine) String() string {
	return fmt.Sprintf("%s in %s: %s, %s, by %s", l.title, l.price.Region, l.price.PerUnit(), count(l.count, "resource"), l.key)
}

// notPricedText is a type that is not priced.
func notPricedText(n cost.NotPriced) string {
	text := fmt.Sprintf("%d × %s", n.Count, n.Type)
	if n.Why != "" {
		text += ": " + n.Why
	}
	return text
}

// doubtfulPrices are the prices in a bill that AWS was not quoted for, those that nobody has checked first.
func doubtfulPrices(b *cost.Bill) []prices.Price {
	var doubtful []prices.Price
	for _, mark := range []prices.Mark{prices.Unverified, prices.Inferred} {
		for _, p := range b.UsedPrices() {
			if p.Mark == mark {
				doubtful = append(doubtful, p)
			}
		}
	}
	return doubtful
}

func doubtfulText(p prices.Price) string {
	text := fmt.Sprintf("%s in %s, %s: %s, %s", p.Item, p.Region, p.PerUnit(), p.Mark, p.Source)
	if p.Date != "" {
		text += ", " + p.Date
	}
	return text
}

// section is a list below the totals.
type section struct {
	title, about string // about may be empty
	lines        []string
}

// costSections are the lists below the totals that have something.
func costSections(b *cost.Bill) []section {
	unused := section{title: "by use, in no total", about: "--usage FILE gives what is used"}
	for _, l := range unusedLines(b.Total()) {
		unused.lines = append(unused.lines, l.String())
	}
	notPriced := section{title: "not priced"}
	for _, n := range b.NotPriced {
		notPriced.lines = append(notPriced.lines, notPricedText(n))
	}
	doubtful := section{title: "prices not quoted from AWS"}
	for _, p := range doubtfulPrices(b) {
		doubtful.lines = append(doubtful.lines, doubtfulText(p))
	}
	all := []section{unused, notPriced, {title: "notes", lines: b.Notes}, doubtful, {title: "warnings", lines: b.Warnings}}
	return slices.DeleteFunc(all, func(s section) bool { return len(s.lines) == 0 })
}
