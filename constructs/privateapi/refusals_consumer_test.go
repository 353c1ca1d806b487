package privateapi_test

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// badConsumer is a refusal of consumer props.
func badConsumer(name string, edit func(*privateapi.PrivateApiConsumerProps), broken ...rules.Rule) refusal {
	return refusal{name, broken, func(stack awscdk.Stack) { newConsumer(stack, edit) }}
}

// badService is a refusal of a service's attributes.
func badService(name string, attrs *privateapi.PrivateApiServiceAttributes, broken ...rules.Rule) refusal {
	return refusal{name, broken, func(stack awscdk.Stack) {
		privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Imported"), attrs)
	}}
}

// endpointPolicy is a policy as articles recommend it.
func endpointPolicy() *privateapi.EndpointPolicy {
	return &privateapi.EndpointPolicy{
		Principals: &[]awsiam.IPrincipal{arn("arn:aws:iam::111111111111:role/checkout-task")},
		Actions:    jsii.Strings("*"), Resources: jsii.Strings("*"),
	}
}

func serviceRefusals() []refusal {
	type A = privateapi.PrivateApiServiceAttributes
	return []refusal{
		badService("service: nothing given", nil, rules.Required),
		badService("service: empty name", &A{ServiceName: jsii.String("")}, rules.ServiceName),
		badService("service: a chosen name", &A{ServiceName: jsii.String("com.amazonaws.vpce.eu-west-1.pricing-svc")}, rules.ServiceName),
		badService("service: its ID alone", &A{ServiceName: jsii.String("vpce-svc-0123456789abcdef0")}, rules.ServiceName),
		badService("service: another Region", &A{ServiceName: jsii.String(serviceName), ServiceRegion: jsii.String("eu-central-1")}, rules.ServiceRegion),
		badService("service: a zone's name", &A{ServiceName: jsii.String(serviceName), AvailabilityZoneIds: jsii.Strings("eu-west-1a")}, rules.AvailabilityZoneID),
		badService("service: a port too high", &A{ServiceName: jsii.String(serviceName), Port: jsii.Number(70000)}, rules.PortRange),
		badService("service: no ports", &A{ServiceName: jsii.String(serviceName), Ports: numbers()}, rules.Required),
		badService("service: a port and ports", &A{ServiceName: jsii.String(serviceName), Port: jsii.Number(5432), Ports: numbers(6432)}, rules.Contradiction),
		badService("service: a port twice", &A{ServiceName: jsii.String(serviceName), Ports: numbers(5432, 5432)}, rules.Contradiction),
		badService("service: bad ports", &A{ServiceName: jsii.String(serviceName), Ports: &[]*float64{nil, jsii.Number(0)}}, rules.Required, rules.PortRange),
		{"service: no AWS service", []rules.Rule{rules.Required}, func(stack awscdk.Stack) {
			privateapi.PrivateApiService_FromAwsService(stack, jsii.String("Imported"), nil, nil)
		}},
		{"imported consumer: no ID of an endpoint", []rules.Rule{rules.EndpointID}, func(stack awscdk.Stack) {
			privateapi.PrivateApiConsumer_FromAttributes(stack, jsii.String("Imported"), &privateapi.PrivateApiConsumerAttributes{
				VpcEndpointId: jsii.String("checkout"), SecurityGroups: &[]awsec2.ISecurityGroup{newClient(stack, newVpc(stack))},
			})
		}},
		{"imported consumer: a port and ports", []rules.Rule{rules.Contradiction}, func(stack awscdk.Stack) {
			privateapi.PrivateApiConsumer_FromAttributes(stack, jsii.String("Imported"), &privateapi.PrivateApiConsumerAttributes{
				VpcEndpointId: jsii.String("vpce-0123456789abcdef0"), SecurityGroups: &[]awsec2.ISecurityGroup{newClient(stack, newVpc(stack))},
				Port: jsii.Number(5432), Ports: numbers(6432),
			})
		}},
		{"imported consumer: the hosted zone of a name, without the name", []rules.Rule{rules.Required}, func(stack awscdk.Stack) {
			privateapi.PrivateApiConsumer_FromAttributes(stack, jsii.String("Imported"), &privateapi.PrivateApiConsumerAttributes{
				VpcEndpointId: jsii.String("vpce-0123456789abcdef0"), SecurityGroups: &[]awsec2.ISecurityGroup{newClient(stack, newVpc(stack))},
				DnsHostedZoneId: jsii.String(endpointZoneID),
			})
		}},
		{"imported consumer: nothing given", []rules.Rule{rules.Required, rules.Required}, func(stack awscdk.Stack) {
			privateapi.PrivateApiConsumer_FromAttributes(stack, jsii.String("Imported"), nil)
		}},
	}
}

