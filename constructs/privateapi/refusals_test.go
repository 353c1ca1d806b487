package privateapi_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscertificatemanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// refusal builds something that must be refused, and has the rules that it breaks.
type refusal struct {
	name  string
	rules []rules.Rule
	build func(awscdk.Stack)
}

// badProvider is a refusal of provider props.
func badProvider(name string, edit func(*privateapi.PrivateApiProviderProps), broken ...rules.Rule) refusal {
	return refusal{name, broken, func(stack awscdk.Stack) { newProvider(stack, edit) }}
}

func principals(list ...awsiam.ArnPrincipal) func(*privateapi.PrivateApiProviderProps) {
	return func(p *privateapi.PrivateApiProviderProps) { p.AllowedPrincipals = &list }
}

func providerRefusals() []refusal {
	type P = privateapi.PrivateApiProviderProps
	return []refusal{
		{"provider: nothing given", []rules.Rule{rules.Required, rules.CertificateRequired}, func(stack awscdk.Stack) {
			privateapi.NewPrivateApiProvider(stack, jsii.String("Pricing"), nil)
		}},
		badProvider("provider: no VPC", func(p *P) { p.Vpc = nil }, rules.Required),
		badProvider("provider: one zone", func(p *P) { p.Vpc = vpcOf(p.Vpc.Stack(), "One", "eu-west-1a") }, rules.TwoZones),
		badProvider("provider: two subnets in a zone", func(p *P) { p.VpcSubnets = sameZone(p.Vpc.Stack()) }, rules.SubnetPerZone),
		badProvider("provider: public subnets by default", func(p *P) { p.Vpc = publicVpc(p.Vpc.Stack()) }, rules.PrivateSubnets),
		badProvider("provider: no certificate", func(p *P) { p.Certificates = nil }, rules.CertificateRequired),
		badProvider("provider: a certificate twice", func(p *P) {
			p.Certificates = &[]elbv2.IListenerCertificate{(*p.Certificates)[0], (*certificates())[0]}
		}, rules.Contradiction),
		{"provider: idle timeout, and two Regions in a Region-agnostic stack", []rules.Rule{rules.CrossRegionIdleTimeout}, func(stack awscdk.Stack) {
			newProvider(awscdk.NewStack(awscdk.App_Of(stack), jsii.String("Agnostic"), nil), func(p *P) {
				p.SupportedRegions, p.TcpIdleTimeout = jsii.Strings("eu-west-1", "us-east-1"), awscdk.Duration_Minutes(jsii.Number(10))
			})
		}},
		badProvider("provider: public subnets that are not selected by name", func(p *P) {
			p.Vpc, p.VpcSubnets = publicVpc(p.Vpc.Stack()), &awsec2.SubnetSelection{OnePerAz: jsii.Bool(true)}
		}, rules.PrivateSubnets),
		badProvider("provider: nil certificate", func(p *P) { p.Certificates = &[]elbv2.IListenerCertificate{nil} }, rules.Required),
		badProvider("provider: TLS on the NLB", func(p *P) { p.NetworkListenerProtocol = elbv2.Protocol_TLS }, rules.NetworkListenerTCP),
		badProvider("provider: port 0", func(p *P) { p.Port = jsii.Number(0) }, rules.PortRange),
		badProvider("provider: port 65536", func(p *P) { p.ListenerPort = jsii.Number(65536) }, rules.PortRange),
		badProvider("provider: port 443.5", func(p *P) { p.Port = jsii.Number(443.5) }, rules.PortRange),
		badProvider("provider: an organization", principals(arn("arn:aws:organizations::123456789012:organization/o-abc1234567")), rules.PrincipalForm),
		badProvider("provider: a role with a path", principals(arn("arn:aws:iam::111111111111:role/team/checkout")), rules.PrincipalForm),
		badProvider("provider: a session", principals(arn("arn:aws:sts::111111111111:assumed-role/deploy/me")), rules.PrincipalForm),
		badProvider("provider: a wildcard in an ARN", principals(arn("arn:aws:iam::111111111111:role/*")), rules.PrincipalForm),
		badProvider("provider: a short account", principals(account("1111")), rules.PrincipalForm),
		badProvider("provider: another partition", principals(arn("arn:aws-cn:iam::111111111111:root")), rules.PrincipalForm),
		badProvider("provider: nonsense", principals(arn("checkout")), rules.PrincipalForm),
		badProvider("provider: nil principal", principals(nil), rules.Required),
		badProvider("provider: a service principal without its domain", principals(arn("ec2")), rules.PrincipalForm),
		badProvider("provider: accounts that are none", func(p *P) {
			p.AllowedAccounts = &[]*string{jsii.String("1111"), nil, jsii.String("arn:aws:iam::111111111111:role/deploy"), jsii.String("*")}
		}, rules.Required, rules.PrincipalForm, rules.PrincipalForm, rules.PrincipalForm),
		badProvider("provider: accounts that are known only at deploy time", func(p *P) { p.AllowedAccounts = listToken(p.Vpc.Stack()) }, rules.PrincipalForm),
		badProvider("provider: an account twice, and one that is a principal too", func(p *P) {
			p.AllowedPrincipals = &[]awsiam.ArnPrincipal{arn("arn:aws:iam::111111111111:root")}
			p.AllowedAccounts = jsii.Strings("333333333333", "333333333333", "111111111111")
		}, rules.PrincipalTwice, rules.PrincipalTwice),
		badProvider("provider: nobody allowed on purpose, and an account", func(p *P) {
			p.AllowedPrincipals, p.AllowedAccounts, p.AllowNoPrincipals = nil, jsii.Strings("111111111111"), jsii.Bool(true)
		}, rules.Contradiction),
		badProvider("provider: a principal twice", principals(account("111111111111"), arn("arn:aws:iam::111111111111:root")), rules.PrincipalTwice),
		badProvider("provider: everyone without acceptance", func(p *P) {
			p.AllowedPrincipals, p.AcceptanceRequired = &[]awsiam.ArnPrincipal{awsiam.NewAnyPrincipal()}, jsii.Bool(false)
		}, rules.EveryoneNeedsAcceptance),
		{"provider: everyone later, without acceptance", []rules.Rule{rules.EveryoneNeedsAcceptance}, func(stack awscdk.Stack) {
			newProvider(stack).AllowPrincipal(awsiam.NewAnyPrincipal())
		}},
		badProvider("provider: nobody allowed on purpose, and a principal", func(p *P) { p.AllowNoPrincipals = jsii.Bool(true) }, rules.Contradiction),
		badProvider("provider: malformed domain", func(p *P) { p.DomainNames = jsii.Strings("API.company.com") }, rules.DomainNameForm),
		badProvider("provider: a domain twice", func(p *P) { p.DomainNames = jsii.Strings(domain, domain) }, rules.DomainNameTwice),
		badProvider("provider: private DNS under .internal", func(p *P) { p.PrivateDnsName = jsii.String("api.pricing.company.internal") }, rules.PrivateDnsName),
		badProvider("provider: malformed Region", func(p *P) { p.SupportedRegions = jsii.Strings("Ireland") }, rules.RegionForm),
		badProvider("provider: idle timeout across Regions", func(p *P) {
			p.SupportedRegions, p.TcpIdleTimeout = jsii.Strings("us-east-1"), awscdk.Duration_Minutes(jsii.Number(10))
		}, rules.CrossRegionIdleTimeout),
		badProvider("provider: idle timeout of a second", func(p *P) { p.TcpIdleTimeout = awscdk.Duration_Seconds(jsii.Number(1)) }, rules.IdleTimeout),
		badProvider("provider: ALB idle timeout of 4001 seconds", func(p *P) { p.IdleTimeout = seconds(4001) }, rules.AlbIdleTimeout),
		badProvider("provider: ALB idle timeout of half a second", func(p *P) { p.IdleTimeout = awscdk.Duration_Millis(jsii.Number(500)) }, rules.AlbIdleTimeout),
		badProvider("provider: X-Forwarded-For mode in ELB's spelling", func(p *P) { p.XffHeaderProcessingMode = "append" }, rules.KnownValue),
		badProvider("provider: unknown payer", func(p *P) { p.PayerResponsibility = "Me" }, rules.KnownValue),
		badProvider("provider: enforced rules without CIDRs", func(p *P) {
			p.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = jsii.Bool(true)
		}, rules.NetworkSecurityGroup),
		badProvider("provider: CIDRs without enforced rules", func(p *P) { p.ConsumerCidrs = jsii.Strings("10.0.0.0/16") }, rules.NetworkSecurityGroup),
		badProvider("provider: malformed CIDRs", func(p *P) {
			p.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = jsii.Bool(true)
			p.ConsumerCidrs = jsii.Strings("10.0.0.0", "10.0.0.1/16")
		}, rules.CIDR, rules.CIDR),
		badProvider("provider: TCP health check", func(p *P) { p.HealthCheck = &elbv2.HealthCheck{Protocol: elbv2.Protocol_TCP} }, rules.HealthCheck),
		badProvider("provider: health check out of range", func(p *P) {
			p.HealthCheck = &elbv2.HealthCheck{
				Enabled: jsii.Bool(false), HealthyGrpcCodes: jsii.String("0"), HealthyHttpCodes: jsii.String("600"), Path: jsii.String("up"),
				Port: jsii.String("http"), Interval: awscdk.Duration_Seconds(jsii.Number(4)), Timeout: awscdk.Duration_Seconds(jsii.Number(1)),
				HealthyThresholdCount: jsii.Number(1), UnhealthyThresholdCount: jsii.Number(11),
			}
		}, rules.HealthCheck, rules.HealthCheck, rules.PortRange, rules.HealthCheck, rules.HealthCheck, rules.HealthCheck, rules.HealthCheck, rules.HealthCheck, rules.HealthCheck),
		badProvider("provider: HTTPS health check without certificate", func(p *P) {
			withTrustStore(p)
			p.HealthCheck = &elbv2.HealthCheck{Protocol: elbv2.Protocol_HTTPS}
		}, rules.HealthCheck),
		badProvider("provider: health check with a timeout longer than its interval", func(p *P) {
			p.HealthCheck = &elbv2.HealthCheck{Interval: awscdk.Duration_Seconds(jsii.Number(5)), Timeout: awscdk.Duration_Seconds(jsii.Number(10))}
		}, rules.HealthCheck),
		badProvider("provider: client certificates without trust store", func(p *P) {
			p.MutualAuthentication = &elbv2.MutualAuthentication{MutualAuthenticationMode: elbv2.MutualAuthenticationMode_VERIFY}
		}, rules.TrustStore),
		badProvider("provider: trust store without client certificates", func(p *P) {
			withTrustStore(p)
			p.MutualAuthentication.MutualAuthenticationMode = elbv2.MutualAuthenticationMode_PASS_THROUGH
			p.MutualAuthentication.AdvertiseTrustStoreCaNames = jsii.Bool(true)
		}, rules.TrustStore, rules.TrustStore),
		badProvider("provider: CIDRs that are known only at deploy time", func(p *P) {
			p.ConsumerCidrs = listToken(p.Vpc.Stack())
		}, rules.CIDR),
		badProvider("provider: health check on a port that needs a client certificate", func(p *P) {
			withTrustStore(p)
			p.HealthCheck = &elbv2.HealthCheck{Port: jsii.String("443")}
		}, rules.HealthCheck),
		badProvider("provider: health check on the traffic port, which needs a client certificate", func(p *P) {
			withTrustStore(p)
			p.HealthCheck = &elbv2.HealthCheck{Port: jsii.String("traffic-port")}
		}, rules.HealthCheck),
		badProvider("provider: HTTP health check on the HTTPS port", func(p *P) {
			p.HealthCheck = &elbv2.HealthCheck{Protocol: elbv2.Protocol_HTTP}
		}, rules.HealthCheck),
		badProvider("provider: health check path with a wildcard", func(p *P) { p.HealthCheck = &elbv2.HealthCheck{Path: jsii.String("/*")} }, rules.HealthCheck),
		badProvider("provider: health check that expects another code", func(p *P) {
			p.HealthCheck = &elbv2.HealthCheck{HealthyHttpCodes: jsii.String("204")}
		}, rules.HealthCheck),
		badProvider("provider: address types in EC2's spelling, twice", func(p *P) {
			p.SupportedIpAddressTypes = &[]awsec2.IpAddressType{"ipv6", "ipv6"}
		}, rules.KnownValue, rules.KnownValue, rules.KnownValue),
		badProvider("provider: no address types", func(p *P) { p.SupportedIpAddressTypes = &[]awsec2.IpAddressType{} }, rules.KnownValue),
		badProvider("provider: a Region twice, and one of China", func(p *P) {
			p.SupportedRegions = jsii.Strings("us-east-1", "us-east-1", "cn-north-1")
		}, rules.RegionForm, rules.RegionForm),
		badProvider("provider: TLS policy in ELB's spelling", func(p *P) { p.SslPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06" }, rules.KnownValue),
		badProvider("provider: access logs bucket with a KMS key", func(p *P) {
			p.AccessLogsBucket = awss3.NewBucket(p.Vpc.Stack(), jsii.String("Logs"), &awss3.BucketProps{Encryption: awss3.BucketEncryption_KMS})
		}, rules.AccessLogsEncryption),
		badProvider("provider: web ACL of another Region", func(p *P) {
			p.WebAclArn = jsii.String("arn:aws:wafv2:us-east-1:222222222222:regional/webacl/a/b")
		}, rules.WebACL),
		badProvider("provider: subnets that the VPC does not have", func(p *P) {
			p.VpcSubnets = &awsec2.SubnetSelection{SubnetGroupName: jsii.String("Database")}
		}, rules.SubnetSelection),
		badProvider("provider: nil subnet", func(p *P) { p.VpcSubnets = &awsec2.SubnetSelection{Subnets: &[]awsec2.ISubnet{nil}} }, rules.Required),
		badProvider("provider: web ACL of CloudFront", func(p *P) {
			p.WebAclArn = jsii.String("arn:aws:wafv2:us-east-1:222222222222:global/webacl/a/b")
		}, rules.WebACL),
		badProvider("provider: prefixes without bucket", func(p *P) {
			p.AccessLogsPrefix, p.ConnectionLogsPrefix = jsii.String("alb"), jsii.String("alb")
		}, rules.Contradiction, rules.Contradiction),
		badProvider("provider: connection logs bucket with a KMS key, and a prefix of ELB", func(p *P) {
			p.ConnectionLogsBucket = awss3.NewBucket(p.Vpc.Stack(), jsii.String("Logs"), &awss3.BucketProps{Encryption: awss3.BucketEncryption_KMS})
			p.ConnectionLogsPrefix = jsii.String("AWSLogs")
		}, rules.AccessLogsPrefix, rules.AccessLogsEncryption),
		{"provider: access logs without Region", []rules.Rule{rules.AccessLogsRegion}, func(stack awscdk.Stack) {
			agnostic := awscdk.NewStack(awscdk.App_Of(stack), jsii.String("Agnostic"), nil)
			newProvider(agnostic, func(p *P) {
				p.AccessLogsBucket = awss3.Bucket_FromBucketName(agnostic, jsii.String("Logs"), jsii.String("logs"))
			})
		}},
		badProvider("provider: HTTP listener of our own", func(p *P) { p.ListenerProtocol = elbv2.ApplicationProtocol_HTTP }, rules.Contradiction),
	}
}

// enforced enforces inbound rules for CIDR blocks.
func enforced(cidrs ...string) func(*privateapi.PrivateApiProviderProps) {
	return func(p *privateapi.PrivateApiProviderProps) {
		p.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic, p.ConsumerCidrs = jsii.Bool(true), jsii.Strings(cidrs...)
	}
}

// blocks are as many CIDR blocks as wanted.
func blocks(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("10.%d.0.0/16", i)
	}
	return list
}

// logsOf is a bucket that this app defines in a stack of a Region.
func logsOf(stack awscdk.Stack, region string) awss3.IBucket {
	other := awscdk.NewStack(awscdk.App_Of(stack), jsii.String("Logs"), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String(cdktest.Account), Region: &region},
	})
	return awss3.NewBucket(other, jsii.String("Logs"), &awss3.BucketProps{BucketName: jsii.String("logs"), Encryption: awss3.BucketEncryption_S3_MANAGED})
}

