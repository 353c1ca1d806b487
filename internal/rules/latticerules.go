package rules

import "fmt"

const (
	latticeGuide = "https://docs.aws.amazon.com/vpc-lattice/latest/ug/"
	latticeAPI   = "https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/"
)

// LatticeAlbInternal is the fix of [LatticeAlbTarget] for an ALB that is internet-facing.
const LatticeAlbInternal = "use a second, internal ALB; " + schemeStays

// The rules of a VPC Lattice service: its domain, its listener, and how long connections last.
var (
	LatticeDomain = Rule{
		ID: "privateapi:latticeDomain", Severity: Error,
		Summary: "A VPC Lattice service has one custom domain name, fixed when it is created, and answers to that name alone.",
		AWS:     "has no service of that name in the service network: requests end with 404, and TLS handshakes fail",
		Fix:     "use the DomainName of the API, or define an API for each name",
		Source:  latticeGuide + "service-custom-domain-name.html",
	}
	LatticeCertificate = Rule{
		ID: "privateapi:latticeCertificate", Severity: Error,
		Summary: "A service with a custom domain name and an HTTPS listener has one ACM certificate for that name, in its own Region.",
		AWS:     "fails all HTTPS connections to the custom domain name: it has no default certificate as a fallback",
		Fix:     "set Certificate to an ACM certificate with a 2048-bit RSA key for the DomainName",
		Source:  latticeGuide + "service-byoc.html",
	}
	LatticePassthrough = Rule{
		ID: "privateapi:latticePassthrough", Severity: Error,
		Summary: "A TLS_PASSTHROUGH listener has a custom domain name, one default action that forwards to TCP targets, no rules, and only anonymous callers.",
		AWS:     "rejects the listener or the rule; it cannot read requests, so it verifies no signature",
		Fix:     "use ListenerProtocol_HTTPS, or set DomainName, forward to TCP targets, define no routes, and allow callers by AllowedVpcs or AllowedVpcAccounts",
		Source:  latticeGuide + "tls-listeners.html",
	}
	LatticeIdleTimeout = Rule{
		ID: "privateapi:latticeIdleTimeout", Severity: Error,
		Summary: fmt.Sprintf("The idle timeout of a VPC Lattice service is %s seconds: no connection lasts longer than %d.", LatticeIdleTimeouts.between(), LatticeConnectionTime),
		AWS:     "ValidationException: the value of idleTimeoutSeconds is not in the range",
		Fix:     fmt.Sprintf("use %v seconds, or leave it out for %d; use PrivateLink for WebSockets and longer connections", LatticeIdleTimeouts, DefaultLatticeIdleTimeout),
		Source:  latticeAPI + "API_CreateService.html",
	}
	LatticeConnections = Rule{
		ID: "privateapi:latticeConnections", Severity: Warning,
		Summary: "Connections through VPC Lattice last ten minutes at most: WebSockets and long downloads break off.",
		AWS:     "allows no new streams over the connection after 10 minutes, and begins to close the existing ones",
		Fix:     "shorten the timeout to ten minutes if no request needs more, or keep this API on PrivateLink",
		Source:  latticeGuide + "services.html",
	}
	LatticeRegion = Rule{
		ID: "privateapi:latticeRegion", Severity: Error,
		Summary: "A VPC Lattice service, its service networks, and the VPCs of its callers are in one Region.",
		AWS:     "ResourceNotFoundException: it has no service of that ARN in the Region",
		Fix:     "define an API in the Region of the consumer, or use PrivateLink with SupportedRegions",
		Source:  latticeGuide + "what-is-vpc-lattice.html",
	}
	LatticeArn = Rule{
		ID: "privateapi:latticeArn", Severity: Error,
		Summary: "A service is named by its ARN, and so is a service network: an ID alone does not work across accounts.",
		AWS:     "ValidationException: the identifier does not match the pattern",
		Fix:     "use arn:aws:vpc-lattice:<region>:<account>:service/svc-<id>, or …:servicenetwork/sn-<id>",
		Source:  cfnEc2 + "aws-resource-vpclattice-servicenetworkserviceassociation.html",
	}
	LatticePrefixList = Rule{
		ID: "privateapi:latticePrefixList", Severity: Error,
		Summary: "The prefix list of VPC Lattice has an ID such as pl-0721453c7ac4ec009, which differs by Region.",
		AWS:     "rejects the security group rule: the prefix list does not exist",
		Fix:     "pass the ID of com.amazonaws.<region>.vpc-lattice: aws ec2 describe-managed-prefix-lists shows it, and PrefixList_FromLookup finds it",
		Source:  latticeGuide + "security-groups.html",
	}
	LatticeLogs = Rule{
		ID: "privateapi:latticeLogs", Severity: Error,
		Summary: "Access logs go to a CloudWatch log group, an S3 bucket or a Firehose stream in the service's Region, one of each kind.",
		AWS:     "rejects the subscription",
		Fix:     "use the ARN of a log group, a bucket or a delivery stream",
		Source:  latticeGuide + "monitoring-access-logs.html",
	}
)

