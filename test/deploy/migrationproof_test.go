package deploy_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	r53types "github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// The clients in the templates of the example.
const migratingCheckout, migratingReports = "MigrationCheckout/Checkout/Service", "MigrationReports/Reports"

// waysIn are the ways by which each client reaches the API in a phase.
type waysIn struct{ checkout, reports []way }

const byInternet way = "the internet" // as the identifiers of records say

// hopsOfWays are hops that only one way has.
var hopsOfWays = map[way][]string{
	byInternet:    {reachability.HopInternetRoute, reachability.HopPublicSubnet},
	byPrivateLink: {reachability.HopEndpointService, reachability.HopNlbListener},
}

var (
	overInternet, overBoth, overPrivateLink = []way{byInternet}, []way{byInternet, byPrivateLink}, []way{byPrivateLink}

	waysOfPhases = map[string]waysIn{
		"STATUS_QUO": {overInternet, overInternet},
		"ATTACH":     {overInternet, overInternet},
		"DUAL_RUN":   {overBoth, overInternet},
		"WATCH":      {overPrivateLink, overPrivateLink},
		"CLOSE":      {overPrivateLink, overPrivateLink},
		"INTERNAL":   {overPrivateLink, overPrivateLink},
	}
)

// wantPhase fails the test unless each client reaches the API by the ways of the phase, by the templates and by the deployed state; and by
// the internet too without the zone that overrides the name in its VPC, until the API is closed.
func (m *migrating) wantPhase(t *testing.T, phase string) {
	t.Helper()
	states := map[string]*deployed.State{}
	for _, account := range scenario.Accounts() {
		states[account] = read(t, account, scenario.Region)
	}
	templates, ofState := m.templates(t, nil), m.ofState(t, states)
	ways := waysOfPhases[phase]
	for client, expected := range map[string][]way{migratingCheckout: ways.checkout, migratingReports: ways.reports} {
		q := migratingQuestion(client)
		byTemplates := templates(q)
		q.Client = m.nameInState(t, client)
		byState := ofState(q)
		wantWays(t, "by the templates", byTemplates, expected)
		wantWays(t, "by the deployed state", byState, expected)
		if got, want := outline(byState), outline(byTemplates); !slices.Equal(got, want) {
			t.Errorf("the proof of the templates is\n%s\nthe proof of the deployed state is\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"))
		}
	}
	if len(ways.checkout) > 1 {
		m.wantEach(t, states, ways.checkout)
	}
	m.wantInternet(t, states, slices.Index(migrationPhases, phase) < slices.Index(migrationPhases, "CLOSE"))
	if phase == migrationPhases[len(migrationPhases)-1] {
		m.wantNothingPublic(t, states[scenario.Pricing])
	}
}

// migratingQuestion asks whether a client reaches the API. It is assumed that public DNS delegates to the zone, which nobody can ask here, and
// that the managed rules of the web ACL let the request pass: its IP sets are proven all the same.
func migratingQuestion(client string) reachability.Question {
	return reachability.Question{
		Client: client, Domain: migratingDomain, Path: "/v1/quotes", Facts: reachability.Facts{Assume: []string{"public-dns", "web-acl"}},
	}
}

// ofState proves the states of all accounts.
func (m *migrating) ofState(t *testing.T, states map[string]*deployed.State) func(reachability.Question) *reachability.Report {
	t.Helper()
	var list []*deployed.State
	for _, account := range scenario.Accounts() {
		list = append(list, states[account])
	}
	templates := must(deployed.Write(t.TempDir(), list...))(t)
	for _, unread := range templates.Unread {
		t.Errorf("unread: %s", unread)
	}
	return func(q reachability.Question) *reachability.Report {
		t.Helper()
		return must(templates.Prove(q))(t)
	}
}

// nameInState returns the name of a client in the deployed state.
func (m *migrating) nameInState(t *testing.T, client string) string {
	t.Helper()
	stack, id, _ := strings.Cut(client, "/")
	if id, isService := strings.CutSuffix(id, "/Service"); isService {
		return nameInProof(m.accounts[stack], must(arn.Parse(m.stack(t, stack).physicalOf(id+"Service")))(t).Resource)
	}
	return nameInProof(m.accounts[stack], "function:"+m.stack(t, stack).physicalOf(id))
}

