package reachability

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// endpointQuota is how many interface endpoints a VPC has at most.
const endpointQuota = rules.MaxEndpointsPerVpc

// endpoints reviews endpoints: what each says, and what they say together.
func (v *review) endpoints() {
	counted := map[vpcKey]int{}
	private := map[string][]*assembly.Resource{}
	for _, endpoint := range v.sure(cfnEndpoint) {
		v.serviceName(endpoint)
		v.endpointPolicy(endpoint)
		v.privateDns(endpoint)
		v.addressType(endpoint)
		v.subnetPerZone(endpoint, "SubnetIds", items(endpoint, "SubnetIds"))
		v.privateDnsTwice(endpoint, private)
		kind := text(endpoint, "VpcEndpointType")
		vpc := keyOfVpc(endpoint.Property("VpcId"))
		if kind != "Interface" && kind != "GatewayLoadBalancer" || vpc == (vpcKey{}) {
			continue
		}
		if counted[vpc]++; counted[vpc] == endpointQuota+1 {
			v.add(rules.EndpointQuota, []Evidence{evidence(endpoint, "VpcId")}, "the VPC has more than %d endpoints", endpointQuota)
		}
	}
}

// privateDnsTwice compares an endpoint with the others of its service and VPC, which have been reviewed before.
func (v *review) privateDnsTwice(endpoint *assembly.Resource, private map[string][]*assembly.Resource) {
	name, vpc := endpoint.Property("ServiceName"), vpcIn(endpoint.Property("VpcId"))
	if !isBool(endpoint.Property("PrivateDnsEnabled"), true) || name.Kind() == assembly.Absent {
		return
	}
	key := name.String() + " " + vpc.String()
	for _, first := range private[key] {
		if assembly.Same(first.Property("ServiceName"), name) == assembly.Yes && assembly.Same(vpcIn(first.Property("VpcId")), vpc) == assembly.Yes {
			v.add(rules.PrivateDnsTwice, []Evidence{evidence(endpoint, "PrivateDnsEnabled"), evidence(first, "PrivateDnsEnabled")},
				"two endpoints to %s have private DNS in one VPC", name)
			return
		}
	}
	if len(private[key]) < 4 { // of names that read the same and are not known to be, a few are enough
		private[key] = append(private[key], endpoint)
	}
}

// addressType finds an endpoint with IPv6 addresses to a service that has none.
func (v *review) addressType(endpoint *assembly.Resource) {
	service := partOf(endpoint.Property("ServiceName"), cfnService)
	if service == nil || !v.isSure(service) {
		return
	}
	if s, wrong := unsupportedType(endpoint, service); wrong {
		v.addWithFix(rules.IPAddressType, s.fix, s.evidence, "%s", s.message)
	}
}

