package privateapi

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/zones"
)

// claimNames reports names for which another consumer of the app answers in a VPC of this one, and notes those of this one.
func (plan *consumerPlan) claimNames(id *string) {
	if len(plan.zones) == 0 || plan.props.Vpc == nil {
		return
	}
	claim := &zones.Claim{
		Owner: func() string { return refusal.ChildPath(plan.scope, id) },
		VPCs:  []placement.VPC{placement.VPCOf(plan.stack, plan.props.Vpc)},
	}
	zone := zoneName
	if existing := plan.zones[0].existing; existing != nil {
		claim.ZoneID = *answers.Of(plan.stack, existing, "ID", existing.HostedZoneId)
		name, _ := placement.HostedZoneName(plan.stack, existing)
		zone = func(string) string { return name }
	}
	for _, vpc := range plan.zoneVpcs {
		if vpc != nil {
			claim.VPCs = append(claim.VPCs, placement.VPCOf(plan.stack, vpc))
		}
	}
	for i, name := range token.Elements(plan.domainNames) {
		if name != nil {
			claim.Names = append(claim.Names, zones.Name{Property: fmt.Sprintf("DomainNames[%d]", i), Value: *name, Zone: zone(*name)})
		}
	}
	if plan.props.Profile != nil {
		claim.Profile = *plan.props.Profile.ProfileId()
	}
	zones.Names(plan.report, plan.stack, claim)
}
