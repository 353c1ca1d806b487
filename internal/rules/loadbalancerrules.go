package rules

import "fmt"

// InternetFacingNlb is the fix of [InternetFacing] for an NLB, which its endpoint service keeps while endpoints are connected.
const InternetFacingNlb = "add a second endpoint service, with an internal NLB, move the consumers to it, and delete this one; " + schemeStays

// schemeStays ends the fixes of rules that a load balancer's scheme breaks: CloudFormation replaces the load balancer, and its target
// groups stay with the old one.
const schemeStays = "a scheme is never changed in place"

// The NLB, the ALB behind it, and the hop between them.
var (
	TwoZones = Rule{
		ID: "privateapi:twoAvailabilityZones", Severity: Error,
		Summary: "The load balancers are in at least two Availability Zones.",
		AWS:     "ValidationError: At least two subnets in two different Availability Zones must be specified",
		Fix:     "select private subnets in at least two Availability Zones",
		Source:  applicationL + "application-load-balancers.html",
	}
	PrivateSubnets = Rule{
		ID: "privateapi:privateSubnets", Severity: Error,
		Summary: "The load balancers and endpoints of a private API are in private subnets, unless you select others.",
		AWS:     "would place them in subnets with a route to the internet",
		Fix:     "add private subnets to the VPC, or select subnets with VpcSubnets",
		Source:  networkLB + "network-load-balancers.html",
	}
	NetworkListenerTCP = Rule{
		ID: "privateapi:networkListenerTcp", Severity: Error,
		Summary: "The NLB's listener and target group use TCP: TLS terminates at the ALB.",
		AWS:     "rejects the listener: only TCP listeners can forward to a target group of type alb",
		Fix:     "omit NetworkListenerProtocol, and set Certificates for the ALB's listener",
		Source:  albTarget,
	}
	NetworkSecurityGroup = Rule{
		ID: "privateapi:networkSecurityGroup", Severity: Error,
		Summary: "If inbound rules are enforced on PrivateLink traffic, they allow the consumers' CIDR blocks.",
		AWS:     "drops every connection: enforced rules see the private IP address of the client",
		Fix:     "set ConsumerCidrs together with EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic, or neither",
		Source:  networkLB + "load-balancer-security-groups.html",
	}
	TargetGroupAttributes = Rule{
		ID: "privateapi:targetGroupAttributes", Severity: Error,
		Summary: "A target group of type alb has no configurable attributes.",
		AWS:     "keeps the defaults; it can ignore the attribute without an error",
		Fix:     "remove the attributes; the client's IP address cannot be preserved through PrivateLink",
		Source:  networkLB + "edit-target-group-attributes.html",
	}
	OnePort = Rule{
		ID: "privateapi:onePort", Severity: Error,
		Summary: "The NLB's target group uses the port of the ALB's listener.",
		AWS:     "ValidationError: If the target type is ALB, the target must have at least one listener that matches the target group port or any specified port overrides",
		Fix:     "omit ListenerPort: the listener has the port",
		Source:  albTarget,
	}
	HealthCheck = Rule{
		ID: "privateapi:healthCheck", Severity: Error,
		Summary: "The NLB checks the ALB over HTTP or HTTPS, on a path that a listener rule without a host condition answers.",
		AWS:     "rejects the value, or marks the ALB unhealthy and sends it nothing",
		Fix: fmt.Sprintf("use HTTP or HTTPS, HTTP codes of 200 to 599, an interval of %v s, a timeout of %v s, and thresholds of %v",
			HealthCheckIntervals, HealthCheckTimeouts, HealthCheckThresholds),
		Source: albTarget,
	}
	ConsumerCIDR = Rule{
		ID: "privateapi:consumerCidr", Severity: Error,
		Summary: "A CIDR block of consumers is not every address, and of an IP version that the NLB has.",
		AWS:     "applies the rule: it keeps nobody out, or lets nobody in",
		Fix:     "list the consumers' blocks",
		Source:  networkLB + "load-balancer-security-groups.html",
	}
	ConsumerCIDRVersions = Rule{
		ID: "privateapi:consumerCidrVersions", Severity: Warning,
		Summary: "If inbound rules are enforced on PrivateLink traffic, they allow blocks of each IP version that the service offers.",
		AWS:     "drops connections of the version that no block allows",
		Fix:     "list blocks of both versions in ConsumerCidrs, or remove one from SupportedIpAddressTypes",
		Source:  networkLB + "load-balancer-security-groups.html",
	}
	SecurityGroupRuleQuota = Rule{
		ID: "privateapi:securityGroupRuleQuota", Severity: Warning,
		Summary: fmt.Sprintf("By default, a security group has at most %d inbound and %d outbound rules, for each of IPv4 and IPv6.", MaxSecurityGroupRules, MaxSecurityGroupRules),
		AWS:     "RulesPerSecurityGroupLimitExceeded",
		Fix:     "use fewer and larger CIDR blocks, or request a higher quota of rules per security group first",
		Source:  "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",
	}
	InternetFacing = Rule{
		ID: "privateapi:internetFacing", Severity: Warning,
		Summary: "The load balancers of a private API are not internet-facing.",
		AWS: "gives the load balancer public IP addresses and a public DNS name; another Scheme replaces it, which fails: target groups cannot be " +
			"associated with more than one load balancer",
		Fix:    "add a second, internal ALB, move the NLB to it, and delete this one; " + schemeStays,
		Source: cfnEc2 + "aws-resource-elasticloadbalancingv2-loadbalancer.html#cfn-elasticloadbalancingv2-loadbalancer-scheme",
	}
	LoadBalancerZones = Rule{
		ID: "privateapi:loadBalancerZones", Severity: Warning,
		Summary: "Without cross-zone load balancing, the ALB is in every Availability Zone of the NLB.",
		AWS:     "has no target for connections that arrive in the other zones",
		Fix:     "select subnets in the zones of the ALB, or set CrossZoneEnabled",
		Source:  albTarget,
	}
	AlbTargetQuota = Rule{
		ID: "privateapi:albTargetQuota", Severity: Error,
		Summary: "An ALB is the target of at most two NLBs.",
		AWS:     "rejects the third",
		Fix:     "add the routes to a provider that already uses the ALB, or use another ALB",
		Source:  albTarget,
	}
	IdleTimeout = Rule{
		ID: "privateapi:tcpIdleTimeout", Severity: Error,
		Summary: "The NLB's TCP idle timeout is " + IdleTimeouts.between() + " seconds.",
		AWS:     "rejects the attribute tcp.idle_timeout.seconds",
		Fix:     "use " + IdleTimeouts.String() + " seconds, or omit it for 350",
		Source:  networkLB + "update-idle-timeout.html",
	}
	AlbIdleTimeout = Rule{
		ID: "privateapi:idleTimeout", Severity: Error,
		Summary: "The ALB's idle timeout is " + AlbIdleTimeouts.between() + " seconds.",
		AWS:     "rejects the attribute idle_timeout.timeout_seconds",
		Fix:     fmt.Sprintf("use %v seconds, or omit it for %d", AlbIdleTimeouts, DefaultAlbIdleTimeout),
		Source:  applicationL + "edit-load-balancer-attributes.html",
	}
	IdleTimeoutOrder = Rule{
		ID: "privateapi:idleTimeoutOrder", Severity: Warning,
		Summary: "The ALB does not keep an idle connection longer than the NLB in front of it.",
		AWS:     "resets the next request on a connection that the NLB has dropped and the ALB has not closed",
		Fix:     "use an IdleTimeout that is at most TcpIdleTimeout",
		Source:  networkLB + "network-load-balancers.html",
	}
	LoadBalancerVpc = Rule{
		ID: "privateapi:loadBalancerVpc", Severity: Error,
		Summary: "The NLB and its ALB are in the same VPC.",
		AWS:     "rejects the target: an NLB and its ALB target must be in the same VPC",
		Fix:     "set Vpc to the VPC of the ALB",
		Source:  albTarget,
	}
	CertificateRequired = Rule{
		ID: "privateapi:certificateRequired", Severity: Error,
		Summary: "An HTTPS or TLS listener has a certificate that covers the name that clients call.",
		AWS:     "ValidationError: A certificate must be specified for HTTPS or TLS listeners",
		Fix:     "supply Certificates, or a Listener that has one",
		Source:  applicationL + "https-listener-certificates.html",
	}
	TrustStore = Rule{
		ID: "privateapi:trustStore", Severity: Error,
		Summary: "A listener has a trust store, of its own Region, if and only if it verifies client certificates.",
		AWS:     "rejects the listener",
		Fix:     "set TrustStore to the trust store of the clients' CA",
		Source:  applicationL + "configuring-mtls-with-elb.html",
	}
	AccessLogsRegion = Rule{
		ID: "privateapi:accessLogsRegion", Severity: Error,
		Summary: "Access and connection logs need a stack with an explicit Region, and a bucket in it: the account that writes them depends on the Region.",
		AWS:     "Access Denied for bucket: the bucket policy names another account",
		Fix:     "set Env.Region on the stack",
		Source:  applicationL + "enable-access-logging.html",
	}
	AccessLogsPrefix = Rule{
		ID: "privateapi:accessLogsPrefix", Severity: Error,
		Summary: "The prefix of access and connection logs does not contain AWSLogs, which ELB adds behind it.",
		AWS:     "rejects the attribute of the prefix",
		Fix:     "remove AWSLogs from the prefix",
		Source:  applicationL + "enable-access-logging.html",
	}
	AccessLogsPolicy = Rule{
		ID: "privateapi:accessLogsPolicy", Severity: Warning,
		Summary: "CDK cannot write the policy of a bucket that it imports, so its owner must allow ELB to write logs.",
		AWS:     "Access Denied for bucket, unless the bucket's policy allows ELB to write",
		Fix:     "make sure that the bucket's policy allows s3:PutObject to logdelivery.elasticloadbalancing.amazonaws.com",
		Source:  applicationL + "enable-access-logging.html",
	}
	AccessLogsEncryption = Rule{
		ID: "privateapi:accessLogsEncryption", Severity: Error,
		Summary: "A bucket for access or connection logs is encrypted with S3-managed keys, not with a KMS key.",
		AWS:     "Access Denied for bucket: ELB cannot write with a KMS key",
		Fix:     "use a bucket with BucketEncryption_S3_MANAGED",
		Source:  applicationL + "enable-access-logging.html",
	}
	WebACL = Rule{
		ID: "privateapi:webAcl", Severity: Error,
		Summary: "A web ACL for an ALB has the scope REGIONAL.",
		AWS:     "WAFInvalidParameterException: the ARN is not valid",
		Fix:     "use arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>; a web ACL of scope CLOUDFRONT cannot be used",
		Source:  "https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html",
	}
)
