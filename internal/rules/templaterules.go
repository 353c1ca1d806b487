package rules

import (
	"fmt"
	"strings"
)

// What a consumer's template can break, and the constructs leave no way to.
var (
	HostedZoneTwice = Rule{
		ID: "privateapi:hostedZoneTwice", Severity: Error,
		Summary: "A VPC is associated with one private hosted zone of a name.",
		AWS:     "ConflictingDomainExists: the VPC is associated with another zone of that name",
		Fix:     "keep one of the two zones, with the records of both",
		Source:  route53 + "hosted-zone-private-considerations.html",
	}
	CnameAtApex = Rule{
		ID: "privateapi:cnameAtApex", Severity: Error,
		Summary: "A CNAME record cannot have the name of its hosted zone.",
		AWS:     "InvalidChangeBatch: RRSet of type CNAME with DNS name is not permitted at apex in zone",
		Fix:     "make it an alias record: Type A with an AliasTarget from the endpoint's DnsEntries",
		Source:  route53 + "resource-record-sets-choosing-alias-non-alias.html",
	}
	PrivateDnsTwice = Rule{
		ID: "privateapi:privateDnsTwice", Severity: Error,
		Summary: "One endpoint of a service in a VPC has private DNS.",
		AWS:     "InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain in the VPC",
		Fix:     "set PrivateDnsEnabled to false on all of them but one, or use one endpoint",
		Source:  privateLink + "manage-dns-names.html",
	}
	EndpointQuota = Rule{
		ID: "privateapi:endpointQuota", Severity: Warning,
		Summary: fmt.Sprintf("A VPC has %d interface endpoints at most, those of AWS's own services included, unless the quota was raised.", MaxEndpointsPerVpc),
		AWS:     "VpcEndpointLimitExceeded",
		Fix:     "raise the quota of interface endpoints per VPC first, or publish several APIs behind one endpoint service",
		Source:  privateLink + "vpc-limits-endpoints.html",
	}
)

// What a template can break of an endpoint service.
var (
	NobodyAllowed = Rule{
		ID: "privateapi:nobodyAllowed", Severity: Warning,
		Summary: "A service without permissions is there for its own account alone.",
		AWS:     "InvalidServiceName: The Vpc Endpoint Service does not exist, for every consumer in another account",
		Fix:     "add an AWS::EC2::VPCEndpointServicePermissions with the accounts that may connect",
		Source:  privateLink + "configure-endpoint-service.html",
	}
	PermissionsTwice = Rule{
		ID: "privateapi:permissionsTwice", Severity: Error,
		Summary: "One resource lists all principals that a service allows.",
		AWS:     "takes each list for the whole one: it refuses the second, or revokes who is only in the first",
		Fix:     "list the principals of both in one AWS::EC2::VPCEndpointServicePermissions",
		Source:  cfnEc2 + "aws-resource-ec2-vpcendpointservicepermissions.html",
	}
	ServiceLoadBalancer = Rule{
		ID: "privateapi:serviceLoadBalancer", Severity: Error,
		Summary: "An endpoint service stands on Network Load Balancers, or on Gateway Load Balancers, and on nothing else.",
		AWS:     "InvalidParameter: exactly one of network_load_balancer_arn or gateway_load_balancer_arn is a required member",
		Fix:     "name an NLB in NetworkLoadBalancerArns, and let it forward to the ALB by a target group of type alb",
		Source:  privateLink + "create-endpoint-service.html",
	}
	ServiceOfLoadBalancer = Rule{
		ID: "privateapi:serviceOfLoadBalancer", Severity: Error,
		Summary: "A load balancer belongs to one endpoint service.",
		AWS:     "rejects the second service: the load balancer is associated with another one",
		Fix:     "give each service its own NLB, or publish both APIs behind one service",
		Source:  privateLink + "create-endpoint-service.html",
	}
)

