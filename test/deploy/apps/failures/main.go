// Command failures is a CDK app of an API that its team changes, and of callers that AWS refuses, at least at first.
package main

import (
	"path/filepath"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/env"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	newApi(app, "Broken", api{principals: []string{env.Context(app, "consumerAccount")}})
	for _, id := range []string{"Unknown", "Waiting", "Kept", "LateCaller", "CallerOfBroken"} {
		newCaller(app, id, env.Region, env.ZonesOf(app, env.Context(app, "consumerAccount")), privateapi.DnsMode_PRIVATE_HOSTED_ZONE)
	}
	// The zones have the names of the API's zones in the API's account, but are different zones.
	newCaller(app, "OtherZone", env.Region, env.ZonesOf(app, env.Context(app, "providerAccount")), privateapi.DnsMode_PRIVATE_HOSTED_ZONE)
	elsewhere := jsii.Strings("eu-central-1a", "eu-central-1b")
	newCaller(app, "OtherRegion", "eu-central-1", elsewhere, privateapi.DnsMode_PRIVATE_HOSTED_ZONE)
	newApi(app, "PrivateDns", api{principals: []string{env.Context(app, "consumerAccount")}, privateDns: true})
	newCaller(app, "CallerOfPrivateDns", env.Region, env.ZonesOf(app, env.Context(app, "consumerAccount")), privateapi.DnsMode_PRIVATE_DNS)
	newNotice(app, "Notice")
	app.Synth(nil)
	newVersions(*app.Outdir())
}

// newVersions synthesises versions of the API, each to an assembly of its own: the logical IDs of rules between security
// groups contain the ID of the stack, so it must be the same in all versions.
func newVersions(dir string) {
	const other = "333333333333"
	for _, version := range []string{"NotAllowed", "AcceptanceRequired", "Withdrawn"} {
		app := awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(filepath.Join(dir, version))})
		caller := env.Context(app, "consumerAccount")
		newApi(app, "Api", map[string]api{
			"NotAllowed":         {principals: []string{other}},
			"AcceptanceRequired": {principals: []string{other, caller}, acceptanceRequired: true},
			"Withdrawn":          {principals: []string{other}, acceptanceRequired: true},
		}[version])
		app.Synth(nil)
	}
}

// newCaller defines the consumer of an API that it knows only by the name of its service. Synth cannot check that name, so
// that AWS does.
func newCaller(scope constructs.Construct, id, region string, zones *[]*string, mode privateapi.DnsMode) {
	stack := env.NewStack(scope, id, env.Context(scope, "consumerAccount"), region, zones)
	vpc := env.NewVpc(stack, "Vpc", zones)
	name := awscdk.NewCfnParameter(stack, jsii.String("ServiceName"), nil)
	client := awsec2.NewSecurityGroup(stack, jsii.String("Client"), &awsec2.SecurityGroupProps{
		Vpc:              vpc,
		AllowAllOutbound: jsii.Bool(false),
	})
	consumer := privateapi.NewPrivateApiConsumer(stack, jsii.String("Consumer"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc,
		Service: privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Service"), &privateapi.PrivateApiServiceAttributes{
			ServiceName:        name.ValueAsString(),
			DomainNames:        jsii.Strings(env.Context(scope, "domain")),
			ProvidesPrivateDns: jsii.Bool(mode == privateapi.DnsMode_PRIVATE_DNS),
		}),
		DnsMode: mode,
		Clients: &[]awsec2.IConnectable{client},
	})
	awscdk.NewCfnOutput(stack, jsii.String("EndpointId"), &awscdk.CfnOutputProps{Value: consumer.VpcEndpointId()})
	awscdk.NewCfnOutput(stack, jsii.String("ClientGroupId"), &awscdk.CfnOutputProps{Value: client.SecurityGroupId()})
}
