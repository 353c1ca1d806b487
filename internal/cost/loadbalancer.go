package cost

import (
	"math/big"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

var loadBalancerKeys = []string{newKey, activeKey, bytesKey, evaluationsKey, crossZoneKey}

// loadBalancer adds a load balancer, its capacity units, its public addresses, and what it sends to other zones.
// https://aws.amazon.com/elasticloadbalancing/pricing/
func loadBalancer(m *meter, r *network.Resource) {
	lb := &network.LoadBalancer{Resource: r}
	switch lb.Kind() {
	case network.Application:
		m.hours(r, prices.ALBHour, exactly(1))
		low, high := m.unitsOfALB(lb)
		m.capacity(r, prices.LCU, low, high, "by which of its targets get the data: one unit is 0.4 GB an hour of Lambda functions")
	case network.NetworkKind:
		m.hours(r, prices.NLBHour, exactly(1))
		low, high := m.unitsOfNLB(lb)
		m.capacity(r, prices.NLCU, low, high, "by which of its protocols the connections are")
		if m.mayCrossZones(lb) {
			m.use(r, prices.CrossZoneGB, crossZoneKey, 1).eachWay()
		}
	case network.UndecidedKind:
		m.notPriced(r, "only the deployment decides its type")
	default:
		m.notPriced(r, "a Gateway Load Balancer")
	}
	if r.Property("MinimumLoadBalancerCapacity").Kind() != assembly.Absent {
		m.notPriced(r, "capacity units that it reserves")
	}
	m.publicAddresses(lb)
}

// mayCrossZones reports whether an NLB sends connections to other zones, or may.
func (m *meter) mayCrossZones(lb *network.LoadBalancer) bool {
	return slices.ContainsFunc(m.network.TargetGroupsOf(lb), func(tg *network.TargetGroup) bool {
		on, _ := lb.CrossZone(tg)
		return on != network.No
	})
}

// units are how much of each dimension one capacity unit has: connections and evaluations a second, and GB an hour.
type units struct {
	newConnections, activeConnections int64
	gbAnHour                          *big.Rat
	evaluations                       int64
}

var (
	oneGB         = big.NewRat(1, 1)
	unitsOfHosts  = units{25, 3000, oneGB, 1000}            // an ALB in front of instances and addresses
	unitsOfLambda = units{25, 3000, big.NewRat(2, 5), 1000} // an ALB in front of functions
	unitsOfTCP    = units{800, 100_000, oneGB, 0}
	unitsOfUDP    = units{400, 50_000, oneGB, 0}
	unitsOfTLS    = units{50, 3000, oneGB, 0}
)

// unitsOfALB are the capacity units of an ALB, by the targets behind it. Where only some are functions, or may be, it is not known which get how
// much: the units lie between those of both.
func (m *meter) unitsOfALB(lb *network.LoadBalancer) (low, high units) {
	var hosts, functions bool
	for _, tg := range m.network.TargetGroupsOf(lb) {
		kind := tg.TargetType()
		isLambda := kind.Literal() == "lambda"
		hosts = hosts || !isLambda
		functions = functions || isLambda || kind.IsUndecided()
	}
	switch {
	case !functions:
		return unitsOfHosts, unitsOfHosts
	case !hosts:
		return unitsOfLambda, unitsOfLambda
	}
	return unitsOfHosts, unitsOfLambda
}

// unitsOfNLB are the capacity units of an NLB, by the protocols of its listeners. Where it has several, it is not known which
// carries how much: the units lie between those of the widest and of the narrowest.
func (m *meter) unitsOfNLB(lb *network.LoadBalancer) (low, high units) {
	var all []units
	for _, l := range m.network.ListenersOf(lb) {
		switch protocol, isKnown := l.Protocol().Text(); {
		case !isKnown:
			all = append(all, unitsOfTCP, unitsOfTLS)
		case protocol == "TLS":
			all = append(all, unitsOfTLS)
		case strings.Contains(protocol, "UDP") || strings.Contains(protocol, "QUIC"):
			all = append(all, unitsOfUDP)
		default:
			all = append(all, unitsOfTCP)
		}
	}
	if len(all) == 0 {
		return unitsOfTCP, unitsOfTLS
	}
	low, high = all[0], all[0]
	for _, u := range all {
		if u.newConnections > low.newConnections {
			low = u
		}
		if u.newConnections < high.newConnections {
			high = u
		}
	}
	return low, high
}

// capacity adds capacity units: in each hour, those of the dimension that needs most. Where low and high differ, why says what decides.
func (m *meter) capacity(r *network.Resource, item prices.Item, low, high units, why string) {
	keys := loadBalancerKeys[:3]
	if low.evaluations > 0 {
		keys = loadBalancerKeys[:4]
	}
	given := map[string]*big.Rat{}
	for _, key := range keys {
		if amount := m.given(r, key); amount != nil {
			given[key] = amount
		}
	}
	c := m.charge(r, item, nil)
	c.Key = strings.Join(keys, ", ")
	if len(given) == 0 {
		return
	}
	hours := m.options.Prices.HoursPerMonth
	count := Count{low.in(given, hours), high.in(given, hours)}.times(hours)
	c.Quantity = &count
	if !count.IsExact() {
		c.Notes = append(c.Notes, why)
	}
	if r.Exists == network.Maybe {
		c.mayBeNone("only the deployment decides whether it exists")
	}
}

// in are the units of the dimension that needs most in an average hour.
func (u units) in(given map[string]*big.Rat, hours *big.Rat) *big.Rat {
	most := new(big.Rat)
	for key, unit := range map[string]*big.Rat{
		newKey: big.NewRat(u.newConnections, 1), activeKey: big.NewRat(u.activeConnections, 1), bytesKey: u.gbAnHour, evaluationsKey: big.NewRat(u.evaluations, 1),
	} {
		amount := given[key]
		if amount == nil || unit.Sign() == 0 {
			continue
		}
		needs := new(big.Rat).Quo(amount, unit)
		if key == bytesKey {
			needs.Quo(needs, hours) // given for a month
		}
		if needs.Cmp(most) > 0 {
			most = needs
		}
	}
	return most
}

// publicAddresses adds the addresses of an internet-facing load balancer that AWS gives it, one in each zone. Elastic IP
// addresses are resources of their own.
func (m *meter) publicAddresses(lb *network.LoadBalancer) {
	facing := lb.IsInternetFacing()
	if facing == network.No {
		return
	}
	m.noteInternet()
	if lb.IpAddressType().Literal() == "dualstack-without-public-ipv4" {
		return
	}
	zones, notes := countOf(lb.Subnets())
	if !lb.SubnetsProperty().IsListOrAbsent() {
		zones, notes = atLeast(1), []string{"only the deployment decides the subnets"}
	}
	if own := m.ownAddresses(lb); own > 0 {
		zones = exactly(len(lb.Subnets()) - own)
	}
	if facing == network.Maybe {
		zones.Low = new(big.Rat)
		notes = append(notes, "only the deployment decides its scheme")
	}
	if zones.High != nil && zones.High.Sign() == 0 {
		return
	}
	m.hours(lb.Resource, prices.PublicIPv4Hour, zones, notes...)
	if lb.Kind() == network.Application {
		m.note("an internet-facing ALB that scales out has more than one public address in a zone")
	}
}

// ownAddresses counts the zones in which an NLB has an Elastic IP address.
func (m *meter) ownAddresses(lb *network.LoadBalancer) int {
	count := 0
	if mappings, ok := lb.Property("SubnetMappings").Items(); ok {
		for _, mapping := range mappings {
			if mapping.Field("AllocationId").Kind() != assembly.Absent {
				count++
			}
		}
	}
	return count
}
