package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/route53profile"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/env"
)

// newProfile defines the profile that shares the names of a consumer with the account of reports.
func newProfile(stack awscdk.Stack) route53profile.Profile {
	return route53profile.NewProfile(stack, jsii.String("Names"), &route53profile.ProfileProps{
		ShareWith: jsii.Strings(env.Context(stack, "reportsAccount")),
	})
}

// newReports defines a VPC in the account of reports that resolves the names of the profile, and a client there. It has no route to the
// endpoint that the names lead to.
func newReports(app awscdk.App, names route53profile.Profile) {
	account := env.Context(app, "reportsAccount")
	zones := jsii.Strings(env.Region+"a", env.Region+"b")
	stack := env.NewStack(app, "ContractReports", account, env.Region, zones)
	vpc := env.NewVpcOf(stack, "Vpc", "10.9.0.0/16", zones)
	route53profile.Profile_FromAttributes(stack, jsii.String("Names"), &route53profile.ProfileAttributes{
		ProfileId: names.ProfileId(), Vpcs: &[]awsec2.IVpc{vpc},
	})
	newClient(vpc, "Client")
}
