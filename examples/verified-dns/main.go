// Command verified-dns is a CDK app of two teams in two accounts: Pricing provides an API under a name of its public domain, which AWS resolves in the
// VPCs of consumers once it is verified. Checkout enables that name on its endpoint, and calls the API by it.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

const (
	publicDomain = "company.com"
	domain       = "api.verified.company.com"
)

var (
	pricingEnv  = &awscdk.Environment{Account: jsii.String("222222222222"), Region: jsii.String("eu-west-1")}
	checkoutEnv = &awscdk.Environment{Account: jsii.String("111111111111"), Region: jsii.String("eu-west-1")}
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	newStacks(app)
	app.Synth(nil)
}

// newStacks defines the stacks in the order in which they are deployed.
func newStacks(app awscdk.App) {
	NewCheckoutStack(app, NewPricingStack(app))
}
