package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// NewCheckoutStack defines a service that calls the API, and a SaaS over the internet.
func NewCheckoutStack(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("OperatedCheckout"), &awscdk.StackProps{Env: checkoutEnv})
	watched, vpc := isWatched(app), newVpc(stack)
	checkout := newService(vpc, "Checkout", "checkout:3.1", watched, &map[string]*string{
		"PRICING_URL":  jsii.String("https://" + domain + "/v1"),
		"PAYMENTS_URL": jsii.String("https://api.payments.example.com"),
	})
	serviceName := awscdk.NewCfnParameter(stack, jsii.String("PricingServiceName"), nil)
	pricing := privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc,
		Service: privateapi.PrivateApiService_FromAttributes(stack, jsii.String("PricingService"), &privateapi.PrivateApiServiceAttributes{
			ServiceName:        serviceName.ValueAsString(),
			DomainNames:        jsii.Strings(domain),
			AcceptanceRequired: jsii.Bool(true),
		}),
		Clients: &[]awsec2.IConnectable{checkout},
	})
	if watched {
		watchCheckout(stack, vpc, pricing, checkout.Cluster())
		logRejected(vpc)
	}
}
