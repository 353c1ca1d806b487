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

func TestMain(m *testing.M) {
	code := m.Run()
	jsii.Close() // one Node process runs CDK for all tests
	os.Exit(code)
}

// assemblies are the directories of the app as cdk synth makes it, by watched.
var assemblies = map[string]string{}

// synth synthesises the app as cdk synth does, and returns the directory of its templates.
func synth(t *testing.T, watched string) string {
	t.Helper()
	if dir := assemblies[watched]; dir != "" {
		return dir
	}
	context := map[string]any{}
	readJSON(t, "cdk.context.json", &context) // go test does not read it
	context["watched"], context["aws:cdk:enable-path-metadata"] = watched, true
	app := awscdk.NewApp(&awscdk.AppProps{Context: &context}) // in a directory of its own, which CDK makes
	newStacks(app)
	assemblies[watched] = *app.Synth(nil).Directory()
	return assemblies[watched]
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

// resource is one of a template.
type resource struct {
	Type       string
	Properties map[string]any
}

// resources are those of a template, by logical ID.
func resources(t *testing.T, dir, stack string) map[string]resource {
	t.Helper()
	template := struct{ Resources map[string]resource }{}
	readJSON(t, filepath.Join(dir, stack+".template.json"), &template)
	return template.Resources
}

func text(t *testing.T, value any) string {
	t.Helper()
	content, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestCheckoutAloneReachesPricing(t *testing.T) {
	facts, err := reachability.LoadFacts("privateapi.facts.json")
	if err != nil {
		t.Fatal(err)
	}
	model, err := facts.Load(reachability.Assembly(synth(t, "true")))
	if err != nil {
		t.Fatal(err)
	}
	report := model.Prove(reachability.Question{Facts: facts.Facts})
	report.RequireReachable(t)
	report.RequireOnly(t, "OperatedCheckout/Checkout/Service")
}

// Whatever is watched, one topic for each team is told: by each alarm, but for those that ApiUnavailable speaks for.
func TestAlarmsTellThePeopleOnCall(t *testing.T) {
	for _, stack := range []string{"OperatedPricing", "OperatedCheckout"} {
		all, spoken := resources(t, synth(t, "true"), stack), ""
		for _, r := range all {
			if r.Type == "AWS::CloudWatch::CompositeAlarm" {
				spoken += text(t, r.Properties["AlarmRule"])
			}
		}
		count := 0
		for id, r := range all {
			if !strings.HasPrefix(r.Type, "AWS::CloudWatch::") || !strings.HasSuffix(r.Type, "Alarm") {
				continue
			}
			count++
			tells := strings.Contains(text(t, r.Properties["AlarmActions"]), ":on-call")
			if isPart := strings.Contains(spoken, id); tells == isPart {
				t.Errorf("%s/%s tells the people on call: %v, and ApiUnavailable speaks for it: %v", stack, id, tells, isPart)
			}
		}
		if count < 3 {
			t.Errorf("%s has %d alarms", stack, count)
		}
	}
}

// Each log that is written can be asked, and each dashboard shows the alarms of its stack.
func TestWhatIsRecordedCanBeAsked(t *testing.T) {
	for stack, logs := range map[string][]string{
		"OperatedPricing":  {"AlbLogsAccess", "AlbLogsConnection", "AlbLogsHealthCheck"},
		"OperatedCheckout": {"ClientLogs", "PricingLogs"},
	} {
		asked, dashboard, alarms := "", "", []string{}
		for id, r := range resources(t, synth(t, "true"), stack) {
			switch r.Type {
			case "AWS::Logs::QueryDefinition":
				asked += text(t, r.Properties["LogGroupNames"])
			case "AWS::CloudWatch::Dashboard":
				dashboard = text(t, r.Properties["DashboardBody"])
			case "AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm":
				alarms = append(alarms, id)
			}
		}
		for _, log := range logs {
			if !strings.Contains(asked, log+"LogGroup") {
				t.Errorf("no query of %s asks %s", stack, log)
			}
		}
		for _, alarm := range alarms {
			if !strings.Contains(dashboard, alarm) {
				t.Errorf("the dashboard of %s does not show %s", stack, alarm)
			}
		}
	}
}

// Without what watches it, the API is the same: nothing is replaced, and what changes is told to watch.
func TestWatchingChangesInPlace(t *testing.T) {
	changes := []string{}
	for _, stack := range []string{"OperatedPricing", "OperatedCheckout"} {
		watched := resources(t, synth(t, "true"), stack)
		for id, r := range resources(t, synth(t, "false"), stack) {
			is, stays := watched[id]
			if !stays {
				t.Errorf("%s/%s is only there without", stack, id)
				continue
			}
			both := maps.Clone(r.Properties)
			maps.Copy(both, is.Properties)
			for property := range both {
				if text(t, is.Properties[property]) != text(t, r.Properties[property]) {
					changes = append(changes, r.Type+" "+property)
				}
			}
		}
	}
	slices.Sort(changes)
	if want := []string{
		"AWS::EC2::VPCEndpointService ContributorInsightsEnabled",
		"AWS::ECS::Cluster ClusterSettings", "AWS::ECS::Cluster ClusterSettings",
		"AWS::ElasticLoadBalancingV2::LoadBalancer LoadBalancerAttributes",
	}; !slices.Equal(changes, want) {
		t.Errorf("changed %q, want %q", changes, want)
	}
}
