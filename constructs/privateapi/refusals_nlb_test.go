package privateapi_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	elbtargets "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// badListener is a refusal of a listener beside one on port 5432. It has a port and a target unless it is given others.
func badListener(name string, options *privateapi.NlbListenerOptions, broken ...rules.Rule) refusal {
	return refusal{name, broken, func(stack awscdk.Stack) { newDatabase(stack).AddListener(jsii.String("Bad"), withTarget(options)) }}
}

func withTarget(options *privateapi.NlbListenerOptions) *privateapi.NlbListenerOptions {
	o := *options
	if o.Port == nil {
		o.Port = jsii.Number(6432)
	}
	if o.Targets == nil {
		o.Targets = networkTargets(ipTarget("10.0.0.6"))
	}
	return &o
}

func nlbRefusals() []refusal {
	type L = privateapi.NlbListenerOptions
	type P = privateapi.PrivateNlbProviderProps
	badNlb := func(name string, edit func(*P), broken ...rules.Rule) refusal {
		return refusal{name, broken, func(stack awscdk.Stack) { newNlbProvider(stack, edit) }}
	}
	return []refusal{
		{"NLB: nothing given", []rules.Rule{rules.Required}, func(stack awscdk.Stack) {
			privateapi.NewPrivateNlbProvider(stack, jsii.String("Orders"), nil)
		}},
		badNlb("NLB: everything that all providers check", func(p *P) {
			p.DomainNames, p.PrivateDnsName, p.SupportedRegions = jsii.Strings("API"), jsii.String("db.company.internal"), jsii.Strings("Ireland")
			p.AllowedPrincipals, p.AcceptanceRequired = &[]awsiam.ArnPrincipal{awsiam.NewAnyPrincipal()}, jsii.Bool(false)
			p.ConsumerCidrs, p.PayerResponsibility = jsii.Strings("10.0.0.0/16"), "Me"
		}, rules.EveryoneNeedsAcceptance, rules.DomainNameForm, rules.PrivateDnsName, rules.RegionForm, rules.KnownValue, rules.NetworkSecurityGroup),
		badNlb("NLB: no subnet", func(p *P) { p.VpcSubnets = &awsec2.SubnetSelection{Subnets: &[]awsec2.ISubnet{}} }, rules.Required),
		badNlb("NLB: two subnets in a zone", func(p *P) { p.VpcSubnets = sameZone(p.Vpc.Stack()) }, rules.SubnetPerZone),
		{"NLB listener: nothing given", []rules.Rule{rules.Required, rules.Required}, func(stack awscdk.Stack) {
			newNlbProvider(stack).AddListener(jsii.String("Bad"), nil)
		}},
		badListener("NLB listener: ports out of range", &L{Port: jsii.Number(0), TargetPort: jsii.Number(65536)}, rules.PortRange, rules.PortRange),
		badListener("NLB listener: the port of another", &L{Port: jsii.Number(5432)}, rules.ListenerPort),
		{"NLB listener: an id twice", []rules.Rule{rules.Contradiction}, func(stack awscdk.Stack) {
			newDatabase(stack).AddListener(jsii.String("Postgres"), withTarget(&L{}))
		}},
		{"NLB listener: after a consumer", []rules.Rule{rules.ListenerOrder}, func(stack awscdk.Stack) {
			provider := newDatabase(stack)
			newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) { p.Service = provider })
			provider.AddListener(jsii.String("Late"), withTarget(&L{}))
		}},
		{"consumer: a provider without a listener", []rules.Rule{rules.Required}, func(stack awscdk.Stack) {
			provider := newNlbProvider(stack)
			newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) { p.Service = provider })
		}},
		badListener("NLB listener: UDP", &L{Protocol: elbv2.Protocol_UDP}, rules.ListenerProtocol),
		badListener("NLB listener: TCP and UDP", &L{Protocol: elbv2.Protocol_TCP_UDP}, rules.ListenerProtocol),
		badListener("NLB listener: HTTPS", &L{Protocol: elbv2.Protocol_HTTPS, TargetProtocol: elbv2.Protocol_HTTP}, rules.ListenerProtocol, rules.KnownValue),
		badListener("NLB listener: TLS without a certificate", &L{Protocol: elbv2.Protocol_TLS}, rules.CertificateRequired),
		badListener("NLB listener: what only TLS has", &L{
			Protocol: elbv2.Protocol_TCP, Certificates: certificates(), SslPolicy: elbv2.SslPolicy_TLS13_12_PQ, AlpnPolicy: elbv2.AlpnPolicy_HTTP2_ONLY,
			TargetProtocol: elbv2.Protocol_TLS,
		}, rules.ListenerTLS, rules.ListenerTLS, rules.ListenerTLS, rules.ListenerTLS),
		badListener("NLB listener: names of ELB instead of constants", &L{
			Certificates: certificates(), SslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06", AlpnPolicy: "HTTP2Only",
		}, rules.KnownValue, rules.KnownValue),
		badListener("NLB listener: a certificate of another Region", &L{Certificates: &[]elbv2.IListenerCertificate{
			elbv2.ListenerCertificate_FromArn(jsii.String(strings.Replace(certificateArn, "eu-west-1", "us-east-1", 1))),
		}}, rules.CertificateArn),
		badListener("NLB listener: times out of range", &L{TcpIdleTimeout: seconds(30), DeregistrationDelay: seconds(3601)}, rules.IdleTimeout, rules.DeregistrationDelay),
		{"NLB listener: idle timeout across Regions", []rules.Rule{rules.CrossRegionIdleTimeout}, func(stack awscdk.Stack) {
			newNlbProvider(stack, func(p *P) { p.SupportedRegions = jsii.Strings("us-east-1") }).
				AddListener(jsii.String("Bad"), withTarget(&L{TcpIdleTimeout: seconds(600)}))
		}},
		badListener("NLB listener: nil targets and peers", &L{
			Targets: networkTargets(nil), TargetPeers: &[]awsec2.IConnectable{nil},
		}, rules.Required, rules.Required),
		badListener("NLB listener: an ALB", &L{Targets: networkTargets(elbtargets.NewAlbArnTarget(jsii.String(loadBalancerArn), jsii.Number(443)))}, rules.NetworkTarget),
		badListener("NLB listener: an address and an instance", &L{
			Targets: networkTargets(ipTarget("10.0.0.5"), instanceTarget()),
		}, rules.NetworkTarget),
		badListener("NLB listener: an instance whose security group is unknown", &L{Targets: networkTargets(instanceTarget())}, rules.TargetPeers),
		badListener("NLB listener: a public address", &L{Targets: networkTargets(ipTarget("8.8.8.8"))}, rules.TargetAddress),
		{"NLB listener: a service in another VPC", []rules.Rule{rules.TargetVpc}, func(stack awscdk.Stack) {
			newNlbProvider(stack).AddListener(jsii.String("Bad"), withTarget(&L{Targets: networkTargets(fargate(stack, vpcOf(stack, "Other", "eu-west-1a")))}))
		}},
		{"NLB listener: a service in the stack of the VPC, and the provider in another", []rules.Rule{rules.StackCycle}, func(stack awscdk.Stack) {
			props := nlbProviderProps(stack)
			props.Vpc = newOwnVpc(stack, "Own")
			apart := cdktest.StackIn(awscdk.App_Of(stack), "Apart", cdktest.Account)
			privateapi.NewPrivateNlbProvider(apart, jsii.String("Orders"), props).
				AddListener(jsii.String("Bad"), withTarget(&L{Targets: networkTargets(fargate(stack, props.Vpc))}))
		}},
		badListener("NLB listener: health check out of range", &L{HealthCheck: &elbv2.HealthCheck{
			Enabled: jsii.Bool(false), HealthyGrpcCodes: jsii.String("0"), Protocol: elbv2.Protocol_UDP, Path: jsii.String("up"), HealthyHttpCodes: jsii.String("100"),
			Port: jsii.String("http"), Interval: seconds(4), Timeout: seconds(121), HealthyThresholdCount: jsii.Number(1), UnhealthyThresholdCount: jsii.Number(11),
		}}, rules.NetworkTargetHealthCheck, rules.NetworkTargetHealthCheck, rules.NetworkTargetHealthCheck, rules.NetworkTargetHealthCheck, rules.NetworkTargetHealthCheck,
			rules.PortRange, rules.NetworkTargetHealthCheck, rules.NetworkTargetHealthCheck, rules.NetworkTargetHealthCheck, rules.NetworkTargetHealthCheck),
		badListener("NLB listener: health checks over TCP with a path", &L{HealthCheck: &elbv2.HealthCheck{
			Path: jsii.String("/up"), HealthyHttpCodes: jsii.String("200"), Interval: seconds(5),
		}}, rules.NetworkTargetHealthCheck, rules.NetworkTargetHealthCheck, rules.NetworkTargetHealthCheck),
		badListener("NLB listener: health checks on port 0", &L{HealthCheck: &elbv2.HealthCheck{Port: jsii.String("0")}}, rules.PortRange),
		{"client: a port that the service does not have", []rules.Rule{rules.ClientPort}, allowing(newClientOf, jsii.Number(5433))},
		{"client: bad ports", []rules.Rule{rules.PortRange, rules.ClientPort, rules.Required}, allowing(newClientOf, jsii.Number(0), nil)},
		{"client: nil", []rules.Rule{rules.Required}, allowing(func(awscdk.Stack, awsec2.IVpc) awsec2.IConnectable { return nil })},
		{"client: without a security group, of an import", []rules.Rule{rules.ClientConnections, rules.ClientPort}, func(stack awscdk.Stack) {
			privateapi.PrivateApiConsumer_FromAttributes(stack, jsii.String("Imported"), &privateapi.PrivateApiConsumerAttributes{
				VpcEndpointId: jsii.String("vpce-0123456789abcdef0"), SecurityGroups: &[]awsec2.ISecurityGroup{newClient(stack, newVpc(stack))}, Ports: numbers(5432, 6432),
			}).AllowClient(&connectable{awsec2.NewConnections(nil)}, jsii.Number(443))
		}},
	}
}

