package cost

import (
	"cmp"
	"math/big"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// natGateway adds a NAT gateway. Its Elastic IP addresses are resources of their own.
// https://aws.amazon.com/vpc/pricing/
func natGateway(m *meter, r *network.Resource) {
	g := &network.NatGateway{Resource: r}
	if g.IsRegional() == network.No {
		m.hours(r, prices.NATHour, exactly(1))
	} else {
		m.hours(r, prices.NATHour, atLeast(1), "a regional NAT gateway costs for each zone that it works in")
	}
	m.use(r, prices.NATGB, dataKey, 1)
	if g.IsPublic() != network.No {
		m.noteInternet()
	}
}

// noteInternet says that data to the internet is not priced.
func (m *meter) noteInternet() { m.note("data that leaves for the internet is not in the bill") }

// elasticIP adds a public address, unless the owner brought it.
func elasticIP(m *meter, r *network.Resource) {
	if r.Property("PublicIpv4Pool").Kind() != assembly.Absent {
		return
	}
	m.hours(r, prices.PublicIPv4Hour, exactly(1))
}

// peering adds what a peering connection carries between zones; within a zone it is free.
// https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer
func peering(m *meter, r *network.Resource) {
	c := &network.PeeringConnection{Resource: r}
	if region := c.Region(); region != r.Stack.Region {
		m.notPriced(r, "data between Regions")
		return
	}
	const way = "data into or out of its VPC, to another zone"
	m.use(r, prices.CrossZoneGB, crossZoneKey, 1).paidBy(r.Stack.Account, way)
	m.use(r, prices.CrossZoneGB, crossZoneKey, 1).paidBy(cmp.Or(c.Account(), r.Stack.Account), way)
}

// eachWay counts data twice: both ends pay, and both are the load balancer's owner.
func (c *Charge) eachWay() {
	if c.Quantity != nil {
		twice := c.Quantity.times(big.NewRat(2, 1))
		c.Quantity = &twice
	}
	c.Notes = append(c.Notes, "each GB twice: out of one zone and into another")
}

// gatewayAttachment adds an attachment to a transit gateway. The owner of the VPC pays, and whoever sends pays for data.
// https://aws.amazon.com/transit-gateway/pricing/
func gatewayAttachment(m *meter, r *network.Resource) {
	m.hours(r, prices.TransitGatewayHour, exactly(1))
	m.use(r, prices.TransitGatewayGB, dataKey, 1)
}

// gatewayPeering adds an attachment to another gateway. Data is charged where a VPC sends it, and between Regions.
func gatewayPeering(m *meter, r *network.Resource) {
	m.hours(r, prices.TransitGatewayHour, exactly(1))
	m.notPriced(r, "data between Regions")
}
