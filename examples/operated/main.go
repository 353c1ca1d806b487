// Command operated is a CDK app of two teams in two accounts, with all that this module has to watch an API: alarms, dashboards, logs, saved queries, and
// a lock against replacement. The context value watched=false leaves all of it out.
package main

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

const domain = "api.operated.internal.company.com"

var (
	pricingEnv  = environment("222222222222")
	checkoutEnv = environment("111111111111")
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
	NewCheckoutStack(app)
	privateapi.CheckLock(app, nil) // with privateapi.lock.json
}

// isWatched reports whether the app has what watches the API.
func isWatched(app awscdk.App) bool {
	switch value := app.Node().TryGetContext(jsii.String("watched")); value {
	case nil, true, "true":
		return true
	case false, "false":
		return false
	default:
		panic(fmt.Errorf("context value watched: use true or false, got %v", value))
	}
}
