package proof_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

var (
	endpoint = proof.Evidence{Stack: "Checkout", LogicalID: "Endpoint", Type: "AWS::EC2::VPCEndpoint", Property: "SubnetIds", File: "Checkout.json"}
	service  = proof.Evidence{Stack: "Pricing", LogicalID: "Service", Type: "AWS::EC2::VPCEndpointService", File: "Pricing.json"}
)

func zonesUnknown() proof.Hop {
	return proof.Hop{
		Name: proof.HopEndpointZones, Message: "zone names mean different zones", Evidence: []proof.Evidence{endpoint},
		Settle: []proof.Settlement{{Kind: proof.SettleByZone, Subject: "111111111111/eu-west-1a"}},
	}
}

func acceptanceUnknown() proof.Hop {
	return proof.Hop{
		Name: proof.HopAcceptance, Message: "the provider accepts by hand", Evidence: []proof.Evidence{service},
		Settle: []proof.Settlement{{Kind: proof.SettleByAssumption, Subject: proof.AssumeAccepted}},
	}
}

func passing(name string) proof.Hop { return proof.Hop{Name: name, Verdict: proof.Reachable} }

// answer has two hops that pass, then others.
func answer(client string, hops ...proof.Hop) proof.Answer {
	a := proof.Answer{
		Client: client, Domain: "api.example", Port: 443, Path: "/", Verdict: proof.Reachable,
		Hops: append([]proof.Hop{passing(proof.HopHostedZone), passing(proof.HopRecord)}, hops...),
	}
	for _, hop := range hops {
		a.Verdict = a.Verdict.And(hop.Verdict)
	}
	return a
}

func groupsOf(answers ...proof.Answer) []proof.Group {
	return (&proof.Report{Answers: answers}).Groups()
}

func TestGroupsByReason(t *testing.T) {
	for name, tc := range map[string]struct {
		edit func(*proof.Hop)
		want int
	}{
		"the same hop":        {func(*proof.Hop) {}, 1},
		"another message":     {func(h *proof.Hop) { h.Message = "x" }, 1},
		"another line":        {func(h *proof.Hop) { h.Evidence[0].Line = 7 }, 1},
		"another verdict":     {func(h *proof.Hop) { h.Verdict = proof.Blocked }, 2},
		"another hop":         {func(h *proof.Hop) { h.Name = proof.HopAcceptance }, 2},
		"another fix":         {func(h *proof.Hop) { h.Fix = "x" }, 2},
		"another settlement":  {func(h *proof.Hop) { h.Settle = nil }, 2},
		"another rule":        {func(h *proof.Hop) { h.Rule = "x" }, 2},
		"another resource":    {func(h *proof.Hop) { h.Evidence = []proof.Evidence{service} }, 2},
		"another file":        {func(h *proof.Hop) { h.Evidence[0].File = "x" }, 2},
		"no evidence":         {func(h *proof.Hop) { h.Evidence = nil }, 2},
		"it passes elsewhere": {func(h *proof.Hop) { h.Verdict = proof.Reachable }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			hop := zonesUnknown()
			tc.edit(&hop)
			if got := groupsOf(answer("A", zonesUnknown()), answer("B", hop)); len(got) != tc.want {
				t.Errorf("%d groups, want %d", len(got), tc.want)
			}
		})
	}
}

func TestGroupsWithoutEvidenceByMessage(t *testing.T) {
	hop := func(message string) proof.Hop { return proof.Hop{Name: proof.HopHostedZone, Message: message} }
	if got := groupsOf(answer("A", hop("x")), answer("B", hop("y")), answer("C", hop("x"))); len(got) != 2 {
		t.Errorf("%d groups, want 2", len(got))
	}
}

func TestGroupsHaveBlockedAnswersFirst(t *testing.T) {
	blocked := acceptanceUnknown()
	blocked.Verdict = proof.Blocked
	got := groupsOf(answer("A", zonesUnknown()), answer("B", blocked), answer("C"), answer("D", zonesUnknown()))
	if len(got) != 2 || got[0].Verdict != proof.Blocked || got[1].Verdict != proof.Unknown || len(got[1].Answers) != 2 {
		t.Errorf("groups = %+v", got)
	}
}

func TestGroupCalls(t *testing.T) {
	other := answer("A", zonesUnknown())
	other.Path = "/v2"
	got := groupsOf(answer("A", zonesUnknown()), answer("B", zonesUnknown()), other, answer("A", zonesUnknown()))[0].Calls()
	want := []proof.Call{{URL: "https://api.example/", Clients: []string{"A", "B"}}, {URL: "https://api.example/v2", Clients: []string{"A"}}}
	same := func(a, b proof.Call) bool { return a.URL == b.URL && slices.Equal(a.Clients, b.Clients) }
	if !slices.EqualFunc(got, want, same) {
		t.Errorf("calls = %v, want %v", got, want)
	}
}

// A hop passes for a group if it passes in every answer, each time that the answer has it.
func TestGroupPassing(t *testing.T) {
	twice := answer("C", zonesUnknown(), passing(proof.HopEndpointZones), passing(proof.HopNlbNacl), passing(proof.HopNlbNacl), passing(proof.HopNlbNacl))
	g := groupsOf(answer("A", zonesUnknown(), passing(proof.HopTarget)), answer("B", zonesUnknown(), acceptanceUnknown()), twice)[0]
	if got := strings.Join(g.Passing(), ", "); got != "hosted zone, record" {
		t.Errorf("passing: %s", got)
	}
	if got := groupsOf(twice)[0].Passing(); slices.Contains(got, proof.HopEndpointZones) {
		t.Errorf("passing: %s, and endpoint zones is unknown once", got)
	}
	if also := g.Further(); len(also) != 1 || also[0].Name != proof.HopAcceptance {
		t.Errorf("also unknown: %v", also)
	}
}

// A rule that keeps requests out can keep health checks out too: one change settles both.
func TestGroupShowsOneCauseOnce(t *testing.T) {
	at := func(hop, fix, id string) proof.Hop {
		return proof.Hop{Name: hop, Verdict: proof.Blocked, Fix: fix, Evidence: []proof.Evidence{{Stack: "Pricing", LogicalID: id}}}
	}
	ingress := at(proof.HopTargetIngress, "allow TCP 8080", "Group")
	for name, tc := range map[string]struct {
		hop  proof.Hop
		want int
	}{
		"the same rule and fix": {at(proof.HopTargetHealthCheck, "allow TCP 8080", "Group"), 0},
		"another rule":          {at(proof.HopTargetHealthCheck, "allow TCP 8080", "Other"), 1},
		"another fix":           {at(proof.HopTargetHealthCheck, "allow TCP 8081", "Group"), 1},
	} {
		if got := groupsOf(answer("A", ingress, tc.hop))[0].Further(); len(got) != tc.want {
			t.Errorf("%s: %d further hops, want %d", name, len(got), tc.want)
		}
	}
}
