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
	// IP addresses, instances and Lambda functions. All targets of a route are of one type.
	//
	// Required.
	Targets *[]elbv2.IApplicationLoadBalancerTarget

	// Paths, with * for any characters and ? for one, such as /v1/*. At most five values together with HostHeaders, and five
	// wildcards.
	//
	// Default: - every path.
	PathPatterns *[]*string

	// Host names, with * and ? as in paths but not behind the last dot. With them, several names of one provider can lead to
	// different services.
	//
	// Default: - every host.
	HostHeaders *[]*string

	// Which route is tried first: the one with the smallest number, from 1 to 50000. Two routes that can match the same
	// request need one each. 1 is taken if a rule of the ALB answers health checks.
	//
	// Default: - derived from the id, so that adding or removing a route changes no other one. Required for an existing
	// Listener.
	Priority *float64

	// The port of the targets, unless they have their own, as Fargate services do. Not for Lambda.
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
	// peers; instances do, and so do ECS services on instances of a capacity provider.
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

func (p *privateApiProvider) AddRoute(id *string, options *RouteOptions) elbv2.ApplicationTargetGroup {
	return p.loadBalancer.AddRoute(id, (*alb.RouteOptions)(options))
}
