// Package rules defines once what AWS accepts from a private API: each rule with what AWS does if it
// is broken, the fix and the source, and the checks on plain values. It imports neither jsii nor awscdk, so the
// constructs before synth and the proof after it report the same problems in the same words.
package rules

import "slices"

// Severity says what a broken rule does to a deployment.
type Severity string

const (
	// Error marks a value that AWS rejects, or that opens what must stay closed: construction fails.
	Error Severity = "error"
	// Warning marks a value that deploys but often surprises: synth prints it.
	Warning Severity = "warning"
)

// Rule is one requirement of AWS, or of the API's safety.
type Rule struct {
	// ID is stable: people acknowledge warnings and search for errors by ID.
	ID string
	// Severity says whether it stops construction.
	Severity Severity
	// Summary is the rule in one sentence.
	Summary string
	// AWS is the error that AWS returns, or what AWS does, if the rule is broken.
	AWS string
	// Fix is what to do, unless a check has better advice.
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
	elbAPI       = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/"
	cfnEc2       = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/"
	albTarget    = networkLB + "application-load-balancer-target.html"
)

// The rules of any property.
var (
	Required = Rule{
		ID: "privateapi:required", Severity: Error,
		Summary: "A property without a default must be set.",
		AWS:     "has no default to use",
		Fix:     "set it",
		Source:  "https://docs.aws.amazon.com/cdk/v2/guide/constructs.html",
	}
	Contradiction = Rule{
		ID: "privateapi:contradiction", Severity: Error,
		Summary: "Two properties must not contradict each other.",
		AWS:     "would use one of them and silently ignore the other",
		Fix:     "remove one of the two",
		Source:  "https://docs.aws.amazon.com/cdk/v2/guide/constructs.html",
	}
	KnownValue = Rule{
		ID: "privateapi:knownValue", Severity: Error,
		Summary: "A property of an enum type has one of the type's values.",
		AWS:     "rejects the value",
		Fix:     "use one of the constants of the type",
		Source:  "https://docs.aws.amazon.com/cdk/v2/guide/constructs.html",
	}
	PortRange = Rule{
		ID: "privateapi:portRange", Severity: Error,
		Summary: "A TCP port is a whole number " + PortNumbers.between() + ".",
		AWS:     "rejects the port",
		Fix:     "use a port " + PortNumbers.between(),
		Source:  cfnEc2 + "aws-resource-elasticloadbalancingv2-listener.html",
	}
	RegionForm = Rule{
		ID: "privateapi:region", Severity: Error,
		Summary: "A Region is a code such as eu-west-1.",
		AWS:     "rejects the Region",
		Fix:     "use the code of the Region, such as eu-west-1",
		Source:  privateLink + "create-endpoint-service.html",
	}
	CIDR = Rule{
		ID: "privateapi:cidr", Severity: Error,
		Summary: "A CIDR block is an address, a slash and a prefix length, with no host bits set.",
		AWS:     "rejects the CIDR block",
		Fix:     "write it like 10.0.0.0/16",
		Source:  ec2API + "API_IpRange.html",
	}
)

// OfConstructs returns every rule that constructs enforce.
func OfConstructs() []Rule {
	return slices.Concat(
		All(), Lattice(), Routed(), Peering(), TransitGateway(),
		Profile(),
		Public(), Migration(),
		Contract(),
		Acceptance(),
		Alarms(),
		Dashboards(),
		Verification(),
		Logs(),
		Sharing(),
		Mesh(),
		Metrics(),
	)
}

// All returns every rule that the constructs of PrivateLink enforce, in the order of a request's path. Those of VPC Lattice enforce some of
// them too, and those of [Lattice].
func All() []Rule {
	return []Rule{
		Required, Contradiction, KnownValue, PortRange, RegionForm, CIDR,
		DomainNameForm, DomainNameTwice, ParentZone, DnsModes, PrivateDnsMissing, PrivateDnsAnswers, PrivateDnsAcceptance, PrivateDnsUnverified,
		HostedZoneVpc, HostedZoneTwice, NameTwice, HostedZoneName, HostedZoneAssociation, HostedZoneAccount, VpcDns,
		ServiceName, ServiceRegion, EndpointPolicy, EndpointPolicyForm, EndpointPolicyUnverified, EndpointPolicyForced,
		PreviousService, PreviousNames, RecordRoutingPolicy, RecordWeight, EndpointID, CrossStage, EndpointSecurityGroup, SecurityGroupQuota, SecurityGroupMutable, SecurityGroupAttached, ClientConnections, ClientVpc, SubnetSelection, SubnetPerZone, ZoneOfService, AvailabilityZoneID, IPAddressType, SubnetIPv6,
		SomebodyAllowed, PrincipalForm, ConsumerAllowed, PrincipalTwice, ServiceOfLoadBalancer, RegionAssumed, EveryoneNeedsAcceptance, PrivateDnsName, VerificationName, VerificationTwice, CrossRegionIdleTimeout,
		TwoZones, PrivateSubnets, NetworkListenerTCP, NetworkSecurityGroup, ConsumerCIDR, ConsumerCIDRVersions, SecurityGroupRuleQuota, InternetFacing, LoadBalancerZones, AlbTargetQuota, TargetGroupAttributes, OnePort, HealthCheck,
		IdleTimeout, AlbIdleTimeout, IdleTimeoutOrder, LoadBalancerVpc, CertificateRequired, CertificateArn, CertificateNames, CertificateQuota, TrustStore, AccessLogsRegion, AccessLogsPrefix, AccessLogsPolicy, AccessLogsEncryption, WebACL,
		RouteCondition, RouteConditionValues, SourceIPCondition, RoutePriority, RouteOverlap, RouteShadowed, RuleQuota,
		WeightedForward, TargetGroupLoadBalancer, TargetGroupQuota, GRPCListener, RouteAction, JwtValidation, JwksEgress,
		ListenerRequired, ListenerPort, ListenerOrder, ListenerProtocol, ListenerTLS, NetworkTarget, NetworkTargetHealthCheck, ProxyProtocolHealthCheck, ClientIPPreservation, ClientPort,
		TargetHealthCheck, DeregistrationDelay, TargetAddress, TargetZone, TargetVpc, StackCycle, TargetPeers, TargetsUnknown, RouteTarget,
	}
}
