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

// synth synthesises the app as cdk synth does, and returns the directory of its templates.
func synth(t *testing.T) string {
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
	NewPricingStack(app)
	NewCheckoutStack(app)
	return *app.Synth(nil).Directory()
}

func TestCheckoutReachesPricing(t *testing.T) {
	facts, err := reachability.LoadFacts("privateapi.facts.json")
	if err != nil {
		t.Fatal(err)
	}
	model, err := facts.Load(reachability.Assembly(synth(t)))
	if err != nil {
		t.Fatal(err)
	}
	report := model.Prove(reachability.Question{Facts: facts.Facts})
	report.RequireReachable(t)
	report.RequireOnly(t, "Checkout/Checkout")
}
