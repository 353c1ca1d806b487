package prices_test

import (
	"errors"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

func find(t *testing.T, item prices.Item, region string) prices.Price {
	t.Helper()
	price, err := prices.Default().Find(item, region)
	if err != nil {
		t.Fatal(err)
	}
	return price
}

func units(text string) *big.Rat {
	number, _ := new(big.Rat).SetString(text)
	return number
}

// regions are those that the book has in full.
var regions = []string{"us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-northeast-1"}

func TestEveryItemIsInEveryRegion(t *testing.T) {
	book := prices.Default()
	if len(book.Items()) < 38 {
		t.Errorf("%d items", len(book.Items()))
	}
	for _, item := range book.Items() {
		if book.Title(item) == "" {
			t.Errorf("%s has no title", item)
		}
		for _, region := range regions {
			price := find(t, item, region)
			if price.Item != item || price.Region != region || price.Unit == "" || price.Source == "" {
				t.Errorf("%+v is not whole", price)
			}
			hasSource := price.Mark != prices.Unverified
			if hasSource && (price.IsMissing() || strings.HasPrefix(price.Source, "no source")) || price.Mark == prices.Quoted && price.Date == "" {
				t.Errorf("%s in %s is marked as %s", item, region, price.Mark)
			}
		}
	}
}

// What the sources have, number by number.
func TestPrices(t *testing.T) {
	for _, tc := range []struct {
		item         prices.Item
		region, want string
		mark         prices.Mark
	}{
		{prices.EndpointHour, "us-east-1", "0.01", prices.Quoted},
		{prices.EndpointHour, "eu-west-1", "0.011", prices.Inferred},
		{prices.EndpointHour, "ap-northeast-1", "0.014", prices.Quoted},
		{prices.EndpointGB, "eu-west-1", "0.01, 0.006 above 1048576, 0.004 above 5242880", prices.Quoted},
		{prices.ALBHour, "us-west-2", "0.0225?", prices.Unverified},
		{prices.NLBHour, "us-west-2", "?", prices.Unverified},
		{prices.NLBHour, "eu-west-1", "0.0252?", prices.Unverified},
		{prices.LatticeHour, "us-east-1", "0.025", prices.Quoted},
		{prices.LatticeHour, "eu-west-1", "?", prices.Unverified},
		{prices.HostedZone, "sa-east-1", "0.5, 0.1 above 25", prices.Inferred}, // the same everywhere
	} {
		if price := find(t, tc.item, tc.region); price.String() != tc.want || price.Mark != tc.mark {
			t.Errorf("%s in %s is %s, %s; want %s, %s", tc.item, tc.region, price, price.Mark, tc.want, tc.mark)
		}
	}
}

func TestNotFound(t *testing.T) {
	for _, tc := range []struct {
		item         prices.Item
		region, want string
	}{
		{prices.ALBHour, "ap-south-1", "there is no price of alb.hour in ap-south-1: give it with --prices FILE"},
		{prices.ALBHour, "", "there is no price of alb.hour in : give it with --prices FILE"},
		{"alb.hours", "us-east-1", `there is no price of "alb.hours"; did you mean alb.hour`},
		{"lambda", "us-east-1", `there is no price of lambda in us-east-1: give it with --prices FILE`},
	} {
		_, err := prices.Default().Find(tc.item, tc.region)
		var notFound *prices.NotFoundError
		if !errors.As(err, &notFound) || !strings.HasPrefix(err.Error(), tc.want) {
			t.Errorf("got %v, want %s", err, tc.want)
		}
	}
}

func TestWarnings(t *testing.T) {
	day := func(text string) time.Time {
		parsed, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		return parsed
	}
	if got := prices.Default().Warnings(day("2027-11-30")); got != nil {
		t.Errorf("a year later: %q", got)
	}
	if got := strings.Join(prices.Default().Warnings(day("2027-12-01")), ""); !strings.Contains(got, "prices are of 2026-11, more than a year ago") {
		t.Errorf("more than a year later: %q", got)
	}
	alb := find(t, prices.EndpointHour, "us-east-1") // of 2026-09-17
	if alb.IsOld(day("2027-09-17")) || !alb.IsOld(day("2027-09-18")) {
		t.Error("a price is old when its source is older than a year")
	}
}
