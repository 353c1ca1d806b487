package privateapi_test

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// targetGroup defines a target group of IP addresses in a VPC.
func targetGroup(scope constructs.Construct, id string, vpc awsec2.IVpc, edit ...func(*elbv2.ApplicationTargetGroupProps)) elbv2.ApplicationTargetGroup {
	props := &elbv2.ApplicationTargetGroupProps{Vpc: vpc, Port: jsii.Number(8080), TargetType: elbv2.TargetType_IP}
	for _, e := range edit {
		e(props)
	}
	return elbv2.NewApplicationTargetGroup(scope, jsii.String(id), props)
}

const targetGroupArn = "arn:aws:elasticloadbalancing:eu-west-1:222222222222:targetgroup/quotes/0123456789abcdef"

// importedGroup imports a target group, which belongs to the ALBs of some ARNs if they are given.
func importedGroup(scope constructs.Construct, loadBalancers *string) elbv2.IApplicationTargetGroup {
	return elbv2.ApplicationTargetGroup_FromTargetGroupAttributes(scope, jsii.String("Imported"), &elbv2.TargetGroupAttributes{
		TargetGroupArn: jsii.String(targetGroupArn), LoadBalancerArns: loadBalancers,
	})
}

// weighted lists target groups with one weight, or without one.
func weighted(weight *float64, groups ...elbv2.IApplicationTargetGroup) *[]*elbv2.WeightedTargetGroup {
	var list []*elbv2.WeightedTargetGroup
	for _, group := range groups {
		list = append(list, &elbv2.WeightedTargetGroup{TargetGroup: group, Weight: weight})
	}
	return &list
}

// groupsIn defines a number of target groups.
func groupsIn(vpc awsec2.IVpc, n int) (list []elbv2.IApplicationTargetGroup) {
	for i := range n {
		list = append(list, targetGroup(vpc.Stack(), fmt.Sprint("Group", i), vpc))
	}
	return list
}

// badForward is a refusal of a route to what options returns for the VPC of the provider.
func badForward(name string, options func(awsec2.IVpc) *privateapi.RouteOptions, broken ...rules.Rule) refusal {
	return refusal{name, broken, func(stack awscdk.Stack) {
		var vpc awsec2.IVpc
		provider := newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { vpc = p.Vpc })
		provider.AddRoute(jsii.String("Bad"), options(vpc))
	}}
}

