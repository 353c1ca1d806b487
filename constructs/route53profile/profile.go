package route53profile

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53profiles"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// ProfileProps are the properties of a [Profile].
type ProfileProps struct {
	// The name of the profile: up to 64 letters, digits, spaces, hyphens and underscores. Changing it replaces the profile.
	//
	// Default: - the ID of the construct.
	Name *string

	// The VPCs of this account and Region that resolve the names of the profile. A VPC has one profile. Its own zones win over those of the
	// profile, and more specific ones over both.
	//
	// Default: - none.
	Vpcs *[]awsec2.IVpc

	// The accounts, organizational units (ARN) and organizations (ARN) with which the profile is shared, by AWS RAM. They associate VPCs of
	// their own with [Profile_FromAttributes]. The account of the profile pays for these.
	//
	// Default: - only this account uses the profile.
	ShareWith *[]*string

	// Whether ShareWith may name accounts outside of the organization. They accept an invitation first.
	//
	// Default: false.
	AllowExternalPrincipals *bool

	// The ARN of the RAM permission that ShareWith gets. With that of AWS, accounts associate VPCs only. To let them associate hosted zones
	// too, which then answer in all VPCs of the profile, supply a customer managed permission that also has
	// route53profiles:AssociateResourceToProfile and route53profiles:DisassociateResourceFromProfile.
	//
	// Default: - AWSRAMPermissionRoute53ProfileAllowAssociation of AWS.
	PermissionArn *string
}

// IProfile is a Route 53 Profile, defined here or imported.
type IProfile interface {
	privateapi.IHostedZoneProfile

	// ProfileArn returns the ARN of the profile; nil for an import by ID.
	ProfileArn() *string
}

// Profile is a Route 53 Profile: hosted zones that VPCs of several accounts resolve. Consumers associate their zones with it, by Profile of
// [privateapi.PrivateApiConsumerProps].
//
// AWS bills a profile by the VPCs that are associated with it, to the account of the profile. By default it takes 5,000 private hosted zones
// and 1,000 VPCs, and an account has 5 profiles in a Region.
type Profile interface {
	IProfile
}

type profile struct {
	constructs.Construct
	*facts
	batch *onecall.Batch
	arn   *onecall.Item[*string]
}

var _ Profile = (*profile)(nil)

// NewProfile defines a [Profile].
//
// Before it defines anything, it panics with all that breaks a rule in props, such as a VPC of another account.
func NewProfile(scope constructs.Construct, id *string, props *ProfileProps) Profile {
	refusal.RequireScope("NewProfile", scope, id)
	props = prop.Or(prop.Copy(props), &ProfileProps{}) // the caller may change its own
	plan := planProfile(scope, id, props)
	p := &profile{facts: plan.facts}
	p.batch = onecall.Begin(p, &p.Construct, scope, id)
	p.define(plan)
	p.batch.Flush()
	refusal.Warn(plan.report, p)
	return p
}

func (p *profile) define(plan *plan) {
	resource := onecall.Add(p.batch, awsroute53profiles.NewCfnProfile, "Resource", &awsroute53profiles.CfnProfileProps{Name: plan.name})
	p.facts.id = onecall.Get(resource, awsroute53profiles.CfnProfile.AttrId)
	p.arn = onecall.Get(resource, awsroute53profiles.CfnProfile.AttrArn)
	associateVpcs(p.batch, p.facts.id, plan.vpcs)
	if share := p.facts.share; share != nil {
		var permissions *[]*string
		if arn := plan.props.PermissionArn; arn != nil {
			permissions = &[]*string{arn}
		}
		share.Define(p.batch, plan.name, &[]*string{p.arn.Placeholder()}, permissions)
	}
}

// associateVpcs associates VPCs with a profile.
func associateVpcs(batch *onecall.Batch, id *onecall.Item[*string], vpcs []vpcPlan) {
	for _, vpc := range vpcs {
		vpcID := vpc.VPC.ID()
		onecall.Add(batch, awsroute53profiles.NewCfnProfileAssociation, "Vpc-"+vpc.id, &awsroute53profiles.CfnProfileAssociationProps{
			Name: jsii.String(vpc.name), ProfileId: id.Placeholder(), ResourceId: &vpcID,
		})
	}
}

func (p *profile) ProfileArn() *string { return prop.Copy(p.arn.Object()) }
