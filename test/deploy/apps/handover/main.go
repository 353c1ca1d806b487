// Command handover is a CDK app of an API and its caller that hands over the name of the service in ways that the example
// does not use: as text, and by reference between stacks of one app, in one account or in two.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/place"
)

const domain = "api.orders.internal.company.com"

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	offered := newOffer(app)
	for _, way := range []struct {
		stack, account string
		service        func(awscdk.Stack) privateapi.IPrivateApiService
	}{
		{"Literal", place.Context(app, "callerAccount"), imported},
		{"SameAccount", place.Context(app, "offerAccount"), func(awscdk.Stack) privateapi.IPrivateApiService { return offered }},
		{"Exported", place.Context(app, "offerAccount"), func(awscdk.Stack) privateapi.IPrivateApiService { return offered }},
		{"CrossAccount", place.Context(app, "callerAccount"), func(awscdk.Stack) privateapi.IPrivateApiService { return offered }},
	} {
		stack := place.NewStack(app, way.stack, way.account, place.Region, place.ZonesOf(app, way.account))
		privateapi.NewPrivateApiConsumer(stack, jsii.String("Orders"), &privateapi.PrivateApiConsumerProps{
			Vpc:     place.NewVpc(stack, "Vpc", place.ZonesOf(stack, *stack.Account())),
			Service: way.service(stack),
		})
	}
	app.Synth(nil)
}

// newOffer defines the API, which both accounts may call.
func newOffer(scope constructs.Construct) privateapi.PrivateApiProvider {
	account := place.Context(scope, "offerAccount")
	stack := place.NewStack(scope, "HandOver", account, place.Region, place.ZonesOf(scope, account))
	certificate := elbv2.ListenerCertificate_FromArn(jsii.String(place.Context(scope, "certificateArn")))
	offered := privateapi.NewPrivateApiProvider(stack, jsii.String("Orders"), &privateapi.PrivateApiProviderProps{
		Vpc:          place.NewVpc(stack, "Vpc", place.ZonesOf(stack, *stack.Account())),
		DomainNames:  jsii.Strings(domain),
		Certificates: &[]elbv2.IListenerCertificate{certificate},
		AllowedPrincipals: &[]awsiam.ArnPrincipal{
			awsiam.NewAccountPrincipal(jsii.String(place.Context(scope, "callerAccount"))),
			awsiam.NewAccountPrincipal(jsii.String(place.Context(scope, "offerAccount"))),
		},
		AcceptanceRequired: jsii.Bool(false),
		DeletionProtection: jsii.Bool(false), // the tests delete it
	})
	awscdk.NewCfnOutput(stack, jsii.String("ServiceName"), &awscdk.CfnOutputProps{Value: offered.ServiceName()})
	return offered
}

// imported is the service by its name, which exists once the offer is deployed.
func imported(stack awscdk.Stack) privateapi.IPrivateApiService {
	return privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Service"), &privateapi.PrivateApiServiceAttributes{
		ServiceName:        jsii.String(place.Context(stack, "serviceName")),
		DomainNames:        jsii.Strings(domain),
		AcceptanceRequired: jsii.Bool(false),
	})
}
