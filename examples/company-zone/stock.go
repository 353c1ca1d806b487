package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// NewStockStack defines the API, in the account that owns it. One request of ten goes to the next version, and so do all
// requests of testers.
func NewStockStack(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("Stock"), &awscdk.StackProps{Env: stockEnv})
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	cluster := awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc})
	health := &elbv2.HealthCheck{Path: jsii.String("/health")}
	current := elbv2.NewApplicationTargetGroup(stack, jsii.String("Current"), &elbv2.ApplicationTargetGroupProps{
		Vpc:         vpc,
		Port:        jsii.Number(servicePort),
		Protocol:    elbv2.ApplicationProtocol_HTTP,
		Targets:     &[]elbv2.IApplicationLoadBalancerTarget{newService(cluster, "Stock", "stock:1.8", nil)},
		HealthCheck: health,
	})

	certificateArn := awscdk.NewCfnParameter(stack, jsii.String("CertificateArn"), nil)
	api := privateapi.NewPrivateApiProvider(stack, jsii.String("Api"), &privateapi.PrivateApiProviderProps{
		Vpc:             vpc,
		DomainNames:     jsii.Strings(domain),
		Certificates:    &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(certificateArn.ValueAsString())},
		AllowedAccounts: &[]*string{shopEnv.Account},
		// The ALB would append the address of the NLB, which tells the services nothing.
		XffHeaderProcessingMode: elbv2.XffHeaderProcessingMode_PRESERVE,
	})
	canary := api.AddRoute(jsii.String("Canary"), withToken(&privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"),
		Priority:     jsii.Number(20),
		TargetGroups: &[]*elbv2.WeightedTargetGroup{{TargetGroup: current, Weight: jsii.Number(90)}},
		Targets:      &[]elbv2.IApplicationLoadBalancerTarget{newService(cluster, "Next", "stock:1.9", nil)},
		Weight:       jsii.Number(10),
		Port:         jsii.Number(servicePort),
		HealthCheck:  health,
	}))
	api.AddRoute(jsii.String("Testers"), withToken(&privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"),
		Conditions:   &[]elbv2.ListenerCondition{elbv2.ListenerCondition_HttpHeader(jsii.String("X-Stage"), jsii.Strings("next"))},
		Priority:     jsii.Number(10), // before the canary
		TargetGroups: &[]*elbv2.WeightedTargetGroup{{TargetGroup: canary.TargetGroup()}},
	}))
	awscdk.NewCfnOutput(stack, jsii.String("ServiceName"), &awscdk.CfnOutputProps{Value: api.ServiceName()})
}

// withToken lets the ALB reject requests without a valid token of the company. It fetches the keys from the internet, through
// the NAT gateways of the VPC.
func withToken(route *privateapi.RouteOptions) *privateapi.RouteOptions {
	route.JwtIssuer = jsii.String("https://login.company.com")
	route.JwtJwksEndpoint = jsii.String("https://login.company.com/.well-known/jwks.json")
	route.JwksPeer = awsec2.Peer_AnyIpv4()
	return route
}
