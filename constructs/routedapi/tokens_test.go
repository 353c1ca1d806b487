package routedapi_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
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
				p.DomainNames, p.CidrBlocks = &[]*string{text("Domain")}, &[]*string{text("Block")}
				p.AllowedCidrs = &[]*string{text("Client"), jsii.String(*text("Address") + "/32")}
				p.AllowedSecurityGroups = &[]*routedapi.ClientSecurityGroup{{SecurityGroupId: text("Group"), Account: text("Account")}}
				p.Port = awscdk.Token_AsNumber(map[string]any{"Fn::ImportValue": "Port"})
				p.Certificates = &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(text("Certificate"))}
				p.WebAclArn, p.IdleTimeout = text("WebAcl"), awscdk.Duration_Seconds(awscdk.Token_AsNumber(map[string]any{"Fn::ImportValue": "Seconds"}))
			})
		},
		"an import": func(stack awscdk.Stack) {
			api := importApi(stack, func(a *A) {
				a.LoadBalancerDnsName, a.LoadBalancerCanonicalHostedZoneId, a.CidrBlocks = text("Name"), text("Zone"), &[]*string{text("Block")}
				a.SecurityGroupId, a.VpcId, a.Account, a.Region = text("Group"), text("Vpc"), text("Account"), text("Region")
			})
			consume(stack, api.Over(newNetwork(stack, routedapi.SecurityGroupReferences_INBOUND)))
		},
		"an import in the VPC of the API": func(stack awscdk.Stack) {
			consume(stack, importApi(stack, func(a *A) { a.VpcId = text("Vpc") }))
		},
		"a client access": func(stack awscdk.Stack) {
			routedapi.NewClientAccess(stack, jsii.String("Access"), &routedapi.ClientAccessProps{
				Api: importApi(stack, func(a *A) { a.Account, a.Region = text("Account"), text("Region") }), CidrBlocks: &[]*string{text("Block")},
				SecurityGroups: &[]*routedapi.ClientSecurityGroup{{SecurityGroupId: text("Group"), Account: text("Account")}},
			})
		},
		"stacks of any account and Region": func(stack awscdk.Stack) {
			app := awscdk.App_Of(stack)
			api := newApi(awscdk.NewStack(app, jsii.String("Provider"), nil))
			anywhere := awscdk.NewStack(app, jsii.String("Anywhere"), nil)
			consume(anywhere, api.Over(newNetwork(anywhere, both)))
		},
		"a VPC of this app": func(stack awscdk.Stack) {
			vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
			api := newApi(stack, func(p *P) { p.Vpc = vpc })
			consume(stack, api, func(p *C) { p.Vpc, p.Clients = vpc, &[]awsec2.IConnectable{newClient(stack, "Local", vpc)} })
		},
		"subnets that do not know their blocks, over a peering connection": func(stack awscdk.Stack) {
			api := newApi(stack, func(p *P) {
				p.Vpc = awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Bare"), &awsec2.VpcAttributes{
					VpcId: jsii.String(apiVpcID), AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b"), PrivateSubnetIds: jsii.Strings("subnet-1", "subnet-2"),
				})
			})
			if n := len(*api.CidrBlocks()); n != 0 {
				t.Errorf("%d blocks, want none", n)
			}
			consume(stack, api.Over(newNetwork(stack, both)))
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			cdktest.Check(t, func() { build(stack) })
			cdktest.Synth(t, stack)
		})
	}
}

// Until a VPC is looked up, CDK has placeholders, which pass every check: the CLI learns from the same synthesis what to look up.
func TestLookupsPass(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	api := newApi(stack, func(p *P) {
		p.Vpc = awsec2.Vpc_FromLookup(stack, jsii.String("Looked"), &awsec2.VpcLookupOptions{VpcId: jsii.String(apiVpcID)})
	})
	cdktest.Check(t, func() {
		consume(stack, api.Over(newNetwork(stack, routedapi.SecurityGroupReferences_INBOUND)), func(p *C) {
			p.Vpc = awsec2.Vpc_FromLookup(stack, jsii.String("Client"), &awsec2.VpcLookupOptions{VpcId: jsii.String(clientVpcID)})
			p.Clients = nil
		})
	})
}