// The rules of routes: what a listener rule matches on, and what it does.
var (
	LatticeRoute = Rule{
		ID: "privateapi:latticeRoute", Severity: Error,
		Summary: fmt.Sprintf("A listener rule matches one path, exact or by its prefix, one method, and at most %d headers; a path begins with / and has at most %d characters.",
			MaxLatticeHeaderMatches, MaxLatticeMatchLength),
		AWS:    "rejects the rule; it has no wildcards, and no conditions on hosts or query strings",
		Fix:    "set one of Path and PathPrefix, without wildcards, or forward to an ALB, which has more conditions",
		Source: cfnEc2 + "aws-properties-vpclattice-rule-httpmatch.html",
	}
	LatticeMethod = Rule{
		ID: "privateapi:latticeMethod", Severity: Error,
		Summary: "The method of a listener rule is CONNECT, DELETE, GET, HEAD, OPTIONS, POST, PUT or TRACE: CloudFormation has no PATCH.",
		AWS:     "Model validation failed: Method is not a valid enum value",
		Fix:     "leave Method out, and let the target tell methods apart",
		Source:  cfnEc2 + "aws-properties-vpclattice-rule-httpmatch.html",
	}
	LatticePriority = Rule{
		ID: "privateapi:latticePriority", Severity: Error,
		Summary: "A listener rule has a priority " + LatticePriorities.between() + " that no other rule of its listener has: CloudFormation has no larger ones.",
		AWS:     "Model validation failed, or ConflictException: the priority is in use",
		Fix:     "set Priority to another number of " + LatticePriorities.String(),
		Source:  cfnEc2 + "aws-resource-vpclattice-rule.html",
	}
	LatticeForward = Rule{
		ID: "privateapi:latticeForward", Severity: Error,
		Summary: fmt.Sprintf("A listener rule forwards to at most %d target groups, with weights that are whole numbers %s.", MaxLatticeForwardGroups, LatticeWeights.between()),
		AWS:     "rejects the rule",
		Fix:     fmt.Sprintf("list at most %d targets, with weights of %v", MaxLatticeForwardGroups, LatticeWeights),
		Source:  cfnEc2 + "aws-properties-vpclattice-rule-forward.html",
	}
	LatticeFixedResponse = Rule{
		ID: "privateapi:latticeFixedResponse", Severity: Error,
		Summary: "A fixed response has the status 404 or 500: VPC Lattice supports no other.",
		AWS:     "ValidationException: only 404 and 500 status codes are supported",
		Fix:     "use 404 or 500, or forward to a target that answers with the status",
		Source:  cfnEc2 + "aws-properties-vpclattice-rule-fixedresponse.html",
	}
	LatticeQuota = Rule{
		ID: "privateapi:latticeQuota", Severity: Warning,
		Summary: fmt.Sprintf("By default, a listener can have %d rules besides the default rule, and a service %d target groups.", MaxLatticeRules, MaxLatticeTargetGroups),
		AWS:     "ServiceQuotaExceededException",
		Fix:     "request higher quotas of VPC Lattice first, or forward to an internal ALB, which can have 100 rules",
		Source:  latticeGuide + "quotas.html",
	}
)

