// Command consent is a CDK app of four teams in four accounts. Pricing provides an API, and says which teams are accepted by themselves: Checkout and
// Reports. Lab may ask, too, but waits for a person. The context value removed takes Reports off the list, which cuts its connection.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

const domain = "api.consent.internal.company.com"

var (
	pricingEnv  = environment("222222222222")
	checkoutEnv = environment("111111111111")
	reportsEnv  = environment("333333333333")
	labEnv      = environment("444444444444")
)

func environment(account string) *awscdk.Environment {
	return &awscdk.Environment{Account: jsii.String(account), Region: jsii.String("eu-west-1")}
}

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	newStacks(app)
	app.Synth(nil)
}

func newStacks(app awscdk.App) {
	NewPricingStack(app)
	NewClientStack(app, "Checkout", checkoutEnv)
	NewClientStack(app, "Reports", reportsEnv)
	NewClientStack(app, "Lab", labEnv)
}
