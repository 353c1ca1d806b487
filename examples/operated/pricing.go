package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/acceptance"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// pricing is what the stack of the API has.
type pricing struct {
	stack       awscdk.Stack
	vpc         awsec2.Vpc
	isWatched   bool
	onCall      *[]awssns.ITopic
	certificate elbv2.IListenerCertificate
	api         privateapi.PrivateApiProvider
	acceptor    acceptance.Acceptor
}

// NewPricingStack defines the API, and who is accepted.
func NewPricingStack(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("OperatedPricing"), &awscdk.StackProps{Env: pricingEnv})
	certificateArn := awscdk.NewCfnParameter(stack, jsii.String("CertificateArn"), nil) // in ACM, for the domain
	p := &pricing{
		stack:       stack,
		vpc:         newVpc(stack),
		isWatched:   isWatched(app),
		onCall:      onCall(stack),
		certificate: elbv2.ListenerCertificate_FromArn(certificateArn.ValueAsString()),
	}
	p.api = p.newApi()
	p.acceptor = p.newAcceptor()
	if p.isWatched {
		p.watch()
		logRejected(p.vpc)
	}
	awscdk.NewCfnOutput(stack, jsii.String("ServiceName"), &awscdk.CfnOutputProps{Value: p.api.ServiceName()})
}

// newApi defines the API, in front of a Fargate service.
func (p *pricing) newApi() privateapi.PrivateApiProvider {
	props := &privateapi.PrivateApiProviderProps{
		Vpc:                p.vpc,
		DomainNames:        jsii.Strings(domain),
		Certificates:       &[]elbv2.IListenerCertificate{p.certificate},
		AcceptanceRequired: jsii.Bool(true),
	}
	if p.isWatched {
		props.ContributorInsights = jsii.Bool(true) // which endpoints send most
		props.AccessLogsBucket = newAccessLogsBucket(p.stack)
	}
	api := privateapi.NewPrivateApiProvider(p.stack, jsii.String("Api"), props)
	api.AddRoute(jsii.String("Quotes"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"),
		Port:         jsii.Number(8080),
		Targets:      &[]elbv2.IApplicationLoadBalancerTarget{newService(p.vpc, "Pricing", "pricing:2.4", p.isWatched, nil)},
		HealthCheck:  &elbv2.HealthCheck{Path: jsii.String("/health")},
	})
	return api
}

// newAcceptor defines who is accepted. What it cannot decide, it tells the people on call.
func (p *pricing) newAcceptor() acceptance.Acceptor {
	props := &acceptance.AcceptorProps{
		Service:     p.api,
		Consumers:   &[]*acceptance.Consumer{{Label: jsii.String("checkout"), Account: checkoutEnv.Account}},
		AlarmTopics: p.onCall,
	}
	if p.isWatched {
		props.Alarms = &map[string]*acceptance.AlarmSettings{
			"Rejected":       {Enabled: jsii.Bool(true)},
			"UnknownAccount": {Enabled: jsii.Bool(true)},
		}
	}
	return acceptance.NewAcceptor(p.stack, jsii.String("Acceptor"), props)
}