func forwardRefusals() []refusal {
	type R = privateapi.RouteOptions
	to := targets(ipTarget("10.0.0.6"))
	peers := &[]awsec2.IConnectable{awsec2.Peer_Ipv4(jsii.String("10.0.1.0/24"))}
	return []refusal{
		badForward("route: weights out of range, and a stickiness of eight days", func(vpc awsec2.IVpc) *R {
			groups := weighted(jsii.Number(1000), groupsIn(vpc, 2)...)
			(*groups)[1].Weight = jsii.Number(0.5)
			return &R{Targets: to, Weight: jsii.Number(-1), TargetGroups: groups, StickinessDuration: awscdk.Duration_Days(jsii.Number(8))}
		}, rules.WeightedForward, rules.WeightedForward, rules.WeightedForward, rules.WeightedForward),
		badForward("route: six target groups", func(vpc awsec2.IVpc) *R {
			return &R{Targets: to, TargetGroups: weighted(nil, groupsIn(vpc, 5)...)}
		}, rules.WeightedForward),
		badForward("route: a target group twice", func(vpc awsec2.IVpc) *R {
			group := groupsIn(vpc, 1)[0]
			return &R{TargetGroups: weighted(nil, group, group)}
		}, rules.WeightedForward),
		badForward("route: weights of 0 only", func(vpc awsec2.IVpc) *R {
			return &R{TargetGroups: weighted(jsii.Number(0), groupsIn(vpc, 2)...)}
		}, rules.WeightedForward),
		badForward("route: nil target groups", func(awsec2.IVpc) *R {
			return &R{TargetGroups: &[]*elbv2.WeightedTargetGroup{nil, {}}}
		}, rules.Required, rules.Required),
		badForward("route: weight and stickiness without a second target group", func(awsec2.IVpc) *R {
			return &R{Targets: to, Weight: jsii.Number(1), StickinessDuration: seconds(60)}
		}, rules.Contradiction, rules.Contradiction),
		badForward("route: properties that belong to the target group", func(vpc awsec2.IVpc) *R {
			return &R{
				TargetGroups: weighted(nil, groupsIn(vpc, 1)...), HealthCheck: &elbv2.HealthCheck{Path: jsii.String("/up")}, Protocol: elbv2.ApplicationProtocol_HTTP,
				ProtocolVersion: elbv2.ApplicationProtocolVersion_HTTP1, TargetType: elbv2.TargetType_IP, DeregistrationDelay: seconds(30),
			}
		}, rules.Contradiction, rules.Contradiction, rules.Contradiction, rules.Contradiction, rules.Contradiction),
		badForward("route: a target group of another VPC", func(vpc awsec2.IVpc) *R {
			return &R{TargetGroups: weighted(nil, targetGroup(vpc.Stack(), "Far", vpcOf(vpc.Stack(), "Other", "eu-west-1a")))}
		}, rules.TargetVpc),
		badForward("route: a target group of instances without peers", func(vpc awsec2.IVpc) *R {
			return &R{TargetGroups: weighted(nil, targetGroup(vpc.Stack(), "Servers", vpc, func(p *elbv2.ApplicationTargetGroupProps) {
				p.TargetType = elbv2.TargetType_INSTANCE
				p.Targets = targets(awselasticloadbalancingv2targets.NewInstanceIdTarget(jsii.String("i-0123456789abcdef0"), nil))
			}))}
		}, rules.TargetPeers),
		badForward("route: an imported target group with peers on a port that nobody knows", func(vpc awsec2.IVpc) *R {
			return &R{TargetGroups: weighted(nil, importedGroup(vpc.Stack(), nil)), TargetPeers: peers}
		}, rules.Required),
		badForward("route: an imported target group of another ALB", func(vpc awsec2.IVpc) *R {
			return &R{TargetGroups: weighted(nil, importedGroup(vpc.Stack(), jsii.String(loadBalancerArn))), TargetPeers: peers, Port: jsii.Number(8080)}
		}, rules.TargetGroupLoadBalancer),
		{"route: a target group of another provider", []rules.Rule{rules.TargetGroupLoadBalancer}, func(stack awscdk.Stack) {
			props := providerProps(stack)
			group := weighted(nil, groupsIn(props.Vpc, 1)...)
			for _, id := range []string{"First", "Second"} {
				privateapi.NewPrivateApiProvider(stack, jsii.String(id), props).AddRoute(jsii.String("Route"), &R{TargetGroups: group})
			}
		}},
		{"route: a target group in another stack, and the VPC in that of the provider", []rules.Rule{rules.StackCycle}, func(stack awscdk.Stack) {
			var vpc awsec2.IVpc
			provider := newProvider(stack, inOwnVpc, func(p *privateapi.PrivateApiProviderProps) { vpc = p.Vpc })
			apart := cdktest.StackIn(awscdk.App_Of(stack), "Apart", cdktest.Account)
			provider.AddRoute(jsii.String("Bad"), &R{TargetGroups: weighted(nil, targetGroup(apart, "Far", vpc))})
		}},
		{"route: a gRPC target group on an HTTP listener", []rules.Rule{rules.GRPCListener}, func(stack awscdk.Stack) {
			var vpc awsec2.IVpc
			provider := newProvider(stack, existingHTTP, func(p *privateapi.PrivateApiProviderProps) { vpc = p.Vpc })
			provider.AddRoute(jsii.String("Bad"), &R{Priority: jsii.Number(1), TargetGroups: weighted(nil, targetGroup(stack, "Quotes", vpc, func(p *elbv2.ApplicationTargetGroupProps) {
				p.ProtocolVersion = elbv2.ApplicationProtocolVersion_GRPC
			}))})
		}},
	}
}

