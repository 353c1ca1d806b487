package walk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// byContract takes the hops to a service that a contract alone describes: what it says, and that what is behind it is not known.
func (t *trace) byContract(e *endpoint, c *network.Contract) {
	t.take(proof.HopEndpointZones, t.contractZones(e, c))
	t.take(proof.HopEndpointService, t.contractRegion(e, c))
	t.take(proof.HopAllowedPrincipal, t.connected(e, unknown(
		fmt.Sprintf("whether account %s may connect is not in the contract of %s", e.Stack.Account, c.Service.Name), "ask the provider to allow the account",
	).at(e.ServiceName()).related(cite.Contract(c, "service.account", c.Service.Account)).assumedBy(proof.AssumeProvider)))
	t.take(proof.HopAcceptance, t.accepted(e, contractAcceptance(e, c)))
	behind := t.contractFront(e, c)
	t.take(proof.HopNlbListener, behind)
	t.providerAssumed = behind.verdict == proof.Unknown && behind.assumption != "" && t.assumes(behind.assumption)
}

// listed is a contract as what receives requests.
type listed struct{ *network.Contract }

var _ front = listed{}

func (c listed) ports() []int {
	var ports []int
	for _, port := range c.Service.Ports {
		ports = append(ports, int(port))
	}
	return ports
}

func (c listed) routes() []route { return nil }

func (c listed) certificates() []network.Property { return nil }

func (c listed) protocol(*trace) string { return "" }

// contractFront finds what a contract says of the listeners of its service. What is behind them no contract says.
func (t *trace) contractFront(e *endpoint, c *network.Contract) result {
	if r, wrong := t.notOffered(c, e.ServiceName()); wrong {
		return r
	}
	return assumable(
		fmt.Sprintf("the contract of %s has port %d; what is behind it is not in the templates", c.Service.Name, t.port), proof.AssumeProvider, "load the templates of the provider",
	).at(e.ServiceName()).related(cite.Contract(c, "service.ports", c.Service.Ports))
}

// notOffered finds a port or a name that a contract does not have; at is what leads to its service.
func (t *trace) notOffered(c *network.Contract, at network.Property) (r result, found bool) {
	if !c.HasPort(t.port) {
		return blocks(
			fmt.Sprintf("the contract of %s has no port %d", c.Service.Name, t.port), "call a port of the contract",
		).at(at).related(cite.Contract(c, "service.ports", c.Service.Ports)), true
	}
	offers, lists := c.Offers(t.domain)
	if lists && !offers && t.domain != "" && t.domain != network.DomainNameOf(c.Service.PrivateDnsName) {
		return unknown(
			fmt.Sprintf("the contract of %s does not list %s", c.Service.Name, t.domain), "call a name of the contract, or let the provider serve the name",
		).at(at).related(cite.Contract(c, "service.domainNames", c.Service.DomainNames)), true
	}
	return result{}, false
}

// contractRegion finds whether the endpoint is in a Region from which the service of a contract can be reached.
func (t *trace) contractRegion(e *endpoint, c *network.Contract) result {
	region, here := c.Service.Region, e.Stack.Region
	cited := cite.Contract(c, "deployed.serviceName", c.Locator())
	switch kind := e.VpcEndpointType(); {
	case kind.IsUndecided():
		return undecided(kind)
	case kind.Literal() != "Interface":
		return blocks(fmt.Sprintf("the endpoint is of type %q, which cannot connect to an endpoint service behind an NLB", kind.Literal()), "set VpcEndpointType to Interface").at(kind)
	}
	if types := c.Service.IpAddressTypes; len(types) > 0 {
		own := e.IpAddressType().Literal()
		if own == "" && e.IpAddressType().IsAbsent() {
			own = "ipv4"
		}
		for _, need := range map[string][]string{"ipv4": {"ipv4"}, "ipv6": {"ipv6"}, "dualstack": {"ipv4", "ipv6"}}[own] {
			if !slices.Contains(types, need) {
				return blocks(
					fmt.Sprintf("the endpoint is %s, and the contract of %s has only %s", own, c.Service.Name, strings.Join(types, " and ")), "set IpAddressType of the endpoint to "+strings.Join(types, " or "),
				).breaks(rules.IPAddressType).at(e.IpAddressType()).related(cite.Contract(c, "service.ipAddressTypes", types))
			}
		}
	}
	if e.PrivateDnsEnabled().Is(true) && c.Service.PrivateDnsName == "" {
		return blocks(
			fmt.Sprintf("%s enables private DNS, and the contract of %s has no privateDnsName", network.DisplayName(e.Resource), c.Service.Name), rules.TemplateFix(rules.PrivateDnsMissing),
		).breaks(rules.PrivateDnsMissing).at(e.PrivateDnsEnabled()).related(cited)
	}
	given := e.ServiceRegion()
	named, isNamed := given.Text()
	fine := passes("the contract says that it is %s of account %s", c.Service.Name, c.Service.Account).at(e.ServiceName()).related(cited)
	switch {
	case here == "":
		return unknown("the Region of the endpoint is unknown", "deploy the stack to a named Region", environment(e.Stack)).at(e.ServiceName()).related(cited)
	case !given.IsAbsent() && !isNamed:
		return undecided(given)
	case isNamed && named != region, here != region && !isNamed:
		return blocks(
			fmt.Sprintf("the endpoint asks for a service of %s, and the contract is of %s", cmp.Or(named, here), region), "set ServiceRegion to "+region,
		).breaks(rules.ServiceRegion).at(given).related(cite.Contract(c, "service.region", region))
	case here != region && len(c.Service.SupportedRegions) == 0:
		return unknown(fmt.Sprintf("whether %s can be reached from %s is not in its contract", c.Service.Name, here), "add supportedRegions to the contract").
			at(given).related(cite.Contract(c, "service.region", region))
	case here != region && !slices.Contains(c.Service.SupportedRegions, here):
		return blocks(
			fmt.Sprintf("%s is not among the Regions of the contract of %s", here, c.Service.Name), "add "+here+" to SupportedRegions of the service",
		).breaks(rules.ServiceRegion).at(given).related(cite.Contract(c, "service.supportedRegions", c.Service.SupportedRegions))
	}
	return fine
}

