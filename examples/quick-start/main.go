// Command quick-start is the app of the README: Pricing provides an API in one account, and Checkout calls it from another.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

const (
	domain      = "api.pricing.internal.company.com"
	certificate = "arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"
)

var (
	pricingEnv  = &awscdk.Environment{Account: jsii.String("222222222222"), Region: jsii.String("eu-west-1")}
	checkoutEnv = &awscdk.Environment{Account: jsii.String("111111111111"), Region: jsii.String("eu-west-1")}
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	NewPricingStack(app)
	NewCheckoutStack(app)
	app.Synth(nil)
}
