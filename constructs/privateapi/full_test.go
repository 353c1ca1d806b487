package privateapi_test

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// fullProvider sets all properties that can be set together.
func fullProvider(app awscdk.App) awscdk.Stack {
	stack := cdktest.StackIn(app, "FullProvider", cdktest.Account)
	provider := newProvider(stack, withTrustStore, func(p *privateapi.PrivateApiProviderProps) {
		p.DomainNames = jsii.Strings(domain, "rates.pricing.internal.company.com")
		p.PrivateDnsName = jsii.String("api.pricing.company.com")
		p.AllowedPrincipals = &[]awsiam.ArnPrincipal{account(cdktest.OtherAccount), arn("arn:aws:iam::333333333333:role/deploy")}
		p.AllowedAccounts = jsii.Strings("555555555555")
		p.AcceptanceRequired = jsii.Bool(true)
		p.SupportedRegions = jsii.Strings("eu-central-1")
		p.SupportedIpAddressTypes = &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV4, awsec2.IpAddressType_IPV6}
		p.PayerResponsibility = privateapi.PayerResponsibility_SERVICE_OWNER
		p.ContributorInsights = jsii.Bool(true)
		p.Port, p.ListenerPort = jsii.Number(8443), jsii.Number(9443)
		p.CrossZoneEnabled, p.DeletionProtection = jsii.Bool(true), jsii.Bool(false)
		p.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic, p.ConsumerCidrs = jsii.Bool(true), jsii.Strings("10.1.0.0/16", "fd00:1::/64")
		p.SslPolicy = elbv2.SslPolicy_TLS13_12_PQ
		p.AccessLogsBucket = awss3.Bucket_FromBucketName(stack, jsii.String("Logs"), jsii.String("pricing-logs"))
		p.AccessLogsPrefix = jsii.String("alb")
		p.ConnectionLogsBucket, p.ConnectionLogsPrefix = p.AccessLogsBucket, jsii.String("tls")
		p.IdleTimeout, p.XffHeaderProcessingMode = awscdk.Duration_Minutes(jsii.Number(5)), elbv2.XffHeaderProcessingMode_REMOVE
		p.WebAclArn = jsii.String("arn:aws:wafv2:eu-west-1:222222222222:regional/webacl/pricing/01234567-89ab-cdef-0123-456789abcdef")
		p.HealthCheck = &elbv2.HealthCheck{Path: jsii.String("/up"), Interval: awscdk.Duration_Seconds(jsii.Number(10))}
	})
	provider.AllowPrincipal(arn("arn:aws:iam::444444444444:user/ci"))
	provider.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{
		HostHeaders: jsii.Strings(domain), PathPatterns: jsii.Strings("/v1/*", "/v2/*"), Targets: targets(ipTarget("10.0.0.5")),
		Port: jsii.Number(8080), HealthCheck: &elbv2.HealthCheck{Path: jsii.String("/up")},
	})
	awscdk.Tags_Of(provider).Add(jsii.String("team"), jsii.String("pricing"), nil)
	return stack
}

// providerOfRoutes has a route of each form.
func providerOfRoutes(app awscdk.App) awscdk.Stack {
	type R = privateapi.RouteOptions
	stack := cdktest.StackIn(app, "Routes", cdktest.Account)
	var vpc awsec2.IVpc
	provider := newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { vpc = p.Vpc })
	canary := targetGroup(stack, "Canary", vpc, func(p *elbv2.ApplicationTargetGroupProps) { p.Targets = targets(ipTarget("10.0.0.9")) })
	provider.AddRoute(jsii.String("Quote"), &R{
		PathPatterns: jsii.Strings("/v1/*"), Priority: jsii.Number(20), Targets: targets(ipTarget("10.0.0.5")), Weight: jsii.Number(95),
		TargetGroups: weighted(jsii.Number(5), canary), StickinessDuration: awscdk.Duration_Hours(jsii.Number(1)),
	})
	provider.AddRoute(jsii.String("Preview"), &R{
		PathPatterns: jsii.Strings("/v1/*"), Priority: jsii.Number(10), TargetGroups: weighted(nil, canary),
		Conditions: &[]elbv2.ListenerCondition{
			elbv2.ListenerCondition_HttpHeader(jsii.String("X-Stage"), jsii.Strings("canary")),
			elbv2.ListenerCondition_HttpRequestMethods(jsii.Strings("GET")),
		},
	})
	provider.AddRoute(jsii.String("Order"), &R{
		PathPatterns: jsii.Strings("/v2/*"), Targets: targets(ipTarget("10.0.0.6")), JwtIssuer: jsii.String("https://id.company.com"),
		JwtJwksEndpoint: jsii.String("https://id.company.com/.well-known/jwks.json"), JwksPeer: awsec2.Peer_AnyIpv4(),
		JwtAdditionalClaims: &[]*elbv2.CfnListenerRule_JwtValidationActionAdditionalClaimProperty{
			{Name: jsii.String("scope"), Format: jsii.String("space-separated-values"), Values: jsii.Strings("orders", "quotes")},
		},
	})
	provider.AddRoute(jsii.String("Old"), &R{
		PathPatterns: jsii.Strings("/v0/*"), Action: elbv2.ListenerAction_Redirect(&elbv2.RedirectOptions{Path: jsii.String("/v1/#{path}"), Permanent: jsii.Bool(true)}),
	})
	provider.AddRoute(jsii.String("Gone"), &R{
		PathPatterns: jsii.Strings("/beta/*"), Action: elbv2.ListenerAction_FixedResponse(jsii.Number(410), nil),
	})
	return stack
}

