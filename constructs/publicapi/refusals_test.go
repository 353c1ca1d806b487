package publicapi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscertificatemanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// refusal builds something that must be refused, and has the rules that it breaks.
type refusal struct {
	name   string
	broken []rules.Rule
	build  func(awscdk.Stack)
}

func refuse(name string, edit func(awscdk.Stack, *P), broken ...rules.Rule) refusal {
	return refusal{"API: " + name, broken, func(stack awscdk.Stack) { newApi(stack, func(p *P) { edit(stack, p) }) }}
}

func refuseClients(name string, list *[]*publicapi.AllowedClient, broken ...rules.Rule) refusal {
	return refuse(name, func(_ awscdk.Stack, p *P) { p.AllowedClients = list }, broken...)
}

func apiRefusals() []refusal {
	return []refusal{
		{"API: nothing given", []rules.Rule{rules.Required}, func(stack awscdk.Stack) { publicapi.NewApi(stack, jsii.String("Pricing"), nil) }},
		{"API: a VPC alone", []rules.Rule{rules.CertificateRequired, rules.PublicClients}, func(stack awscdk.Stack) {
			publicapi.NewApi(stack, jsii.String("Pricing"), &P{Vpc: apiVpc(stack)})
		}},
		refuse("a port that is none", func(_ awscdk.Stack, p *P) { p.Port = jsii.Number(0) }, rules.PortRange),
		refuse("a name that is none", func(_ awscdk.Stack, p *P) { p.DomainNames = jsii.Strings("Pricing") }, rules.DomainNameForm),
		refuse("a long idle timeout", func(_ awscdk.Stack, p *P) { p.IdleTimeout = awscdk.Duration_Hours(jsii.Number(2)) }, rules.AlbIdleTimeout),
		refuse("client certificates without a trust store", func(_ awscdk.Stack, p *P) {
			p.MutualAuthentication = &elbv2.MutualAuthentication{MutualAuthenticationMode: elbv2.MutualAuthenticationMode_VERIFY}
		}, rules.TrustStore),
		refuse("private subnets", func(_ awscdk.Stack, p *P) {
			p.VpcSubnets = &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PRIVATE_WITH_EGRESS}
		}, rules.PublicSubnets),
		refuse("no blocks of an NLB", func(_ awscdk.Stack, p *P) { p.PrivateLinkCidrBlocks = &[]*string{} }, rules.Required),
		refuse("blocks of an NLB that are everyone", func(_ awscdk.Stack, p *P) { p.PrivateLinkCidrBlocks = jsii.Strings("0.0.0.0/0") }, rules.PublicEveryone),
		refuse("a block of an NLB that is none", func(_ awscdk.Stack, p *P) { p.PrivateLinkCidrBlocks = jsii.Strings("10.0.0.0") }, rules.CIDR),
		refuse("blocks of an NLB that are a list of the deployment", func(stack awscdk.Stack, p *P) {
			p.PrivateLinkCidrBlocks = awscdk.Token_AsList(awscdk.NewCfnParameter(stack, jsii.String("Blocks"), nil).Value(), nil)
		}, rules.CIDR),
		refuse("blocks of an NLB for a web ACL of the caller's", func(_ awscdk.Stack, p *P) {
			p.PrivateLinkCidrBlocks, p.WebAclArn = jsii.Strings("10.0.0.0/24"), jsii.String(webACLArn)
		}, rules.Contradiction),
		{"API: an NLB in front that its web ACL blocks", []rules.Rule{rules.WebAclPrivateLink}, func(stack awscdk.Stack) { putBehind(stack, nil) }},
		refuse("one zone", func(_ awscdk.Stack, p *P) {
			p.VpcSubnets = &awsec2.SubnetSelection{AvailabilityZones: jsii.Strings("eu-west-1a")}
		}, rules.TwoZones),
		refuse("a VPC without public subnets", func(stack awscdk.Stack, p *P) { p.Vpc = clientVpc(stack) }, rules.SubnetSelection),
		refuse("a certificate that covers another name", func(stack awscdk.Stack, p *P) {
			other := awscertificatemanager.NewCertificate(stack, jsii.String("Other"), &awscertificatemanager.CertificateProps{DomainName: jsii.String("api.orders.company.com")})
			p.Certificates = &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromCertificateManager(other)}
		}, rules.CertificateNames),
		refuse("a private hosted zone", func(stack awscdk.Stack, p *P) {
			p.HostedZone = awsroute53.NewPrivateHostedZone(stack, jsii.String("Private"), &awsroute53.PrivateHostedZoneProps{Vpc: p.Vpc, ZoneName: jsii.String("company.com")})
		}, rules.PublicZone),
		refuse("an imported private hosted zone", func(stack awscdk.Stack, p *P) {
			p.HostedZone = awsroute53.PrivateHostedZone_FromPrivateHostedZoneAttributes(stack, jsii.String("Private"), &awsroute53.PrivateHostedZoneAttributes{
				HostedZoneId: jsii.String("Z0123456789ABCDEFGHIJ"), ZoneName: jsii.String("company.com"),
			})
		}, rules.PublicZone),
		refuse("a hosted zone of another account", func(stack awscdk.Stack, p *P) {
			p.HostedZone = awsroute53.NewPublicHostedZone(cdktest.StackIn(awscdk.App_Of(stack), "Dns", cdktest.OtherAccount), jsii.String("Public"), &awsroute53.PublicHostedZoneProps{ZoneName: jsii.String("company.com")})
		}, rules.HostedZoneAccount),
		refuse("a name outside of the hosted zone", func(stack awscdk.Stack, p *P) {
			p.DomainNames, p.HostedZone = jsii.Strings(domain, "api.pricing.company.org"), zone(stack)
		}, rules.HostedZoneName),
		refuse("a hosted zone, and no names", func(stack awscdk.Stack, p *P) { p.DomainNames, p.HostedZone = nil, zone(stack) }, rules.Contradiction),
	}
}

