package main

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// What the facts of the app assume.
const mutualTLS, authentication, jwks = "mutual-tls", "authentication", "jwks"

// checkout is the client of the API: the construct path of its function.
const checkout = "IdentityCheckout/Checkout"

func TestMain(m *testing.M) {
	code := m.Run()
	jsii.Close() // one Node process runs CDK for all tests
	os.Exit(code)
}

// load synthesises the app as cdk synth does, and loads its templates.
func load(t *testing.T) (*reachability.Model, *reachability.FactsFile) {
	t.Helper()
	content, err := os.ReadFile("cdk.context.json") // go test does not read it
	if err != nil {
		t.Fatal(err)
	}
	context := map[string]any{}
	if err := json.Unmarshal(content, &context); err != nil {
		t.Fatal(err)
	}
	app := awscdk.NewApp(&awscdk.AppProps{Context: &context, Outdir: jsii.String(t.TempDir())})
	newStacks(app)
	facts, err := reachability.LoadFacts("privateapi.facts.json")
	if err != nil {
		t.Fatal(err)
	}
	model, err := facts.Load(reachability.Assembly(*app.Synth(nil).Directory()))
	if err != nil {
		t.Fatal(err)
	}
	return model, facts
}

// What a template does not have, the proof does not know: whether the client has a certificate or a token. It says so at the hop that asks for
// them, until the facts of the app say that the client has them. That the task refuses a caller, it never knows: of a certificate that is
// passed through, nothing is to assume, because the ALB lets every one in.
func TestWhoMayCall(t *testing.T) {
	model, facts := load(t)
	model.Prove(reachability.Question{Facts: facts.Facts}).RequireOnly(t, checkout)
	for domain, asks := range map[string]map[string]string{ // the hop that is open without an assumption
		verifiedDomain:  {mutualTLS: reachability.HopAlbListener},
		presentedDomain: {},
		tokenDomain:     {authentication: reachability.HopAlbRule, jwks: reachability.HopJwtKeys},
	} {
		t.Run(domain, func(t *testing.T) {
			model.Prove(reachability.Question{Client: checkout, Domain: domain, Facts: facts.Facts}).RequireReachable(t)
			for _, assumption := range []string{mutualTLS, authentication, jwks} {
				without := facts.Facts
				without.Assume = slices.DeleteFunc(slices.Clone(without.Assume), func(id string) bool { return id == assumption })
				report := model.Prove(reachability.Question{Client: checkout, Domain: domain, Facts: without})
				hop, isAsked := asks[assumption]
				if got := report.Verdict(); (got == reachability.Unknown) != isAsked {
					t.Errorf("without %s: %v, want it to be unknown only for %v\n%s", assumption, got, slices.Collect(maps.Keys(asks)), report)
				}
				if isAsked && report.Answers[0].Decisive().Name != hop {
					t.Errorf("without %s: unknown at %s, want %s", assumption, report.Answers[0].Decisive().Name, hop)
				}
			}
		})
	}
}

// The proof says who checks the certificate of a caller: the listener, or nobody before the task.
func TestWhoChecksTheCertificate(t *testing.T) {
	model, facts := load(t)
	for domain, want := range map[string]string{
		verifiedDomain:  "the listener rejects clients without a certificate that its trust store verifies (assumed)",
		presentedDomain: "it passes certificates of clients on unverified, or none: the targets must verify X-Amzn-Mtls-Clientcert",
		tokenDomain:     "HTTPS 443",
	} {
		report := model.Prove(reachability.Question{Client: checkout, Domain: domain, Facts: facts.Facts})
		at := slices.IndexFunc(report.Answers[0].Hops, func(h reachability.Hop) bool { return h.Name == reachability.HopAlbListener })
		if at < 0 || !strings.HasSuffix(report.Answers[0].Hops[at].Message, want) {
			t.Errorf("%s: the listener does not say %q: %v", domain, want, report.Answers[0].Hops)
		}
	}
}
