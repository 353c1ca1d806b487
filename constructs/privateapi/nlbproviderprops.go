package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
)

// PrivateNlbProviderProps are the properties of a [PrivateNlbProvider]. Required is the VPC; what the NLB listens on and
// forwards to comes with [PrivateNlbProvider.AddListener].
//
// # Network
//
// Vpc and VpcSubnets place the NLB; DeletionProtection protects it.
//
// # Names
//
// DomainNames are what clients call; PrivateDnsName is a name that AWS resolves for consumers that enable it.
//
// # Consent
//
// AllowedPrincipals and AllowedAccounts, or AllowNoPrincipals, control who may create an endpoint; AcceptanceRequired and
// AllowEveryoneWithoutAcceptance say whether somebody accepts each connection. An endpoint reaches all listeners: publish
// what not every consumer may reach with a provider of its own.
//
// # Endpoint service
//
// SupportedRegions and SupportedIpAddressTypes control from where clients can connect, PayerResponsibility who pays, and
// ContributorInsights whether traffic is counted by endpoint.
//
// # Network Load Balancer
//
// CrossZoneEnabled is for the NLB; EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic and ConsumerCidrs are for its
// security group.
type PrivateNlbProviderProps struct {
	// Network

	// The VPC of the NLB and its targets.
	//
	// Required.
	Vpc awsec2.IVpc

	// The subnets of the NLB, one of each Availability Zone. Consumers can connect from these zones only; AWS recommends two
	// zones or more.
	//
	// Default: - private subnets, one of each Availability Zone.
	VpcSubnets *awsec2.SubnetSelection

	// Whether the NLB is protected from deletion. To destroy the stack, deploy once with false.
	//
	// Default: true.
	DeletionProtection *bool

	// Names

	// The names under which clients call the service. The certificates of TLS listeners must cover them; consumers resolve
	// them in a private hosted zone.
	//
	// Default: - none; each consumer gives its own.
	DomainNames *[]*string

	// The private DNS name of the service, which consumers can enable on their endpoint instead of a hosted zone. It
	// needs a public domain and a TXT record there; PrivateDnsTxtName and PrivateDnsTxtValue return the record.
	//
	// Default: - none.
	PrivateDnsName *string

	// Consent

	// Who may create an endpoint to the service: accounts, roles, users, AWS services or everyone. EC2 checks the caller
	// of CreateVpcEndpoint, which under CDK is the CloudFormation execution role of the consumer's account. It checks once,
	// not at each connection. AllowPrincipal allows more. A service principal is given as an ARN principal:
	// awsiam.NewArnPrincipal(jsii.String("ec2.amazonaws.com")).
	//
	// Default: - nobody yet; synthesis fails if nobody is allowed by then.
	AllowedPrincipals *[]awsiam.ArnPrincipal

	// The accounts that may create an endpoint to the service, by their IDs of 12 digits: short for an
	// awsiam.AccountPrincipal of each in AllowedPrincipals. An ID may be a token, the list as a whole may not.
	//
	// Default: - those of AllowedPrincipals.
	AllowedAccounts *[]*string

	// Lets the service synthesise with nobody allowed. Then no other account can see it.
	//
	// Default: false.
	AllowNoPrincipals *bool

	// Whether each connection waits until somebody at the provider accepts it. This gate is independent of
	// AllowedPrincipals: a principal that is not allowed does not even wait.
	//
	// Default: false if AllowedPrincipals or AllowedAccounts are given and * is not among them, else true.
	AcceptanceRequired *bool

	// Lets everyone (*) connect without acceptance. That makes the service public to all of AWS.
	//
	// Default: false.
	AllowEveryoneWithoutAcceptance *bool

	// Endpoint service

	// The Regions besides its own from which consumers can connect.
	//
	// Default: - the Region of the service.
	SupportedRegions *[]*string

	// The IP address types with which clients can connect. With IPv6 the NLB is dual-stack, and its subnets need IPv6
	// CIDR blocks. NLB to targets stays IPv4.
	//
	// Default: - IPv4.
	SupportedIpAddressTypes *[]awsec2.IpAddressType

	// Who pays for the endpoints. PayerResponsibility_SERVICE_OWNER cannot be set back.
	//
	// Default: PayerResponsibility_ENDPOINT_OWNER.
	PayerResponsibility PayerResponsibility

	// Whether CloudWatch Contributor Insights counts connections, bytes and resets by endpoint, in four managed rules: the view that tells
	// consumers apart. In us-east-1 the rules cost $2 a month, and each million events that they match $0.02. The role of CloudFormation needs
	// cloudwatch:PutManagedInsightRules, cloudwatch:ListManagedInsightRules and cloudwatch:DeleteInsightRules.
	//
	// Default: false.
	ContributorInsights *bool

	// Network Load Balancer

	// Whether the NLB sends traffic across Availability Zones, which EC2 bills. Without it, each zone of the NLB needs a
	// healthy target.
	//
	// Default: false.
	CrossZoneEnabled *bool

	// Whether the NLB's inbound rules apply to PrivateLink traffic. They see the private IP address of the client, so
	// they need ConsumerCidrs, and they cannot tell consumers with overlapping addresses apart.
	//
	// Default: false.
	EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic *bool

	// The CIDR blocks of consumers that may connect, on the ports of all listeners, while inbound rules are enforced. Each
	// is a rule for each listener; a security group has at most 60 for each of IPv4 and IPv6 by default.
	//
	// Default: - none.
	ConsumerCidrs *[]*string
}

// privateLink returns the properties that all providers over PrivateLink have, which here are all.
func (props *PrivateNlbProviderProps) privateLink() *privateLinkOptions {
	return (*privateLinkOptions)(props)
}
