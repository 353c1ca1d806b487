package deploy_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// proof asks the same questions about the synthesised templates and about the deployed state.
func (c *company) proof(t *testing.T) {
	templates, state := c.proofOfTemplates(t), c.proofOfState(t)
	for name, tc := range map[string]struct {
		question reachability.Question
		answers  int
		verdict  reachability.Verdict
		hop      string
	}{
		"everything that the client calls": {reachability.Question{}, 2, reachability.Reachable, reachability.HopTarget},
		"a path without a route":           {reachability.Question{Path: "/v2/stock"}, 1, reachability.Blocked, reachability.HopAlbRule},
		"another name of the zone":         {reachability.Question{Domain: "api.internal.company.com"}, 1, reachability.Blocked, reachability.HopRecord},
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
		templates.ask(reachability.Question{}).RequireOnly(t, templates.client)
		service := one(t, "services", c.stack(t, "Stock").physical("AWS::EC2::VPCEndpointService"))
		wantOnly(t, state.ask(reachability.Question{}), nameInProof(scenario.Pricing, service), state.client)
	})
}

// drift closes the security group of the canary without CloudFormation: by the deployed state, not every request of the shop
// is answered then.
func (c *company) drift(t *testing.T) {
	stock := c.stack(t, "Stock")
	found := must(stock.ec2.DescribeSecurityGroups(t.Context(), &ec2.DescribeSecurityGroupsInput{GroupIds: []string{c.tasks(t, "Stock", "Next")}}))(t)
	group := one(t, "security groups", found.SecurityGroups)
	must(stock.ec2.RevokeSecurityGroupIngress(t.Context(), &ec2.RevokeSecurityGroupIngressInput{
		GroupId: group.GroupId, IpPermissions: group.IpPermissions,
	}))(t)
	c.proofOfState(t).ask(reachability.Question{}).RequireBlocked(t, reachability.HopTargetIngress)
	must(stock.ec2.AuthorizeSecurityGroupIngress(t.Context(), &ec2.AuthorizeSecurityGroupIngressInput{
		GroupId: group.GroupId, IpPermissions: group.IpPermissions,
	}))(t)
	for _, a := range c.proofOfState(t).ask(reachability.Question{}).Answers {
		want(t, "the verdict afterwards", a.Verdict, reachability.Reachable)
	}
}

// companyAssumptions are those of the example.
var companyAssumptions = []string{"authentication", "jwks"}

func (c *company) proofOfTemplates(t *testing.T) proof {
	t.Helper()
	prove := c.templates(t, map[string]string{"Stock.CertificateArn": c.certificateArn, "Shop.StockServiceName": "@Stock.ServiceName"})
	return proof{"Shop/Shop/Service", func(q reachability.Question) *reachability.Report {
		q.Facts.Assume = companyAssumptions
		return prove(q)
	}}
}

func (c *company) proofOfState(t *testing.T) proof {
	t.Helper()
	prove := proveDeployed(t)
	name := must(arn.Parse(c.stack(t, "Shop").physicalOf("ShopService")))(t).Resource
	return proof{nameInProof(scenario.Checkout, name), func(q reachability.Question) *reachability.Report {
		q.Facts.Assume = companyAssumptions
		return prove(q)
	}}
}
