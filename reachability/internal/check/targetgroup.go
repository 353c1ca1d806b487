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

// deregistrationDelay finds a delay that no target group accepts.
func deregistrationDelay(p *pass) {
	for _, tg := range p.targetGroups {
		if delay, ok := tg.DeregistrationDelay(); ok && !isForALB(tg) && !tg.TargetType().IsUnknown() {
			p.number(delay, rules.CheckDeregistrationDelay)
		}
	}
}
