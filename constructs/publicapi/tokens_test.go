package publicapi_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// text is a value that is known only at deployment.
func text(name string) *string { return awscdk.Fn_ImportValue(jsii.String(name)) }

// What is known only at deployment passes every check.
func TestTokensPass(t *testing.T) {
	defer cdktest.Recover(t)
	for name, build := range map[string]func(awscdk.Stack){
		"an API": func(stack awscdk.Stack) {
			newApi(stack, func(p *P) {
				p.DomainNames, p.HostedZone = &[]*string{text("Domain"), text("Other")}, zone(stack)
				p.AllowedClients = clients(&publicapi.AllowedClient{Name: jsii.String("Checkout"), CidrBlocks: &[]*string{text("Block"), jsii.String(*text("Address") + "/32")}})
				p.Port = awscdk.Token_AsNumber(map[string]any{"Fn::ImportValue": "Port"})
				p.ManagedRuleGroups = &[]*string{text("RuleGroup")}
				p.Certificates = &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(text("Certificate"))}
				p.IdleTimeout = awscdk.Duration_Seconds(awscdk.Token_AsNumber(map[string]any{"Fn::ImportValue": "Seconds"}))
			})
		},
		"a web ACL": func(stack awscdk.Stack) { newApi(stack, func(p *P) { p.WebAclArn = text("WebAcl") }) },
		"a zone of this app": func(stack awscdk.Stack) {
			newApi(stack, func(p *P) {
				p.HostedZone = awsroute53.NewPublicHostedZone(stack, jsii.String("Public"), &awsroute53.PublicHostedZoneProps{ZoneName: text("Zone")})
			})
		},
		"a zone that is imported by its ID": func(stack awscdk.Stack) {
			newApi(stack, func(p *P) {
				p.HostedZone = awsroute53.HostedZone_FromHostedZoneId(stack, jsii.String("ById"), text("Zone"))
			})
		},
		"an import": func(stack awscdk.Stack) {
			consume(stack, importApi(stack, func(a *A) {
				a.LoadBalancerDnsName, a.LoadBalancerCanonicalHostedZoneId, a.DomainNames = text("Name"), text("Zone"), &[]*string{text("Domain")}
				a.Port = awscdk.Token_AsNumber(map[string]any{"Fn::ImportValue": "Port"})
			}))
		},
		"stacks of any account and Region": func(stack awscdk.Stack) {
			app := awscdk.App_Of(stack)
			api := newApi(awscdk.NewStack(app, jsii.String("Provider"), nil))
			consume(awscdk.NewStack(app, jsii.String("Anywhere"), nil), api)
		},
		"a VPC of this app, and the address of its NAT gateway": func(stack awscdk.Stack) {
			vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
			address := awsec2.NewCfnEIP(stack, jsii.String("Address"), nil)
			newApi(stack, func(p *P) { p.Vpc, p.AllowedClients = vpc, clients(allowed("Checkout", *address.AttrPublicIp()+"/32")) })
		},
		"imported subnets that do not know their VPC": func(stack awscdk.Stack) {
			newApi(stack, func(p *P) {
				p.VpcSubnets = &awsec2.SubnetSelection{Subnets: &[]awsec2.ISubnet{
					awsec2.Subnet_FromSubnetId(stack, jsii.String("A"), jsii.String("subnet-a")), awsec2.Subnet_FromSubnetId(stack, jsii.String("B"), text("Subnet")),
				}}
			})
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			cdktest.Check(t, func() { build(stack) })
			cdktest.Synth(t, stack)
		})
	}
}

// Until a VPC and a zone are looked up, CDK has placeholders, which pass every check: the CLI learns from the same synthesis what to look up.
func TestLookupsPass(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	newApi(stack, func(p *P) {
		p.Vpc = awsec2.Vpc_FromLookup(stack, jsii.String("Looked"), &awsec2.VpcLookupOptions{VpcId: jsii.String("vpc-0123456789abcdef0")})
		p.HostedZone = awsroute53.HostedZone_FromLookup(stack, jsii.String("LookedZone"), &awsroute53.HostedZoneProviderProps{DomainName: jsii.String("company.com")})
	})
}
