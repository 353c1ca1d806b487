package routedapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
)

// ApiProps are the properties of an [Api]. Required are the VPC, and either certificates, with which an ALB is built, or the listener of
// an internal ALB that exists.
type ApiProps struct {
	// Network

	// The VPC of the ALB. For an existing Listener it is the VPC of its ALB.
	//
	// Required.
	Vpc awsec2.IVpc

	// The subnets of the ALB, one in each Availability Zone and two or more of them. The subnets of clients in any zone reach it: unlike an
	// endpoint, a route does not depend on zones.
	//
	// Default: - private subnets, one of each Availability Zone.
	VpcSubnets *awsec2.SubnetSelection

	// The IPv4 CIDR blocks of the subnets of the ALB. Clients are let out to them where no outbound rule can name the ALB's security
	// group: over a transit gateway, from another Region, and from another account.
	//
	// Default: - those of the subnets, which an imported subnet may not know.
	CidrBlocks *[]*string

	// Whether the ALB is protected from deletion. To destroy the stack, deploy once with false.
	//
	// Default: true.
	DeletionProtection *bool

	// Names

	// The names under which clients call the API. The certificate must cover them; consumers resolve them in a private hosted zone.
	//
	// Default: - none; each consumer gives its own.
	DomainNames *[]*string

	// Clients

	// The IPv4 CIDR blocks of clients that the ALB lets in. For clients whose consumer cannot add a rule to the ALB's security group: those of
	// another account or Region. Each is a rule of that group, which has at most 60 by default. Every workload in a block may call:
	// AllowedSecurityGroups, or a [ClientAccess], names clients alone.
	//
	// Default: - none; consumers of the same account and Region let their clients in by security group.
	AllowedCidrs *[]*string

	// The security groups of clients in other accounts that the ALB lets in. EC2 accepts a group of another VPC only while a peering
	// connection or a transit gateway connects the two VPCs: list it once the network is deployed, or define a [ClientAccess].
	//
	// See https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
	//
	// Default: - none; consumers of the same account and Region let their clients in by security group.
	AllowedSecurityGroups *[]*ClientSecurityGroup

	// Application Load Balancer that is built

	// The certificates of the listener, the first one for clients that name no host. They come from ACM, in the account and Region of the
	// stack, or from IAM, and must cover DomainNames.
	//
	// Default: - none, and then Listener is required.
	Certificates *[]elbv2.IListenerCertificate

	// The TLS policy of the listener.
	//
	// Default: SslPolicy_RECOMMENDED_TLS: TLS 1.3 and 1.2.
	SslPolicy elbv2.SslPolicy

	// Client certificates on the listener.
	//
	// Default: - clients are not asked for a certificate.
	MutualAuthentication *elbv2.MutualAuthentication

	// The bucket for the access logs, in the Region of the stack, which must be explicit. An imported bucket needs a policy that lets ELB
	// write to it.
	//
	// Default: - no access logs.
	AccessLogsBucket awss3.IBucket

	// The prefix of the access logs in the bucket. ELB appends AWSLogs to it.
	//
	// Default: - no prefix.
	AccessLogsPrefix *string

	// The bucket for the connection logs, which record TLS handshakes and client certificates. It has the requirements of
	// AccessLogsBucket, and may be the same bucket.
	//
	// Default: - no connection logs.
	ConnectionLogsBucket awss3.IBucket

	// The prefix of the connection logs in the bucket. ELB appends AWSLogs to it.
	//
	// Default: - no prefix.
	ConnectionLogsPrefix *string

	// How long the ALB keeps an idle connection to a client or a target, 1 to 4000 seconds.
	//
	// Default: - 60 seconds, which is the ALB's own.
	IdleTimeout awscdk.Duration

	// What the ALB does with the X-Forwarded-For header of a request. The address that it appends is the client's: no load balancer and no
	// endpoint stands between them.
	//
	// Default: - XffHeaderProcessingMode_APPEND, which is the ALB's own.
	XffHeaderProcessingMode elbv2.XffHeaderProcessingMode

	// The ARN of a regional WAF web ACL for the ALB. Its IP and rate rules see the clients' own addresses, which are private.
	//
	// Default: - no web ACL.
	WebAclArn *string

	// Application Load Balancer that exists

	// A listener of an internal ALB that exists, such as that of a [privateapi.PrivateApiProvider]: then consumers can move from PrivateLink to
	// a route, and back, while both lead to it. Its rules and certificates stay its own. An imported one needs ListenerLoadBalancer and
	// Port, and must exist before this stack is deployed.
	//
	// Default: - an internal ALB and its HTTPS listener are built.
	Listener elbv2.IApplicationListener

	// The ALB of an imported Listener, with its DNS name, hosted zone ID and security group.
	//
	// Default: - known if Listener is defined in this app.
	ListenerLoadBalancer elbv2.IApplicationLoadBalancer

	// The protocol of an imported Listener.
	//
	// Default: ApplicationProtocol_HTTPS, or the protocol of a Listener that is defined in this app.
	ListenerProtocol elbv2.ApplicationProtocol

	// Any Application Load Balancer

	// The TCP port that clients connect to: that of the listener.
	//
	// Default: 443, or the port of a Listener that is defined in this app.
	Port *float64
}

// ClientSecurityGroup is a security group of clients in another VPC.
type ClientSecurityGroup struct {
	// The ID of the security group: sg-<id>.
	//
	// Required.
	SecurityGroupId *string

	// The account that owns the security group.
	//
	// Default: - the account of the API.
	Account *string
}
