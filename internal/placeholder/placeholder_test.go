package placeholder_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/placeholder"
)

func TestWhat(t *testing.T) {
	for text, want := range map[string]string{
		"dummy1a":                              "the Availability Zones of the account",
		"111111111111/dummy1b":                 "the Availability Zones of account 111111111111",
		"dummy-value-for-/pricing/ServiceName": "the parameter /pricing/ServiceName",
		"arn:aws:iam::dummy-value-for-/accounts/checkout:root": "the parameter /accounts/checkout:root",
		"vpc-12345":                             "the VPC",
		"p-67890":                               "the VPC",
		"subnet s-12345 of vpc-12345":           "the VPC",
		"1.2.3.4/5":                             "the VPC",
		"pl-xxxxxxxx":                           "the prefix list",
		"the template that defines sg-12345678": "the security group",
		"sg-1234":                               "the security group",
		"arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/application/my-load-balancer/50dc6c495c0c9188": "the load balancer",
		"my-load-balancer-123456789012.us-west-2.elb.amazonaws.com":                                                      "the load balancer",
		"DUMMY": "the hosted zone",
	} {
		if got, ok := placeholder.What(text); !ok || got != want {
			t.Errorf("What(%q) = %q, %v, want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{
		"", "eu-west-1a", "vpc-0123456789abcdef0", "vpc-123456", "vpc-12345678", "sg-0123456789abcdef0", "sg-123456789", "pl-0123456789abcdef0", "p-1234567",
		"11.2.3.4/5", "1.2.3.4/50", "my-load-balancer", "dummy", "DUMMY_ARN", "app-12345",
	} {
		if what, ok := placeholder.What(text); ok {
			t.Errorf("What(%q) = %q, want no placeholder", text, what)
		}
	}
}
