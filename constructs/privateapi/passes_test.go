package privateapi_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscertificatemanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// passing builds something that is close to a refusal and must not be refused.
type passing struct {
	name  string
	build func(awscdk.Stack)
}

// goodRoute passes as the only route of a provider.
func goodRoute(name string, options func(awscdk.Stack) *privateapi.RouteOptions) passing {
	return passing{name, func(stack awscdk.Stack) {
		o := options(stack)
		if o.Targets == nil {
			o.Targets = targets(ipTarget("10.0.0.6"))
		}
		newProvider(stack).AddRoute(jsii.String("Good"), o)
	}}
}

func routePasses() []passing {
	type R = privateapi.RouteOptions
	return []passing{
		goodRoute("route: a health check of tokens", func(stack awscdk.Stack) *R {
			return &R{HealthCheck: &elbv2.HealthCheck{
				HealthyHttpCodes: textToken(stack, "Codes"), Path: textToken(stack, "Path"), Port: textToken(stack, "Port"),
				Interval: awscdk.Duration_Seconds(numberToken(stack, "Interval")), HealthyThresholdCount: numberToken(stack, "Healthy"),
			}}
		}),
		goodRoute("route: gRPC codes that are a token", func(stack awscdk.Stack) *R {
			return &R{ProtocolVersion: elbv2.ApplicationProtocolVersion_GRPC, HealthCheck: &elbv2.HealthCheck{HealthyGrpcCodes: textToken(stack, "Codes")}}
		}),
		goodRoute("route: gRPC codes", func(awscdk.Stack) *R {
			return &R{ProtocolVersion: elbv2.ApplicationProtocolVersion_GRPC, HealthCheck: &elbv2.HealthCheck{
				HealthyGrpcCodes: jsii.String("0-99"), Path: jsii.String("/grpc.health.v1.Health/Check"), Interval: seconds(6), Port: jsii.String("traffic-port"),
			}}
		}),
		goodRoute("route: five wildcards, three values, and hosts that are tokens", func(stack awscdk.Stack) *R {
			return &R{PathPatterns: jsii.Strings("/*/a/*", "/?/b/*", "/c/*"), HostHeaders: &[]*string{textToken(stack, "Host"), textToken(stack, "Other")}}
		}),
		{"route: two of the same tokens", func(stack awscdk.Stack) {
			provider, paths := newProvider(stack), &[]*string{textToken(stack, "Path")}
			provider.AddRoute(jsii.String("First"), &R{Targets: targets(ipTarget("10.0.0.6")), PathPatterns: paths})
			provider.AddRoute(jsii.String("Second"), &R{Targets: targets(ipTarget("10.0.0.6")), PathPatterns: paths})
		}},
		{"route: as many rules as by default", func(stack awscdk.Stack) { addRoutes(newProvider(stack), rules.MaxRules-1) }},
		{"route: gRPC on an HTTPS listener", func(stack awscdk.Stack) {
			newProvider(stack, existing).AddRoute(jsii.String("Good"), &R{
				Targets: targets(ipTarget("10.0.0.6")), Priority: jsii.Number(1), ProtocolVersion: elbv2.ApplicationProtocolVersion_GRPC,
			})
		}},
		goodRoute("route: an address outside of the VPC, in all zones", func(awscdk.Stack) *R {
			return &R{Targets: targets(awselasticloadbalancingv2targets.NewIpTarget(jsii.String("100.64.0.5"), nil, jsii.String("all")))}
		}),
		goodRoute("route: an address that is a token", func(stack awscdk.Stack) *R { return &R{Targets: targets(ipTarget(*textToken(stack, "Address")))} }),
		{"route: a public address in a VPC of public addresses", func(stack awscdk.Stack) {
			newProvider(stack, func(p *privateapi.PrivateApiProviderProps) {
				p.Vpc = awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Public"), &awsec2.VpcAttributes{
					VpcId: jsii.String(vpcID("Public")), VpcCidrBlock: jsii.String("198.51.100.0/24"), AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b"),
					PrivateSubnetIds: jsii.Strings(subnetID("Public", "a"), subnetID("Public", "b")),
				})
			}).AddRoute(jsii.String("Good"), &R{Targets: targets(ipTarget("198.51.100.5"))})
		}},
		{"route: a service in the VPC and the stack of the provider", func(stack awscdk.Stack) {
			var vpc awsec2.IVpc
			provider := newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { inOwnVpc(p); vpc = p.Vpc })
			provider.AddRoute(jsii.String("Good"), &R{Targets: targets(fargate(stack, vpc))})
		}},
		{"route: a service in a stack of its own, and the provider apart from its ALB", func(stack awscdk.Stack) {
			provider, vpc := providerApart(stack, existing)
			service := fargate(cdktest.StackIn(awscdk.App_Of(stack), "Service", cdktest.Account), vpc)
			provider.AddRoute(jsii.String("Good"), &R{Targets: targets(service), Priority: jsii.Number(1)})
		}},
		{"route: a peer in a VPC that may be peered", func(stack awscdk.Stack) {
			newProvider(stack).AddRoute(jsii.String("Good"), &R{
				Targets: targets(ipTarget("10.0.0.5")), TargetPeers: &[]awsec2.IConnectable{tasks(stack, vpcOf(stack, "Other", "eu-west-1a"))},
			})
		}},
		{"route: a service whose VPC is a token", func(stack awscdk.Stack) {
			vpc := awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Unknown"), &awsec2.VpcAttributes{
				VpcId: textToken(stack, "VpcId"), AvailabilityZones: jsii.Strings("eu-west-1a"), PrivateSubnetIds: jsii.Strings(subnetID("Unknown", "a")),
			})
			newProvider(stack).AddRoute(jsii.String("Good"), &R{Targets: targets(fargate(stack, vpc))})
		}},
		goodRoute("route: a function without health checks", func(awscdk.Stack) *R {
			return &R{
				TargetType: elbv2.TargetType_LAMBDA, Targets: targets(&fakeTarget{kind: elbv2.TargetType_LAMBDA}),
				HealthCheck: &elbv2.HealthCheck{Enabled: jsii.Bool(false), Timeout: seconds(30)},
			}
		}),
	}
}

