package main

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// TestProof proves both routes from the synthesised templates, and that nobody but Checkout's tasks reaches the API.
func TestProof(t *testing.T) {
	defer failOnPanic(t)
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
	defer failOnPanic(t)
	for name, tc := range map[string]struct {
		checkoutZones string
		reaches       bool
	}{
		"the same zones": {"euw1-az1,euw1-az2", true},
		"another zone":   {"euw1-az1,euw1-az3", false},
	} {
		run(t, name, func(t *testing.T) {
			context := cdkContext(t)
			context["checkoutZoneIds"] = tc.checkoutZones
			app := newApp(t, context)
			NewPricingStack(app, "Pricing")
			NewCheckoutStack(app, "Checkout")
			prove(app)
			if message := panicOf(func() { app.Synth(nil) }); (message == "") != tc.reaches {
				t.Errorf("reaches: %v, and synth panics with %q", tc.reaches, message)
			}
		})
	}
}
