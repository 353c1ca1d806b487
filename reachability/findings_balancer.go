package reachability

import (
	"regexp"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

const (
	idleTimeout         = "tcp.idle_timeout.seconds"
	deregistrationDelay = "deregistration_delay.timeout_seconds"
	enforcement         = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"
)

// loadBalancers reviews load balancers: their Availability Zones, and what holds back PrivateLink.
func (v *review) loadBalancers() {
	for _, balancer := range v.sure(cfnLoadBalancer) {
		property, subnets := subnetsOfBalancer(balancer)
		v.subnetPerZone(balancer, property, subnets)
		if kindOf(balancer) == "application" {
			v.twoZones(balancer, property, subnets)
		}
		if kindOf(balancer) == "network" && len(v.servicesOf[balancer]) > 0 {
			v.networkSecurityGroup(balancer)
		}
	}
}

// subnetsOfBalancer returns the subnets of a load balancer, and the property that has them.
func subnetsOfBalancer(balancer *assembly.Resource) (property string, subnets []assembly.Value) {
	if balancer.Property("SubnetMappings").Kind() == assembly.Absent {
		return "Subnets", items(balancer, "Subnets")
	}
	for _, mapping := range items(balancer, "SubnetMappings") {
		subnets = append(subnets, mapping.Field("SubnetId"))
	}
	return "SubnetMappings", subnets
}

// ordinaryZone is the name or the ID of an Availability Zone. In a Local Zone, one subnet is enough.
var ordinaryZone = regexp.MustCompile(`^[a-z]{2,}(-[a-z]+)+-\d+[a-z]$|^[a-z]+\d+-az\d+$`)

// twoZones finds an ALB with a single subnet, if that is known to be of an ordinary Availability Zone.
func (v *review) twoZones(balancer *assembly.Resource, property string, subnets []assembly.Value) {
	if len(subnets) != 1 {
		return
	}
	subnet := refersTo(subnets[0], cfnSubnet)
	if subnet == nil || subnet.Property("OutpostArn").Kind() != assembly.Absent {
		return
	}
	zone := zoneOfSubnet(subnet)
	_, _, of, _ := zone.Part()
	if zone.Kind() != assembly.Absent && !ordinaryZone.MatchString(textOf(zone)) && !isZoneList(of) {
		return
	}
	v.add(rules.TwoZones, []Evidence{evidence(balancer, property), evidence(subnet)}, "the ALB has one subnet, %s", displayName(subnet))
}

// networkSecurityGroup reviews the security groups of an NLB that consumers reach over PrivateLink.
func (v *review) networkSecurityGroup(balancer *assembly.Resource) {
	groups := balancer.Property("SecurityGroups")
	if isMissing(groups) {
		v.add(rules.NlbSecurityGroup, []Evidence{evidence(balancer, "SecurityGroups"), evidence(v.servicesOf[balancer][0])},
			"the NLB of an endpoint service has no security group")
		return
	}
	mode := balancer.Property(enforcement)
	if value, ok := mode.Text(); mode.Kind() != assembly.Absent && (!ok || value != "on") || v.strayIngress {
		return
	}
	at := []Evidence{evidence(balancer, enforcement)}
	for _, value := range items(balancer, "SecurityGroups") {
		group := refersTo(value, cfnGroup)
		if group == nil || v.changed[group] || slices.ContainsFunc(v.ingressOf[group], canNameAddresses) {
			return
		}
		at = append(at, evidence(group))
	}
	v.add(rules.NetworkSecurityGroup, at, "inbound rules are enforced on PrivateLink traffic, and none names a CIDR block")
}

// canNameAddresses reports whether an ingress rule has a CIDR block or a prefix list, or may have.
func canNameAddresses(rule ingressEntry) bool {
	entry := rule.r.Property(rule.path...)
	if entry.Kind() != assembly.Map {
		return true
	}
	return slices.ContainsFunc([]string{"CidrIp", "CidrIpv6", "SourcePrefixListId"}, func(property string) bool {
		return entry.Field(property).Kind() != assembly.Absent
	})
}

// listeners reviews listeners: ports, certificates, attributes, and what they forward to.
func (v *review) listeners() {
	for _, listener := range v.sure(cfnListener) {
		v.checkNumber(listener, []any{"Port"}, rules.CheckPort)
		if _, i := keyed(listener, "ListenerAttributes", idleTimeout); i >= 0 {
			v.checkNumber(listener, []any{"ListenerAttributes", i, "Value"}, rules.CheckIdleTimeout)
		}
		protocol := text(listener, "Protocol")
		if protocol == "HTTPS" && isMissing(listener.Property("Certificates")) {
			v.add(rules.CertificateRequired, []Evidence{evidence(listener, "Certificates")}, "the HTTPS listener has no certificate")
		}
		for _, to := range forwardsOf(listener, "DefaultActions") {
			group := refersTo(to.to, cfnTargetGroup)
			if v.isSure(group) && text(group, "TargetType") == "alb" && protocol != "" && protocol != "TCP" {
				v.add(rules.NetworkListenerTCP,
					[]Evidence{evidence(listener, "Protocol"), evidence(listener, to.path...), evidence(group, "TargetType")},
					"the listener is %s, but forwards to a target group of type alb", protocol)
			}
		}
	}
}

// targetGroups reviews target groups: their values, and for type alb all that an ALB as target demands.
func (v *review) targetGroups() {
	behind := map[*assembly.Resource][]*assembly.Resource{}
	for _, group := range v.sure(cfnTargetGroup) {
		v.checkNumber(group, []any{"Port"}, rules.CheckPort)
		for i := range items(group, "Targets") {
			v.checkNumber(group, []any{"Targets", i, "Port"}, rules.CheckPort)
		}
		for _, check := range healthCheckNumbers {
			v.checkNumber(group, []any{check.property}, func(report *rules.Report, property string, value float64) {
				rules.CheckHealthCheckNumber(report, property, value, check.low, check.high)
			})
		}
		switch kind := group.Property("TargetType"); {
		case textOf(kind) == "alb":
			v.albTargetGroup(group, behind)
		case kind.Kind() != assembly.Unknown:
			if _, i := keyed(group, "TargetGroupAttributes", deregistrationDelay); i >= 0 {
				v.checkNumber(group, []any{"TargetGroupAttributes", i, "Value"}, rules.CheckDeregistrationDelay)
			}
		}
	}
}

// healthCheckNumbers are the numbers of a health check with what AWS takes.
var healthCheckNumbers = []struct {
	property  string
	low, high float64
}{
	{"HealthCheckIntervalSeconds", rules.HealthCheckIntervals.Low, rules.HealthCheckIntervals.High},
	{"HealthCheckTimeoutSeconds", rules.HealthCheckTimeouts.Low, rules.HealthCheckTimeouts.High},
	{"HealthyThresholdCount", rules.HealthCheckThresholds.Low, rules.HealthCheckThresholds.High},
	{"UnhealthyThresholdCount", rules.HealthCheckThresholds.Low, rules.HealthCheckThresholds.High},
}

// webACLs reviews web ACLs that are associated with an ALB of the templates.
func (v *review) webACLs() {
	for _, r := range v.sure("AWS::WAFv2::WebACLAssociation") {
		if kindOf(refersTo(r.Property("ResourceArn"), cfnLoadBalancer)) == "application" {
			v.checkText(r, []any{"WebACLArn"}, func(report *rules.Report, property, arn string) {
				rules.CheckWebACL(report, property, arn, r.Stack.Region)
			})
		}
	}
}