// ownCertificates are a certificate that this app defines for names.
func ownCertificates(stack awscdk.Stack, name string, more ...string) *[]elbv2.IListenerCertificate {
	certificate := awscertificatemanager.NewCertificate(stack, jsii.String("Certificate"), &awscertificatemanager.CertificateProps{
		DomainName: &name, SubjectAlternativeNames: jsii.Strings(more...),
	})
	return &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromCertificateManager(certificate)}
}

// certificatesOf are certificates with these ARNs.
func certificatesOf(arns ...string) *[]elbv2.IListenerCertificate {
	var list []elbv2.IListenerCertificate
	for _, arn := range arns {
		list = append(list, elbv2.ListenerCertificate_FromArn(jsii.String(arn)))
	}
	return &list
}

// manyCertificates are as many certificates as wanted.
func manyCertificates(n int) *[]elbv2.IListenerCertificate {
	arns := make([]string, n)
	for i := range arns {
		arns[i] = fmt.Sprintf("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-%012d", i)
	}
	return certificatesOf(arns...)
}

func certificateRefusals() []refusal {
	type P = privateapi.PrivateApiProviderProps
	return []refusal{
		badProvider("provider: certificates that are not there for the listener", func(p *P) {
			p.Certificates = certificatesOf("my-cert", "arn:aws:acm:us-east-1:222222222222:certificate/a", "arn:aws:acm:eu-west-1:111111111111:certificate/a")
		}, rules.CertificateArn, rules.CertificateArn, rules.CertificateArn),
		badProvider("provider: a certificate of this app for other names", func(p *P) {
			p.Certificates = ownCertificates(p.Vpc.Stack(), "company.com", "*.company.com")
		}, rules.CertificateNames),
		badProvider("provider: a trust store of another Region", func(p *P) {
			withTrustStore(p)
			p.MutualAuthentication.TrustStore = elbv2.TrustStore_FromTrustStoreArn(p.Vpc.Stack(), jsii.String("Far"),
				jsii.String("arn:aws:elasticloadbalancing:us-east-1:222222222222:truststore/clients/0123456789abcdef"))
		}, rules.TrustStore),
	}
}

