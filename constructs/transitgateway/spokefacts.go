package transitgateway

import (
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/routes"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// spokeFacts is what consumers and other spokes need to know of a spoke.
type spokeFacts struct {
	hub          *hubFacts
	vpc          placement.VPC
	segment      *segment
	blocks       []routes.Block // of the VPC; none if they are not known
	destinations []routes.Block
	path         func() string // which takes calls to CDK

	routed constructs.IConstruct // has the routes; nil if they are not defined here
}

func (s *spokeFacts) planRouting(options *routedapi.RoutingOptions) *routedapi.RoutingPlan {
	plan := &routedapi.RoutingPlan{Transport: "Transit Gateway", References: routedapi.SecurityGroupReferences_NONE, Dependencies: &[]constructs.IDependable{}}
	if s.hub.references {
		plan.References = routedapi.SecurityGroupReferences_INBOUND
	}
	if s.routed != nil {
		plan.Dependencies = &[]constructs.IDependable{s.routed}
	}
	if options.Vpc == nil {
		return plan // which is reported already
	}
	r, stack := options.Report, answers.StackOf(options.Scope)
	vpc, apiVpc := placement.VPCOf(stack, options.Vpc), placement.VPCOf(stack, options.ApiVpc)
	if vpc.IsOther(s.vpc) {
		r.AddWithFix(rules.NetworkVpc, "Service", "pass the Spoke of the consumer's VPC to Over", "is over the spoke of VPC %s, but the consumer is in %s", s.vpc, vpc)
		return plan
	}
	if apiVpc.Is(s.vpc) {
		r.AddWithFix(rules.NetworkVpc, "Service", "use the API itself as the Service, without Over", "is in the VPC of the consumer, to which no network leads")
		return plan
	}
	other := s.hub.spokeOf(apiVpc)
	if other != nil && other.routed != nil { // a rule that names a security group, and the way back, need both attachments
		*plan.Dependencies = append(*plan.Dependencies, other.routed)
	}
	if other != nil && !s.segment.reaches[other.segment.name] {
		r.Add(rules.TransitReach, "Service", "is in segment %s, which the segment %s of the consumer does not reach", other.segment.name, s.segment.name)
	}
	for _, block := range routes.Outside(options.CidrBlocks, s.destinations) {
		r.AddWithFix(rules.NetworkDestination, "Service", "add the block to Destinations of the Spoke", "has the block %s, which is none of the Destinations", block)
	}
	return plan
}
