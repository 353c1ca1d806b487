package prices

import (
	"math/big"
	"strings"
	"time"
)

// Mark says how sure a price is.
type Mark string

// The marks of prices.
const (
	// Quoted is a price that AWS's Price List or AWS's own page has.
	Quoted Mark = "quoted"
	// Inferred is a price that a bill or a copy of AWS's prices has.
	Inferred Mark = "inferred"
	// Unverified is a price that nobody has checked.
	Unverified Mark = "unverified"
)

// Price is what AWS charges for an item in a Region.
type Price struct {
	Item   Item
	Region string
	// Unit is what one price is for, such as "AZ-hour", "GB" or "million requests".
	Unit string
	// Tiers are the prices by quantity in a month; none if the price is not known.
	Tiers []Tier
	// Mark is how sure the price is. A tier may be less sure.
	Mark Mark
	// Source is where the price is from.
	Source string
	// Date is the day, or month, of the source: "2026-09-17" or "2026-09".
	Date string
}

// Tier is the price of the units up to a quantity.
type Tier struct {
	// UpTo is the quantity where the tier ends; nil for the last.
	UpTo *big.Rat
	// Price is that of one unit, and Text its decimals as the source has them.
	Price *big.Rat
	Text  string
	Mark  Mark
}

// IsMissing reports whether the price is not known.
func (p Price) IsMissing() bool { return len(p.Tiers) == 0 }

// Cost is what a quantity in one month costs. Nothing costs nothing, even where the price is not known.
func (p Price) Cost(quantity *big.Rat) Amount {
	switch {
	case quantity.Sign() <= 0:
		return Amount{}
	case p.IsMissing():
		return missing()
	}
	var sum Amount
	from := new(big.Rat)
	for _, tier := range p.Tiers {
		to := quantity
		if tier.UpTo != nil && tier.UpTo.Cmp(quantity) < 0 {
			to = tier.UpTo
		}
		units := new(big.Rat).Sub(to, from)
		sum = sum.Add(Amount{value: units.Mul(units, tier.Price), unverified: tier.Mark == Unverified})
		if from = to; to == quantity {
			break
		}
	}
	return sum
}

// String is the price of one unit in all tiers, such as "0.0225", "0.0252?" or "0.01, 0.006 above 1048576"; "?" if it is not known.
func (p Price) String() string { return p.text("") }

// PerUnit is the price with its unit, such as "0.0225/hour" or "0.01/GB, 0.006 above 1048576".
func (p Price) PerUnit() string { return p.text("/" + p.Unit) }

func (p Price) text(unit string) string {
	if p.IsMissing() {
		return "?" + unit
	}
	var parts []string
	after := unit
	for _, tier := range p.Tiers {
		text := tier.Text
		if tier.Mark == Unverified {
			text += "?"
		}
		parts = append(parts, text+after)
		if tier.UpTo != nil {
			after = " above " + tier.UpTo.RatString()
		}
	}
	return strings.Join(parts, ", ")
}

// IsOld reports whether the source of the price is older than a year on a day. A price without a date is the user's own.
func (p Price) IsOld(today time.Time) bool { return isOld(p.Date, today) }

func isOld(date string, today time.Time) bool {
	day, err := parseDate(date)
	return err == nil && day.AddDate(1, 0, 0).Before(today)
}

func parseDate(date string) (time.Time, error) {
	if len(date) == len("2006-01") {
		month, err := time.Parse("2006-01", date)
		return month.AddDate(0, 1, -1), err // the last day of the month
	}
	return time.Parse(time.DateOnly, date)
}
