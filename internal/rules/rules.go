// Package rules is the one place that says what AWS accepts of a private API over PrivateLink: each rule with
// what AWS does when it is broken, the fix and the source, and the checks on plain values. It knows neither jsii
// nor awscdk, so that constructs can refuse before synth, and proofs over templates can refuse after it, for the
// same reasons and in the same words.
package rules

// Severity says what a broken rule does to a deployment.
type Severity string

const (
	// Error is a value that AWS refuses, or that opens what must stay closed: construction fails.
	Error Severity = "error"
	// Warning is a value that deploys and often surprises: synth prints it.
	Warning Severity = "warning"
)

// Rule is one thing that AWS, or the safety of the API, demands.
type Rule struct {
	// ID is stable; people acknowledge warnings and search for errors by it.
	ID string
	// Severity says whether it stops construction.
	Severity Severity
	// Summary is the rule in one sentence.
	Summary string
	// AWS is what AWS says or does when the rule is broken.
	AWS string
	// Fix is what to do, where a check has no better advice.
	Fix string
	// Source is where AWS documents it.
	Source string
}

const (
	privateLink  = "https://docs.aws.amazon.com/vpc/latest/privatelink/"
	networkLB    = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/"
	applicationL = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/"
	route53      = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/"
	ec2API       = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/"
	cfnEc2       = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/"
	albTarget    = networkLB + "application-load-balancer-target.html"
)

