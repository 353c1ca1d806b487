package compare

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Quota is a number that AWS limits, for an option and a mesh.
type Quota struct {
	// What is what is counted, such as "endpoints of a consumer VPC".
	What string `json:"what"`
	// Limit is the quota, and IsFixed says that AWS does not raise it. Used is what the mesh needs of it.
	Limit   int  `json:"limit"`
	IsFixed bool `json:"isFixed"`
	Used    int  `json:"used"`
	// AtServices and AtConsumers are the first numbers that exceed it while all else stays; 0 if none up to [Largest] does.
	AtServices  int    `json:"atServices,omitempty"`
	AtConsumers int    `json:"atConsumers,omitempty"`
	Source      string `json:"source"`
}

// Largest is how many services, and how many consumers, searches try.
const Largest = 1000

// limited is a quota of options.
type limited struct {
	what    string
	options []OptionID
	limit   int
	isFixed bool
	used    func(m *Mesh) int
	source  string
	// avoided is what to know where a fixed quota is exceeded and can be avoided; empty if the option does not fit then.
	avoided ReasonID
}

const (
	maxNLBs               = 50
	maxALBs               = 50
	connectionsOfTarget   = 55_000
	requestsOfZone        = 10_000
	maxPeerings           = 125
	maxAttachments        = 5000
	maxNetworkServices    = 500
	maxLatticeServices    = 2000
	maxLatticeTargets     = 500
	bytesOfAccountInList  = len(`"arn:aws:iam::111111111111:root",`)
	bytesAroundPrincipals = len(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":[]},"Action":"vpc-lattice-svcs:Invoke","Resource":"*"}]}`)
)

// limits are all quotas that grow with a mesh.
var limits = []limited{
	{
		"connections to each address of an ALB, on average",
		[]OptionID{Shared},
		connectionsOfTarget, true,
		func(m *Mesh) int { return m.connectionsFor(m.doors() * m.Zones) }, nlbGuide + "load-balancer-troubleshooting.html", "port-allocation",
	},
	{
		"connections to each address of an ALB, on average",
		[]OptionID{Own, Central},
		connectionsOfTarget, true,
		func(m *Mesh) int { return m.connectionsFor(m.Services * m.Zones) }, nlbGuide + "load-balancer-troubleshooting.html", "port-allocation",
	},
	{
		"requests a second of a service and zone, on average",
		[]OptionID{Lattice},
		requestsOfZone, false,
		func(m *Mesh) int { return m.requestsFor(m.Services * m.Zones) }, latticeGuide + "quotas.html", "",
	},
	{
		"endpoints of a consumer VPC",
		[]OptionID{Own, Targets},
		rules.MaxEndpointsPerVpc, false,
		func(m *Mesh) int { return ceil(m.Calls, m.Consumers) }, privateLinkGuide + "vpc-limits-endpoints.html", "",
	},
	{
		"endpoints of a consumer VPC",
		[]OptionID{Shared},
		rules.MaxEndpointsPerVpc, false,
		func(m *Mesh) int { return ceil(m.DoorCalls, m.Consumers) }, privateLinkGuide + "vpc-limits-endpoints.html", "",
	},
	{
		"endpoints of the central VPC",
		[]OptionID{Central},
		rules.MaxEndpointsPerVpc, false,
		func(m *Mesh) int { return m.Services }, privateLinkGuide + "vpc-limits-endpoints.html", "",
	},
	{
		"certificates of an ALB, unless one covers several services",
		[]OptionID{Shared},
		certificatesOfALB, false,
		func(m *Mesh) int { return ceil(m.Services, m.doors()) }, albGuide + "load-balancer-limits.html", "",
	},
	{
		"certificates of an ALB, unless one covers several services",
		[]OptionID{Peering, TransitGateway, Public},
		certificatesOfALB, false,
		func(m *Mesh) int { return ceil(m.Services, m.albs()) }, albGuide + "load-balancer-limits.html", "",
	},
	{
		"NLBs of the account of a provider",
		[]OptionID{Own, Targets, Central},
		maxNLBs, false,
		func(m *Mesh) int { return ceil(m.Services, m.Providers) }, nlbGuide + "load-balancer-limits.html", "",
	},
	{
		"ALBs of the account of a provider",
		[]OptionID{Own, Central},
		maxALBs, false,
		func(m *Mesh) int { return ceil(m.Services, m.Providers) }, albGuide + "load-balancer-limits.html", "",
	},
	{
		"services of a service network",
		[]OptionID{Lattice},
		maxNetworkServices, false,
		func(m *Mesh) int { return ceil(m.Calls, m.Consumers) }, latticeGuide + "quotas.html", "",
	},
	{
		"target groups of VPC Lattice of the account of a provider",
		[]OptionID{Lattice},
		maxLatticeTargets, false,
		func(m *Mesh) int { return ceil(m.Services, m.Providers) * m.Routes }, latticeGuide + "quotas.html", "",
	},
	{
		"services of VPC Lattice of the account of a provider",
		[]OptionID{Lattice},
		maxLatticeServices, false,
		func(m *Mesh) int { return ceil(m.Services, m.Providers) }, latticeGuide + "quotas.html", "",
	},
	{
		"bytes of an auth policy that lists accounts",
		[]OptionID{Lattice},
		rules.MaxLatticeAuthPolicy, true,
		func(m *Mesh) int { return bytesAroundPrincipals + bytesOfAccountInList*m.Principals }, latticeGuide + "quotas.html", "auth-policy-size",
	},
	{
		"peering connections of a provider VPC",
		[]OptionID{Peering},
		maxPeerings, true,
		func(m *Mesh) int { return ceil(m.ProviderCalls, m.Providers) }, peeringGuide + "vpc-peering-connection-quotas.html", "",
	},
	{
		"peering connections of a consumer VPC",
		[]OptionID{Peering},
		maxPeerings, true,
		func(m *Mesh) int { return ceil(m.ProviderCalls, m.Consumers) }, peeringGuide + "vpc-peering-connection-quotas.html", "",
	},
	{
		"attachments of a transit gateway",
		[]OptionID{TransitGateway},
		maxAttachments, true,
		func(m *Mesh) int { return m.Providers + m.Consumers }, transitGatewayGuide + "transit-gateway-quotas.html", "",
	},
	{
		"attachments of a transit gateway",
		[]OptionID{Central},
		maxAttachments, true,
		func(m *Mesh) int { return m.Consumers + 1 }, transitGatewayGuide + "transit-gateway-quotas.html", "",
	},
	{
		"inbound rules of a security group, one for each NAT gateway",
		[]OptionID{Public},
		rules.MaxSecurityGroupRules, false,
		func(m *Mesh) int { return ceil(m.ProviderCalls, m.Providers) * m.Zones }, "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html", "",
	},
}

// QuotasOf are the quotas of an option, without a mesh.
func QuotasOf(o OptionID) []Quota {
	var list []Quota
	for _, l := range limits {
		if slices.Contains(l.options, o) {
			list = append(list, Quota{What: l.what, Limit: l.limit, IsFixed: l.isFixed, Source: l.source})
		}
	}
	return list
}

// quotas are the quotas of an option for a mesh.
func quotas(m *Mesh, o OptionID) []Quota {
	var list []Quota
	for _, l := range limits {
		if !slices.Contains(l.options, o) {
			continue
		}
		exceeds := func(g *Mesh) bool { return l.used(g) > l.limit }
		list = append(list, Quota{
			What: l.what, Limit: l.limit, IsFixed: l.isFixed, Used: l.used(m), Source: l.source,
			AtServices:  first(m.Services, func(n int) bool { return exceeds(m.grown(n, m.Consumers)) }),
			AtConsumers: first(m.Consumers, func(n int) bool { return exceeds(m.grown(m.Services, n)) }),
		})
	}
	return list
}

// first is the first number from a start to [Largest], or the start itself, of which something holds; 0 if it holds of none.
func first(start int, holds func(n int) bool) int {
	for n := start; n <= max(start, Largest); n++ {
		if holds(n) {
			return n
		}
	}
	return 0
}

// quotaFindings are the quotas that a mesh exceeds, as findings. One that AWS raises on request is something to know; an option
// that needs more than the most does not fit.
func quotaFindings(m *Mesh, o OptionID) []Finding {
	var found []Finding
	for _, l := range limits {
		used := l.used(m)
		if !slices.Contains(l.options, o) || used <= l.limit {
			continue
		}
		f := Finding{Reason: "quota-raise", Fit: Fits, Short: fmt.Sprintf("needs %d %s, and the quota is %d by default", used, l.what, l.limit)}
		if l.avoided != "" {
			f.Reason, f.Short = l.avoided, fmt.Sprintf("needs %d %s, and %d is the most", used, l.what, l.limit)
		} else if l.isFixed {
			f.Reason, f.Fit, f.Short = "quota-fixed", FitsNot, fmt.Sprintf("needs %d %s, and %d is the most", used, l.what, l.limit)
		}
		found = append(found, f)
	}
	return found
}

// hitFirst is the quota that the growth of a mesh exceeds first, in services or else in consumers; nil if none up to [Largest].
func hitFirst(list []Quota, at func(q Quota) int) *Quota {
	var nearest *Quota
	for i := range list {
		if n := at(list[i]); n > 0 && (nearest == nil || n < at(*nearest)) {
			nearest = &list[i]
		}
	}
	return nearest
}
