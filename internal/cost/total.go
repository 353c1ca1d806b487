package cost

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// By is what a bill is grouped by.
type By string

// The groupings.
const (
	ByStack    By = "stack"
	ByAccount  By = "account"
	ByResource By = "resource"
)

// Groupings are all of them.
var Groupings = []By{ByStack, ByAccount, ByResource}

// Total is what charges cost.
type Total struct {
	// Fixed does not depend on usage.
	Fixed Money
	// Usage is what the given usage costs.
	Usage Money
	// HasUsage says that a usage was given for one of the charges.
	HasUsage bool
	// Unused are the charges by usage that nobody gave: they are in no total.
	Unused []*Charge
}

// Sum is the whole total.
func (t Total) Sum() Money { return t.Fixed.Add(t.Usage) }

func (t *Total) add(c *Charge) {
	switch {
	case c.IsFixed():
		t.Fixed = t.Fixed.Add(c.Cost)
	case c.Quantity == nil:
		t.Unused = append(t.Unused, c)
	default:
		t.Usage, t.HasUsage = t.Usage.Add(c.Cost), true
	}
}

// Group is a stack, an account that pays, or a resource, with its charges.
type Group struct {
	Name    string
	Charges []*Charge
	Total   Total
}

// UnknownAccount is the name of accounts that are not known.
const UnknownAccount = "unknown account"

// Groups are the charges in groups, sorted by name.
func (b *Bill) Groups(by By) []*Group {
	named := map[string]*Group{}
	var groups []*Group
	for _, c := range b.Charges {
		name := c.nameBy(by)
		g := named[name]
		if g == nil {
			g = &Group{Name: name}
			named[name] = g
			groups = append(groups, g)
		}
		g.Charges = append(g.Charges, c)
		g.Total.add(c)
	}
	slices.SortStableFunc(groups, func(a, b *Group) int { return strings.Compare(a.Name, b.Name) })
	return groups
}

func (c *Charge) nameBy(by By) string {
	switch by {
	case ByAccount:
		if c.Payer == "" {
			return UnknownAccount
		}
		return c.Payer
	case ByResource:
		return network.DisplayName(c.Resource)
	}
	return c.Resource.Stack.Name
}

// Total is what everything costs. It is open if a part of the templates was not read.
func (b *Bill) Total() Total {
	var t Total
	for _, c := range b.Charges {
		t.add(c)
	}
	t.Fixed.Open = t.Fixed.Open || b.open
	return t
}
