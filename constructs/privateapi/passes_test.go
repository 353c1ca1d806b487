package privateapi_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// passing builds something that is close to a refusal and must not be refused.
type passing struct {
	name  string
	build func(awscdk.Stack)
}

// goodRoute passes as the only route of a provider.
func goodRoute(name string, options func(awscdk.Stack) *privateapi.RouteOptions) passing {
	return passing{name, func(stack awscdk.Stack) {
		o := options(stack)
		if o.Targets == nil {
			o.Targets = targets(ipTarget("10.0.0.6"))
		}
		newProvider(stack).AddRoute(jsii.String("Good"), o)
	}}
}

func routePasses() []passing {
	type R = privateapi.RouteOptions
	return []passing{
		goodRoute("route: a health check of tokens", func(stack awscdk.Stack) *R {
			return &R{HealthCheck: &elbv2.HealthCheck{
				HealthyHttpCodes: textToken(stack, "Codes"), Path: textToken(stack, "Path"), Port: textToken(stack, "Port"),
				Interval: awscdk.Duration_Seconds(numberToken(stack, "Interval")), HealthyThresholdCount: numberToken(stack, "Healthy"),
			}}
		}),
		goodRoute("route: gRPC codes that are a token", func(stack awscdk.Stack) *R {
			return &R{ProtocolVersion: elbv2.ApplicationProtocolVersion_GRPC, HealthCheck: &elbv2.HealthCheck{HealthyGrpcCodes: textToken(stack, "Codes")}}
		}),
		goodRoute("route: gRPC codes", func(awscdk.Stack) *R {
			return &R{ProtocolVersion: elbv2.ApplicationProtocolVersion_GRPC, HealthCheck: &elbv2.HealthCheck{
				HealthyGrpcCodes: jsii.String("0-99"), Path: jsii.String("/grpc.health.v1.Health/Check"), Interval: seconds(6), Port: jsii.String("traffic-port"),
			}}
		}),
		goodRoute("route: five wildcards, three values, and hosts that are tokens", func(stack awscdk.Stack) *R {
			return &R{PathPatterns: jsii.Strings("/*/a/*", "/?/b/*", "/c/*"), HostHeaders: &[]*string{textToken(stack, "Host"), textToken(stack, "Other")}}
		}),
		{"route: two of the same tokens", func(stack awscdk.Stack) {
			provider, paths := newProvider(stack), &[]*string{textToken(stack, "Path")}
			provider.AddRoute(jsii.String("First"), &R{Targets: targets(ipTarget("10.0.0.6")), PathPatterns: paths})
			provider.AddRoute(jsii.String("Second"), &R{Targets: targets(ipTarget("10.0.0.6")), PathPatterns: paths})
		}},
		{"route: as many as an ALB can forward to", func(stack awscdk.Stack) { addRoutes(newProvider(stack), rules.MaxTargetGroups) }},
		{"route: gRPC on an HTTPS listener", func(stack awscdk.Stack) {
			newProvider(stack, existing).AddRoute(jsii.String("Good"), &R{
				Targets: targets(ipTarget("10.0.0.6")), Priority: jsii.Number(1), ProtocolVersion: elbv2.ApplicationProtocolVersion_GRPC,
			})
		}},
		goodRoute("route: a function without health checks", func(awscdk.Stack) *R {
			return &R{
				TargetType: elbv2.TargetType_LAMBDA, Targets: targets(&fakeTarget{kind: elbv2.TargetType_LAMBDA}),
				HealthCheck: &elbv2.HealthCheck{Enabled: jsii.Bool(false), Timeout: seconds(30)},
			}
		}),
	}
}

func TestValuesThatPass(t *testing.T) {
	defer cdktest.Recover(t)
	for _, tc := range routePasses() {
		cdktest.Run(t, tc.name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			cdktest.Check(t, func() { tc.build(stack) })
		})
	}
}

// textToken is a string that is known only at deployment.
func textToken(stack awscdk.Stack, id string) *string {
	return awscdk.NewCfnParameter(stack, jsii.String(id), nil).ValueAsString()
}

// numberToken is a number that is known only at deployment.
func numberToken(stack awscdk.Stack, id string) *float64 {
	return awscdk.NewCfnParameter(stack, jsii.String(id), &awscdk.CfnParameterProps{Type: jsii.String("Number")}).ValueAsNumber()
}
