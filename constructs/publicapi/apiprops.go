package publicapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
)

// ApiProps are the properties of an [Api]. Required are the VPC, certificates, and who may call: AllowedClients or AllowEveryone.
type ApiProps struct {
	// Network

	// The VPC of the ALB.
	//
	// Required.
	Vpc awsec2.IVpc

	// The subnets of the ALB, one in each Availability Zone and two or more of them. They need a route to an internet gateway.
	//
	// Default: - public subnets, one of each Availability Zone.
	VpcSubnets *awsec2.SubnetSelection

	// Whether the ALB is protected from deletion. To destroy the stack, deploy once with false.
	//
	// Default: true.
	DeletionProtection *bool

	// Names

	// The names under which clients call the API. The certificate must cover them.
	//
	// Default: - none.
	DomainNames *[]*string

	// The public hosted zone that gets a record for each of DomainNames: an alias of the ALB.
	//
	// Default: - none: the records are defined elsewhere.
	HostedZone awsroute53.IHostedZone

	// Clients

	// The clients that the API lets in, by name: by the security group of the ALB, and by the web ACL unless you supply WebAclArn.
	//
	// Default: - none, and then AllowEveryone is required.
	AllowedClients *[]*AllowedClient

	// Lets everyone on the internet in. Not together with AllowedClients.
	//
	// Default: false.
	AllowEveryone *bool

	// Web ACL

	// The rule groups of AWS that the web ACL applies to each request, before it looks for the client. AWSManagedRulesCommonRuleSet blocks
	// bodies of more than 8 KB, among others: for another setting of a rule, supply WebAclArn.
	//
	// See https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
	//
	// Default: AWSManagedRulesCommonRuleSet, AWSManagedRulesKnownBadInputsRuleSet, AWSManagedRulesAmazonIpReputationList.
	ManagedRuleGroups *[]*string

	// The ARN of a regional WAF web ACL of yours, instead of the one that is built. Then AllowedClients are rules of the security group
	// only.
	//
	// Default: - a web ACL of ManagedRuleGroups and AllowedClients is built.
	WebAclArn *string

	// The IPv4 CIDR blocks of the subnets of a Network Load Balancer that is put in front of the listener, such as that of a
	// [privateapi.PrivateApiProvider]. Requests over PrivateLink and health checks come from them, so the web ACL lets them in, under the
	// name PrivateLink. A provider in front of a web ACL that lets in AllowedClients alone is refused. A [Migration] sets them itself.
	//
	// Default: - none: no NLB is in front.
	PrivateLinkCidrBlocks *[]*string

	// Application Load Balancer

	// The TCP port that clients connect to: that of the listener.
	//
	// Default: 443.
	Port *float64

	// The certificates of the listener, the first one for clients that name no host. They come from ACM, in the account and Region of the
	// stack, or from IAM, and must cover DomainNames.
	//
	// Required.
	Certificates *[]elbv2.IListenerCertificate

	// The TLS policy of the listener.
	//
	// Default: SslPolicy_RECOMMENDED_TLS: TLS 1.3 and 1.2.
	SslPolicy elbv2.SslPolicy

	// Client certificates on the listener: they tell clients apart that share an address, and clients outside of your organization from
	// whoever gets that address next.
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

	// What the ALB does with the X-Forwarded-For header of a request. The address that it appends is the public one of the client, or of its
	// NAT gateway.
	//
	// Default: - XffHeaderProcessingMode_APPEND, which is the ALB's own.
	XffHeaderProcessingMode elbv2.XffHeaderProcessingMode
}

// AllowedClient is a client that an [Api] lets in by its addresses. Whoever else has one of them may call too: behind a NAT gateway that
// is every workload of the VPC.
type AllowedClient struct {
	// The name of the client: letters, digits and hyphens, beginning with a letter. It is the name of the client's rule of the web ACL, and so of
	// its metrics, and part of descriptions and construct IDs.
	//
	// Required.
	Name *string

	// The public IPv4 CIDR blocks from which the client calls, such as <address>/32 for the Elastic IP address of a NAT gateway. Each is a rule
	// of the ALB's security group, which has at most 60 by default. A block may be a token, the list as a whole may not.
	//
	// Required.
	CidrBlocks *[]*string
}
