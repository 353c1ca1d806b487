package transitgateway

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
)

// HubProps are the properties of a [Hub].
type HubProps struct {
	// The segments of the hub. Each has a route table of its own, which the spokes of the segment use.
	//
	// Required.
	Segments *[]*Segment

	// The accounts, organizational units (ARN) and organizations (ARN) whose VPCs may attach, by AWS RAM. Their attachments are accepted
	// automatically: CloudFormation cannot accept one.
	//
	// Default: - only VPCs of this account may attach.
	ShareWith *[]*string

	// Whether ShareWith may name accounts outside of the organization. They accept an invitation first.
	//
	// Default: false.
	AllowExternalPrincipals *bool

	// The private autonomous system number of the gateway: 64512-65534, or 4200000000-4294967294. Changing it replaces the gateway.
	//
	// Default: 64512.
	AmazonSideAsn *float64

	// Whether inbound rules may name security groups of other spokes. AWS does not support it in the zone use1-az3, for endpoints of
	// PrivateLink, and behind an inspection VPC.
	//
	// Default: true.
	SecurityGroupReferencing *bool

	// The description of the gateway.
	//
	// Default: - none.
	Description *string
}

// Segment is a group of spokes that reach the same segments.
type Segment struct {
	// The name: up to 63 letters, digits and hyphens. Changing it replaces the route table.
	//
	// Required.
	Name *string

	// The names of the segments that this one reaches. Both ways are routed, so either of the two may name the other. Spokes of one segment
	// reach each other only if the segment names itself.
	//
	// Default: - none, besides those that name this one.
	Reaches *[]*string
}

// IHub is a transit gateway with segments, defined here or imported.
type IHub interface {
	constructs.IConstruct
	GatewayMetrics

	// TransitGatewayId returns the ID of the gateway.
	TransitGatewayId() *string

	// RouteTableId returns the ID of the route table of a segment. It panics if the hub has no such segment.
	RouteTableId(segment *string) *string

	facts() *hubFacts
}

// Hub is a transit gateway with a route table for each segment, and no default route table, by which all spokes would reach each other.
//
// It attaches no VPC: [NewSpoke] does.
type Hub interface {
	IHub

	// TransitGatewayArn returns the ARN of the gateway.
	TransitGatewayArn() *string
}

type hub struct {
	constructs.Construct
	gatewayMetrics
	batch   *onecall.Batch
	gateway *onecall.Item[awsec2.CfnTransitGateway]
	known   *hubFacts
}

var _ Hub = (*hub)(nil)

// NewHub defines a [Hub].
//
// Before it defines anything, it panics with all that breaks a rule in props, such as a segment that does not exist.
func NewHub(scope constructs.Construct, id *string, props *HubProps) Hub {
	refusal.RequireScope("NewHub", scope, id)
	props = prop.Or(prop.Copy(props), &HubProps{}) // the caller may change its own
	plan := planHub(scope, id, props)
	h := &hub{known: plan.facts}
	h.gatewayMetrics.of = h.measured
	h.batch = onecall.Begin(h, &h.Construct, scope, id)
	h.define(plan, *id)
	h.batch.Flush()
	refusal.Warn(plan.report, h)
	return h
}

func (h *hub) define(plan *hubPlan, id string) {
	props := plan.props
	h.gateway = onecall.Add(h.batch, awsec2.NewCfnTransitGateway, "TransitGateway", &awsec2.CfnTransitGatewayProps{
		AmazonSideAsn:                   props.AmazonSideAsn,
		Description:                     props.Description,
		DefaultRouteTableAssociation:    disable,
		DefaultRouteTablePropagation:    disable,
		AutoAcceptSharedAttachments:     enabledIf(plan.facts.share != nil),
		SecurityGroupReferencingSupport: enabledIf(plan.facts.references),
	})
	h.known.id = onecall.Get(h.gateway, awsec2.CfnTransitGateway.AttrId)
	for _, segment := range plan.facts.segments {
		table := onecall.Add(h.batch, awsec2.NewCfnTransitGatewayRouteTable, "Segment-"+segment.name, &awsec2.CfnTransitGatewayRouteTableProps{
			TransitGatewayId: h.known.id.Placeholder(),
			Tags:             &[]*awscdk.CfnTag{{Key: jsii.String("Name"), Value: jsii.String(segment.name)}},
		})
		segment.table = onecall.Get(table, awsec2.CfnTransitGatewayRouteTable.AttrTransitGatewayRouteTableId)
	}
	if share := plan.facts.share; share != nil {
		share.Define(h.batch, &id, &[]*string{onecall.Get(h.gateway, awsec2.CfnTransitGateway.AttrTransitGatewayArn).Placeholder()}, nil)
	}
}

// The values of options. Neither CDK nor CloudFormation notices others before the deployment.
var (
	enable  = jsii.String("enable")
	disable = jsii.String("disable")
)

func enabledIf(condition bool) *string {
	if condition {
		return enable
	}
	return disable
}

func (h *hub) TransitGatewayId() *string { return prop.Copy(h.known.id.Object()) }

func (h *hub) TransitGatewayArn() *string {
	return prop.Copy(onecall.Get(h.gateway, awsec2.CfnTransitGateway.AttrTransitGatewayArn).Object())
}

func (h *hub) RouteTableId(segment *string) *string { return h.known.routeTableID(segment) }

func (h *hub) facts() *hubFacts { return h.known }
