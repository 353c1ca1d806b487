package walk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// privateLink carries a request from an endpoint into its endpoint service.
type privateLink struct{ from *endpoint }

var _ transport = privateLink{}

// cross takes hops that are the same for all clients of the endpoint.
func (p privateLink) cross(t *trace) bool {
	if c := p.from.contract; c != nil {
		t.byContract(p.from, c)
		return false
	}
	return t.share(partKey{at: p.from.Resource}, nil, p.connect)
}

// connect takes the hops from the endpoint to the service.
func (p privateLink) connect(t *trace) bool {
	e, service := p.from, p.from.found.Service
	t.take(proof.HopEndpointZones, t.serviceZones(e, service))
	if service == nil {
		r := e.serviceNameProblem()
		t.providerAssumed = r.assumption != "" && t.assumes(r.assumption)
		t.take(proof.HopEndpointService, r)
		return false
	}
	if service.Stack.Region == e.Stack.Region {
		for _, subnet := range e.SubnetIds().Items() {
			t.zones = append(slices.Clip(t.zones), subnet.Value)
		}
	}
	t.take(proof.HopEndpointService, serviceRegion(e, service))
	t.take(proof.HopAllowedPrincipal, t.connected(e, t.principal(e, service)))
	t.take(proof.HopAcceptance, t.accepted(e, t.acceptance(e, service)))
	return true
}

// serviceNameProblem says why the endpoint's service name leads to no endpoint service.
func (e *endpoint) serviceNameProblem() result {
	p := e.ServiceName()
	name := p.Literal()
	invalid := func(format string, args ...any) result {
		return blocks(fmt.Sprintf(format, args...), rules.ServiceName.Fix).breaks(rules.ServiceName).at(p)
	}
	switch e.found.Problem {
	case network.ServiceIDInstead:
		return invalid("ServiceName is the ID of %s, not its name", network.DisplayName(e.found.About.Resource))
	case network.ServiceNamePrefixWrong:
		r := invalid("the service name begins with %s, and %s is in %s", e.found.Prefix, network.DisplayName(e.found.About.Resource), e.found.About.Stack.Region)
		r.fix = "begin it with " + e.found.WantPrefix
		return r
	case network.ServiceOfAWS:
		return invalid("%s is an AWS service, not an endpoint service", name)
	case network.ServiceNameInvalid:
		return invalid("%q is not the name of an endpoint service", name)
	case network.ServiceNotLoaded:
		r := unknown("no template says which resource "+name+" is", "",
			proof.Settlement{Kind: proof.SettleByTemplate, Subject: "the endpoint service"},
			proof.Settlement{Kind: proof.SettleByService, Subject: name},
		).at(p)
		r.assumption = proof.AssumeProvider
		return r
	}
	r := unknownUntil(p.Value, "which service the endpoint connects to is unknown: %s", cite.Why(p.Value)).at(p)
	if s := cite.Settle(p.Value); s.Kind == proof.SettleByParameter {
		r.fix = "pass the output of the provider's stack that has the service name, with the provider's templates"
		r.settle = []proof.Settlement{{Kind: proof.SettleByOutput, Subject: s.Subject}}
	}
	r.assumption = proof.AssumeProvider
	return r
}

// serviceRegion finds whether the endpoint is in a Region from which the service can be reached.
func serviceRegion(e *endpoint, service *network.EndpointService) result {
	switch kind := e.VpcEndpointType(); {
	case kind.IsUndecided():
		return undecided(kind)
	case kind.Literal() != "Interface":
		return blocks(
			fmt.Sprintf("the endpoint is of type %q, which cannot connect to an endpoint service behind an NLB", kind.Literal()), "set VpcEndpointType to Interface",
		).at(kind)
	}
	if r, wrong := e.withoutPrivateDNS(); wrong {
		return r
	}
	if own, supported, missing, ok := network.MissingAddressType(e.Endpoint, service); ok {
		only := strings.Join(supported, " and ")
		return blocks(
			fmt.Sprintf("the endpoint is %s, and the service supports only %s", own, only),
			fmt.Sprintf("set IpAddressType of the endpoint to %s, or add %s to SupportedIpAddressTypes of the service", only, missing),
		).breaks(rules.IPAddressType).at(e.IpAddressType(), service.SupportedIpAddressTypes())
	}
	if family, supported, ok := e.n.WithoutIPv6(service); ok {
		return blocks(
			fmt.Sprintf("%s supports ipv6, and %s has no IPv6 addresses: EC2 refuses the service", network.DisplayName(service.Resource), network.DisplayName(family.Resource)),
			"set IpAddressType of the NLB to dualstack, or remove ipv6 from SupportedIpAddressTypes",
		).breaks(rules.IPAddressType).at(supported, family)
	}
	name, from, to := network.DisplayName(service.Resource), e.Stack.Region, service.Stack.Region
	message := fmt.Sprintf("%s connects to %s", network.DisplayName(e.Resource), name)
	given := e.ServiceRegion()
	named, isNamed := given.Text()
	switch {
	case !given.IsAbsent() && !isNamed:
		return undecided(given)
	case isNamed && to != "" && named != to:
		return blocks(fmt.Sprintf("ServiceRegion is %s, and %s is in %s", named, name, to), "set ServiceRegion to "+to).
			breaks(rules.ServiceRegion).at(given).atResource(service.Resource)
	case from == to && (from != "" || e.Stack == service.Stack):
		return passes("%s", message).atResource(service.Resource)
	case from == "" || to == "":
		return unknown("the Regions of the two stacks are unknown", "deploy the stacks to named Regions", unknownRegions(e.Stack, service.Stack)...).
			at(e.ServiceName()).atResource(service.Resource)
	case !isNamed:
		return blocks(
			fmt.Sprintf("the endpoint is in %s, %s is in %s, and ServiceRegion is not set", from, name, to),
			"set ServiceRegion to "+to+", and add "+from+" to SupportedRegions of the service",
		).breaks(rules.ServiceRegion).at(given).atResource(service.Resource)
	}
	return supportedRegion(service, from, message+" of "+to)
}