func networkRefusals() []refusal {
	type P = privateapi.PrivateApiProviderProps
	return []refusal{
		badProvider("provider: a CIDR block twice", enforced("10.0.0.0/16", "10.0.0.0/16"), rules.CIDR),
		badProvider("provider: CIDR blocks of every address", enforced("0.0.0.0/0", "::/0"), rules.ConsumerCIDR, rules.ConsumerCIDR),
		badProvider("provider: an IPv6 block on an IPv4 NLB", enforced("2001:db8::/32"), rules.ConsumerCIDR),
		badProvider("provider: IPv6 in a VPC of this app without IPv6", func(p *P) {
			p.Vpc = newOwnVpc(p.Vpc.Stack(), "Own")
			p.SupportedIpAddressTypes = &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV4, awsec2.IpAddressType_IPV6}
		}, rules.SubnetIPv6),
		badProvider("provider: a log prefix that ELB adds itself", func(p *P) {
			p.AccessLogsBucket, p.AccessLogsPrefix = logsOf(p.Vpc.Stack(), "eu-west-1"), jsii.String("alb/AWSLogs")
		}, rules.AccessLogsPrefix),
		badProvider("provider: log buckets of another Region", func(p *P) {
			p.AccessLogsBucket = logsOf(p.Vpc.Stack(), "us-east-1")
			p.ConnectionLogsBucket = p.AccessLogsBucket
		}, rules.AccessLogsRegion, rules.AccessLogsRegion),
		{"listener: a third NLB in front of one ALB", []rules.Rule{rules.AlbTargetQuota}, func(stack awscdk.Stack) { newProvidersOfOneALB(stack, 3) }},
	}
}

