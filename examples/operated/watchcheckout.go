package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/monitoring"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// watchCheckout defines what the team of the client is told, sees and asks.
func watchCheckout(stack awscdk.Stack, vpc awsec2.IVpc, pricing privateapi.IPrivateApiConsumer, cluster constructs.IDependable) {
	alarms := monitoring.NewConsumerAlarms(stack, jsii.String("Alarms"), &monitoring.ConsumerAlarmsProps{
		Consumer: pricing,
		Topics:   onCall(stack),
		Alarms: &map[string]*monitoring.AlarmSettings{
			"NoConnections": {Enabled: jsii.Bool(true)}, // it calls the API day and night
		},
	})
	monitoring.NewDashboard(stack, jsii.String("Dashboard"), &monitoring.DashboardProps{
		Consumers: &[]*monitoring.DashboardConsumer{{Label: jsii.String("checkout"), Consumer: pricing}},
		AlarmArns: alarms.AlarmArns(),
		Start:     jsii.String("-PT6H"),
	})
	clientLogs := monitoring.NewSubnetFlowLogs(stack, jsii.String("ClientLogs"), &monitoring.SubnetFlowLogsProps{
		Vpc: vpc, LogRetention: retention, EcsFields: jsii.Bool(true),
	})
	clientLogs.Node().AddDependency(cluster) // EC2 takes fields of ECS where there is a cluster
	monitoring.NewSavedQueries(stack, jsii.String("Queries"), &monitoring.SavedQueriesProps{
		ClientLogs:   clientLogs,
		EndpointLogs: monitoring.NewConsumerFlowLogs(stack, jsii.String("PricingLogs"), &monitoring.ConsumerFlowLogsProps{Consumer: pricing, LogRetention: retention}),
	})
}
