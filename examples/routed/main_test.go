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

// What sends requests: the construct path of the service, and those of the functions.
const (
	checkout = "RoutedCheckout/Checkout/Service"
	reports  = "RoutedReports/Reports"
	lab      = "RoutedLab/Lab"
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

// Checkout reaches the API over the peering connection, and Reports over the transit gateway.
func TestClients(t *testing.T) {
	model, facts := load(t)
	for _, tc := range []struct{ client, over string }{
		{checkout, reachability.HopPeering},
		{reports, reachability.HopGatewayRoute},
	} {
		report := model.Prove(reachability.Question{Client: tc.client, Domain: domain, Path: "/v1/quotes", Facts: facts.Facts})
		report.RequireReachable(t)
		if !hasHop(report, tc.over) {
			t.Errorf("%s has no hop %q:\n%s", tc.client, tc.over, report)
		}
	}
}

func hasHop(report *reachability.Report, name string) bool {
	for _, hop := range report.Answers[0].Hops {
		if hop.Name == name {
			return true
		}
	}
	return false
}

// Nothing else reaches the API: neither the lab, nor another workload of the two client VPCs.
func TestOnlyClients(t *testing.T) {
	model, facts := load(t)
	model.Prove(reachability.Question{Facts: facts.Facts}).RequireOnly(t, checkout, reports)
}

// The lab resolves the name, and its VPC routes to the gateway: there its segment has no route to the API.
func TestLabIsKeptOutBySegment(t *testing.T) {
	model, facts := load(t)
	report := model.Prove(reachability.Question{Client: lab, Domain: domain, Path: "/v1/quotes", Facts: facts.Facts})
	report.RequireBlocked(t, reachability.HopGatewayRoute)
	for _, name := range []string{reachability.HopRecord, reachability.HopRoute, reachability.HopAttachment} {
		for _, hop := range report.Answers[0].Hops {
			if hop.Name == name && hop.Verdict != reachability.Reachable {
				t.Errorf("%s is %s: %s", hop.Name, hop.Verdict, hop.Message)
			}
		}
	}
}
