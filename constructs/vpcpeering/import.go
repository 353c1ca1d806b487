package vpcpeering

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

// VpcPeeringAttributes describe a VPC peering connection that another app defines, with the routes of both sides.
type VpcPeeringAttributes struct {
	// The ID of the connection, pcx-<id>. It may be a token.
	//
	// Required.
	VpcPeeringConnectionId *string

	// The side that requested the connection.
	//
	// Required.
	Requester *SideAttributes

	// The side that accepted the connection.
	//
	// Required.
	Accepter *SideAttributes
}

// SideAttributes describe one of the two VPCs of a peering connection that another app defines.
type SideAttributes struct {
	// The VPC. Import one of another Region in a stack of that Region, or with its Region.
	//
	// Required.
	Vpc awsec2.IVpc

	// The IPv4 blocks of the VPC to which the other side routes.
	//
	// Default: - the primary block of the VPC, as far as it is known.
	CidrBlocks *[]*string
}

type importedVpcPeering struct {
	constructs.Construct
	network
	id *string
}

var _ IVpcPeering = (*importedVpcPeering)(nil)

// VpcPeering_FromAttributes imports a VPC peering connection. It adds no routes.
//
// It panics if an attribute is missing or malformed.
func VpcPeering_FromAttributes(scope constructs.Construct, id *string, attrs *VpcPeeringAttributes) IVpcPeering {
	refusal.RequireScope("VpcPeering_FromAttributes", scope, id)
	attrs = prop.Or(prop.Copy(attrs), &VpcPeeringAttributes{}) // the caller may change its own
	r := &rules.Report{}
	check.Embedded(r, "", attrs)
	attrs.require(r)
	refusal.Of(r, scope, id) // what is nil cannot be asked for more
	stack := answers.StackOf(scope)
	p := &importedVpcPeering{id: attrs.VpcPeeringConnectionId, network: network{
		requester: newEnd(r, stack, "Requester", attrs.Requester.Vpc, attrs.Requester.CidrBlocks),
		accepter:  newEnd(r, stack, "Accepter", attrs.Accepter.Vpc, attrs.Accepter.CidrBlocks),
	}}
	if p.requester.id.Is(p.accepter.id) {
		r.Add(rules.PeeringSelf, "Accepter.Vpc", "is the VPC of the Requester too")
	} else {
		for _, overlap := range routes.Overlaps(p.accepter.all, p.requester.all) {
			r.Add(rules.PeeringOverlap, overlap.A.Property, "has %s, which overlaps %s of %s", overlap.A.Value, overlap.B.Value, overlap.B.Property)
		}
	}
	refusal.Of(r, scope, id)
	constructs.NewConstruct_Override(p, scope, id)
	return p
}

func (a *VpcPeeringAttributes) require(r *rules.Report) {
	if a.VpcPeeringConnectionId == nil {
		r.AddWithFix(rules.Required, "VpcPeeringConnectionId", "supply the ID of the connection, pcx-<id>", "is missing")
	}
	requireSide(r, "Requester", a.Requester)
	requireSide(r, "Accepter", a.Accepter)
}

func requireSide(r *rules.Report, property string, side *SideAttributes) {
	switch {
	case side == nil:
		r.AddWithFix(rules.Required, property, "supply the two VPCs that are connected", "is missing")
	case side.Vpc == nil:
		r.AddWithFix(rules.Required, property+".Vpc", "supply the VPC", "is missing")
	}
}

func (p *importedVpcPeering) VpcPeeringConnectionId() *string { return prop.Copy(p.id) }

// PlanRouting implements [routedapi.INetwork].
func (p *importedVpcPeering) PlanRouting(options *routedapi.RoutingOptions) *routedapi.RoutingPlan {
	return p.planRouting(options)
}
