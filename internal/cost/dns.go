package cost

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// hostedZone adds a zone. It costs for whole months, and queries for aliases of AWS's resources are free.
// https://aws.amazon.com/route53/pricing/
func hostedZone(m *meter, r *network.Resource) {
	m.fixed(r, prices.HostedZone, exactly(1))
	m.use(r, prices.DNSQueries, queriesKey, million)
}

// profile adds a Route 53 Profile. An account pays once, however many it has.
func profile(m *meter, r *network.Resource) {
	m.hours(r, prices.ProfileHour, exactly(1)).once = true
}

// profileVPC adds a VPC of a profile: the first 100 of an account are part of what its profiles cost.
func profileVPC(m *meter, r *network.Resource) {
	m.hours(r, prices.ProfileVPCHour, exactly(1))
}
