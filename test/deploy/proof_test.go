package deploy_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/described"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// proof answers questions of a client; the client has another name in templates than in what is deployed.
type proof struct {
	client string
	prove  func(reachability.Question) *reachability.Report
}

func (p proof) ask(q reachability.Question) *reachability.Report {
	q.Client = p.client
	return p.prove(q)
}

// TestProof asks the same of the templates that were synthesised and of what is deployed.
func TestProof(t *testing.T) {
	templates, state := proofOfTemplates(t), proofOfState(t)
	for name, tc := range map[string]struct {
		question reachability.Question
		answers  int
		verdict  reachability.Verdict
		hop      string
	}{
		"all of the client":    {reachability.Question{}, 2, reachability.Reachable, reachability.HopTarget},
		"a path of V1":         {reachability.Question{Path: "/v1/quote"}, 1, reachability.Reachable, reachability.HopTarget},
		"a path of V2":         {reachability.Question{Path: "/v2/quote"}, 1, reachability.Reachable, reachability.HopTarget},
		"a path of no version": {reachability.Question{Path: "/v3/quote"}, 1, reachability.Blocked, reachability.HopAlbRule},
		"another port":         {reachability.Question{Port: 8443}, 2, reachability.Blocked, reachability.HopClientEgress},
		"another name":         {reachability.Question{Domain: "api.company.com"}, 1, reachability.Blocked, reachability.HopHostedZone},
	} {
		t.Run(name, func(t *testing.T) {
			report := state.ask(tc.question)
			for _, a := range report.Answers {
				if a.Verdict != tc.verdict || a.Decisive().Name != tc.hop {
					t.Errorf("want %s at %q:\n%s", tc.verdict, tc.hop, a)
				}
			}
			want(t, "the number of answers", len(report.Answers), tc.answers)
			got, want := outline(report), outline(templates.ask(tc.question))
			if !slices.Equal(got, want) {
				t.Errorf("the templates say\n%s\nwhat is deployed says\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"))
			}
		})
	}
	t.Run("lets nobody else in", func(t *testing.T) {
		api, ways := ownName(scenario.Pricing, strings.Split(deployed(t).serviceName, ".")[4]), 0
		for _, a := range state.ask(reachability.Question{}).Exposures {
			if a.API != api || a.Chain {
				continue
			}
			ways++
			if len(a.Clients) != 1 || !a.Clients[0].HasName(state.client) {
				t.Errorf("unexpected: %s", a)
			}
		}
		if ways == 0 {
			t.Errorf("no way leads to %s", api)
		}
	})
}

// TestProofSeesDrift closes a security group behind the back of CloudFormation: the templates go on to say that the API is
// reachable, and what is deployed says that it is not.
func TestProofSeesDrift(t *testing.T) {
	o := pricing(t)
	group := must(o.ec2.DescribeSecurityGroups(t.Context(), &ec2.DescribeSecurityGroupsInput{GroupIds: []string{o.albGroup}}))(t)
	permissions := one(t, "security groups", group.SecurityGroups).IpPermissions
	must(o.ec2.RevokeSecurityGroupIngress(t.Context(), &ec2.RevokeSecurityGroupIngressInput{
		GroupId: aws.String(o.albGroup), IpPermissions: permissions,
	}))(t)
	proofOfState(t).ask(reachability.Question{}).RequireBlocked(t, reachability.HopAlbIngress)
	must(o.ec2.AuthorizeSecurityGroupIngress(t.Context(), &ec2.AuthorizeSecurityGroupIngressInput{
		GroupId: aws.String(o.albGroup), IpPermissions: permissions,
	}))(t)
	want(t, "the verdict afterwards", proofOfState(t).ask(reachability.Question{}).Answers[0].Verdict, reachability.Reachable)
}

// outline is what two proofs must agree on: questions, verdicts and hops, but not the names of what they look at.
func outline(report *reachability.Report) []string {
	lines := []string{}
	for _, a := range report.Answers {
		lines = append(lines, fmt.Sprintf("%s: %s", a.URL(), a.Verdict))
		for _, hop := range a.Hops {
			lines = append(lines, fmt.Sprintf("  %s: %s", hop.Name, hop.Verdict))
		}
	}
	return lines
}

func proofOfTemplates(t *testing.T) proof {
	t.Helper()
	e := deployed(t)
	input := reachability.Assembly(e.assembly)
	input.Parameters = map[string]string{"Checkout.PricingServiceName": "@Pricing.ServiceName"}
	model := must(reachability.Load(input))(t)
	zones := map[string]string{}
	for team, account := range map[string]string{"pricing": scenario.Pricing, "checkout": scenario.Checkout} {
		ids := strings.Split(e.contexts[team+"ZoneIds"], ",")
		for i, name := range strings.Split(e.contexts[team+"AvailabilityZones"], ",") {
			zones[account+"/"+name] = ids[i]
		}
	}
	logicalID, _ := clientResource(t)
	return proof{"Checkout/" + logicalID, func(q reachability.Question) *reachability.Report {
		q.Facts.ZoneIDs = zones
		return model.Prove(q)
	}}
}

func proofOfState(t *testing.T) proof {
	t.Helper()
	_, physicalID := clientResource(t)
	name := must(arn.Parse(physicalID))(t).Resource
	return proof{ownName(scenario.Checkout, name), describedProof(t)}
}

// describedProof reads both accounts and proves what is there.
func describedProof(t *testing.T) func(reachability.Question) *reachability.Report {
	t.Helper()
	states := []*described.State{read(t, scenario.Pricing, scenario.Region), read(t, scenario.Checkout, scenario.Region)}
	deployment := must(described.Write(t.TempDir(), states...))(t)
	for _, unread := range deployment.Unread {
		t.Errorf("unread: %s", unread)
	}
	return func(q reachability.Question) *reachability.Report {
		t.Helper()
		return must(deployment.Prove(q))(t)
	}
}

func read(t *testing.T, account, region string) *described.State {
	t.Helper()
	config := must(local.Account(t.Context(), account))(t)
	return must(described.Read(t.Context(), config, account, region))(t)
}

// ownName is what the proof calls a resource that is described.
func ownName(account, id string) string { return account + "/" + scenario.Region + "/" + id }

// clientResource returns the IDs of the service that calls.
func clientResource(t *testing.T) (logical, physical string) {
	t.Helper()
	found := must(cloudformation.NewFromConfig(deployed(t).checkout).DescribeStackResources(t.Context(),
		&cloudformation.DescribeStackResourcesInput{StackName: aws.String("Checkout")}))(t)
	for _, r := range found.StackResources {
		if aws.ToString(r.ResourceType) == "AWS::ECS::Service" {
			return aws.ToString(r.LogicalResourceId), aws.ToString(r.PhysicalResourceId)
		}
	}
	t.Fatal("Checkout has no service")
	return "", ""
}
