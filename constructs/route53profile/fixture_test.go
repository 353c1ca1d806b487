package route53profile_test

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/route53profile"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

type (
	props = map[string]any
	// P, A and C are short, for tables of edits.
	P = route53profile.ProfileProps
	A = route53profile.ProfileAttributes
	C = privateapi.PrivateApiConsumerProps
)

const (
	domain      = "api.pricing.internal.company.com"
	otherDomain = "api.orders.internal.company.com"
	serviceName = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"
	profileID   = "rp-0123456789abcdef"
	profileARN  = "arn:aws:route53profiles:eu-west-1:" + cdktest.Account + ":profile/" + profileID
	otherRegion = "eu-central-1"
	thirdID     = "333333333333"

	typeProfile     = "AWS::Route53Profiles::Profile"
	typeVpc         = "AWS::Route53Profiles::ProfileAssociation"
	typeAssociation = "AWS::Route53Profiles::ProfileResourceAssociation"
	typeShare       = "AWS::RAM::ResourceShare"
	typeZone        = "AWS::Route53::HostedZone"
	typeRecord      = "AWS::Route53::RecordSet"
)

// vpcOf imports a VPC, whose ID has a digit of its own.
func vpcOf(scope constructs.Construct, digit string) awsec2.IVpc {
	return awsec2.Vpc_FromVpcAttributes(scope, jsii.String("Vpc"+digit), &awsec2.VpcAttributes{
		VpcId: jsii.String(vpcID(digit)), VpcCidrBlock: jsii.String("10." + digit + ".0.0/16"), AvailabilityZones: jsii.Strings("eu-west-1a"),
		PrivateSubnetIds: jsii.Strings("subnet-0123456789abcde0" + digit), PrivateSubnetRouteTableIds: jsii.Strings("rtb-0123456789abcde0" + digit),
	})
}

func vpcID(digit string) string { return "vpc-0123456789abcde0" + digit }

func vpcs(list ...awsec2.IVpc) *[]awsec2.IVpc { return &list }

// consume defines a consumer of a service, in VPC 1 unless an edit chooses another.
func consume(stack awscdk.Stack, id string, edits ...func(*C)) {
	p := &C{
		Service: privateapi.PrivateApiService_FromAttributes(stack, jsii.String(id+"Service"), &privateapi.PrivateApiServiceAttributes{
			ServiceName: jsii.String(serviceName), DomainNames: jsii.Strings(domain),
		}),
	}
	for _, edit := range edits {
		edit(p)
	}
	if p.Vpc == nil {
		p.Vpc = vpcOf(stack, "1")
	}
	privateapi.NewPrivateApiConsumer(stack, jsii.String(id), p)
}

func newProfile(stack awscdk.Stack, edits ...func(*P)) route53profile.Profile {
	p := &P{}
	for _, edit := range edits {
		edit(p)
	}
	return route53profile.NewProfile(stack, jsii.String("Dns"), p)
}

func importProfile(stack awscdk.Stack, edits ...func(*A)) route53profile.IProfile {
	a := &A{ProfileArn: jsii.String(profileARN)}
	for _, edit := range edits {
		edit(a)
	}
	return route53profile.Profile_FromAttributes(stack, jsii.String("Dns"), a)
}

// by makes the zones of a consumer part of a profile.
func by(profile privateapi.IHostedZoneProfile) func(*C) { return func(p *C) { p.Profile = profile } }

func shared(p *P) { p.ShareWith = jsii.Strings(cdktest.OtherAccount) }

func stackIn(app awscdk.App, id, account, region string) awscdk.Stack {
	return awscdk.NewStack(app, jsii.String(id), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String(region)}})
}

// shapes are the ways in which a profile, its consumers and its VPCs lie in stacks, by the names of goldens.
var shapes = map[string]func(awscdk.App) awscdk.Stack{
	"one-stack": func(app awscdk.App) awscdk.Stack {
		stack := cdktest.StackIn(app, "OneAll", cdktest.Account)
		profile := newProfile(stack, func(p *P) { p.Vpcs = vpcs(vpcOf(stack, "2")) })
		consume(stack, "Pricing", by(profile), func(p *C) { p.DomainNames = jsii.Strings(domain, "*."+domain, otherDomain) })
		return stack
	},
	"two-accounts": func(app awscdk.App) awscdk.Stack {
		network, shop := cdktest.StackIn(app, "AccountsNetwork", cdktest.Account), cdktest.StackIn(app, "AccountsShop", cdktest.OtherAccount)
		profile := newProfile(network, shared)
		consume(network, "Pricing", by(profile), func(p *C) { p.Vpc = vpcOf(network, "3") })
		route53profile.Profile_FromAttributes(shop, jsii.String("Dns"), &A{ProfileId: profile.ProfileId(), Vpcs: vpcs(vpcOf(shop, "4"))})
		return network
	},
}