// The rules of targets.
var (
	LatticeTarget = Rule{
		ID: "privateapi:latticeTarget", Severity: Error,
		Summary: "A target group has targets of one type: one ALB, one function, or instances or addresses of one VPC.",
		AWS:     "rejects the target group, or the target",
		Fix:     "give each kind of target a target group of its own, and weights",
		Source:  latticeGuide + "target-groups.html",
	}
	LatticeTargetProtocol = Rule{
		ID: "privateapi:latticeTargetProtocol", Severity: Error,
		Summary: "HTTP and HTTPS listeners forward to HTTP and HTTPS targets, TLS_PASSTHROUGH listeners to TCP targets.",
		AWS:     "ValidationException: the protocols of the listener and the target group do not fit",
		Fix:     "use HTTP or HTTPS for the targets of an HTTP or HTTPS listener, and TCP for TLS_PASSTHROUGH",
		Source:  latticeGuide + "tls-listeners.html",
	}
	LatticeAlbTarget = Rule{
		ID: "privateapi:latticeAlbTarget", Severity: Error,
		Summary: "An ALB target is internal, in the account and VPC of its target group, and its HTTPS listener has the certificate of the service.",
		AWS:     "rejects the target, or fails every request to it",
		Fix:     "use an internal ALB; give its HTTPS listener the Certificate of the API, or use an HTTP listener",
		Source:  latticeGuide + "alb-target.html",
	}
	LatticeAlbQuota = Rule{
		ID: "privateapi:latticeAlbQuota", Severity: Error,
		Summary: fmt.Sprintf("An ALB is the target of at most %d target groups, of different services.", MaxLatticeServicesOfALB),
		AWS:     "rejects the target",
		Fix:     "use another ALB, or one API for the names of both",
		Source:  latticeGuide + "alb-target.html",
	}
	LatticeForwardedFor = Rule{
		ID: "privateapi:latticeForwardedFor", Severity: Warning,
		Summary: "An ALB behind VPC Lattice preserves the X-Forwarded-For header: Lattice writes the address of the client there.",
		AWS:     "appends an address of VPC Lattice to the header: the last address is no longer the client's",
		Fix:     "set routing.http.xff_header_processing.mode of the ALB to preserve",
		Source:  latticeGuide + "alb-target.html",
	}
	LatticeHealthCheck = Rule{
		ID: "privateapi:latticeHealthCheck", Severity: Error,
		Summary: "Targets are checked over HTTP or HTTPS, with the protocol version HTTP1 or HTTP2; an ALB and a function have no health check.",
		AWS:     "ValidationException: health checks do not support ALB and Lambda target groups, nor gRPC",
		Fix: fmt.Sprintf("use HTTP or HTTPS, a path that begins with /, an interval of %v s, a timeout of %v s, and thresholds of %v",
			LatticeHealthCheckIntervals, LatticeHealthCheckTimeouts, LatticeHealthCheckCounts),
		Source: latticeGuide + "target-group-health-checks.html",
	}
	LatticePortName = Rule{
		ID: "privateapi:latticePortName", Severity: Error,
		Summary: "An ECS service registers the port mapping of its task definition that a target names.",
		AWS:     "InvalidParameterException: the portName is not a port mapping of the task definition",
		Fix:     "set Name on the port mapping of the container, and PortName to the same",
		Source:  "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_VpcLatticeConfiguration.html",
	}
)

