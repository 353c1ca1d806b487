package prices_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

func TestCost(t *testing.T) {
	for _, tc := range []struct {
		item                   prices.Item
		region, quantity, want string
	}{
		{prices.EndpointHour, "us-east-1", "1460", "14.60"},
		{prices.NLBHour, "us-east-1", "730", "16.43"}, // 16.425: half a cent is rounded up
		{prices.NLBHour, "eu-west-1", "730", "18.40?"},
		{prices.NLBHour, "us-west-2", "730", "?"},
		{prices.NLBHour, "us-west-2", "0", "0.00"},
		// Tiers end at 2 to the 20th, not at a million.
		{prices.EndpointGB, "us-east-1", "1048576", "10485.76"},
		{prices.EndpointGB, "us-east-1", "1048577", "10485.77"},
		{prices.EndpointGB, "us-east-1", "5242880", "35651.58"},
		{prices.EndpointGB, "us-east-1", "5242980", "35651.98"},
		{prices.DNSQueries, "eu-west-1", "1500", "500.00"},
		{prices.EndpointGB, "us-east-1", "0.3", "0.00"},
		{prices.EndpointGB, "us-east-1", "0.5", "0.01"},
	} {
		if got := find(t, tc.item, tc.region).Cost(units(tc.quantity)).String(); got != tc.want {
			t.Errorf("%s of %s in %s: %s, want %s", tc.quantity, tc.item, tc.region, got, tc.want)
		}
	}
}

func TestMarksStay(t *testing.T) {
	known := find(t, prices.ALBHour, "us-east-1").Cost(units("730"))
	unverified := find(t, prices.NLBHour, "eu-west-1").Cost(units("730"))
	unknown := find(t, prices.LatticeHour, "eu-west-1").Cost(units("730"))
	for name, tc := range map[string]struct {
		amount prices.Amount
		want   string
	}{
		"nothing":                 {prices.Amount{}, "0.00"},
		"twice 16.425":            {known.Add(known), "32.85"},
		"with an unverified one":  {known.Add(unverified), "34.82?"},
		"ten times it":            {unverified.Mul(units("10")), "183.96?"},
		"with an unknown one":     {known.Add(unknown), "at least 16.43"},
		"unknown ones only":       {unknown.Add(unknown), "?"},
		"with both":               {prices.Sum(known, unverified, unknown), "at least 34.82?"},
		"a known number":          {prices.Exactly(units("1.005")), "1.01"},
		"an unknown price, often": {unknown.Mul(units("3")), "?"},
	} {
		if got := tc.amount.String(); got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
	}
	if !unverified.IsUnverified() || unverified.IsMissing() || !unknown.IsMissing() || known.IsUnverified() || unknown.IsZero() || !(prices.Amount{}).IsZero() {
		t.Error("marks are wrong")
	}
}

// An amount that was handed out cannot be changed.
func TestAmountsAreValues(t *testing.T) {
	a := prices.Exactly(units("2"))
	a.Rat().SetInt64(5)
	if b := a.Add(a); a.String() != "2.00" || b.String() != "4.00" {
		t.Errorf("%s, %s", a, b)
	}
}
