package prices

import (
	"errors"
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/jsondoc"
	"github.com/cdk-private-api/cdk-private-api-go/internal/nearest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// version is the version of the form of price files.
const version = 1

// ownSource is the source of a price of a file that names none.
const ownSource = "--prices"

var form = &jsondoc.Form{
	Name: "the file", Rule: rules.Rule{Severity: rules.Error}, MaxSize: 1 << 22, OfVersion: "a price file of version 1",
}

// parse reads a price file. With a base, the file says what differs from it.
func parse(text []byte, base *Book) (*Book, error) {
	p := parser{base: base, book: &Book{items: map[Item]*entry{}}}
	if base != nil {
		p.book = base.clone()
	}
	report := &rules.Report{}
	if root, ok := form.Read(report, string(text)); ok {
		p.read(root)
	}
	var problems []error
	for _, problem := range report.Problems() {
		problems = append(problems, fmt.Errorf("%s: %s", problem.Property, problem.What))
	}
	if len(problems) > 0 {
		return nil, fmt.Errorf("prices: %w", errors.Join(problems...))
	}
	return p.book, nil
}

func (b *Book) clone() *Book {
	copied := *b
	copied.items = map[Item]*entry{}
	for item, e := range b.items {
		own := *e
		own.regions = maps.Clone(e.regions)
		copied.items[item] = &own
	}
	return &copied
}

type parser struct {
	base, book *Book
}

// isWhole reports whether the file stands alone, and must have everything.
func (p *parser) isWhole() bool { return p.base == nil }

func (p *parser) read(root *jsondoc.Object) {
	root.Only("$schema", "version", "currency", "asOf", "hoursPerMonth", "items")
	p.readHead(root)
	items, ok := root.Object("items", true)
	if !ok {
		return
	}
	for _, name := range items.Names() {
		if o, ok := items.Object(name, true); ok {
			p.readItem(Item(name), o)
		}
	}
}

func (p *parser) readHead(root *jsondoc.Object) {
	if number := root.Amount("version", true); number != nil && number.Cmp(big.NewRat(version, 1)) != 0 {
		root.Problem("version", "is %s, but must be %d", number.RatString(), version)
	}
	currency, ok := root.Text("currency", true)
	if ok && p.base != nil && currency != p.base.Currency {
		root.Problem("currency", "is %q, but the other prices are in %s: convert yours, amounts of two currencies do not add up", currency, p.base.Currency)
	}
	p.book.Currency = currency
	if root.Has("asOf") || p.isWhole() {
		p.book.AsOf = readDate(root, "asOf")
	}
	if hours := root.Amount("hoursPerMonth", p.isWhole()); hours != nil {
		p.book.HoursPerMonth = hours
		if hours.Sign() == 0 {
			root.Problem("hoursPerMonth", "is 0")
		}
	}
}

func (p *parser) readItem(item Item, o *jsondoc.Object) {
	o.Only("title", "unit", "offer", "usageType", "operation", "regions")
	e := p.book.items[item]
	if e == nil && p.base != nil {
		o.Problem("", "is not an item that has prices%s", didYouMean(string(item), p.base.names()))
		return
	}
	if e == nil {
		e = &entry{regions: map[string]Price{}}
		e.title, _ = o.Text("title", true)
		e.unit, _ = o.Text("unit", true)
		p.book.items[item] = e
	}
	if unit, ok := o.Text("unit", false); ok && unit != e.unit {
		o.Problem("unit", "is %q, but the price is for one %s", unit, e.unit)
	}
	regions, ok := o.Object("regions", true)
	if !ok {
		return
	}
	if regions.Has(everywhere) {
		clear(e.regions) // those of the base too
	}
	for _, name := range regions.Names() {
		if !region.MatchString(name) {
			regions.Problem(name, "is not a Region, such as eu-west-1, nor %q for all Regions", everywhere)
		} else if of, ok := regions.Object(name, true); ok {
			e.regions[name] = p.readPrice(Price{Item: item, Region: name, Unit: e.unit}, of)
		}
	}
}

// didYouMean is a question for the names that are like a given one; "" if there are none.
func didYouMean(given string, names []string) string {
	found := nearest.Names(given, names)
	if len(found) == 0 {
		return ""
	}
	return "; did you mean " + strings.Join(found, " or ") + "?"
}

var region = regexp.MustCompile(`^(\*|[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2})$`)

func (p *parser) readPrice(price Price, o *jsondoc.Object) Price {
	o.Only("price", "tiers", "mark", "source", "date")
	price.Mark, price.Source = Quoted, ownSource
	if o.Has("mark") || p.isWhole() {
		price.Mark = readMark(o)
	}
	if o.Has("source") || p.isWhole() {
		price.Source, _ = o.Text("source", true)
	}
	if o.Has("date") {
		price.Date = readDate(o, "date")
	}
	switch {
	case o.Has("price") && o.Has("tiers"):
		o.Problem("", "has both a price and tiers")
	case o.Has("price"):
		price.Tiers = []Tier{readTier(o, price.Mark)}
	case o.Has("tiers"):
		price.Tiers = readTiers(o, price.Mark)
	case price.Mark != Unverified:
		o.Problem("", "has no price: without one its mark is %q", Unverified)
	}
	return price
}

func readMark(o *jsondoc.Object) Mark {
	text, ok := o.Text("mark", true)
	if marks := []Mark{Quoted, Inferred, Unverified}; ok && !slices.Contains(marks, Mark(text)) {
		o.Problem("mark", "is %q, but must be one of %v", text, marks)
	}
	return Mark(text)
}

func readDate(o *jsondoc.Object, name string) string {
	date, ok := o.Text(name, true)
	if _, err := parseDate(date); ok && err != nil {
		o.Problem(name, "is %q, but must be a month or a day, such as 2026-11 or 2026-11-28", date)
	}
	return date
}

// readTier reads the price of an object, with its digits.
func readTier(o *jsondoc.Object, mark Mark) Tier {
	tier := Tier{Price: o.Decimal("price", true), Mark: mark}
	if tier.Price != nil {
		tier.Text, _ = o.Text("price", true)
	}
	return tier
}

// readTiers reads the tiers of an object. All but the last say where they end.
func readTiers(o *jsondoc.Object, mark Mark) []Tier {
	var tiers []Tier
	objects := o.Objects("tiers", true)
	end := new(big.Rat)
	for i, below := range objects {
		below.Only("upTo", "price", "mark")
		of := mark
		if below.Has("mark") {
			of = readMark(below)
		}
		tier := readTier(below, of)
		isLast := i == len(objects)-1
		switch {
		case isLast && below.Has("upTo"):
			below.Problem("upTo", "is that of the last tier, which has no end")
		case !isLast:
			tier.UpTo = below.Amount("upTo", true)
		}
		if tier.UpTo != nil {
			if tier.UpTo.Cmp(end) <= 0 {
				below.Problem("upTo", "is not above the end of the tier before it")
			}
			end = tier.UpTo
		}
		tiers = append(tiers, tier)
	}
	return tiers
}
