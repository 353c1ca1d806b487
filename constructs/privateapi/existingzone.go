package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// planExistingZone plans records for all names in the HostedZone of the caller.
func (plan *consumerPlan) planExistingZone(props *PrivateApiConsumerProps) {
	zone := props.HostedZone
	if len(prop.Elements(props.HostedZoneVpcs)) > 0 {
		plan.report.AddWithFix(rules.Contradiction, "HostedZoneVpcs", "associate the VPCs with the HostedZone where it is defined, such as by AddVpc",
			"is set, but HostedZone has VPCs of its own")
	}
	if name, ok := placement.HostedZoneName(plan.stack, zone); ok {
		check.Each(plan.domainNames, "DomainNames", func(property, domainName string) {
			rules.CheckNameInZone(plan.report, property, domainName, name)
		})
	}
	plan.checkZoneAnswers(props)
	planned := &zonePlan{existing: zone}
	for _, domainName := range token.Elements(plan.domainNames) {
		if domainName != nil {
			planned.records = append(planned.records, *domainName)
		}
	}
	plan.zones = []*zonePlan{planned}
}

// checkZoneAnswers checks that a zone of this app is associated with the VPC of the consumer, and in its account. Nothing is known of
// the VPCs of an imported one.
func (plan *consumerPlan) checkZoneAnswers(props *PrivateApiConsumerProps) {
	zone, isOwn := props.HostedZone.(awsroute53.HostedZone)
	if !isOwn || props.Vpc == nil {
		return
	}
	own := placement.VPCOf(plan.stack, props.Vpc)
	associated := plan.vpcsOf(zone)
	switch {
	case len(associated) == 0:
		plan.report.AddWithFix(rules.HostedZoneAssociation, "HostedZone", "use a private hosted zone that is associated with the VPC", "is public: no VPC is associated with it")
	case !anyMayBe(associated, own):
		plan.report.Add(rules.HostedZoneAssociation, "HostedZone", "is associated with VPC %s, but the consumer is in %s", associated[0], own)
	}
	if account, isOther := placement.AccountOfOtherZone(plan.stack, zone); isOther {
		plan.report.Add(rules.HostedZoneAccount, "HostedZone", "is in account %s, and the consumer in %s", account, *plan.stack.Account())
	}
}

// vpcsOf returns the VPCs with which a zone of this app is associated so far.
func (plan *consumerPlan) vpcsOf(zone awsroute53.HostedZone) []placement.VPC {
	var vpcs []placement.VPC
	for _, vpc := range *zone.Vpcs() {
		vpcs = append(vpcs, placement.VPCOfID(plan.stack, vpc.VpcId))
	}
	return vpcs
}

// anyMayBe reports whether one of several VPCs is the one that is wanted, or may be.
func anyMayBe(vpcs []placement.VPC, wanted placement.VPC) bool {
	for _, vpc := range vpcs {
		if !vpc.IsOther(wanted) {
			return true
		}
	}
	return false
}
