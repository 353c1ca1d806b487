package check

import (
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// serviceName finds a service name that AWS cannot have given to a service.
func serviceName(p *pass) {
	for _, e := range p.endpoints {
		if looksLikeAWS(e.ServiceName().Literal()) {
			p.text(e.ServiceName(), rules.CheckServiceName)
		}
	}
}

// looksLikeAWS reports whether a service name has the form of those that only AWS gives. Partners of AWS give others.
func looksLikeAWS(name string) bool {
	return strings.Contains(name, "vpce") || strings.HasPrefix(name, "com.amazonaws") || strings.HasPrefix(name, "cn.com.amazonaws")
}

// serviceRegion finds an endpoint that does not name the Region of its service, or is in a Region that its service does not
// support.
func serviceRegion(p *pass) {
	for _, e := range p.endpoints {
		service := p.EndpointServiceOf(e)
		region, _ := rules.ParseServiceName(e.ServiceName().Literal())
		where := at{e.ServiceName()}
		if service != nil {
			region = service.Stack.Region
			where = append(where, network.Whole(service.Resource))
		}
		if region == "" {
			continue
		}
		named, isNamed := e.ServiceRegion().Text()
		isElsewhere := differ(e.Stack.Region, region)
		switch {
		case isNamed && named != region:
			p.reportWithFix("set ServiceRegion to "+region, append(at{e.ServiceRegion()}, where...), "ServiceRegion is %s, but the service is in %s", named, region)
		case e.ServiceRegion().IsAbsent() && isElsewhere:
			p.report(where, "the service is in %s and the endpoint is in %s, but ServiceRegion is not set", region, e.Stack.Region)
		case isNamed && isElsewhere && service != nil && p.lacksRegion(service, e.Stack.Region):
			p.reportWithFix("add "+e.Stack.Region+" to SupportedRegions of the service", at{service.SupportedRegions(), e.ServiceName()},
				"the service does not support %s, the Region of the endpoint", e.Stack.Region)
		}
	}
}

// lacksRegion reports whether a service is certain not to support a Region other than its own.
func (f *facts) lacksRegion(service *network.EndpointService, region string) bool {
	supported := service.SupportedRegions()
	if !supported.IsListOrAbsent() || f.MayBeChangedByCustomResource(service.Resource) {
		return false
	}
	for _, item := range supported.Items() {
		if name, ok := item.Text(); !ok || name == region {
			return false
		}
	}
	return true
}

// endpointPolicy finds an endpoint with a policy, to a service that does not take one.
func endpointPolicy(p *pass) {
	for _, e := range p.endpoints {
		if !e.HasCustomPolicy() {
			continue
		}
		name := e.ServiceName().Literal()
		_, kind := rules.ParseServiceName(name)
		takes, known := rules.TakesEndpointPolicy(name)
		if kind == rules.EndpointService || kind == rules.AwsService && known && !takes || p.EndpointServiceOf(e) != nil {
			p.report(at{e.PolicyDocument(), e.ServiceName()}, "the endpoint has a policy, which its service does not support")
		}
	}
}

// ipAddressType finds an endpoint with addresses of a type that its service does not support, and a service with addresses
// of a type that its NLB does not have.
func ipAddressType(p *pass) {
	for _, service := range p.services {
		if family, supported, ok := p.WithoutIPv6(service); ok && network.IsCertain(family.Resource) {
			p.reportWithFix(
				"set IpAddressType of the NLB to dualstack, or remove ipv6 from SupportedIpAddressTypes",
				at{supported, family}, "the service supports ipv6, and %s has no IPv6 addresses", network.DisplayName(family.Resource),
			)
		}
	}
	for _, e := range p.endpoints {
		service := p.EndpointServiceOf(e)
		if service == nil || !network.IsCertain(service.Resource) {
			continue
		}
		if own, supported, missing, ok := network.MissingAddressType(e, service); ok {
			only := strings.Join(supported, " and ")
			p.reportWithFix(
				"set IpAddressType of the endpoint to "+only+", or add "+missing+" to SupportedIpAddressTypes of the service",
				at{e.IpAddressType(), service.SupportedIpAddressTypes()}, "the endpoint is %s, and the service supports only %s", own, only,
			)
		}
	}
}

// endpointQuota warns of a VPC with more endpoints than its quota allows by default.
func endpointQuota(p *pass) {
	count := map[vpcKey]int{}
	for _, e := range p.endpoints {
		vpc, ok := p.vpcKey(e.VpcId().Value)
		if !ok || !e.IsInterface() && e.VpcEndpointType().Literal() != "GatewayLoadBalancer" {
			continue
		}
		if count[vpc]++; count[vpc] == rules.MaxEndpointsPerVpc+1 {
			p.report(at{e.VpcId()}, "the VPC has more than %d endpoints", rules.MaxEndpointsPerVpc)
		}
	}
}

// isAPIEndpoint reports whether an endpoint is certain to be an interface endpoint that is not to a service of AWS.
func isAPIEndpoint(e *network.Endpoint) bool {
	return e != nil && network.IsCertain(e.Resource) && e.IsInterface() && e.ConnectsToAPI()
}