func newClientOf(stack awscdk.Stack, vpc awsec2.IVpc) awsec2.IConnectable {
	return newClient(stack, vpc)
}

// allowing lets a client call a service on ports 5432 and 6432.
func allowing(client func(awscdk.Stack, awsec2.IVpc) awsec2.IConnectable, ports ...*float64) func(awscdk.Stack) {
	return func(stack awscdk.Stack) {
		vpc := vpcOf(stack, "ConsumerVpc", "eu-west-1a", "eu-west-1b")
		privateapi.NewPrivateApiConsumer(stack, jsii.String("Orders"), &privateapi.PrivateApiConsumerProps{Vpc: vpc, Service: databaseService(stack)}).
			AllowClient(client(stack, vpc), ports...)
	}
}

func nlbWarnings() []warning {
	type L = privateapi.NlbListenerOptions
	listener := func(options *L) func(awscdk.Stack) {
		return func(stack awscdk.Stack) { newDatabase(stack).AddListener(jsii.String("Risky"), withTarget(options)) }
	}
	return []warning{
		{"NLB listener: HTTP health checks with proxy protocol", rules.ProxyProtocolHealthCheck, listener(&L{
			ProxyProtocolV2: jsii.Bool(true), HealthCheck: &elbv2.HealthCheck{Protocol: elbv2.Protocol_HTTP, Port: jsii.String("8008")},
		}), "HealthCheck.Protocol: is HTTP while proxy protocol v2 is on"},
		{"NLB listener: the client's address is preserved", rules.ClientIPPreservation, listener(&L{PreserveClientIp: jsii.Bool(true)}), "PreserveClientIp: is true"},
		{"client: in another VPC", rules.ClientVpc, allowing(func(stack awscdk.Stack, _ awsec2.IVpc) awsec2.IConnectable {
			return newClient(stack, vpcOf(stack, "Other", "eu-west-1a"))
		}), "AllowClient: is in VPC " + vpcID("Other")},
	}
}

