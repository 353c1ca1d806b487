package privateapi_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestRefusalsAtSynth(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		rule  rules.Rule
		build func(awscdk.Stack)
	}{
		"nobody was allowed": {rules.SomebodyAllowed, func(stack awscdk.Stack) {
			newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { p.AllowedPrincipals = nil })
		}},
		"the account of a consumer was not allowed": {rules.ConsumerAllowed, func(stack awscdk.Stack) {
			provider := newProvider(stack)
			newConsumer(cdktest.StackIn(awscdk.App_Of(stack), "Stranger", "999999999999"), func(p *privateapi.PrivateApiConsumerProps) { p.Service = provider })
		}},
		"the target group was given attributes": {rules.TargetGroupAttributes, func(stack awscdk.Stack) {
			newProvider(stack).TargetGroup().SetTargetGroupAttributes(&[]any{
				&elbv2.CfnTargetGroup_TargetGroupAttributeProperty{Key: jsii.String("preserve_client_ip.enabled"), Value: jsii.String("true")},
			})
		}},
		"a second service publishes the NLB": {rules.ServiceOfLoadBalancer, func(stack awscdk.Stack) {
			awsec2.NewVpcEndpointService(stack, jsii.String("Second"), &awsec2.VpcEndpointServiceProps{
				VpcEndpointServiceLoadBalancers: &[]awsec2.IVpcEndpointServiceLoadBalancer{newProvider(stack).NetworkLoadBalancer()},
			})
		}},
		"a security group joined what cannot attach it": {rules.SecurityGroupAttached, func(stack awscdk.Stack) {
			newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) { p.Service = newRoutedService(stack) }).
				Connections().AddSecurityGroup(existingGroup(stack, "Later", true))
		}},
		"the target group was made TLS": {rules.NetworkListenerTCP, func(stack awscdk.Stack) {
			newProvider(stack).TargetGroup().SetProtocol(jsii.String("TLS"))
		}},
		"the target group was given another port": {rules.OnePort, func(stack awscdk.Stack) {
			newProvider(stack).TargetGroup().SetPort(jsii.Number(444))
		}},
		"the NLB's listener was made TLS": {rules.NetworkListenerTCP, func(stack awscdk.Stack) {
			newProvider(stack).NetworkListener().SetProtocol(jsii.String("TLS"))
		}},
		"the NLB's listener was given a certificate": {rules.NetworkListenerTCP, func(stack awscdk.Stack) {
			newProvider(stack).NetworkListener().SetCertificates(&[]any{&elbv2.CfnListener_CertificateProperty{CertificateArn: jsii.String(certificateArn)}})
		}},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			cdktest.Check(t, func() { tc.build(stack) })
			message := cdktest.Panic(t, func() { awscdk.App_Of(stack).Synth(nil) })
			for _, want := range []string{"[Stack/Pricing] ", "[" + tc.rule.ID + "]\n  AWS: " + tc.rule.AWS + "\n  Fix: "} {
				if !strings.Contains(message, want) {
					t.Errorf("message = %s\nwant it to contain %q", message, want)
				}
			}
		})
	}
}

// A consumer in another account is allowed by its account, by a role in it, by everyone, or by a token.
func TestConsumersThatAreAllowed(t *testing.T) {
	defer cdktest.Recover(t)
	for name, allow := range map[string]func(*privateapi.PrivateApiProviderProps){
		"by the account": principals(account("999999999999")),
		"by its ID": func(p *privateapi.PrivateApiProviderProps) {
			p.AllowedPrincipals, p.AllowedAccounts = nil, jsii.Strings("999999999999")
		},
		"by an ID that is a token": func(p *privateapi.PrivateApiProviderProps) {
			p.AllowedAccounts = &[]*string{textToken(p.Vpc.Stack(), "Id")}
		},
		"by a role": principals(arn("arn:aws:iam::999999999999:role/cdk-hnb659fds-cfn-exec-role-999999999999-eu-west-1")),
		"by everyone": func(p *privateapi.PrivateApiProviderProps) {
			p.AllowedPrincipals, p.AcceptanceRequired = &[]awsiam.ArnPrincipal{awsiam.NewAnyPrincipal()}, jsii.Bool(true)
		},
		"by a token": func(p *privateapi.PrivateApiProviderProps) {
			parameter := awscdk.NewCfnParameter(p.Vpc.Stack(), jsii.String("Account"), nil)
			p.AllowedPrincipals = &[]awsiam.ArnPrincipal{awsiam.NewAccountPrincipal(parameter.ValueAsString())}
		},
		"by a resolvable value": func(p *privateapi.PrivateApiProviderProps) {
			parameter := awscdk.NewCfnParameter(p.Vpc.Stack(), jsii.String("Account"), nil)
			p.AllowedPrincipals = &[]awsiam.ArnPrincipal{awsiam.NewAccountPrincipal(parameter.Value())}
		},
		"later": principals(account("333333333333")),
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			provider := newProvider(stack, allow)
			newConsumer(cdktest.StackIn(awscdk.App_Of(stack), "Checkout", "999999999999"), func(p *privateapi.PrivateApiConsumerProps) { p.Service = provider })
			if name == "later" {
				provider.AllowPrincipal(account("999999999999"))
			}
			cdktest.Synth(t, stack)
		})
	}
}

