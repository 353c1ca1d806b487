package cost

import (
	"math/big"

	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// pooled is what has the tiers of a price together: what one account uses in one Region, as if the account had nothing but
// what the templates define. AWS counts the accounts of an organization together, which costs the same or less.
type pooled struct {
	payer, region string
	item          prices.Item
	// stack is that of an account that is not known.
	stack string
}

// isGlobal has the items of which AWS counts all Regions together.
var isGlobal = map[prices.Item]bool{prices.HostedZone: true, prices.DNSQueries: true}

// pool prices the quantities of all charges, and gives each charge its share of what its pool costs.
func (m *meter) pool() {
	pools := map[pooled][]*Charge{}
	for _, c := range m.bill.Charges {
		if c.Quantity == nil {
			continue
		}
		p := pooled{payer: c.Payer, region: c.Price.Region, item: c.Price.Item}
		if c.Payer == "" {
			p.stack = c.Resource.Stack.Name
		}
		if isGlobal[c.Price.Item] {
			p.region = ""
		}
		pools[p] = append(pools[p], c)
	}
	for _, charges := range pools {
		low := share(charges, func(c *Charge) *big.Rat { return c.Quantity.Low })
		high := share(charges, func(c *Charge) *big.Rat {
			if c.Quantity.High == nil {
				return c.Quantity.Low
			}
			return c.Quantity.High
		})
		for i, c := range charges {
			c.Cost = Money{Low: low[i], High: high[i], Open: c.Quantity.High == nil}
		}
	}
}

// share prices the sum of quantities, and shares the price out by quantity.
func share(charges []*Charge, quantityOf func(c *Charge) *big.Rat) []prices.Amount {
	sum, largest := new(big.Rat), new(big.Rat)
	for _, c := range charges {
		quantity := quantityOf(c)
		sum.Add(sum, quantity)
		if quantity.Cmp(largest) > 0 {
			largest = quantity
		}
	}
	billed := sum
	if charges[0].once {
		billed = largest
	}
	shares := make([]prices.Amount, len(charges))
	for i, c := range charges {
		switch quantity := quantityOf(c); {
		case quantity.Sign() == 0:
		case !c.once && isInOneTier(c.Price, billed): // Regions that count together may have prices of their own
			shares[i] = c.Price.Cost(quantity)
		default:
			shares[i] = c.Price.Cost(billed).Mul(new(big.Rat).Quo(quantity, sum))
		}
	}
	return shares
}

// isInOneTier reports whether a quantity does not leave the first tier: then shares need no fractions of their own.
func isInOneTier(p prices.Price, quantity *big.Rat) bool {
	return p.IsMissing() || p.Tiers[0].UpTo == nil || quantity.Cmp(p.Tiers[0].UpTo) <= 0
}