func consumerRefusals() []refusal {
	type C = privateapi.PrivateApiConsumerProps
	return []refusal{
		{"consumer: nothing given", []rules.Rule{rules.Required, rules.Required}, func(stack awscdk.Stack) {
			privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), nil)
		}},
		badConsumer("consumer: a policy for an endpoint service", func(p *C) { p.EndpointPolicy = endpointPolicy() }, rules.EndpointPolicy),
		badConsumer("consumer: an empty policy", func(p *C) {
			p.Service = awsService(p.Vpc.Stack())
			p.DnsMode, p.EndpointPolicy = privateapi.DnsMode_NONE, &privateapi.EndpointPolicy{}
		}, rules.EndpointPolicyForm, rules.EndpointPolicyForm, rules.EndpointPolicyForm),
		badConsumer("consumer: a policy too large", func(p *C) {
			p.Service, p.DnsMode, p.EndpointPolicy = awsService(p.Vpc.Stack()), privateapi.DnsMode_NONE, endpointPolicy()
			p.EndpointPolicy.Resources = jsii.Strings(strings.Repeat("x", 20480))
		}, rules.EndpointPolicyForm),
		badConsumer("consumer: no policy to force", func(p *C) { p.ForceEndpointPolicy = jsii.Bool(true) }, rules.Contradiction),
		badConsumer("consumer: no names", func(p *C) {
			p.Service = awsService(p.Vpc.Stack())
		}, rules.Required),
		badConsumer("consumer: names that are known only at deploy time", func(p *C) { p.DomainNames = listToken(p.Vpc.Stack()) }, rules.Required),
		badConsumer("consumer: a domain twice", func(p *C) { p.DomainNames = jsii.Strings(domain, domain) }, rules.DomainNameTwice),
		badConsumer("consumer: two DNS modes", func(p *C) {
			p.Service, p.DnsMode, p.DomainNames = awsService(p.Vpc.Stack()), privateapi.DnsMode_PRIVATE_DNS, jsii.Strings(domain)
		}, rules.DnsModes),
		badConsumer("consumer: zones without DNS", func(p *C) {
			p.DnsMode, p.HostedZoneVpcs = privateapi.DnsMode_NONE, &[]awsec2.IVpc{p.Vpc}
		}, rules.DnsModes),
		badConsumer("consumer: unknown DNS mode", func(p *C) { p.DnsMode = "BOTH" }, rules.KnownValue),
		badConsumer("consumer: private DNS of a service without", func(p *C) { p.DnsMode = privateapi.DnsMode_PRIVATE_DNS }, rules.PrivateDnsMissing),
		badConsumer("consumer: private DNS while acceptance is pending", func(p *C) {
			p.Service, p.DnsMode = pendingService(p.Vpc.Stack()), privateapi.DnsMode_PRIVATE_DNS
		}, rules.PrivateDnsAcceptance),
		badConsumer("consumer: a VPC without DNS", func(p *C) {
			p.Vpc = awsec2.NewVpc(p.Vpc.Stack(), jsii.String("Mute"), &awsec2.VpcProps{
				EnableDnsHostnames: jsii.Bool(false), AvailabilityZones: jsii.Strings("eu-west-1a"), NatGateways: jsii.Number(0),
			})
		}, rules.VpcDns),
		badConsumer("consumer: another VPC without DNS", func(p *C) {
			p.HostedZoneVpcs = &[]awsec2.IVpc{awsec2.NewVpc(p.Vpc.Stack(), jsii.String("Mute"), &awsec2.VpcProps{
				EnableDnsSupport: jsii.Bool(false), EnableDnsHostnames: jsii.Bool(false), NatGateways: jsii.Number(0),
			})}
		}, rules.VpcDns),
		badConsumer("consumer: two subnets in a zone", func(p *C) { p.Subnets = sameZone(p.Vpc.Stack()) }, rules.SubnetPerZone),
		badConsumer("consumer: a zone that the provider is not in", func(p *C) {
			p.Service, p.Vpc = newProvider(p.Vpc.Stack()), vpcOf(p.Vpc.Stack(), "Far", "eu-west-1c")
		}, rules.ZoneOfService),
		badConsumer("consumer: dual-stack to an IPv4 service", func(p *C) {
			p.Service, p.IpAddressType = newProvider(p.Vpc.Stack()), awsec2.VpcEndpointIpAddressType_DUALSTACK
		}, rules.IPAddressType),
		badConsumer("consumer: IPv4 to a service of IPv6 alone", func(p *C) {
			p.Service = newProvider(p.Vpc.Stack(), func(p *privateapi.PrivateApiProviderProps) {
				p.SupportedIpAddressTypes = &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV6}
			})
		}, rules.IPAddressType),
		badConsumer("consumer: dual-stack in a VPC of this app without IPv6", func(p *C) {
			p.Vpc, p.IpAddressType = newOwnVpc(p.Vpc.Stack(), "Own"), awsec2.VpcEndpointIpAddressType_DUALSTACK
		}, rules.SubnetIPv6),
		badConsumer("consumer: unknown address type", func(p *C) { p.IpAddressType = "IPV4AND6" }, rules.KnownValue),
		badConsumer("consumer: an action without a service", func(p *C) {
			p.Service, p.DnsMode, p.EndpointPolicy = awsService(p.Vpc.Stack()), privateapi.DnsMode_NONE, endpointPolicy()
			p.EndpointPolicy.Actions = jsii.Strings("Invoke")
		}, rules.EndpointPolicyForm),
		badConsumer("consumer: a policy for SES", func(p *C) {
			p.Service = privateapi.PrivateApiService_FromAttributes(p.Vpc.Stack(), jsii.String("Ses"), &privateapi.PrivateApiServiceAttributes{
				ServiceName: jsii.String("com.amazonaws.eu-west-1.email-smtp"), DomainNames: jsii.Strings(domain),
			})
			p.EndpointPolicy = endpointPolicy()
		}, rules.EndpointPolicy),
		badConsumer("consumer: its own VPC among more", func(p *C) { p.HostedZoneVpcs = &[]awsec2.IVpc{p.Vpc} }, rules.HostedZoneVpc),
		badConsumer("consumer: a VPC of another account among more", func(p *C) {
			other := cdktest.StackIn(awscdk.App_Of(p.Vpc.Stack()), "Other", cdktest.OtherAccount)
			p.HostedZoneVpcs = &[]awsec2.IVpc{vpcOf(other, "Far", "eu-west-1a")}
		}, rules.HostedZoneVpc),
		badConsumer("consumer: a name outside of its zone", func(p *C) {
			p.HostedZone, p.DomainNames = importedZone(p.Vpc.Stack()), jsii.Strings(domain, "api.company.com", "api.notinternal.company.com", "*.company.com")
		}, rules.HostedZoneName, rules.HostedZoneName, rules.HostedZoneName),
		badConsumer("consumer: a service whose name is outside of the zone", func(p *C) {
			p.HostedZone = awsroute53.PrivateHostedZone_FromPrivateHostedZoneAttributes(p.Vpc.Stack(), jsii.String("Other"), &awsroute53.PrivateHostedZoneAttributes{
				HostedZoneId: jsii.String(companyZoneID), ZoneName: jsii.String("internal.company.org"),
			})
		}, rules.HostedZoneName),
		badConsumer("consumer: names that are known only at deploy time, in an existing zone", func(p *C) {
			p.HostedZone, p.DomainNames = importedZone(p.Vpc.Stack()), listToken(p.Vpc.Stack())
		}, rules.Required),
		badConsumer("consumer: an existing zone, and VPCs for a new one", func(p *C) {
			p.HostedZone, p.HostedZoneVpcs = importedZone(p.Vpc.Stack()), &[]awsec2.IVpc{vpcOf(p.Vpc.Stack(), "Peer", "eu-west-1a")}
		}, rules.Contradiction),
		badConsumer("consumer: an existing zone without DNS", func(p *C) {
			p.HostedZone, p.DnsMode = importedZone(p.Vpc.Stack()), privateapi.DnsMode_NONE
		}, rules.DnsModes),
		badConsumer("consumer: an existing zone and private DNS", func(p *C) {
			p.Service, p.HostedZone, p.DnsMode = awsService(p.Vpc.Stack()), importedZone(p.Vpc.Stack()), privateapi.DnsMode_PRIVATE_DNS
		}, rules.DnsModes),
		badConsumer("consumer: a public zone", func(p *C) {
			p.HostedZone = awsroute53.NewPublicHostedZone(p.Vpc.Stack(), jsii.String("Public"), &awsroute53.PublicHostedZoneProps{ZoneName: jsii.String(companyZone)})
		}, rules.HostedZoneAssociation),
		badConsumer("consumer: a zone without a VPC so far", func(p *C) {
			p.HostedZone = awsroute53.NewHostedZone(p.Vpc.Stack(), jsii.String("Public"), &awsroute53.HostedZoneProps{ZoneName: jsii.String(companyZone)})
		}, rules.HostedZoneAssociation),
		badConsumer("consumer: a zone of another VPC", func(p *C) {
			p.HostedZone = ownZone(p.Vpc.Stack(), vpcOf(p.Vpc.Stack(), "Other", "eu-west-1a"))
		}, rules.HostedZoneAssociation),
		badConsumer("consumer: a zone of another VPC of this app", func(p *C) {
			p.Vpc = newOwnVpc(p.Vpc.Stack(), "Own")
			p.HostedZone = ownZone(p.Vpc.Stack(), newOwnVpc(p.Vpc.Stack(), "Another"))
		}, rules.HostedZoneAssociation),
		badConsumer("consumer: a zone of another account", func(p *C) {
			p.HostedZone = ownZone(cdktest.StackIn(awscdk.App_Of(p.Vpc.Stack()), "Central", cdktest.OtherAccount), p.Vpc)
		}, rules.HostedZoneAccount),
		badConsumer("consumer: no security groups", func(p *C) { p.SecurityGroups = &[]awsec2.ISecurityGroup{} }, rules.Required),
		badConsumer("consumer: nil security group", func(p *C) {
			p.SecurityGroups = &[]awsec2.ISecurityGroup{ownGroup(p.Vpc.Stack(), "Endpoints", p.Vpc), nil}
		}, rules.Required),
		badConsumer("consumer: a security group twice", func(p *C) {
			group := ownGroup(p.Vpc.Stack(), "Endpoints", p.Vpc)
			p.SecurityGroups = &[]awsec2.ISecurityGroup{group, group}
		}, rules.EndpointSecurityGroup),
		badConsumer("consumer: a security group that is imported twice", func(p *C) {
			p.SecurityGroups = &[]awsec2.ISecurityGroup{existingGroup(p.Vpc.Stack(), "One", true), existingGroup(p.Vpc.Stack(), "Two", true)}
		}, rules.EndpointSecurityGroup),
		badConsumer("consumer: a security group of another VPC", func(p *C) {
			p.SecurityGroups = &[]awsec2.ISecurityGroup{ownGroup(p.Vpc.Stack(), "Endpoints", vpcOf(p.Vpc.Stack(), "Other", "eu-west-1a"))}
		}, rules.EndpointSecurityGroup),
		badConsumer("consumer: a security group of another VPC of this app", func(p *C) {
			p.Vpc = newOwnVpc(p.Vpc.Stack(), "Own")
			p.SecurityGroups = &[]awsec2.ISecurityGroup{ownGroup(p.Vpc.Stack(), "Endpoints", newOwnVpc(p.Vpc.Stack(), "Another"))}
		}, rules.EndpointSecurityGroup),
		badConsumer("consumer: public subnets by default", func(p *C) { p.Vpc = publicVpc(p.Vpc.Stack()) }, rules.PrivateSubnets),
		badConsumer("consumer: no subnets", func(p *C) { p.Subnets = &awsec2.SubnetSelection{Subnets: &[]awsec2.ISubnet{}} }, rules.Required),
		badConsumer("consumer: a client without a security group", func(p *C) {
			p.Clients = &[]awsec2.IConnectable{awslambda.Function_FromFunctionArn(p.Vpc.Stack(), jsii.String("Function"),
				jsii.String("arn:aws:lambda:eu-west-1:222222222222:function:checkout"))}
		}, rules.ClientConnections),
		badConsumer("consumer: a client whose connections are empty", func(p *C) {
			p.Clients = &[]awsec2.IConnectable{&connectable{awsec2.NewConnections(nil)}}
		}, rules.ClientConnections),
		badConsumer("consumer: a service name of another Region", func(p *C) {
			p.Service = privateapi.PrivateApiService_FromAttributes(p.Vpc.Stack(), jsii.String("Far"), &privateapi.PrivateApiServiceAttributes{
				ServiceName: jsii.String("com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"), DomainNames: jsii.Strings(domain),
			})
		}, rules.ServiceRegion),
		badConsumer("consumer: nil client", func(p *C) { p.Clients = &[]awsec2.IConnectable{nil} }, rules.Required),
		{"consumer: another stage", []rules.Rule{rules.CrossStage}, func(stack awscdk.Stack) {
			stage := awscdk.NewStage(awscdk.App_Of(stack), jsii.String("Prod"), nil)
			provider := newProvider(stack)
			newConsumer(awscdk.NewStack(stage, jsii.String("Stack"), nil), func(p *C) { p.Service = provider })
		}},
		{"consumer: a provider of another app", []rules.Rule{rules.CrossStage}, func(stack awscdk.Stack) {
			provider := newProvider(cdktest.StackIn(awscdk.NewApp(nil), "Elsewhere", cdktest.Account))
			newConsumer(stack, func(p *C) { p.Service = provider })
		}},
		{"consumer: a Region that the provider does not support", []rules.Rule{rules.ServiceRegion}, func(stack awscdk.Stack) {
			far := awscdk.NewStack(awscdk.App_Of(stack), jsii.String("Far"), &awscdk.StackProps{
				Env: &awscdk.Environment{Account: jsii.String(cdktest.Account), Region: jsii.String("us-east-1")},
			})
			provider := newProvider(stack)
			newConsumer(far, func(p *C) { p.Service = provider })
		}},
	}
}

// connectable has the connections that it is given.
type connectable struct{ connections awsec2.Connections }

func (c *connectable) Connections() awsec2.Connections { return c.connections }

// listToken is a list of which not even the length is known.
func listToken(stack awscdk.Stack) *[]*string {
	return awscdk.NewCfnParameter(stack, jsii.String("List"), &awscdk.CfnParameterProps{Type: jsii.String("CommaDelimitedList")}).ValueAsList()
}
