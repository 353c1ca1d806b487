package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	targets "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/dnsverification"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// NewPricingStack defines the API and the verification of its name, in the account that owns both the API and the public zone.
func NewPricingStack(app awscdk.App) privateapi.PrivateApiProvider {
	stack := awscdk.NewStack(app, jsii.String("VerifiedPricing"), &awscdk.StackProps{Env: pricingEnv})
	certificateArn := awscdk.NewCfnParameter(stack, jsii.String("CertificateArn"), nil)
	zoneID := awscdk.NewCfnParameter(stack, jsii.String("PublicZoneId"), nil)

	api := privateapi.NewPrivateApiProvider(stack, jsii.String("Api"), &privateapi.PrivateApiProviderProps{
		Vpc:             awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{NatGateways: jsii.Number(0)}),
		DomainNames:     jsii.Strings(domain),
		PrivateDnsName:  jsii.String(domain),
		Certificates:    &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(certificateArn.ValueAsString())},
		AllowedAccounts: &[]*string{checkoutEnv.Account},
	})
	api.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"),
		Targets:      &[]elbv2.IApplicationLoadBalancerTarget{targets.NewLambdaTarget(newQuote(stack))},
		TargetType:   elbv2.TargetType_LAMBDA,
	})

	dnsverification.NewVerification(stack, jsii.String("Verification"), &dnsverification.VerificationProps{
		Service: api,
		HostedZone: awsroute53.HostedZone_FromHostedZoneAttributes(stack, jsii.String("PublicZone"), &awsroute53.HostedZoneAttributes{
			HostedZoneId: zoneID.ValueAsString(),
			ZoneName:     jsii.String(publicDomain),
		}),
	})
	return api
}

func newQuote(stack awscdk.Stack) awslambda.IFunction {
	return awslambda.NewFunction(stack, jsii.String("Quote"), &awslambda.FunctionProps{
		Runtime: awslambda.Runtime_NODEJS_24_X(),
		Handler: jsii.String("index.handler"),
		Code:    awslambda.Code_FromInline(jsii.String(`exports.handler = async () => ({ statusCode: 200, body: "42" })`)),
	})
}
