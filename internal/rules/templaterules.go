package rules

import "fmt"

// Rules that a consumer's template can break, but the constructs cannot.
var (
	CnameAtApex = Rule{
		ID: "privateapi:cnameAtApex", Severity: Error,
		Summary: "A CNAME record cannot have the name of its hosted zone.",
		AWS:     "InvalidChangeBatch: RRSet of type CNAME with DNS name is not permitted at apex in zone",
		Fix:     "make it an alias record: Type A with an AliasTarget from the endpoint's DnsEntries",
		Source:  route53 + "resource-record-sets-choosing-alias-non-alias.html",
	}
	PrivateDnsTwice = Rule{
		ID: "privateapi:privateDnsTwice", Severity: Error,
		Summary: "At most one endpoint for a service in a VPC has private DNS.",
		AWS:     "InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain in the VPC",
		Fix:     "set PrivateDnsEnabled to false on all but one of them, or use one endpoint",
		Source:  privateLink + "manage-dns-names.html",
	}
	EndpointQuota = Rule{
		ID: "privateapi:endpointQuota", Severity: Warning,
		Summary: fmt.Sprintf("By default, a VPC can have %d interface endpoints, including those for AWS services.", MaxEndpointsPerVpc),
		AWS:     "VpcEndpointLimitExceeded",
		Fix:     "request a higher quota of interface endpoints per VPC first, or publish several APIs behind one endpoint service",
		Source:  privateLink + "vpc-limits-endpoints.html",
	}
)

// Rules that the template of an endpoint service can break.
var (
	NobodyAllowed = Rule{
		ID: "privateapi:nobodyAllowed", Severity: Warning,
		Summary: "A service without permissions is available only to its own account.",
		AWS:     "InvalidServiceName: The Vpc Endpoint Service does not exist, for every consumer in another account",
		Fix:     "add an AWS::EC2::VPCEndpointServicePermissions with the accounts that may connect",
		Source:  privateLink + "configure-endpoint-service.html",
	}
	PermissionsTwice = Rule{
		ID: "privateapi:permissionsTwice", Severity: Error,
		Summary: "One resource lists all principals that a service allows.",
		AWS:     "treats each list as complete: it rejects the second, or revokes principals that only the first one lists",
		Fix:     "list the principals of both in one AWS::EC2::VPCEndpointServicePermissions",
		Source:  cfnEc2 + "aws-resource-ec2-vpcendpointservicepermissions.html",
	}
	ServiceLoadBalancer = Rule{
		ID: "privateapi:serviceLoadBalancer", Severity: Error,
		Summary: "An endpoint service uses either Network Load Balancers or Gateway Load Balancers.",
		AWS:     "InvalidParameter: exactly one of network_load_balancer_arn or gateway_load_balancer_arn is a required member",
		Fix:     "list an NLB in NetworkLoadBalancerArns, and forward from it to the ALB with a target group of type alb",
		Source:  privateLink + "create-endpoint-service.html",
	}
)

