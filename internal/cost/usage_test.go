package cost_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cost"
)

// called are two stacks with an endpoint of one logical ID.
func called() map[string]stack {
	named := endpoint(2)
	named["Metadata"] = object{"aws:cdk:path": "App/Checkout/Pricing/Endpoint/Resource"}
	return map[string]stack{
		"Checkout": {consumer, object{"Endpoint": named, "Alb": loadBalancer("application"), "Group": resource("AWS::EC2::SecurityGroup", object{})}},
		"Reports":  {consumer, object{"Endpoint": endpoint(2)}},
	}
}

// One endpoint has 100 GB, whatever it is called, and others have the default.
func TestUsage(t *testing.T) {
	n := load(t, "us-east-1", called())
	for text, want := range map[string]string{
		`"resource_usage": {"Checkout/Endpoint": {"monthly_data_processed_gb": 100}}`:                        "1.00",
		`"resource_usage": {"Checkout.Endpoint": {"monthly_data_processed_gb": 100}}`:                        "1.00",
		`"resource_usage": {"App/Checkout/Pricing/Endpoint": {"monthly_data_processed_gb": 100}}`:            "1.00",
		`"resource_usage": {"App/Checkout/Pricing/Endpoint/Resource": {"monthly_data_processed_gb": 100.5}}`: "1.01",
		`"resource_type_default_usage": {"AWS::EC2::VPCEndpoint": {"monthly_data_processed_gb": 50}}`:        "1.00",
		`"resource_type_default_usage": {"AWS::EC2::VPCEndpoint": {"monthly_data_processed_gb": 50}},
		 "resource_usage": {"Checkout/Endpoint": {"monthly_data_processed_gb": 100}}`: "1.50",
		`"resource_usage": {}`: "0.00",
	} {
		b := billOf(t, n, cost.Options{Usage: usage(t, n, `{"version": 1, `+text+`}`)})
		if got := b.Total().Usage.String(); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
		if sum := b.Total().Sum().String(); b.Total().Fixed.String() != "45.63" || want == "1.00" && sum != "46.63" {
			t.Errorf("%s: fixed %s, in all %s", text, b.Total().Fixed, sum)
		}
	}
}

func TestUsageFails(t *testing.T) {
	n := load(t, "us-east-1", called())
	of := func(resource, usage string) string {
		return `{"version": 1, "resource_usage": {"` + resource + `": ` + usage + `}}`
	}
	for text, want := range map[string]string{
		`{`:                               "usage: the file: is not JSON: line 1: unexpected EOF",
		`[]`:                              "usage: the file: is a list, but must be an object",
		`{}`:                              "version: is missing",
		`{"version": 2}`:                  "version: is 2, but must be 1",
		`{"version": 1, "resources": {}}`: "resources: is not a member of a usage file of version 1; here it has $schema, version, resource_type_default_usage, resource_usage",
		of("Checkout/Endpont", `{}`):      "resource_usage.Checkout/Endpont: is no resource of the templates; did you mean Checkout/Endpoint or Checkout.Endpoint?",
		of("Endpoint", `{}`):              "resource_usage.Endpoint: is the name of several resources: Checkout/Endpoint, Reports/Endpoint",
		of("Checkout/Group", `{}`):        "resource_usage.Checkout/Group: is an AWS::EC2::SecurityGroup, which is not priced by usage",
		of("Checkout/Endpoint", `[]`):     "resource_usage.Checkout/Endpoint: is a list, but must be an object",
		of("Checkout/Endpoint", `{"monthly_data_processed_gbs": 1}`):                                       "monthly_data_processed_gbs: is not a usage of it; did you mean monthly_data_processed_gb?",
		of("Checkout/Endpoint", `{"requests": 1}`):                                                         "requests: is not a usage of it; it has monthly_data_processed_gb",
		of("Checkout/Endpoint", `{"monthly_data_processed_gb": -1}`):                                       "resource_usage.Checkout/Endpoint.monthly_data_processed_gb: -1 is negative",
		of("Checkout/Endpoint", `{"monthly_data_processed_gb": "1"}`):                                      `monthly_data_processed_gb: is "1", but must be a number`,
		of("Checkout/Endpoint", `{"monthly_data_processed_gb": NaN}`):                                      "the file: is not JSON: line 1: invalid character 'N'",
		of("Checkout/Endpoint", `{"monthly_data_processed_gb": 1e400}`):                                    "1e400 is too large",
		`{"version": 1, "resource_usage": {"Checkout/Alb": {}, "Checkout/Alb": {}}}`:                       "resource_usage.Checkout/Alb: is there twice",
		`{"version": 1, "resource_usage": {"Checkout/Alb": {}, "Checkout.Alb": {}}}`:                       "resource_usage.Checkout.Alb: is Checkout/Alb, which has another name here too",
		`{"version": 1, "resource_type_default_usage": {"AWS::EC2::VPCEndpoints": {}}}`:                    "resource_type_default_usage.AWS::EC2::VPCEndpoints: is not a type that is priced by usage; did you mean AWS::EC2::VPCEndpoint",
		`{"version": 1, "resource_type_default_usage": {"AWS::EC2::VPCEndpoint": {"new_connections": 1}}}`: "new_connections: is not a usage of it",
	} {
		_, err := cost.ParseUsage(n, []byte(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s:\ngot  %v\nwant %s", text, err, want)
		}
	}
}

func TestUsageTellsAll(t *testing.T) {
	n := load(t, "us-east-1", called())
	_, err := cost.ParseUsage(n, []byte(`{"version": 2, "resource_usage": {"a": {}, "Checkout/Alb": {"b": 1, "new_connections": -1}}}`))
	if err == nil || strings.Count(err.Error(), "\n") != 3 {
		t.Errorf("got %v", err)
	}
}

// Of many unknown names, the first have a hint: to look for it takes time.
func TestHintsAreLimited(t *testing.T) {
	var entries []string
	for i := range 50 {
		entries = append(entries, fmt.Sprintf(`"Checkout/Endpoin%d": {}`, i))
	}
	_, err := cost.ParseUsage(load(t, "us-east-1", called()), []byte(`{"version": 1, "resource_usage": {`+strings.Join(entries, ",")+`}}`))
	if err == nil || strings.Count(err.Error(), "is no resource") != 50 || strings.Count(err.Error(), "did you mean") != 20 {
		t.Errorf("got %v", err)
	}
}
