package prices

import (
	"errors"
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/spelling"
	"github.com/cdk-private-api/cdk-private-api-go/internal/strictjson"
)

// version is the version of the form of price files.
const version = 1

// ownSource is the source of a price of a file that names none.
const ownSource = "--prices"

// parse reads a price file. With a base, the file says what differs from it.
func parse(text []byte, base *Book) (*Book, error) {
	root, err := strictjson.Read(text)
	if err != nil {
		return nil, fmt.Errorf("the price file %w", err)
	}
	p := parser{base: base, book: &Book{items: map[Item]*entry{}}}
	if base != nil {
		p.book = base.clone()
	}
	p.read(root)
	if err := root.Err(); err != nil {
		return nil, fmt.Errorf("the price file: %w", err)
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

func (p *parser) read(root *strictjson.Value) {
	top := root.Object("$schema", "version", "currency", "asOf", "hoursPerMonth", "items")
	p.readHead(root, top)
	items := top["items"]
	if items == nil {
		root.Problem("has no items")
		return
	}
	names, of := items.Members()
	for _, name := range names {
		p.readItem(Item(name), of[name])
	}
}

func (p *parser) readHead(root *strictjson.Value, top map[string]*strictjson.Value) {
	for _, required := range []string{"version", "currency"} {
		if top[required] == nil {
			root.Problem("has no %s", required)
		}
	}
	if v := top["version"]; v != nil {
		if number := v.Number(); number != nil && number.Cmp(big.NewRat(version, 1)) != 0 {
			v.Problem("is %s, but must be %d", number.RatString(), version)
		}
	}
	if v := top["currency"]; v != nil {
		p.readCurrency(v)
	}
	if v := top["asOf"]; v != nil {
		p.book.AsOf = readDate(v)
	}
	if v := top["hoursPerMonth"]; v != nil {
		if p.book.HoursPerMonth = v.Number(); p.book.HoursPerMonth != nil && p.book.HoursPerMonth.Sign() == 0 {
			v.Problem("is 0")
		}
	}
	if p.base == nil && (top["asOf"] == nil || top["hoursPerMonth"] == nil) {
		root.Problem("has no asOf or no hoursPerMonth")
	}
}

func (p *parser) readCurrency(v *strictjson.Value) {
	currency := v.Text()
	if p.base != nil && currency != "" && currency != p.base.Currency {
		v.Problem("is %q, but the other prices are in %s: convert yours, amounts of two currencies do not add up", currency, p.base.Currency)
	}
	p.book.Currency = currency
}

func (p *parser) readItem(item Item, v *strictjson.Value) {
	members := v.Object("title", "unit", "offer", "usageType", "operation", "regions")
	e := p.book.items[item]
	switch {
	case e == nil && p.base != nil:
		hint := spelling.DidYouMean(string(item), p.base.names())
		v.Problem("is not an item that is priced%s", hint)
		return
	case e == nil:
		e = &entry{title: members["title"].Text(), unit: members["unit"].Text(), regions: map[string]Price{}}
		p.book.items[item] = e
	case members["unit"] != nil && members["unit"].Text() != e.unit:
		members["unit"].Problem("is %q, but the price is for one %s", members["unit"].Text(), e.unit)
	}
	if members["regions"] == nil {
		v.Problem("has no regions")
		return
	}
	names, of := members["regions"].Members()
	for _, name := range names {
		if !region.MatchString(name) {
			of[name].Problem("is not a Region, such as eu-west-1, nor %q for all Regions", everywhere)
			continue
		}
		e.regions[name] = p.readPrice(item, name, e.unit, of[name])
	}
}

var region = regexp.MustCompile(`^(\*|[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2})$`)

func (p *parser) readPrice(item Item, region, unit string, v *strictjson.Value) Price {
	members := v.Object("price", "tiers", "mark", "source", "date")
	price := Price{Item: item, Region: region, Unit: unit, Mark: Quoted, Source: ownSource}
	if p.base == nil || members["mark"] != nil {
		price.Mark = readMark(v, members["mark"])
	}
	if p.base == nil || members["source"] != nil {
		price.Source = members["source"].Text()
	}
	if members["date"] != nil {
		price.Date = readDate(members["date"])
	}
	switch {
	case members["price"] != nil && members["tiers"] != nil:
		v.Problem("has both a price and tiers")
	case members["price"] != nil:
		price.Tiers = []Tier{readTier(members["price"], nil, price.Mark)}
	case members["tiers"] != nil:
		price.Tiers = readTiers(members["tiers"], price.Mark)
	case price.Mark != Unverified:
		v.Problem("has no price: without one its mark is %q", Unverified)
	}
	return price
}

func readMark(of, v *strictjson.Value) Mark {
	if v == nil {
		of.Problem("has no mark")
		return Unverified
	}
	mark := Mark(v.Text())
	if marks := []Mark{Quoted, Inferred, Unverified}; !slices.Contains(marks, mark) {
		v.Problem("is %q, but must be one of %v", mark, marks)
	}
	return mark
}

func readDate(v *strictjson.Value) string {
	date := v.Text()
	if _, err := parseDate(date); err != nil && date != "" {
		v.Problem("is %q, but must be a month or a day, such as 2026-11 or 2026-11-28", date)
	}
	return date
}

func readTier(price *strictjson.Value, upTo *big.Rat, mark Mark) Tier {
	tier := Tier{UpTo: upTo, Price: price.Decimal(), Mark: mark}
	if tier.Price != nil {
		tier.Text = price.Text()
	}
	return tier
}

func readTiers(v *strictjson.Value, mark Mark) []Tier {
	var tiers []Tier
	elements := v.Elements()
	for i, element := range elements {
		tier, err := readTierOf(element, i == len(elements)-1, mark)
		if err != nil {
			element.Problem("%v", err)
			continue
		}
		if i > 0 && len(tiers) == i && tier.UpTo != nil && tiers[i-1].UpTo.Cmp(tier.UpTo) >= 0 {
			element.Problem("ends at or below the end of the tier before it")
		}
		tiers = append(tiers, tier)
	}
	if len(elements) == 0 {
		v.Problem("is empty")
	}
	return tiers
}

// readTierOf reads a tier. All but the last say where they end.
func readTierOf(element *strictjson.Value, isLast bool, mark Mark) (Tier, error) {
	members := element.Object("upTo", "price", "mark")
	if members["price"] == nil {
		return Tier{}, errors.New("has no price")
	}
	if members["mark"] != nil {
		mark = readMark(element, members["mark"])
	}
	var upTo *big.Rat
	switch {
	case isLast && members["upTo"] != nil:
		return Tier{}, errors.New("is the last tier, and has no upTo")
	case !isLast && members["upTo"] == nil:
		return Tier{}, errors.New("has no upTo, and is not the last tier")
	case !isLast:
		if upTo = members["upTo"].Number(); upTo == nil {
			return Tier{}, errors.New("has no end")
		}
	}
	return readTier(members["price"], upTo, mark), nil
}
