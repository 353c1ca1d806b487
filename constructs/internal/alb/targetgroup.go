package alb

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/targets"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// groupPlan is a target group that exists, with what is known of it.
type groupPlan struct {
	given *elbv2.WeightedTargetGroup
	name  string // the same for all imports of one target group: its ARN, or its path if this app defines it

	// The rest is known of a target group of this app.
	targets         []*elbv2.LoadBalancerTargetProps // that are registered already, without those that register themselves
	port            *float64
	healthCheckPort *float64 // nil unless health checks have one of their own
}

// planGroups checks the target groups that exist.
func (b *LoadBalancer) planGroups(r *rules.Report, o *RouteOptions) []*groupPlan {
	var plans []*groupPlan
	seen := map[string]bool{}
	for i, given := range prop.Elements(o.TargetGroups) {
		property := fmt.Sprintf("TargetGroups[%d]", i)
		if given == nil || given.TargetGroup == nil {
			r.AddWithFix(rules.Required, property, "set TargetGroup", "is nil")
			continue
		}
		if weight, ok := token.LiteralNumber(given.Weight); ok {
			rules.CheckWeight(r, property+".Weight", weight)
		}
		plan := b.planGroup(r, property+".TargetGroup", given, o)
		if seen[plan.name] {
			r.AddWithFix(rules.WeightedForward, property, "add up the weights", "is listed twice")
		}
		seen[plan.name] = true
		b.checkClaim(r, property, plan)
		plans = append(plans, plan)
	}
	return plans
}

// planGroup reads what it can of a target group.
func (b *LoadBalancer) planGroup(r *rules.Report, property string, given *elbv2.WeightedTargetGroup, o *RouteOptions) *groupPlan {
	plan := &groupPlan{given: given}
	owned, isOwned := given.TargetGroup.(elbv2.ApplicationTargetGroup)
	if isOwned {
		plan.name = *owned.Node().Path()
		b.readGroup(r, property, owned, plan, o)
		return plan
	}
	plan.name, plan.port = *given.TargetGroup.TargetGroupArn(), o.Port
	if o.TargetPeers == nil {
		r.Add(rules.TargetsUnknown, property, "is imported")
	} else if o.Port == nil {
		r.AddWithFix(rules.Required, "Port", "supply the port of the targets", "is missing, and an imported target group does not know its port")
	}
	if b.plan.built == nil {
		return plan
	}
	arns, isLiteral := token.Literal(given.TargetGroup.LoadBalancerArns())
	if isLiteral && strings.HasPrefix(arns, "arn:") {
		rules.CheckTargetGroupLoadBalancer(r, property, arns)
	}
	return plan
}

// readGroup reads a target group of this app.
func (b *LoadBalancer) readGroup(r *rules.Report, property string, group elbv2.ApplicationTargetGroup, plan *groupPlan, o *RouteOptions) {
	var resource elbv2.CfnTargetGroup
	jsii.UnsafeCast(group.Node().DefaultChild(), &resource)
	if vpc, isOwn := b.plan.vpc.(awsec2.Vpc); isOwn && answers.StackOf(vpc) == b.plan.stack && answers.StackOf(group) != b.plan.stack {
		r.AddWithFix(rules.StackCycle, property, "define the target group in the stack of the provider",
			"is in a stack that needs the VPC in the stack of the provider, which needs the target group")
	}
	if version := resource.ProtocolVersion(); version != nil && *version == rules.GRPC && b.plan.protocol == elbv2.ApplicationProtocol_HTTP {
		r.Add(rules.GRPCListener, property, "has the protocol version GRPC, but the Listener listens with HTTP")
	}
	plan.port = resource.Port()
	known, _ := resource.Stack().Resolve(map[string]any{
		"vpc": resource.VpcId(), "type": resource.TargetType(), "targets": resource.Targets(), "healthCheckPort": resource.HealthCheckPort(),
	}).(map[string]any)
	id, _ := known["vpc"].(string) // a VPC of this app has none yet
	own, other := placement.VPCOf(b.plan.stack, b.plan.vpc), placement.VPCOfID(b.plan.stack, &id)
	if own.IsOther(other) {
		r.AddWithFix(rules.TargetVpc, property, "use a target group of the provider's VPC", "is in VPC %s, but the provider is in %s", other, own)
	}
	if text, isText := known["healthCheckPort"].(string); isText {
		plan.healthCheckPort = ownHealthCheckPort(&elbv2.HealthCheck{Port: &text})
	}
	kind, _ := known["type"].(string)
	for _, target := range elementsOf(known["targets"]) {
		plan.targets = append(plan.targets, &elbv2.LoadBalancerTargetProps{TargetType: elbv2.TargetType(kind), TargetJson: target})
	}
	if kind == "instance" && len(plan.targets) > 0 && o.TargetPeers == nil {
		r.Add(rules.TargetPeers, property, "has instances, whose security groups a target does not tell")
	}
}

// checkClaim reports a target group that another ALB of this app forwards to.
func (b *LoadBalancer) checkClaim(r *rules.Report, property string, group *groupPlan) {
	if owner := *b.ownerOf(group); owner != "" && owner != b.name() {
		rules.CheckTargetGroupLoadBalancer(r, property, "the ALB "+owner)
	}
}

// claimGroups notes that the ALB forwards to the target groups of a route.
func (b *LoadBalancer) claimGroups(plan *routePlan) {
	for _, group := range plan.groups {
		*b.ownerOf(group) = b.name()
		b.groups[group.name] = true
	}
	if plan.targetGroup != nil {
		b.ownGroups++
	}
}

// ownerOf returns where the ALB of a target group is noted.
func (b *LoadBalancer) ownerOf(group *groupPlan) *string {
	return answers.OfApp(b.plan.stack, "ALB of target group "+group.name, func() *string { return new(string) })
}

// name is the same for all providers of one ALB.
func (b *LoadBalancer) name() string {
	if b.plan.existing != nil {
		return b.plan.nameOfExisting()
	}
	return *b.scope.Node().Path()
}

// openToGroups opens the ALB and the targets of existing target groups to each other, as far as CDK does not. CDK knows
// the security groups of Fargate services and Auto Scaling groups, also of those that are attached later.
func (b *LoadBalancer) openToGroups(plan *routePlan) {
	for _, group := range plan.groups {
		ports := map[float64]bool{}
		for _, target := range group.targets {
			port := targets.Port(target, group.port)
			ports[*port] = true
			if address, isAddress := targets.Address(target); isAddress {
				b.openToAddress(address, port, group.healthCheckPort)
			}
		}
		switch {
		case plan.hasPort:
			ports[*plan.port] = true
		case len(ports) == 0 && group.port != nil:
			ports[*group.port] = true
		}
		b.openToPeers(plan.peers, ports, group.healthCheckPort)
	}
}
