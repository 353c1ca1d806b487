package check

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// isForALB reports whether a target group is for an ALB.
func isForALB(tg *network.TargetGroup) bool { return tg.TargetType().Literal() == "alb" }

// targetGroupAttributes finds attributes of a target group for an ALB, which takes none.
func targetGroupAttributes(p *pass) {
	for _, tg := range p.targetGroups {
		if !isForALB(tg) || !tg.Attributes().IsList() {
			continue
		}
		attributes := tg.Attributes().Items()
		if i := slices.IndexFunc(attributes, network.Property.IsMap); i >= 0 {
			p.report(at{tg.Attributes(), tg.TargetType()}, "the target group of type alb has the attribute %s", attributes[i].Field("Key"))
		}
	}
}

// ipTargets finds an IP target with a public address, or outside of the VPC and not in all zones.
func ipTargets(p *pass) {
	for _, tg := range p.targetGroups {
		vpc := p.AddressesIn(tg.VpcId().Value).Blocks
		if tg.TargetType().Literal() != "ip" || len(vpc) == 0 {
			continue
		}
		for i, target := range tg.Targets().Items() {
			zone := target.Field("AvailabilityZone")
			if zone.IsUndecided() {
				continue
			}
			p.text(tg.TargetId(i), func(report *rules.Report, property, address string) {
				rules.CheckIPTarget(report, property, rules.IPTarget{Address: address, Zone: zone.Literal(), Vpc: vpc})
			})
		}
	}
}

// targetVPC finds an ECS service whose security groups belong to another VPC than the target group in which it registers
// its tasks.
func targetVPC(p *pass) {
	for _, tg := range p.targetGroups {
		own := tg.VpcId()
		targets, _ := p.TargetsOf(tg)
		for _, target := range targets {
			if target.Resource == nil || !network.IsCertain(target.Resource) {
				continue
			}
			for _, id := range target.Groups {
				if group := p.DefinedGroup(id.Value); group != nil && network.IsCertain(group.Resource) && isOtherVPC(own, group.VpcId()) && !group.VpcId().IsAbsent() {
					p.report(at{own, group.VpcId()}, "the target group belongs to VPC %s, and the targets of %s are in VPC %s",
						network.NameOf(own.Value), network.DisplayName(target.Resource), network.NameOf(group.VpcId().Value))
					break
				}
			}
		}
	}
}

// deregistrationDelay finds a delay that no target group accepts.
func deregistrationDelay(p *pass) {
	for _, tg := range p.targetGroups {
		if delay, ok := tg.DeregistrationDelay(); ok && !isForALB(tg) && !tg.TargetType().IsUnknown() {
			p.number(delay, rules.CheckDeregistrationDelay)
		}
	}
}
