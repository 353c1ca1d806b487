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

func TestMain(m *testing.M) {
	code := m.Run()
	jsii.Close() // one Node process runs CDK for all tests
	os.Exit(code)
}

// synth synthesises the app as cdk synth does, and returns the directory of its templates.
func synth(t *testing.T) string {
	t.Helper()
	config, context := struct{ Context map[string]any }{}, map[string]any{}
	readJSON(t, "cdk.json", &config) // go test reads neither of them
	readJSON(t, "cdk.context.json", &context)
	maps.Copy(context, config.Context)
	context["aws:cdk:enable-path-metadata"] = true
	app := awscdk.NewApp(&awscdk.AppProps{Context: &context, Outdir: jsii.String(t.TempDir())})
	newStacks(app)
	return *app.Synth(nil).Directory()
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

// prove proves what is in a directory of templates.
func prove(t *testing.T, dir string) *reachability.Report {
	t.Helper()
	facts, err := reachability.LoadFacts("privateapi.facts.json")
	if err != nil {
		t.Fatal(err)
	}
	model, err := facts.Load(reachability.Assembly(dir))
	if err != nil {
		t.Fatal(err)
	}
	return model.Prove(reachability.Question{Facts: facts.Facts})
}

func TestShopReachesBothVersions(t *testing.T) {
	report := prove(t, synth(t))
	report.RequireReachable(t)
	report.RequireOnly(t, "Shop/Shop/Service")
	if len(report.Answers) != 2 {
		t.Errorf("want an answer for testers, and one for everybody else:\n%s", report)
	}
}
