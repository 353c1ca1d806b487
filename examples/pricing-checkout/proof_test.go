package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// TestProof proves both routes from the synthesised templates, and that nobody but Checkout's tasks reaches the API.
func TestProof(t *testing.T) {
	defer cdktest.Recover(t)
	assembly := reachability.Assembly(synth(t, map[string]any{"aws:cdk:enable-path-metadata": true}).dir)
	assembly.Parameters = map[string]string{"Checkout.PricingServiceName": "@Pricing.ServiceName"}
	model, err := reachability.Load(assembly)
	if err != nil {
		t.Fatal(err)
	}
	facts := reachability.Facts{ZoneIDs: map[string]string{
		"222222222222/eu-west-1a": "euw1-az1", "222222222222/eu-west-1b": "euw1-az2",
		"111111111111/eu-west-1a": "euw1-az1", "111111111111/eu-west-1b": "euw1-az2",
	}}
	for _, answer := range model.Prove(reachability.Question{Facts: facts}).Answers {
		if hop := answer.Decisive(); answer.Verdict != reachability.Unknown || hop.Name != reachability.HopCertificate {
			t.Errorf("without the names of the certificate:\n%s", answer)
		}
	}
	facts.Certificates = map[string][]string{defaults["pricingCertificateArn"]: {defaults["pricingDomain"]}}
	report := model.Prove(reachability.Question{Facts: facts})
	report.RequireReachable(t)
	report.RequireOnly(t, "Checkout/Checkout/Service/Service")
	if len(report.Answers) != 2 {
		t.Errorf("want an answer for each version:\n%s", report)
	}
}

// TestProofAtSynth synthesises the app as main does.
func TestProofAtSynth(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		checkoutZones string
		reaches       bool
	}{
		"the same zones": {"euw1-az1,euw1-az2", true},
		"another zone":   {"euw1-az1,euw1-az3", false},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			context := flags(t)
			context["checkoutZoneIds"] = tc.checkoutZones
			app := cdktest.App(t, context)
			NewPricingStack(app, "Pricing")
			NewCheckoutStack(app, "Checkout")
			prove(app)
			if tc.reaches {
				cdktest.Check(t, func() { app.Synth(nil) })
			} else {
				cdktest.Panic(t, func() { app.Synth(nil) })
			}
		})
	}
}

// TestReadmeShowsARealBlockedPath runs the command of the README on templates as the CDK CLI makes them.
func TestReadmeShowsARealBlockedPath(t *testing.T) {
	defer cdktest.Recover(t)
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(readme), "$ go run ./cmd/privateapi prove ")
	block, _, _ = strings.Cut(block, "```")
	command, want, _ := strings.Cut(strings.ReplaceAll(block, "\\\n", " "), "\n")
	dir := synth(t, map[string]any{"aws:cdk:enable-path-metadata": true}).dir
	args := append([]string{"run", "../../cmd/privateapi", "prove", "--assembly", dir}, strings.Fields(command)...)
	got, err := exec.Command("go", args...).Output()
	if err == nil || strings.TrimSpace(string(got)) != strings.TrimSpace(want) {
		t.Errorf("the README shows\n%s\nand the command says (%v)\n%s", want, err, got)
	}
}