func clientRefusals() []refusal {
	many := func(n int) (list []*publicapi.AllowedClient) {
		for i := range n {
			list = append(list, allowed(fmt.Sprint("Client", i), fmt.Sprintf("203.0.113.%d/32", i)))
		}
		return list
	}
	return []refusal{
		refuseClients("an empty allow-list", clients(), rules.PublicClients),
		refuse("everyone, and an allow-list", func(_ awscdk.Stack, p *P) { p.AllowEveryone = jsii.Bool(true) }, rules.Contradiction),
		refuseClients("a nil client", clients(nil), rules.Required),
		refuseClients("a client without a name or blocks", clients(&publicapi.AllowedClient{}, allowed("Checkout")), rules.Required, rules.Required),
		refuseClients("a nil block", clients(&publicapi.AllowedClient{Name: jsii.String("Checkout"), CidrBlocks: &[]*string{nil}}), rules.Required),
		refuseClients("every address", clients(allowed("Checkout", "0.0.0.0/0")), rules.PublicEveryone),
		refuseClients("every IPv6 address", clients(allowed("Checkout", "::/0")), rules.PublicBlock, rules.PublicEveryone),
		refuseClients("two halves of all addresses", clients(allowed("Checkout", "0.0.0.0/1"), allowed("Orders", "128.0.0.0/1")), rules.PublicEveryone),
		refuseClients("every public address", clients(allowed("Checkout", "128.0.0.0/2", "0.0.0.0/1", "192.0.0.0/3")), rules.PublicEveryone),
		refuseClients("addresses that are not public", clients(allowed("Checkout", "10.1.0.0/16", "100.64.0.0/10", "2001:db8::/64", "192.168.1.5/32")), rules.PublicBlock, rules.PublicBlock, rules.PublicBlock, rules.PublicBlock),
		refuseClients("blocks that are none", clients(allowed("Checkout", "203.0.113.7", "203.0.113.7/24")), rules.CIDR, rules.CIDR),
		refuse("blocks as one token", func(_ awscdk.Stack, p *P) {
			p.AllowedClients = clients(&publicapi.AllowedClient{Name: jsii.String("Checkout"), CidrBlocks: awscdk.Fn_Split(jsii.String(","), awscdk.Fn_ImportValue(jsii.String("Blocks")), nil)})
		}, rules.CIDR),
		refuse("a name that is a token", func(_ awscdk.Stack, p *P) {
			p.AllowedClients = clients(&publicapi.AllowedClient{Name: awscdk.Fn_ImportValue(jsii.String("Name")), CidrBlocks: jsii.Strings("203.0.113.7/32")})
		}, rules.PublicClientName),
		refuseClients("names that are none", clients(allowed("Checkout team", "203.0.113.1/32"), allowed("1st", "203.0.113.2/32"), allowed(strings.Repeat("a", rules.MaxClientNameLength+1), "203.0.113.3/32"), allowed("privatelink", "203.0.113.4/32"), allowed("All", "203.0.113.5/32")),
			rules.PublicClientName, rules.PublicClientName, rules.PublicClientName, rules.PublicClientName, rules.PublicClientName),
		refuseClients("a name twice", clients(allowed("Checkout", "203.0.113.1/32"), allowed("checkout", "203.0.113.2/32")), rules.PublicClientName),
		refuseClients("a block twice", clients(allowed("Checkout", "203.0.113.1/32"), allowed("Orders", "203.0.113.1/32")), rules.PublicBlockTwice),
		refuse("more clients than a web ACL can have", func(_ awscdk.Stack, p *P) { p.AllowedClients = clients(many(48)...) }, rules.PublicWebAclLimits),
		refuse("rule groups that are none", func(_ awscdk.Stack, p *P) {
			p.ManagedRuleGroups = jsii.Strings("CommonRuleSet", "AWSManagedRulesATPRuleSet", "AWSManagedRulesSQLiRuleSet", "AWSManagedRulesSQLiRuleSet")
		}, rules.PublicRuleGroup, rules.PublicRuleGroup, rules.PublicRuleGroup),
		refuse("rule groups as one token, and a nil one", func(_ awscdk.Stack, p *P) {
			p.ManagedRuleGroups = awscdk.Fn_Split(jsii.String(","), awscdk.Fn_ImportValue(jsii.String("Groups")), nil)
		}, rules.PublicRuleGroup),
		refuse("a web ACL of CloudFront, and rule groups", func(_ awscdk.Stack, p *P) {
			p.WebAclArn = jsii.String("arn:aws:wafv2:us-east-1:222222222222:global/webacl/pricing/01234567-89ab-cdef-0123-456789abcdef")
			p.ManagedRuleGroups = jsii.Strings("AWSManagedRulesSQLiRuleSet")
		}, rules.WebACL, rules.Contradiction),
	}
}