func actionRefusals() []refusal {
	type R = privateapi.RouteOptions
	to := targets(ipTarget("10.0.0.6"))
	return []refusal{
		badForward("route: an action with targets", func(vpc awsec2.IVpc) *R {
			return &R{
				Action: elbv2.ListenerAction_FixedResponse(jsii.Number(410), nil), Targets: to, TargetGroups: weighted(nil, groupsIn(vpc, 1)...),
				Weight: jsii.Number(1), StickinessDuration: seconds(60), Port: jsii.Number(80), TargetPeers: &[]awsec2.IConnectable{},
			}
		}, rules.Contradiction, rules.Contradiction, rules.Contradiction, rules.Contradiction, rules.Contradiction, rules.Contradiction),
		badForward("route: an action that forwards", func(vpc awsec2.IVpc) *R {
			groups := groupsIn(vpc, 1)
			return &R{Action: elbv2.ListenerAction_Forward(&groups, nil)}
		}, rules.RouteAction),
		badForward("route: an action that validates JWTs, and a response of 302 that is too long", func(awsec2.IVpc) *R {
			response := elbv2.ListenerAction_FixedResponse(jsii.Number(302), &elbv2.FixedResponseOptions{MessageBody: jsii.String(strings.Repeat("-", 1025))})
			return &R{Action: elbv2.ListenerAction_AuthenticateJwt(&elbv2.AuthenticateJwtOptions{
				Issuer: jsii.String("https://id.company.com"), JwksEndpoint: jsii.String("https://id.company.com/jwks"), Next: response,
			})}
		}, rules.RouteAction, rules.RouteAction, rules.RouteAction),
		badForward("route: an action that CDK does not know", func(awsec2.IVpc) *R {
			return &R{Action: elbv2.NewListenerAction(&elbv2.CfnListener_ActionProperty{Type: jsii.String("authenticate-cognito")}, nil)}
		}, rules.RouteAction),
	}
}

func jwtRefusals() []refusal {
	type R = privateapi.RouteOptions
	type claim = elbv2.CfnListenerRule_JwtValidationActionAdditionalClaimProperty
	to, everywhere := targets(ipTarget("10.0.0.6")), awsec2.Peer_AnyIpv4()
	issuer, endpoint := jsii.String("https://id.company.com"), jsii.String("https://id.company.com/jwks")
	long := strings.Repeat("a", 257)
	jwt := func(name string, options *R, broken ...rules.Rule) refusal {
		options.Targets = to
		return badForward(name, func(awsec2.IVpc) *R { return options }, broken...)
	}
	claims := func(n int) *[]*claim {
		var list []*claim
		for i := range n {
			list = append(list, &claim{Name: jsii.String(fmt.Sprint("claim", i)), Format: jsii.String("single-string"), Values: jsii.Strings("a")})
		}
		return &list
	}
	return []refusal{
		jwt("route: keys without an issuer, and no way to them", &R{JwtJwksEndpoint: endpoint}, rules.Required, rules.JwksEgress),
		jwt("route: an issuer without keys", &R{JwtIssuer: issuer, JwksPeer: everywhere}, rules.Required),
		jwt("route: claims and a way to keys without an issuer", &R{JwtAdditionalClaims: claims(1), JwksPeer: everywhere}, rules.Contradiction, rules.Contradiction),
		jwt("route: keys over HTTP", &R{JwtIssuer: &long, JwtJwksEndpoint: jsii.String("http://id.company.com/jwks"), JwksPeer: everywhere}, rules.JwtValidation, rules.JwtValidation),
		jwt("route: keys without a path", &R{JwtIssuer: issuer, JwtJwksEndpoint: jsii.String("https://id.company.com"), JwksPeer: everywhere}, rules.JwtValidation),
		jwt("route: eleven claims", &R{JwtIssuer: issuer, JwtJwksEndpoint: endpoint, JwksPeer: everywhere, JwtAdditionalClaims: claims(11)}, rules.JwtValidation),
		jwt("route: malformed claims", &R{JwtIssuer: issuer, JwtJwksEndpoint: endpoint, JwksPeer: everywhere, JwtAdditionalClaims: &[]*claim{
			nil,
			{Name: jsii.String("scope")},
			{Name: jsii.String("exp"), Format: jsii.String("string"), Values: jsii.Strings()},
			{Name: jsii.String("scope"), Format: jsii.String("space-separated-values"), Values: jsii.Strings("read write", long)},
			{Name: jsii.String("tier"), Format: jsii.String("single-string"), Values: jsii.Strings("gold", "silver")},
			{Name: jsii.String("team"), Format: jsii.String("string-array"), Values: jsii.Strings("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k")},
		}}, rules.Required, rules.Required, rules.JwtValidation, rules.JwtValidation, rules.JwtValidation, rules.JwtValidation, rules.JwtValidation, rules.JwtValidation, rules.JwtValidation),
		{"route: JWT validation on an HTTP listener", []rules.Rule{rules.JwtValidation}, func(stack awscdk.Stack) {
			newProvider(stack, existingHTTP).AddRoute(jsii.String("Bad"), &R{Targets: to, Priority: jsii.Number(1), JwtIssuer: issuer, JwtJwksEndpoint: endpoint})
		}},
	}
}