// unknownRegions are the accounts and Regions of stacks that would have to be known.
func unknownRegions(stacks ...*network.Stack) []proof.Settlement {
	var list []proof.Settlement
	for _, s := range stacks {
		if s.Region == "" {
			list = append(list, environment(s))
		}
	}
	return list
}

// environment is a settlement by the account and the Region of a stack.
func environment(s *network.Stack) proof.Settlement {
	return proof.Settlement{Kind: proof.SettleByEnvironment, Subject: s.File}
}

// supportedRegion finds whether a service can be reached from another Region.
func supportedRegion(service *network.EndpointService, from, message string) result {
	for _, p := range service.SupportedRegions().Items() {
		switch name, ok := p.Text(); {
		case !ok:
			return undecided(service.SupportedRegions())
		case name == from:
			return passes("%s", message).at(p)
		}
	}
	return blocks(
		fmt.Sprintf("%s is not among the Regions that %s supports", from, network.DisplayName(service.Resource)), "add "+from+" to SupportedRegions of the service",
	).breaks(rules.ServiceRegion).at(service.SupportedRegions())
}

// principal finds whether the endpoint's account may connect. AWS lets the owner of a service connect to it.
func (t *trace) principal(e *endpoint, service *network.EndpointService) result {
	account := e.Stack.Account
	if e.Stack == service.Stack || account != "" && account == service.Stack.Account {
		return passes("the service is in the same account")
	}
	var doubt *result
	for _, permissions := range t.n.PermissionsOf(service) {
		list := permissions.AllowedPrincipals()
		for _, p := range list.Items() {
			match := network.MatchPrincipal(p.Value, account, service.Stack.Region)
			r := principalResult(match, p, account, e.Stack).at(p)
			if match.Is == network.Yes && list.IsList() {
				return r
			}
			if match.Is != network.No && doubt == nil {
				doubt = &r
			}
		}
	}
	if doubt != nil {
		return *doubt
	}
	if account == "" {
		return accountUnknown(e.Stack).atResource(e.Resource)
	}
	return t.notAllowed(service, account)
}

func accountUnknown(s *network.Stack) result {
	return unknown("the consumer's account is unknown", "deploy the stack to a named account", environment(s))
}

// principalResult is what a principal means for an account.
func principalResult(match network.PrincipalMatch, p network.Property, account string, consumer *network.Stack) result {
	switch match.Because {
	case network.PrincipalEveryone:
		return passes("everyone may connect")
	case network.PrincipalAccount:
		return passes("account %s may connect", account)
	case network.PrincipalWithinAccount:
		return assumable(
			fmt.Sprintf("%s may connect, so it must be the principal that creates the endpoint: the role of CloudFormation", match.Arn),
			proof.AssumePrincipal, "deploy the consumer with that role, or allow the account",
		)
	case network.AccountUnknown:
		return accountUnknown(consumer)
	case network.PrincipalUndecided:
		return unknownUntil(p.Value, "a principal is unknown: %s", cite.Why(p.Value))
	}
	return blocks("", "")
}

