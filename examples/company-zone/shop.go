package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// NewShopStack defines a client of the API, and connects it through the zone and the security group of the company.
func NewShopStack(app awscdk.App, network Network) {
	stack := awscdk.NewStack(app, jsii.String("Shop"), &awscdk.StackProps{Env: shopEnv})
	cluster := awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: network.Vpc})
	shop := newService(cluster, "Shop", "shop:3.1", &map[string]*string{"STOCK_URL": jsii.String("https://" + domain + "/v1")})

	serviceName := awscdk.NewCfnParameter(stack, jsii.String("StockServiceName"), nil)
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Stock"), &privateapi.PrivateApiConsumerProps{
		Vpc: network.Vpc,
		Service: privateapi.PrivateApiService_FromAttributes(stack, jsii.String("StockService"), &privateapi.PrivateApiServiceAttributes{
			ServiceName: serviceName.ValueAsString(),
			DomainNames: jsii.Strings(domain),
		}),
		HostedZone:     network.Zone,
		SecurityGroups: &[]awsec2.ISecurityGroup{network.Endpoints},
		Clients:        &[]awsec2.IConnectable{shop},
	})
}
