package route53profile_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/route53profile"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// refusal is something that a constructor refuses, by these rules in this order.
type refusal struct {
	name  string
	build func(awscdk.Stack)
	rules []rules.Rule
}

func badProfile(name string, edit func(awscdk.Stack, *P), broken ...rules.Rule) refusal {
	return refusal{"profile: " + name, func(stack awscdk.Stack) { newProfile(stack, func(p *P) { edit(stack, p) }) }, broken}
}

func badImport(name string, edit func(awscdk.Stack, *A), broken ...rules.Rule) refusal {
	return refusal{"import: " + name, func(stack awscdk.Stack) { importProfile(stack, func(a *A) { edit(stack, a) }) }, broken}
}

// bad is a consumer of a profile that an edit changes.
func bad(name string, edit func(awscdk.Stack, *C), broken ...rules.Rule) refusal {
	return refusal{"consumer: " + name, func(stack awscdk.Stack) { consume(stack, "Pricing", func(p *C) { edit(stack, p) }) }, broken}
}

// other is another stack of the app.
func other(stack awscdk.Stack, account, region string) awscdk.Stack {
	return stackIn(awscdk.App_Of(stack), "Other", account, region)
}

func profileRefusals() []refusal {
	return []refusal{
		badProfile("a name with a dot", func(_ awscdk.Stack, p *P) { p.Name = jsii.String("company.com") }, rules.ProfileName),
		badProfile("a name of digits", func(_ awscdk.Stack, p *P) { p.Name = jsii.String("2026") }, rules.ProfileName),
		badProfile("a nil VPC", func(_ awscdk.Stack, p *P) { p.Vpcs = vpcs(nil) }, rules.Required),
		badProfile("a VPC twice", func(stack awscdk.Stack, p *P) {
			vpc := vpcOf(stack, "2")
			p.Vpcs = vpcs(vpc, vpc)
		}, rules.ProfileVpc),
		badProfile("a VPC of another account", func(stack awscdk.Stack, p *P) {
			p.Vpcs = vpcs(vpcOf(other(stack, cdktest.OtherAccount, cdktest.Region), "2"))
		}, rules.ProfileVpc),
		badProfile("a VPC of another Region", func(stack awscdk.Stack, p *P) {
			p.Vpcs = vpcs(vpcOf(other(stack, cdktest.Account, otherRegion), "2"))
		}, rules.ProfileRegion),
		badProfile("a VPC that has one", func(stack awscdk.Stack, p *P) {
			vpc := vpcOf(stack, "2")
			route53profile.NewProfile(stack, jsii.String("First"), &P{Vpcs: vpcs(vpc)})
			p.Vpcs = vpcs(vpc)
		}, rules.ProfileTwice),
		badProfile("shared with a role", func(_ awscdk.Stack, p *P) { p.ShareWith = jsii.Strings("arn:aws:iam::111111111111:role/admin") }, rules.ProfileShare),
		badProfile("shared twice", func(_ awscdk.Stack, p *P) { p.ShareWith = jsii.Strings(thirdID, thirdID) }, rules.ShareTwice),
		badProfile("a permission of nobody", func(_ awscdk.Stack, p *P) {
			p.AllowExternalPrincipals, p.PermissionArn = jsii.Bool(true), jsii.String("arn:aws:ram:eu-west-1:222222222222:permission/zones")
		}, rules.Contradiction, rules.Contradiction),
		badProfile("everything at once", func(stack awscdk.Stack, p *P) {
			p.Name, p.ShareWith = jsii.String("a.b"), jsii.Strings("*")
			p.Vpcs = vpcs(vpcOf(other(stack, cdktest.OtherAccount, cdktest.Region), "2"))
		}, rules.ProfileName, rules.ProfileVpc, rules.ProfileShare),
		badImport("nothing", func(_ awscdk.Stack, a *A) { *a = A{} }, rules.Required),
		badImport("an ARN and an ID", func(_ awscdk.Stack, a *A) { a.ProfileId = jsii.String(profileID) }, rules.Contradiction),
		badImport("an ARN of something else", func(_ awscdk.Stack, a *A) {
			a.ProfileArn = jsii.String("arn:aws:ram:eu-west-1:222222222222:resource-share/1")
		}, rules.ProfileID),
		badImport("an ARN as ID", func(_ awscdk.Stack, a *A) { a.ProfileArn, a.ProfileId = nil, jsii.String(profileARN) }, rules.ProfileID),
		badImport("a name as ID", func(_ awscdk.Stack, a *A) { a.ProfileArn, a.ProfileId = nil, jsii.String("company-dns") }, rules.ProfileID),
		badImport("an ARN of another Region", func(_ awscdk.Stack, a *A) {
			a.ProfileArn = jsii.String("arn:aws:route53profiles:" + otherRegion + ":222222222222:profile/" + profileID)
		}, rules.ProfileRegion),
		badImport("a VPC that has another", func(stack awscdk.Stack, a *A) {
			vpc := vpcOf(stack, "2")
			route53profile.NewProfile(stack, jsii.String("First"), &P{Vpcs: vpcs(vpc)})
			a.Vpcs = vpcs(vpc)
		}, rules.ProfileTwice),
	}
}

