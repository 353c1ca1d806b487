package cost

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// endpoint adds an endpoint: each zone is an hour, whether it is accepted or not.
// https://aws.amazon.com/privatelink/pricing/
func endpoint(m *meter, r *network.Resource) {
	e := &network.Endpoint{Resource: r}
	kind, isKnown := e.VpcEndpointType().Text()
	if e.VpcEndpointType().IsAbsent() {
		kind, isKnown = "Gateway", true
	}
	if !isKnown {
		kind = "Interface"
	}
	switch kind {
	case "Gateway", "ServiceNetwork":
		return
	case "GatewayLoadBalancer":
		m.notPriced(r, "an endpoint of a Gateway Load Balancer")
		return
	}
	hour, gb := prices.EndpointHour, prices.EndpointGB
	if kind == "Resource" {
		hour, gb = prices.ResourceEndpointHour, prices.ResourceEndpointGB
	}
	zones, notes := zonesOf(e.SubnetIds())
	if !isKnown {
		zones, notes = Count{Low: exactly(0).Low, High: zones.High}, append(notes, "only the deployment decides its type")
	}
	payer, why := m.payerOf(e)
	notes = append(notes, m.stateOf(e)...)
	m.hours(r, hour, zones, notes...).paidBy(payer, why...)
	data := []*Charge{m.use(r, gb, dataKey, 1)}
	if region := e.ServiceRegion(); !region.IsAbsent() && region.Literal() != m.region(r) {
		c := m.use(r, prices.EndpointCrossRegion, dataKey, 1)
		if region.IsUndecided() {
			c.mayBeNone("only the deployment decides the Region of the service")
		}
		data = append(data, c)
	}
	for _, c := range data {
		c.paidBy(payer, why...)
		if !isKnown {
			c.mayBeNone("only the deployment decides its type")
		}
	}
}

// zonesOf counts the subnets of a resource: EC2 takes one of each zone.
func zonesOf(subnets network.Property) (Count, []string) {
	switch {
	case subnets.IsList():
		return countOf(subnets.Items())
	case subnets.IsAbsent():
		return atLeast(0), []string{"the template names no subnets"}
	}
	return atLeast(1), []string{"only the deployment decides the subnets"}
}

// countOf counts the items of a list, of which the deployment may leave some out.
func countOf(items []network.Property) (Count, []string) {
	certain := 0
	for _, item := range items {
		if !item.MayBeAbsent() {
			certain++
		}
	}
	if certain < len(items) {
		return between(certain, len(items)), []string{"only the deployment decides how many there are"}
	}
	return exactly(certain), nil
}

// serviceOf is the endpoint service of an endpoint; nil if the templates do not define it, and nobody named it.
func (m *meter) serviceOf(e *network.Endpoint) *network.EndpointService {
	if s := m.network.EndpointServiceOf(e); s != nil {
		return s
	}
	return m.named[e.ServiceName().Literal()]
}

// nameServices finds the services that people named.
func (m *meter) nameServices() {
	m.named = map[string]*network.EndpointService{}
	for name, service := range m.options.Services {
		if s := m.network.EndpointServiceNamed(service); s != nil {
			m.named[name] = s
		}
	}
}

// payerOf is the account that pays for an endpoint: its owner, unless the service's owner took it over.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpointServicePayerResponsibility.html
func (m *meter) payerOf(e *network.Endpoint) (account string, notes []string) {
	account = e.Stack.Account
	s := m.serviceOf(e)
	if s == nil {
		if e.ConnectsToAPI() {
			m.strangers = append(m.strangers, network.DisplayName(e.Resource))
		}
		return account, nil
	}
	switch payer := s.PayerResponsibility(); {
	case payer.Literal() == "ServiceOwner":
		return s.Stack.Account, []string{"paid by the owner of " + network.DisplayName(s.Resource)}
	case payer.IsUndecided():
		return account, []string{fmt.Sprintf("only the deployment decides the PayerResponsibility of %s", network.DisplayName(s.Resource))}
	}
	return account, nil
}

// untilWhen says until when an endpoint costs that carries no traffic, by the state of its connection.
// https://aws.amazon.com/privatelink/pricing/
var untilWhen = map[string]string{
	"pendingacceptance": "the endpoint is deleted",
	"pending":           "the endpoint is deleted",
	"expired":           "the endpoint is deleted",
	"failed":            "the endpoint is deleted",
	"rejected":          "the endpoint or its service is deleted",
}

// stateOf says of an endpoint that carries no traffic that it costs all the same.
func (m *meter) stateOf(e *network.Endpoint) []string {
	for _, name := range []string{network.FullName(e.Resource), e.ConstructPath, e.ID} {
		state, ok := m.options.States[name]
		if !ok || name == "" {
			continue
		}
		if until := untilWhen[strings.ToLower(state)]; until != "" {
			return []string{fmt.Sprintf("the connection is %s, and costs until %s", state, until)}
		}
		return nil
	}
	if s := m.serviceOf(e); s != nil && !s.AcceptanceRequired().Is(false) {
		m.note("endpoints cost from their creation on, accepted or not")
	}
	return nil
}

// endpointService says what a service may cost besides its load balancers.
func endpointService(m *meter, r *network.Resource) {
	contributors(m, r)
	regions := r.Property("SupportedRegions")
	items, isList := regions.Items()
	if regions.Kind() != assembly.Absent && !isList || slices.ContainsFunc(items, func(v network.Value) bool { return !isText(v, m.region(r)) }) {
		m.notPriced(r, "consumers in other Regions")
	}
}
