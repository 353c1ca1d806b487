package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// NewBillingStack defines a client that may use all ports.
func NewBillingStack(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("Billing"), &awscdk.StackProps{Env: billingEnv})
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	newConsumer(stack, vpc, &[]awsec2.IConnectable{newClient(stack, vpc, "Billing")})
}

// NewReportingStack defines a client that may use the database alone: its endpoint leads to all ports, and its security groups allow
// one.
func NewReportingStack(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("Reporting"), &awscdk.StackProps{Env: reportingEnv})
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	orders := newConsumer(stack, vpc, nil)
	orders.AllowClient(newClient(stack, vpc, "Reporting"), jsii.Number(databasePort))
}

// newConsumer connects a VPC to the database of Orders, by the service name that its team gives.
func newConsumer(stack awscdk.Stack, vpc awsec2.IVpc, clients *[]awsec2.IConnectable) privateapi.PrivateApiConsumer {
	serviceName := awscdk.NewCfnParameter(stack, jsii.String("OrdersServiceName"), nil)
	return privateapi.NewPrivateApiConsumer(stack, jsii.String("Orders"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc,
		Service: privateapi.PrivateApiService_FromAttributes(stack, jsii.String("OrdersService"), &privateapi.PrivateApiServiceAttributes{
			ServiceName: serviceName.ValueAsString(),
			DomainNames: jsii.Strings(domain),
			Ports:       &[]*float64{jsii.Number(databasePort), jsii.Number(reportPort), jsii.Number(replicationPort)},
		}),
		Clients: clients,
	})
}

func newClient(stack awscdk.Stack, vpc awsec2.IVpc, id string) awslambda.Function {
	return awslambda.NewFunction(stack, jsii.String(id), &awslambda.FunctionProps{
		Vpc:         vpc,
		Runtime:     awslambda.Runtime_NODEJS_24_X(),
		Handler:     jsii.String("index.handler"),
		Code:        awslambda.Code_FromInline(jsii.String("exports.handler = async () => process.env.PGHOST")),
		Environment: &map[string]*string{"PGHOST": jsii.String(domain)},
	})
}
