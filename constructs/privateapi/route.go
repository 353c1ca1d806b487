package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alb"
)

// RouteOptions say which requests go where.
type RouteOptions struct {
	// Where requests go: a Fargate service (or its LoadBalancerTarget), or what awselasticloadbalancingv2targets has for
	// IP addresses, instances and Lambda functions. All targets of a route are of one type. The route defines a target group
	// for them.
	//
	// Default: - none; required unless TargetGroups or Action is set.
	Targets *[]elbv2.IApplicationLoadBalancerTarget

	// Existing target groups, of this app or imported. Each gets a share of the requests: its weight, from 0 to 999, relative to the
	// sum of all weights. At most five, including that of Targets. Security groups are opened for all targets that CDK knows, also
	// for those that join a target group of this app later; for others, set TargetPeers.
	//
	// Default: - none.
	TargetGroups *[]*elbv2.WeightedTargetGroup

	// The weight of Targets beside TargetGroups, from 0 to 999.
	//
	// Default: 1.
	Weight *float64

	// How long a client stays with the target group that got its first request, from 1 second to 7 days. It needs
	// TargetGroups, and clients that keep cookies.
	//
	// Default: - no stickiness: each request is routed by weight.
	StickinessDuration awscdk.Duration

	// The action that answers requests without a target: ListenerAction_FixedResponse or ListenerAction_Redirect. Set it instead of
	// Targets and TargetGroups.
	//
	// Default: - none.
	Action elbv2.ListenerAction

	// Paths, with * for any characters and ? for one, such as /v1/*. At most five values together with HostHeaders and
	// Conditions, and five wildcards.
	//
	// Default: - every path.
	PathPatterns *[]*string

	// Host names, with * and ? as in paths but not behind the last dot. With them, several names of one provider can lead to
	// different services.
	//
	// Default: - every host.
	HostHeaders *[]*string

	// Further conditions that requests must meet, such as on headers, methods and query strings. A condition on the source address
	// sees the NLB, because PrivateLink hides the clients. A route with Conditions needs a Priority.
	//
	// Default: - none.
	Conditions *[]elbv2.ListenerCondition

	// The priority of the listener rule, from 1 to 50000. Routes are tried in ascending order, and two routes that can match the
	// same request need one each. 1 is taken if a rule of the ALB answers health checks.
	//
	// Default: - derived from the id, so that adding or removing a route changes no other one. Required for an existing
	// Listener, and for a route with Conditions.
	Priority *float64

	// The issuer of the JSON Web Tokens that requests carry, of at most 256 characters. With it and JwtJwksEndpoint, the ALB
	// validates the token in the Authorization header of each request, and rejects requests without a valid one. It needs
	// an HTTPS listener.
	//
	// Default: - tokens are not validated.
	JwtIssuer *string

	// The https:// URL of the issuer's keys, of at most 256 characters. Its host must be public. The ALB needs a route to it, such
	// as through a NAT gateway, and JwksPeer. ELB does not document how it fetches the keys; the assumption here is that it does so
	// from the subnets of the ALB, as with OIDC.
	//
	// Default: - tokens are not validated.
	JwtJwksEndpoint *string

	// Claims that a token must have besides iss and exp: at most ten, with at most ten values each.
	//
	// Default: - none.
	JwtAdditionalClaims *[]*elbv2.CfnListenerRule_JwtValidationActionAdditionalClaimProperty

	// The addresses of the host of JwtJwksEndpoint, such as Peer_AnyIpv4(). The ALB may send traffic to them on the port of the URL.
	//
	// Default: - nothing is opened; required with JwtIssuer for an ALB that is built.
	JwksPeer awsec2.IPeer

	// The port of the targets, unless they have their own, as Fargate services do. For TargetGroups, a port on which
	// TargetPeers are opened. Not for Lambda.
	//
	// Default: 80, or 443 with HTTPS.
	Port *float64

	// How the ALB talks to the targets. Not for Lambda.
	//
	// Default: ApplicationProtocol_HTTP.
	Protocol elbv2.ApplicationProtocol

	// The version of HTTP. GRPC needs an HTTPS listener.
	//
	// Default: ApplicationProtocolVersion_HTTP1.
	ProtocolVersion elbv2.ApplicationProtocolVersion

	// The type of the targets. TargetType_LAMBDA is required for a Lambda function.
	//
	// Default: - that of the targets.
	TargetType elbv2.TargetType

	// The instances, security groups or CIDR blocks behind targets that CDK does not open. They and the ALB are opened to
	// each other on the ports of the targets, or on Port. IP targets, Fargate services and Auto Scaling groups need no
	// peers; instances do, and so do ECS services on instances of a capacity provider, imported TargetGroups, and targets of
	// TargetGroups whose health checks have a port of their own.
	//
	// Default: - none.
	TargetPeers *[]awsec2.IConnectable

	// How the ALB checks the targets. If it has a Port of its own, that is opened too. The interval must be longer than the
	// timeout; HealthyGrpcCodes go with ApplicationProtocolVersion_GRPC, and HealthyHttpCodes with the others.
	//
	// Default: - ELB's: GET / on the traffic port, answered with 200.
	HealthCheck *elbv2.HealthCheck

	// How long requests may finish at a target that is being removed.
	//
	// Default: - 300 seconds, which is ELB's own.
	DeregistrationDelay awscdk.Duration
}

// Route is a route of an API: a rule of the ALB's listener, and the target group of its Targets.
type Route interface {
	// TargetGroup returns the target group that the route defined for its Targets; nil without Targets.
	TargetGroup() elbv2.ApplicationTargetGroup

	// ListenerRule returns the listener rule. An ECS service that is deployed blue/green shifts its requests, between two
	// TargetGroups: awsecs.ListenerRuleConfiguration_ApplicationListenerRule takes the rule.
	ListenerRule() elbv2.ApplicationListenerRule
}

func (p *privateApiProvider) AddRoute(id *string, options *RouteOptions) Route {
	return p.loadBalancer.AddRoute(id, (*alb.RouteOptions)(options))
}
