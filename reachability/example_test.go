package reachability_test

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// quickStart are the two templates of examples/quick-start. An app's own cdk.out is reachability.Assembly("cdk.out").
func quickStart() []reachability.Input {
	const dir = "../examples/quick-start/testdata/"
	return []reachability.Input{
		{Template: dir + "Pricing.json", Account: "222222222222", Region: "eu-west-1"},
		{Template: dir + "Checkout.json", Account: "111111111111", Region: "eu-west-1"},
	}
}

// Facts that no template has stand in a file that the command reads too.
func ExampleLoadFacts() {
	facts, err := reachability.LoadFacts("../examples/quick-start/privateapi.facts.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	model, err := facts.Load(quickStart()...)
	if err != nil {
		fmt.Println(err)
		return
	}
	report := model.Prove(reachability.Question{Facts: facts.Facts})
	fmt.Print(report)
	// Output: REACHABLE: Checkout/CheckoutB7CD3E82 calls https://api.pricing.internal.company.com/v1/*, 22 hops
}

// An answer that is not reachable has the hop that decides.
func ExampleModel_Prove() {
	facts, err := reachability.LoadFacts("../examples/quick-start/privateapi.facts.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	model, err := facts.Load(quickStart()...)
	if err != nil {
		fmt.Println(err)
		return
	}
	facts.Facts.ZoneIDs["111111111111/eu-west-1b"] = "euw1-az3"
	for _, answer := range model.Prove(reachability.Question{Facts: facts.Facts}).Answers {
		hop := answer.Decisive()
		fmt.Println(answer.Verdict, "at", hop.Name+":", hop.Rule)
	}
	// Output: blocked at endpoint zones: privateapi:zoneOfService
}

// Without facts, an answer is unknown, and says what would settle it.
func ExampleLoad() {
	inputs := quickStart()
	inputs[1].Parameters = map[string]string{"PricingServiceName": "@Pricing.ServiceName"}
	model, err := reachability.Load(inputs...)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, answer := range model.Prove(reachability.Question{Path: "/v1/quote"}).Answers {
		fmt.Println(answer.Verdict, answer.URL())
		for _, hop := range answer.Hops {
			if hop.Verdict == reachability.Unknown {
				fmt.Println(hop.Name)
			}
		}
	}
	// Output:
	// unknown https://api.pricing.internal.company.com/v1/quote
	// endpoint zones
	// certificate
}

// One question is about one client, name, port or path; what is left out stands for everything.
func ExampleQuestion() {
	facts, err := reachability.LoadFacts("../examples/quick-start/privateapi.facts.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	model, err := facts.Load(quickStart()...)
	if err != nil {
		fmt.Println(err)
		return
	}
	report := model.Prove(reachability.Question{Path: "/v2/quote", Facts: facts.Facts})
	fmt.Println(report.Verdict(), "at", report.Answers[0].Decisive().Name)
	// Output: blocked at ALB rule
}
