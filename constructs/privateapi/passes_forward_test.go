package privateapi_test

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// forwardPasses are routes with values that are known only at deployment, or as large as AWS accepts.
func forwardPasses() []passing {
	type R = privateapi.RouteOptions
	type claim = elbv2.CfnListenerRule_JwtValidationActionAdditionalClaimProperty
	peers := &[]awsec2.IConnectable{awsec2.Peer_Ipv4(jsii.String("10.0.1.0/24"))}
	route := func(name string, options func(awscdk.Stack, awsec2.IVpc) *R) passing {
		return passing{name, func(stack awscdk.Stack) {
			var vpc awsec2.IVpc
			provider := newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { vpc = p.Vpc })
			provider.AddRoute(jsii.String("Good"), options(stack, vpc))
		}}
	}
	return []passing{
		route("route: weights and a stickiness that are tokens", func(stack awscdk.Stack, vpc awsec2.IVpc) *R {
			weight := numberToken(stack, "Weight")
			return &R{
				Targets: targets(ipTarget("10.0.0.6")), Weight: weight, TargetGroups: weighted(weight, groupsIn(vpc, 4)...),
				StickinessDuration: awscdk.Duration_Seconds(numberToken(stack, "Stickiness")),
			}
		}),
		route("route: a weight of 0 beside one of 999, and a stickiness of seven days", func(_ awscdk.Stack, vpc awsec2.IVpc) *R {
			groups := weighted(jsii.Number(0), groupsIn(vpc, 2)...)
			(*groups)[1].Weight = jsii.Number(999)
			return &R{TargetGroups: groups, StickinessDuration: awscdk.Duration_Days(jsii.Number(7))}
		}),
		route("route: a target group of a VPC that is a token", func(stack awscdk.Stack, _ awsec2.IVpc) *R {
			return &R{TargetGroups: weighted(nil, targetGroup(stack, "Own", newOwnVpc(stack, "Other")))}
		}),
		route("route: an imported target group of an ALB that is a token", func(stack awscdk.Stack, _ awsec2.IVpc) *R {
			return &R{TargetGroups: weighted(nil, importedGroup(stack, textToken(stack, "Balancer"))), TargetPeers: peers, Port: jsii.Number(8080)}
		}),
		{"route: a target group of two routes", func(stack awscdk.Stack) {
			var vpc awsec2.IVpc
			provider := newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { vpc = p.Vpc })
			group := weighted(nil, groupsIn(vpc, 1)...)
			provider.AddRoute(jsii.String("First"), &R{TargetGroups: group, PathPatterns: jsii.Strings("/v1/*")})
			provider.AddRoute(jsii.String("Second"), &R{TargetGroups: group, PathPatterns: jsii.Strings("/v2/*")})
		}},
		route("route: a redirect, and a response of tokens", func(stack awscdk.Stack, _ awsec2.IVpc) *R {
			return &R{Action: elbv2.ListenerAction_FixedResponse(numberToken(stack, "Status"), &elbv2.FixedResponseOptions{MessageBody: textToken(stack, "Body")})}
		}),
		route("route: JWT validation of tokens", func(stack awscdk.Stack, _ awsec2.IVpc) *R {
			text := textToken(stack, "Text")
			return &R{
				Targets: targets(ipTarget("10.0.0.6")), JwtIssuer: text, JwtJwksEndpoint: text, JwksPeer: awsec2.Peer_AnyIpv4(),
				JwtAdditionalClaims: &[]*claim{{Name: text, Format: text, Values: &[]*string{text}}},
			}
		}),
		route("route: conditions of tokens", func(stack awscdk.Stack, _ awsec2.IVpc) *R {
			text := textToken(stack, "Text")
			return &R{Targets: targets(ipTarget("10.0.0.6")), Priority: jsii.Number(10), Conditions: &[]elbv2.ListenerCondition{
				elbv2.ListenerCondition_HttpHeader(text, &[]*string{text}), elbv2.ListenerCondition_HttpHeader(text, &[]*string{text}),
				elbv2.ListenerCondition_HttpRequestMethods(&[]*string{text}), elbv2.ListenerCondition_QueryStrings(&[]*elbv2.QueryStringCondition{{Value: text}}),
			}}
		}),
	}
}