// fullNlbProvider sets all properties that can be set together, with a listener of each kind.
func fullNlbProvider(app awscdk.App) awscdk.Stack {
	stack := cdktest.StackIn(app, "FullNlb", cdktest.Account)
	var vpc awsec2.IVpc
	provider := newNlbProvider(stack, func(p *privateapi.PrivateNlbProviderProps) {
		vpc = p.Vpc
		p.DomainNames = jsii.Strings(databaseDomain, "replica.orders.internal.company.com")
		p.PrivateDnsName = jsii.String("db.orders.company.com")
		p.AcceptanceRequired = jsii.Bool(true)
		p.SupportedIpAddressTypes = &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV4, awsec2.IpAddressType_IPV6}
		p.PayerResponsibility = privateapi.PayerResponsibility_SERVICE_OWNER
		p.ContributorInsights = jsii.Bool(true)
		p.CrossZoneEnabled, p.DeletionProtection = jsii.Bool(true), jsii.Bool(false)
		p.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic, p.ConsumerCidrs = jsii.Bool(true), jsii.Strings("10.1.0.0/16", "2001:db8::/56")
	})
	provider.AddListener(jsii.String("Postgres"), &privateapi.NlbListenerOptions{
		Port: jsii.Number(5432), Targets: networkTargets(ipTarget("10.0.0.5")), TargetPort: jsii.Number(6432),
		TcpIdleTimeout: awscdk.Duration_Hours(jsii.Number(1)), DeregistrationDelay: awscdk.Duration_Seconds(jsii.Number(60)),
		ConnectionTermination: jsii.Bool(true), ProxyProtocolV2: jsii.Bool(true), PreserveClientIp: jsii.Bool(false),
		HealthCheck: &elbv2.HealthCheck{Port: jsii.String("8008"), Interval: awscdk.Duration_Seconds(jsii.Number(10)), HealthyThresholdCount: jsii.Number(2)},
	})
	provider.AddListener(jsii.String("Tls"), &privateapi.NlbListenerOptions{
		Port: jsii.Number(443), Certificates: &[]elbv2.IListenerCertificate{
			(*certificates())[0], elbv2.ListenerCertificate_FromArn(jsii.String(certificateArn + "0")),
		},
		SslPolicy: elbv2.SslPolicy_TLS13_12_PQ, AlpnPolicy: elbv2.AlpnPolicy_HTTP2_PREFERRED,
		TargetProtocol: elbv2.Protocol_TLS, TargetPort: jsii.Number(8443), Targets: networkTargets(instanceTarget()),
		TargetPeers: &[]awsec2.IConnectable{newGroup(stack, "Servers", vpc)},
		HealthCheck: &elbv2.HealthCheck{Protocol: elbv2.Protocol_HTTPS, Path: jsii.String("/up"), HealthyHttpCodes: jsii.String("200-299")},
	})
	provider.AllowPrincipal(arn("arn:aws:iam::444444444444:user/ci"))
	awscdk.Tags_Of(provider).Add(jsii.String("team"), jsii.String("orders"), nil)
	return stack
}

// fullConsumer sets all properties that can be set together.
func fullConsumer(app awscdk.App) awscdk.Stack {
	stack := cdktest.StackIn(app, "FullConsumer", cdktest.OtherAccount)
	newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
		p.Service = privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Far"), &privateapi.PrivateApiServiceAttributes{
			ServiceName: jsii.String("com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0"), ServiceRegion: jsii.String("eu-central-1"),
			Port: jsii.Number(8443), DomainNames: jsii.Strings(domain, "rates.pricing.internal.company.com"), AcceptanceRequired: jsii.Bool(true),
			AvailabilityZoneIds: jsii.Strings("euc1-az1", "euc1-az2"), SupportedIpAddressTypes: &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV4, awsec2.IpAddressType_IPV6},
		})
		p.Subnets = &awsec2.SubnetSelection{AvailabilityZones: jsii.Strings("eu-west-1b")}
		p.Clients = &[]awsec2.IConnectable{newClient(stack, p.Vpc)}
		p.HostedZoneVpcs = &[]awsec2.IVpc{vpcOf(stack, "Peer", "eu-west-1a")}
		p.IpAddressType = awsec2.VpcEndpointIpAddressType_DUALSTACK
	})
	return stack
}