// goodProvider passes without an annotation.
func goodProvider(name string, edit func(*privateapi.PrivateApiProviderProps)) passing {
	return passing{name, func(stack awscdk.Stack) { newProvider(stack, edit) }}
}

func providerPasses() []passing {
	type P = privateapi.PrivateApiProviderProps
	return []passing{
		goodProvider("standby: ports that are tokens", func(p *P) {
			withStandby(privateapi.StandbyAlb_LISTENER)(p)
			p.Port, p.StandbyPort, p.BuiltListenerPort = numberToken(p.Vpc.Stack(), "Port"), numberToken(p.Vpc.Stack(), "StandbyPort"), numberToken(p.Vpc.Stack(), "BuiltPort")
		}),
		goodProvider("standby: the port of the API, which is a token", func(p *P) {
			withStandby(privateapi.StandbyAlb_BUILT)(p)
			p.Port = numberToken(p.Vpc.Stack(), "Port")
		}),
		goodProvider("provider: as many CIDR blocks as rules by default", enforced(blocks(60)...)),
		goodProvider("provider: CIDR blocks that are tokens", func(p *P) {
			enforced("10.0.0.0/16")(p)
			*p.ConsumerCidrs = append(*p.ConsumerCidrs, textToken(p.Vpc.Stack(), "Cidr"), textToken(p.Vpc.Stack(), "Other"))
		}),
		goodProvider("provider: IPv4 blocks on a dual-stack NLB, and one that is a token", func(p *P) {
			enforced("10.0.0.0/16")(p)
			*p.ConsumerCidrs = append(*p.ConsumerCidrs, textToken(p.Vpc.Stack(), "Cidr"))
			p.SupportedIpAddressTypes = &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV4, awsec2.IpAddressType_IPV6}
		}),
		goodProvider("provider: IPv6 blocks of a service that offers IPv6 alone", func(p *P) {
			enforced("2001:db8::/32")(p)
			p.SupportedIpAddressTypes = &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV6}
		}),
		goodProvider("provider: an IPv6 block on a dual-stack NLB", func(p *P) {
			enforced("2001:db8::/32", "10.0.0.0/16")(p)
			p.SupportedIpAddressTypes = &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV4, awsec2.IpAddressType_IPV6}
		}),
		goodProvider("provider: IPv6 in a dual-stack VPC of this app", func(p *P) {
			p.Vpc = awsec2.NewVpc(p.Vpc.Stack(), jsii.String("Own"), &awsec2.VpcProps{
				NatGateways: jsii.Number(0), IpProtocol: awsec2.IpProtocol_DUAL_STACK,
				SubnetConfiguration: &[]*awsec2.SubnetConfiguration{{Name: jsii.String("Private"), SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED}},
			})
			p.SupportedIpAddressTypes = &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV4, awsec2.IpAddressType_IPV6}
		}),
		goodProvider("provider: log prefixes that are tokens", func(p *P) {
			p.AccessLogsBucket, p.AccessLogsPrefix = awss3.NewBucket(p.Vpc.Stack(), jsii.String("Logs"), nil), textToken(p.Vpc.Stack(), "Prefix")
			p.ConnectionLogsBucket, p.ConnectionLogsPrefix = p.AccessLogsBucket, p.AccessLogsPrefix
		}),
		goodProvider("provider: idle timeouts of the ALB and the NLB that are equal", func(p *P) { p.TcpIdleTimeout, p.IdleTimeout = seconds(4000), seconds(4000) }),
		goodProvider("provider: an idle timeout of the ALB that is a token", func(p *P) {
			p.IdleTimeout = awscdk.Duration_Seconds(numberToken(p.Vpc.Stack(), "Idle"))
		}),
		goodProvider("provider: an idle timeout of the NLB that is a token", func(p *P) {
			p.TcpIdleTimeout, p.IdleTimeout = awscdk.Duration_Seconds(numberToken(p.Vpc.Stack(), "Idle")), seconds(4000)
		}),
		goodProvider("provider: principals of AWS services", principals(arn("ec2.amazonaws.com"), arn("states.eu-west-1.amazonaws.com"), arn("example.aws.internal"))),
		goodProvider("provider: accounts beside principals, and one that is a token", func(p *P) {
			p.AllowedAccounts = &[]*string{jsii.String("333333333333"), textToken(p.Vpc.Stack(), "Account"), jsii.String("dummy-value-for-/accounts/checkout")}
		}),
		goodProvider("provider: accounts without principals", func(p *P) { p.AllowedPrincipals, p.AllowedAccounts = nil, jsii.Strings("333333333333") }),
		{"listener: a second NLB in front of one ALB", func(stack awscdk.Stack) { newProvidersOfOneALB(stack, 2) }},
		goodProvider("listener: of an ALB in fewer zones than the NLB, which crosses them", func(p *P) {
			p.Vpc, p.CrossZoneEnabled = vpcOf(p.Vpc.Stack(), "Wide", "eu-west-1a", "eu-west-1b", "eu-west-1c"), jsii.Bool(true)
			existingIn(p, twoZonesOf(p.Vpc))
		}),
		goodProvider("listener: of an internal ALB in zones that are tokens", func(p *P) {
			p.Vpc = newOwnVpc(p.Vpc.Stack(), "Own")
			existing(p)
		}),
		goodProvider("provider: a certificate of this app for the name", func(p *P) { p.Certificates = ownCertificates(p.Vpc.Stack(), domain) }),
		goodProvider("provider: a certificate of this app for any name beside it", func(p *P) {
			p.Certificates = ownCertificates(p.Vpc.Stack(), "company.com", "*.pricing.internal.company.com")
		}),
		goodProvider("provider: a certificate of this app for a name that is a token", func(p *P) {
			certificate := awscertificatemanager.NewCfnCertificate(p.Vpc.Stack(), jsii.String("Certificate"), &awscertificatemanager.CfnCertificateProps{
				DomainName: textToken(p.Vpc.Stack(), "Name"),
			})
			p.Certificates = certificatesOf(*certificate.Ref())
		}),
		goodProvider("provider: a certificate of this app for other names, and an imported one", func(p *P) {
			*p.Certificates = append(*p.Certificates, *ownCertificates(p.Vpc.Stack(), "company.com")...)
		}),
		goodProvider("provider: a certificate of this app, and names that are tokens", func(p *P) {
			p.Certificates, p.DomainNames = ownCertificates(p.Vpc.Stack(), "company.com"), &[]*string{textToken(p.Vpc.Stack(), "Name")}
		}),
		goodProvider("provider: a certificate that is a token, and one of IAM", func(p *P) {
			p.Certificates = certificatesOf(*textToken(p.Vpc.Stack(), "Arn"), "arn:aws:iam::222222222222:server-certificate/api/pricing")
		}),
		goodProvider("provider: as many certificates as by default", func(p *P) { p.Certificates = manyCertificates(26) }),
		goodProvider("provider: a trust store that is a token", func(p *P) {
			withTrustStore(p)
			p.MutualAuthentication.TrustStore = elbv2.TrustStore_FromTrustStoreArn(p.Vpc.Stack(), jsii.String("Other"), textToken(p.Vpc.Stack(), "Store"))
		}),
		{"provider: a certificate of any Region in a stack without one", func(stack awscdk.Stack) {
			agnostic := awscdk.NewStack(awscdk.App_Of(stack), jsii.String("Agnostic"), nil)
			awscdk.Annotations_Of(agnostic).AcknowledgeWarning(jsii.String(rules.RegionAssumed.ID), nil)
			newProvider(agnostic)
		}},
		goodProvider("provider: what the owner of an endpoint pays", func(p *P) { p.PayerResponsibility = privateapi.PayerResponsibility_ENDPOINT_OWNER }),
	}
}

