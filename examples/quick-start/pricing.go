package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	targets "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// NewPricingStack defines the API, in the account that owns it.
func NewPricingStack(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("Pricing"), &awscdk.StackProps{Env: pricingEnv})
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	quote := awslambda.NewFunction(stack, jsii.String("Quote"), &awslambda.FunctionProps{
		Runtime: awslambda.Runtime_NODEJS_24_X(),
		Handler: jsii.String("index.handler"),
		Code:    awslambda.Code_FromInline(jsii.String(`exports.handler = async () => ({ statusCode: 200, body: "42" })`)),
	})

	api := privateapi.NewPrivateApiProvider(stack, jsii.String("Api"), &privateapi.PrivateApiProviderProps{
		Vpc:               vpc,
		DomainNames:       jsii.Strings(domain),
		Certificates:      &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String(certificate))},
		AllowedPrincipals: &[]awsiam.ArnPrincipal{awsiam.NewAccountPrincipal(checkoutEnv.Account)},
	})
	api.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"),
		Targets:      &[]elbv2.IApplicationLoadBalancerTarget{targets.NewLambdaTarget(quote)},
		TargetType:   elbv2.TargetType_LAMBDA,
	})
	awscdk.NewCfnOutput(stack, jsii.String("ServiceName"), &awscdk.CfnOutputProps{Value: api.ServiceName()})
}
