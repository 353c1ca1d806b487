package rules

import (
	"regexp"
	"strings"
)

const (
	profileGuide = route53 + "profiles.html"
	profileShare = route53 + "sharing-profiles.html"
	profileAPI   = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_"
)

// The rules of Route 53 Profiles.
var (
	ProfileName = Rule{
		ID: "privateapi:profileName", Severity: Error,
		Summary: "A profile has a name of up to 64 letters, digits, spaces, hyphens and underscores, and not of digits alone.",
		AWS:     "InvalidParameterException: the name does not match the pattern",
		Fix:     "use a name such as company-dns",
		Source:  profileAPI + "CreateProfile.html",
	}
	ProfileID = Rule{
		ID: "privateapi:profileId", Severity: Error,
		Summary: "A profile is imported by its ID, rp-<id>, or by its ARN, arn:<partition>:route53profiles:<region>:<account>:profile/rp-<id>.",
		AWS:     "ResourceNotFoundException: the profile does not exist",
		Fix:     "copy the ARN of the profile: aws route53profiles list-profiles shows it, for profiles that are shared with the account too",
		Source:  profileAPI + "GetProfile.html",
	}
	ProfileRegion = Rule{
		ID: "privateapi:profileRegion", Severity: Error,
		Summary: "A profile, its VPCs and the associations of hosted zones with it are in one Region.",
		AWS:     "ResourceNotFoundException: the profile does not exist in the Region",
		Fix:     "use a profile of the Region: a zone can be associated with one in each",
		Source:  profileGuide,
	}
	ProfileShare = Rule{
		ID: "privateapi:profileShare", Severity: Error,
		Summary: "A profile is shared with accounts, organizational units and organizations.",
		AWS:     "InvalidParameterException: the principal is malformed, or the resource type cannot be shared with it",
		Fix:     "use an account ID of 12 digits, or the ARN of an organization or an organizational unit",
		Source:  profileShare,
	}
	ProfilePermission = Rule{
		ID: "privateapi:profilePermission", Severity: Warning,
		Summary: "An account that does not own a profile associates zones with it only by a customer managed permission of AWS RAM: that of AWS lets it associate VPCs alone.",
		AWS:     "AccessDeniedException: not authorized to perform route53profiles:AssociateResourceToProfile",
		Fix: "let the owner share the profile with a customer managed permission that has route53profiles:AssociateResourceToProfile, and set " +
			"AssociatesZones of the import; or define the consumer in the account of the profile",
		Source: profileShare,
	}
	ProfileNotShared = Rule{
		ID: "privateapi:profileNotShared", Severity: Error,
		Summary: "Another account uses a profile only if the profile is shared with it.",
		AWS:     "ResourceNotFoundException: the profile does not exist in the account",
		Fix:     "add the account to ShareWith of the profile",
		Source:  profileShare,
	}
	ProfileVpc = Rule{
		ID: "privateapi:profileVpc", Severity: Error,
		Summary: "A VPC is associated with a profile by its own account, and once.",
		AWS:     "AccessDeniedException, or ResourceExistsException: the resource has already been associated",
		Fix:     "share the profile with the account of the VPC, import it there with Profile_FromAttributes, and list the VPC in its Vpcs",
		Source:  profileAPI + "AssociateProfile.html",
	}
	ProfileTwice = Rule{
		ID: "privateapi:profileTwice", Severity: Error,
		Summary: "A VPC has one profile. AWS takes more by a priority of each, which CDK's resource does not have.",
		AWS:     "ResourceExistsException: the VPC has a profile already",
		Fix:     "use the profile that the VPC has",
		Source:  profileAPI + "AssociateProfile.html",
	}
	ProfileZoneTwice = Rule{
		ID: "privateapi:profileZoneTwice", Severity: Error,
		Summary: "A profile has a hosted zone once, and one hosted zone of a name.",
		AWS:     "ConflictException or ResourceExistsException; no page says which of two zones of one name would answer",
		Fix:     "leave out Profile of one of the two consumers",
		Source:  profileAPI + "AssociateResourceToProfile.html",
	}
	ProfileHidden = Rule{
		ID: "privateapi:profileHidden", Severity: Warning,
		Summary: "A VPC resolves a name by the most specific zone, and of two zones of one name by its own: one that is associated with the VPC hides that of a profile.",
		AWS:     "answers from the zone that is associated with the VPC",
		Fix:     "keep one of the two zones, unless that VPC is to have an answer of its own",
		Source:  profileGuide + "#profiles-priority",
	}
)

// Profile returns the rules that profiles enforce, and consumers whose zones are associated with one, besides those of [All].
func Profile() []Rule {
	return []Rule{
		ProfileName, ProfileID, ProfileRegion, ProfileShare, ProfilePermission, ProfileNotShared, ProfileVpc, ProfileTwice,
		ProfileZoneTwice, ProfileHidden,
	}
}

// MaxProfileName is the length of the name of a profile, and of an association with one.
const MaxProfileName = 64

var (
	profileName = regexp.MustCompile(`^[a-zA-Z0-9\-_' ]{1,64}$`)
	profileID   = regexp.MustCompile(`^rp-[0-9a-z]+$`)
	profileARN  = regexp.MustCompile(`^arn:[a-z-]+:route53profiles:([a-z0-9-]+):([0-9]{12}):profile/(rp-[0-9a-z]+)$`)
	digits      = regexp.MustCompile(`^[0-9]+$`)
)

// CheckProfileName reports a name that a profile cannot have.
func CheckProfileName(r *Report, property, name string) {
	if !profileName.MatchString(name) || digits.MatchString(name) {
		r.Add(ProfileName, property, "%q is not a name", name)
	}
}

// CheckProfileID reports what is not the ID of a profile.
func CheckProfileID(r *Report, property, id string) {
	switch {
	case profileID.MatchString(id):
	case strings.HasPrefix(id, "arn:"):
		r.AddWithFix(ProfileID, property, "set ProfileArn instead", "%q is an ARN", id)
	default:
		r.Add(ProfileID, property, "%q is not the ID of a profile", id)
	}
}

// ProfileARN is the ARN of a profile in parts.
type ProfileARN struct{ Region, Account, ID string }

// ParseProfileARN returns the parts of the ARN of a profile; false if it is none.
func ParseProfileARN(arn string) (ProfileARN, bool) {
	parts := profileARN.FindStringSubmatch(arn)
	if parts == nil {
		return ProfileARN{}, false
	}
	return ProfileARN{Region: parts[1], Account: parts[2], ID: parts[3]}, true
}

// CheckProfileShare reports a principal that a profile cannot be shared with.
func CheckProfileShare(r *Report, property, principal string) {
	if !IsAccountID(principal) && !organizationARN.MatchString(principal) {
		r.Add(ProfileShare, property, "%q is not an account, an organization or an organizational unit", principal)
	}
}
