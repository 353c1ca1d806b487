// Command routed is a CDK app of four teams in four accounts: Pricing provides an API behind an internal ALB, without PrivateLink. Checkout reaches
// it over a VPC peering connection, and Reports over the transit gateway of Pricing. Lab is attached to that gateway, too, but in a segment that
// does not reach the API.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

const domain = "api.routed.internal.company.com"

// The VPCs of the teams. No two of them overlap, so that packets find their way there and back.
const (
	pricingBlock  = "10.0.0.0/16"
	checkoutBlock = "10.1.0.0/16"
	reportsBlock  = "10.2.0.0/16"
	labBlock      = "10.3.0.0/16"
	company       = "10.0.0.0/8" // all of them
)

// The segments of the transit gateway.
const (
	segmentApis    = "apis"
	segmentClients = "clients" // reaches apis
	segmentLab     = "lab"     // reaches nothing
)

var (
	pricingEnv  = &awscdk.Environment{Account: jsii.String("222222222222"), Region: jsii.String("eu-west-1")}
	checkoutEnv = &awscdk.Environment{Account: jsii.String("111111111111"), Region: jsii.String("eu-west-1")}
	reportsEnv  = &awscdk.Environment{Account: jsii.String("333333333333"), Region: jsii.String("eu-west-1")}
	labEnv      = &awscdk.Environment{Account: jsii.String("444444444444"), Region: jsii.String("eu-west-1")}
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	newStacks(app)
	app.Synth(nil)
}

// newStacks defines the stacks. The last one to be deployed is RoutedLinks: what belongs to Pricing, but needs the connections and the clients of
// the other teams.
func newStacks(app awscdk.App) {
	pricing := NewPricingStack(app)
	links := awscdk.NewStack(app, jsii.String("RoutedLinks"), &awscdk.StackProps{Env: pricingEnv})
	NewCheckoutStack(app, pricing, links)
	NewReportsStack(app, pricing, links)
	NewLabStack(app, pricing, links)
}
