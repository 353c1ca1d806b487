package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// prove makes synthesis fail unless the templates show that Checkout reaches the API. It connects the two stacks as a
// deployment does: the output of Pricing becomes the parameter of Checkout.
func prove(app awscdk.App) {
	privateapi.ProveReachability(app, &privateapi.ProveReachabilityProps{
		Parameters:          &map[string]*string{"Checkout.PricingServiceName": jsii.String("@Pricing.ServiceName")},
		AvailabilityZoneIds: zoneIDs(app),
		CertificateNames:    &map[string]*[]*string{*setting(app, "pricingCertificateArn"): settings(app, "pricingCertificateNames")},
		FailOnUnknown:       jsii.Bool(true),
	})
}

// zoneIDs maps zone names to zone IDs in each account, which templates do not have.
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
