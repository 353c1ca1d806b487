package lattice

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// ITarget is where an API or one of its routes forwards to: an internal ALB ([Target_FromListener]), addresses ([Target_FromIpAddresses]),
// instances ([Target_FromInstances]), a function ([Target_FromFunctionArn]), or an ECS service (package ecstarget).
type ITarget interface {
	// PlanTarget checks the target for an API, and plans its target group. It reports what AWS would refuse and defines nothing.
	PlanTarget(options *TargetOptions) *TargetPlan
}

// TargetOptions are what an API says about itself to a target.
type TargetOptions struct {
	// Scope is where the API is, or will be, defined.
	Scope constructs.Construct

	// Property is the property that has the target, for messages.
	Property string

	// Protocol is what the API speaks to its clients.
	Protocol ListenerProtocol

	// Certificate is that of the API.
	//
	// Default: - the API has none.
	Certificate elbv2.IListenerCertificate

	// Report collects the problems of the target.
	Report *rules.Report
}

// TargetPlan is a target group that is to be defined.
type TargetPlan struct {
	// Type is the type of the targets.
	Type TargetType

	// Vpc is the VPC of the targets.
	//
	// Default: - none, for TargetType_LAMBDA; else required.
	Vpc awsec2.IVpc

	// Port is the port of the targets.
	//
	// Default: - none, for TargetType_LAMBDA; else required.
	Port *float64

	// Protocol is what VPC Lattice speaks to the targets.
	//
	// Default: - none, for TargetType_LAMBDA; else required.
	Protocol TargetProtocol

	// ProtocolVersion is the version of HTTP.
	//
	// Default: ProtocolVersion_HTTP1.
	ProtocolVersion ProtocolVersion

	// HealthCheck is how VPC Lattice checks the targets.
	//
	// Default: - VPC Lattice's own: HTTP on the port of the targets for ProtocolVersion_HTTP1, else none.
	HealthCheck *HealthCheck

	// Targets are registered by CloudFormation.
	//
	// Default: - none: something else registers targets.
	Targets *[]*awsvpclattice.CfnTargetGroup_TargetProperty

	// Peers are opened to VPC Lattice on the port of the targets and on that of health checks.
	//
	// Default: - nothing is opened.
	Peers *[]awsec2.IConnectable

	// Dependencies are deployed before the target group.
	//
	// Default: - what Targets refer to.
	Dependencies *[]constructs.IConstruct

	// Attach is called once the target group is defined.
	//
	// Default: - nothing is left to do.
	Attach func(scope constructs.Construct, targetGroup awsvpclattice.CfnTargetGroup)

	loadBalancer string // the name of an ALB, the same for all imports of it
}

// TargetType is the type of the targets in a target group.
type TargetType string

const (
	// TargetType_ALB is one internal ALB.
	TargetType_ALB TargetType = "ALB"
	// TargetType_INSTANCE are EC2 instances.
	TargetType_INSTANCE TargetType = "INSTANCE"
	// TargetType_IP are addresses, among them those of tasks.
	TargetType_IP TargetType = "IP"
	// TargetType_LAMBDA is one function.
	TargetType_LAMBDA TargetType = "LAMBDA"
)

// TargetProtocol is what VPC Lattice speaks to targets.
type TargetProtocol string

const (
	// TargetProtocol_HTTP has no encryption.
	TargetProtocol_HTTP TargetProtocol = "HTTP"
	// TargetProtocol_HTTPS encrypts; VPC Lattice does not verify the certificates of targets.
	TargetProtocol_HTTPS TargetProtocol = "HTTPS"
	// TargetProtocol_TCP is for ListenerProtocol_TLS_PASSTHROUGH.
	TargetProtocol_TCP TargetProtocol = "TCP"
)

// ProtocolVersion is the version of HTTP that targets speak.
type ProtocolVersion string

const (
	// ProtocolVersion_HTTP1 is HTTP/1.1.
	ProtocolVersion_HTTP1 ProtocolVersion = "HTTP1"
	// ProtocolVersion_HTTP2 is HTTP/2.
	ProtocolVersion_HTTP2 ProtocolVersion = "HTTP2"
	// ProtocolVersion_GRPC is gRPC.
	ProtocolVersion_GRPC ProtocolVersion = "GRPC"
)