// The rules, in the order in which a request meets them: client, DNS, endpoint, service, NLB, ALB, routes.
var (
	Required = Rule{
		ID: "privateapi:required", Severity: Error,
		Summary: "What has no sensible default must be given.",
		AWS:     "has nothing to put in its place",
		Fix:     "supply it",
		Source:  "https://docs.aws.amazon.com/cdk/v2/guide/constructs.html",
	}
	Contradiction = Rule{
		ID: "privateapi:contradiction", Severity: Error,
		Summary: "Two properties must not ask for different things.",
		AWS:     "would take one of them and drop the other without a word",
		Fix:     "remove one of the two",
		Source:  "https://docs.aws.amazon.com/cdk/v2/guide/constructs.html",
	}
	KnownValue = Rule{
		ID: "privateapi:knownValue", Severity: Error,
		Summary: "An enum has one of its values.",
		AWS:     "refuses the value",
		Fix:     "use one of the constants of the type",
		Source:  "https://docs.aws.amazon.com/cdk/v2/guide/constructs.html",
	}
	PortRange = Rule{
		ID: "privateapi:portRange", Severity: Error,
		Summary: "A TCP port is a whole number between 1 and 65535.",
		AWS:     "refuses the port",
		Fix:     "give a port between 1 and 65535",
		Source:  cfnEc2 + "aws-resource-elasticloadbalancingv2-listener.html",
	}
	RegionForm = Rule{
		ID: "privateapi:region", Severity: Error,
		Summary: "A Region is named like eu-west-1.",
		AWS:     "refuses the Region",
		Fix:     "give the code of the Region, such as eu-west-1",
		Source:  privateLink + "create-endpoint-service.html",
	}
	CIDR = Rule{
		ID: "privateapi:cidr", Severity: Error,
		Summary: "A CIDR block is an address, a slash and a prefix with no host bits set.",
		AWS:     "refuses the CIDR block",
		Fix:     "write it like 10.0.0.0/16",
		Source:  ec2API + "API_IpRange.html",
	}

	DomainNameForm = Rule{
		ID: "privateapi:domainName", Severity: Error,
		Summary: "A domain name is in lower case, has two labels or more, each of at most 63 characters, and no dot at its end.",
		AWS:     "InvalidDomainName: The specified domain name is not valid",
		Fix:     "write the full name, such as api.pricing.internal.company.com",
		Source:  route53 + "DomainNameFormat.html",
	}
	DomainNameTwice = Rule{
		ID: "privateapi:domainNameTwice", Severity: Error,
		Summary: "A domain name is given once.",
		AWS:     "ConflictingDomainExists: two hosted zones of one name cannot serve one VPC",
		Fix:     "remove the repetition",
		Source:  route53 + "hosted-zone-private-considerations.html",
	}
	ParentZone = Rule{
		ID: "privateapi:parentZone", Severity: Warning,
		Summary: "A private hosted zone hides every name below it in the VPCs that it is associated with.",
		AWS:     "answers NXDOMAIN for all other names in the zone",
		Fix:     "use the full name of the API",
		Source:  route53 + "hosted-zone-private-considerations.html",
	}
	DnsModes = Rule{
		ID: "privateapi:dnsModes", Severity: Error,
		Summary: "A consumer resolves the API by a private hosted zone, by the provider's private DNS name, or by neither; never by two.",
		AWS:     "InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain in the VPC",
		Fix:     "choose one DnsMode",
		Source:  privateLink + "manage-dns-names.html",
	}
	PrivateDnsMissing = Rule{
		ID: "privateapi:privateDnsMissing", Severity: Error,
		Summary: "Private DNS on an endpoint needs a private DNS name on the service.",
		AWS:     "InvalidParameter: the service does not provide a private DNS name",
		Fix:     "set PrivateDnsName on the provider, or ProvidesPrivateDns on the import of one that has it, or use a private hosted zone",
		Source:  privateLink + "manage-dns-names.html",
	}
	PrivateDnsAcceptance = Rule{
		ID: "privateapi:privateDnsAcceptance", Severity: Error,
		Summary: "Private DNS on an endpoint cannot be enabled while the connection waits to be accepted.",
		AWS:     "InvalidParameter: Private DNS can only be enabled after the endpoint connection is accepted by the owner of the service",
		Fix:     "use a private hosted zone, let the provider not require acceptance, or import the service without AcceptanceRequired once the connection is accepted",
		Source:  privateLink + "manage-dns-names.html",
	}
	PrivateDnsUnverified = Rule{
		ID: "privateapi:privateDnsUnverified", Severity: Warning,
		Summary: "Private DNS on an endpoint needs the provider's name to be verified before the endpoint is deployed.",
		AWS:     "InvalidParameter: the service has not verified the private DNS name",
		Fix:     "deploy the provider, publish its TXT record, wait until the name is verified, then deploy the consumer",
		Source:  privateLink + "manage-dns-names.html",
	}
	HostedZoneVpc = Rule{
		ID: "privateapi:hostedZoneVpc", Severity: Error,
		Summary: "CloudFormation associates a private hosted zone with VPCs of its own account, each once.",
		AWS:     "ConflictingDomainExists, or NotAuthorizedException for a VPC of another account",
		Fix:     "define a consumer in that account, or use a Route 53 Profile",
		Source:  route53 + "hosted-zone-private-associate-vpcs-different-accounts.html",
	}
	VpcDns = Rule{
		ID: "privateapi:vpcDns", Severity: Error,
		Summary: "Private names need DNS support and DNS hostnames on the VPC.",
		AWS:     "InvalidParameter: Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true; a private hosted zone is not consulted",
		Fix:     "set EnableDnsHostnames and EnableDnsSupport on the VPC",
		Source:  route53 + "hosted-zone-private-considerations.html",
	}

	ServiceName = Rule{
		ID: "privateapi:serviceName", Severity: Error,
		Summary: "An endpoint service is named com.amazonaws.vpce.<region>.vpce-svc-<id>; nobody can choose the name.",
		AWS:     "InvalidServiceName: The Vpc Endpoint Service does not exist",
		Fix:     "take the name from the provider: com.amazonaws.vpce.<region>.vpce-svc-<id>",
		Source:  privateLink + "create-endpoint-service.html",
	}
	ServiceRegion = Rule{
		ID: "privateapi:serviceRegion", Severity: Error,
		Summary: "The Region of a service is the one in its name, and other Regions reach it only if it supports them.",
		AWS:     "InvalidServiceName: The Vpc Endpoint Service does not exist",
		Fix:     "make ServiceRegion the Region in the service name",
		Source:  privateLink + "create-endpoint-service.html",
	}
	EndpointPolicy = Rule{
		ID: "privateapi:endpointPolicy", Severity: Error,
		Summary: "An endpoint to an endpoint service takes no policy but full access: only AWS's own services evaluate one.",
		AWS:     "InvalidParameter: Service com.amazonaws.vpce.<region>.vpce-svc-<id> only supports the full-access endpoint policy",
		Fix: "remove EndpointPolicy and name the Clients; for identity use mTLS on the provider's ALB, or VPC Lattice; " +
			"ForceEndpointPolicy emits it all the same",
		Source: privateLink + "vpc-endpoints-access.html",
	}
	EndpointPolicyForm = Rule{
		ID: "privateapi:endpointPolicyForm", Severity: Error,
		Summary: "An endpoint policy names principals, actions and resources, in at most 20,480 characters.",
		AWS:     "refuses the policy",
		Fix:     "list at least one of each",
		Source:  privateLink + "vpc-endpoints-access.html",
	}
	EndpointPolicyUnverified = Rule{
		ID: "privateapi:endpointPolicyUnverified", Severity: Warning,
		Summary: "Whether a service takes an endpoint policy is unknown while its name is decided at deploy time.",
		AWS:     "refuses the policy if the service is not its own",
		Fix:     "import the service with PrivateApiService_FromAwsService, or remove EndpointPolicy",
		Source:  privateLink + "vpc-endpoints-access.html",
	}
	EndpointPolicyForced = Rule{
		ID: "privateapi:endpointPolicyForced", Severity: Warning,
		Summary: "A policy is emitted on an endpoint whose service does not evaluate one.",
		AWS:     "refuses it as of November 2026: Service only supports the full-access endpoint policy",
		Fix:     "remove ForceEndpointPolicy and EndpointPolicy",
		Source:  privateLink + "vpc-endpoints-access.html",
	}
	EndpointID = Rule{
		ID: "privateapi:endpointId", Severity: Error,
		Summary: "An endpoint has an ID like vpce-0123456789abcdef0.",
		AWS:     "InvalidVpcEndpointId.Malformed: the ID is not valid",
		Fix:     "give the ID that VpcEndpointId returns where the endpoint is defined",
		Source:  ec2API + "API_DescribeVpcEndpoints.html",
	}
	CrossStage = Rule{
		ID: "privateapi:crossStage", Severity: Error,
		Summary: "A provider that a consumer names is in the same stage of the app.",
		AWS:     "is not asked: CDK lets nothing depend across stages",
		Fix:     "hand over the name: PrivateApiService_FromAttributes",
		Source:  "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.Stage.html",
	}
	ClientConnections = Rule{
		ID: "privateapi:clientConnections", Severity: Error,
		Summary: "A client has a security group: the endpoint lets in nobody else.",
		AWS:     "drops the calls of who has none",
		Fix:     "place the client in the VPC, or name its security group",
		Source:  privateLink + "create-interface-endpoint.html",
	}
	SubnetSelection = Rule{
		ID: "privateapi:subnetSelection", Severity: Error,
		Summary: "A selection of subnets selects subnets that the VPC has.",
		AWS:     "has no subnet in which to place it",
		Fix:     "select subnets that the VPC has",
		Source:  "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.SubnetSelection.html",
	}
	SubnetPerZone = Rule{
		ID: "privateapi:subnetPerZone", Severity: Error,
		Summary: "A load balancer and an endpoint take one subnet of each Availability Zone.",
		AWS:     "DuplicateSubnetsInSameZone for an endpoint; a load balancer cannot be attached to multiple subnets in the same Availability Zone",
		Fix:     "select one subnet of each Availability Zone",
		Source:  privateLink + "create-interface-endpoint.html",
	}
	ZoneOfService = Rule{
		ID: "privateapi:zoneOfService", Severity: Error,
		Summary: "An endpoint stands only in Availability Zones in which the service is.",
		AWS:     "InvalidParameter: The VPC endpoint service does not support the availability zone of the subnet",
		Fix:     "select subnets in the provider's Availability Zones",
		Source:  privateLink + "create-interface-endpoint.html",
	}
	AvailabilityZoneID = Rule{
		ID: "privateapi:availabilityZoneId", Severity: Error,
		Summary: "Accounts agree on Availability Zone IDs such as euw1-az1, not on names such as eu-west-1a.",
		AWS:     "InvalidParameter: The VPC endpoint service does not support the availability zone of the subnet",
		Fix:     "give IDs: aws ec2 describe-availability-zones shows both",
		Source:  "https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html",
	}
	IPAddressType = Rule{
		ID: "privateapi:ipAddressType", Severity: Error,
		Summary: "An endpoint uses only IP address types that the service supports.",
		AWS:     "refuses the endpoint",
		Fix:     "use ipv4, or let the provider support ipv6",
		Source:  privateLink + "create-endpoint-service.html",
	}

	SomebodyAllowed = Rule{
		ID: "privateapi:somebodyAllowed", Severity: Error,
		Summary: "A service that allows nobody is not available to any other account.",
		AWS:     "InvalidServiceName: The Vpc Endpoint Service does not exist, for every consumer in another account",
		Fix:     "name AllowedPrincipals, call AllowPrincipal, or set AllowNoPrincipals for a service of this account alone",
		Source:  privateLink + "configure-endpoint-service.html",
	}
	PrincipalForm = Rule{
		ID: "privateapi:principal", Severity: Error,
		Summary: "Allowed to connect can be an account root, a role or user without a path, or *.",
		AWS:     "InvalidPrincipal: Invalid Principal",
		Fix:     "give an account ID of 12 digits, arn:aws:iam::<account>:root, …:role/<name>, …:user/<name> or *",
		Source:  ec2API + "API_ModifyVpcEndpointServicePermissions.html",
	}
	ConsumerAllowed = Rule{
		ID: "privateapi:consumerAllowed", Severity: Error,
		Summary: "The account of a consumer in the same app is among the provider's principals.",
		AWS:     "InvalidServiceName: The Vpc Endpoint Service does not exist",
		Fix:     "allow the account of the consumer's stack",
		Source:  privateLink + "configure-endpoint-service.html",
	}
	PrincipalTwice = Rule{
		ID: "privateapi:principalTwice", Severity: Error,
		Summary: "A principal is allowed once.",
		AWS:     "would keep one of the two",
		Fix:     "remove the repetition",
		Source:  ec2API + "API_ModifyVpcEndpointServicePermissions.html",
	}
	EveryoneNeedsAcceptance = Rule{
		ID: "privateapi:everyoneNeedsAcceptance", Severity: Error,
		Summary: "When everyone is allowed, each connection must be accepted: otherwise the API is public.",
		AWS:     "the load balancer will be public even if it has no public IP address",
		Fix:     "set AcceptanceRequired, list accounts instead of *, or set AllowEveryoneWithoutAcceptance",
		Source:  privateLink + "configure-endpoint-service.html",
	}
	PrivateDnsName = Rule{
		ID: "privateapi:privateDnsName", Severity: Error,
		Summary: "The provider's private DNS name must be verifiable in public DNS.",
		AWS:     "leaves the name in pendingVerification and then failed; consumers cannot enable it",
		Fix:     "use a name under a public domain that you own, or none, and let consumers use a private hosted zone",
		Source:  privateLink + "manage-dns-names.html",
	}
	CrossRegionIdleTimeout = Rule{
		ID: "privateapi:crossRegionIdleTimeout", Severity: Error,
		Summary: "A service that other Regions reach cannot have a custom TCP idle timeout on its NLB.",
		AWS:     "not supported for NLBs with a custom value configured for the TCP idle timeout",
		Fix:     "remove TcpIdleTimeout, or SupportedRegions",
		Source:  privateLink + "privatelink-share-your-services.html",
	}

	TwoZones = Rule{
		ID: "privateapi:twoAvailabilityZones", Severity: Error,
		Summary: "The load balancers stand in two Availability Zones or more.",
		AWS:     "ValidationError: At least two subnets in two different Availability Zones must be specified",
		Fix:     "select private subnets in at least two Availability Zones",
		Source:  applicationL + "application-load-balancers.html",
	}
	PrivateSubnets = Rule{
		ID: "privateapi:privateSubnets", Severity: Error,
		Summary: "The load balancers and endpoints of a private API stand in private subnets, unless others are selected by name.",
		AWS:     "would place them in subnets with a route to the internet",
		Fix:     "add private subnets to the VPC, or select subnets by VpcSubnets",
		Source:  networkLB + "network-load-balancers.html",
	}
	NetworkListenerTCP = Rule{
		ID: "privateapi:networkListenerTcp", Severity: Error,
		Summary: "The NLB's listener and target group are TCP: TLS ends on the ALB.",
		AWS:     "refuses the listener: only TCP listeners can forward to a target group of type alb",
		Fix:     "leave NetworkListenerProtocol out and give the Certificates, which go on the ALB's listener",
		Source:  albTarget,
	}
	NetworkSecurityGroup = Rule{
		ID: "privateapi:networkSecurityGroup", Severity: Error,
		Summary: "Inbound rules that are enforced on PrivateLink traffic name the consumers' CIDR blocks.",
		AWS:     "drops every connection: enforced rules see the private IP address of the client",
		Fix:     "give ConsumerCidrs together with EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic, or neither",
		Source:  networkLB + "load-balancer-security-groups.html",
	}
	TargetGroupAttributes = Rule{
		ID: "privateapi:targetGroupAttributes", Severity: Error,
		Summary: "A target group of type alb has no attributes that can be set.",
		AWS:     "keeps the defaults; it can ignore the attribute without an error",
		Fix:     "remove the attributes; the client's IP address cannot be preserved through PrivateLink",
		Source:  networkLB + "edit-target-group-attributes.html",
	}
	OnePort = Rule{
		ID: "privateapi:onePort", Severity: Error,
		Summary: "The port of the NLB's target group is the port on which the ALB listens.",
		AWS:     "ValidationError: If the target type is ALB, the target must have at least one listener that matches the target group port or any specified port overrides",
		Fix:     "leave ListenerPort out: the listener knows its port",
		Source:  albTarget,
	}
	HealthCheck = Rule{
		ID: "privateapi:healthCheck", Severity: Error,
		Summary: "The NLB checks the ALB over HTTP or HTTPS, on a path that some listener rule answers without a host condition.",
		AWS:     "refuses the value, or marks the ALB unhealthy and sends it nothing",
		Fix:     "use HTTP or HTTPS, HTTP codes of 200 to 599, an interval of 5 to 300 s, a timeout of 2 to 120 s, and thresholds of 2 to 10",
		Source:  albTarget,
	}
	IdleTimeout = Rule{
		ID: "privateapi:tcpIdleTimeout", Severity: Error,
		Summary: "The NLB's TCP idle timeout is between 60 and 6000 seconds.",
		AWS:     "refuses the attribute tcp.idle_timeout.seconds",
		Fix:     "give 60 to 6000 seconds, or nothing for 350",
		Source:  networkLB + "update-idle-timeout.html",
	}
	LoadBalancerVpc = Rule{
		ID: "privateapi:loadBalancerVpc", Severity: Error,
		Summary: "The NLB and its ALB stand in the same VPC.",
		AWS:     "refuses the target: an NLB and the ALB behind it stand in one VPC",
		Fix:     "give the VPC of the ALB as Vpc",
		Source:  albTarget,
	}
	CertificateRequired = Rule{
		ID: "privateapi:certificateRequired", Severity: Error,
		Summary: "An HTTPS listener has a certificate, which covers the name that consumers use.",
		AWS:     "ValidationError: A certificate must be specified for HTTPS listeners",
		Fix:     "supply Certificates, or a Listener that has one",
		Source:  applicationL + "https-listener-certificates.html",
	}
	TrustStore = Rule{
		ID: "privateapi:trustStore", Severity: Error,
		Summary: "Verifying client certificates takes a trust store, and only that does.",
		AWS:     "refuses the listener",
		Fix:     "give the trust store of the clients' CA",
		Source:  applicationL + "configuring-mtls-with-elb.html",
	}
	AccessLogsRegion = Rule{
		ID: "privateapi:accessLogsRegion", Severity: Error,
		Summary: "Access logs need a stack with an explicit Region: who writes them depends on it.",
		AWS:     "Access Denied for bucket: the bucket policy names another account",
		Fix:     "set Env.Region on the stack",
		Source:  applicationL + "enable-access-logging.html",
	}
	AccessLogsEncryption = Rule{
		ID: "privateapi:accessLogsEncryption", Severity: Error,
		Summary: "A bucket for access logs is encrypted with keys of S3, not of KMS.",
		AWS:     "Access Denied for bucket: ELB cannot write with a KMS key",
		Fix:     "use a bucket with BucketEncryption_S3_MANAGED",
		Source:  applicationL + "enable-access-logging.html",
	}
	WebACL = Rule{
		ID: "privateapi:webAcl", Severity: Error,
		Summary: "An ALB takes a regional web ACL.",
		AWS:     "WAFInvalidParameterException: the ARN is not valid",
		Fix:     "give arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>; a web ACL of scope CLOUDFRONT does not fit",
		Source:  "https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html",
	}
	RouteCondition = Rule{
		ID: "privateapi:routeCondition", Severity: Error,
		Summary: "A listener rule matches paths that begin with / or *, and host names, each of at most 128 characters and five in all.",
		AWS:     "refuses the listener rule",
		Fix:     "write paths like /v1/* and hosts like api.company.com; split a route of more than five values",
		Source:  applicationL + "rule-condition-types.html",
	}
	RoutePriority = Rule{
		ID: "privateapi:routePriority", Severity: Error,
		Summary: "A listener rule has a priority between 1 and 50000 that no other rule of the listener has.",
		AWS:     "PriorityInUse: Priority is currently in use",
		Fix:     "choose another Priority",
		Source:  applicationL + "listener-rules.html",
	}
	RouteOverlap = Rule{
		ID: "privateapi:routeOverlap", Severity: Error,
		Summary: "Two routes that can match one request say which of them is tried first.",
		AWS:     "would send the request to whichever rule has the smaller priority",
		Fix:     "set Priority on both routes: the smaller one is tried first",
		Source:  applicationL + "listener-rules.html",
	}
	DeregistrationDelay = Rule{
		ID: "privateapi:deregistrationDelay", Severity: Error,
		Summary: "Targets that are removed finish their requests within 0 to 3600 seconds.",
		AWS:     "refuses the attribute deregistration_delay.timeout_seconds",
		Fix:     "give 0 to 3600 seconds, or nothing for 300",
		Source:  applicationL + "edit-target-group-attributes.html",
	}
	TargetPeers = Rule{
		ID: "privateapi:targetPeers", Severity: Error,
		Summary: "The ALB is opened to instances whose security group is known.",
		AWS:     "drops requests and health checks: no security group lets them pass",
		Fix:     "give the instance, or its security group, as TargetPeers",
		Source:  applicationL + "load-balancer-update-security-groups.html",
	}
	RouteTarget = Rule{
		ID: "privateapi:routeTarget", Severity: Error,
		Summary: "The targets of one route are of one type, which a Lambda function shares with nothing else.",
		AWS:     "refuses the target",
		Fix:     "set TargetType to TargetType_LAMBDA for a Lambda function, and split a route of mixed targets",
		Source:  applicationL + "load-balancer-target-groups.html",
	}
)

