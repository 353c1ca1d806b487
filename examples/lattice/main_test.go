package main

import (
	"encoding/json"
	"maps"
	"os"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// The clients: the construct path of the service, and that of the function.
const (
	checkout = "LatticeCheckout/Checkout/Service"
	shelf    = "LatticeCheckout/Shelf"
)

func TestMain(m *testing.M) {
	code := m.Run()
	jsii.Close() // one Node process runs CDK for all tests
	os.Exit(code)
}

// load synthesises the app as cdk synth does, and loads its templates.
func load(t *testing.T) (*reachability.Model, *reachability.FactsFile) {
	t.Helper()
	config, context := struct{ Context map[string]any }{}, map[string]any{}
	readJSON(t, "cdk.json", &config) // go test reads neither of them
	readJSON(t, "cdk.context.json", &context)
	maps.Copy(context, config.Context)
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

func readJSON(t *testing.T, file string, into any) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(content, into)
	}
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// Each client reaches the APIs that it may call, and nobody else reaches any.
func TestCallers(t *testing.T) {
	model, facts := load(t)
	all := model.Prove(reachability.Question{Facts: facts.Facts})
	all.RequireReachable(t)
	all.RequireOnly(t, checkout, shelf)
	for _, tc := range []struct {
		client, domain, path string
		want                 reachability.Verdict
	}{
		{checkout, quotesDomain, "/v1/quote", reachability.Reachable},
		{checkout, catalogDomain, "", reachability.Reachable},
		{shelf, catalogDomain, "", reachability.Reachable},
		{shelf, quotesDomain, "/v1/quote", reachability.Blocked},
		{checkout, quotesDomain, "/v2/quote", reachability.Blocked}, // no route
	} {
		report := model.Prove(reachability.Question{Client: tc.client, Domain: tc.domain, Path: tc.path, Facts: facts.Facts})
		if got := report.Verdict(); got != tc.want {
			t.Errorf("%s to %s%s is %v, want %v:\n%s", tc.client, tc.domain, tc.path, got, tc.want, report)
		}
	}
}

// The policy of Quotes keeps Shelf out, not the network: both clients are in one VPC, whose service network has both APIs.
func TestShelfIsKeptOutByPolicy(t *testing.T) {
	model, facts := load(t)
	report := model.Prove(reachability.Question{Client: shelf, Domain: quotesDomain, Facts: facts.Facts})
	report.RequireBlocked(t, reachability.HopCallerPolicy)
	for _, hop := range report.Answers[0].Hops {
		isPolicy := hop.Name == reachability.HopCallerPolicy || hop.Name == reachability.HopServicePolicy
		if isPolicy != (hop.Verdict == reachability.Blocked) {
			t.Errorf("%s is %s: %s", hop.Name, hop.Verdict, hop.Message)
		}
	}
}
