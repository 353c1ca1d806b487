// Command company-zone is a CDK app of a company that has something already: a hosted zone and a security group of its
// network team, and a target group that keeps most requests while a new version gets the first ones. Three teams would have
// three apps; here they share one, so that one synthesis shows all sides.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

const (
	companyZone = "internal.company.com"
	domain      = "api.stock." + companyZone
)

var (
	stockEnv = &awscdk.Environment{Account: jsii.String("222222222222"), Region: jsii.String("eu-west-1")}
	shopEnv  = &awscdk.Environment{Account: jsii.String("111111111111"), Region: jsii.String("eu-west-1")}
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	newStacks(app)
	app.Synth(nil)
}

// newStacks defines the stacks in the order in which they are deployed.
func newStacks(app awscdk.App) {
	NewStockStack(app)
	NewShopStack(app, NewNetworkStack(app))
}