func nlbPasses() []passing {
	type L = privateapi.NlbListenerOptions
	goodListener := func(name string, options func(awscdk.Stack) *L) passing {
		return passing{name, func(stack awscdk.Stack) {
			newDatabase(stack).AddListener(jsii.String("Good"), withTarget(options(stack)))
		}}
	}
	return []passing{
		{"NLB: one zone", func(stack awscdk.Stack) {
			provider := newNlbProvider(stack, func(p *privateapi.PrivateNlbProviderProps) { p.Vpc = vpcOf(stack, "One", "eu-west-1a") })
			provider.AddListener(jsii.String("Good"), withTarget(&L{}))
		}},
		goodListener("NLB listener: tokens", func(stack awscdk.Stack) *L {
			return &L{
				Port: numberToken(stack, "Port"), TargetPort: numberToken(stack, "TargetPort"), Targets: networkTargets(ipTarget(*textToken(stack, "Address"))),
				Certificates:        &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(textToken(stack, "Certificate"))},
				DeregistrationDelay: awscdk.Duration_Seconds(numberToken(stack, "Delay")),
				HealthCheck: &elbv2.HealthCheck{
					Protocol: elbv2.Protocol_HTTP, Path: textToken(stack, "Path"), HealthyHttpCodes: textToken(stack, "Codes"), Port: textToken(stack, "HealthPort"),
					Interval: awscdk.Duration_Seconds(numberToken(stack, "Interval")), HealthyThresholdCount: jsii.Number(2), // CDK refuses tokens
				},
			}
		}),
		goodListener("NLB listener: proxy protocol with health checks over TCP", func(awscdk.Stack) *L {
			return &L{ProxyProtocolV2: jsii.Bool(true), HealthCheck: &elbv2.HealthCheck{Protocol: elbv2.Protocol_TCP}}
		}),
		goodListener("NLB listener: HTTP health checks at the shortest interval", func(awscdk.Stack) *L {
			return &L{HealthCheck: &elbv2.HealthCheck{Protocol: elbv2.Protocol_HTTP, Interval: seconds(6), HealthyHttpCodes: jsii.String("200,300-599")}}
		}),
		goodListener("NLB listener: ALPN and TLS to the targets", func(awscdk.Stack) *L {
			return &L{Certificates: certificates(), AlpnPolicy: elbv2.AlpnPolicy_NONE, TargetProtocol: elbv2.Protocol_TLS}
		}),
		{"client: a port that is a token", func(stack awscdk.Stack) {
			allowing(newClientOf, numberToken(stack, "Port"))(stack)
		}},
	}
}

