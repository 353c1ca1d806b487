package privateapi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// consumerPlan is what a consumer will be, beyond its props.
type consumerPlan struct {
	home          *home
	subnets       *[]any
	serviceRegion *string
}

// planConsumer checks the props and settles the subnets and the Region. It defines nothing.
func planConsumer(r *rules.Report, scope constructs.Construct, props *PrivateApiConsumerProps) *consumerPlan {
	plan := &consumerPlan{home: homeOf(scope)}
	if props.Service == nil {
		r.AddWithFix(rules.Required, "Service", "supply the provider, or PrivateApiService_FromAttributes", "is missing")
	}
	checkClients(r, props.Clients)
	checkEndpointPolicy(r, props)
	props.checkIpAddressType(r)
	props.checkDns(r, plan.home)
	if provider, ok := props.Service.(*privateApiProvider); ok && provider.plan.home != plan.home {
		checkStage(r, plan.home, provider.plan.home)
	}
	plan.planRegion(r, props)
	plan.planSubnets(r, props)
	return plan
}

// checkStage checks that the two ends are in one stage: CDK lets nothing depend across.
func checkStage(r *rules.Report, own, provider *home) {
	from, to := own.stage(), provider.stage()
	if from == nil || to == nil || from == to {
		return
	}
	if from, to := *from.Node().Path(), *to.Node().Path(); from != to {
		r.Add(rules.CrossStage, "Service", "is in stage %q, and the consumer in stage %q", to, from)
	}
}

// checkClients asks each client for its connections, which not all that could have some do: a Lambda function outside of
// a VPC has none.
func checkClients(r *rules.Report, clients *[]awsec2.IConnectable) {
	if clients == nil {
		return
	}
	for i, client := range *clients {
		property := fmt.Sprintf("Clients[%d]", i)
		if client == nil {
			r.Add(rules.Required, property, "is nil")
			continue
		}
		if _, isGroup := client.(awsec2.ISecurityGroup); isGroup {
			continue // it has connections, whatever it is of
		}
		func() {
			defer func() {
				if problem := recover(); problem != nil {
					r.Add(rules.ClientConnections, property, "%v", problem)
				}
			}()
			client.Connections()
		}()
	}
}

// planRegion settles whether the endpoint names the Region of the service. It does where that is not, or may not be, the
// Region of the stack.
func (plan *consumerPlan) planRegion(r *rules.Report, props *PrivateApiConsumerProps) {
	if props.Service == nil {
		return
	}
	if provider, ok := props.Service.(*privateApiProvider); ok && provider.plan.home == plan.home {
		return
	}
	own, service := plan.home.region(), props.Service.ServiceRegion()
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

func (plan *consumerPlan) planSubnets(r *rules.Report, props *PrivateApiConsumerProps) {
	if props.Vpc == nil {
		r.AddWithFix(rules.Required, "Vpc", "supply the VPC in which to place the endpoint", "is missing")
		return
	}
	selected := selectSubnets(r, "Subnets", props.Vpc, props.Subnets)
	if selected == nil {
		return
	}
	plan.subnets = asAny(selected.Subnets)
	own := zonesOf(selected)
	if isTrue(selected.HasPublic) && !selectsByName(props.Subnets) {
		r.AddWithFix(rules.PrivateSubnets, "Vpc", "add private subnets to the VPC, or select subnets by Subnets", "has no private subnets")
	}
	own.checkOnePerZone(r, "Subnets")
	if len(own.names) == 0 && !own.unknown {
		r.AddWithFix(rules.Required, "Subnets", "select at least one subnet", "selects no subnet")
	}
	if provider, ok := props.Service.(*privateApiProvider); ok && provider.plan.home.inEnvironmentOf(plan.home) {
		own.checkWithin(r, "Subnets", provider.plan.zones)
	}
}

// inEnvironmentOf reports whether a stack is known to be in the account and Region of another: only then do zone names
// compare.
func (h *home) inEnvironmentOf(other *home) bool {
	return h == other || *h.region() == *other.region() && *h.account() == *other.account()
}

// checkIpAddressType compares the type of the endpoint with those that the service is known to support.
func (p *PrivateApiConsumerProps) checkIpAddressType(r *rules.Report) {
	var wants []awsec2.IpAddressType
	own := stringOr(p.IpAddressType, awsec2.VpcEndpointIpAddressType_IPV4)
	switch own {
	case awsec2.VpcEndpointIpAddressType_IPV4:
		wants = []awsec2.IpAddressType{awsec2.IpAddressType_IPV4}
	case awsec2.VpcEndpointIpAddressType_IPV6:
		wants = []awsec2.IpAddressType{awsec2.IpAddressType_IPV6}
	case awsec2.VpcEndpointIpAddressType_DUALSTACK:
		wants = []awsec2.IpAddressType{awsec2.IpAddressType_IPV4, awsec2.IpAddressType_IPV6}
	default:
		r.AddWithFix(rules.KnownValue, "IpAddressType", "use one of the VpcEndpointIpAddressType constants", "%q is none of its values", own)
		return
	}
	if p.Service == nil || p.Service.SupportedIpAddressTypes() == nil {
		return
	}
	supported := *p.Service.SupportedIpAddressTypes()
	if slices.ContainsFunc(wants, func(want awsec2.IpAddressType) bool { return !slices.Contains(supported, want) }) {
		r.AddWithFix(rules.IPAddressType, "IpAddressType", "use a type that the service supports, or let the provider support more",
			"is %s, but the service supports %v", own, supported)
	}
}

// domainNames returns the consumer's own names, or those of the service.
func (p *PrivateApiConsumerProps) domainNames() *[]*string {
	if p.DomainNames != nil || p.Service == nil {
		return copied(p.DomainNames)
	}
	return p.Service.DomainNames()
}

// spelled is the type of the endpoint as EC2 writes it.
func spelled(t awsec2.VpcEndpointIpAddressType) *string {
	if t == "" {
		return nil
	}
	return jsii.String(strings.ToLower(string(t)))
}

// dnsOptions asks for records of the endpoint's own addresses.
func dnsOptions(t awsec2.VpcEndpointIpAddressType) any {
	if t == "" {
		return nil
	}
	return &awsec2.CfnVPCEndpoint_DnsOptionsSpecificationProperty{DnsRecordIpType: spelled(t)}
}

// asAny is a list as the L1s take it that accept an ID and what has one.
func asAny[T any](list *[]T) *[]any {
	converted := make([]any, 0, len(*list))
	for _, element := range *list {
		converted = append(converted, element)
	}
	return &converted
}
