package privateapi_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// warning builds something that deploys but often surprises, and has the annotation that says so.
type warning struct {
	name  string
	rule  rules.Rule
	build func(awscdk.Stack)
	want  string
}

func consumerWarnings() []warning {
	type C = privateapi.PrivateApiConsumerProps
	consumer := func(edit func(*C)) func(awscdk.Stack) { return func(stack awscdk.Stack) { newConsumer(stack, edit) } }
	return []warning{
		{
			"consumer: a wildcard hides its siblings", rules.ParentZone, consumer(func(p *C) { p.DomainNames = jsii.Strings("*.pricing.company.com") }),
			`DomainNames[0]: the zone for "*.pricing.company.com" hides every other name below pricing.company.com from its VPCs. AWS: answers NXDOMAIN for all other names in the zone. Fix: use the full name of the API`,
		},
		{
			"consumer: a domain of two labels hides the company", rules.ParentZone, consumer(func(p *C) { p.DomainNames = jsii.Strings("company.com") }),
			`DomainNames[0]: the zone for "company.com" hides every other name below company.com from its VPCs`,
		},
		{
			"consumer: a policy is forced", rules.EndpointPolicyForced, consumer(func(p *C) { p.EndpointPolicy, p.ForceEndpointPolicy = endpointPolicy(), jsii.Bool(true) }),
			`ForceEndpointPolicy: emits a policy for ` + serviceName,
		},
		{"consumer: private DNS of a provider of this app", rules.PrivateDnsUnverified, consumer(func(p *C) {
			props := providerProps(p.Vpc.Stack())
			props.PrivateDnsName = jsii.String(domain)
			p.Service = privateapi.NewPrivateApiProvider(p.Vpc.Stack(), jsii.String("Provider"), props)
			p.DnsMode = privateapi.DnsMode_PRIVATE_DNS
		}), `DnsMode: is PRIVATE_DNS for a provider of this app`},
		{"consumer: a client in another VPC", rules.ClientVpc, consumer(func(p *C) {
			p.Clients = &[]awsec2.IConnectable{newClient(p.Vpc.Stack(), vpcOf(p.Vpc.Stack(), "Other", "eu-west-1a"))}
		}), "Clients[0]: is in VPC " + vpcID("Other") + ", but the consumer is in " + vpcID("ConsumerVpc")},
		{"consumer: a client in a VPC that is peered with another", rules.ClientVpc, consumer(func(p *C) {
			other := vpcOf(p.Vpc.Stack(), "Other", "eu-west-1a")
			p.Clients = &[]awsec2.IConnectable{newClient(p.Vpc.Stack(), other)}
			awsec2.NewCfnVPCPeeringConnection(p.Vpc.Stack(), jsii.String("Peering"), &awsec2.CfnVPCPeeringConnectionProps{
				VpcId: other.VpcId(), PeerVpcId: jsii.String(vpcID("Third")),
			})
		}), "Clients[0]: is in VPC " + vpcID("Other")},
		{"consumer: a service as a client, in another VPC of this app", rules.ClientVpc, consumer(func(p *C) {
			p.Clients = &[]awsec2.IConnectable{fargate(p.Vpc.Stack(), newOwnVpc(p.Vpc.Stack(), "Other"))}
			p.Vpc = newOwnVpc(p.Vpc.Stack(), "Own")
		}), "Clients[0]: is in VPC Stack/Other, but the consumer is in Stack/Own"},
		{"consumer: more security groups than a network interface has by default", rules.SecurityGroupQuota, consumer(func(p *C) {
			p.SecurityGroups = groups(p.Vpc.Stack(), p.Vpc, 6)
		}), "SecurityGroups: 6 security groups"},
		{"consumer: security groups that take no rules", rules.SecurityGroupMutable, consumer(func(p *C) {
			p.SecurityGroups = &[]awsec2.ISecurityGroup{existingGroup(p.Vpc.Stack(), "Existing", false)}
		}), "SecurityGroups: are all imported with Mutable set to false"},
		{"consumer: a client in a VPC in which the zone does not answer", rules.ClientVpc, consumer(func(p *C) {
			p.HostedZone = ownZone(p.Vpc.Stack(), p.Vpc)
			p.Clients = &[]awsec2.IConnectable{newClient(p.Vpc.Stack(), vpcOf(p.Vpc.Stack(), "Other", "eu-west-1a"))}
		}), "Clients[0]: is in VPC " + vpcID("Other")},
		{"consumer: a policy is for an unknown service", rules.EndpointPolicyUnverified, consumer(func(p *C) {
			p.Service = privateapi.PrivateApiService_FromAttributes(p.Vpc.Stack(), jsii.String("Unknown"), &privateapi.PrivateApiServiceAttributes{
				ServiceName: textToken(p.Vpc.Stack(), "Name"), DomainNames: jsii.Strings(domain),
			})
			p.EndpointPolicy = endpointPolicy()
		}), `EndpointPolicy: is set for a service whose name is known only at deploy time`},
		{"consumer: a policy is for a service of AWS that may not take one", rules.EndpointPolicyUnverified, consumer(func(p *C) {
			p.Service = privateapi.PrivateApiService_FromAwsService(p.Vpc.Stack(), jsii.String("Bedrock"), awsec2.InterfaceVpcEndpointAwsService_BEDROCK(), nil)
			p.DnsMode, p.EndpointPolicy = privateapi.DnsMode_PRIVATE_DNS, endpointPolicy()
		}), `EndpointPolicy: is set for the AWS service bedrock`},
	}
}

