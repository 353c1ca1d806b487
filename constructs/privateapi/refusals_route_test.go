package privateapi_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// badRoute is a refusal of a route, after one for /v1/* with priority 10.
func badRoute(name string, options *privateapi.RouteOptions, broken ...rules.Rule) refusal {
	return refusal{name, broken, func(stack awscdk.Stack) {
		provider := newProvider(stack)
		provider.AddRoute(jsii.String("First"), &privateapi.RouteOptions{
			PathPatterns: jsii.Strings("/v1/*"), Priority: jsii.Number(10), Targets: targets(ipTarget("10.0.0.5")),
		})
		provider.AddRoute(jsii.String("Bad"), options)
	}}
}

func routeRefusals() []refusal {
	to := targets(ipTarget("10.0.0.6"))
	return []refusal{
		badRoute("route: nothing given", nil, rules.Required, rules.RouteOverlap),
		{"route: an id twice", []rules.Rule{rules.Contradiction}, func(stack awscdk.Stack) {
			provider := newProvider(stack)
			provider.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{Targets: to, PathPatterns: jsii.Strings("/v1/*")})
			provider.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{Targets: to, PathPatterns: jsii.Strings("/v2/*")})
		}},
		badRoute("route: malformed conditions", &privateapi.RouteOptions{
			Targets: to, PathPatterns: jsii.Strings("v2"), HostHeaders: jsii.Strings("a b"),
		}, rules.RouteCondition, rules.RouteCondition),
		badRoute("route: six values", &privateapi.RouteOptions{Targets: to, PathPatterns: jsii.Strings("/a", "/b", "/c", "/d", "/e", "/f")}, rules.RouteCondition),
		badRoute("route: overlaps another, which alone has a priority", &privateapi.RouteOptions{
			Targets: to, PathPatterns: jsii.Strings("/v0/*", "/v?/*"), Priority: nil,
		}, rules.RouteOverlap),
		badRoute("route: overlaps another", &privateapi.RouteOptions{Targets: to, PathPatterns: jsii.Strings("/v1/quotes")}, rules.RouteOverlap),
		badRoute("route: priority of another", &privateapi.RouteOptions{Targets: to, PathPatterns: jsii.Strings("/v2/*"), Priority: jsii.Number(10)}, rules.RoutePriority),
		badRoute("route: priority of the health check", &privateapi.RouteOptions{Targets: to, PathPatterns: jsii.Strings("/v2/*"), Priority: jsii.Number(1)}, rules.RoutePriority),
		badRoute("route: priority out of range", &privateapi.RouteOptions{Targets: to, PathPatterns: jsii.Strings("/v2/*"), Priority: jsii.Number(50001)}, rules.RoutePriority),
		badRoute("route: path of the health check", &privateapi.RouteOptions{Targets: to, PathPatterns: jsii.Strings("/v2/*", "/privateapi-health")}, rules.RouteOverlap),
		{"route: no priority among unknown rules", []rules.Rule{rules.RoutePriority}, func(stack awscdk.Stack) {
			newProvider(stack, existing).AddRoute(jsii.String("Bad"), &privateapi.RouteOptions{Targets: to})
		}},
		badRoute("route: priority that is known only at deploy time", &privateapi.RouteOptions{
			Targets: to, PathPatterns: jsii.Strings("/v2/*"), Priority: awscdk.Token_AsNumber(map[string]any{"Ref": "Priority"}),
		}, rules.RoutePriority),
		badRoute("route: function without its type", &privateapi.RouteOptions{
			Targets: targets(&fakeTarget{kind: elbv2.TargetType_LAMBDA}), PathPatterns: jsii.Strings("/v2/*"),
		}, rules.RouteTarget),
		badRoute("route: function with a port", &privateapi.RouteOptions{
			Targets: to, TargetType: elbv2.TargetType_LAMBDA, Port: jsii.Number(80), PathPatterns: jsii.Strings("/v2/*"),
			DeregistrationDelay: awscdk.Duration_Seconds(jsii.Number(30)),
		}, rules.RouteTarget, rules.RouteTarget),
		badRoute("route: an instance whose security group is unknown", &privateapi.RouteOptions{
			Targets: targets(awselasticloadbalancingv2targets.NewInstanceIdTarget(jsii.String("i-0123456789abcdef0"), nil)), PathPatterns: jsii.Strings("/v2/*"),
		}, rules.TargetPeers),
		badRoute("route: unknown values", &privateapi.RouteOptions{
			Targets: to, PathPatterns: jsii.Strings("/v2/*"), TargetType: "ip", Protocol: "TCP", ProtocolVersion: "HTTP3",
			DeregistrationDelay: awscdk.Duration_Hours(jsii.Number(3)),
		}, rules.KnownValue, rules.KnownValue, rules.KnownValue, rules.DeregistrationDelay),
		badRoute("route: a host, and another route with a path", &privateapi.RouteOptions{Targets: to, HostHeaders: jsii.Strings(domain)}, rules.RouteOverlap),
		badRoute("route: an ALB", &privateapi.RouteOptions{Targets: to, TargetType: elbv2.TargetType_ALB, PathPatterns: jsii.Strings("/v2/*")}, rules.RouteTarget),
		badRoute("route: health check out of range", &privateapi.RouteOptions{
			Targets: to, PathPatterns: jsii.Strings("/v2/*"), HealthCheck: &elbv2.HealthCheck{
				Enabled: jsii.Bool(false), HealthyHttpCodes: jsii.String("200-600"), HealthyGrpcCodes: jsii.String("0"), Path: jsii.String("up"),
				Port: jsii.String("http"), Protocol: elbv2.Protocol_TCP, Interval: seconds(1), Timeout: seconds(121),
				HealthyThresholdCount: jsii.Number(1), UnhealthyThresholdCount: jsii.Number(11),
			},
		}, rules.TargetHealthCheck, rules.TargetHealthCheck, rules.TargetHealthCheck, rules.PortRange, rules.TargetHealthCheck, rules.TargetHealthCheck,
			rules.TargetHealthCheck, rules.TargetHealthCheck, rules.TargetHealthCheck, rules.TargetHealthCheck),
		badRoute("route: HTTP codes for gRPC targets", &privateapi.RouteOptions{
			Targets: to, PathPatterns: jsii.Strings("/v2/*"), ProtocolVersion: elbv2.ApplicationProtocolVersion_GRPC,
			HealthCheck: &elbv2.HealthCheck{HealthyHttpCodes: jsii.String("200")},
		}, rules.TargetHealthCheck),
		badRoute("route: gRPC codes out of range", &privateapi.RouteOptions{
			Targets: to, PathPatterns: jsii.Strings("/v2/*"), ProtocolVersion: elbv2.ApplicationProtocolVersion_GRPC,
			HealthCheck: &elbv2.HealthCheck{HealthyGrpcCodes: jsii.String("200")},
		}, rules.TargetHealthCheck),
		badRoute("route: an interval as short as ELB's timeout", &privateapi.RouteOptions{
			Targets: to, PathPatterns: jsii.Strings("/v2/*"), HealthCheck: &elbv2.HealthCheck{Interval: seconds(5)},
		}, rules.TargetHealthCheck),
		badRoute("route: a timeout as long as ELB's interval", &privateapi.RouteOptions{
			Targets: to, PathPatterns: jsii.Strings("/v2/*"), HealthCheck: &elbv2.HealthCheck{Timeout: seconds(30)},
		}, rules.TargetHealthCheck),
	}
}