func TestListenerAndTargetGroupThatAreNotChangedSynthesise(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	provider := newProvider(stack)
	provider.TargetGroup().AddMetadata(jsii.String("owner"), "pricing")
	provider.NetworkListener().AddMetadata(jsii.String("owner"), "pricing")
	cdktest.SynthTemplate(t, stack)
}

// A refused construct leaves nothing in the tree, for callers that recover.
func TestRefusalsLeaveNothingBehind(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Run(t, "of a provider", func(t *testing.T) {
		stack := cdktest.Stack(t)
		cdktest.WantPanic(t, rules.PortRange.ID, func() {
			newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { p.Port = jsii.Number(0) })
		})
		if got := len(cdktest.SynthTemplate(t, stack).Resources); got != 0 {
			t.Errorf("%d resources, want none", got)
		}
	})
	cdktest.Run(t, "of a consumer", func(t *testing.T) {
		stack := cdktest.Stack(t)
		cdktest.WantPanic(t, rules.EndpointPolicy.ID, func() {
			newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) { p.EndpointPolicy = endpointPolicy() })
		})
		if got := len(cdktest.SynthTemplate(t, stack).Resources); got != 0 {
			t.Errorf("%d resources, want none", got)
		}
	})
	cdktest.Run(t, "of a principal", func(t *testing.T) {
		stack := cdktest.Stack(t)
		provider := newProvider(stack)
		cdktest.WantPanic(t, rules.EveryoneNeedsAcceptance.ID, func() { provider.AllowPrincipal(awsiam.NewAnyPrincipal()) })
		cdktest.WantPanic(t, rules.EveryoneNeedsAcceptance.ID, func() { provider.AllowPrincipal(awsiam.NewAnyPrincipal()) }) // the refused principal must not have been added
		provider.AllowPrincipal(account("333333333333"))
		cdktest.SynthTemplate(t, stack).Has(t, typePermissions, props{"AllowedPrincipals": []any{root(cdktest.OtherAccount), root("333333333333")}})
	})
	cdktest.Run(t, "of an account that is allowed already", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newProvider(stack).AllowPrincipal(arn(cdktest.OtherAccount))
		cdktest.SynthTemplate(t, stack).Has(t, typePermissions, props{"AllowedPrincipals": []any{root(cdktest.OtherAccount)}})
	})
	cdktest.Run(t, "of a route that CDK refuses while it is defined", func(t *testing.T) {
		stack := cdktest.Stack(t)
		provider := newProvider(stack)
		mixed := targets(ipTarget("10.0.0.5"), &fakeTarget{kind: elbv2.TargetType_INSTANCE})
		cdktest.WantPanic(t, "Stack/Pricing/RouteQuote: ", func() {
			provider.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{Targets: mixed})
		})
		provider.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{Targets: targets(ipTarget("10.0.0.5"))})
		if got := len(cdktest.SynthTemplate(t, stack).OfType(typeTargets)); got != 2 {
			t.Errorf("%d target groups, want the ALB's and the route's", got)
		}
	})
	cdktest.Run(t, "of a route", func(t *testing.T) {
		stack := cdktest.Stack(t)
		provider := newProvider(stack)
		cdktest.WantPanic(t, rules.RouteTarget.ID, func() {
			provider.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{Targets: targets(&fakeTarget{kind: elbv2.TargetType_LAMBDA})})
		})
		provider.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{Targets: targets(ipTarget("10.0.0.5"))})
		template := cdktest.SynthTemplate(t, stack)
		if got := len(template.OfType(typeTargets)); got != 2 {
			t.Errorf("%d target groups, want the ALB's and the route's", got)
		}
	})
}
