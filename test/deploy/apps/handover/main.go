// Command handover is a CDK app of an API and its consumers, which get the name of the service in ways that the example does
// not use: as text, and by reference between stacks of one app, in one account or in two.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/env"
)

const domain = "api.orders.internal.company.com"

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	provider := newProvider(app)
	for _, way := range []struct {
		stack, account string
		service        func(awscdk.Stack) privateapi.IPrivateApiService
	}{
		{"Literal", env.Context(app, "consumerAccount"), imported},
		{"SameAccount", env.Context(app, "providerAccount"), func(awscdk.Stack) privateapi.IPrivateApiService { return provider }},
		{"Exported", env.Context(app, "providerAccount"), func(awscdk.Stack) privateapi.IPrivateApiService { return provider }},
		{"CrossAccount", env.Context(app, "consumerAccount"), func(awscdk.Stack) privateapi.IPrivateApiService { return provider }},
	} {
		stack := env.NewStack(app, way.stack, way.account, env.Region, env.ZonesOf(app, way.account))
		privateapi.NewPrivateApiConsumer(stack, jsii.String("Orders"), &privateapi.PrivateApiConsumerProps{
			Vpc:     env.NewVpc(stack, "Vpc", env.ZonesOf(stack, *stack.Account())),
			Service: way.service(stack),
		})
	}
	app.Synth(nil)
}

// newProvider defines the API, which both accounts are allowed to call.
func newProvider(scope constructs.Construct) privateapi.PrivateApiProvider {
	account := env.Context(scope, "providerAccount")
	stack := env.NewStack(scope, "HandOver", account, env.Region, env.ZonesOf(scope, account))
	certificate := elbv2.ListenerCertificate_FromArn(jsii.String(env.Context(scope, "certificateArn")))
	provider := privateapi.NewPrivateApiProvider(stack, jsii.String("Orders"), &privateapi.PrivateApiProviderProps{
		Vpc:          env.NewVpc(stack, "Vpc", env.ZonesOf(stack, *stack.Account())),
		DomainNames:  jsii.Strings(domain),
		Certificates: &[]elbv2.IListenerCertificate{certificate},
		AllowedPrincipals: &[]awsiam.ArnPrincipal{
			awsiam.NewAccountPrincipal(jsii.String(env.Context(scope, "consumerAccount"))),
			awsiam.NewAccountPrincipal(jsii.String(env.Context(scope, "providerAccount"))),
		},
		AcceptanceRequired: jsii.Bool(false),
		DeletionProtection: jsii.Bool(false), // the tests delete the stack
	})
	awscdk.NewCfnOutput(stack, jsii.String("ServiceName"), &awscdk.CfnOutputProps{Value: provider.ServiceName()})
	return provider
}

// imported is the service by its name, which exists once the provider is deployed.
func imported(stack awscdk.Stack) privateapi.IPrivateApiService {
	return privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Service"), &privateapi.PrivateApiServiceAttributes{
		ServiceName:        jsii.String(env.Context(stack, "serviceName")),
		DomainNames:        jsii.Strings(domain),
		AcceptanceRequired: jsii.Bool(false),
	})
}
