package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

const book = "../aws-2026-11.json"

func refresh(t *testing.T, args ...string) (text, changes string, err error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	err = run(append([]string{"--book", book}, args...), &stdout, &stderr)
	return stdout.String(), stderr.String(), err
}

func TestRefresh(t *testing.T) {
	text, changes, err := refresh(t, "--month", "2026-12", "testdata/AmazonVPC.json", "testdata/AWSELB.json", "testdata/AmazonRoute53.json")
	if err != nil {
		t.Fatal(err)
	}
	const want = `endpoint.gb in eu-west-1: 0.011, 0.006 above 1048576, 0.004 above 5242880, was 0.01, 0.006 above 1048576, 0.004 above 5242880
endpoint.hour in eu-north-1: 0.011, new
endpoint.hour in eu-west-1: 0.011, now quoted
transit-gateway.hour in us-west-2: the Price List has several prices, and the file keeps its own
alb.hour in eu-west-1: 0.0253, was 0.0252
nlb.hour in eu-west-1: 0.0252, now quoted
route53.queries in us-east-1: 0.4, 0.2 above 1000, new
`
	if changes != want {
		t.Errorf("changes are\n%s\nwant\n%s", changes, want)
	}
	updated, err := prices.Default().With([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		item         prices.Item
		region, want string
		mark         prices.Mark
		date         string
	}{
		{prices.EndpointHour, "eu-west-1", "0.011", prices.Quoted, "2026-12-03"},
		{prices.EndpointHour, "eu-north-1", "0.011", prices.Quoted, "2026-12-03"},
		{prices.EndpointHour, "us-east-1", "0.01", prices.Quoted, "2026-09-17"}, // which is in no file
		{prices.NLBHour, "eu-west-1", "0.0252", prices.Quoted, "2026-12-04"},
		{prices.ALBHour, "eu-west-1", "0.0253", prices.Quoted, "2026-12-04"},
		{prices.TransitGatewayHour, "us-west-2", "0.05", prices.Inferred, "2024-07"},
		{prices.DNSQueries, "us-east-1", "0.4, 0.2 above 1000", prices.Quoted, "2026-12-05"},
		{prices.LatticeHour, "eu-west-1", "?", prices.Unverified, ""},
	} {
		price, err := updated.Find(tc.item, tc.region)
		if err != nil || price.String() != tc.want || price.Mark != tc.mark || price.Date != tc.date {
			t.Errorf("%s in %s is %s, %s of %q, %v; want %s, %s of %q", tc.item, tc.region, price, price.Mark, price.Date, err, tc.want, tc.mark, tc.date)
		}
	}
	if updated.AsOf != "2026-12" {
		t.Errorf("as of %s", updated.AsOf)
	}
}

// The form of the file is that of the tool, so that a refresh shows only what changed.
func TestNothingElseChanges(t *testing.T) {
	before, err := os.ReadFile(book)
	if err != nil {
		t.Fatal(err)
	}
	after, changes, err := update(before, "2026-11", nil)
	if err != nil || len(changes) > 0 {
		t.Fatal(err, changes)
	}
	if !bytes.Equal(before, after) {
		t.Errorf("%s is not as the tool writes it:\n%s", book, after)
	}
}

func TestRefreshFails(t *testing.T) {
	const head = `{"offerCode": "AmazonVPC", "publicationDate": "2026-12-03T00:00:00Z", "products": {"A": {"attributes": {"regionCode": "eu-west-1", "usagetype": "EU-VpcEndpoint-Hours"}}}`
	of := func(dimension string) string {
		return head + `, "terms": {"OnDemand": {"A": {"T": {"priceDimensions": {` + dimension + `}}}}}}`
	}
	for text, want := range map[string]string{
		`{}`:   "file 1: not a file of the Price List",
		`[]`:   "file 1: json: cannot unmarshal array",
		of(``): "AmazonVPC: A: has no prices",
		of(`"D": {"beginRange": "0", "endRange": "Inf", "pricePerUnit": {"CNY": "0.07"}}`):   `AmazonVPC: A: has no price in USD from "0" on`,
		of(`"D": {"beginRange": "0", "endRange": "never", "pricePerUnit": {"USD": "0.07"}}`): `AmazonVPC: A: ends at "never"`,
	} {
		before, err := os.ReadFile(book)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := update(before, "2026-12", [][]byte{[]byte(text)}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
	for want, args := range map[string][]string{
		"want --month YYYY-MM and files of the Price List": {"--month", "2026-12"},
		"no such file":                   {"--month", "2026-12", "none.json"},
		"asOf: is \"soon\", but must be": {"--month", "soon", "testdata/AWSELB.json"},
	} {
		if _, _, err := refresh(t, args...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: got %v, want %s", args, err, want)
		}
	}
}
