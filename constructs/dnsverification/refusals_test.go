package dnsverification_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/dnsverification"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func seconds(n float64) awscdk.Duration { return awscdk.Duration_Seconds(jsii.Number(n)) }

// privateZone is a zone of this app for a VPC.
func privateZone(stack awscdk.Stack) awsroute53.IHostedZone {
	return awsroute53.NewPrivateHostedZone(stack, jsii.String("Private"), &awsroute53.PrivateHostedZoneProps{
		ZoneName: jsii.String("company.com"), Vpc: newVpc(stack, "ZoneVpc"),
	})
}

func number(stack awscdk.Stack) *float64 {
	return awscdk.NewCfnParameter(stack, jsii.String("Seconds"), &awscdk.CfnParameterProps{Type: jsii.String("Number")}).ValueAsNumber()
}

func TestRefusals(t *testing.T) {
	defer cdktest.Recover(t)
	var cases []cdktest.Refusal
	for _, tc := range []struct {
		name  string
		edit  func(awscdk.Stack, *P)
		rules []rules.Rule
	}{
		{"nothing", func(_ awscdk.Stack, p *P) { *p = P{} }, []rules.Rule{rules.Required}},
		{"a service without a private DNS name", func(stack awscdk.Stack, p *P) { p.Service = newProvider(stack, "Plain", nil) }, []rules.Rule{rules.VerificationName}},
		{"a service that is verified already", func(stack awscdk.Stack, p *P) {
			dnsverification.NewVerification(stack, jsii.String("First"), &P{Service: p.Service, HostedZone: p.HostedZone})
		}, []rules.Rule{rules.VerificationTwice}},
		{"too short a time", func(_ awscdk.Stack, p *P) { p.VerificationTimeout = seconds(29) }, []rules.Rule{rules.VerificationTimeout}},
		{"too long a time", func(_ awscdk.Stack, p *P) { p.VerificationTimeout = seconds(841) }, []rules.Rule{rules.VerificationTimeout}},
		{"half a second", func(_ awscdk.Stack, p *P) { p.VerificationTimeout = awscdk.Duration_Millis(jsii.Number(60500)) }, []rules.Rule{rules.VerificationTimeout}},
		{"a time of a token", func(stack awscdk.Stack, p *P) { p.VerificationTimeout = awscdk.Duration_Seconds(number(stack)) }, []rules.Rule{rules.VerificationTimeout}},
		{"a private zone", func(stack awscdk.Stack, p *P) { p.HostedZone = privateZone(stack) }, []rules.Rule{rules.VerificationZone}},
		{"a private zone that is imported", func(stack awscdk.Stack, p *P) {
			p.HostedZone = awsroute53.PrivateHostedZone_FromPrivateHostedZoneId(stack, jsii.String("Imported"), jsii.String(zoneID))
		}, []rules.Rule{rules.VerificationZone}},
		{"a zone of another domain", func(stack awscdk.Stack, p *P) {
			p.HostedZone = publicZone(awscdk.NewStack(stack, jsii.String("N"), nil), "mycompany.com")
		}, []rules.Rule{rules.VerificationZone}},
		{"a zone of a name below", func(stack awscdk.Stack, p *P) {
			p.HostedZone = publicZone(awscdk.NewStack(stack, jsii.String("N"), nil), "v1.api.pricing.company.com")
		}, []rules.Rule{rules.VerificationZone}},
		{"a zone of another account", func(stack awscdk.Stack, p *P) {
			domain := cdktest.StackIn(awscdk.App_Of(stack), "Domain", cdktest.OtherAccount)
			p.HostedZone = awsroute53.NewPublicHostedZone(domain, jsii.String("Zone"), &awsroute53.PublicHostedZoneProps{ZoneName: jsii.String("company.com")})
		}, []rules.Rule{rules.HostedZoneAccount}},
		{"a zone, and a record that is published", func(_ awscdk.Stack, p *P) { p.RecordPublished = jsii.Bool(true) }, []rules.Rule{rules.Contradiction}},
		{"a service of another account", func(stack awscdk.Stack, p *P) {
			p.Service = newProvider(cdktest.StackIn(awscdk.App_Of(stack), "Elsewhere", cdktest.OtherAccount), "Pricing", jsii.String(privateDnsName))
		}, []rules.Rule{rules.VerificationEnvironment}},
		{"everything at once", func(stack awscdk.Stack, p *P) {
			p.Service, p.HostedZone, p.VerificationTimeout = newProvider(stack, "Plain", nil), privateZone(stack), seconds(900)
		}, []rules.Rule{rules.VerificationTimeout, rules.VerificationName, rules.VerificationZone}},
	} {
		cases = append(cases, cdktest.Refusal{Name: tc.name, Broken: tc.rules, Prepare: func(t *testing.T) func() {
			stack := cdktest.Stack(t)
			p := &P{Service: newProvider(stack, "Pricing", jsii.String(privateDnsName)), HostedZone: publicZone(stack, "company.com")}
			tc.edit(stack, p)
			return func() { dnsverification.NewVerification(stack, jsii.String("Verification"), p) }
		}})
	}
	cdktest.Refusals(t, cases, rules.Verification())
}

// What is known only at deployment is not refused.
func TestValuesThatPass(t *testing.T) {
	defer cdktest.Recover(t)
	text := func(stack awscdk.Stack) *string {
		return awscdk.NewCfnParameter(stack, jsii.String("Text"), nil).ValueAsString()
	}
	for name, edit := range map[string]func(awscdk.Stack, *P){
		"a zone by its ID alone": func(stack awscdk.Stack, p *P) {
			p.HostedZone = awsroute53.HostedZone_FromHostedZoneId(stack, jsii.String("ById"), text(stack))
		},
		"a zone whose name is a token": func(stack awscdk.Stack, p *P) {
			p.HostedZone = awsroute53.HostedZone_FromHostedZoneAttributes(stack, jsii.String("Named"), &awsroute53.HostedZoneAttributes{
				HostedZoneId: jsii.String(zoneID), ZoneName: text(stack),
			})
		},
		"a zone of the name itself, with a dot": func(stack awscdk.Stack, p *P) {
			p.HostedZone = awsroute53.HostedZone_FromHostedZoneAttributes(stack, jsii.String("Named"), &awsroute53.HostedZoneAttributes{
				HostedZoneId: jsii.String(zoneID), ZoneName: jsii.String("API.pricing.company.com."),
			})
		},
		"a zone of this app": func(stack awscdk.Stack, p *P) {
			p.HostedZone = awsroute53.NewPublicHostedZone(stack, jsii.String("Own"), &awsroute53.PublicHostedZoneProps{ZoneName: jsii.String("company.com")})
		},
		"a private DNS name that is a token": func(stack awscdk.Stack, p *P) { p.Service = newProvider(stack, "Token", text(stack)) },
		"a stack of any account and Region": func(stack awscdk.Stack, p *P) {
			p.Service = newProvider(awscdk.NewStack(awscdk.App_Of(stack), jsii.String("Agnostic"), nil), "Pricing", jsii.String(privateDnsName))
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			cdktest.Check(t, func() { verify(stack, func(p *P) { edit(stack, p) }) })
		})
	}
}
