package main

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	targets "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/acceptance"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// NewPricingStack defines the API, and who is accepted.
func NewPricingStack(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("ConsentPricing"), &awscdk.StackProps{Env: pricingEnv})
	api := newApi(stack)
	acceptance.NewAcceptor(stack, jsii.String("Acceptor"), &acceptance.AcceptorProps{
		Service:     api,
		Consumers:   consumers(app),
		CutRemoved:  jsii.Bool(true), // so that whoever is connected is on the list
		AlarmTopics: &[]awssns.ITopic{awssns.Topic_FromTopicArn(stack, jsii.String("OnCall"), jsii.String("arn:aws:sns:eu-west-1:222222222222:on-call"))},
	})
	awscdk.NewCfnOutput(stack, jsii.String("ServiceName"), &awscdk.CfnOutputProps{Value: api.ServiceName()})
}

// consumers are the teams that are accepted.
func consumers(app awscdk.App) *[]*acceptance.Consumer {
	checkout := &acceptance.Consumer{Label: jsii.String("checkout"), Account: checkoutEnv.Account}
	if isRemoved(app) {
		return &[]*acceptance.Consumer{checkout}
	}
	reports := &acceptance.Consumer{Label: jsii.String("reports"), Account: reportsEnv.Account, Expires: jsii.String("2099-12-31")}
	return &[]*acceptance.Consumer{checkout, reports}
}

// isRemoved reports whether Reports is off the list.
func isRemoved(app awscdk.App) bool {
	switch value := app.Node().TryGetContext(jsii.String("removed")); value {
	case nil, false, "false":
		return false
	case true, "true":
		return true
	default:
		panic(fmt.Errorf("context value removed: use true or false, got %v", value))
	}
}

// newApi defines the API, in a VPC without a way to the internet.
func newApi(stack awscdk.Stack) privateapi.PrivateApiProvider {
	certificateArn := awscdk.NewCfnParameter(stack, jsii.String("CertificateArn"), nil) // in ACM, for the domain
	api := privateapi.NewPrivateApiProvider(stack, jsii.String("Api"), &privateapi.PrivateApiProviderProps{
		Vpc:                newVpc(stack),
		DomainNames:        jsii.Strings(domain),
		Certificates:       &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(certificateArn.ValueAsString())},
		AcceptanceRequired: jsii.Bool(true),
		AllowedAccounts:    &[]*string{labEnv.Account}, // may connect, and waits; the acceptor adds those that it lists
	})
	quote := awslambda.NewFunction(stack, jsii.String("Quote"), &awslambda.FunctionProps{
		Runtime: awslambda.Runtime_NODEJS_24_X(),
		Handler: jsii.String("index.handler"),
		Code:    awslambda.Code_FromInline(jsii.String(`exports.handler = async () => ({ statusCode: 200, body: "42" })`)),
	})
	api.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"),
		Targets:      &[]elbv2.IApplicationLoadBalancerTarget{targets.NewLambdaTarget(quote)},
		TargetType:   elbv2.TargetType_LAMBDA,
	})
	return api
}

// newVpc defines a VPC of two zones without a way to the internet.
func newVpc(stack awscdk.Stack) awsec2.Vpc {
	return awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{
		MaxAzs:              jsii.Number(2),
		NatGateways:         jsii.Number(0),
		SubnetConfiguration: &[]*awsec2.SubnetConfiguration{{Name: jsii.String("Private"), SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED}},
	})
}
