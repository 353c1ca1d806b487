package prices

import (
	_ "embed"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"sync"
	"time"
)

// Book is a dated list of prices. It never changes.
type Book struct {
	// Currency is that of all prices.
	Currency string
	// AsOf is the month of the prices, such as "2026-11".
	AsOf string
	// HoursPerMonth is how many hours a month has.
	HoursPerMonth *big.Rat
	items         map[Item]*entry
}

// entry is an item of a book.
type entry struct {
	title, unit string
	regions     map[string]Price
}

// everywhere is the Region of a price that all Regions have.
const everywhere = "*"

//go:embed aws-2026-11.json
var data []byte

// Default is the book that this module comes with. It panics if that is broken, which its tests exclude.
var Default = sync.OnceValue(func() *Book {
	b, err := parse(data, nil)
	if err != nil {
		panic(err)
	}
	return b
})

// With is the book with the prices of a file besides, which has the same form. The file wins: its price for all Regions takes the place of
// those of Regions in the book.
func (b *Book) With(file []byte) (*Book, error) { return parse(file, b) }

// Items are all items, sorted.
func (b *Book) Items() []Item { return slices.Sorted(maps.Keys(b.items)) }

// Title is what an item is, in words.
func (b *Book) Title(item Item) string {
	if e := b.items[item]; e != nil {
		return e.title
	}
	return string(item)
}

// Find is the price of an item in a Region. One that is not known at all, or marked as such without a number, is in [Price.IsMissing].
func (b *Book) Find(item Item, region string) (Price, error) {
	e := b.items[item]
	if e == nil {
		return Price{}, &NotFoundError{Item: item, Region: region, hint: didYouMean(string(item), b.names())}
	}
	for _, place := range []string{region, everywhere} {
		if p, ok := e.regions[place]; ok {
			p.Region = region
			return p, nil
		}
	}
	return Price{}, &NotFoundError{Item: item, Region: region}
}

func (b *Book) names() []string {
	var names []string
	for _, item := range b.Items() {
		names = append(names, string(item))
	}
	return names
}

// Warnings are what a reader of the prices should know on a day.
func (b *Book) Warnings(today time.Time) []string {
	if !isOld(b.AsOf, today) {
		return nil
	}
	return []string{fmt.Sprintf("the prices are of %s, more than a year ago: compare them with AWS's, and give what changed with --prices FILE", b.AsOf)}
}

// NotFoundError is the error for a price that is not in the book.
type NotFoundError struct {
	Item   Item
	Region string
	hint   string
}

// Error names what to do.
func (e *NotFoundError) Error() string {
	if e.hint != "" {
		return fmt.Sprintf("there is no price of %q%s", e.Item, e.hint)
	}
	return fmt.Sprintf("there is no price of %s in %s: give it with --prices FILE", e.Item, e.Region)
}