func providerWarnings() []warning {
	type P = privateapi.PrivateApiProviderProps
	provider := func(edit func(*P)) func(awscdk.Stack) { return func(stack awscdk.Stack) { newProvider(stack, edit) } }
	return []warning{
		{"provider: more CIDR blocks than rules by default", rules.SecurityGroupRuleQuota, provider(enforced(blocks(61)...)), "ConsumerCidrs: 61 rules in one direction"},
		{"provider: logs to an imported bucket", rules.AccessLogsPolicy, provider(func(p *P) {
			p.AccessLogsBucket = awss3.Bucket_FromBucketName(p.Vpc.Stack(), jsii.String("Logs"), jsii.String("logs"))
		}), "AccessLogsBucket: is imported"},
		{"provider: IPv6 without a block of it", rules.ConsumerCIDRVersions, provider(func(p *P) {
			enforced("10.0.0.0/16")(p)
			p.SupportedIpAddressTypes = &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV4, awsec2.IpAddressType_IPV6}
		}), "ConsumerCidrs: allows IPv4 only, but the service offers IPv6. AWS: drops connections of the version that no block allows. Fix: list blocks of both versions in ConsumerCidrs, or remove one from SupportedIpAddressTypes"},
		{"provider: IPv6 alone, with a block of IPv4", rules.ConsumerCIDRVersions, provider(func(p *P) {
			enforced("10.0.0.0/16")(p)
			p.SupportedIpAddressTypes = &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV6}
		}), "ConsumerCidrs: allows IPv4 only, but the service offers IPv6"},
		{"provider: IPv4 without a block of it", rules.ConsumerCIDRVersions, provider(func(p *P) {
			enforced("fd00::/64")(p)
			p.SupportedIpAddressTypes = &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV4, awsec2.IpAddressType_IPV6}
		}), "ConsumerCidrs: allows IPv6 only, but the service offers IPv4"},
		{"provider: connection logs to an imported bucket", rules.AccessLogsPolicy, provider(func(p *P) {
			p.ConnectionLogsBucket = awss3.Bucket_FromBucketName(p.Vpc.Stack(), jsii.String("Logs"), jsii.String("logs"))
		}), "ConnectionLogsBucket: is imported"},
		{
			"provider: an ALB that outlives the NLB's connections", rules.IdleTimeoutOrder, provider(func(p *P) { p.IdleTimeout = seconds(351) }),
			"IdleTimeout: is 351 s, longer than the 350 s of the NLB. AWS: resets the next request on a connection that the NLB has dropped and the ALB has not closed. Fix: use an IdleTimeout that is at most TcpIdleTimeout",
		},
		{"provider: an ALB that outlives a TCP idle timeout", rules.IdleTimeoutOrder, provider(func(p *P) {
			p.TcpIdleTimeout, p.IdleTimeout = seconds(60), seconds(61)
		}), "IdleTimeout: is 61 s, longer than the 60 s of the NLB"},
		{"provider: more certificates than by default", rules.CertificateQuota, provider(func(p *P) {
			p.Certificates = manyCertificates(27)
		}), "Certificates: 26 certificates besides the default one"},
		{"provider: no Region", rules.RegionAssumed, func(stack awscdk.Stack) {
			newProvider(awscdk.NewStack(awscdk.App_Of(stack), jsii.String("Agnostic"), nil))
		}, "Env.Region: is not set on the stack, so the service name is assumed to begin with com.amazonaws.vpce"},
		{"listener: of an internet-facing ALB", rules.InternetFacing, provider(func(p *P) {
			p.Vpc = awsec2.NewVpc(p.Vpc.Stack(), jsii.String("Own"), &awsec2.VpcProps{NatGateways: jsii.Number(0), SubnetConfiguration: &[]*awsec2.SubnetConfiguration{
				{Name: jsii.String("Private"), SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED}, {Name: jsii.String("Public"), SubnetType: awsec2.SubnetType_PUBLIC},
			}})
			existingIn(p, &elbv2.ApplicationLoadBalancerProps{Vpc: p.Vpc, InternetFacing: jsii.Bool(true)})
		}), "Listener: has an internet-facing ALB"},
		{"listener: of an ALB in fewer zones than the NLB", rules.LoadBalancerZones, provider(func(p *P) {
			p.Vpc = vpcOf(p.Vpc.Stack(), "Wide", "eu-west-1a", "eu-west-1b", "eu-west-1c")
			existingIn(p, twoZonesOf(p.Vpc))
		}), "VpcSubnets: has a subnet in eu-west-1c, where the ALB of the Listener has none"},
	}
}