// contractAcceptance finds whether connections are accepted without an act of the provider, as a contract says.
func contractAcceptance(e *endpoint, c *network.Contract) result {
	required := c.Service.AcceptanceRequired
	if required != nil && !*required {
		return passes("connections are accepted automatically").at(e.ServiceName()).related(cite.Contract(c, "service.acceptanceRequired", false))
	}
	r := assumable("the contract does not say whether the provider must accept the connection", proof.AssumeAccepted, "accept the connection of "+network.DisplayName(e.Resource)).atResource(e.Resource)
	if required != nil {
		r.message = fmt.Sprintf("account %s must accept the connection after the deployment", c.Service.Account)
		r = r.related(cite.Contract(c, "service.acceptanceRequired", true))
	}
	return r
}

// contractZones finds whether the endpoint is in Availability Zones that a contract lists. Across Regions they need not agree.
func (t *trace) contractZones(e *endpoint, c *network.Contract) result {
	r := t.serviceZones(e, nil)
	ids := c.Deployed.ZoneIDs()
	if r.verdict != proof.Reachable || len(ids) == 0 || c.Service.Region != e.Stack.Region {
		return r
	}
	cited := cite.Contract(c, "deployed.availabilityZoneIds", ids)
	var missing []network.ZoneFact
	for _, p := range e.SubnetIds().Items() {
		own := t.zoneOf(p.Value)
		switch {
		case own.ID == "":
			missing = append(missing, own.Missing)
		case !slices.Contains(ids, own.ID):
			return blocks(
				fmt.Sprintf("subnet %s is in %s, which is not a zone of the contract of %s", network.NameOf(p.Value), own, c.Service.Name), "use subnets in the zones of the contract, by zone ID",
			).breaks(rules.ZoneOfService).at(p).related(cited)
		}
	}
	if len(missing) > 0 {
		return unknown("whether the subnets of the endpoint are in the zones of the contract is unknown", "").at(e.SubnetIds()).related(cited).untilZones(missing)
	}
	r.message += " in zones of the contract"
	return r.related(cited)
}

// latticeContract is the result for a service of VPC Lattice that a contract alone describes.
func (t *trace) latticeContract(p network.Property, c *network.Contract) result {
	cited := cite.Contract(c, "deployed.serviceArn", c.Locator())
	if here := p.Resource.Stack.Region; differ(here, c.Service.Region) {
		return blocks(
			fmt.Sprintf("%s is in %s, and its association in %s", c.Service.Name, c.Service.Region, here), "use a service of the same Region",
		).at(p).related(cited)
	}
	if wrong, found := t.notOffered(c, p); found {
		return wrong
	}
	return assumable(
		fmt.Sprintf("%s is the service of the contract of %s, of account %s; what is behind it is not in the templates", c.Locator(), c.Service.Name, c.Service.Account),
		proof.AssumeProvider, "load the templates of the provider",
	).at(p).related(cited)
}

// routedContract finds where a name leads that is the DNS name of an ALB which a contract alone describes.
func (t *trace) routedContract(r network.Record, name string, c *network.Contract) result {
	target, isAlias := r.Target()
	cited := cite.Contract(c, "deployed.loadBalancerDnsName", c.Locator())
	zone := r.AliasTarget().Field("HostedZoneId")
	if isAlias && zone.IsLiteral() && zone.Literal() != c.Deployed.CanonicalHostedZoneId {
		return blocks(
			fmt.Sprintf("HostedZoneId of the alias is %s, not the zone of the ALB of the contract of %s: Route 53 refuses it", zone.Literal(), c.Service.Name), "use canonicalHostedZoneId of the contract",
		).at(zone).related(cite.Contract(c, "deployed.canonicalHostedZoneId", c.Deployed.CanonicalHostedZoneId))
	}
	if wrong, found := t.notOffered(c, target); found {
		return wrong
	}
	return unknown(
		fmt.Sprintf("%s leads to the ALB of the contract of %s, of account %s; the way there and what is behind it are not in the templates", name, c.Service.Name, c.Service.Account),
		"load the templates of the provider",
	).at(target).related(cited)
}
