package deploy_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/vpclattice"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// The clients of the example in its templates.
const signer, unsigned = "LatticeCheckout/Checkout/Service", "LatticeCheckout/Shelf"

// signs is the assumption of the example: Checkout signs its requests. The state of an association shows that a share is accepted.
const signs = "signed-requests"

// meshProofs prove the synthesised templates and the deployed state, where the clients have other names.
type meshProofs struct {
	m                *mesh
	templates, state func(reachability.Question) *reachability.Report
}

func (m *mesh) proofs(t *testing.T) meshProofs {
	t.Helper()
	templates, state := m.templates(t, map[string]string{
		"LatticePricing.CertificateArn": m.certificateArn,
		"LatticeCheckout.QuotesArn":     "@LatticePricing.QuotesArn",
		"LatticeCheckout.CatalogArn":    "@LatticePricing.CatalogArn",
	}), proveDeployed(t)
	return meshProofs{
		m: m,
		templates: func(q reachability.Question) *reachability.Report {
			q.Facts.LatticePrefixLists = map[string]string{scenario.Region: m.prefixList}
			q.Facts.Assume = []string{signs, "share-accepted"}
			return templates(q)
		},
		state: func(q reachability.Question) *reachability.Report {
			q.Facts.Assume = []string{signs}
			return state(q)
		},
	}
}

// nameInState returns the name of a client in the deployed state.
func (m *mesh) nameInState(t *testing.T, client string) string {
	t.Helper()
	stack := m.stack(t, "LatticeCheckout")
	if client == unsigned {
		return nameInProof(scenario.Checkout, "function:"+stack.physicalOf("Shelf"))
	}
	return nameInProof(scenario.Checkout, must(arn.Parse(stack.physicalOf("CheckoutService")))(t).Resource)
}

// ask asks both whether a client reaches an API, and returns the answer of the deployed state.
func (p meshProofs) ask(t *testing.T, q reachability.Question) reachability.Answer {
	t.Helper()
	templates := p.templates(q)
	q.Client = p.m.nameInState(t, q.Client)
	state := p.state(q)
	if got, want := outline(state), outline(templates); !slices.Equal(got, want) {
		t.Errorf("the proof of the templates is\n%s\nthe proof of the deployed state is\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"))
	}
	return one(t, "answers", state.Answers)
}

// proof asks about each client and each API, and about calls that nothing serves.
func (m *mesh) proof(t *testing.T) {
	p := m.proofs(t)
	for _, tc := range []struct {
		question reachability.Question
		verdict  reachability.Verdict
		hop      string
	}{
		{reachability.Question{Client: signer, Domain: quotesDomain}, reachability.Reachable, reachability.HopTarget},
		{reachability.Question{Client: signer, Domain: catalogDomain}, reachability.Reachable, reachability.HopTarget},
		{reachability.Question{Client: unsigned, Domain: catalogDomain}, reachability.Reachable, reachability.HopTarget},
		{reachability.Question{Client: unsigned, Domain: quotesDomain}, reachability.Blocked, reachability.HopCallerPolicy},
		{reachability.Question{Client: signer, Domain: quotesDomain, Path: "/v2/quote"}, reachability.Blocked, reachability.HopServiceRule},
		{reachability.Question{Client: signer, Domain: quotesDomain, Port: 8443}, reachability.Blocked, reachability.HopAssociationIngress},
		{reachability.Question{Client: signer, Domain: "orders.lattice.internal.company.com"}, reachability.Blocked, reachability.HopHostedZone},
	} {
		q := tc.question
		if a := p.ask(t, q); a.Verdict != tc.verdict || a.Decisive().Name != tc.hop {
			t.Errorf("%s to %s:%d%s: want %s at %q:\n%s", q.Client, q.Domain, q.Port, q.Path, tc.verdict, tc.hop, a)
		}
	}
}

// only checks who can call each API.
func (m *mesh) only(t *testing.T) {
	p := m.proofs(t)
	p.templates(reachability.Question{}).RequireOnly(t, signer, unsigned)
	state := p.state(reachability.Question{})
	wantOnly(t, state, nameInProof(scenario.Pricing, idInARN(t, m.quotes)), m.nameInState(t, signer))
	wantOnly(t, state, nameInProof(scenario.Pricing, idInARN(t, m.catalog)), m.nameInState(t, signer), m.nameInState(t, unsigned))
}

// drift changes what CloudFormation deployed without it: the policy of Quotes, which then takes everybody in the account, and the security
// group of the tasks.
func (m *mesh) drift(t *testing.T) {
	ask := func(client string) reachability.Answer {
		return one(t, "answers", m.proofs(t).state(reachability.Question{Client: m.nameInState(t, client), Domain: quotesDomain}).Answers)
	}
	pricing := m.stack(t, "LatticePricing")

	policies := vpclattice.NewFromConfig(pricing.config)
	before := must(policies.GetAuthPolicy(t.Context(), &vpclattice.GetAuthPolicyInput{ResourceIdentifier: &m.quotes}))(t).Policy
	open := must(policies.GetAuthPolicy(t.Context(), &vpclattice.GetAuthPolicyInput{ResourceIdentifier: &m.catalog}))(t).Policy
	must(policies.PutAuthPolicy(t.Context(), &vpclattice.PutAuthPolicyInput{ResourceIdentifier: &m.quotes, Policy: open}))(t)
	want(t, "the verdict on the unsigned client", ask(unsigned).Verdict, reachability.Reachable)
	must(policies.PutAuthPolicy(t.Context(), &vpclattice.PutAuthPolicyInput{ResourceIdentifier: &m.quotes, Policy: before}))(t)
	want(t, "the verdict afterwards", ask(unsigned).Verdict, reachability.Blocked)

	group := aws.String(m.tasks(t, "LatticePricing", "Pricing"))
	found := must(pricing.ec2.DescribeSecurityGroups(t.Context(), &ec2.DescribeSecurityGroupsInput{GroupIds: []string{*group}}))(t)
	permissions := one(t, "security groups", found.SecurityGroups).IpPermissions
	must(pricing.ec2.RevokeSecurityGroupIngress(t.Context(), &ec2.RevokeSecurityGroupIngressInput{GroupId: group, IpPermissions: permissions}))(t)
	want(t, "the hop", ask(signer).Decisive().Name, reachability.HopTargetIngress)
	must(pricing.ec2.AuthorizeSecurityGroupIngress(t.Context(), &ec2.AuthorizeSecurityGroupIngressInput{GroupId: group, IpPermissions: permissions}))(t)
	want(t, "the verdict afterwards", ask(signer).Verdict, reachability.Reachable)
}