func consumerPasses() []passing {
	type C = privateapi.PrivateApiConsumerProps
	goodConsumer := func(name string, edit func(*C)) passing {
		return passing{name, func(stack awscdk.Stack) { newConsumer(stack, edit) }}
	}
	far := &privateapi.PrivateApiServiceAttributes{
		ServiceName: jsii.String("com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"), DomainNames: jsii.Strings(domain),
	}
	return []passing{
		goodConsumer("consumer: a service name of another Region, which is named", func(p *C) {
			attrs := *far
			attrs.ServiceRegion = jsii.String("us-east-1")
			p.Service = privateapi.PrivateApiService_FromAttributes(p.Vpc.Stack(), jsii.String("Far"), &attrs)
		}),
		{"consumer: a service name of any Region in a stack without one", func(stack awscdk.Stack) {
			newConsumer(awscdk.NewStack(awscdk.App_Of(stack), jsii.String("Agnostic"), nil), func(p *C) {
				p.Service = privateapi.PrivateApiService_FromAttributes(p.Vpc.Stack(), jsii.String("Far"), far)
			})
		}},
		goodConsumer("consumer: a client in a VPC that resolves the names", func(p *C) {
			other := vpcOf(p.Vpc.Stack(), "Other", "eu-west-1a")
			p.Clients, p.HostedZoneVpcs = &[]awsec2.IConnectable{newClient(p.Vpc.Stack(), other)}, &[]awsec2.IVpc{other}
		}),
		goodConsumer("consumer: a client in a peered VPC", func(p *C) {
			other := vpcOf(p.Vpc.Stack(), "Other", "eu-west-1a")
			p.Clients = &[]awsec2.IConnectable{newClient(p.Vpc.Stack(), other)}
			awsec2.NewCfnVPCPeeringConnection(p.Vpc.Stack(), jsii.String("Peering"), &awsec2.CfnVPCPeeringConnectionProps{VpcId: other.VpcId(), PeerVpcId: p.Vpc.VpcId()})
		}),
		goodConsumer("consumer: a client in a VPC behind a transit gateway", func(p *C) {
			other := vpcOf(p.Vpc.Stack(), "Other", "eu-west-1a")
			p.Clients = &[]awsec2.IConnectable{newClient(p.Vpc.Stack(), other)}
			for id, vpc := range map[string]awsec2.IVpc{"Here": p.Vpc, "There": other} {
				awsec2.NewCfnTransitGatewayAttachment(p.Vpc.Stack(), &id, &awsec2.CfnTransitGatewayAttachmentProps{
					TransitGatewayId: jsii.String("tgw-0123456789abcdef0"), VpcId: vpc.VpcId(), SubnetIds: &[]any{"subnet-0123456789abcdef0"},
				})
			}
		}),
		goodConsumer("consumer: a client in a VPC whose ID is a token", func(p *C) {
			p.Clients = &[]awsec2.IConnectable{newClient(p.Vpc.Stack(), newOwnVpc(p.Vpc.Stack(), "Own"))}
		}),
		goodConsumer("consumer: ports that are tokens", func(p *C) {
			port := numberToken(p.Vpc.Stack(), "Port")
			p.Service = privateapi.PrivateApiService_FromAttributes(p.Vpc.Stack(), jsii.String("Ports"), &privateapi.PrivateApiServiceAttributes{
				ServiceName: jsii.String(serviceName), DomainNames: jsii.Strings(domain), Ports: &[]*float64{port, jsii.Number(5432), numberToken(p.Vpc.Stack(), "Other")},
			})
			p.Clients = &[]awsec2.IConnectable{newClient(p.Vpc.Stack(), p.Vpc)}
		}),
		goodConsumer("consumer: a zone of this app that was associated later, and a client in its other VPC", func(p *C) {
			zone, other := ownZone(p.Vpc.Stack(), vpcOf(p.Vpc.Stack(), "Other", "eu-west-1a")), vpcOf(p.Vpc.Stack(), "Third", "eu-west-1a")
			zone.AddVpc(p.Vpc)
			zone.AddVpc(other)
			p.HostedZone, p.Clients = zone, &[]awsec2.IConnectable{newClient(p.Vpc.Stack(), other)}
		}),
		goodConsumer("consumer: a zone whose name ends in a dot, for the whole company", func(p *C) {
			p.HostedZone = awsroute53.HostedZone_FromHostedZoneAttributes(p.Vpc.Stack(), jsii.String("Company"), &awsroute53.HostedZoneAttributes{
				HostedZoneId: jsii.String(companyZoneID), ZoneName: jsii.String("Company.com."),
			})
			p.DomainNames = jsii.Strings("company.com", "*.company.com", domain)
		}),
		goodConsumer("consumer: a zone of this app for a VPC whose ID is a token", func(p *C) {
			p.HostedZone = ownZone(p.Vpc.Stack(), newOwnVpc(p.Vpc.Stack(), "Own"))
		}),
		goodConsumer("consumer: a zone whose name is a token", func(p *C) {
			p.HostedZone = awsroute53.HostedZone_FromHostedZoneAttributes(p.Vpc.Stack(), jsii.String("Company"), &awsroute53.HostedZoneAttributes{
				HostedZoneId: jsii.String(companyZoneID), ZoneName: textToken(p.Vpc.Stack(), "Name"),
			})
		}),
		goodConsumer("consumer: a name that is a token in an existing zone", func(p *C) {
			p.HostedZone, p.DomainNames = importedZone(p.Vpc.Stack()), &[]*string{textToken(p.Vpc.Stack(), "Name")}
		}),
		{"consumer: a zone of this app in a stack of any account", func(stack awscdk.Stack) {
			newConsumer(awscdk.NewStack(awscdk.App_Of(stack), jsii.String("Agnostic"), nil), func(p *C) { p.HostedZone = ownZone(p.Vpc.Stack(), p.Vpc) })
		}},
		goodConsumer("consumer: as many security groups as a network interface has by default", func(p *C) { p.SecurityGroups = groups(p.Vpc.Stack(), p.Vpc, 5) }),
		goodConsumer("consumer: a security group that takes no rules beside one that does", func(p *C) {
			p.SecurityGroups = &[]awsec2.ISecurityGroup{existingGroup(p.Vpc.Stack(), "Existing", false), ownGroup(p.Vpc.Stack(), "Endpoints", p.Vpc)}
		}),
		goodConsumer("consumer: security groups whose IDs are tokens", func(p *C) {
			group := func(id string) awsec2.ISecurityGroup {
				return awsec2.SecurityGroup_FromSecurityGroupId(p.Vpc.Stack(), jsii.String(id), textToken(p.Vpc.Stack(), id+"Id"), nil)
			}
			p.SecurityGroups = &[]awsec2.ISecurityGroup{group("One"), group("Two")}
		}),
		goodConsumer("consumer: a security group of a VPC whose ID is a token", func(p *C) {
			p.SecurityGroups = &[]awsec2.ISecurityGroup{ownGroup(p.Vpc.Stack(), "Endpoints", newOwnVpc(p.Vpc.Stack(), "Own"))}
		}),
		goodConsumer("consumer: a CIDR block as a client", func(p *C) {
			p.Clients = &[]awsec2.IConnectable{awsec2.Peer_Ipv4(jsii.String("10.0.0.0/16"))}
		}),
	}
}

func TestValuesThatPass(t *testing.T) {
	defer cdktest.Recover(t)
	for _, tc := range slices.Concat(providerPasses(), routePasses(), forwardPasses(), nlbPasses(), consumerPasses(), privateDnsPasses(), previousPasses(), routingPolicyPasses()) {
		cdktest.Run(t, tc.name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			cdktest.Check(t, func() { tc.build(stack) })
			if metadata := cdktest.Synth(t, stack).Manifest(t); strings.Contains(metadata, "privateapi:") {
				t.Error("there are annotations of ours, want none")
			}
		})
	}
}

// textToken is a string that is known only at deployment.
func textToken(stack awscdk.Stack, id string) *string {
	return awscdk.NewCfnParameter(stack, jsii.String(id), nil).ValueAsString()
}

// numberToken is a number that is known only at deployment.
func numberToken(stack awscdk.Stack, id string) *float64 {
	return awscdk.NewCfnParameter(stack, jsii.String(id), &awscdk.CfnParameterProps{Type: jsii.String("Number")}).ValueAsNumber()
}
