package route53profile

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/zones"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// ProfileAttributes describe a profile that another stack, app or account defines. Set either ProfileArn or ProfileId.
type ProfileAttributes struct {
	// The ARN of the profile: arn:<partition>:route53profiles:<region>:<account>:profile/rp-<id>. It may be a token. By a literal one, the
	// owner and the Region are known.
	//
	// Default: - ProfileId.
	ProfileArn *string

	// The ID of the profile: rp-<id>. It may be a token.
	//
	// Default: - that in ProfileArn.
	ProfileId *string

	// The VPCs of this account and Region that resolve the names of the profile. The import associates them. A VPC has one profile.
	//
	// Default: - none.
	Vpcs *[]awsec2.IVpc

	// Whether the owner lets this account associate hosted zones, by a customer managed permission of AWS RAM that has
	// route53profiles:AssociateResourceToProfile. AWS's own lets it associate VPCs alone. It means nothing in the account of the owner.
	//
	// Default: false.
	AssociatesZones *bool
}

type importedProfile struct {
	constructs.Construct
	*facts
	arn *string
}

var _ IProfile = (*importedProfile)(nil)

// Profile_FromAttributes imports a profile, of this account or shared with it, and associates VPCs of this account with it. It is in the Region
// of the stack of the import.
//
// It panics if an attribute is missing or malformed, or if a VPC has a profile in this app.
func Profile_FromAttributes(scope constructs.Construct, id *string, attrs *ProfileAttributes) IProfile {
	refusal.RequireScope("Profile_FromAttributes", scope, id)
	attrs = prop.Or(prop.Copy(attrs), &ProfileAttributes{}) // the caller may change its own
	r := &rules.Report{}
	check.Embedded(r, "", attrs)
	refusal.Of(r, scope, id) // what is nil cannot be asked for more
	stack := answers.StackOf(scope)
	f := attrs.facts(r, stack)
	vpcs := planVpcs(r, stack, attrs.Vpcs)
	zones.UseProfile(r, stack, usesOf(vpcs), f.idText, func() string { return refusal.ChildPath(scope, id) })
	refusal.Of(r, scope, id)

	p := &importedProfile{facts: f, arn: attrs.ProfileArn}
	batch := onecall.Begin(p, &p.Construct, scope, id)
	associateVpcs(batch, f.id, vpcs)
	batch.Flush()
	refusal.Warn(r, p)
	return p
}

func (a *ProfileAttributes) facts(r *rules.Report, stack *answers.Stack) *facts {
	f := &facts{
		environment: placement.Environment{Region: *stack.Region()}, isImported: true, associatesZones: prop.IsTrue(a.AssociatesZones),
	}
	switch arn, isLiteral := token.Literal(a.ProfileArn); {
	case a.ProfileArn != nil && a.ProfileId != nil:
		r.AddWithFix(rules.Contradiction, "ProfileId", "leave it out: the ARN has it", "is set, and so is ProfileArn")
	case isLiteral:
		parsed, isARN := rules.ParseProfileARN(arn)
		if !isARN {
			r.Add(rules.ProfileID, "ProfileArn", "%q is not the ARN of a profile", arn)
			break
		}
		if placement.Differ(parsed.Region, f.environment.Region) {
			r.Add(rules.ProfileRegion, "ProfileArn", "is of Region %s, and the stack of %s", parsed.Region, f.environment.Region)
		}
		f.id, f.environment.Account = onecall.Known(&parsed.ID), parsed.Account
	case a.ProfileArn != nil:
		f.id = onecall.Known(awscdk.Fn_Select(jsii.Number(1), awscdk.Fn_Split(jsii.String("/"), a.ProfileArn, nil)))
	case a.ProfileId == nil:
		r.AddWithFix(rules.Required, "ProfileArn", "supply the ARN of the profile, or its ID", "is missing")
	default:
		if profile, ok := token.Literal(a.ProfileId); ok {
			rules.CheckProfileID(r, "ProfileId", profile)
		}
		f.id = onecall.Known(a.ProfileId)
	}
	return f
}

func (p *importedProfile) ProfileArn() *string { return prop.Copy(p.arn) }
