package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// What calls the API: the construct path of the service, and that of the function.
const (
	checkout = "MigrationCheckout/Checkout/Service"
	reports  = "MigrationReports/Reports"
)

// The ways that a call takes, by the hop that tells them apart.
const (
	overInternet    = reachability.HopInternetGateway
	overPrivateLink = reachability.HopEndpointService
)

func TestMain(m *testing.M) {
	code := m.Run()
	jsii.Close() // one Node process runs CDK for all tests
	os.Exit(code)
}

// synth synthesises the app as cdk synth does, with more context, and returns the directory of its templates.
func synth(t *testing.T, more map[string]any) string {
	t.Helper()
	config, context := struct{ Context map[string]any }{}, map[string]any{}
	readJSON(t, "cdk.json", &config) // go test reads neither of them
	readJSON(t, "cdk.context.json", &context)
	maps.Copy(context, config.Context)
	maps.Copy(context, more)
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

// prove proves all calls of the app in a phase.
func prove(t *testing.T, phase publicapi.Phase) *reachability.Report {
	t.Helper()
	return proveIn(t, synth(t, map[string]any{"phase": string(phase)}))
}

// proveIn proves all calls of the templates in a directory.
func proveIn(t *testing.T, dir string) *reachability.Report {
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

// Both clients reach the API in each phase: over the internet, over PrivateLink, or over both. At the end nobody else gets in, and nothing is
// public.
func TestClientsInEachPhase(t *testing.T) {
	internet, privateLink := []string{overInternet}, []string{overPrivateLink}
	for _, tc := range []struct {
		phase             publicapi.Phase
		checkout, reports []string
		isPrivate         bool
	}{
		{publicapi.Phase_STATUS_QUO, internet, internet, false},
		{publicapi.Phase_ATTACH, internet, internet, false},
		{publicapi.Phase_DUAL_RUN, privateLink, internet, false},
		{publicapi.Phase_WATCH, privateLink, privateLink, false},
		{publicapi.Phase_CLOSE, privateLink, privateLink, false},
		{publicapi.Phase_INTERNAL, privateLink, privateLink, true},
	} {
		t.Run(string(tc.phase), func(t *testing.T) {
			report := prove(t, tc.phase)
			for client, want := range map[string][]string{checkout: tc.checkout, reports: tc.reports} {
				if got := waysOf(report, client); !slices.Equal(got, want) {
					t.Errorf("%s calls over %q, want %q:\n%s", client, got, want, report)
				}
			}
			if tc.isPrivate {
				report.RequireReachable(t)
				report.RequireOnly(t, checkout, reports)
			}
		})
	}
}

// waysOf are the ways by which a client reaches the API.
func waysOf(report *reachability.Report, client string) (ways []string) {
	for _, answer := range report.Answers {
		if answer.Client != client || answer.Verdict != reachability.Reachable {
			continue
		}
		for _, hop := range answer.Hops {
			if hop.Name == overInternet || hop.Name == overPrivateLink {
				ways = append(ways, hop.Name)
			}
		}
	}
	return ways
}

// While a part of Checkout's queries still leads to the public ALB, that way is proven, too: without the addresses of its NAT gateways in the
// allow-list, the call is blocked there.
func TestBothWaysAreProven(t *testing.T) {
	for phase, want := range map[publicapi.Phase]reachability.Verdict{
		publicapi.Phase_DUAL_RUN: reachability.Blocked,
		publicapi.Phase_WATCH:    reachability.Reachable, // nothing leads there any more
	} {
		t.Run(string(phase), func(t *testing.T) {
			dir := synth(t, map[string]any{"phase": string(phase)})
			file, template := filepath.Join(dir, "MigrationPricing.template.json"), map[string]any{}
			readJSON(t, file, &template)
			resources := template["Resources"].(map[string]any)
			maps.DeleteFunc(resources, func(id string, _ any) bool { return strings.HasPrefix(id, "PublicApiIngressFromMigrationCheckout") })
			content, err := json.Marshal(template)
			if err == nil {
				err = os.WriteFile(file, content, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			report := proveIn(t, dir)
			for _, answer := range report.Answers {
				if answer.Client == checkout && answer.Verdict != want {
					t.Errorf("the verdict is %s, want %s:\n%s", answer.Verdict, want, report)
				}
			}
		})
	}
}
