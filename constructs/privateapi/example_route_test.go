package privateapi_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// Of a hundred requests, five go to a new version of the service.
func ExampleRoute() {
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Pricing"), nil)
	vpc, api := newApi(stack)
	service, nextVersion := newPricingService(stack, vpc), newPricingService(stack, vpc) // Fargate services, say

	canary := elbv2.NewApplicationTargetGroup(stack, jsii.String("Canary"), &elbv2.ApplicationTargetGroupProps{
		Vpc:     vpc,
		Port:    jsii.Number(80),
		Targets: &[]elbv2.IApplicationLoadBalancerTarget{nextVersion},
	})
	route := api.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"),
		Targets:      &[]elbv2.IApplicationLoadBalancerTarget{service},
		Weight:       jsii.Number(95),
		TargetGroups: &[]*elbv2.WeightedTargetGroup{{TargetGroup: canary, Weight: jsii.Number(5)}},
	})

	fmt.Println(*route.ListenerRule().Node().Path())
	// Output: Pricing/Api/RouteQuote/Rule
}

// ECS shifts the requests of a route from one target group to the other at each deployment.
func ExampleRoute_blueGreen() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Pricing"), nil)
	vpc, api := newApi(stack)

	newTargetGroup := func(id string) elbv2.ApplicationTargetGroup {
		return elbv2.NewApplicationTargetGroup(stack, jsii.String(id), &elbv2.ApplicationTargetGroupProps{
			Vpc: vpc, Port: jsii.Number(80), TargetType: elbv2.TargetType_IP,
		})
	}
	blue, green := newTargetGroup("Blue"), newTargetGroup("Green")
	route := api.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"),
		TargetGroups: &[]*elbv2.WeightedTargetGroup{
			{TargetGroup: blue, Weight: jsii.Number(100)},
			{TargetGroup: green, Weight: jsii.Number(0)},
		},
	})

	task := awsecs.NewFargateTaskDefinition(stack, jsii.String("Task"), nil)
	task.AddContainer(jsii.String("app"), &awsecs.ContainerDefinitionOptions{
		Image:        awsecs.ContainerImage_FromRegistry(jsii.String("public.ecr.aws/docker/library/httpd:2.4"), nil),
		PortMappings: &[]*awsecs.PortMapping{{ContainerPort: jsii.Number(80)}},
	})
	service := awsecs.NewFargateService(stack, jsii.String("Service"), &awsecs.FargateServiceProps{
		Cluster:            awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc}),
		TaskDefinition:     task,
		DeploymentStrategy: awsecs.DeploymentStrategy_BLUE_GREEN,
	})
	blue.AddTarget(service.LoadBalancerTarget(&awsecs.LoadBalancerTargetOptions{
		ContainerName: jsii.String("app"),
		ContainerPort: jsii.Number(80),
		AlternateTarget: awsecs.NewAlternateTarget(jsii.String("Green"), &awsecs.AlternateTargetProps{
			AlternateTargetGroup: green,
			ProductionListener:   awsecs.ListenerRuleConfiguration_ApplicationListenerRule(route.ListenerRule()),
		}),
	}))

	fmt.Println(len(*app.Synth(nil).Stacks()), "stack")
	// Output: 1 stack
}

// The ALB rejects requests without a valid token of the company's identity provider.
func ExampleRouteOptions_jwt() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Pricing"), nil)
	vpc, api := newApi(stack)

	api.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{
		PathPatterns:    jsii.Strings("/v1/*"),
		Targets:         &[]elbv2.IApplicationLoadBalancerTarget{newPricingService(stack, vpc)},
		JwtIssuer:       jsii.String("https://id.company.com"),
		JwtJwksEndpoint: jsii.String("https://id.company.com/.well-known/jwks.json"),
		JwksPeer:        awsec2.Peer_AnyIpv4(), // or the addresses of the identity provider
	})

	fmt.Println(len(*app.Synth(nil).Stacks()), "stack")
	// Output: 1 stack
}

// Testers reach a new version of the service by a header, before all others.
func ExampleRouteOptions_header() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Pricing"), nil)
	vpc, api := newApi(stack)
	service, nextVersion := newPricingService(stack, vpc), newPricingService(stack, vpc) // Fargate services, say

	api.AddRoute(jsii.String("Preview"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"),
		Conditions:   &[]elbv2.ListenerCondition{elbv2.ListenerCondition_HttpHeader(jsii.String("X-Preview"), jsii.Strings("yes"))},
		Priority:     jsii.Number(10),
		Targets:      &[]elbv2.IApplicationLoadBalancerTarget{nextVersion},
	})
	api.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"),
		Priority:     jsii.Number(20),
		Targets:      &[]elbv2.IApplicationLoadBalancerTarget{service},
	})

	fmt.Println(len(*app.Synth(nil).Stacks()), "stack")
	// Output: 1 stack
}

// newApi is a provider without routes.
func newApi(stack awscdk.Stack) (awsec2.IVpc, privateapi.PrivateApiProvider) {
	props := providerProps(stack)
	return props.Vpc, privateapi.NewPrivateApiProvider(stack, jsii.String("Api"), props)
}