// newProvidersOfOneALB puts a number of providers in front of one ALB, which each of them imports.
func newProvidersOfOneALB(stack awscdk.Stack, n int) {
	vpc := newVpc(stack)
	for i := range n {
		scope := constructs.NewConstruct(stack, jsii.String(fmt.Sprint("Number", i)))
		props := providerProps(awscdk.NewStack(scope, jsii.String("Unused"), nil))
		props.Certificates, props.Vpc, props.ListenerPort, props.HealthCheck = nil, vpc, jsii.Number(443), &elbv2.HealthCheck{Path: jsii.String("/up")}
		props.Listener, props.ListenerLoadBalancer = importedListener(scope), importedLoadBalancer(scope, vpc)
		privateapi.NewPrivateApiProvider(scope, jsii.String("Provider"), props)
	}
}

func listenerRefusals() []refusal {
	type P = privateapi.PrivateApiProviderProps
	return []refusal{
		badProvider("listener: imported, without ALB, port and health check path", func(p *P) {
			p.Certificates, p.Listener = nil, importedListener(p.Vpc.Stack())
		}, rules.Required, rules.Required, rules.HealthCheck),
		badProvider("listener: another port", func(p *P) {
			existing(p)
			p.ListenerPort = jsii.Number(444)
		}, rules.OnePort),
		badProvider("listener: health checks on a port that needs a client certificate", func(p *P) {
			existing(p)
			withTrustStore(p)
			listener := p.Listener.Node().DefaultChild()
			var resource elbv2.CfnListener
			jsii.UnsafeCast(listener, &resource)
			resource.SetMutualAuthentication(&elbv2.CfnListener_MutualAuthenticationProperty{Mode: jsii.String("verify")})
			p.MutualAuthentication = nil
		}, rules.HealthCheck),
		badProvider("listener: another protocol", func(p *P) {
			existing(p)
			p.ListenerProtocol = elbv2.ApplicationProtocol_HTTP
		}, rules.Contradiction),
		badProvider("listener: another VPC", func(p *P) {
			existing(p)
			p.Vpc = vpcOf(p.Vpc.Stack(), "Other", "eu-west-1a", "eu-west-1b")
		}, rules.LoadBalancerVpc),
		badProvider("listener: properties that belong to its ALB", func(p *P) {
			existing(p)
			p.Certificates, p.SslPolicy, p.AccessLogsPrefix = certificates(), elbv2.SslPolicy_RECOMMENDED_TLS, jsii.String("alb")
			p.WebAclArn = jsii.String("arn:aws:wafv2:eu-west-1:222222222222:regional/webacl/a/b")
			p.ConnectionLogsBucket, p.ConnectionLogsPrefix = logsOf(p.Vpc.Stack(), "eu-west-1"), jsii.String("alb")
			p.IdleTimeout, p.XffHeaderProcessingMode = seconds(30), elbv2.XffHeaderProcessingMode_REMOVE
		}, rules.Contradiction, rules.Contradiction, rules.Contradiction, rules.Contradiction, rules.Contradiction, rules.Contradiction, rules.Contradiction, rules.Contradiction),
		badProvider("listener: another ALB", func(p *P) {
			existing(p)
			p.ListenerLoadBalancer = elbv2.NewApplicationLoadBalancer(p.Vpc.Stack(), jsii.String("Other"), &elbv2.ApplicationLoadBalancerProps{Vpc: p.Vpc})
		}, rules.Contradiction),
		badProvider("listener: a protocol in lower case", func(p *P) {
			p.Certificates, p.Listener, p.ListenerLoadBalancer = nil, importedListener(p.Vpc.Stack()), importedLoadBalancer(p.Vpc.Stack(), p.Vpc)
			p.ListenerPort, p.ListenerProtocol, p.HealthCheck = jsii.Number(443), "https", &elbv2.HealthCheck{Path: jsii.String("/up")}
		}, rules.KnownValue),
		badProvider("listener: two VPCs of this app", func(p *P) {
			p.Vpc = newOwnVpc(p.Vpc.Stack(), "Own")
			existing(p)
			p.Vpc = newOwnVpc(p.Vpc.Stack(), "Another")
		}, rules.LoadBalancerVpc),
		badProvider("listener: an ALB without a listener", func(p *P) {
			p.ListenerLoadBalancer = importedLoadBalancer(p.Vpc.Stack(), p.Vpc)
		}, rules.Contradiction),
	}
}

