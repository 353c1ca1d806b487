package cost

import (
	"math/big"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// freeRequests are how many requests an hour each service has free.
const freeRequests = 300_000

const million = 1_000_000

// latticeService adds a service of VPC Lattice. Associations, and endpoints to service networks, cost nothing.
// https://aws.amazon.com/vpc/lattice/pricing/
func latticeService(m *meter, r *network.Resource) {
	m.hours(r, prices.LatticeHour, exactly(1))
	m.use(r, prices.LatticeGB, dataKey, 1)
	requests := m.given(r, requestsKey)
	if requests != nil {
		free := new(big.Rat).Mul(big.NewRat(freeRequests, 1), m.options.Prices.HoursPerMonth)
		if requests = new(big.Rat).Sub(requests, free); requests.Sign() < 0 {
			requests = new(big.Rat)
		}
		m.note("requests to VPC Lattice are taken to come evenly: 300,000 in each hour are free, and a peak above that is not")
	}
	m.used(r, prices.LatticeRequests, requestsKey, requests, big.NewRat(1, million))
}

// latticeResource adds a resource in a service network.
func latticeResource(m *meter, r *network.Resource) {
	m.hours(r, prices.LatticeResourceHour, exactly(1))
	m.use(r, prices.LatticeResourceGB, dataKey, 1)
}
