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
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// proof answers questions about a client, which has one name in the templates and another in the deployed state.
type proof struct {
	client string
	prove  func(reachability.Question) *reachability.Report
}

func (p proof) ask(q reachability.Question) *reachability.Report {
	q.Client = p.client
	return p.prove(q)
}

// TestProof asks the same questions about the synthesised templates and about the deployed state.
func TestProof(t *testing.T) {
	templates, state := proofOfTemplates(t), proofOfState(t)
	for name, tc := range map[string]struct {
		question reachability.Question
		answers  int
		verdict  reachability.Verdict
		hop      string
	}{
		"everything that the client calls": {reachability.Question{}, 2, reachability.Reachable, reachability.HopTarget},
		"a path of V1":                     {reachability.Question{Path: "/v1/quote"}, 1, reachability.Reachable, reachability.HopTarget},
		"a path of V2":                     {reachability.Question{Path: "/v2/quote"}, 1, reachability.Reachable, reachability.HopTarget},
		"a path without a version":         {reachability.Question{Path: "/v3/quote"}, 1, reachability.Blocked, reachability.HopAlbRule},
		"another port":                     {reachability.Question{Port: 8443}, 2, reachability.Blocked, reachability.HopClientEgress},
		"another name":                     {reachability.Question{Domain: "api.company.com"}, 1, reachability.Blocked, reachability.HopHostedZone},
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
				t.Errorf("the proof of the templates is\n%s\nthe proof of the deployed state is\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"))
			}
		})
	}
	t.Run("nothing else can reach the API", func(t *testing.T) {
		api := nameInProof(scenario.Pricing, strings.Split(deployedExample(t).serviceName, ".")[4])
		wantOnly(t, state.ask(reachability.Question{}), api, state.client)
	})
}

// wantOnly fails the test if anything but the clients can reach an API: RequireOnly would look at all APIs of all accounts.
func wantOnly(t *testing.T, report *reachability.Report, api string, clients ...string) {
	t.Helper()
	count := 0
	for _, a := range report.Exposures {
		if a.API != api || a.Chain {
			continue
		}
		count++
		if len(a.Clients) != 1 || !slices.ContainsFunc(clients, a.Clients[0].HasName) {
			t.Errorf("unexpected: %s", a)
		}
	}
	if count == 0 {
		t.Errorf("nothing is exposed to reach %s", api)
	}
}

// TestProofSeesDrift closes a security group without CloudFormation: by the templates the API is still reachable, by the
// deployed state it is not.
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

// outline is what two proofs must agree on: questions, verdicts and hops, but not the names of resources.
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
	example := deployedExample(t)
	input := reachability.Assembly(example.assembly)
	input.Parameters = map[string]string{"Checkout.PricingServiceName": "@Pricing.ServiceName"}
	model := must(reachability.Load(input))(t)
	zones := map[string]string{}
	for team, account := range map[string]string{"pricing": scenario.Pricing, "checkout": scenario.Checkout} {
		ids := strings.Split(example.contexts[team+"ZoneIds"], ",")
		for i, name := range strings.Split(example.contexts[team+"AvailabilityZones"], ",") {
			zones[account+"/"+name] = ids[i]
		}
	}
	certificates := map[string][]string{example.contexts["pricingCertificateArn"]: {scenario.Domain}}
	logicalID, _ := clientResource(t)
	return proof{"Checkout/" + logicalID, func(q reachability.Question) *reachability.Report {
		q.Facts.ZoneIDs, q.Facts.Certificates = zones, certificates
		return model.Prove(q)
	}}
}

func proofOfState(t *testing.T) proof {
	t.Helper()
	_, physicalID := clientResource(t)
	name := must(arn.Parse(physicalID))(t).Resource
	return proof{nameInProof(scenario.Checkout, name), proveDeployed(t)}
}

// proveDeployed reads all accounts and proves their state.
func proveDeployed(t *testing.T) func(reachability.Question) *reachability.Report {
	t.Helper()
	var states []*deployed.State
	for _, account := range scenario.Accounts() {
		states = append(states, read(t, account, scenario.Region))
	}
	templates := must(deployed.Write(t.TempDir(), states...))(t)
	for _, unread := range templates.Unread {
		t.Errorf("unread: %s", unread)
	}
	return func(q reachability.Question) *reachability.Report {
		t.Helper()
		return must(templates.Prove(q))(t)
	}
}

func read(t *testing.T, account, region string) *deployed.State {
	t.Helper()
	config := must(local.Account(t.Context(), account))(t)
	return must(deployed.Read(t.Context(), config, account, region))(t)
}

// nameInProof is the name of a deployed resource in a proof.
func nameInProof(account, id string) string { return account + "/" + scenario.Region + "/" + id }

// clientResource returns the IDs of the ECS service that calls the API.
func clientResource(t *testing.T) (logical, physical string) {
	t.Helper()
	found := must(cloudformation.NewFromConfig(deployedExample(t).checkout).DescribeStackResources(t.Context(),
		&cloudformation.DescribeStackResourcesInput{StackName: aws.String("Checkout")}))(t)
	for _, r := range found.StackResources {
		if aws.ToString(r.ResourceType) == "AWS::ECS::Service" {
			return aws.ToString(r.LogicalResourceId), aws.ToString(r.PhysicalResourceId)
		}
	}
	t.Fatal("Checkout has no ECS service")
	return "", ""
}