// All returns every rule, in the order of a request's path.
func All() []Rule {
	return []Rule{
		Required, Contradiction, KnownValue, PortRange, RegionForm, CIDR,
		DomainNameForm, DomainNameTwice, ParentZone, DnsModes, PrivateDnsMissing, PrivateDnsAcceptance, PrivateDnsUnverified,
		HostedZoneVpc, VpcDns,
		ServiceName, ServiceRegion, EndpointPolicy, EndpointPolicyForm, EndpointPolicyUnverified, EndpointPolicyForced,
		EndpointID, CrossStage, ClientConnections, SubnetSelection, SubnetPerZone, ZoneOfService, AvailabilityZoneID, IPAddressType,
		SomebodyAllowed, PrincipalForm, ConsumerAllowed, PrincipalTwice, EveryoneNeedsAcceptance, PrivateDnsName, CrossRegionIdleTimeout,
		TwoZones, PrivateSubnets, NetworkListenerTCP, NetworkSecurityGroup, TargetGroupAttributes, OnePort, HealthCheck,
		IdleTimeout, LoadBalancerVpc, CertificateRequired, TrustStore, AccessLogsRegion, AccessLogsEncryption, WebACL,
		RouteCondition, RoutePriority, RouteOverlap, DeregistrationDelay, TargetPeers, RouteTarget,
	}
}