// notAllowed is the result for an account that no principal of a service is for.
func (t *trace) notAllowed(service *network.EndpointService, account string) result {
	r := blocks(
		fmt.Sprintf("account %s is not among the allowed principals of %s: to it, the service does not exist", account, network.DisplayName(service.Resource)),
		fmt.Sprintf("allow arn:%s:iam::%s:root", rules.Partition(service.Stack.Region), account),
	).breaks(rules.ConsumerAllowed)
	for _, permissions := range t.n.PermissionsOf(service) {
		list := permissions.AllowedPrincipals()
		r = r.at(list)
		if list.Len() == 1 && list.IsList() {
			r = r.related(cite.Property(list.At(0)))
		}
	}
	return r.related(cite.Resource(service.Resource)).unless(owners(t.n.UnplacedPermissions(), (*network.Permissions).ServiceId))
}

// serviceZones finds whether the endpoint is in Availability Zones of the service. Across Regions they need not agree.
func (t *trace) serviceZones(e *endpoint, service *network.EndpointService) result {
	subnets := e.SubnetIds().Items()
	if len(subnets) == 0 {
		return blocks("the endpoint has no subnet, so no network interface", "set SubnetIds").at(e.SubnetIds())
	}
	for _, p := range subnets {
		if s := t.n.Subnet(p.Value); s != nil && network.Equal(s.VpcId().Value, e.VpcId().Value) == network.No {
			return blocks(
				fmt.Sprintf("subnet %s belongs to %s, and the endpoint is in %s", network.NameOf(p.Value), network.NameOf(s.VpcId().Value), network.NameOf(e.VpcId().Value)),
				"use subnets of that VPC",
			).at(p)
		}
	}
	fine := passes("the endpoint is in %d subnets", len(subnets)).at(e.SubnetIds())
	if service == nil || service.Stack.Region != e.Stack.Region {
		return fine
	}
	var theirs []network.Value
	for _, lb := range e.doors().list {
		own := lb.Subnets()
		if len(own) == 0 {
			return blocks(network.DisplayName(lb.Resource)+" has no subnet, so the service is in no Availability Zone", "set its Subnets").at(lb.SubnetsProperty())
		}
		for _, p := range own {
			theirs = append(theirs, p.Value)
		}
	}
	if len(theirs) == 0 {
		return fine
	}
	if r, stop := t.inServiceZones(subnets, theirs); stop {
		return r
	}
	fine.message += " in zones of the service"
	return fine
}

// inServiceZones finds a subnet that is outside the zones of the service, or may be. stop is false if all are inside.
func (t *trace) inServiceZones(subnets []network.Property, theirs []network.Value) (r result, stop bool) {
	var doubt *result
	var missing []network.ZoneFact
	for _, p := range subnets {
		own := t.zoneOf(p.Value)
		in, facts := t.inZones(p.Value, own, theirs)
		switch in {
		case network.No:
			return blocks(
				fmt.Sprintf("subnet %s is in %s, which is not a zone of the service", network.NameOf(p.Value), own),
				"use subnets in the zones of the NLB, by zone ID",
			).breaks(rules.ZoneOfService).at(p), true
		case network.Maybe:
			missing = append(missing, facts...)
			if doubt == nil {
				u := unknown(fmt.Sprintf("whether %s, the zone of subnet %s, is a zone of the service is unknown", own, network.NameOf(p.Value)), "").at(p)
				doubt = &u
			}
		}
	}
	if doubt == nil {
		return result{}, false
	}
	return doubt.untilZones(missing), true
}

// enterService takes a request from an endpoint service into each of its NLBs.
func (t *trace) enterService(service *network.EndpointService) {
	arns := service.NetworkLoadBalancerArns()
	if len(arns.Items()) == 0 {
		t.take(proof.HopNlbListener, blocks(network.DisplayName(service.Resource)+" has no NLB", "set NetworkLoadBalancerArns").atResource(service.Resource))
		return
	}
	each(t, arns.Items(), func(t *trace, arn network.Property) {
		r, _, ok := arn.Reference()
		lb := t.n.LoadBalancer(arn.Value)
		switch {
		case !ok:
			t.take(proof.HopNlbListener, unknownUntil(arn.Value, "load balancer %s is not in the templates", arn).at(arns))
		case lb != nil && lb.Type().IsUndecided():
			t.take(proof.HopNlbListener, undecided(lb.Type()))
		case lb == nil || lb.Kind() != network.NetworkKind:
			at := network.Whole(r)
			if lb != nil {
				at = lb.Type()
			}
			t.take(proof.HopNlbListener, blocks(
				network.DisplayName(r)+" is not an NLB: EC2 refuses it for an endpoint service", "put an NLB in front of it, and use that",
			).breaks(rules.ServiceLoadBalancer).at(at, arns))
		default:
			t.throughNLB(lb)
		}
	})
}
