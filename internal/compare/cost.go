package compare

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// Cost is what an option costs a month.
type Cost struct {
	// Fixed is what it costs without traffic; PerGB what each GB costs in the first tier of its prices.
	Fixed, PerGB prices.Amount
	// Traffic is what the usage of the mesh costs, and Total both; nil if no usage is given.
	Traffic, Total *prices.Amount
	// Lines are what Fixed is made of.
	Lines []CostLine
	// NotPriced is what is not in the amounts.
	NotPriced []string
}

// CostLine is so many of an item.
type CostLine struct {
	Item  prices.Item `json:"item"`
	Title string      `json:"title"`
	Count string      `json:"count"`
	// Unit is what the price is for, and Price that of one. Amount is what the line costs a month.
	Unit   string `json:"unit"`
	Price  string `json:"price"`
	Amount string `json:"amount"`
}

// quantity is how many of an item an option needs: of those that are paid by the hour each hour, of others in a month.
type quantity struct {
	item prices.Item
	many *big.Rat
}

// bill is what an option needs.
type bill struct {
	// hourly are there each hour, and monthly in a month.
	hourly, monthly []quantity
	// perGB are what each GB needs.
	perGB []quantity
	// traffic are what the usage needs in a month.
	traffic func(u meter) []quantity
	// notPriced is what is not in it.
	notPriced []string
}

// Pricer prices options in a Region.
type Pricer struct {
	book   *prices.Book
	region string
	kept   map[prices.Item]prices.Price
}

// NewPricer is a pricer with the prices of a book, in a Region. It fails if the book has no prices of it.
func NewPricer(book *prices.Book, region string) (*Pricer, error) {
	p := &Pricer{book, region, map[prices.Item]prices.Price{}}
	var missing []error
	for _, item := range itemsOfOptions {
		price, err := book.Find(item, region)
		if err != nil {
			missing = append(missing, err)
		}
		p.kept[item] = price
	}
	if len(missing) > 0 {
		return nil, errors.Join(missing...)
	}
	return p, nil
}

// itemsOfOptions are all items that options need.
var itemsOfOptions = []prices.Item{
	prices.EndpointHour, prices.EndpointGB, prices.ALBHour, prices.LCU, prices.NLBHour, prices.NLCU, prices.LatticeHour, prices.LatticeGB, prices.LatticeRequests,
	prices.TransitGatewayHour, prices.TransitGatewayGB, prices.CrossZoneGB, prices.NATHour, prices.NATGB, prices.PublicIPv4Hour,
	prices.WebACL, prices.WebACLRule, prices.WebACLRequests, prices.ResourceEndpointHour, prices.ResourceEndpointGB,
}

// Prices are the prices of options in the Region, in the order of a request's path.
func (p *Pricer) Prices() []prices.Price {
	var list []prices.Price
	for _, item := range itemsOfOptions {
		list = append(list, p.kept[item])
	}
	return list
}

// warnings say on a day which prices are old.
func (p *Pricer) warnings(today time.Time) []string {
	list := p.book.Warnings(today)
	var old []string
	for _, price := range p.Prices() {
		if price.IsOld(today) {
			old = append(old, fmt.Sprintf("%s (%s)", p.book.Title(price.Item), price.Date))
		}
	}
	if len(old) > 0 {
		list = append(list, "the sources of these prices are older than a year: "+strings.Join(old, ", "))
	}
	return list
}

// Cost is what an option costs for a mesh.
func (p *Pricer) Cost(m *Mesh, o OptionID) Cost {
	b := billOf(m, o)
	c := Cost{NotPriced: b.notPriced, Fixed: p.fixed(b), PerGB: p.sum(b.perGB, one)}
	for _, part := range []struct {
		list  []quantity
		times *big.Rat
	}{{b.hourly, p.book.HoursPerMonth}, {b.monthly, one}} {
		for _, q := range part.list {
			if q.many.Sign() > 0 {
				price := p.kept[q.item]
				amount := price.Cost(new(big.Rat).Mul(q.many, part.times))
				c.Lines = append(c.Lines, CostLine{q.item, p.book.Title(q.item), q.many.RatString(), price.Unit, price.String(), amount.String()})
			}
		}
	}
	if m.Usage != nil {
		traffic := p.traffic(m, b)
		total := c.Fixed.Add(traffic)
		c.Traffic, c.Total = &traffic, &total
	}
	return c
}

// exact is what an option costs, with the usage if there is one; isKnown is false if a price is missing. It is total without marks, which
// searches do not need.
func (p *Pricer) exact(m *Mesh, o OptionID) (amount *big.Rat, isKnown bool) {
	b := billOf(m, o)
	amount, isKnown = new(big.Rat), true
	product := new(big.Rat)
	add := func(list []quantity, times *big.Rat) {
		for _, q := range list {
			switch price := p.kept[q.item]; {
			case q.many.Sign() <= 0:
			case price.IsMissing():
				isKnown = false
			case len(price.Tiers) > 1:
				amount.Add(amount, price.Cost(product.Mul(q.many, times)).Rat())
			default:
				product.Mul(q.many, times)
				amount.Add(amount, product.Mul(product, price.Tiers[0].Price))
			}
		}
	}
	add(b.hourly, p.book.HoursPerMonth)
	add(b.monthly, one)
	if m.Usage != nil {
		add(b.traffic(meter{m.Usage, p.book.HoursPerMonth}), one)
	}
	return amount, isKnown
}

func (p *Pricer) fixed(b bill) prices.Amount {
	return p.sum(b.hourly, p.book.HoursPerMonth).Add(p.sum(b.monthly, one))
}

func (p *Pricer) traffic(m *Mesh, b bill) prices.Amount {
	return p.sum(b.traffic(meter{m.Usage, p.book.HoursPerMonth}), one)
}

// sum is what quantities cost, each so many times.
func (p *Pricer) sum(list []quantity, times *big.Rat) prices.Amount {
	var sum prices.Amount
	for _, q := range list {
		sum = sum.Add(p.kept[q.item].Cost(new(big.Rat).Mul(q.many, times)))
	}
	return sum
}

var one = big.NewRat(1, 1)
