package proof_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// failure keeps what an assertion fails with.
type failure struct{ text string }

func (*failure) Helper() {}

func (f *failure) Fatalf(format string, args ...any) {
	if f.text == "" { // a real test ends at the first
		f.text = fmt.Sprintf(format, args...)
	}
}

func reportOf(answers ...proof.Answer) *proof.Report { return &proof.Report{Answers: answers} }

func exposed(exposures ...proof.Exposure) *proof.Report { return &proof.Report{Exposures: exposures} }

func TestAssertions(t *testing.T) {
	blocked := acceptanceUnknown()
	blocked.Verdict = proof.Blocked
	failed := reportOf(answer("A"))
	failed.Findings = []proof.Finding{{Severity: proof.SeverityError, Message: "one zone"}}
	warned := reportOf(answer("A"))
	warned.Findings = []proof.Finding{{Severity: proof.SeverityWarning}}
	client := proof.Client{ConstructPath: "Checkout/Api/Client", Stack: "Checkout", LogicalID: "Client"}
	other := proof.Client{Stack: "Checkout", LogicalID: "Other"}
	group := proof.Exposure{API: "Pricing/Service", Hop: proof.HopEndpointIngress, From: "security group Checkout/Group", Verdict: proof.Reachable, Clients: []proof.Client{client}}
	both, unknown, chain, l2 := group, group, group, group
	l2.Clients = []proof.Client{{ConstructPath: "Checkout/Api/Service", Stack: "Checkout", LogicalID: "X"}}
	known := exposed(group)
	known.Inventory.Clients = []proof.Client{client, other}
	both.Clients = []proof.Client{client, other}
	unknown.Clients, unknown.From, unknown.Verdict = nil, "anything", proof.Unknown
	chain.Clients, chain.Chain = nil, true
	only := func(names ...string) func(*proof.Report, proof.TB) {
		return func(r *proof.Report, tb proof.TB) { r.RequireOnly(tb, names...) }
	}
	blockedAt := func(hop string) func(*proof.Report, proof.TB) {
		return func(r *proof.Report, tb proof.TB) { r.RequireBlocked(tb, hop) }
	}
	reachable := (*proof.Report).RequireReachable
	for name, tc := range map[string]struct {
		report *proof.Report
		assert func(*proof.Report, proof.TB)
		want   string // part of the failure; "" for none
	}{
		"reachable":                      {reportOf(answer("A")), reachable, ""},
		"reachable with a warning":       {warned, reachable, ""},
		"reachable with an error":        {failed, reachable, "one zone"},
		"reachable without an answer":    {reportOf(), reachable, "nothing to prove"},
		"reachable but for one":          {reportOf(answer("A"), answer("B", zonesUnknown())), reachable, `use  reachability.Facts{ZoneIDs: map[string]string{"111111111111/eu-west-1a": "ZONE-ID"}}`},
		"blocked":                        {reportOf(answer("A", blocked)), blockedAt(proof.HopAcceptance), ""},
		"blocked at any hop":             {reportOf(answer("A", blocked)), blockedAt(""), ""},
		"blocked at another hop":         {reportOf(answer("A", blocked)), blockedAt(proof.HopRecord), `want blocked at "record"`},
		"blocked but for one":            {reportOf(answer("A", blocked), answer("B")), blockedAt(""), "B calls"},
		"blocked without an answer":      {reportOf(), blockedAt(""), "nothing is proven blocked"},
		"only a construct path":          {exposed(group, chain), only("Checkout/Api/Client"), ""},
		"only a stack and logical ID":    {exposed(group), only("Checkout/Client"), ""},
		"only a logical ID":              {exposed(group), only("Client"), ""},
		"only a source":                  {exposed(group), only("security group Checkout/Group"), ""},
		"only another client":            {exposed(group), only("Other"), "more than Other can reach the API"},
		"only a misspelled client":       {known, only("Checkout/Api/Clinet"), "no client is named Checkout/Api/Clinet; there are: Checkout/Api/Client, Checkout/Other\nmore than"},
		"only a client and another":      {known, only("Other"), "more than Other"},
		"only the L2 of a client":        {exposed(l2), only("Checkout/Api"), ""},
		"only one of two clients":        {exposed(both), only("Client"), "endpoint ingress allows security group Checkout/Group"},
		"only both clients":              {exposed(both), only("Client", "Other"), ""},
		"only a client, and an unknown":  {exposed(group, unknown), only("Client"), "anything (decided at deploy time)"},
		"only, with no name":             {exposed(unknown), only(""), "more than"},
		"only, where no API is exposed":  {exposed(), only("Client"), "publish no API"},
		"only, of the chain with no one": {exposed(chain), only(), ""},
	} {
		t.Run(name, func(t *testing.T) {
			var f failure
			tc.assert(tc.report, &f)
			if (f.text == "") != (tc.want == "") || !strings.Contains(f.text, tc.want) {
				t.Errorf("fails with %q, want %q", f.text, tc.want)
			}
		})
	}
}
