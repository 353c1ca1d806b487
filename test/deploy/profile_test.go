package deploy_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	profiles "github.com/aws/aws-sdk-go-v2/service/route53profiles/types"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// TestProfiles reads the profile by which the consumer of the file shares its zone with a VPC of another account: the app of the consumers in
// apps/contract has both.
func TestProfiles(t *testing.T) {
	needLocal(t)
	c := must(theContracts())(t)
	reports := must(local.Account(t.Context(), scenario.Reporting))(t)
	states := append(c.states(t), read(t, scenario.Reporting, scenario.Region))
	consumers, theirs := states[1], states[3]
	stack := stackOf(t, c.deployer, "ContractConsumer")
	id := one(t, "profiles", stack.physical("AWS::Route53Profiles::Profile"))

	t.Run("of the owner", func(t *testing.T) {
		profile := profileOf(t, consumers, id)
		want(t, "whether it is shared", profile.ShareStatus, profiles.ShareStatusSharedByMe)
		zone := one(t, "zones", profile.Resources)
		want(t, "the zone", slices.ContainsFunc(stack.physical("AWS::Route53::HostedZone"), func(id string) bool {
			return aws.ToString(zone.ResourceArn) == "arn:aws:route53:::hostedzone/"+id
		}), true)
	})
	t.Run("of the other account", func(t *testing.T) {
		profile := profileOf(t, theirs, id)
		want(t, "whether it is shared", profile.ShareStatus, profiles.ShareStatusSharedWithMe)
		want(t, "the number of zones", len(profile.Resources), 1)
		association := one(t, "associations", theirs.ProfileAssociations)
		want(t, "the profile", aws.ToString(association.ProfileId), id)
		want(t, "the VPC", aws.ToString(association.ResourceId), one(t, "VPCs", stackOf(t, reports, "ContractReports").physical("AWS::EC2::VPC")))
	})
	t.Run("the name resolves in the other account", func(t *testing.T) {
		client := nameInProof(scenario.Reporting, "function:"+stackOf(t, reports, "ContractReports").physicalOf("Client"))
		question := reachability.Question{Client: client, Domain: contractDomain, Path: "/v1/invoices"}
		question.Facts.Assume = []string{"share-accepted"} // the state of the share shows it
		templates := must(deployed.Write(t.TempDir(), states...))(t)
		report := must(templates.Prove(question))(t)
		for _, name := range []string{reachability.HopHostedZone, reachability.HopRecord} {
			wantPassed(t, report, name)
		}
		report.RequireBlocked(t, reachability.HopRoute) // a name is no route

		theirs.ProfileAssociations = nil
		templates = must(deployed.Write(t.TempDir(), states...))(t)
		report = must(templates.Prove(question))(t)
		report.RequireBlocked(t, reachability.HopHostedZone)
	})
}

// profileOf returns a profile of a state by its ID.
func profileOf(t *testing.T, state *deployed.State, id string) deployed.Profile {
	t.Helper()
	i := slices.IndexFunc(state.Profiles, func(p deployed.Profile) bool { return aws.ToString(p.Id) == id })
	if i < 0 {
		t.Fatalf("%s does not see the profile %s", state.Account, id)
	}
	return state.Profiles[i]
}

// wantPassed fails the test unless each answer passes a hop.
func wantPassed(t *testing.T, report *reachability.Report, name string) {
	t.Helper()
	for _, answer := range report.Answers {
		i := slices.IndexFunc(answer.Hops, func(h reachability.Hop) bool { return h.Name == name })
		if i < 0 || answer.Hops[i].Verdict != reachability.Reachable {
			t.Errorf("want the answer to pass %q:\n%s", name, answer)
		}
	}
}
