package main

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// NewCheckoutStack defines the client: a service that calls the pricing API by its name, and the consumer that connects it
// to the API.
func NewCheckoutStack(scope constructs.Construct, id string) awscdk.Stack {
	stack := awscdk.NewStack(scope, jsii.String(id), &awscdk.StackProps{
		Env:         environment(scope, "checkoutAccount"),
		Description: jsii.String("The checkout service, which calls the pricing API over AWS PrivateLink"),
	})
	platform := newPlatform(stack, settings(stack, "checkoutAvailabilityZones"))
	domain := setting(stack, "pricingDomain")
	service := platform.newService("Checkout", container{
		repository:  "checkout-api",
		tag:         "v1",
		environment: &map[string]*string{"PRICING_URL": jsii.String("https://" + *domain)},
	})
	pricing := privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc:     platform.vpc,
		Service: pricingService(stack, domain),
		Clients: &[]awsec2.IConnectable{service},
	})

	output(stack, "EndpointId", "The endpoint to the pricing API", pricing.VpcEndpointId())
	output(stack, "ClusterName", "The cluster of the checkout service", platform.cluster.ClusterName())
	output(stack, "FargateServiceName", "The checkout service", service.ServiceName())
	output(stack, "LogGroupName", "Where it logs", platform.logs.LogGroupName())
	return stack
}

// pricingService imports the API by its service name, which the team of Pricing knows once its stack is deployed. Exports
// do not cross accounts, so the name is a parameter; CloudFormation rejects one of another form.
func pricingService(stack awscdk.Stack, domain *string) privateapi.IPrivateApiService {
	name := awscdk.NewCfnParameter(stack, jsii.String("PricingServiceName"), &awscdk.CfnParameterProps{
		Description:           jsii.String("The output ServiceName of the stack Pricing"),
		AllowedPattern:        jsii.String(fmt.Sprintf(`^(cn\.)?com\.amazonaws\.vpce\.%s\.vpce-svc-[0-9a-f]{8,17}$`, *stack.Region())),
		ConstraintDescription: jsii.String(fmt.Sprintf("must be com.amazonaws.vpce.%s.vpce-svc-<id>", *stack.Region())),
	})
	return privateapi.PrivateApiService_FromAttributes(stack, jsii.String("PricingService"), &privateapi.PrivateApiServiceAttributes{
		ServiceName:        name.ValueAsString(),
		DomainNames:        &[]*string{domain},
		AcceptanceRequired: jsii.Bool(false),
	})
}
