package stresstest

import "github.com/cdk-private-api/cdk-private-api-go/reachability"

// exampleInputs are the two stacks of examples/pricing-checkout, as their owners would load them.
func exampleInputs() []reachability.Input {
	const dir = "../../examples/pricing-checkout/testdata/"
	return []reachability.Input{
		{Template: dir + "Pricing.json", Account: "222222222222", Region: "eu-west-1"},
		{
			Template: dir + "Checkout.json", Account: "111111111111", Region: "eu-west-1",
			Parameters: map[string]string{"PricingServiceName": "@Pricing.ServiceName"},
		},
	}
}

// exampleFacts are the zone IDs of both accounts, in which the same names mean different zones, and the names of the
// certificate.
func exampleFacts() reachability.Facts {
	return reachability.Facts{
		ZoneIDs: map[string]string{
			"222222222222/eu-west-1a": "euw1-az1", "222222222222/eu-west-1b": "euw1-az2",
			"111111111111/eu-west-1a": "euw1-az2", "111111111111/eu-west-1b": "euw1-az1",
		},
		Certificates: map[string][]string{
			"arn:aws:acm:eu-west-1:222222222222:certificate/00000000-0000-0000-0000-000000000000": {"api.pricing.internal.company.com"},
		},
	}
}
