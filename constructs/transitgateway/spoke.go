package transitgateway

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
)

// SpokeProps are the properties of a [Spoke].
type SpokeProps struct {
	// The hub to which the VPC is attached. It is in the Region of the VPC.
	//
	// Required.
	Hub IHub

	// The VPC, of the account and Region of this stack.
	//
	// Required.
	Vpc awsec2.IVpc

	// The name of the segment of the hub.
	//
	// Required.
	Segment *string

	// The IPv4 blocks that are routed to the hub, such as those of other spokes. A block may have this VPC within it, such as 10.0.0.0/8:
	// the local route wins.
	//
	// Required.
	Destinations *[]*string

	// The blocks of small subnets that are defined for the attachment alone, as AWS advises: one for each zone of RouteSubnets, in the
	// order of the zones. A /28 is enough, and the smallest that a subnet can have. The blocks must be free: an awsec2.Vpc divides its
	// whole block among its subnets unless their CidrMask leaves some. A secondary block (awsec2.CfnVPCCidrBlock) has room too.
	//
	// Default: - the attachment uses Subnets.
	SubnetCidrBlocks *[]*string

	// The subnets of the attachment that exist, one of each zone. What the hub sends takes the routes of their route tables.
	//
	// Default: - private subnets, one of each zone, unless SubnetCidrBlocks is set.
	Subnets *awsec2.SubnetSelection

	// The subnets whose route tables get routes to the hub. The attachment has a subnet in each of their zones: without one, a zone cannot
	// reach the gateway.
	//
	// Default: - all private and isolated subnets.
	RouteSubnets *awsec2.SubnetSelection

	// Where the association with the segment and the propagations are defined: a stack of the hub's account, which is deployed after this
	// one. It is not the stack of the hub, for which this one waits.
	//
	// Default: - beside the attachment, if the hub is of the account of this stack; required otherwise.
	HubScope constructs.Construct
}

// ISpoke is a VPC that is attached to a hub, defined here or imported.
type ISpoke interface {
	routedapi.INetwork
	GatewayMetrics

	// TransitGatewayAttachmentId returns the ID of the attachment.
	TransitGatewayAttachmentId() *string
}

// Spoke is a VPC that is attached to a hub: the attachment, the routes of the VPC to the hub, which wait for it, the association with the
// segment, and the propagation of the VPC's blocks to the segments that reach it.
//
// It lets nobody in: security groups do. Inbound rules may name groups of other spokes, if the hub has SecurityGroupReferencing; outbound rules
// name blocks.
type Spoke interface {
	ISpoke
}

type spoke struct {
	constructs.Construct
	gatewayMetrics
	batch      *onecall.Batch
	known      *spokeFacts
	attachment *onecall.Item[awsec2.CfnTransitGatewayAttachment]
}

var _ Spoke = (*spoke)(nil)

// NewSpoke defines a [Spoke].
//
// Before it defines anything, it panics with all that breaks a rule in props, such as a zone without a subnet of the attachment.
func NewSpoke(scope constructs.Construct, id *string, props *SpokeProps) Spoke {
	refusal.RequireScope("NewSpoke", scope, id)
	props = prop.Or(prop.Copy(props), &SpokeProps{}) // the caller may change its own
	plan := planSpoke(scope, id, props)
	s := &spoke{known: plan.facts}
	s.gatewayMetrics.of = s.measured
	s.batch = onecall.Begin(s, &s.Construct, scope, id)
	s.define(plan)
	s.batch.Flush()
	s.defineInSegment(plan)
	s.known.routed = s
	s.known.hub.spokes = append(s.known.hub.spokes, s.known)
	refusal.Warn(plan.report, s)
	return s
}

func (s *spoke) TransitGatewayAttachmentId() *string { return prop.Copy(s.id().Object()) }

func (s *spoke) id() *onecall.Item[*string] {
	return onecall.Get(s.attachment, awsec2.CfnTransitGatewayAttachment.AttrId)
}

// PlanRouting implements [routedapi.INetwork].
func (s *spoke) PlanRouting(options *routedapi.RoutingOptions) *routedapi.RoutingPlan {
	return s.known.planRouting(options)
}
