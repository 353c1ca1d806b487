package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// prove makes synth fail unless the templates show that Checkout reaches the API. It joins the two stacks as whoever
// deploys them does: the output of Pricing becomes the parameter of Checkout.
func prove(app awscdk.App) {
	privateapi.ProveReachability(app, &privateapi.ProveReachabilityProps{
		Parameters:          &map[string]*string{"Checkout.PricingServiceName": jsii.String("@Pricing.ServiceName")},
		AvailabilityZoneIds: zoneIDs(app),
		FailOnUnknown:       jsii.Bool(true),
	})
}

// zoneIDs says which zones the names mean in each account: no template has that.
func zoneIDs(app awscdk.App) *map[string]*string {
	ids := map[string]*string{}
	for _, team := range []string{"pricing", "checkout"} {
		account := *setting(app, team+"Account")
		known := *settings(app, team+"ZoneIds")
		for i, name := range *settings(app, team+"AvailabilityZones") {
			if i < len(known) {
				ids[account+"/"+*name] = known[i]
			}
		}
	}
	return &ids
}
