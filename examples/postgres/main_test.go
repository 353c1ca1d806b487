package main

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

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
	NewOrdersStack(app)
	NewBillingStack(app)
	NewReportingStack(app)
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

// Each client reaches the ports that it is named for, and no other one.
func TestPorts(t *testing.T) {
	model, facts := load(t)
	all := model.Prove(reachability.Question{Facts: facts.Facts})
	all.RequireReachable(t)
	all.RequireOnly(t, "Billing/Billing", "Reporting/Reporting")
	for _, tc := range []struct {
		client string
		port   int
		want   reachability.Verdict
	}{
		{"Billing/Billing", databasePort, reachability.Reachable},
		{"Billing/Billing", reportPort, reachability.Reachable},
		{"Billing/Billing", replicationPort, reachability.Reachable},
		{"Reporting/Reporting", databasePort, reachability.Reachable},
		{"Reporting/Reporting", reportPort, reachability.Blocked},
		{"Reporting/Reporting", replicationPort, reachability.Blocked},
	} {
		report := model.Prove(reachability.Question{Client: tc.client, Domain: domain, Port: tc.port, Facts: facts.Facts})
		if got := report.Verdict(); got != tc.want {
			t.Errorf("%s on port %d is %v, want %v", tc.client, tc.port, got, tc.want)
		}
	}
}