func listenerRuleRefusals() []refusal {
	type R = privateapi.RouteOptions
	to := targets(ipTarget("10.0.0.6"))
	return []refusal{
		badRoute("route: hosts with anything but letters after the last dot", &R{
			Targets: to, HostHeaders: jsii.Strings("api.company.*", "10.0.0.1", "api.v1"), Priority: jsii.Number(20),
		}, rules.RouteCondition, rules.RouteCondition, rules.RouteCondition),
		badRoute("route: six wildcards", &R{
			Targets: to, PathPatterns: jsii.Strings("/v2/*/quotes/*", "/v3/*/quotes/*"), HostHeaders: jsii.Strings("*.*.company.com"),
		}, rules.RouteCondition),
		badRoute("route: the conditions of another", &R{Targets: to, PathPatterns: jsii.Strings("/v1/*")}, rules.RouteOverlap),
		badRoute("route: no conditions", &R{Targets: to}, rules.RouteOverlap),
		{"route: two without conditions", []rules.Rule{rules.RouteOverlap}, func(stack awscdk.Stack) {
			provider := newProvider(stack)
			provider.AddRoute(jsii.String("First"), &R{Targets: to})
			provider.AddRoute(jsii.String("Bad"), &R{Targets: to})
		}},
		{"route: gRPC on an HTTP listener", []rules.Rule{rules.GRPCListener}, func(stack awscdk.Stack) {
			newProvider(stack, existingHTTP).AddRoute(jsii.String("Bad"), &R{
				Targets: to, Priority: jsii.Number(1), ProtocolVersion: elbv2.ApplicationProtocolVersion_GRPC,
			})
		}},
		{"route: one more than an ALB can forward to", []rules.Rule{rules.TargetGroupQuota}, func(stack awscdk.Stack) { addRoutes(newProvider(stack), rules.MaxTargetGroups+1) }},
	}
}

