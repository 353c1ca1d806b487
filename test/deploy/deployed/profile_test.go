package deployed_test

import (
	"testing"

	profiles "github.com/aws/aws-sdk-go-v2/service/route53profiles/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
)

const profileArn = "arn:aws:route53profiles:eu-west-1:222222222222:profile/rp-0b"

// withProfile gives the provider a profile with a zone of its own, which is shared with the consumer and associated with the consumer's VPC.
func withProfile(d deployment) []*deployed.State {
	zone := d.consumer.Zones[0]
	zone.Id, zone.VPCs = s("/hostedzone/ZB"), nil
	zone.VPCs = append(zone.VPCs, d.consumer.Zones[0].VPCs...)
	zone.VPCs[0].VPCId = s("vpc-b")
	d.provider.Zones, d.consumer.Zones = []deployed.Zone{zone}, nil
	resource := profiles.ProfileResourceAssociation{
		Id: s("rpr-0b"), Name: s("zone"), ProfileId: s("rp-0b"), ResourceArn: s("arn:aws:route53:::hostedzone/ZB"), Status: profiles.ProfileStatusComplete,
	}
	summary := profiles.ProfileSummary{Id: s("rp-0b"), Arn: s(profileArn), Name: s("names"), ShareStatus: profiles.ShareStatusSharedByMe}
	d.provider.Profiles = []deployed.Profile{{ProfileSummary: summary, Resources: []profiles.ProfileResourceAssociation{resource}}}
	summary.ShareStatus = profiles.ShareStatusSharedWithMe
	d.consumer.Profiles = []deployed.Profile{{ProfileSummary: summary, Resources: []profiles.ProfileResourceAssociation{resource}}}
	d.consumer.ProfileAssociations = []profiles.ProfileAssociation{{
		Id: s("rpassoc-0a"), Name: s("vpc"), ProfileId: s("rp-0b"), ResourceId: s("vpc-a"), Status: profiles.ProfileStatusComplete,
	}}
	return d.states()
}

func TestProfiles(t *testing.T) {
	profile, resource, association := `{"Name": "names"}`, `{"Name": "zone", "ProfileId": {"Ref": "rp-0b"},
		"ResourceArn": {"Fn::Join": ["", ["arn:aws:route53:::hostedzone/", {"Ref": "ZB"}]]}}`, `{"Name": "vpc",
		"ProfileId": {"Ref": "222222222222/eu-west-1 rp-0b:Ref"}, "ResourceId": {"Ref": "vpc-a"}}`
	t.Run("of its owner", func(t *testing.T) {
		got, unread := resourcesOf(t, withProfile(newDeployment())...)
		if len(unread) > 0 {
			t.Errorf("unread: %q", unread)
		}
		wantProperties(t, got[providerAccount]["rp-0b"], profile)
		wantProperties(t, got[providerAccount]["rpr-0b"], resource)
		wantProperties(t, got[consumerAccount]["rpassoc-0a"], association)
		if _, again := got[consumerAccount]["rp-0b"]; again {
			t.Error("the profile is written for the consumer, too")
		}
	})
	t.Run("of an owner that is not read", func(t *testing.T) {
		got, _ := resourcesOf(t, withProfile(newDeployment())[1])
		wantProperties(t, got[consumerAccount]["rp-0b"], profile)
		wantProperties(t, got[consumerAccount]["rpr-0b"], `{"Name": "zone", "ProfileId": {"Ref": "rp-0b"}, "ResourceArn": "arn:aws:route53:::hostedzone/ZB"}`)
	})
	t.Run("not in effect yet", func(t *testing.T) {
		states := withProfile(newDeployment())
		states[1].ProfileAssociations[0].Status = profiles.ProfileStatusCreating
		got, unread := resourcesOf(t, states...)
		if _, written := got[consumerAccount]["rpassoc-0a"]; written || len(unread) != 1 || unread[0] != "rpassoc-0a, which is CREATING" {
			t.Errorf("written: %v, unread: %q", written, unread)
		}
	})
}
