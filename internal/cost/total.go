package cost

import (
	"cmp"
	"maps"
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

// Groups are the charges in groups, sorted by name. A stack of which a part was not read has a group without charges too.
func (b *Bill) Groups(by By) []*Group {
	named := map[string]*Group{}
	group := func(name string) *Group {
		if named[name] == nil {
			named[name] = &Group{Name: name}
		}
		return named[name]
	}
	for _, c := range b.Charges {
		g := group(c.nameBy(by))
		g.Charges = append(g.Charges, c)
		g.Total.add(c)
	}
	for _, stack := range b.open {
		switch by {
		case ByStack:
			group(stack.Name).Total.Fixed.Open = true
		case ByAccount:
			group(accountName(stack.Account)).Total.Fixed.Open = true
		}
	}
	return slices.SortedFunc(maps.Values(named), func(a, b *Group) int { return strings.Compare(a.Name, b.Name) })
}

func (c *Charge) nameBy(by By) string {
	switch by {
	case ByAccount:
		return accountName(c.Payer)
	case ByResource:
		return network.DisplayName(c.Resource)
	}
	return c.Resource.Stack.Name
}

func accountName(account string) string { return cmp.Or(account, UnknownAccount) }

// Total is what everything costs. It is open if a part of the templates was not read.
func (b *Bill) Total() Total {
	var t Total
	for _, c := range b.Charges {
		t.add(c)
	}
	t.Fixed.Open = t.Fixed.Open || len(b.open) > 0
	return t
}
