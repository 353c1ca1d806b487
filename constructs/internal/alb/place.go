package alb

import (
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/targets"
)

// place is where the ALB stands. CDK opens the caller's ALB in the stack of its listener.
func (p *Plan) place() targets.Place {
	place := targets.Place{Stack: p.stack, Vpc: p.vpc, AddsRules: p.built != nil}
	if p.existing != nil {
		if listener, isOwn := p.existing.listener.(elbv2.ApplicationListener); isOwn {
			place.Needs = listener
		}
	}
	return place
}