func importRefusals() []refusal {
	bad := func(name string, edit func(*A), broken ...rules.Rule) refusal {
		return refusal{"import: " + name, broken, func(stack awscdk.Stack) { importApi(stack, edit) }}
	}
	return []refusal{
		{"import: nothing given", []rules.Rule{rules.Required, rules.Required}, func(stack awscdk.Stack) { publicapi.Api_FromAttributes(stack, jsii.String("PricingApi"), nil) }},
		bad("the name of an internal ALB", func(a *A) {
			a.LoadBalancerDnsName = jsii.String("internal-pricing-0123456789.eu-west-1.elb.amazonaws.com")
		}, rules.PublicName),
		bad("a name and a port that are none", func(a *A) { a.DomainNames, a.Port = jsii.Strings("Pricing"), jsii.Number(70000) }, rules.DomainNameForm, rules.PortRange),
	}
}

func consumerRefusals() []refusal {
	bad := func(name string, build func(awscdk.Stack), broken ...rules.Rule) refusal {
		return refusal{"consumer: " + name, broken, build}
	}
	return []refusal{
		bad("with an endpoint's subnets", func(stack awscdk.Stack) {
			consume(stack, newApi(stack), func(p *C) { p.Subnets = &awsec2.SubnetSelection{} })
		}, rules.Contradiction),
		bad("with private DNS", func(stack awscdk.Stack) {
			consume(stack, importApi(stack), func(p *C) { p.DnsMode = privateapi.DnsMode_PRIVATE_DNS })
		}, rules.PrivateDnsMissing),
		bad("of another stage", func(stack awscdk.Stack) {
			stage := awscdk.NewStage(awscdk.App_Of(stack), jsii.String("Stage"), nil)
			consume(stack, newApi(awscdk.NewStack(stage, jsii.String("Provider"), &awscdk.StackProps{Env: &awscdk.Environment{Account: stack.Account(), Region: stack.Region()}})))
		}, rules.CrossStage),
		bad("that moves from the internet to the internet", func(stack awscdk.Stack) {
			consume(stack, newApi(stack), func(p *C) { p.Previous = importApi(stack) })
		}, rules.PreviousService),
	}
}

