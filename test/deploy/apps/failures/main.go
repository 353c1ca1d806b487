// Command failures is a CDK app of one API, as its team changes it, and of callers that AWS refuses, at least at first.
package main

import (
	"path/filepath"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/place"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	newApi(app, "Broken", api{principals: []string{place.Context(app, "callerAccount")}})
	for _, id := range []string{"Unknown", "Waiting", "Kept", "Latecomer", "CallerOfBroken"} {
		newCaller(app, id, place.Region, place.ZonesOf(app, place.Context(app, "callerAccount")), privateapi.DnsMode_PRIVATE_HOSTED_ZONE)
	}
	// The zones have the names that those of the API have in its account, and are not all the same.
	newCaller(app, "OtherZone", place.Region, place.ZonesOf(app, place.Context(app, "apiAccount")), privateapi.DnsMode_PRIVATE_HOSTED_ZONE)
	elsewhere := jsii.Strings("eu-central-1a", "eu-central-1b")
	newCaller(app, "OtherRegion", "eu-central-1", elsewhere, privateapi.DnsMode_PRIVATE_HOSTED_ZONE)
	newApi(app, "Named", api{principals: []string{place.Context(app, "callerAccount")}, named: true})
	newCaller(app, "CallerOfNamed", place.Region, place.ZonesOf(app, place.Context(app, "callerAccount")), privateapi.DnsMode_PRIVATE_DNS)
	newNotice(app, "Notice")
	app.Synth(nil)
	newVersions(*app.Outdir())
}

// newVersions synthesises the API as it is at one time and another, each to an assembly of its own: the logical IDs of
// rules between security groups have the ID of the stack in them, so it must be the same in all.
func newVersions(dir string) {
	const stranger = "333333333333"
	for _, version := range []string{"Unlisted", "Asking", "Withdrawn"} {
		app := awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(filepath.Join(dir, version))})
		caller := place.Context(app, "callerAccount")
		newApi(app, "Api", map[string]api{
			"Unlisted":  {principals: []string{stranger}},
			"Asking":    {principals: []string{stranger, caller}, asks: true},
			"Withdrawn": {principals: []string{stranger}, asks: true},
		}[version])
		app.Synth(nil)
	}
}

// newCaller defines the consumer of an API that it knows by the name of its service, and by nothing that synth could
// check: who is refused is refused by AWS.
func newCaller(scope constructs.Construct, id, region string, zones *[]*string, mode privateapi.DnsMode) {
	stack := place.NewStack(scope, id, place.Context(scope, "callerAccount"), region, zones)
	vpc := place.NewVpc(stack, "Vpc", zones)
	name := awscdk.NewCfnParameter(stack, jsii.String("ServiceName"), nil)
	client := awsec2.NewSecurityGroup(stack, jsii.String("Client"), &awsec2.SecurityGroupProps{
		Vpc:              vpc,
		AllowAllOutbound: jsii.Bool(false),
	})
	consumer := privateapi.NewPrivateApiConsumer(stack, jsii.String("Consumer"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc,
		Service: privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Service"), &privateapi.PrivateApiServiceAttributes{
			ServiceName:        name.ValueAsString(),
			DomainNames:        jsii.Strings(place.Context(scope, "domain")),
			ProvidesPrivateDns: jsii.Bool(mode == privateapi.DnsMode_PRIVATE_DNS),
		}),
		DnsMode: mode,
		Clients: &[]awsec2.IConnectable{client},
	})
	awscdk.NewCfnOutput(stack, jsii.String("EndpointId"), &awscdk.CfnOutputProps{Value: consumer.VpcEndpointId()})
	awscdk.NewCfnOutput(stack, jsii.String("ClientGroupId"), &awscdk.CfnOutputProps{Value: client.SecurityGroupId()})
}