// twoZonesOf places an ALB in two zones.
func twoZonesOf(vpc awsec2.IVpc) *elbv2.ApplicationLoadBalancerProps {
	return &elbv2.ApplicationLoadBalancerProps{
		Vpc: vpc, VpcSubnets: &awsec2.SubnetSelection{AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b")},
	}
}

func routeWarnings() []warning {
	type R = privateapi.RouteOptions
	to := targets(ipTarget("10.0.0.6"))
	routes := func(options ...*R) func(awscdk.Stack) {
		return func(stack awscdk.Stack) {
			provider := newProvider(stack)
			for i, id := range []string{"First", "Second"}[:len(options)] {
				provider.AddRoute(jsii.String(id), options[i])
			}
		}
	}
	return []warning{
		{
			"route: four values in one condition", rules.RouteConditionValues, routes(&R{Targets: to, PathPatterns: jsii.Strings("/a", "/b", "/c", "/d")}),
			"PathPatterns: 4 values in one condition",
		},
		{"route: a wider one has a smaller priority", rules.RouteShadowed, routes(
			&R{Targets: to, PathPatterns: jsii.Strings("/v1/*"), Priority: jsii.Number(10)}, &R{Targets: to, PathPatterns: jsii.Strings("/v1/quotes"), Priority: jsii.Number(20)},
		), "PathPatterns: route First has a smaller Priority and matches every request of this route"},
		{"route: wider than one with a larger priority", rules.RouteShadowed, routes(
			&R{Targets: to, PathPatterns: jsii.Strings("/v1/quotes"), Priority: jsii.Number(20)}, &R{Targets: to, Priority: jsii.Number(10)},
		), "Priority: this route has a smaller Priority and matches every request of route First"},
		{
			"route: an address outside of the VPC", rules.TargetZone, routes(&R{Targets: targets(ipTarget("10.1.0.5"))}),
			"Targets[0]: 10.1.0.5 is outside of the VPC's 10.0.0.0/16",
		},
		{"route: a condition on the source address", rules.SourceIPCondition, routes(&R{
			Targets: to, Priority: jsii.Number(10), Conditions: &[]elbv2.ListenerCondition{elbv2.ListenerCondition_SourceIps(jsii.Strings("10.1.0.0/16"))},
		}), "Conditions[0]: checks the source address"},
		{"route: an imported target group without peers", rules.TargetsUnknown, func(stack awscdk.Stack) {
			newProvider(stack).AddRoute(jsii.String("First"), &R{TargetGroups: weighted(nil, importedGroup(stack, nil))})
		}, "TargetGroups[0].TargetGroup: is imported"},
		{"route: one more target than a security group has rules", rules.SecurityGroupRuleQuota, func(stack awscdk.Stack) { openRoutes(stack, peersOf(stack, 61)...) }, "AddRoute: the ALB's security group has 61 outbound rules"},
		{"route: one more address than a security group has rules", rules.SecurityGroupRuleQuota, func(stack awscdk.Stack) { openRoutes(stack, addresses(62)...) }, "AddRoute: the ALB's security group has 61 outbound rules"},
		{"route: one more rule than by default", rules.RuleQuota, func(stack awscdk.Stack) { addRoutes(newProvider(stack), rules.MaxRules) }, "AddRoute: the ALB has 101 listener rules"},
	}
}

func TestWarnings(t *testing.T) {
	defer cdktest.Recover(t)
	covered := map[string]bool{}
	for _, tc := range slices.Concat(providerWarnings(), consumerWarnings(), routeWarnings(), nlbWarnings()) {
		cdktest.Run(t, tc.name, func(t *testing.T) {
			covered[tc.rule.ID] = true
			stack := cdktest.Stack(t)
			cdktest.Check(t, func() { tc.build(stack) })
			metadata := strings.ReplaceAll(cdktest.Synth(t, stack).Manifest(t), `\"`, `"`)
			for _, want := range []string{tc.want, "[ack: " + tc.rule.ID + "]"} {
				if !strings.Contains(metadata, want) {
					t.Errorf("annotations = %s\nwant them to contain %s", metadata, want)
				}
			}
		})
	}
	for _, rule := range rules.All() {
		if rule.Severity == rules.Warning && !covered[rule.ID] {
			t.Errorf("no case for %s", rule.ID)
		}
	}
	cdktest.Run(t, "none for common props", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newProvider(stack)
		props := consumerProps(stack)
		props.Clients = &[]awsec2.IConnectable{newClient(stack, props.Vpc)}
		privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), props)
		if metadata := cdktest.Synth(t, stack).Manifest(t); strings.Contains(metadata, "privateapi:") {
			t.Errorf("annotations = %s, want none of ours", metadata)
		}
	})
}
