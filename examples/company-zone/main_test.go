package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// shop is the client of the API: the construct path of its service.
const shop = "Shop/Shop/Service"

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
	return model.Prove(reachability.Question{Client: shop, Domain: domain, Facts: facts.Facts})
}

func TestShopReachesBothVersions(t *testing.T) {
	report := prove(t, synth(t))
	report.RequireReachable(t)
	report.RequireOnly(t, shop)
	if len(report.Answers) != 2 {
		t.Errorf("want an answer for testers, and one for everybody else:\n%s", report)
	}
}

// edit is what a test changes in a template: it sets a property of the resource whose logical ID begins with a prefix.
type edit struct {
	stack, prefix, property string
	value                   any
}

// TestWhatThePathNeeds takes away, one by one, what the path rests on.
func TestWhatThePathNeeds(t *testing.T) {
	dir := synth(t)
	for name, tc := range map[string]struct {
		edit
		hop     string
		blocked int // answers: one for testers, and one for everybody else
	}{
		"the zone has the name":               {edit{"Network", "Zone", "Name", "company.internal."}, reachability.HopHostedZone, 2},
		"the record has the name":             {edit{"Shop", "StockRecord", "Name", "stock.internal.company.com."}, reachability.HopRecord, 1}, // no name, no routes
		"the endpoint lets the shop in":       {edit{"Shop", "NetworkEndpoints", "IpProtocol", "udp"}, reachability.HopEndpointIngress, 2},
		"the account of the shop is allowed":  {edit{"Stock", "ApiPermissions", "AllowedPrincipals", []any{"arn:aws:iam::333333333333:root"}}, reachability.HopAllowedPrincipal, 2},
		"the ALB may fetch the keys":          {edit{"Stock", "ApiLoadBalancerSecurityGroup0", "SecurityGroupEgress", []any{}}, reachability.HopJwtKeys, 2},
		"the ALB may send to the canary":      {edit{"Stock", "ApiLoadBalancerSecurityGrouptoStockNext", "IpProtocol", "udp"}, reachability.HopLoadBalancerEgress, 2},
		"the canary lets the ALB in":          {edit{"Stock", "NextSecurityGroupfrom", "IpProtocol", "udp"}, reachability.HopTargetIngress, 2},
		"the current version lets the ALB in": {edit{"Stock", "StockSecurityGroupfrom", "IpProtocol", "udp"}, reachability.HopTargetIngress, 1}, // testers do not go there
	} {
		t.Run(name, func(t *testing.T) {
			report, blocked := prove(t, edited(t, dir, tc.edit)), 0
			for _, a := range report.Answers {
				if a.Verdict == reachability.Blocked && a.Decisive().Name == tc.hop {
					blocked++
				}
			}
			if blocked != tc.blocked {
				t.Errorf("%d answers are blocked at %q, want %d:\n%s", blocked, tc.hop, tc.blocked, report)
			}
		})
	}
}

// TestOnlyTheShop lets the whole VPC into the security group of the network team: then the shop is not alone.
func TestOnlyTheShop(t *testing.T) {
	everybody := []any{map[string]any{"CidrIp": "10.0.0.0/16", "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}}
	failed := failure("")
	prove(t, edited(t, synth(t), edit{"Network", "Endpoints", "SecurityGroupIngress", everybody})).RequireOnly(&failed, shop)
	if !strings.Contains(string(failed), "endpoint ingress allows 10.0.0.0/16") {
		t.Errorf("RequireOnly failed with %q", failed)
	}
}

// failure is how an assertion failed.
type failure string

func (f *failure) Helper() {}

func (f *failure) Fatalf(format string, args ...any) { *f = failure(fmt.Sprintf(format, args...)) }

// edited copies a directory of templates, with an edit.
func edited(t *testing.T, dir string, e edit) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	file, template := filepath.Join(to, e.stack+".template.json"), map[string]any{}
	readJSON(t, file, &template)
	edits := 0
	for id, resource := range template["Resources"].(map[string]any) {
		if strings.HasPrefix(id, e.prefix) {
			resource.(map[string]any)["Properties"].(map[string]any)[e.property] = e.value
			edits++
		}
	}
	content, err := json.Marshal(template)
	if err == nil {
		err = os.WriteFile(file, content, 0o600)
	}
	if err != nil || edits != 1 {
		t.Fatalf("%d resources of %s are named %s…, want one: %v", edits, e.stack, e.prefix, err)
	}
	return to
}
