package transitgateway

import (
	"slices"

	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// HubAttributes describe a hub that another app defines.
type HubAttributes struct {
	// The ID of the transit gateway, tgw-<id>. It may be a token.
	//
	// Required.
	TransitGatewayId *string

	// The segments of the hub.
	//
	// Required.
	Segments *[]*SegmentAttributes

	// The ID of the account that owns the hub.
	//
	// Default: - the account of the stack of the import.
	Account *string

	// Whether inbound rules may name security groups of other spokes: whether the gateway has SecurityGroupReferencingSupport.
	//
	// Default: false, as AWS has it.
	SecurityGroupReferencing *bool
}

// SegmentAttributes describe a segment of a hub that another app defines.
type SegmentAttributes struct {
	// The name.
	//
	// Required.
	Name *string

	// The ID of the route table, tgw-rtb-<id>. It may be a token.
	//
	// Required.
	RouteTableId *string

	// The names of the segments that this one reaches, as the hub has them.
	//
	// Default: - none, besides those that name this one.
	Reaches *[]*string
}

type importedHub struct {
	constructs.Construct
	gatewayMetrics
	known *hubFacts
}

var _ IHub = (*importedHub)(nil)

// Hub_FromAttributes imports a hub. Spokes of this app attach VPCs to it. It is in the Region of the stack of the import.
//
// It panics if an attribute is missing or malformed.
func Hub_FromAttributes(scope constructs.Construct, id *string, attrs *HubAttributes) IHub {
	refusal.RequireScope("Hub_FromAttributes", scope, id)
	attrs = prop.Or(prop.Copy(attrs), &HubAttributes{}) // the caller may change its own
	stack := answers.StackOf(scope)
	r := &rules.Report{}
	facts := &hubFacts{
		id: onecall.Known(attrs.TransitGatewayId), isImported: true, references: prop.IsTrue(attrs.SecurityGroupReferencing),
		environment: placement.EnvironmentOfStack(stack),
	}
	if attrs.Account != nil {
		facts.environment.Account = *attrs.Account
	}
	if attrs.TransitGatewayId == nil {
		r.AddWithFix(rules.Required, "TransitGatewayId", "supply the ID of the transit gateway, tgw-<id>", "is missing")
	}
	if account, isLiteral := token.Literal(attrs.Account); isLiteral && !rules.IsAccountID(account) {
		r.Add(rules.TransitShare, "Account", "%q is not an account ID", account)
	}
	attrs.planSegments(r, facts)
	refusal.Of(r, scope, id)
	h := &importedHub{known: facts}
	h.gatewayMetrics.of = h.measured
	constructs.NewConstruct_Override(h, scope, id)
	return h
}

func (a *HubAttributes) planSegments(r *rules.Report, facts *hubFacts) {
	const property = "Segments"
	list := prop.Elements(a.Segments)
	check.NoNil(r, property, a.Segments)
	if len(list) == 0 {
		r.AddWithFix(rules.Required, property, "describe the segments of the hub", "is empty")
	}
	if slices.Contains(list, nil) {
		return
	}
	var names []*string
	var reaches []*[]*string
	for i, segment := range list {
		names, reaches = append(names, segment.Name), append(reaches, segment.Reaches)
		if segment.RouteTableId == nil {
			r.AddWithFix(rules.Required, element(property, i)+".RouteTableId", "supply the ID of the route table, tgw-rtb-<id>", "is missing")
		}
	}
	facts.segments = newSegments(r, names, reaches)
	for _, segment := range list {
		if segment.Name != nil && facts.segment(*segment.Name) != nil {
			facts.segment(*segment.Name).table = onecall.Known(segment.RouteTableId)
		}
	}
}

func (h *importedHub) TransitGatewayId() *string { return prop.Copy(h.known.id.Object()) }

func (h *importedHub) RouteTableId(segment *string) *string { return h.known.routeTableID(segment) }

func (h *importedHub) facts() *hubFacts { return h.known }
