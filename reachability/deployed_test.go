package reachability_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// The state of a connection decides, whatever the templates let happen to new ones.
func TestStateOfAConnection(t *testing.T) {
	asIs := func(call) {}
	nobody := func(c call) { c.api.Properties("Permissions")["AllowedPrincipals"] = array{} }
	manual := func(c call) { c.api.Properties("Service")["AcceptanceRequired"] = true }
	for name, tc := range map[string]struct {
		edit    func(call)
		state   string
		verdict reachability.Verdict
		hop     string
	}{
		"available":                   {asIs, "available", reachability.Reachable, ""},
		"available, as the SDK names": {asIs, "Available", reachability.Reachable, ""},
		"accepted by hand":            {manual, "available", reachability.Reachable, ""},
		"the principal was removed":   {nobody, "available", reachability.Reachable, ""},
		"nobody allowed, and no state": {
			nobody, "", reachability.Blocked, reachability.HopAllowedPrincipal,
		},
		"nobody allowed, and rejected": {nobody, "rejected", reachability.Blocked, reachability.HopAllowedPrincipal},
		"not accepted":                 {manual, "pendingAcceptance", reachability.Blocked, reachability.HopAcceptance},
		"rejected":                     {asIs, "rejected", reachability.Blocked, reachability.HopAcceptance},
		"expired":                      {manual, "expired", reachability.Blocked, reachability.HopAcceptance},
		"failed":                       {asIs, "failed", reachability.Blocked, reachability.HopAcceptance},
		"deleting":                     {asIs, "deleting", reachability.Blocked, reachability.HopAcceptance},
		"deleted":                      {asIs, "deleted", reachability.Blocked, reachability.HopAcceptance},
		"pending":                      {asIs, "pending", reachability.Unknown, reachability.HopAcceptance},
		"a state that nobody knows":    {asIs, "perhaps", reachability.Unknown, reachability.HopAcceptance},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCall()
			tc.edit(c)
			input, question := writeMesh(t, c.Mesh)
			if tc.state != "" {
				question.Facts.Connections = map[string]string{"Consumer000/Api000": tc.state}
			}
			wantAnswers(t, question, tc.verdict, tc.hop, input)
		})
	}
}

// The state of its verification decides whether a private DNS name answers.
func TestStateOfAVerification(t *testing.T) {
	for state, verdict := range map[string]reachability.Verdict{
		"verified": reachability.Reachable, "pendingVerification": reachability.Blocked, "failed": reachability.Blocked,
	} {
		t.Run(state, func(t *testing.T) {
			hop := ""
			if verdict == reachability.Blocked {
				hop = reachability.HopHostedZone
			}
			question := reachability.Question{Facts: reachability.Facts{
				ZoneIDs: swappedZones("eu-central-1", "euc1"), Verifications: map[string]string{"payments/EndpointService": state},
			}}
			wantAnswers(t, question, verdict, hop, handWritten("private-dns/payments.yaml", providerAccount, "eu-central-1"),
				handWritten("private-dns/checkout.json", consumerAccount, "eu-central-1", "PaymentsService=@payments.ServiceName"))
		})
	}
}

// The address of a network interface is a target with the interface's security groups.
func TestNetworkInterfaceAsTarget(t *testing.T) {
	registered := func(group string) func(call) {
		return func(c call) {
			delete(c.api.Properties("App"), "LoadBalancers")
			resource(c.api, "Interface", "AWS::EC2::NetworkInterface", object{"GroupSet": array{groupOf(group)}, "SubnetId": c.shared("Subneta")})
			c.api.Properties("Targets")["Targets"] = array{object{"Id": attOf("Interface", "PrimaryPrivateIpAddress"), "Port": 8080}}
		}
	}
	wantCall(t, registered("AppGroup"), reachability.Reachable, "")
	wantCall(t, registered("NlbGroup"), reachability.Blocked, reachability.HopLoadBalancerEgress)
}

func wantAnswers(t *testing.T, question reachability.Question, verdict reachability.Verdict, hop string, inputs ...reachability.Input) {
	t.Helper()
	model, err := reachability.Load(inputs...)
	if err != nil {
		t.Fatal(err)
	}
	report := model.Prove(question)
	if len(report.Answers) == 0 {
		t.Fatalf("no answer:\n%s", report)
	}
	for _, a := range report.Answers {
		if a.Verdict != verdict || hop != "" && a.Decisive().Name != hop {
			t.Errorf("want %s at %q:\n%s", verdict, hop, a)
		}
	}
}
