package cost

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// Options are what templates do not say.
type Options struct {
	// Prices is the list of prices. Default: [prices.Default].
	Prices *prices.Book
	// Usage is what people expect of a month. Default: none is given.
	Usage *Usage
	// Region is that of stacks whose Region is not known. Default: such a stack is an error.
	Region string
	// States are the states of deployed connections, by the names of their endpoints.
	States map[string]string
	// Services are the endpoint services of service names that templates have as text, by name: see [network.IsNamed].
	Services map[string]string
	// Today is the day on which prices are old or not.
	Today time.Time
}

// Bill is what templates cost in a month.
type Bill struct {
	Prices *prices.Book
	// Charges are in the order of stacks, and then of logical IDs.
	Charges []*Charge
	// NotPriced are types of resources that cost something, or may, and are not in the charges.
	NotPriced []NotPriced
	// Notes say what the bill does not have, or takes for granted.
	Notes []string
	// Warnings are about old prices.
	Warnings []string
	// HasUsage says that a usage was given.
	HasUsage bool
	// open are the stacks of which a part was not read.
	open []*network.Stack
}

// NotPriced is a type of resources that is not priced.
type NotPriced struct {
	Type  string
	Count int
	// Why is what its price depends on; "" where this package does not know the type.
	Why string
}

// Charge is one item that one resource costs.
type Charge struct {
	Resource *network.Resource
	// Payer is the account that pays; "" if it is not known.
	Payer string
	// Price is the price of one unit.
	Price prices.Price
	// Title is the item in words.
	Title string
	// Key is the key of a usage file that says how much there is; "" for what is fixed.
	Key string
	// Quantity is how many units a month has. It is nil for usage that nobody gave.
	Quantity *Count
	// Cost is what these cost.
	Cost Money
	// Notes say what is special here.
	Notes []string
	// once says that an account pays for one only, however many resources there are.
	once bool
}

// IsFixed reports whether the charge does not depend on usage.
func (c *Charge) IsFixed() bool { return c.Key == "" }

// Of adds up the bill. An item or a Region without a price is an error.
func Of(n *network.Network, o Options) (*Bill, error) {
	if o.Prices == nil {
		o.Prices = prices.Default()
	}
	m := &meter{network: n, options: o, bill: &Bill{Prices: o.Prices, HasUsage: o.Usage != nil, Warnings: o.Prices.Warnings(o.Today)}}
	m.readAll()
	if err := m.err(); err != nil {
		return nil, err
	}
	m.pool()
	m.bill.warnOfOldPrices(o.Today)
	return m.bill, nil
}

// warnOfOldPrices names the prices in the bill whose source is older than a year.
func (b *Bill) warnOfOldPrices(today time.Time) {
	var old []string
	for _, p := range b.UsedPrices() {
		if p.IsOld(today) {
			old = append(old, fmt.Sprintf("%s in %s (%s)", p.Item, p.Region, p.Date))
		}
	}
	if len(old) > 0 {
		b.Warnings = append(b.Warnings, "the sources of these prices are older than a year: "+strings.Join(old, ", "))
	}
}

// UsedPrices are the prices in the bill, each once, by item and Region.
func (b *Bill) UsedPrices() []prices.Price {
	type key struct {
		item   prices.Item
		region string
	}
	seen := map[key]bool{}
	var used []prices.Price
	for _, c := range b.Charges {
		if k := (key{c.Price.Item, c.Price.Region}); !seen[k] {
			seen[k] = true
			used = append(used, c.Price)
		}
	}
	slices.SortFunc(used, func(a, b prices.Price) int {
		return cmp.Or(cmp.Compare(a.Item, b.Item), cmp.Compare(a.Region, b.Region))
	})
	return used
}

// meter reads the resources of templates.
type meter struct {
	network  *network.Network
	options  Options
	bill     *Bill
	problems []error
	// missing are the errors for prices that are not there, each once.
	missing map[string]bool
	reasons map[string]*NotPriced
	notes   map[string]bool
	// named are the services that people named, by service name.
	named map[string]*network.EndpointService
	// charged is usage by which something is charged.
	charged map[use]bool
	// strangers are endpoints whose services the templates do not define.
	strangers []string
}

// problem notes an error once.
func (m *meter) problem(err error) {
	if m.missing == nil {
		m.missing = map[string]bool{}
	}
	if text := err.Error(); !m.missing[text] {
		m.missing[text] = true
		m.problems = append(m.problems, err)
	}
}

func (m *meter) err() error { return errors.Join(m.problems...) }

// note adds a note to the bill once.
func (m *meter) note(format string, args ...any) {
	if m.notes == nil {
		m.notes = map[string]bool{}
	}
	if text := fmt.Sprintf(format, args...); !m.notes[text] {
		m.notes[text] = true
		m.bill.Notes = append(m.bill.Notes, text)
	}
}