// The rules of consent: with whom a service is shared, and who may call it.
var (
	LatticeAuth = Rule{
		ID: "privateapi:latticeAuth", Severity: Error,
		Summary: "AuthType AWS_IAM and an auth policy come together: one without the other allows nobody, or everybody.",
		AWS:     "denies every request under AWS_IAM without a policy; a policy under NONE is inactive, and every caller of the service network passes",
		Fix:     "name callers, or set AllowAnyCaller; never both",
		Source:  latticeGuide + "auth-policies.html",
	}
	LatticeCallers = Rule{
		ID: "privateapi:latticeCallers", Severity: Error,
		Summary: "An API names who may call it: roles that sign their requests, or VPCs.",
		AWS:     "AccessDeniedException: every request is denied",
		Fix:     "set AllowedPrincipals, AllowedVpcs or AllowedVpcAccounts, or call GrantInvoke; set AllowAnyCaller if every caller of the consumers' VPCs is welcome",
		Source:  latticeGuide + "auth-policies.html",
	}
	LatticePrincipal = Rule{
		ID: "privateapi:latticePrincipal", Severity: Error,
		Summary: "An allowed principal is a role, a user, an account or an organization, which signs its requests.",
		AWS:     "rejects the auth policy, or matches no caller",
		Fix:     "name a role, a user, an account or an organization; allow unsigned callers by AllowedVpcs or AllowedVpcAccounts",
		Source:  latticeGuide + "auth-policies.html",
	}
	LatticeGrant = Rule{
		ID: "privateapi:latticeGrant", Severity: Error,
		Summary: "A caller in a stack that depends on the API's stack has a name that the auth policy can contain.",
		AWS:     "is not involved: CDK allows no cycle of stacks",
		Fix:     "give the role a RoleName, which CDK then writes as a literal, or define it in the stack of the API",
		Source:  "https://docs.aws.amazon.com/cdk/v2/guide/resources.html",
	}
	LatticeAuthPolicySize = Rule{
		ID: "privateapi:latticeAuthPolicySize", Severity: Error,
		Summary: fmt.Sprintf("An auth policy has at most %d bytes.", MaxLatticeAuthPolicy),
		AWS:     "ValidationException: the policy is larger than 10 KB, a quota that cannot be raised",
		Fix:     "allow accounts or an organization instead of each role",
		Source:  latticeGuide + "quotas.html",
	}
	LatticeShare = Rule{
		ID: "privateapi:latticeShare", Severity: Error,
		Summary: "A service is shared with accounts, organizational units and organizations, never with IAM users or roles.",
		AWS:     "InvalidParameterException: the resource type cannot be shared with IAM users and roles",
		Fix:     "use an account ID of 12 digits, or the ARN of an organization or an organizational unit; name roles in AllowedPrincipals",
		Source:  "https://docs.aws.amazon.com/ram/latest/userguide/shareable.html",
	}
	LatticeConsumerShared = Rule{
		ID: "privateapi:latticeConsumerShared", Severity: Error,
		Summary: "An API is shared with the account of each consumer in the same app.",
		AWS:     "AccessDeniedException: the account is not allowed to associate the service",
		Fix:     "add the account of the consumer's stack to ShareWith",
		Source:  latticeGuide + "sharing.html",
	}
	LatticeConsumerAllowed = Rule{
		ID: "privateapi:latticeConsumerAllowed", Severity: Error,
		Summary: "The auth policy of an API allows somebody in the account of each consumer in the same app.",
		AWS:     "AccessDeniedException: the auth policy denies every request from the consumer",
		Fix:     "add the consumer's VPC to AllowedVpcs, its account to AllowedVpcAccounts, or its roles by GrantInvoke",
		Source:  latticeGuide + "auth-policies.html",
	}
)

// The rules of a service network, and of the VPC that joins it.
var (
	LatticeServiceNetwork = Rule{
		ID: "privateapi:latticeServiceNetwork", Severity: Error,
		Summary: "A VPC is associated with one service network, which all its consumers share.",
		AWS:     "ConflictException: the VPC is already associated with another service network",
		Fix:     "define one ServiceNetwork for the VPC, or pass the ARN of the one that it has",
		Source:  latticeGuide + "quotas.html",
	}
	LatticeAssociation = Rule{
		ID: "privateapi:latticeAssociation", Severity: Error,
		Summary: fmt.Sprintf("The association of a VPC has 1 to %d security groups: without one, every workload of the VPC can reach every service.", MaxLatticeSecurityGroups),
		AWS:     "allows all traffic from the VPC if there is none; they cannot all be removed later",
		Fix:     "pass one to five security groups, or leave them out for a closed one",
		Source:  latticeGuide + "security-groups.html",
	}
)

