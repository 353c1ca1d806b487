package alb

import (
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// defineRule defines the listener rule of a route; group is that of its own targets, or nil.
func (b *LoadBalancer) defineRule(scope onecall.Scope, id string, group *onecall.Item[elbv2.ApplicationTargetGroup], plan *routePlan) *onecall.Item[elbv2.ApplicationListenerRule] {
	props := &elbv2.ApplicationListenerRuleProps{
		Listener:   b.listenerOfRoutes().Placeholder(),
		Priority:   jsii.Number(float64(plan.match.Priority)),
		Conditions: b.conditions(plan),
	}
	switch {
	case plan.action != nil:
		props.Action = b.validated(onecall.Use(b.batch, plan.action), plan).Placeholder()
	case len(plan.groups) == 0 && plan.jwt == nil:
		props.TargetGroups = &[]elbv2.IApplicationTargetGroup{group.Placeholder()}
	default:
		props.Action = b.validated(b.forward(group, plan), plan).Placeholder()
	}
	return onecall.Add(scope, elbv2.NewApplicationListenerRule, id, props)
}

// forward is the action that forwards to the target groups of a route.
func (b *LoadBalancer) forward(group *onecall.Item[elbv2.ApplicationTargetGroup], plan *routePlan) *onecall.Item[elbv2.ListenerAction] {
	var list []*elbv2.WeightedTargetGroup
	if group != nil {
		list = append(list, &elbv2.WeightedTargetGroup{TargetGroup: group.Placeholder(), Weight: plan.weight})
	}
	for _, existing := range plan.groups {
		list = append(list, existing.given)
	}
	options := &elbv2.ForwardOptions{StickinessDuration: plan.stickiness}
	if len(list) == 1 && list[0].Weight == nil {
		return onecall.Static2(b.batch, elbv2.ListenerAction_Forward, &[]elbv2.IApplicationTargetGroup{list[0].TargetGroup}, options)
	}
	return onecall.Static2(b.batch, elbv2.ListenerAction_WeightedForward, &list, options)
}

// listenerOfRoutes returns the listener as an item of the batch.
func (b *LoadBalancer) listenerOfRoutes() *onecall.Item[elbv2.IApplicationListener] {
	if b.plan.existing != nil {
		return onecall.Use(b.batch, b.plan.existing.listener)
	}
	return onecall.As(b.listener, func(l elbv2.ApplicationListener) elbv2.IApplicationListener { return l })
}

// conditions returns what the rule matches: every path if the route has no conditions, because a rule needs one.
func (b *LoadBalancer) conditions(plan *routePlan) *[]elbv2.ListenerCondition {
	var list []elbv2.ListenerCondition
	if len(*plan.hosts) > 0 {
		list = append(list, onecall.Static(b.batch, elbv2.ListenerCondition_HostHeaders, plan.hosts).Placeholder())
	}
	if len(*plan.paths) > 0 {
		list = append(list, onecall.Static(b.batch, elbv2.ListenerCondition_PathPatterns, plan.paths).Placeholder())
	}
	list = append(list, plan.conditions...)
	return &list
}