func consumerRefusals() []refusal {
	return []refusal{
		bad("no zones", func(stack awscdk.Stack, p *C) {
			p.Profile, p.DnsMode = importProfile(stack), privateapi.DnsMode_NONE
		}, rules.DnsModes),
		bad("another Region", func(stack awscdk.Stack, p *C) { p.Profile = newProfile(other(stack, cdktest.Account, otherRegion)) }, rules.ProfileRegion),
		bad("another account, with which the profile is not shared", func(stack awscdk.Stack, p *C) {
			p.Profile = newProfile(other(stack, cdktest.OtherAccount, cdktest.Region), func(p *P) { p.ShareWith = jsii.Strings(thirdID) })
		}, rules.ProfileNotShared),
		bad("another account, with which nothing is shared", func(stack awscdk.Stack, p *C) {
			p.Profile = newProfile(other(stack, cdktest.OtherAccount, cdktest.Region))
		}, rules.ProfileNotShared),
		bad("a name that another VPC has in the profile", func(stack awscdk.Stack, p *C) {
			p.Profile = newProfile(stack)
			consume(stack, "First", by(p.Profile), func(p *C) { p.Vpc = vpcOf(stack, "2") })
		}, rules.ProfileZoneTwice),
		bad("a zone that is in the profile", func(stack awscdk.Stack, p *C) {
			p.Profile, p.HostedZone = newProfile(stack), companyZone(stack)
			consume(stack, "First", by(p.Profile), func(first *C) {
				first.Vpc, first.HostedZone, first.DomainNames = vpcOf(stack, "2"), p.HostedZone, jsii.Strings(otherDomain)
			})
		}, rules.ProfileZoneTwice),
	}
}

// companyZone is an existing zone, which has the names.
func companyZone(stack awscdk.Stack) awsroute53.IHostedZone {
	return awsroute53.HostedZone_FromHostedZoneAttributes(stack, jsii.String("Company"), &awsroute53.HostedZoneAttributes{
		HostedZoneId: jsii.String("Z0123456789ABCDEFGHIJ"), ZoneName: jsii.String("internal.company.com"),
	})
}

func TestRefusals(t *testing.T) {
	defer cdktest.Recover(t)
	var cases []cdktest.Refusal
	for _, tc := range slices.Concat(profileRefusals(), consumerRefusals()) {
		cases = append(cases, cdktest.Refusal{Name: tc.name, Broken: tc.rules, Prepare: func(t *testing.T) func() {
			stack := cdktest.Stack(t)
			return func() { tc.build(stack) }
		}})
	}
	cdktest.Refusals(t, cases, rules.Profile())
}

// Whatever is known only at deployment is not refused.
func TestTokensPass(t *testing.T) {
	defer cdktest.Recover(t)
	stack := awscdk.NewStack(cdktest.App(t, nil), jsii.String("Stack"), nil) // its account and Region are tokens too
	text := func(id string) *string { return awscdk.NewCfnParameter(stack, jsii.String(id), nil).ValueAsString() }
	vpc := func(id string) awsec2.IVpc {
		return awsec2.Vpc_FromVpcAttributes(stack, jsii.String(id), &awsec2.VpcAttributes{
			VpcId: text(id + "Id"), AvailabilityZones: jsii.Strings("eu-west-1a"), PrivateSubnetIds: &[]*string{text(id + "Subnet")},
		})
	}
	profile := newProfile(stack, func(p *P) {
		p.Name, p.Vpcs, p.PermissionArn = text("Name"), vpcs(vpc("First"), vpc("Second")), text("Permission")
		p.ShareWith = awscdk.NewCfnParameter(stack, jsii.String("Accounts"), &awscdk.CfnParameterProps{Type: jsii.String("CommaDelimitedList")}).ValueAsList()
	})
	consume(stack, "Pricing", by(profile), func(p *C) { p.Vpc, p.DomainNames = vpc("Third"), &[]*string{text("Domain")} })
	consume(stack, "Orders", by(profile), func(p *C) { p.Vpc, p.DomainNames = vpc("Fourth"), &[]*string{text("OtherDomain")} })
	template := cdktest.SynthTemplate(t, stack)
	template.Has(t, typeShare, props{"Name": cdktest.Ref("Name"), "Principals": cdktest.Ref("Accounts"), "PermissionArns": []any{cdktest.Ref("Permission")}})
	template.Has(t, typeVpc, props{"Name": "Stack-First", "ResourceId": cdktest.Ref("FirstId")})
	names := map[any]bool{}
	for _, id := range template.OfType(typeAssociation) {
		names[template.Resources[id].Properties["Name"]] = true
	}
	if len(names) != 2 {
		t.Errorf("names of associations = %v, want two", names)
	}
}