// Rules of VPC Lattice that a template can break, but the constructs cannot.
var (
	LatticeName = Rule{
		ID: "privateapi:latticeName", Severity: Error,
		Summary: "Names in VPC Lattice have lower-case letters, digits and single hyphens, and do not begin with the prefix of an ID.",
		AWS:     "ValidationException: the name does not match the pattern",
		Fix:     "leave the name out: CloudFormation makes one, and can then replace the resource",
		Source:  cfnEc2 + "aws-resource-vpclattice-service.html",
	}
	LatticeOpenAssociation = Rule{
		ID: "privateapi:latticeOpenAssociation", Severity: Warning,
		Summary: "The association of a VPC has a security group that lets in the clients.",
		AWS:     "lets every workload of the VPC reach every service of the network; a group can be added later, but not be removed again",
		Fix:     "set SecurityGroupIds to a security group with an ingress rule for each client",
		Source:  latticeGuide + "security-groups.html",
	}
	LatticeTargetGroupService = Rule{
		ID: "privateapi:latticeTargetGroupService", Severity: Error,
		Summary: "A target group is used by one service.",
		AWS:     "ConflictException: the target group has been associated with other services",
		Fix:     "give each service a target group of its own, with the same targets",
		Source:  latticeGuide + "create-target-group.html",
	}
	LatticeEndpoint = Rule{
		ID: "privateapi:latticeEndpoint", Severity: Error,
		Summary: "An endpoint of type ServiceNetwork has a ServiceNetworkArn, and no ServiceName.",
		AWS:     "InvalidParameter: the parameters cannot be used together",
		Fix:     "set VpcEndpointType to ServiceNetwork, and ServiceNetworkArn alone",
		Source:  privateLink + "access-with-service-network-endpoint.html",
	}
	LatticeParts = Rule{
		ID: "privateapi:latticeParts", Severity: Error,
		Summary: "A listener, a rule, a target group and an association name what they belong to: a service, a listener, a VPC, a service network.",
		AWS:     "ValidationException: the identifier is missing",
		Fix:     "set the identifiers: ServiceIdentifier, ListenerIdentifier, VpcIdentifier and ServiceNetworkIdentifier",
		Source:  latticeAPI + "API_CreateRule.html",
	}
	LatticeAnyCaller = Rule{
		ID: "privateapi:latticeAnyCaller", Severity: Warning,
		Summary: "An auth policy that allows every principal limits it by a VPC, an account or an organization.",
		AWS:     "allows everybody in every VPC that is connected to a service network of the service, signed or not",
		Fix:     "add a condition on vpc-lattice-svcs:SourceVpc, vpc-lattice-svcs:SourceVpcOwnerAccount or aws:PrincipalOrgID",
		Source:  latticeGuide + "auth-policies.html",
	}
	LatticeFunctionPermission = Rule{
		ID: "privateapi:latticeFunctionPermission", Severity: Error,
		Summary: "A function that is a target allows vpc-lattice.amazonaws.com to invoke it.",
		AWS:     "answers requests with 500: it is not allowed to invoke the function",
		Fix:     "add an AWS::Lambda::Permission for vpc-lattice.amazonaws.com with the ARN of the target group as SourceArn",
		Source:  latticeGuide + "lambda-functions.html",
	}
	LatticeCallerPolicy = Rule{
		ID: "privateapi:latticeCallerPolicy", Severity: Warning,
		Summary: "A role that an auth policy names may call vpc-lattice-svcs:Invoke by its own policies too.",
		AWS:     "AccessDeniedException: both auth policies and identity-based policies need to have explicit allow statements",
		Fix:     "allow vpc-lattice-svcs:Invoke on the service's ARN followed by /* in a policy of the role",
		Source:  latticeGuide + "auth-policies.html",
	}
)

// Lattice returns the rules that the constructs of VPC Lattice enforce, besides those of [All], in the order of a request's path.
func Lattice() []Rule {
	return []Rule{
		LatticeDomain, LatticeCertificate, LatticePassthrough, LatticeIdleTimeout, LatticeConnections, LatticeRegion, LatticeArn,
		LatticePrefixList, LatticeLogs, LatticeServiceNetwork, LatticeAssociation, LatticeServiceTwice, LatticeBothShared, LatticeEndpointNames,
		LatticeShare, LatticeConsumerShared, LatticeAuth, LatticeCallers, LatticePrincipal, LatticeGrant, LatticeAuthPolicySize,
		LatticeConsumerAllowed, LatticeRoute, LatticeMethod, LatticePriority, LatticeForward, LatticeFixedResponse, LatticeQuota,
		LatticeTarget, LatticeTargetProtocol, LatticeAlbTarget, LatticeAlbQuota, LatticeForwardedFor, LatticeHealthCheck, LatticePortName,
	}
}
