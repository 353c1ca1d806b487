package reachability

import (
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// services reviews endpoint services: their load balancers, names and Regions.
func (v *review) services() {
	for _, service := range v.sure(cfnService) {
		v.serviceLoadBalancers(service)
		v.nobodyAllowed(service)
		v.checkText(service, []any{"PrivateDnsName"}, rules.CheckPrivateDnsName)
		v.crossRegion(service)
	}
}

func (v *review) serviceLoadBalancers(service *assembly.Resource) {
	network, gateway := service.Property("NetworkLoadBalancerArns"), service.Property("GatewayLoadBalancerArns")
	switch {
	case isMissing(network) && isMissing(gateway):
		v.add(rules.ServiceLoadBalancer, []Evidence{evidence(service)}, "the endpoint service has no load balancer")
	case hasItem(network) && hasItem(gateway):
		v.add(rules.ServiceLoadBalancer, []Evidence{evidence(service, "GatewayLoadBalancerArns"), evidence(service, "NetworkLoadBalancerArns")},
			"the endpoint service has Network and Gateway Load Balancers")
	}
	v.serviceLoadBalancerTypes(service, "NetworkLoadBalancerArns", "network")
	v.serviceLoadBalancerTypes(service, "GatewayLoadBalancerArns", "gateway")
	for i, arn := range items(service, "NetworkLoadBalancerArns") {
		balancer := refersTo(arn, cfnLoadBalancer)
		if first := v.servicesOf[balancer]; len(first) > 0 && first[0] != service {
			v.add(rules.ServiceOfLoadBalancer, []Evidence{evidence(service, "NetworkLoadBalancerArns", i), evidence(first[0])},
				"the load balancer %s belongs to the endpoint service %s already", displayName(balancer), displayName(first[0]))
		}
	}
}

func (v *review) serviceLoadBalancerTypes(service *assembly.Resource, property, want string) {
	for i, arn := range items(service, property) {
		balancer := refersTo(arn, cfnLoadBalancer)
		if kind := kindOf(balancer); kind != "" && kind != want && v.isSure(balancer) {
			v.add(rules.ServiceLoadBalancer, []Evidence{evidence(service, property, i), evidence(balancer, "Type")},
				"%s names a load balancer of type %s, %s", property, kind, displayName(balancer))
		}
	}
}

// kindOf is the type of a load balancer; empty if it is not known.
func kindOf(balancer *assembly.Resource) string {
	if balancer == nil {
		return ""
	}
	kind := balancer.Property("Type")
	if kind.Kind() == assembly.Absent {
		return "application"
	}
	name, _ := kind.Text()
	return name
}

// nobodyAllowed warns of a service that lists nobody, unless an endpoint of its own account is there to use it.
func (v *review) nobodyAllowed(service *assembly.Resource) {
	if v.strayPermissions || v.changed[service] {
		return
	}
	at := []Evidence{evidence(service)}
	for _, permissions := range v.allowedBy[service] {
		if !isMissing(permissions.Property("AllowedPrincipals")) {
			return
		}
		at = append([]Evidence{evidence(permissions, "AllowedPrincipals")}, at...)
	}
	for _, endpoint := range v.endpointsOf[service] {
		if endpoint.Stack.Account == service.Stack.Account {
			return
		}
	}
	v.add(rules.NobodyAllowed, at, "nobody is allowed to connect to the endpoint service")
}

// crossRegion finds a TCP idle timeout on the load balancers of a service that other Regions reach.
func (v *review) crossRegion(service *assembly.Resource) {
	other := ""
	for _, supported := range items(service, "SupportedRegions") {
		region, _ := supported.Text()
		if region != "" && service.Stack.Region != "" && region != service.Stack.Region {
			other = region
		}
	}
	if other == "" {
		return
	}
	for _, arn := range items(service, "NetworkLoadBalancerArns") {
		for _, listener := range v.listenersOf[refersTo(arn, cfnLoadBalancer)] {
			value, i := keyed(listener, "ListenerAttributes", idleTimeout)
			if seconds, ok := value.Text(); ok && seconds != "350" && v.isSure(listener) {
				v.add(rules.CrossRegionIdleTimeout,
					[]Evidence{evidence(listener, "ListenerAttributes", i, "Value"), evidence(service, "SupportedRegions")},
					"%s is %s, but %s reaches the service", idleTimeout, seconds, other)
			}
		}
	}
}

// permissions reviews who is allowed to connect.
func (v *review) permissions() {
	first := map[*assembly.Resource]*assembly.Resource{}
	for _, r := range v.sure(cfnPermissions) {
		service := refersTo(r.Property("ServiceId"), cfnService)
		v.principals(r, service)
		switch {
		case service == nil:
		case first[service] == nil:
			first[service] = r
		default:
			v.add(rules.PermissionsTwice, []Evidence{evidence(r, "ServiceId"), evidence(first[service], "ServiceId")},
				"two resources list the principals of the endpoint service %s", displayName(service))
		}
	}
}

func (v *review) principals(r, service *assembly.Resource) {
	seen := map[string]int{}
	for i, principal := range items(r, "AllowedPrincipals") {
		arn, ok := principal.Text()
		if !ok {
			continue
		}
		path := []any{"AllowedPrincipals", i}
		if first, twice := seen[arn]; twice {
			v.add(rules.PrincipalTwice, []Evidence{evidence(r, path...), evidence(r, "AllowedPrincipals", first)}, "%s is allowed twice", arn)
			continue
		}
		seen[arn] = i
		if strings.HasSuffix(arn, ".amazonaws.com") && !strings.Contains(arn, ":") {
			continue // a service of AWS may connect too
		}
		v.check(r, path, func(report *rules.Report, property string) {
			rules.CheckPrincipal(report, property, arn)
			rules.CheckPrincipalPartition(report, property, arn, r.Stack.Region)
		})
		if arn == rules.Everyone && service != nil && isBool(service.Property("AcceptanceRequired"), false) {
			v.add(rules.EveryoneNeedsAcceptance, []Evidence{evidence(service, "AcceptanceRequired"), evidence(r, path...)},
				"every AWS account may connect, and no connection needs to be accepted")
		}
	}
}