// What a template can break of the load balancers.
var (
	NlbSecurityGroup = Rule{
		ID: "privateapi:nlbSecurityGroup", Severity: Warning,
		Summary: "The NLB of an endpoint service is born with a security group: it can never be given one later.",
		AWS:     "lets in whoever can route to the NLB, and the ALB behind it can name no security group as its source",
		Fix: "give the NLB SecurityGroups, with EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic set to off; this replaces an NLB that " +
			"has none",
		Source: networkLB + "load-balancer-security-groups.html",
	}
	InternetFacing = Rule{
		ID: "privateapi:internetFacing", Severity: Warning,
		Summary: "No load balancer of a private API faces the internet.",
		AWS:     "gives the load balancer public addresses and a public name",
		Fix:     "set Scheme to internal; this replaces the load balancer",
		Source:  privateLink + "create-endpoint-service.html",
	}
	OpenIngress = Rule{
		ID: "privateapi:openIngress", Severity: Warning,
		Summary: "No security group of a private API lets in every address.",
		AWS:     "lets in whoever can route to it, around the endpoint and its permissions",
		Fix:     "name the security group of the hop before as the source",
		Source:  vpcGuide + "security-group-rules.html",
	}
	AlbTarget = Rule{
		ID: "privateapi:albTarget", Severity: Error,
		Summary: "A target group of type alb has one target, which is an Application Load Balancer.",
		AWS:     "rejects the target",
		Fix:     "register one ALB, and use one target group for each ALB",
		Source:  albTarget,
	}
	AlbTargetDependency = Rule{
		ID: "privateapi:albTargetDependency", Severity: Error,
		Summary: "A target group that registers an ALB is deployed after the ALB's listener on its port.",
		AWS: "ValidationError: If the target type is ALB, the target must have at least one listener that matches the target group port or " +
			"any specified port overrides",
		Fix:    "add the ALB's listener to DependsOn of the target group",
		Source: albTarget,
	}
	AlbTargetQuota = Rule{
		ID: "privateapi:albTargetQuota", Severity: Error,
		Summary: "An ALB is the target of two NLBs at most.",
		AWS:     "refuses to associate it with a third",
		Fix:     "use an NLB that forwards to the ALB already, or another ALB",
		Source:  albTarget,
	}
	RouteShadowed = Rule{
		ID: "privateapi:routeShadowed", Severity: Warning,
		Summary: "A listener rule takes a request that no rule before it takes.",
		AWS:     "sends every request of the rule to the rule before it",
		Fix:     "give the narrower rule the smaller Priority, or remove it",
		Source:  applicationL + "listener-rules.html",
	}
)

// Template returns the rules that only templates can break, in the order of a request's path: the constructs leave no
// way to.
func Template() []Rule {
	return []Rule{
		HostedZoneTwice, CnameAtApex, PrivateDnsTwice, EndpointQuota,
		NobodyAllowed, PermissionsTwice, ServiceLoadBalancer, ServiceOfLoadBalancer,
		NlbSecurityGroup, InternetFacing, OpenIngress, AlbTarget, AlbTargetDependency, AlbTargetQuota, RouteShadowed,
	}
}

// templateFixes are the fixes of rules whose own speak of the properties of constructs.
var templateFixes = map[string]string{
	ParentZone.ID: "name the hosted zone by the full name of the API, and its record the same",
	DnsModes.ID:   "set PrivateDnsEnabled to false on the endpoint, or remove the hosted zone",
	PrivateDnsMissing.ID: "set PrivateDnsName on the endpoint service, or set PrivateDnsEnabled to false and give the VPC a private hosted " +
		"zone",
	PrivateDnsAcceptance.ID:    "set PrivateDnsEnabled to false until the connection is accepted, or AcceptanceRequired to false on the service",
	HostedZoneVpc.ID:           "define the zone in the account of the VPC, or use a Route 53 Profile",
	VpcDns.ID:                  "set EnableDnsHostnames and EnableDnsSupport to true on the VPC",
	ServiceRegion.ID:           "set ServiceRegion to the Region in the service name, and list the endpoint's Region in SupportedRegions of the service",
	EndpointPolicy.ID:          "remove PolicyDocument; the endpoint's security group says who may call",
	SomebodyAllowed.ID:         NobodyAllowed.Fix,
	PrincipalForm.ID:           "give arn:aws:iam::<account>:root, …:role/<name>, …:user/<name> or *",
	ConsumerAllowed.ID:         "add arn:aws:iam::<account>:root of the consumer to AllowedPrincipals of the service's permissions",
	EveryoneNeedsAcceptance.ID: "set AcceptanceRequired to true on the service, or list accounts instead of *",
	CrossRegionIdleTimeout.ID:  "remove tcp.idle_timeout.seconds from the listener, or SupportedRegions from the service",
	NetworkListenerTCP.ID:      "set Protocol to TCP on the NLB's listener and target group, and put the certificates on the ALB's listener",
	NetworkSecurityGroup.ID: "set EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic to off, or let in the consumers' CIDR blocks on the " +
		"port of the listener",
	TargetGroupAttributes.ID: "remove TargetGroupAttributes",
	OnePort.ID:               "make the port of the target the port of the ALB's listener",
	IdleTimeout.ID:           fmt.Sprintf("give tcp.idle_timeout.seconds %v, or remove it for 350", IdleTimeouts),
	LoadBalancerVpc.ID:       "take the subnets of both load balancers, and VpcId of the target group, from one VPC",
	CertificateRequired.ID:   "give the listener Certificates",
	RouteCondition.ID:        "write paths like /v1/* and hosts like api.company.com; split a rule of more than five values",
}

// TemplateFix is the fix of a rule for who writes templates: in the terms of CloudFormation.
func TemplateFix(rule Rule) string {
	if fix := templateFixes[rule.ID]; fix != "" {
		return fix
	}
	return rule.Fix
}

// CodeMatches reports whether the matcher of a health check, such as "200" or "200-299,404", takes an HTTP code for
// healthy.
func CodeMatches(matcher, code string) bool {
	for span := range strings.SplitSeq(matcher, ",") {
		low, high, isRange := strings.Cut(strings.TrimSpace(span), "-")
		if !isRange {
			high = low
		}
		if len(code) == 3 && low <= code && code <= high {
			return true
		}
	}
	return false
}
