package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/place"
)

// newCaller defines who calls the API from another account, in zones in which the API is.
func newCaller(app awscdk.App, offer privateapi.PrivateApiProvider, changed switches) {
	stack := place.NewStack(app, "Caller", place.Context(app, "callerAccount"), place.Region, zones())
	vpc, other := place.NewVpc(stack, "Vpc", zones()), place.NewVpc(stack, "OtherVpc", zones())
	tasks, batch, report := newGroup(vpc, "Tasks"), newGroup(vpc, "Batch"), newGroup(other, "Report")

	// Keeps the name among the outputs of Offer where no consumer asks for it.
	awscdk.NewCfnOutput(stack, jsii.String("ServiceName"), &awscdk.CfnOutputProps{Value: offer.ServiceName()})

	clients := []awsec2.IConnectable{tasks}
	if changed["client"] {
		clients = append(clients, batch)
	}
	if changed["consumerVpc"] {
		vpc, clients = other, []awsec2.IConnectable{report}
	}
	service := privateapi.IPrivateApiService(offer)
	if changed["serviceName"] {
		service = privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Service"), &privateapi.PrivateApiServiceAttributes{
			ServiceName:        jsii.String("com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"),
			DomainNames:        offer.DomainNames(),
			AcceptanceRequired: jsii.Bool(false),
		})
	}
	newConsumer(stack, "Orders", vpc, service, clients...)
	if changed["consumer"] {
		newConsumer(stack, "Reports", other, offer, report)
	}
}

func newConsumer(stack awscdk.Stack, id string, vpc awsec2.Vpc, service privateapi.IPrivateApiService, clients ...awsec2.IConnectable) {
	privateapi.NewPrivateApiConsumer(stack, jsii.String(id), &privateapi.PrivateApiConsumerProps{
		Vpc:     vpc,
		Subnets: &awsec2.SubnetSelection{AvailabilityZones: place.ZonesOf(stack, *stack.Account())},
		Service: service,
		Clients: &clients,
	})
}
