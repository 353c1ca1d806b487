// Command pricing-checkout is a CDK app of two teams in two accounts: Pricing offers an API, and Checkout calls it over
// AWS PrivateLink. Two teams would have two apps; here they share one, so that one synthesis shows both sides.
package main

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// defaults are the context that the app reads, with values that synthesise and that you replace before you deploy:
// cdk deploy -c key=value.
var defaults = map[string]string{
	"region":                    "eu-west-1",
	"pricingAccount":            "222222222222",
	"checkoutAccount":           "111111111111",
	"pricingAvailabilityZones":  "eu-west-1a,eu-west-1b",
	"checkoutAvailabilityZones": "eu-west-1a,eu-west-1b",
	"pricingZoneIds":            "euw1-az1,euw1-az2",
	"checkoutZoneIds":           "euw1-az1,euw1-az2",
	"pricingDomain":             "api.pricing.internal.company.com",
	"pricingCertificateArn":     "arn:aws:acm:eu-west-1:222222222222:certificate/00000000-0000-0000-0000-000000000000",
	"pricingCertificateNames":   "api.pricing.internal.company.com",
	"pricingDeletionProtection": "true",
	"s3PrefixListId":            "pl-6da54004", // com.amazonaws.eu-west-1.s3
}

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	NewPricingStack(app, "Pricing")
	NewCheckoutStack(app, "Checkout")
	prove(app)
	app.Synth(nil)
}

// setting returns the value of a context key.
func setting(scope constructs.Construct, key string) *string {
	fallback, known := defaults[key]
	if !known {
		panic(fmt.Errorf("context key %q has no default", key))
	}
	switch value := scope.Node().TryGetContext(jsii.String(key)).(type) {
	case nil:
		return jsii.String(fallback)
	case string:
		return jsii.String(value)
	default:
		panic(fmt.Errorf("context key %q must be a string, got %v", key, value))
	}
}

// settings returns the values of a context key that holds a list, with commas between them.
func settings(scope constructs.Construct, key string) *[]*string {
	return jsii.Strings(strings.Split(*setting(scope, key), ",")...)
}

// environment returns the account under a context key, in the app's Region.
func environment(scope constructs.Construct, accountKey string) *awscdk.Environment {
	return &awscdk.Environment{Account: setting(scope, accountKey), Region: setting(scope, "region")}
}
