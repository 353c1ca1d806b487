package reachability_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// exampleInputs are the two stacks of examples/pricing-checkout, as their owners would load them.
func exampleInputs() []reachability.Input {
	pricing := reachability.Template("../examples/pricing-checkout/testdata/Pricing.json")
	pricing.Account, pricing.Region = "222222222222", "eu-west-1"
	checkout := reachability.Template("../examples/pricing-checkout/testdata/Checkout.json")
	checkout.Account, checkout.Region = "111111111111", "eu-west-1"
	checkout.Parameters = map[string]string{"PricingServiceName": "@Pricing.ServiceName"}
	return []reachability.Input{pricing, checkout}
}

// exampleFacts are the zone IDs of both accounts: the same names stand for other zones in the other account.
func exampleFacts() reachability.Facts {
	return reachability.Facts{ZoneIDs: map[string]string{
		"222222222222/eu-west-1a": "euw1-az1", "222222222222/eu-west-1b": "euw1-az2",
		"111111111111/eu-west-1a": "euw1-az2", "111111111111/eu-west-1b": "euw1-az1",
	}}
}

func TestExampleIsReachable(t *testing.T) {
	model, err := reachability.Load(exampleInputs()...)
	if err != nil {
		t.Fatal(err)
	}
	report := model.Prove(reachability.Question{Facts: exampleFacts()})
	report.RequireReachable(t)
	if len(report.Answers) != 2 {
		t.Errorf("want an answer for each route:\n%s", report)
	}
}

// Zone names of two accounts are not compared: only zone IDs tell.
func TestZonesOfTwoAccountsAreUnknown(t *testing.T) {
	model, err := reachability.Load(exampleInputs()...)
	if err != nil {
		t.Fatal(err)
	}
	for _, answer := range model.Prove(reachability.Question{}).Answers {
		if answer.Verdict != reachability.Unknown || answer.Decisive().Name != reachability.HopEndpointZones {
			t.Errorf("want unknown endpoint zones:\n%s", answer)
		}
	}
}

func TestOnlyTheClientReachesTheExample(t *testing.T) {
	model, err := reachability.Load(exampleInputs()...)
	if err != nil {
		t.Fatal(err)
	}
	report := model.Prove(reachability.Question{Facts: exampleFacts()})
	report.RequireOnly(t, "Checkout/CheckoutService6911AD32")
	for _, a := range report.Exposures {
		t.Log(a)
	}
}
