// Command migration is a CDK app of three teams in three accounts. The API of Pricing begins behind an internet-facing ALB, which Checkout and
// Reports call through their NAT gateways. It ends behind an internal ALB, which they reach over PrivateLink. The context value phase says
// how far it is.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

const (
	zoneName = "company.com" // a public hosted zone that exists in the account of Pricing
	domain   = "api.pricing.company.com"
)

var (
	pricingEnv  = &awscdk.Environment{Account: jsii.String("222222222222"), Region: jsii.String("eu-west-1")}
	checkoutEnv = &awscdk.Environment{Account: jsii.String("111111111111"), Region: jsii.String("eu-west-1")}
	reportsEnv  = &awscdk.Environment{Account: jsii.String("333333333333"), Region: jsii.String("eu-west-1")}
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	newStacks(app)
	app.Synth(nil)
}

// newStacks defines the stacks in the order of their deployment. Networks of clients come first, because the API lets in their addresses, and
// the clients last, because they connect to the API.
func newStacks(app awscdk.App) {
	checkout := NewNetworkStack(app, "Checkout", checkoutEnv)
	reports := NewNetworkStack(app, "Reports", reportsEnv)
	pricing := NewPricingStack(app, checkout, reports)
	NewCheckoutStack(app, checkout, pricing)
	NewReportsStack(app, reports, pricing)
}
