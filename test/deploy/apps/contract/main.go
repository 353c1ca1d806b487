// Command contract is two CDK apps in one: that of an API, which publishes its contract, and that of its consumers, which know the API only
// by what the contract says. A consumer in the app of the API gets the API itself, across accounts and across Regions.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/env"
)

const (
	domain    = "api.billing.internal.company.com"
	farRegion = "eu-central-1"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	if env.Context(app, "side") == "provider" {
		newProviderSide(app)
	} else {
		newConsumerSide(app)
	}
	app.Synth(nil)
}
