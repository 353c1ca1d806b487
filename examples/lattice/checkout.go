package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// NewRoleStack defines the role of the tasks of Checkout. It is deployed before the auth policy that names the role, and the client after it.
func NewRoleStack(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("LatticeRole"), &awscdk.StackProps{Env: checkoutEnv})
	awsiam.NewRole(stack, jsii.String("Role"), &awsiam.RoleProps{
		RoleName:  jsii.String(roleName),
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("ecs-tasks.amazonaws.com"), nil),
	})
}

// NewCheckoutStack defines the two clients in one VPC. Both consumers of the VPC join one service network, so Shelf reaches Quotes on the network:
// the auth policy keeps it out.
func NewCheckoutStack(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("LatticeCheckout"), &awscdk.StackProps{Env: checkoutEnv})
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	cluster := awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc})
	role := awsiam.Role_FromRoleName(stack, jsii.String("Role"), jsii.String(roleName), nil)
	checkout := newService(cluster, "Checkout", "checkout:3.1", role, &map[string]*string{ // it signs with the credentials of the role
		"QUOTES_URL":  jsii.String("https://" + quotesDomain + "/v1"),
		"CATALOG_URL": jsii.String("https://" + catalogDomain + "/v1/products"),
	})
	shelf := awslambda.NewFunction(stack, jsii.String("Shelf"), &awslambda.FunctionProps{
		Vpc:     vpc,
		Runtime: awslambda.Runtime_NODEJS_24_X(),
		Handler: jsii.String("index.handler"),
		Code:    awslambda.Code_FromInline(jsii.String(`exports.handler = async () => (await fetch("https://` + catalogDomain + `/v1/products")).text()`)),
	})

	list := prefixList(stack)
	quotes := newConsumer(stack, vpc, list, "Quotes", quotesDomain, checkout)
	quotes.GrantInvoke(role)
	newConsumer(stack, vpc, list, "Catalog", catalogDomain, checkout, shelf)
}

// newConsumer connects the VPC to an API, by the ARN that its team gives.
func newConsumer(stack awscdk.Stack, vpc awsec2.IVpc, list awsec2.IPrefixList, id, domain string, clients ...awsec2.IConnectable) lattice.IApi {
	serviceArn := awscdk.NewCfnParameter(stack, jsii.String(id+"Arn"), nil)
	api := lattice.Api_FromAttributes(stack, jsii.String(id+"Api"), &lattice.ApiAttributes{
		ServiceArn: serviceArn.ValueAsString(),
		DomainName: jsii.String(domain),
		PrefixList: list,
	})
	privateapi.NewPrivateApiConsumer(stack, jsii.String(id), &privateapi.PrivateApiConsumerProps{Vpc: vpc, Service: api, Clients: &clients})
	return api
}
