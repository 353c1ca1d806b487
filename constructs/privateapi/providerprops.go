package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
)

// PayerResponsibility is who pays for the endpoints of a service.
type PayerResponsibility string

const (
	// PayerResponsibility_ENDPOINT_OWNER bills each consumer for its endpoints, as EC2 does by default.
	PayerResponsibility_ENDPOINT_OWNER PayerResponsibility = "EndpointOwner"
	// PayerResponsibility_SERVICE_OWNER bills the provider for all endpoints. It cannot be set back.
	PayerResponsibility_SERVICE_OWNER PayerResponsibility = "ServiceOwner"
)

// PrivateApiProviderProps are the properties of a [PrivateApiProvider]. Required are the VPC, and either certificates,
// with which an ALB is built, or the listener of an ALB that exists.
//
// # Network
//
// Vpc and VpcSubnets place the load balancers; DeletionProtection protects them.
//
// # Names
//
// DomainNames are what clients call; PrivateDnsName is a name that AWS resolves for consumers that enable it.
//
// # Consent
//
// AllowedPrincipals and AllowedAccounts, or AllowNoPrincipals, control who may create an endpoint; AcceptanceRequired and
// AllowEveryoneWithoutAcceptance say whether somebody accepts each connection.
//
// # Endpoint service
//
// SupportedRegions and SupportedIpAddressTypes control from where clients can connect, PayerResponsibility who pays, and
// ContributorInsights whether traffic is counted by endpoint.
//
// # Network Load Balancer
//
// Port, NetworkListenerProtocol, TcpIdleTimeout and CrossZoneEnabled are for the NLB and its listener;
// EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic and ConsumerCidrs are for its security group.
//
// # Application Load Balancer that is built
//
// Certificates, SslPolicy and MutualAuthentication are for its listener; AccessLogsBucket, AccessLogsPrefix,
// ConnectionLogsBucket, ConnectionLogsPrefix, IdleTimeout, XffHeaderProcessingMode and WebAclArn are for the ALB.
//
// # Application Load Balancer that exists
//
// Listener replaces the ALB that would be built; ListenerLoadBalancer and ListenerProtocol describe an imported
// one.
//
// # Any Application Load Balancer
//
// ListenerPort is where it listens, and HealthCheck how the NLB checks it.
//
// # Two Application Load Balancers
//
// StandbyAlb puts two ALBs behind the NLB, to move clients from one to the other; StandbyPort and BuiltListenerPort are their ports.
type PrivateApiProviderProps struct {
	// Network

	// The VPC of the load balancers. For an existing Listener it is the VPC of its ALB.
	//
	// Required.
	Vpc awsec2.IVpc

	// The subnets of both load balancers, one in each Availability Zone and two or more of them. Consumers can reach the API from
	// these zones only, and from a zone that is added later only once the NLB is associated with the endpoint service again. While
	// endpoints are connected, no subnet can be removed, so none can be replaced with another one of its zone.
	//
	// Default: - private subnets, one of each Availability Zone.
	VpcSubnets *awsec2.SubnetSelection

	// Whether the load balancers are protected from deletion. To destroy the stack, deploy once with false. An ALB that is built and
	// stands by is not protected: no client reaches it, and the way back removes it.
	//
	// Default: true.
	DeletionProtection *bool

	// Names

	// The names under which clients call the API. The certificate must cover them; consumers resolve them in a private
	// hosted zone.
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

	// The accounts that may create an endpoint to the service, by their IDs of 12 digits: shorthand for an awsiam.AccountPrincipal
	// of each in AllowedPrincipals. An ID may be a token, the list as a whole may not.
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

	// Lets everyone (*) connect without acceptance. That makes the API public to all of AWS.
	//
	// Default: false.
	AllowEveryoneWithoutAcceptance *bool

	// Endpoint service

	// The Regions besides its own from which consumers can connect.
	//
	// Default: - the Region of the service.
	SupportedRegions *[]*string

	// The IP address types with which clients can connect. With IPv6 the NLB is dual-stack, and its subnets need IPv6
	// CIDR blocks. NLB to ALB stays IPv4.
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

	// The TCP port that clients connect to: the port of the NLB's listener.
	//
	// Default: 443.
	Port *float64

	// The protocol of the NLB's listener. Only elbv2.Protocol_TCP can forward to an ALB; anything else is refused, with
	// the reason.
	//
	// Default: Protocol_TCP.
	NetworkListenerProtocol elbv2.Protocol

	// How long the NLB keeps an idle connection, 60 to 6000 seconds. Not together with SupportedRegions.
	//
	// Default: - 350 seconds, which is the NLB's own.
	TcpIdleTimeout awscdk.Duration

	// Whether the NLB sends traffic across Availability Zones, which EC2 bills. The ALB does so unless a target group switches
	// it off; the target groups of routes do not.
	//
	// Default: false.
	CrossZoneEnabled *bool

	// Whether the NLB's inbound rules apply to PrivateLink traffic. They see the private IP address of the client, so
	// they need ConsumerCidrs, and they cannot tell consumers with overlapping addresses apart.
	//
	// Default: false.
	EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic *bool

	// The CIDR blocks of consumers that may connect while inbound rules are enforced. Each is a rule of the NLB's security
	// group, which has at most 60 for each of IPv4 and IPv6 by default.
	//
	// Default: - none.
	ConsumerCidrs *[]*string

	// Application Load Balancer that is built

	// The certificates of the ALB's listener, the first one for clients that name no host. They come from ACM, in the account
	// and Region of the stack, or from IAM, and must cover DomainNames.
	//
	// Default: - none, and then Listener is required.
	Certificates *[]elbv2.IListenerCertificate

	// The TLS policy of the ALB's listener.
	//
	// Default: SslPolicy_RECOMMENDED_TLS: TLS 1.3 and 1.2.
	SslPolicy elbv2.SslPolicy

	// Client certificates on the ALB's listener. With MutualAuthenticationMode_VERIFY health checks get an HTTP listener
	// of their own, because an NLB has no client certificate.
	//
	// Default: - clients are not asked for a certificate.
	MutualAuthentication *elbv2.MutualAuthentication

	// The bucket for the ALB's access logs, in the Region of the stack, which must be explicit. An imported bucket needs a
	// policy that lets ELB write to it.
	//
	// Default: - no access logs.
	AccessLogsBucket awss3.IBucket

	// The prefix of the ALB's access logs in the bucket. ELB appends AWSLogs to it.
	//
	// Default: - no prefix.
	AccessLogsPrefix *string

	// The bucket for the ALB's connection logs, which record TLS handshakes and client certificates. It has the requirements of
	// AccessLogsBucket, and may be the same bucket.
	//
	// Default: - no connection logs.
	ConnectionLogsBucket awss3.IBucket

	// The prefix of the ALB's connection logs in the bucket. ELB appends AWSLogs to it.
	//
	// Default: - no prefix.
	ConnectionLogsPrefix *string

	// How long the ALB keeps an idle connection to a client or a target, 1 to 4000 seconds. If it is longer than TcpIdleTimeout, the
	// NLB drops the connection first, and the next request on it gets a reset.
	//
	// Default: - 60 seconds, which is the ALB's own.
	IdleTimeout awscdk.Duration

	// What the ALB does with the X-Forwarded-For header of a request. The address that it appends is the NLB's, not the
	// client's.
	//
	// Default: - XffHeaderProcessingMode_APPEND, which is the ALB's own.
	XffHeaderProcessingMode elbv2.XffHeaderProcessingMode

	// The ARN of a regional WAF web ACL for the ALB. Behind PrivateLink its IP, geographic and rate rules see the NLB's
	// addresses, not the clients'.
	//
	// Default: - no web ACL.
	WebAclArn *string

	// Application Load Balancer that exists

	// A listener of an ALB that exists, to put the NLB in front of it. Its rules, certificates and security groups stay
	// its own; its ALB gets one more ingress rule. An imported one needs ListenerLoadBalancer and ListenerPort, and must
	// exist before this stack is deployed.
	//
	// Default: - an internal ALB and its HTTPS listener are built.
	Listener elbv2.IApplicationListener

	// The ALB of an imported Listener.
	//
	// Default: - known if Listener is defined in this app.
	ListenerLoadBalancer elbv2.IApplicationLoadBalancer

	// The protocol of an imported Listener.
	//
	// Default: ApplicationProtocol_HTTPS, or the protocol of a Listener that is defined in this app.
	ListenerProtocol elbv2.ApplicationProtocol

	// Any Application Load Balancer

	// The port on which the ALB listens. The NLB's target group has the same.
	//
	// Default: 443, or the port of a Listener that is defined in this app.
	ListenerPort *float64

	// How the NLB checks the ALB. It reads Path, Port, Protocol (HTTP or HTTPS), HealthyHttpCodes, Interval (5 to 300 s),
	// Timeout (2 to 120 s) and the thresholds (2 to 10). For an existing Listener, Path is required: one that it answers
	// whatever the host is. With StandbyAlb, it holds for both ALBs.
	//
	// Default: - the ALB itself answers 200 at /privateapi-health, over HTTPS; ELB's intervals and thresholds.
	HealthCheck *elbv2.HealthCheck

	// Two Application Load Balancers

	// Which of two ALBs stands by: that of Listener, or the one that is built. The NLB forwards Port to the other one, and StandbyPort
	// to the one that stands by, because it checks the health only of an ALB that a listener forwards to. So clients move between two
	// ALBs that are both healthy: swap the value, and only the actions of the NLB's listeners change, for new connections. It needs
	// Listener and Certificates. Routes go to the ALB that is built.
	//
	// Default: - none: one ALB is behind the NLB.
	StandbyAlb StandbyAlb

	// The port of the NLB on which the ALB that stands by is reached and checked. It is no port of the API: consumers are not told of
	// it, and neither rules of ConsumerCidrs nor those of their endpoints open it.
	//
	// Default: 8443.
	StandbyPort *float64

	// The port on which the ALB that is built listens if there are two: ListenerPort is that of the Listener then.
	//
	// Default: 443.
	BuiltListenerPort *float64
}
