package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/env"
)

// newConsumerStack defines the consumer of the API in another account, in zones of the API.
func newConsumerStack(app awscdk.App, provider privateapi.PrivateApiProvider, changed changes) {
	stack := env.NewStack(app, "Consumer", env.Context(app, "consumerAccount"), env.Region, zones())
	vpc, other := env.NewVpc(stack, "Vpc", zones()), env.NewVpc(stack, "OtherVpc", zones())
	tasks, batch, report := newGroup(vpc, "Tasks"), newGroup(vpc, "Batch"), newGroup(other, "Report")

	// Keeps the name an output of the provider's stack when no consumer refers to it.
	awscdk.NewCfnOutput(stack, jsii.String("ServiceName"), &awscdk.CfnOutputProps{Value: provider.ServiceName()})

	clients := []awsec2.IConnectable{tasks}
	if changed["client"] {
		clients = append(clients, batch)
	}
	if changed["consumerVpc"] {
		vpc, clients = other, []awsec2.IConnectable{report}
	}
	service := privateapi.IPrivateApiService(provider)
	if changed["serviceName"] {
		service = privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Service"), &privateapi.PrivateApiServiceAttributes{
			ServiceName:        jsii.String("com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"),
			DomainNames:        provider.DomainNames(),
			AcceptanceRequired: jsii.Bool(false),
		})
	}
	newConsumer(stack, "Orders", vpc, service, clients...)
	if changed["consumer"] {
		newConsumer(stack, "Reports", other, provider, report)
	}
}

func newConsumer(stack awscdk.Stack, id string, vpc awsec2.Vpc, service privateapi.IPrivateApiService, clients ...awsec2.IConnectable) {
	privateapi.NewPrivateApiConsumer(stack, jsii.String(id), &privateapi.PrivateApiConsumerProps{
		Vpc:     vpc,
		Subnets: &awsec2.SubnetSelection{AvailabilityZones: env.ZonesOf(stack, *stack.Account())},
		Service: service,
		Clients: &clients,
	})
}
