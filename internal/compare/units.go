package compare

import "math/big"

// What one capacity unit takes in an hour: a GB, and numbers of new and active connections. Sources: the pages of Elastic Load Balancing's
// prices. Rule evaluations are left out: the first ten of a request cost nothing.
var (
	lcuNewConnections     = big.NewRat(25*secondsPerHour, 1)
	lcuActiveConnections  = big.NewRat(3_000, 1)
	nlcuNewConnections    = big.NewRat(800*secondsPerHour, 1)
	nlcuActiveConnections = big.NewRat(100_000, 1)
)

const secondsPerHour = 3600

var million = big.NewRat(1_000_000, 1)

// meter is a usage in a month of so many hours.
type meter struct {
	*Usage
	hours *big.Rat
}

// lcu is how many LCU-hours of ALBs a usage takes in a month if it is even, and nlcu how many NLCU-hours of NLBs.
func lcu(u meter) *big.Rat  { return units(u, lcuNewConnections, lcuActiveConnections) }
func nlcu(u meter) *big.Rat { return units(u, nlcuNewConnections, nlcuActiveConnections) }

func units(u meter, opened, active *big.Rat) *big.Rat {
	most := orZero(u.GB)
	for _, dimension := range unitKinks(u, opened, active) {
		if dimension.Cmp(most) > 0 {
			most = dimension
		}
	}
	return most
}

// unitKinks are the dimensions besides gigabytes: above them, gigabytes decide.
func unitKinks(u meter, opened, active *big.Rat) []*big.Rat {
	return []*big.Rat{
		new(big.Rat).Quo(orZero(u.NewConnections), opened),
		new(big.Rat).Quo(new(big.Rat).Mul(orZero(u.ActiveConnections), u.hours), active),
	}
}

// latticeFree is how many requests of an hour a service of VPC Lattice takes without a charge.
var latticeFree = big.NewRat(300_000, 1)

// latticeRequests is how many million requests are charged, if services have as many as each other, in every hour.
func latticeRequests(u meter, services *big.Rat) *big.Rat {
	free := new(big.Rat).Mul(new(big.Rat).Mul(latticeFree, u.hours), services)
	charged := new(big.Rat).Sub(orZero(u.Requests), free)
	if charged.Sign() <= 0 {
		return new(big.Rat)
	}
	return charged.Quo(charged, million)
}
