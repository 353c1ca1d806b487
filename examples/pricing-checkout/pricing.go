package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// NewPricingStack defines the API: two versions of a service behind one provider, to which the account of Checkout may
// connect. The team of Checkout needs its outputs.
func NewPricingStack(scope constructs.Construct, id string) awscdk.Stack {
	stack := awscdk.NewStack(scope, jsii.String(id), &awscdk.StackProps{
		Env:         environment(scope, "pricingAccount"),
		Description: jsii.String("The pricing API, offered over AWS PrivateLink"),
	})
	platform := newPlatform(stack, settings(stack, "pricingAvailabilityZones"))
	certificate := elbv2.ListenerCertificate_FromArn(setting(stack, "pricingCertificateArn"))
	checkout := awsiam.NewAccountPrincipal(setting(stack, "checkoutAccount"))

	api := privateapi.NewPrivateApiProvider(stack, jsii.String("PrivateApi"), &privateapi.PrivateApiProviderProps{
		Vpc:                platform.vpc,
		DomainNames:        &[]*string{setting(stack, "pricingDomain")},
		Certificates:       &[]elbv2.IListenerCertificate{certificate},
		AllowedPrincipals:  &[]awsiam.ArnPrincipal{checkout},
		AcceptanceRequired: jsii.Bool(false),
		DeletionProtection: jsii.Bool(*setting(stack, "pricingDeletionProtection") != "false"),
	})
	containerPort := jsii.Number(8080)
	for _, version := range []struct{ id, tag, paths string }{
		{"V1", "v1", "/v1/*"},
		{"V2", "v2", "/v2/*"},
	} {
		service := platform.newService(version.id, container{
			repository: "pricing-api",
			tag:        version.tag,
			ports:      &[]*awsecs.PortMapping{{ContainerPort: containerPort}},
		})
		api.AddRoute(jsii.String(version.id), &privateapi.RouteOptions{
			PathPatterns: jsii.Strings(version.paths),
			Port:         containerPort,
			Targets:      &[]elbv2.IApplicationLoadBalancerTarget{service},
			HealthCheck:  &elbv2.HealthCheck{Path: jsii.String("/health")},
		})
	}

	output(stack, "ServiceName", "What consumers connect to", api.ServiceName())
	output(stack, "AvailabilityZoneIds", "Where consumers can connect", awscdk.Fn_Join(jsii.String(","), api.AvailabilityZoneIds()))
	return stack
}
