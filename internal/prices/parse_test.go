package prices_test

import (
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

func file(items string) []byte {
	return []byte(`{"version": 1, "currency": "USD", "items": {` + items + `}}`)
}

func TestWith(t *testing.T) {
	book, err := prices.Default().With(file(`
		"alb.hour": {"regions": {"ap-south-1": {"price": "0.0239"}, "us-east-1": {"price": "0.02", "mark": "inferred", "source": "our contract", "date": "2026-11"}}},
		"lattice.hour": {"regions": {"*": {"price": "0.03", "mark": "unverified"}}},
		"nat.hour": {"regions": {"eu-west-1": {"price": "0.02"}, "*": {"price": "0.03"}}},
		"endpoint.gb": {"unit": "GB", "regions": {"eu-west-1": {"tiers": [{"upTo": 100, "price": "0.01"}, {"price": "0.005"}]}}}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		item                 prices.Item
		region, want, source string
	}{
		{prices.ALBHour, "ap-south-1", "0.0239", "--prices"},
		{prices.ALBHour, "us-east-1", "0.02", "our contract"},
		{prices.ALBHour, "eu-west-1", "0.0252", "a bill: 15.00 for 595 hours"},
		{prices.LatticeHour, "sa-east-1", "0.03?", "--prices"},
		{prices.LatticeHour, "us-east-1", "0.03?", "--prices"}, // all Regions are those of the book too
		{prices.NATHour, "us-east-1", "0.03", "--prices"},
		{prices.NATHour, "eu-west-1", "0.02", "--prices"}, // a Region's own price in the file comes first
		{prices.NATGB, "us-east-1", "0.045", "AWS Price List"},
		{prices.EndpointGB, "eu-west-1", "0.01, 0.005 above 100", "--prices"},
	} {
		price, err := book.Find(tc.item, tc.region)
		if err != nil || price.String() != tc.want || price.Source != tc.source {
			t.Errorf("%s in %s is %s of %s, %v; want %s of %s", tc.item, tc.region, price, price.Source, err, tc.want, tc.source)
		}
	}
	if got := find(t, prices.ALBHour, "us-east-1").String(); got != "0.0225" {
		t.Errorf("the default book has changed to %s", got)
	}
	if book.AsOf != "2026-11" || book.HoursPerMonth.RatString() != "730" {
		t.Errorf("the head is %s, %s", book.AsOf, book.HoursPerMonth)
	}
}

func TestWithFails(t *testing.T) {
	alb := func(price string) string {
		return `{"version": 1, "currency": "USD", "items": {"alb.hour": {"regions": {"us-east-1": ` + price + `}}}}`
	}
	const at = "items.alb.hour.regions.us-east-1"
	for text, want := range map[string]string{
		`{`:  "prices: the file: is not JSON: line 1: unexpected EOF",
		`[]`: "prices: the file: is a list, but must be an object",
		`{"version": 1, "currency": "EUR", "items": {}}`:                                         `currency: is "EUR", but the other prices are in USD`,
		`{"currency": "USD", "items": {}}`:                                                       "version: is missing",
		`{"version": 1, "items": {}}`:                                                            "currency: is missing",
		`{"version": 2, "currency": "USD", "items": {}}`:                                         "version: is 2, but must be 1",
		`{"version": 1, "currency": "USD"}`:                                                      "items: is missing",
		`{"version": 1, "currency": "USD", "items": {}, "hourPerMonth": 1}`:                      "hourPerMonth: is not a member of a price file of version 1; here it has $schema, version, currency, asOf, hoursPerMonth, items",
		`{"version": 1, "currency": "USD", "items": {}, "hoursPerMonth": 0}`:                     "hoursPerMonth: is 0",
		string(file(`"alb.hours": {"regions": {}}`)):                                             "items.alb.hours: is not an item that has prices; did you mean alb.hour",
		string(file(`"alb.hour": {"unit": "month", "regions": {}}`)):                             `items.alb.hour.unit: is "month", but the price is for one hour`,
		string(file(`"alb.hour": {}`)):                                                           "items.alb.hour.regions: is missing",
		string(file(`"alb.hour": []`)):                                                           "items.alb.hour: is a list, but must be an object",
		string(file(`"alb.hour": {"regions": {"Ireland": {}}}`)):                                 "items.alb.hour.regions.Ireland: is not a Region",
		string(file(`"alb.hour": {"regions": {}}, "alb.hour": {"regions":{}}`)):                  "items.alb.hour: is there twice",
		alb(`{"price": 0.0225}`):                                                                 at + ".price: is 0.0225, but must be a number in a text",
		alb(`{"price": "-1"}`):                                                                   at + ".price: -1 is negative",
		alb(`{"price": NaN}`):                                                                    "the file: is not JSON: line 1: invalid character 'N'",
		alb(`{"prize": "1"}`):                                                                    at + ".prize: is not a member",
		alb(`{"price": "1", "mark": "sure"}`):                                                    at + `.mark: is "sure", but must be one of [quoted inferred unverified]`,
		alb(`{"price": "1", "date": "yesterday"}`):                                               at + `.date: is "yesterday", but must be a month or a day`,
		alb(`{"price": "1", "source": ""}`):                                                      at + ".source: is empty",
		alb(`{}`):                                                                                at + `: has no price: without one its mark is "unverified"`,
		alb(`{"price": "1", "tiers": []}`):                                                       at + ": has both a price and tiers",
		alb(`{"tiers": []}`):                                                                     at + ".tiers: is an empty list",
		alb(`{"tiers": [{"price": "1"}, {"price": "2"}]}`):                                       at + ".tiers[0].upTo: is missing",
		alb(`{"tiers": [{"upTo": 5, "price": "1"}]}`):                                            at + ".tiers[0].upTo: is that of the last tier, which has no end",
		alb(`{"tiers": [{"upTo": 5}, {"price": "2"}]}`):                                          at + ".tiers[0].price: is missing",
		alb(`{"tiers": [{"upTo": 5, "price": "1"}, {"upTo": 5, "price": "2"}, {"price": "3"}]}`): at + ".tiers[1].upTo: is not above the end of the tier before it",
	} {
		_, err := prices.Default().With([]byte(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s:\ngot  %v\nwant %s", text, err, want)
		}
	}
}

// All problems are told at once.
func TestWithTellsAll(t *testing.T) {
	_, err := prices.Default().With([]byte(`{"version": 2, "currency": "EUR", "items": {"x": {}}}`))
	if err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("got %v", err)
	}
}