// putBehind puts an NLB in front of a public API, without a migration.
func putBehind(stack awscdk.Stack, edit func(*P)) {
	api := newApi(stack, edit)
	privateapi.NewPrivateApiProvider(stack, jsii.String("Provider"), &privateapi.PrivateApiProviderProps{
		Vpc: api.LoadBalancer().Vpc(), VpcSubnets: &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PUBLIC}, Listener: api.Listener(), HealthCheck: &elbv2.HealthCheck{Path: jsii.String("/health")},
		DomainNames: jsii.Strings(domain), AllowedAccounts: jsii.Strings(cdktest.OtherAccount),
	})
}

// Without a migration too, an NLB stands in front of a public API whose web ACL lets it in by name, or lets everyone in.
func TestNetworkInFront(t *testing.T) {
	defer cdktest.Recover(t)
	for name, edit := range map[string]func(awscdk.Stack, *P){
		"its blocks": func(_ awscdk.Stack, p *P) { p.PrivateLinkCidrBlocks = jsii.Strings("10.1.2.0/24", "10.1.3.0/24") },
		"a block that the deployment knows": func(stack awscdk.Stack, p *P) {
			p.PrivateLinkCidrBlocks = &[]*string{awscdk.NewCfnParameter(stack, jsii.String("Block"), nil).ValueAsString()}
		},
		"everyone":                  func(_ awscdk.Stack, p *P) { p.AllowedClients, p.AllowEveryone = nil, jsii.Bool(true) },
		"a web ACL of the caller's": func(_ awscdk.Stack, p *P) { p.WebAclArn = jsii.String(webACLArn) },
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			cdktest.Check(t, func() { putBehind(stack, func(p *P) { edit(stack, p) }) })
			template := cdktest.SynthTemplate(t, stack)
			sets := template.Find("AWS::WAFv2::IPSet", props{"Description": "Client of a public API: PrivateLink"})
			if wants := strings.Contains(name, "block"); (len(sets) == 1) != wants {
				t.Errorf("IP sets of PrivateLink = %v, want one: %v", sets, wants)
			}
		})
	}
}

// elsewhere are rules that TestSchemeOverride shows to be enforced.
var elsewhere = []rules.Rule{rules.PublicScheme}

func TestRefusals(t *testing.T) {
	defer cdktest.Recover(t)
	var cases []cdktest.Refusal
	for _, tc := range slices.Concat(apiRefusals(), clientRefusals(), importRefusals(), consumerRefusals()) {
		cases = append(cases, cdktest.Refusal{Name: tc.name, Broken: tc.broken, Prepare: func(t *testing.T) func() {
			stack := cdktest.Stack(t)
			return func() { tc.build(stack) }
		}})
	}
	cdktest.Refusals(t, cases, rules.Public(), elsewhere...)
}

// An override of the scheme is refused at synthesis, whoever makes it: CloudFormation would replace the ALB.
func TestSchemeOverride(t *testing.T) {
	defer cdktest.Recover(t)
	for name, override := range map[string]func(elbv2.CfnLoadBalancer){
		"by the setter":       func(alb elbv2.CfnLoadBalancer) { alb.SetScheme(jsii.String("internal")) },
		"by an override":      func(alb elbv2.CfnLoadBalancer) { alb.AddPropertyOverride(jsii.String("Scheme"), "internal") },
		"to the same, passes": func(alb elbv2.CfnLoadBalancer) { alb.SetScheme(jsii.String("internet-facing")) },
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			var alb elbv2.CfnLoadBalancer
			jsii.UnsafeCast(newApi(stack).LoadBalancer().Node().DefaultChild(), &alb)
			override(alb)
			if strings.HasSuffix(name, "passes") {
				cdktest.Synth(t, stack)
				return
			}
			message := cdktest.Panic(t, func() { awscdk.App_Of(stack).Synth(nil) })
			want := "[Stack/Pricing] LoadBalancer: has the scheme internal by an override [privateapi:publicScheme]\n  AWS: " + rules.PublicScheme.AWS + "\n  Fix: " + rules.PublicScheme.Fix
			if !strings.Contains(message, want) {
				t.Errorf("message = %s\nwant it to contain %q", message, want)
			}
		})
	}
}
