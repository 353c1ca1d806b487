package compare

import (
	"math/big"

	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// What is in no amount.
const (
	notPricedZone    = "a private hosted zone, 0.50 USD a month, for each name and consumer"
	notPricedRegions = "traffic between Regions, whose price is not verified"
)

// billOf is what an option needs for a mesh. These are the formulas of the options.
func billOf(m *Mesh, o OptionID) bill {
	s, v, z, p, albs := rat(m.Services), rat(m.Consumers), rat(m.Zones), rat(m.Providers), rat(m.albs())
	switch o {
	case Shared:
		return privateLink(m, rat(m.doors()), rat(m.DoorCalls), true)
	case Own:
		return privateLink(m, s, rat(m.Calls), true)
	case Targets:
		return privateLink(m, s, rat(m.Calls), false)
	case Lattice:
		return lattice(m)
	case Peering:
		b := byRoute(m, albs)
		// A load balancer has an address in each zone, and clients use them all: all but one of Z requests cross. Both ways of a GB are charged on both sides.
		crossing := new(big.Rat).Mul(rat(2), new(big.Rat).Sub(one, new(big.Rat).Quo(one, z)))
		return b.eachGB(prices.CrossZoneGB, crossing)
	case TransitGateway:
		b := byRoute(m, albs).attached(m, new(big.Rat).Add(p, v)).eachGB(prices.TransitGatewayGB, one)
		b.notPriced = append(b.notPriced, "traffic between zones over the gateway, whose price is not verified")
		return b
	case Central:
		// The endpoints stand once, as if the central VPC were the one consumer of all services.
		b := privateLink(m, s, s, true).attached(m, new(big.Rat).Add(v, one)).eachGB(prices.TransitGatewayGB, one)
		b.notPriced = append(b.notPriced, "a Route 53 Profile, or associations of zones, for the names")
		return b
	case Public:
		return public(v, z, albs)
	}
	return bill{}
}

// privateLink is what front doors need, and a number of pairs of a consumer and a door.
func privateLink(m *Mesh, doors, pairs *big.Rat, hasALB bool) bill {
	b := bill{notPriced: []string{notPricedZone}, traffic: func(meter) []quantity { return nil }}
	b.hourly = []quantity{{prices.NLBHour, doors}}
	if hasALB {
		b.hourly = append(b.hourly, quantity{prices.ALBHour, doors})
	}
	b.hourly = append(b.hourly, quantity{prices.EndpointHour, new(big.Rat).Mul(pairs, rat(m.Zones))})
	b = b.eachGB(prices.EndpointGB, one).eachUnit(prices.NLCU, nlcu)
	if hasALB {
		b = b.eachUnit(prices.LCU, lcu)
	}
	if m.answer(CrossRegion).Is == Yes {
		b.notPriced = append(b.notPriced, notPricedRegions)
	}
	if m.answer(OnPremises).Is == Yes {
		b.notPriced = append(b.notPriced, "an inbound endpoint of Route 53 Resolver, and the VPN or Direct Connect connection")
	}
	return b.withWebACL(m, doors, hasALB)
}

// lattice is what services of VPC Lattice need. Where a web ACL must inspect requests, an ALB stands behind each.
func lattice(m *Mesh) bill {
	services := rat(m.Services)
	b := bill{notPriced: []string{notPricedZone}, hourly: []quantity{{prices.LatticeHour, services}}, traffic: func(u meter) []quantity {
		return []quantity{{prices.LatticeRequests, latticeRequests(u, services)}}
	}}
	b = b.eachGB(prices.LatticeGB, one)
	if m.answer(WebACL).Is == Yes {
		b.hourly = append(b.hourly, quantity{prices.ALBHour, services})
		b = b.eachUnit(prices.LCU, lcu).withWebACL(m, services, true)
	}
	if m.speaks(TLS) {
		b.notPriced = append(b.notPriced, "connections over TLS passthrough, whose price is not verified")
	}
	return b
}

// byRoute is what APIs by route need: an ALB in each provider VPC, or an NLB where clients speak what an ALB does not take.
func byRoute(m *Mesh, fronts *big.Rat) bill {
	var b bill
	if m.speaks(TCP, TLS) {
		b = bill{notPriced: []string{notPricedZone}, hourly: []quantity{{prices.NLBHour, fronts}}, traffic: func(meter) []quantity { return nil }}
		b = b.eachUnit(prices.NLCU, nlcu)
	} else {
		b = behindALBs(fronts).withWebACL(m, fronts, true)
	}
	if m.answer(CrossRegion).Is == Yes {
		b.notPriced = append(b.notPriced, notPricedRegions)
	}
	return b
}

// behindALBs is what ALBs need.
func behindALBs(albs *big.Rat) bill {
	b := bill{notPriced: []string{notPricedZone}, traffic: func(meter) []quantity { return nil }}
	b.hourly = []quantity{{prices.ALBHour, albs}}
	return b.eachUnit(prices.LCU, lcu)
}

// public is what internet-facing ALBs need, and NAT gateways of consumers.
func public(v, z, albs *big.Rat) bill {
	b := behindALBs(albs).eachGB(prices.NATGB, one)
	gateways := new(big.Rat).Mul(v, z)
	addresses := new(big.Rat).Add(new(big.Rat).Mul(albs, z), gateways)
	b.hourly = append(b.hourly, quantity{prices.PublicIPv4Hour, addresses}, quantity{prices.NATHour, gateways})
	b.notPriced = []string{
		"traffic between public addresses, which AWS charges within a Region too",
		"rule groups of the web ACL; one rule, the allow-list, is in the cost",
	}
	b.monthly = append(b.monthly, quantity{prices.WebACL, albs}, quantity{prices.WebACLRule, albs})
	return b.inspected()
}

// attached adds attachments to a transit gateway, unless they are there already.
func (b bill) attached(m *Mesh, attachments *big.Rat) bill {
	if m.answer(HasTransitGateway).Is != Yes {
		b.hourly = append(b.hourly, quantity{prices.TransitGatewayHour, attachments})
	}
	return b
}

// withWebACL adds a web ACL with one rule to each ALB, where one is needed.
func (b bill) withWebACL(m *Mesh, albs *big.Rat, hasALB bool) bill {
	if !hasALB || m.answer(WebACL).Is != Yes {
		return b
	}
	b.monthly = append(b.monthly, quantity{prices.WebACL, albs}, quantity{prices.WebACLRule, albs})
	return b.inspected()
}

// inspected adds the requests that a web ACL inspects.
func (b bill) inspected() bill {
	return b.used(func(u meter) quantity {
		return quantity{prices.WebACLRequests, new(big.Rat).Quo(orZero(u.Requests), million)}
	})
}

// eachGB adds an item of which each GB needs some.
func (b bill) eachGB(item prices.Item, some *big.Rat) bill {
	b.perGB = append(b.perGB, quantity{item, some})
	return b.used(func(u meter) quantity { return quantity{item, new(big.Rat).Mul(orZero(u.GB), some)} })
}

// eachUnit adds capacity units, of which a GB needs one, and a usage as many as its largest dimension.
func (b bill) eachUnit(item prices.Item, units func(u meter) *big.Rat) bill {
	b.perGB = append(b.perGB, quantity{item, one})
	return b.used(func(u meter) quantity { return quantity{item, units(u)} })
}

// used adds what a usage needs.
func (b bill) used(more func(u meter) quantity) bill {
	before := b.traffic
	b.traffic = func(u meter) []quantity { return append(before(u), more(u)) }
	return b
}

func orZero(n *big.Rat) *big.Rat {
	if n == nil {
		return new(big.Rat)
	}
	return n
}