func TestRefusals(t *testing.T) {
	defer cdktest.Recover(t)
	var cases []cdktest.Refusal
	for _, tc := range slices.Concat(providerRefusals(), listenerRefusals(), certificateRefusals(), networkRefusals(), standbyRefusals(), routeRefusals(), listenerRuleRefusals(), placementRefusals(), forwardRefusals(), actionRefusals(), jwtRefusals(), conditionRefusals(), nlbRefusals(), serviceRefusals(), consumerRefusals(), nameRefusals(), previousRefusals(), routingPolicyRefusals(), zoneRefusals(), privateDnsRefusals()) {
		cases = append(cases, cdktest.Refusal{Name: tc.name, Broken: tc.rules, Prepare: func(t *testing.T) func() {
			stack := cdktest.Stack(t)
			return func() { tc.build(stack) }
		}})
	}
	cdktest.Refusals(t, cases, rules.All(), checkedAtSynth...)
}

// checkedAtSynth are the rules that cannot be checked at construction; TestRefusalsAtSynth covers them.
var checkedAtSynth = []rules.Rule{
	rules.SomebodyAllowed, rules.TargetGroupAttributes, rules.ConsumerAllowed, rules.ServiceOfLoadBalancer,
	rules.SecurityGroupAttached, rules.ListenerRequired,
}
