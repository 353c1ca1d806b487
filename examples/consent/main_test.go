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

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// The functions that call the API.
const (
	checkout = "ConsentCheckout/Checkout"
	reports  = "ConsentReports/Reports"
	lab      = "ConsentLab/Lab"
)

func TestMain(m *testing.M) {
	code := m.Run()
	jsii.Close() // one Node process runs CDK for all tests
	os.Exit(code)
}

// synth synthesises the app as cdk synth does, and returns the directory of its templates.
func synth(t *testing.T, removed string) string {
	t.Helper()
	context := map[string]any{}
	readJSON(t, "cdk.context.json", &context) // go test does not read it
	context["removed"] = removed
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

// prove asks whether a client reaches the API, while the connections of all clients have these states.
func prove(t *testing.T, dir, client string, states map[string]string) *reachability.Report {
	t.Helper()
	facts, err := reachability.LoadFacts("privateapi.facts.json")
	if err != nil {
		t.Fatal(err)
	}
	facts.Facts.Connections = states
	model, err := facts.Load(reachability.Assembly(dir))
	if err != nil {
		t.Fatal(err)
	}
	return model.Prove(reachability.Question{Client: client, Domain: domain, Path: "/v1/quote", Facts: facts.Facts})
}

// states are those of the endpoints of Checkout, Reports and Lab.
func states(checkout, reports, lab string) map[string]string {
	return map[string]string{"ConsentCheckout/Pricing/Endpoint": checkout, "ConsentReports/Pricing/Endpoint": reports, "ConsentLab/Pricing/Endpoint": lab}
}

// The templates say who is accepted: those whom the acceptor lists. Nothing else keeps Lab out.
func TestTheListedAreAccepted(t *testing.T) {
	dir := synth(t, "false")
	for _, client := range []string{checkout, reports} {
		prove(t, dir, client, nil).RequireReachable(t)
	}
	for _, hop := range prove(t, dir, lab, nil).Answers[0].Hops {
		want := reachability.Reachable
		if hop.Name == reachability.HopAcceptance {
			want = reachability.Blocked
		}
		if hop.Verdict != want {
			t.Errorf("%s is %s, want %s: %s", hop.Name, hop.Verdict, want, hop.Message)
		}
	}
}

// block is where and why a request ends.
type block struct{ hop, why string }

var (
	waits    = block{reachability.HopAcceptance, "is pendingAcceptance: the provider has not accepted it"}
	soon     = block{reachability.HopAcceptance, "and has not yet"} // the acceptor lists it
	rejected = block{reachability.HopAcceptance, "is rejected: the provider rejected it"}
	removed  = block{reachability.HopAllowedPrincipal, "arn:aws:iam::333333333333"} // it may not even ask again
)

// The story of the README, by the states that EC2 shows.
func TestStory(t *testing.T) {
	listed, without := synth(t, "false"), synth(t, "true")
	for _, step := range []struct {
		name      string
		dir       string
		states    map[string]string
		reachable []string
		blocked   map[string]block
	}{
		{"all wait", listed, states("pendingAcceptance", "pendingAcceptance", "pendingAcceptance"), nil, map[string]block{checkout: soon, reports: soon, lab: waits}},
		{"the listed are accepted", listed, states("available", "available", "pendingAcceptance"), []string{checkout, reports}, map[string]block{lab: waits}},
		{"a person rejects Lab", listed, states("available", "available", "rejected"), []string{checkout, reports}, map[string]block{lab: rejected}},
		{"Reports is removed, and cut", without, states("available", "rejected", "pendingAcceptance"), []string{checkout}, map[string]block{reports: removed, lab: waits}},
	} {
		t.Run(step.name, func(t *testing.T) {
			for _, client := range step.reachable {
				prove(t, step.dir, client, step.states).RequireReachable(t)
			}
			for client, block := range step.blocked {
				report := prove(t, step.dir, client, step.states)
				report.RequireBlocked(t, block.hop)
				if text := report.String(); !strings.Contains(text, block.why) {
					t.Errorf("the report of %s does not say %q:\n%s", client, block.why, text)
				}
			}
		})
	}
}

// resources are those of a template, by logical ID.
func resources(t *testing.T, dir, stack string) map[string]any {
	t.Helper()
	template := struct{ Resources map[string]any }{}
	readJSON(t, filepath.Join(dir, stack+".template.json"), &template)
	return template.Resources
}

// Removing a team changes the function and the permissions of the service in place, and nothing else.
func TestRemovalChangesInPlace(t *testing.T) {
	before, after := resources(t, synth(t, "false"), "ConsentPricing"), resources(t, synth(t, "true"), "ConsentPricing")
	var changed []string
	for id, resource := range before {
		was, is := text(t, resource), text(t, after[id])
		if was != is {
			changed = append(changed, resource.(map[string]any)["Type"].(string))
		}
	}
	slices.Sort(changed)
	if want := []string{"AWS::EC2::VPCEndpointServicePermissions", "AWS::Lambda::Function"}; !slices.Equal(changed, want) {
		t.Errorf("changed %q, want %q", changed, want)
	}
	if !slices.Equal(slices.Sorted(maps.Keys(before)), slices.Sorted(maps.Keys(after))) {
		t.Error("resources come or go")
	}
}

func text(t *testing.T, value any) string {
	t.Helper()
	content, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// Lab may connect, and is not listed.
func TestLabIsAllowedAndNotListed(t *testing.T) {
	for id, resource := range resources(t, synth(t, "false"), "ConsentPricing") {
		has := strings.Contains(text(t, resource), *labEnv.Account)
		if isList := strings.HasPrefix(id, "ApiPermissions"); has != isList {
			t.Errorf("%s has the account of Lab: %v, want %v", id, has, isList)
		}
	}
}
