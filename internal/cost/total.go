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
	of := map[groupKey]*Group{}
	group := func(k groupKey) *Group {
		if of[k] == nil {
			of[k] = &Group{Name: k.name}
		}
		return of[k]
	}
	for _, c := range b.Charges {
		g := group(c.keyBy(by))
		g.Charges = append(g.Charges, c)
		g.Total.add(c)
	}
	for _, stack := range b.open {
		switch by {
		case ByStack:
			group(groupKey{name: stack.Name, stack: stack}).Total.Fixed.Open = true
		case ByAccount:
			group(groupKey{name: accountName(stack.Account)}).Total.Fixed.Open = true
		}
	}
	tellApart(of)
	return slices.SortedFunc(maps.Values(of), func(a, b *Group) int { return strings.Compare(a.Name, b.Name) })
}

// groupKey is what a group is of. Stacks in several accounts or Regions may have one name, and so may their resources.
type groupKey struct {
	name     string
	stack    *network.Stack
	resource *network.Resource
}

func (c *Charge) keyBy(by By) groupKey {
	r := c.Resource
	switch by {
	case ByAccount:
		return groupKey{name: accountName(c.Payer)}
	case ByResource:
		return groupKey{network.DisplayName(r), r.Stack, r}
	}
	return groupKey{name: r.Stack.Name, stack: r.Stack}
}

// tellApart adds account and Region to names that several groups have.
func tellApart(groups map[groupKey]*Group) {
	named := map[string]int{}
	for k := range groups {
		named[k.name]++
	}
	for k, g := range groups {
		if named[k.name] > 1 {
			g.Name += " in " + accountName(k.stack.Account) + "/" + cmp.Or(k.stack.Region, "unknown Region")
		}
	}
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
