package transitgateway

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/routes"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// SpokeAttributes describe a spoke that another app defines, with its routes and its association.
type SpokeAttributes struct {
	// The hub to which the VPC is attached.
	//
	// Required.
	Hub IHub

	// The VPC.
	//
	// Required.
	Vpc awsec2.IVpc

	// The ID of the attachment, tgw-attach-<id>. It may be a token.
	//
	// Required.
	TransitGatewayAttachmentId *string

	// The name of the segment of the hub.
	//
	// Required.
	Segment *string

	// The IPv4 blocks that are routed to the hub.
	//
	// Default: - not known, so that they are not compared with the blocks of APIs.
	Destinations *[]*string
}

type importedSpoke struct {
	constructs.Construct
	gatewayMetrics
	known *spokeFacts
	id    *string
}

var _ ISpoke = (*importedSpoke)(nil)

// Spoke_FromAttributes imports a spoke: that of consumers of this app, or that of an API, so that the segments of the two are compared. It adds
// no routes.
//
// It panics if an attribute is missing or malformed, or if the hub has a spoke of the VPC already.
func Spoke_FromAttributes(scope constructs.Construct, id *string, attrs *SpokeAttributes) ISpoke {
	refusal.RequireScope("Spoke_FromAttributes", scope, id)
	attrs = prop.Or(prop.Copy(attrs), &SpokeAttributes{}) // the caller may change its own
	r := &rules.Report{}
	check.Embedded(r, "", attrs)
	attrs.require(r)
	refusal.Of(r, scope, id) // what is nil cannot be asked for more
	s := &importedSpoke{id: attrs.TransitGatewayAttachmentId, known: newSpokeFacts(r, answers.StackOf(scope), attrs.Hub.facts(), attrs.Vpc, attrs.Segment)}
	s.known.path = func() string { return refusal.ChildPath(scope, id) }
	s.known.destinations = routes.Given(r, "Destinations", attrs.Destinations)
	s.known.checkOthers(r)
	refusal.Of(r, scope, id)
	s.gatewayMetrics.of = s.measured
	constructs.NewConstruct_Override(s, scope, id)
	s.known.hub.spokes = append(s.known.hub.spokes, s.known)
	refusal.Warn(r, s)
	return s
}

func (a *SpokeAttributes) require(r *rules.Report) {
	if a.Hub == nil {
		r.AddWithFix(rules.Required, "Hub", "supply the hub", "is missing")
	}
	if a.Vpc == nil {
		r.AddWithFix(rules.Required, "Vpc", "supply the VPC", "is missing")
	}
	if a.TransitGatewayAttachmentId == nil {
		r.AddWithFix(rules.Required, "TransitGatewayAttachmentId", "supply the ID of the attachment, tgw-attach-<id>", "is missing")
	}
}

func (s *importedSpoke) TransitGatewayAttachmentId() *string { return prop.Copy(s.id) }

// PlanRouting implements [routedapi.INetwork].
func (s *importedSpoke) PlanRouting(options *routedapi.RoutingOptions) *routedapi.RoutingPlan {
	return s.known.planRouting(options)
}
