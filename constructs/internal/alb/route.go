package alb

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// RouteOptions say which requests go where. The packages that build APIs have a type of the same fields, with their
// documentation, and convert it to this one.
type RouteOptions struct {
	Targets             *[]elbv2.IApplicationLoadBalancerTarget
	PathPatterns        *[]*string
	HostHeaders         *[]*string
	Priority            *float64
	Port                *float64
	Protocol            elbv2.ApplicationProtocol
	ProtocolVersion     elbv2.ApplicationProtocolVersion
	TargetType          elbv2.TargetType
	TargetPeers         *[]awsec2.IConnectable
	HealthCheck         *elbv2.HealthCheck
	DeregistrationDelay awscdk.Duration
}

// AddRoute sends requests that match to targets, and opens the security groups of the ALB and the targets to each other.
// It panics if AWS would not accept the rule.
func (b *LoadBalancer) AddRoute(id *string, options *RouteOptions) elbv2.ApplicationTargetGroup {
	refusal.RequireScope("AddRoute", b.scope, id)
	if options == nil {
		options = &RouteOptions{}
	}
	// The prefix keeps the IDs of routes apart from those of the ALB's other parts.
	constructID := jsii.String("Route" + *id)
	r := &rules.Report{}
	check.Embedded(r, "", options)
	refusal.Of(r, b.scope, constructID) // what is nil cannot be asked for more
	plan := b.planRoute(r, *id, options)
	refusal.Of(r, b.scope, constructID)

	defer func() { // CDK checks a target only when it is attached
		if problem := recover(); problem != nil {
			b.batch.Drop()
			b.scope.Node().TryRemoveChild(constructID)
			if !r.HasErrors() {
				problem = fmt.Errorf("%s: %v", refusal.ChildPath(b.scope, constructID), problem)
			}
			panic(problem)
		}
	}()
	group := onecall.Add(b.batch, elbv2.NewApplicationTargetGroup, *constructID, plan.targetGroup)
	b.attach(r, group, plan)
	refusal.Of(r, b.scope, constructID)
	onecall.Add(group, elbv2.NewApplicationListenerRule, "Rule", &elbv2.ApplicationListenerRuleProps{
		Listener:     b.listenerOfRoutes().Placeholder(),
		Priority:     jsii.Number(float64(plan.match.Priority)),
		Conditions:   b.conditions(plan),
		TargetGroups: &[]elbv2.IApplicationTargetGroup{group.Placeholder()},
	})
	b.batch.Flush(group)
	refusal.Warn(r, group.Object())
	b.routes = append(b.routes, plan.match)
	return group.Object()
}

// listenerOfRoutes returns the listener as an item of the batch.
func (b *LoadBalancer) listenerOfRoutes() *onecall.Item[elbv2.IApplicationListener] {
	if b.plan.existing != nil {
		return onecall.Use(b.batch, b.plan.existing.listener)
	}
	return onecall.As(b.listener, func(l elbv2.ApplicationListener) elbv2.IApplicationListener { return l })
}

// conditions returns what the rule matches: every path if the route has no patterns, because a rule needs a condition.
func (b *LoadBalancer) conditions(plan *routePlan) *[]elbv2.ListenerCondition {
	var list []elbv2.ListenerCondition
	if len(*plan.hosts) > 0 {
		list = append(list, onecall.Static(b.batch, elbv2.ListenerCondition_HostHeaders, plan.hosts).Placeholder())
	}
	if len(*plan.paths) > 0 {
		list = append(list, onecall.Static(b.batch, elbv2.ListenerCondition_PathPatterns, plan.paths).Placeholder())
	}
	return &list
}