func placementRefusals() []refusal {
	type R = privateapi.RouteOptions
	return []refusal{
		badRoute("route: public addresses", &R{
			Targets: targets(ipTarget("8.8.8.8")), PathPatterns: jsii.Strings("/v2/*"),
		}, rules.TargetAddress),
		{"route: a service in another VPC", []rules.Rule{rules.TargetVpc}, func(stack awscdk.Stack) {
			newProvider(stack).AddRoute(jsii.String("Bad"), &R{Targets: targets(fargate(stack, vpcOf(stack, "Other", "eu-west-1a")))})
		}},
		{"route: a container in another VPC of this app", []rules.Rule{rules.TargetVpc}, func(stack awscdk.Stack) {
			service := fargate(stack, newOwnVpc(stack, "Other"))
			newProvider(stack, inOwnVpc).AddRoute(jsii.String("Bad"), &R{Targets: targets(service.LoadBalancerTarget(&awsecs.LoadBalancerTargetOptions{
				ContainerName: jsii.String("app"), ContainerPort: jsii.Number(8080),
			}))})
		}},
		{"route: a service in the stack of the VPC, and the provider in another", []rules.Rule{rules.StackCycle}, func(stack awscdk.Stack) {
			provider, vpc := providerApart(stack, inOwnVpc)
			provider.AddRoute(jsii.String("Bad"), &R{Targets: targets(fargate(stack, vpc))})
		}},
		{"route: a peer in the stack of the VPC, and the provider in another", []rules.Rule{rules.StackCycle}, func(stack awscdk.Stack) {
			provider, vpc := providerApart(stack, inOwnVpc)
			provider.AddRoute(jsii.String("Bad"), &R{Targets: targets(ipTarget("10.0.0.5")), TargetPeers: &[]awsec2.IConnectable{tasks(stack, vpc)}})
		}},
		{"route: a service in the stack of its ALB, and the provider in another", []rules.Rule{rules.StackCycle}, func(stack awscdk.Stack) {
			provider, vpc := providerApart(stack, existing)
			provider.AddRoute(jsii.String("Bad"), &R{Targets: targets(fargate(stack, vpc)), Priority: jsii.Number(1)})
		}},
	}
}

// inOwnVpc places a provider in a VPC that the app defines, in the stack of the VPC that it replaces.
func inOwnVpc(p *privateapi.PrivateApiProviderProps) { p.Vpc = newOwnVpc(p.Vpc.Stack(), "Own") }

// providerApart defines a provider in a stack of its own; what it needs is in the given stack.
func providerApart(stack awscdk.Stack, edit func(*privateapi.PrivateApiProviderProps)) (privateapi.PrivateApiProvider, awsec2.IVpc) {
	props := providerProps(stack)
	edit(props)
	apart := cdktest.StackIn(awscdk.App_Of(stack), "Apart", cdktest.Account)
	return privateapi.NewPrivateApiProvider(apart, jsii.String("Pricing"), props), props.Vpc
}

// addRoutes adds a number of routes.
func addRoutes(provider privateapi.PrivateApiProvider, n int) {
	for i := range n {
		id := fmt.Sprint("Service", i, "Api")
		provider.AddRoute(&id, &privateapi.RouteOptions{Targets: targets(ipTarget("10.0.0.6")), PathPatterns: jsii.Strings(fmt.Sprintf("/v%d", i))})
	}
}

// existingHTTP puts a provider in front of an ALB of the same app that listens with HTTP.
func existingHTTP(p *privateapi.PrivateApiProviderProps) {
	alb := elbv2.NewApplicationLoadBalancer(p.Vpc.Stack(), jsii.String("Existing"), &elbv2.ApplicationLoadBalancerProps{Vpc: p.Vpc})
	p.Certificates, p.HealthCheck = nil, &elbv2.HealthCheck{Path: jsii.String("/up")}
	p.Listener = alb.AddListener(jsii.String("Http"), &elbv2.BaseApplicationListenerProps{
		Port: jsii.Number(80), Protocol: elbv2.ApplicationProtocol_HTTP, Open: jsii.Bool(false),
		DefaultAction: elbv2.ListenerAction_FixedResponse(jsii.Number(404), nil),
	})
}

func seconds(n float64) awscdk.Duration { return awscdk.Duration_Seconds(jsii.Number(n)) }