// wantWays fails the test unless a call is reachable over the hops of one of the ways, and none of another. A proof shows one way of several.
func wantWays(t *testing.T, what string, report *reachability.Report, ways []way) {
	t.Helper()
	answer := one(t, "answers "+what, report.Answers)
	var over []way
	for by, hops := range hopsOfWays {
		if slices.ContainsFunc(answer.Hops, func(h reachability.Hop) bool { return slices.Contains(hops, h.Name) }) {
			over = append(over, by)
		}
	}
	if answer.Verdict != reachability.Reachable || len(over) != 1 || !slices.Contains(ways, over[0]) {
		t.Errorf("%s it is over %q, want reachable over %q:\n%s", what, over, ways, answer)
	}
}

// wantEach fails the test unless Checkout reaches the API by each of two ways, as if the weights led all queries to it.
func (m *migrating) wantEach(t *testing.T, states map[string]*deployed.State, ways []way) {
	t.Helper()
	for _, by := range ways {
		edited := m.edited(states, func(z *deployed.Zone) {
			z.Records = slices.DeleteFunc(slices.Clone(z.Records), func(r r53types.ResourceRecordSet) bool {
				return r.SetIdentifier != nil && *r.SetIdentifier != string(by)
			})
		})
		wantWays(t, "by the record of "+string(by), m.ofState(t, edited)(migratingQuestion(m.nameInState(t, migratingCheckout))), []way{by})
	}
}

// edited returns the states with another zone of Checkout that overrides the name, or without it if it has no name afterwards.
func (m *migrating) edited(states map[string]*deployed.State, edit func(*deployed.Zone)) map[string]*deployed.State {
	result, checkout := maps.Clone(states), *states[scenario.Checkout]
	checkout.Zones = slices.Clone(checkout.Zones)
	for i := range checkout.Zones {
		if aws.ToString(checkout.Zones[i].Name) == migratingDomain+"." {
			edit(&checkout.Zones[i])
		}
	}
	checkout.Zones = slices.DeleteFunc(checkout.Zones, func(z deployed.Zone) bool { return z.Name == nil })
	result[scenario.Checkout] = &checkout
	return result
}

// wantInternet fails the test unless a client whose VPC does not override the name reaches the API over the internet, or nobody does.
func (m *migrating) wantInternet(t *testing.T, states map[string]*deployed.State, isOpen bool) {
	t.Helper()
	edited := m.edited(states, func(z *deployed.Zone) { z.Name = nil })
	report := m.ofState(t, edited)(migratingQuestion(m.nameInState(t, migratingCheckout)))
	if isOpen {
		wantWays(t, "without the zone of the VPC", report, overInternet)
		return
	}
	for _, answer := range report.Answers {
		if answer.Verdict != reachability.Blocked {
			t.Errorf("without the zone of the VPC, want blocked:\n%s", answer)
		}
	}
}

// wantNothingPublic fails the test if something of the API is still on the internet.
func (m *migrating) wantNothingPublic(t *testing.T, state *deployed.State) {
	t.Helper()
	vpc := one(t, "VPCs", m.stack(t, migratingPricing).physical("AWS::EC2::VPC"))
	for _, balancer := range state.LoadBalancers {
		if aws.ToString(balancer.VpcId) == vpc && balancer.Scheme != elbtypes.LoadBalancerSchemeEnumInternal {
			t.Errorf("%s is %s", aws.ToString(balancer.LoadBalancerArn), balancer.Scheme)
		}
	}
	for _, zone := range state.Zones {
		for _, record := range zone.Records {
			if aws.ToString(record.Name) == migratingDomain+"." {
				t.Errorf("zone %s has a record of the API", aws.ToString(zone.Id))
			}
		}
	}
	if len(state.WebAcls)+len(state.IPSets) > 0 {
		t.Errorf("%d web ACLs and %d IP sets are left", len(state.WebAcls), len(state.IPSets))
	}
}
