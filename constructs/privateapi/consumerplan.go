package privateapi

import (
	"fmt"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// consumerPlan is what a consumer will be, beyond its props.
type consumerPlan struct {
	subnets       *awsec2.SubnetSelection
	serviceRegion *string
}

// planConsumer checks the props and settles the subnets and the Region. It defines nothing.
func planConsumer(r *rules.Report, scope constructs.Construct, props *PrivateApiConsumerProps) *consumerPlan {
	plan := &consumerPlan{}
	if props.Service == nil {
		r.AddWithFix(rules.Required, "Service", "supply the provider, or PrivateApiService_FromAttributes", "is missing")
	}
	checkNoNil(r, "Clients", props.Clients, func(c awsec2.IConnectable) bool { return c == nil })
	checkEndpointPolicy(r, props)
	props.checkIpAddressType(r)
	props.checkDns(r)
	stack := awscdk.Stack_Of(scope)
	plan.planRegion(r, stack, props)
	plan.planSubnets(r, stack, props)
	return plan
}

// planRegion settles whether the endpoint names the Region of the service. It does where that is not, or may not be, the
// Region of the stack.
func (plan *consumerPlan) planRegion(r *rules.Report, stack awscdk.Stack, props *PrivateApiConsumerProps) {
	if props.Service == nil {
		return
	}
	own, service := stack.Region(), props.Service.ServiceRegion()
	if service == nil || *service == *own {
		return
	}
	if _, ok := literal(service); ok {
		plan.serviceRegion = service
	}
	ownRegion, ok := literal(own)
	provider, isProvider := props.Service.(*privateApiProvider)
	if !ok || !isProvider || plan.serviceRegion == nil {
		return
	}
	supported := provider.plan.props.SupportedRegions
	if len(literals(supported)) == len(elements(supported)) && !mayContain(supported, ownRegion) {
		r.AddWithFix(rules.ServiceRegion, "Service", fmt.Sprintf("add %s to SupportedRegions of the provider", ownRegion),
			"is in %s and does not support %s, the Region of this stack", *service, ownRegion)
	}
}

// mayContain reports whether a list has a value, or is one token.
func mayContain(list *[]*string, value string) bool {
	return list != nil && (isListToken(*list) || slices.Contains(literals(list), value))
}

func (plan *consumerPlan) planSubnets(r *rules.Report, stack awscdk.Stack, props *PrivateApiConsumerProps) {
	if props.Vpc == nil {
		r.AddWithFix(rules.Required, "Vpc", "supply the VPC in which to place the endpoint", "is missing")
		return
	}
	selected := selectSubnets(props.Vpc, props.Subnets)
	plan.subnets = &awsec2.SubnetSelection{Subnets: selected.Subnets}
	if isTrue(selected.IsPendingLookup) {
		return // the second synthesis, after the lookup, knows the subnets
	}
	own := zonesOf(selected)
	own.checkOnePerZone(r, "Subnets")
	if len(own.names) == 0 && !own.unknown {
		r.AddWithFix(rules.Required, "Subnets", "select at least one subnet", "selects no subnet")
	}
	if provider, ok := props.Service.(*privateApiProvider); ok && provider.inEnvironmentOf(stack) {
		own.checkWithin(r, "Subnets", provider.plan.zones)
	}
}

// inEnvironmentOf reports whether the provider is known to be in the account and Region of a stack: only then do zone
// names compare.
func (p *privateApiProvider) inEnvironmentOf(stack awscdk.Stack) bool {
	home := awscdk.Stack_Of(p)
	return *home.Region() == *stack.Region() && *home.Account() == *stack.Account()
}

// checkIpAddressType compares the type of the endpoint with those that the service is known to support.
func (p *PrivateApiConsumerProps) checkIpAddressType(r *rules.Report) {
	if p.Service == nil || p.IpAddressType == "" {
		return
	}
	supported := p.Service.SupportedIpAddressTypes()
	if supported == nil {
		return
	}
	wants := []awsec2.IpAddressType{awsec2.IpAddressType(p.IpAddressType)}
	if p.IpAddressType == awsec2.VpcEndpointIpAddressType_DUALSTACK {
		wants = []awsec2.IpAddressType{awsec2.IpAddressType_IPV4, awsec2.IpAddressType_IPV6}
	}
	for _, want := range wants {
		if !slices.Contains(*supported, want) {
			r.Add(rules.IPAddressType, "IpAddressType", "is %s, but the service supports %v", p.IpAddressType, *supported)
			return
		}
	}
}

// domainNames returns the consumer's own names, or those of the service.
func (p *PrivateApiConsumerProps) domainNames() *[]*string {
	if p.DomainNames != nil || p.Service == nil {
		return copied(p.DomainNames)
	}
	return p.Service.DomainNames()
}

// dnsRecordIpType asks for records of the endpoint's own addresses.
func dnsRecordIpType(t awsec2.VpcEndpointIpAddressType) awsec2.VpcEndpointDnsRecordIpType {
	return awsec2.VpcEndpointDnsRecordIpType(t)
}