// Rules that the template of load balancers can break.
var (
	NlbSecurityGroup = Rule{
		ID: "privateapi:nlbSecurityGroup", Severity: Warning,
		Summary: "The NLB of an endpoint service is created with a security group: it cannot get one later.",
		AWS:     "allows all traffic that is routed to the NLB, and the ALB's rules cannot reference a security group of the NLB",
		Fix: "add a second endpoint service, whose NLB has SecurityGroups, and EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic set to " +
			"off; move the consumers to it, and delete this one",
		Source: networkLB + "load-balancer-security-groups.html",
	}
	OpenIngress = Rule{
		ID: "privateapi:openIngress", Severity: Warning,
		Summary: "No security group of a private API allows inbound traffic from every address.",
		AWS:     "allows all traffic that is routed to it, bypassing the endpoint and its permissions",
		Fix:     "use the security group of the previous hop as the source",
		Source:  vpcGuide + "security-group-rules.html",
	}
	AlbTarget = Rule{
		ID: "privateapi:albTarget", Severity: Error,
		Summary: "A target group of type alb has one target, an Application Load Balancer.",
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
)

// Template returns the rules that templates can break, but the constructs cannot, in the order of a request's path.
func Template() []Rule {
	return []Rule{
		CnameAtApex, PrivateDnsTwice, EndpointQuota,
		TxtRecord, ContractTerms, ParameterTier, NobodyAllowed, PermissionsTwice, ServiceLoadBalancer,
		NlbSecurityGroup, OpenIngress, WebAclPrivateLink, WebAclSource, PublicIngress, PublicWebAcl, AlbTarget, AlbTargetDependency,
		RouteTargets, RouteBack, GroupReferenceOut,
		TransitOption, TransitDefaultTable, TransitAcceptance, TransitAttachmentType, TransitAttachmentZone, TransitAssociation,
		LatticeParts, LatticeName, LatticeOpenAssociation, LatticeTargetGroupService, LatticeEndpoint, LatticeAnyCaller, LatticeCallerPolicy, LatticeFunctionPermission,
	}
}

// templateFixes has the fixes of rules whose own fix names properties of the constructs.
var templateFixes = map[string]string{
	ParentZone.ID: "use the full name of the API for the hosted zone and its record",
	DnsModes.ID:   "set PrivateDnsEnabled to false on the endpoint, or remove the hosted zone",
	PrivateDnsMissing.ID: "set PrivateDnsName on the endpoint service, or set PrivateDnsEnabled to false and give the VPC a private hosted " +
		"zone",
	PrivateDnsAcceptance.ID:    "set PrivateDnsEnabled to false until the connection is accepted, or AcceptanceRequired to false on the service",
	HostedZoneTwice.ID:         "keep one of the two zones, with the records of both",
	ProfileTwice.ID:            "keep one of the two associations, and associate the hosted zones of both with its profile",
	HostedZoneVpc.ID:           "define the zone in the account of the VPC, or use a Route 53 Profile",
	VpcDns.ID:                  "set EnableDnsHostnames and EnableDnsSupport to true on the VPC",
	ServiceRegion.ID:           "set ServiceRegion to the Region in the service name, and list the endpoint's Region in SupportedRegions of the service",
	EndpointPolicy.ID:          "remove PolicyDocument; the endpoint's security group controls who may call",
	SomebodyAllowed.ID:         NobodyAllowed.Fix,
	PrincipalForm.ID:           "use arn:aws:iam::<account>:root, …:role/<name>, …:user/<name>, <service>.amazonaws.com or *",
	ConsumerAllowed.ID:         "add arn:aws:iam::<account>:root of the consumer to AllowedPrincipals of the service's permissions",
	EveryoneNeedsAcceptance.ID: "set AcceptanceRequired to true on the service, or list accounts instead of *",
	CrossRegionIdleTimeout.ID:  "remove tcp.idle_timeout.seconds from the listener, or SupportedRegions from the service",
	NetworkListenerTCP.ID:      "set Protocol to TCP on the NLB's listener and target group, and put the certificates on the ALB's listener",
	NetworkSecurityGroup.ID: "set EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic to off, or allow the consumers' CIDR blocks on the " +
		"listener's port",
	ConsumerCIDR.ID:          "allow the consumers' IPv4 blocks, or set IpAddressType of the NLB to dualstack",
	ConsumerCIDRVersions.ID:  "allow blocks of both versions, or remove one from SupportedIpAddressTypes of the service",
	ClientVpc.ID:             "give the client's VPC an endpoint of its own, or connect the two VPCs",
	LoadBalancerZones.ID:     "select subnets of the NLB in the zones of the ALB, or set load_balancing.cross_zone.enabled to true on the NLB",
	TargetGroupAttributes.ID: "remove TargetGroupAttributes",
	OnePort.ID:               "set the target's port to the port of the ALB's listener",
	IdleTimeout.ID:           fmt.Sprintf("use %v for tcp.idle_timeout.seconds, or remove it for 350", IdleTimeouts),
	AlbIdleTimeout.ID:        fmt.Sprintf("use %v for idle_timeout.timeout_seconds, or remove it for %d", AlbIdleTimeouts, DefaultAlbIdleTimeout),
	IdleTimeoutOrder.ID:      "use an idle_timeout.timeout_seconds of the ALB that is at most tcp.idle_timeout.seconds of the NLB's listener",
	LoadBalancerVpc.ID:       "use one VPC for the subnets of both load balancers and the VpcId of the target group",
	CertificateRequired.ID:   "set Certificates on the listener",
	CertificateNames.ID:      "add the name to SubjectAlternativeNames of a certificate, or a certificate for it to the listener",
	AlbTargetQuota.ID:        "use an NLB that already forwards to the ALB, or another ALB",
	TargetZone.ID:            "set AvailabilityZone of the target to all",
	SubnetIPv6.ID:            "set Ipv6CidrBlock on the subnet, or IpAddressType to ipv4",
	TargetVpc.ID:             "place the targets in the VPC of the target group",
	CertificateQuota.ID:      "use certificates of several names, or request a higher quota first",
	AccessLogsPrefix.ID:      "remove AWSLogs from the attribute",
	RouteCondition.ID:        "write paths like /v1/* and hosts like api.company.com; split a rule with more than five values",
	RouteConditionValues.ID:  "split the rule, or use a wildcard",
	TargetGroupQuota.ID:      "use another ALB for some of the rules",
	WeightedForward.ID:       "list each target group once, at most five, with weights from 0 to 999",
	RouteAction.ID:           "use a fixed response with a status 2XX, 4XX or 5XX, or a redirect",
	JwtValidation.ID:         "set Issuer, and JwksEndpoint with a URL such as https://id.company.com/.well-known/jwks.json",
	EndpointSecurityGroup.ID: "use security groups of the endpoint's VPC",
	HostedZoneAccount.ID:     "define the record in a stack of the zone's account, with the DNS name of the endpoint",
	ListenerRequired.ID:      "add a listener to the NLB",
	ListenerPort.ID:          "use another port, or forward to the targets of both from one listener",
	ListenerTLS.ID:           "set Protocol to TLS, or remove what only TLS has",
	NetworkTarget.ID:         "set TargetType to alb, and Protocol to TCP",
	ClientIPPreservation.ID:  "set proxy_protocol_v2.enabled to know the address and the endpoint of the caller, and remove preserve_client_ip.enabled",
	LatticeCertificate.ID:    "set CertificateArn to an ACM certificate with a 2048-bit RSA key for the CustomDomainName",
	LatticePassthrough.ID: "set CustomDomainName on the service, forward the default action to a target group of protocol TCP, define no rules, and " +
		"allow anonymous callers by vpc-lattice-svcs:SourceVpc or vpc-lattice-svcs:SourceVpcOwnerAccount",
	LatticeIdleTimeout.ID:     fmt.Sprintf("use %v for IdleTimeoutSeconds, or remove it for %d", LatticeIdleTimeouts, DefaultLatticeIdleTimeout),
	LatticeConnections.ID:     fmt.Sprintf("use an idle_timeout.timeout_seconds of at most %d, or keep this API on PrivateLink", LatticeConnectionTime),
	LatticeRoute.ID:           "set one of Exact and Prefix, without wildcards, or forward to an ALB, which has more conditions",
	LatticeTarget.ID:          "give each kind of target a target group of its own",
	LatticeAlbTarget.ID:       "use an internal ALB, with the CertificateArn of the service on its HTTPS listener",
	LatticePortName.ID:        "set Name on a port mapping of the task definition, and PortName to the same",
	LatticeAuth.ID:            "set AuthType to AWS_IAM and add an AWS::VpcLattice::AuthPolicy, or neither",
	LatticeCallers.ID:         "allow vpc-lattice-svcs:Invoke to the callers in an AWS::VpcLattice::AuthPolicy",
	LatticePrincipal.ID:       "name roles, users or accounts; allow unsigned callers by a condition on vpc-lattice-svcs:SourceVpc",
	LatticeShare.ID:           "list account IDs, or ARNs of organizations and organizational units",
	LatticeConsumerShared.ID:  "add the account of the consumer to Principals of the AWS::RAM::ResourceShare",
	LatticeServiceNetwork.ID:  "keep one AWS::VpcLattice::ServiceNetworkVpcAssociation for the VPC, and associate the services of both with its service network",
	LatticeAssociation.ID:     "set SecurityGroupIds, with one to five security groups",
	LatticeConsumerAllowed.ID: "allow the VPC, the account or the roles of the consumer in the AWS::VpcLattice::AuthPolicy",
	PeeringSelf.ID:            "remove the connection: within a VPC, packets are routed already",
	TransitTwice.ID:           "keep one attachment, with a subnet in each zone of both",
	TransitPublicSubnet.ID:    "use a subnet of its own in each zone, such as a /28, with a route table that has no route to an internet gateway",
	RouteOwner.ID:             "keep one of the two routes, or give one a more specific block",
	RoutedReferences.ID:       "use CidrIp with the blocks of the other VPC",
	GRPCListener.ID:           "use an HTTPS listener, or another ProtocolVersion of the target group",
}

// TemplateFix returns the fix of a rule in terms of CloudFormation's properties.
func TemplateFix(rule Rule) string {
	if fix := templateFixes[rule.ID]; fix != "" {
		return fix
	}
	return rule.Fix
}