// unsupportedType finds an endpoint with addresses of a type that its service does not support.
func unsupportedType(endpoint, service *assembly.Resource) (step, bool) {
	own := endpoint.Property("IpAddressType")
	kind, ok := own.Text()
	if own.Kind() == assembly.Absent {
		kind, ok = "ipv4", true
	}
	supported := service.Property("SupportedIpAddressTypes")
	if !ok || supported.Kind() != assembly.List && supported.Kind() != assembly.Absent {
		return step{}, false
	}
	var names []string
	for _, v := range items(service, "SupportedIpAddressTypes") {
		name, ok := v.Text()
		if !ok {
			return step{}, false
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		names = []string{"ipv4"}
	}
	need := []string{kind}
	if kind == "dualstack" {
		need = []string{"ipv4", "ipv6"}
	}
	for _, name := range need {
		if !slices.Contains(names, name) {
			only := strings.Join(names, " and ")
			return blocks(fmt.Sprintf("the endpoint is %s, and the service supports %s alone", kind, only),
				fmt.Sprintf("set IpAddressType of the endpoint to %s, or let SupportedIpAddressTypes of the service have %s", only, name)).
				breaks(rules.IPAddressType.ID).at(endpoint, "IpAddressType").at(service, "SupportedIpAddressTypes"), true
		}
	}
	return step{}, false
}

// serviceName reviews the name of the service and its Region.
func (v *review) serviceName(endpoint *assembly.Resource) {
	name, isText := endpoint.Property("ServiceName").Text()
	region, _ := rules.ParseServiceName(name)
	at := []Evidence{evidence(endpoint, "ServiceName")}
	service := partOf(endpoint.Property("ServiceName"), cfnService)
	switch {
	case isText:
		if region == "" && claimsToBeAws(name) {
			v.checkText(endpoint, []any{"ServiceName"}, rules.CheckServiceName)
		}
	case service != nil:
		region = service.Stack.Region
		at = append(at, evidence(service))
	}
	if region == "" {
		return
	}
	given := endpoint.Property("ServiceRegion")
	of, isGiven := given.Text()
	from := endpoint.Stack.Region
	switch {
	case isGiven && of != region:
		v.addWithFix(rules.ServiceRegion, "set ServiceRegion to "+region, append([]Evidence{evidence(endpoint, "ServiceRegion")}, at...),
			"ServiceRegion is %s, but the service is in %s", of, region)
	case given.Kind() == assembly.Absent && from != "" && from != region:
		v.add(rules.ServiceRegion, at, "the service is in %s and the endpoint in %s, and ServiceRegion is not given", region, from)
	case isGiven && from != "" && from != region && service != nil:
		v.supportedRegion(endpoint, service, from)
	}
}

// claimsToBeAws reports whether a service name has a form that only AWS gives out.
func claimsToBeAws(name string) bool {
	return strings.Contains(name, "vpce") || strings.HasPrefix(name, "com.amazonaws") || strings.HasPrefix(name, "cn.com.amazonaws")
}

// supportedRegion finds an endpoint in a Region that its service does not support.
func (v *review) supportedRegion(endpoint, service *assembly.Resource, from string) {
	supported := service.Property("SupportedRegions")
	list, ok := supported.Items()
	if !ok && supported.Kind() != assembly.Absent || v.changed[service] {
		return
	}
	for _, item := range list {
		if region, known := item.Text(); !known || region == from {
			return
		}
	}
	v.addWithFix(rules.ServiceRegion, "add "+from+" to SupportedRegions of the service",
		[]Evidence{evidence(service, "SupportedRegions"), evidence(endpoint, "ServiceName")}, "the service does not support %s, where the endpoint is", from)
}

func (v *review) endpointPolicy(endpoint *assembly.Resource) {
	policy := endpoint.Property("PolicyDocument")
	if policy.Kind() != assembly.Map || isFullAccess(policy) {
		return
	}
	name, _ := endpoint.Property("ServiceName").Text()
	_, kind := rules.ParseServiceName(name)
	if kind == rules.EndpointService || kind == rules.AwsService && !rules.TakesEndpointPolicy(name) ||
		partOf(endpoint.Property("ServiceName"), cfnService) != nil {
		v.add(rules.EndpointPolicy, []Evidence{evidence(endpoint, "PolicyDocument"), evidence(endpoint, "ServiceName")},
			"the endpoint has a policy, which its service does not take")
	}
}

// isFullAccess reports whether a policy is the one that every service takes, or may be it.
func isFullAccess(policy assembly.Value) bool {
	statement := policy.Field("Statement")
	if list, ok := statement.Items(); ok {
		if len(list) != 1 {
			return false
		}
		statement = list[0]
	}
	if statement.Kind() != assembly.Map {
		return true
	}
	principal := statement.Field("Principal")
	if principal.Kind() == assembly.Map {
		principal = principal.Field("AWS")
	}
	for _, field := range []assembly.Value{principal, statement.Field("Action"), statement.Field("Resource")} {
		if list, ok := field.Items(); ok && len(list) == 1 {
			field = list[0]
		}
		if is, known := field.Text(); known && is != "*" || !known && field.Kind() != assembly.Unknown {
			return false
		}
	}
	return statement.Field("Condition").Kind() == assembly.Absent && textOf(statement.Field("Effect")) != "Deny"
}

func textOf(v assembly.Value) string {
	s, _ := v.Text()
	return s
}

// privateDns reviews private DNS on an endpoint to a service of the templates.
func (v *review) privateDns(endpoint *assembly.Resource) {
	service := partOf(endpoint.Property("ServiceName"), cfnService)
	if !isBool(endpoint.Property("PrivateDnsEnabled"), true) || !v.isSure(service) {
		return
	}
	at := []Evidence{evidence(endpoint, "PrivateDnsEnabled")}
	name := service.Property("PrivateDnsName")
	if name.Kind() == assembly.Absent && !v.changed[service] {
		v.add(rules.PrivateDnsMissing, append(at, evidence(service)), "PrivateDnsEnabled is true, but the service has no PrivateDnsName")
	}
	if isBool(service.Property("AcceptanceRequired"), true) {
		v.add(rules.PrivateDnsAcceptance, append(at, evidence(service, "AcceptanceRequired")),
			"PrivateDnsEnabled is true, but a connection waits until it is accepted")
	}
	if zone := v.zoneIn[zoneKey{strings.TrimPrefix(zoneName(name), "*."), keyOfVpc(endpoint.Property("VpcId"))}]; zone != nil {
		v.add(rules.DnsModes, append(at, evidence(zone, "Name")), "the VPC has both the private DNS name %s of the service and a hosted zone of it", name)
	}
}

// subnetPerZone finds two subnets of one Availability Zone. Zones are the same if their names are, or if they are the
// same item of Fn::GetAZs.
func (v *review) subnetPerZone(r *assembly.Resource, property string, subnets []assembly.Value) {
	seen := map[string]int{}
	for i, value := range subnets {
		subnet := refersTo(value, cfnSubnet)
		if !v.isSure(subnet) {
			continue
		}
		zone := zoneOfSubnet(subnet)
		first, found := seen[zone.String()]
		if !found {
			seen[zone.String()] = i
			continue
		}
		other := refersTo(subnets[first], cfnSubnet)
		if zone.Kind() != assembly.Absent && other != subnet && assembly.Equal(zoneOfSubnet(other), zone) == assembly.Yes {
			v.add(rules.SubnetPerZone, []Evidence{evidence(r, property, i), evidence(subnet, zoneProperty(subnet)), evidence(other, zoneProperty(other))},
				"the subnets %s and %s are in one Availability Zone, %s", displayName(other), displayName(subnet), zoneText(zone))
		}
	}
}

func zoneProperty(subnet *assembly.Resource) string {
	if subnet.Property("AvailabilityZone").Kind() == assembly.Absent {
		return "AvailabilityZoneId"
	}
	return "AvailabilityZone"
}

func zoneOfSubnet(subnet *assembly.Resource) assembly.Value {
	return subnet.Property(zoneProperty(subnet))
}

// zoneText is an Availability Zone as people read it.
func zoneText(zone assembly.Value) string {
	if _, i, of, ok := zone.Part(); ok && isZoneList(of) {
		return "item " + strconv.Itoa(i) + " of Fn::GetAZs"
	}
	return zone.String()
}

// isZoneList reports whether a value is what Fn::GetAZs returns.
func isZoneList(v assembly.Value) bool { return strings.HasPrefix(v.Why(), "Fn::GetAZs") }