func conditionRefusals() []refusal {
	type R = privateapi.RouteOptions
	to := targets(ipTarget("10.0.0.6"))
	conditions := func(list ...elbv2.ListenerCondition) *[]elbv2.ListenerCondition { return &list }
	return []refusal{
		badRoute("route: conditions without a priority", &R{Targets: to, Conditions: conditions(
			elbv2.ListenerCondition_HttpRequestMethods(jsii.Strings("GET")), nil,
		)}, rules.Required, rules.RoutePriority),
		badRoute("route: malformed conditions on headers, methods, queries and addresses", &R{
			Targets: to, Priority: jsii.Number(20), Conditions: conditions(
				elbv2.ListenerCondition_HttpHeader(jsii.String("Host"), jsii.Strings("api.company.com")),
				elbv2.ListenerCondition_HttpHeader(jsii.String("X-*"), jsii.Strings("")),
				elbv2.ListenerCondition_HttpRequestMethods(jsii.Strings("get")),
				elbv2.ListenerCondition_QueryStrings(&[]*elbv2.QueryStringCondition{{Value: jsii.String(strings.Repeat("a", 129))}}),
				elbv2.ListenerCondition_SourceIps(jsii.Strings("10.0.0.0")),
			),
		}, rules.RouteCondition, rules.RouteCondition, rules.RouteCondition, rules.RouteCondition, rules.RouteCondition, rules.CIDR),
		badRoute("route: conditions on host and path", &R{Targets: to, Priority: jsii.Number(20), Conditions: conditions(
			elbv2.ListenerCondition_HostHeaders(jsii.Strings(domain)), elbv2.ListenerCondition_PathPatterns(jsii.Strings("/v2/*")),
		)}, rules.Contradiction, rules.Contradiction),
		badRoute("route: two conditions on the method", &R{Targets: to, Priority: jsii.Number(20), Conditions: conditions(
			elbv2.ListenerCondition_HttpRequestMethods(jsii.Strings("GET")), elbv2.ListenerCondition_HttpRequestMethods(jsii.Strings("HEAD")),
		)}, rules.RouteCondition),
		badRoute("route: six values of paths and headers", &R{Targets: to, Priority: jsii.Number(20), PathPatterns: jsii.Strings("/a", "/b", "/c"), Conditions: conditions(
			elbv2.ListenerCondition_HttpHeader(jsii.String("X-Stage"), jsii.Strings("a", "b")), elbv2.ListenerCondition_HttpRequestMethods(jsii.Strings("GET")),
		)}, rules.RouteCondition),
		{"route: the priority that another id has", []rules.Rule{rules.RoutePriority}, func(stack awscdk.Stack) {
			provider := newProvider(stack)
			provider.AddRoute(jsii.String("First"), &R{Targets: to, PathPatterns: jsii.Strings("/v1/*"), Priority: jsii.Number(float64(rules.DerivePriority("Bad")))})
			provider.AddRoute(jsii.String("Bad"), &R{Targets: to, PathPatterns: jsii.Strings("/v2/*")})
		}},
	}
}