func TestNlbRefusalsAtSynth(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		rule  rules.Rule
		build func(awscdk.Stack)
	}{
		"no listener was added": {rules.ListenerRequired, func(stack awscdk.Stack) { newNlbProvider(stack) }},
		"no listener was added to the second provider": {rules.ListenerRequired, func(stack awscdk.Stack) {
			newDatabase(stack)
			newNlbProvider(cdktest.StackIn(awscdk.App_Of(stack), "Second", cdktest.Account))
		}},
		"nobody was allowed": {rules.SomebodyAllowed, func(stack awscdk.Stack) {
			newNlbProvider(stack, func(p *privateapi.PrivateNlbProviderProps) { p.AllowedPrincipals = nil })
		}},
		"the account of a consumer was not allowed": {rules.ConsumerAllowed, func(stack awscdk.Stack) {
			provider := newDatabase(stack)
			newConsumer(cdktest.StackIn(awscdk.App_Of(stack), "Stranger", "999999999999"), func(p *privateapi.PrivateApiConsumerProps) { p.Service = provider })
		}},
		"a second service publishes the NLB": {rules.ServiceOfLoadBalancer, func(stack awscdk.Stack) {
			awsec2.NewVpcEndpointService(stack, jsii.String("Second"), &awsec2.VpcEndpointServiceProps{
				VpcEndpointServiceLoadBalancers: &[]awsec2.IVpcEndpointServiceLoadBalancer{newDatabase(stack).NetworkLoadBalancer()},
			})
		}},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			cdktest.Check(t, func() { tc.build(stack) })
			message := cdktest.Panic(t, func() { awscdk.App_Of(stack).Synth(nil) })
			if want := "[" + tc.rule.ID + "]\n  AWS: " + tc.rule.AWS + "\n  Fix: "; !strings.Contains(message, want) || !strings.Contains(message, "[Stack/Orders") {
				t.Errorf("message = %s\nwant it to contain %q", message, want)
			}
		})
	}
}
